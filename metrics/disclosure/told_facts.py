"""Facts: a figure with its counts as one number of 64 bits, by which it is known again in another
snapshot, and on another server.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from metrics.contracts import Metric
from metrics.disclosure.cells import Cell
from metrics.disclosure.linked_tables import Before, Side
from store.told_records import Facts, Known

RULES = 1  # raised when what may be told is worked out in another way


def version_of(metrics: Sequence[Metric]) -> str:
    """What the facts of some metrics hang on besides the snapshot: their definitions."""
    texts = [metric.model_dump_json() for metric in metrics]
    return hashlib.sha256("\n".join([str(RULES), *texts]).encode()).hexdigest()[:12]


def fact(metric: str, cell: Cell, *counts: int) -> int:
    """The number of a figure with just these counts."""
    return numbered(figure_text(metric, cell), *counts)


def figure_text(metric: str, cell: Cell) -> str:
    """What the facts of a figure have in common."""
    return repr((metric, *map(str, cell)))[:-1]


def numbered(figure: str, *counts: int) -> int:
    """The number of a figure of this text with these counts, or with a side of it and its count."""
    text = f"{figure}, {', '.join(map(str, counts))})"
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little")


def facts_of(numbers: Iterable[int]) -> Facts:
    """Facts in order, each once."""
    return np.unique(np.fromiter(numbers, dtype=np.uint64))


def is_among(facts: Facts, number: int) -> bool:
    """Is a fact among some that are in order?"""
    at = int(np.searchsorted(facts, np.uint64(number)))
    return at < len(facts) and int(facts[at]) == number


def known_again(sides: Mapping[Side, int], known: Known) -> dict[Side, Before]:
    """Of counts with these facts, what is known by what was told of other snapshots."""
    if not len(known.facts):
        return {}
    facts = np.fromiter(sides.values(), dtype=np.uint64)
    at = np.minimum(np.searchsorted(known.facts, facts), len(known.facts) - 1)
    is_there = known.facts[at] == facts
    return {
        side: Before(int(known.low[one]), int(known.high[one]), bool(known.is_told[one]))
        for side, one, found in zip(sides, at.tolist(), is_there.tolist(), strict=True)
        if found
    }


def known_now(sides: Mapping[Side, int], known: Mapping[Side, Before]) -> Known:
    """What is known of counts, by their facts."""
    if not known:
        return Known()
    return Known(
        np.array([sides[side] for side in known], dtype=np.uint64),
        *(np.array(column, dtype=np.uint64) for column in zip(*known.values(), strict=True)),
    )
