"""Figures of one snapshot as one reader is told them: the question that pages and packs ask."""

from collections.abc import Callable
from dataclasses import dataclass

from metrics.contracts import Answer, Cut
from store.snapshot import Snapshot


@dataclass(frozen=True)
class Figures:
    """A snapshot, and the way to ask it: bound to the reader's audience and
    the store's settings.
    """

    snapshot: Snapshot
    ask: Callable[[str, Cut], Answer]  # the values of a metric at a cut
    provisional_days: int = 180  # that recorded crimes are followed before a rate of them is judged
