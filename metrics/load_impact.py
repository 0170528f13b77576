"""The headline figures of two snapshots side by side: what a load, or an undo, would do to them."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta

from metrics.catalogue import metrics
from metrics.contracts import Contract, Cut, Metric, Value
from metrics.measure import freshness, measure
from metrics.naming import subject
from metrics.periods import months_after, start_of
from metrics.relations import Supply, supply
from metrics.wording import amount
from store.snapshot import Snapshot, read
from store.writer import Store

MONTHS = 12


class Headline(Contract):
    """One metric over the same twelve months, before and after; None where it had no figure."""

    metric: str
    title: str
    unit: str
    source: str
    from_day: date
    to_day: date
    before: Value | None
    after: Value | None

    @property
    def moves(self) -> bool:
        """Does the figure, or what it rests on, change?"""
        return _facts(self.before) != _facts(self.after)


def headlines(
    before: Snapshot | None, after: Snapshot, row_tables: Sequence[str]
) -> list[Headline]:
    """The headline metrics that rest on `row_tables`, VAWG crimes where a metric knows them, over
    the last twelve complete months; of a table that none rests on, every metric.
    """
    found = []
    led = {told.table for metric in metrics() if metric.headline for told in _supplies(metric)}
    for metric in metrics():
        for source in metric.sources:
            told = supply(metric.relation, source)
            if told is None or told.table not in row_tables:
                continue
            if not metric.headline and told.table in led:
                continue
            as_at = _as_at([after, *([before] if before else [])], told.table)
            if as_at:
                found.append(_headline(metric, source, as_at, (before, after)))
    return found


def _supplies(metric: Metric) -> Iterator[Supply]:
    return (told for source in metric.sources if (told := supply(metric.relation, source)))


def look_into(store: Store, seen: list[Headline]) -> Callable[[Snapshot, Sequence[str]], None]:
    """Puts the headline figures of the newest snapshot, and of the one that an act would make, into
    `seen`.
    """
    before = read(store) if store.current() else None
    return lambda after, row_tables: seen.extend(headlines(before, after, row_tables))


def _headline(
    metric: Metric, source: str, as_at: date, snapshots: tuple[Snapshot | None, Snapshot]
) -> Headline:
    this = start_of("month", as_at)
    stop = months_after(this, 1) if months_after(this, 1) - timedelta(days=1) <= as_at else this
    scope = {"vawg": ("yes",)} if "vawg" in metric.dimensions(source) else {}
    cut = Cut.model_validate(
        {"source": source, "where": scope, "from_day": months_after(stop, -MONTHS), "to_day": stop}
    )
    values = [_value(snapshot, metric.id, cut) for snapshot in snapshots]
    return Headline(
        metric=metric.id,
        title=metric.title,
        unit=metric.unit,
        source=source,
        from_day=months_after(stop, -MONTHS),
        to_day=stop,
        before=values[0],
        after=values[1],
    )


def headline_words(unit: str, value: Value | None) -> str:
    """A figure and what it rests on, short: "18.4 % (149 of 812)"."""
    if value is None or (value.numerator is None and value.value is None):
        return "none"
    if unit == "rate":
        counts = f"{value.numerator:,} of {value.denominator:,}"
        return counts if value.value is None else f"{value.value:.1%} ({counts})".replace("%", " %")
    return "none" if value.value is None else amount(unit, value.value)


def headlines_told(headlines: Sequence[Headline]) -> list[str]:
    """The headline figures that move, in lines of words."""
    if not headlines:
        return []
    span = f"12 months to {headlines[0].to_day - timedelta(days=1):%-d %B %Y}"
    moving = [entry for entry in headlines if entry.moves]
    lines = [
        f"Headline figures that move ({span}, {subject()}):"
        if moving
        else f"No headline figure moves ({span}, {subject()})."
    ]
    for entry in moving:
        before, after = (
            headline_words(entry.unit, entry.before),
            headline_words(entry.unit, entry.after),
        )
        lines.append(f"  {entry.title}: {before} -> {after}")
    return lines


def _as_at(snapshots: Sequence[Snapshot], table: str | None) -> date | None:
    for snapshot in snapshots:
        day = freshness(snapshot).get(table or "", {}).get("as_at")
        if isinstance(day, date):
            return day
    return None


def _value(snapshot: Snapshot | None, metric: str, cut: Cut) -> Value | None:
    if snapshot is None:
        return None
    values = measure(snapshot, metric, cut).values
    return values[0] if values else None


def _facts(value: Value | None) -> tuple[object, ...]:
    return (value.numerator, value.denominator, value.value) if value else (None, None, None)
