"""What pages have done in a process of its own (`views.apart`). Nothing here knows Streamlit, which would cost that process a second."""

from collections.abc import Sequence

from loaders.acts import Progress
from loaders.contracts import LoadOptions, LoadReport, Move
from loaders.history import preview_counts, set_counts
from loaders.load import Source, load, preview
from metrics.headlines import Headline, look_into
from sql.store import Store


def look(store: Store, sources: Sequence[Source], options: LoadOptions, progress: Progress) -> tuple[list[LoadReport], list[Headline]]:
    """What a load would do, and the headline figures before and after. Raises LoadError, StoreError."""
    found: list[Headline] = []
    return preview(store, sources, options, progress, look_into(store, found)), found


def take_in(store: Store, sources: Sequence[Source], options: LoadOptions, progress: Progress) -> list[LoadReport]:
    """Load them. Raises LoadError, StoreError."""
    return load(store, sources, options, progress)


def look_at_counts(store: Store, load_id: int, counts: bool, progress: Progress) -> tuple[list[Move], list[Headline]]:
    """What undoing a load, or bringing it back, would do. Raises LoadError, StoreError."""
    progress("Working out the figures")
    found: list[Headline] = []
    return preview_counts(store, load_id, counts, look_into(store, found)), found


def let_count(store: Store, load_id: int, counts: bool, by: str, progress: Progress) -> int:
    """Undo a load, or bring it back; the number of the snapshot that this makes. Raises LoadError, StoreError."""
    progress("Publishing")
    return set_counts(store, load_id, counts, by)
