"""The check of the audit record: what is wrong stays found until an administrator acknowledges it.

Lines may have been changed, removed, cut off or put back. Three witnesses are heard: the chain of
the lines, the heads kept of it, and the ledger of the store, each act of which has a line in the
record. An acknowledgement is a line of the record itself, with the hash of every byte before it:
what it settled comes up again if one of them is changed.
"""

import json
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from store import audit, audit_head
from store.audit_head import Standing
from store.audit_lines import FIRST, Line
from store.audit_walk import Walk, parts, walked
from store.errors import StoreBusy, StoreError, in_words

_turn = threading.Lock()


@dataclass(frozen=True)
class Look:
    """What a check found: `harm` can be acknowledged, `trouble` is there until it is mended."""

    harm: tuple[str, ...] = ()
    trouble: tuple[str, ...] = ()
    count: int = 0
    hash: str = FIRST
    acknowledged: Line | None = None

    @property
    def faults(self) -> list[str]:
        """Everything that is wrong, in sentences."""
        return [*self.harm, *self.trouble]


def faults_of(folder: Path) -> list[str]:
    """The faults of a store's record in sentences, every line read anew; none if all is well."""
    return look(folder, is_full=True).faults


def look(folder: Path, is_full: bool = False) -> Look:
    """A check of the record, from where this process last read it unless `is_full`.

    What cannot be read is said, not raised.
    """
    folder = folder.absolute()
    try:
        acts = _published(folder)  # first, for an act is published after its line was written
        with _turn:
            with _still(folder):
                found, now = audit_head.standing(folder), parts(folder)
            walk = walked(folder, now, is_full)
            audit_head.remember(found, folder)
    except StoreBusy as problem:
        return Look(trouble=(str(problem),))
    except OSError as problem:
        why = f"The audit record cannot be read ({problem.strerror})"
        return Look(trouble=(f"{why}: see that its drive is there and that its files are yours.",))
    return _found(walk, found, acts)


def acknowledge(folder: Path, who: str, why: str, told: Sequence[str]) -> Line:
    """An acknowledgement: somebody has seen what is wrong and says why; that settles it.

    `told` is what they were shown. Raises StoreError where more is wrong by now, where nothing is,
    or without a reason.
    """
    folder = folder.absolute()
    if not any(letter.isalpha() for letter in why):
        raise StoreError("Not acknowledged: say in a few words how the record came to be as it is.")
    look(folder)  # the long part of the work, while others may write
    acts = _published(folder)
    with in_words(folder), _turn, audit.locked(folder):
        walk = walked(folder, parts(folder), is_full=False)
        now = _found(walk, audit_head.standing(folder), acts)
        if not now.harm:
            raise StoreError("Not acknowledged: there is nothing that could be.")
        if not {*now.harm} <= {*told}:
            raise StoreError("Not acknowledged: more was found in the meantime. Read it first.")
        found = audit.with_what_it_lost(folder)
        for words in found.lasting:
            audit.add(found, folder, Line(audit.FAULT, words, audit.WRITER))
        found.is_written_outside = found.is_written_outside or bool(found.lasting)
        seen = walked(folder, parts(folder), is_full=False).seen.hexdigest()
        newest_act = max(acts, default=None)
        line = Line(audit.ACKNOWLEDGEMENT, why.strip(), who, snapshot=newest_act, seen=seen)
        return audit.add(found, folder, line)


def _found(walk: Walk, standing: Standing, acts: set[int]) -> Look:
    """The chain, its heads and the ledger, together."""
    harm = [*dict.fromkeys([*walk.faults, *standing.harm, *standing.lasting])]
    if walk.untold:
        harm.append(f"And {walk.untold:,} more like these.")
    if missing := sorted(act for act in acts - walk.acts if act > walk.settled):
        harm.append(f"The record lacks what the ledger says was done in {_act_words(missing)}.")
    return Look(
        tuple(harm), tuple(standing.trouble), walk.count, standing.newest.hash, walk.acknowledged
    )


def _published(folder: Path) -> set[int]:
    """The acts that the ledger says were done."""
    found = set()
    try:
        text = (folder / "archive" / "ledger.jsonl").read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return set()
    for line in text.split("\n"):
        try:
            act = json.loads(line)["published"] if '"published"' in line else None
        except (ValueError, KeyError, TypeError, RecursionError):
            continue  # a torn line is the ledger's own to tell
        if type(act) is int:
            found.add(act)
    return found


def _act_words(acts: Sequence[int]) -> str:
    """Numbers in order, in few words: `acts 1 to 4, 7`."""
    stretches = groupby(enumerate(acts), lambda pair: pair[1] - pair[0])
    runs = [[act for _, act in run] for _, run in stretches]
    words = [str(run[0]) if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in runs]
    more = f" and {len(runs) - 10} more stretches" if len(runs) > 10 else ""
    return f"{'act' if len(acts) == 1 else 'acts'} {', '.join(words[:10])}{more}"


@contextmanager
def _still(folder: Path) -> Iterator[None]:
    """Nobody writes meanwhile; in a copy that can only be read nobody does, and no lock is had."""
    with ExitStack() as held:
        if (folder / "audit").is_dir():
            with suppress(OSError):
                held.enter_context(audit.locked(folder))
        yield
