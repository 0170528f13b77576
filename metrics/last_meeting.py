"""The snapshot that the last meeting saw: the newest one whose data stood at an earlier day."""

from collections.abc import Iterator
from datetime import date

from metrics.freshness import as_at
from metrics.relations import supply
from store.snapshot import Snapshot, read
from store.writer import Store


def standings(store: Store) -> Iterator[tuple[int, date | None]]:
    """The kept snapshots, newest first, each with the day its crimes stood at."""
    told = supply("recorded_outcome", "force")
    for number in sorted(store.kept(), reverse=True):
        yield number, read(store, number).stood_at(told.table) if told else None


def earlier(store: Store, snapshot: Snapshot) -> Iterator[tuple[int, date | None]]:
    """Those before a snapshot."""
    return (one for one in standings(store) if one[0] < snapshot.number)


def last_meeting(store: Store, snapshot: Snapshot) -> int | None:
    """The newest snapshot whose data stood at an earlier day; None where none is kept."""
    today = as_at(snapshot, "recorded_outcome", "force")
    if today is None:
        return None
    return next((number for number, day in earlier(store, snapshot) if day and day < today), None)
