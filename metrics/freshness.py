"""Freshness: the day at which the data of a source stands, and the last month
that is over by then.
"""

from datetime import date, timedelta

from metrics.measure import freshness
from metrics.periods import months_after, start_of
from metrics.relations import supply
from store.snapshot import Snapshot


def as_at(snapshot: Snapshot, relation: str, source: str) -> date | None:
    """The data-as-at day of a source; None where nothing of it is loaded."""
    told = supply(relation, source)
    found = freshness(snapshot).get(told.table, {}).get("as_at") if told else None
    return found if isinstance(found, date) else None


def is_invented(snapshot: Snapshot) -> bool:
    """Does any load that counts hold invented figures?"""
    return any(bool(row["is_invented"]) for row in freshness(snapshot).values())


def last_complete_month(day: date) -> date:
    """The first day of the last month that is over at `day`."""
    this = start_of("month", day)
    return this if months_after(this, 1) - timedelta(days=1) <= day else months_after(this, -1)
