"""Figures of one snapshot as one reader is told them: the question that pages and packs ask."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from metrics.contracts import Answer, Cut
from metrics.errors import UnknownValue
from metrics.measure import measure
from store.snapshot import Snapshot


@dataclass(frozen=True)
class Figures:
    """A snapshot, and the way to ask it: bound to the reader's audience and
    the store's settings.
    """

    snapshot: Snapshot
    ask: Callable[[str, Cut], Answer]  # the values of a metric at a cut
    provisional_days: int = 180  # that recorded crimes are followed before a rate of them is judged


def answer_of(snapshot: Snapshot, provisional_days: int, metric: str, cut: Cut) -> Answer:
    """The values of a metric at a cut; no values where a filter, such as an area, is one that this
    metric's own export has never named: nothing is counted there.
    """
    try:
        return measure(snapshot, metric, cut, provisional_days)
    except UnknownValue:
        return Answer(
            metric=metric,
            cut=cut,
            snapshot=snapshot.number,
            data_as_at=None,
            is_invented=False,
            values=(),
        )


def figures_at(snapshot: Snapshot, provisional_days: int) -> Figures:
    """The figures of a snapshot, asked for the audience that each cut names, each question once."""

    @cache
    def asked(metric: str, cut: str) -> Answer:
        return answer_of(snapshot, provisional_days, metric, Cut.model_validate_json(cut))

    return Figures(
        snapshot, lambda metric, cut: asked(metric, cut.model_dump_json()), provisional_days
    )
