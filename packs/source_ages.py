"""How old each source is, by the limits of the settings: what is late is said where decisions are
made and on what leaves a meeting.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from loaders.formats import FORMATS
from metrics.measure import freshness
from metrics.wording import day_words
from store import settings
from store.snapshot import Snapshot

SOURCES = {entry.row_table: entry.title for entry in FORMATS if not entry.is_register}
PUBLISHED = (
    "national_outcome_row",
    "cps_outcome_row",
    "police_uk_outcome_row",
    "police_uk_street_row",
)
FRESH = "● fresh"
FEW = 3  # sources that are named in a line


@dataclass(frozen=True)
class Age:
    """How old a source is, and the days after which it is late and very late."""

    source: str
    as_at: date
    days: int
    amber: int
    red: int
    is_published: bool = False

    @property
    def state(self) -> str:
        """In a shape and words."""
        return (
            "■ very late" if self.days > self.red else "▲ late" if self.days > self.amber else FRESH
        )


def ages(snapshot: Snapshot, store_folder: Path) -> list[Age]:
    """Every source that is loaded, by the limits of the store's settings, the latest first."""
    limits = settings.of(store_folder)
    today = datetime.now(UTC).date()
    found = []
    for row_table, row in freshness(snapshot).items():
        if isinstance(row["as_at"], date) and row_table in SOURCES:
            is_published = row_table in PUBLISHED
            amber, red = (
                (limits.published_amber_days, limits.published_red_days)
                if is_published
                else (limits.amber_days, limits.red_days)
            )
            days = (today - row["as_at"]).days
            found.append(Age(SOURCES[row_table], row["as_at"], days, amber, red, is_published))
    return sorted(found, key=lambda age: age.days - age.red, reverse=True)


def late_words(found: list[Age]) -> str:
    """Which of the force's own sources are late, and by how much; empty where none is."""
    late = [age for age in found if age.state != FRESH and not age.is_published]
    if not late:
        return ""
    by_day: dict[date, list[Age]] = {}
    for age in late:
        by_day.setdefault(age.as_at, []).append(age)
    told = "; ".join(
        f"no {_named(some)} since {day_words(day)} ({some[0].days:,} days ago)"
        for day, some in by_day.items()
    )
    return f"{late[0].state}: {told}."


def _named(some: list[Age]) -> str:
    """Crime outcomes, Order register, Court results and 6 others; in the order of the formats."""
    names = [name for name in SOURCES.values() if name in {age.source for age in some}]
    if len(names) <= FEW:
        return ", ".join(names)
    rest = len(names) - FEW
    return f"{', '.join(names[:FEW])} and {rest} {'other' if rest == 1 else 'others'}"
