"""What pages have done in a process of its own (`web.worker`).

Nothing here knows Streamlit, which would cost that process a second.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from loaders.contracts import LoadOptions, LoadReport, Move
from loaders.errors import LoadError
from loaders.load import Batch, Source, load, preview
from loaders.transaction import Progress
from loaders.undo import preview_counts, set_counts
from metrics.contracts import Cut
from metrics.disclosure.scrutiny import tellable, told_metrics
from metrics.load_impact import Headline, look_into
from metrics.measure import freshness, measure
from metrics.relations import supplies
from store.cache import MEMORY, Key
from store.snapshot import read
from store.writer import Store
from web.worker import WorkerStore


@dataclass(frozen=True)
class Brought:
    """What a load did, or would do: a report of each file, the headline figures that move, and the
    refusals of the files that are left out.
    """

    reports: list[LoadReport]
    headlines: list[Headline]
    refused: list[LoadError]


def look(
    store: Store, sources: Sequence[Source], options: LoadOptions, progress: Progress
) -> Brought:
    """What a load would do, of several files those that can be read.

    Raises LoadError, StoreError.
    """
    headlines: list[Headline] = []
    batch = Batch(list(sources))
    reports = preview(store, batch, options, progress, look_into(store, headlines))
    return Brought(reports, headlines, batch.refused)


def bring(
    store: Store, sources: Sequence[Source], options: LoadOptions, progress: Progress
) -> Brought:
    """Load the files that can be read, as one act. Raises LoadError, StoreError."""
    batch = Batch(list(sources))
    return Brought(load(store, batch, options, progress), [], batch.refused)


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
            for metric in told_metrics(relation):  # which every longer period is added up from
                measure(snapshot, metric.id, Cut(grain="month"))
    return MEMORY.known()
