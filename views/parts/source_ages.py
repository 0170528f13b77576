"""How old each source is, by the limits of the settings: what is late is said where decisions are
made.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import streamlit as st

from charts.escaping import for_markdown
from loaders.formats import FORMATS
from metrics.catalogue import metric_named
from metrics.data_span import how_much_words
from metrics.measure import freshness
from metrics.wording import day_words
from store import settings
from store.snapshot import Snapshot
from views.parts.figures import figures_of
from web.sign_in import store

SOURCES = {entry.row_table: entry.title for entry in FORMATS if not entry.is_register}
PUBLISHED = ("national_outcome_row", "cps_outcome_row")
FRESH = "● fresh"


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


def ages(snapshot: Snapshot) -> list[Age]:
    """Every source that is loaded, the latest first."""
    limits = settings.of(store().folder)
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
        f"{', '.join(age.source for age in some)} stop at {day_words(day)}, {some[0].days:,} days "
        "ago"
        for day, some in by_day.items()
    )
    return f"{late[0].state}: {told}."


def say_what_is_late(snapshot: Snapshot) -> None:
    """A line at the head of a page on which something is decided; nothing where all is fresh."""
    if words := late_words(ages(snapshot)):
        st.markdown(f"**{for_markdown(words)}**")


def say_late_or_young(snapshot: Snapshot) -> None:
    """The same, and on a young store what there is and what comes with which month."""
    say_what_is_late(snapshot)
    if words := how_much_words(figures_of(snapshot), metric_named("crimes_recorded")):
        st.info(for_markdown(words))
