"""What pages have done in a process of its own (`web.worker`).

Nothing here knows Streamlit, which would cost that process a second.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from loaders.contracts import LoadOptions, LoadReport, Move
from loaders.load import Source, preview
from loaders.transaction import Progress
from loaders.undo import preview_counts, set_counts
from metrics.disclosure.scrutiny import tellable, told_metrics
from metrics.load_impact import Headline, look_into
from metrics.measure import freshness, measure
from metrics.relations import supplies
from store.cache import MEMORY, Key
from store.snapshot import read
from store.writer import Store
from web.worker import WorkerStore


def look(
    store: Store, sources: Sequence[Source], options: LoadOptions, progress: Progress
) -> tuple[list[LoadReport], list[Headline]]:
    """What a load would do, and the headline figures before and after.

    Raises LoadError, StoreError.
    """
    headlines: list[Headline] = []
    return preview(store, sources, options, progress, look_into(store, headlines)), headlines


def look_at_counts(
    store: Store, load_id: int, counts: bool, progress: Progress
) -> tuple[list[Move], list[Headline]]:
    """What undoing a load, or bringing it back, would do. Raises LoadError, StoreError."""
    progress("Working out the figures")
    headlines: list[Headline] = []
    return preview_counts(store, load_id, counts, look_into(store, headlines)), headlines


@dataclass(frozen=True)
class Counted:
    """What came of an undo, or of a bringing back: the newest snapshot, and whether this very act
    made it.
    """

    snapshot: int
    is_ours: bool


def let_count(
    store: WorkerStore, load_id: int, counts: bool, by: str, progress: Progress
) -> Counted:
    """Undo a load, or bring it back; where somebody else has just done that, nothing.

    Raises LoadError, StoreError.
    """
    progress("Publishing")
    snapshot = set_counts(store, load_id, counts, by)
    return Counted(snapshot, snapshot in store.published)


def work_out_told(store: Store, number: int, progress: Progress) -> dict[Key, object]:
    """What the scrutiny audience may be told of a snapshot, as `store.cache` keeps it: of each kind
    of rows that the force has loaded.
    """
    snapshot = read(store, number)
    for relation, source, told in supplies():
        is_asked = source == "force" and told_metrics(relation)
        if is_asked and told.table in freshness(snapshot) and store.current() == number:
            progress(f"Working out what may be told of {relation}")
            tellable(snapshot, relation, measure)
    return MEMORY.known()
