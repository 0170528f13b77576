"""Digest: what is new since the last meeting, as text and as HTML: signals, claims that turned,
decisions due, figures restated, late sources, checks that find something.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import sql
from metrics.catalogue import metric_named, metrics
from metrics.claims import turned, turned_words, verdicts
from metrics.contracts import Metric
from metrics.decisions import decisions, then_and_now
from metrics.figures import Figures, figures_at
from metrics.freshness import as_at, is_invented
from metrics.last_meeting import last_meeting
from metrics.relations import supply
from metrics.scope import Chosen
from metrics.scorecard import headline
from metrics.snapshot_changes import compared
from metrics.wording import day_words
from packs.html import TEMPLATES
from packs.source_ages import FRESH, ages
from store import settings
from store.snapshot import Snapshot, read
from store.writer import Store

SOON = timedelta(days=7)  # before its day, from which on a decision is due
NOTHING = "Nothing."
# how the first sections are counted in the subject of a mail, one and several
COUNTED = (
    ("new signal", "new signals"),
    ("claim has turned", "claims have turned"),
    ("decision is due", "decisions are due"),
)


@dataclass(frozen=True)
class Section:
    """One part of a digest; without a line it says that there is nothing."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Digest:
    """What is new, for one reader on one day."""

    title: str
    foot: str
    sections: tuple[Section, ...]

    @property
    def subject(self) -> str:
        """Raising the Bar, 31 August 2026: 2 new signals, 1 claim has turned."""
        counts = [
            f"{len(one.lines)} {words[len(one.lines) > 1]}"
            for one, words in zip(self.sections, COUNTED, strict=False)
            if one.lines
        ]
        return f"{self.title}: {', '.join(counts) or 'nothing new'}"


def digest(store: Store, figures: Figures, today: date, only: Sequence[str] = ()) -> Digest:
    """What is new in a snapshot; of the measures in `only`, where some are named.

    Raises BadQuestion where one of them is not known.
    """
    snapshot, held = figures.snapshot, settings.of(store.folder)
    wanted = [metric_named(name) for name in only] or [one for one in metrics() if _is_watched(one)]
    rows = [row for metric in wanted if (row := headline(figures, metric, Chosen()))]
    signals = [f"{row.said} {row.row.figure}." for row in rows if row.is_new and row.said]
    before = last_meeting(store, snapshot)
    then = figures_at(read(store, before), figures.provisional_days) if before else None
    titles = {metric.title for metric in wanted} if only else None
    day = as_at(snapshot, "recorded_outcome", "force")
    sections = (
        Section("New signals", tuple(signals)),
        Section("Claims that turned", tuple(_claims(figures, then, held.force_name))),
        Section("Decisions due", tuple(_due(figures, today))),
        Section("Figures restated since the last meeting", tuple(_restated(figures, then, titles))),
        Section("Late sources", tuple(_late(snapshot, store))),
        Section("Checks that find something", tuple(_checks(snapshot))),
    )
    invented = ", invented sample data" if is_invented(snapshot) else ""
    since = f", since snapshot {before}" if before else ", nothing earlier is kept"
    return Digest(
        title=f"{held.force_name}, Raising the Bar, data as at {day_words(day)}",
        foot=(
            f"Snapshot {snapshot.number}{since}{invented}. For the force: exact figures, not to be "
            "passed on."
        ),
        sections=sections,
    )


def _is_watched(metric: Metric) -> bool:
    """The headline measures, and every measure of the systems around the crimes."""
    told = supply(metric.relation, "force")
    return metric.headline or (told is not None and told.table != "crime_row")


def _claims(now: Figures, then: Figures | None, force: str) -> Iterator[str]:
    if then is not None:
        for pair in turned(verdicts(now, force), verdicts(then, force)):
            yield turned_words(*pair)


def _due(figures: Figures, today: date) -> Iterator[str]:
    for one in decisions(figures.snapshot):
        if one.is_open and one.due_on <= today + SOON:
            state, moved = one.state_words(today), then_and_now(figures, one, today)
            yield f"{one.words} ({one.owner}, {state}). {one.measured}: {moved}"


def _restated(now: Figures, then: Figures | None, titles: set[str] | None) -> Iterator[str]:
    if then is not None:
        for one in compared(now, then, Chosen()).restated:
            if titles is None or one.measure in titles:
                yield f"{one.measure}, {one.span}: {one.then}, now {one.now}."


def _late(snapshot: Snapshot, store: Store) -> Iterator[str]:
    for one in ages(snapshot, store.folder):
        if one.state != FRESH:
            since = f"nothing since {day_words(one.as_at)} ({one.days:,} days ago)"
            yield f"{one.source}: {one.state}, {since}."


def _checks(snapshot: Snapshot) -> Iterator[str]:
    for name in sql.names("checks"):
        if count := len(snapshot.rows(f"checks/{name}")):
            yield f"{name.replace('_', ' ').capitalize()}: {count:,}. See Data quality."


def as_text(found: Digest) -> str:
    """The digest as plain text."""
    parts = [found.title, "=" * len(found.title), ""]
    for section in found.sections:
        parts += [section.title, "-" * len(section.title)]
        parts += [f"* {line}" for line in section.lines] or [NOTHING]
        parts.append("")
    return "\n".join([*parts, found.foot]) + "\n"


def as_html(found: Digest) -> str:
    """The digest as one HTML file that needs nothing beside it."""
    made: str = TEMPLATES.get_template("digest.html").render(digest=found, nothing=NOTHING)
    return made
