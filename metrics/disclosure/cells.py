"""Cells of the tables that the scrutiny audience may ask for, and which are totals of others.

Whole months and longer, at most one place (area, team or kind of order) and one set of offences.
Longer periods are added up from months, so that a total here is what its parts make.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from metrics.catalogue import metrics
from metrics.contracts import Answer, Cut, Metric, Value
from metrics.periods import Grain, end_of, mature_until, start_of
from store.cache import remembered
from store.snapshot import Snapshot

GRAINS: tuple[Grain, ...] = ("month", "quarter", "year", "all")
PLACES, OFFENCES = ("area", "team", "order_kind"), ("vawg", "vawg_group")
Over = Literal["places", "kinds", "offences", "time"]
Ask = Callable[[Snapshot, str, Cut, int], Answer]


class Cell(NamedTuple):
    """One cell: which period, of which place, of which offences; None where it is of all."""

    grain: Grain
    period: date | None = None
    place: str | None = None  # which kind of place: area, team, order_kind
    place_name: str | None = None
    offence: str | None = None  # which set of offences: vawg, vawg_group
    offence_name: str | None = None


class Pair(NamedTuple):
    """What is counted in a cell, and out of what; 0 where a metric tells no such count."""

    numerator: int
    denominator: int


class Total(NamedTuple):
    """A cell that is the total of others, over places, kinds of order, offences or time."""

    cell: Cell
    parts: list[Cell]
    over: Over


Counts = dict[Cell, Pair]


@dataclass(frozen=True)
class MetricTable:
    """The true counts of one metric in every cell that the scrutiny audience may ask for.

    A cohort that is still being followed is not in it.
    """

    metric: Metric
    counts: Counts = field(default_factory=dict)
    mature: date | None = None  # the first month whose cohort is still followed
    public: frozenset[Cell] = frozenset()  # cells of which the same counts are published elsewhere

    def until(self, cell: Cell) -> date | None:
        """Where a period is counted up to, if cohorts that are still followed cut it short."""
        if self.mature is None:
            return None
        if cell.period is not None and end_of(cell.grain, cell.period) <= self.mature:
            return None
        return self.mature


def metric_table(snapshot: Snapshot, metric: Metric, ask: Ask) -> MetricTable:
    """Every cell of a metric that the scrutiny audience may ask for, with its true counts."""
    found = _added_up if metric.base.months_add_up else _asked
    counts, mature = found(snapshot, metric, ask)
    # in one order, whatever came first: of two servers both hide the same
    counts = dict(sorted(counts.items(), key=lambda one: _order(one[0])))
    return MetricTable(metric, counts, mature, _published(snapshot, metric, counts))


def _order(cell: Cell) -> tuple[object, ...]:
    """Wide before fine, long before short, then by name."""
    named = tuple("" if part is None else str(part) for part in cell)
    return bool(cell.place) + bool(cell.offence), -GRAINS.index(cell.grain), *named


def grains(named: Collection[str]) -> tuple[Grain, ...]:
    """The grains of a breakdown: a place and a group of offences at once by year and over all."""
    is_fine = "vawg_group" in named and not {*PLACES}.isdisjoint(named)
    return GRAINS[2:] if is_fine else GRAINS


def counts_of(metric: Metric, value: Value) -> Pair:
    """The two counts that a value tells: of people or things, never days."""
    return _pair_of(metric, value.numerator, value.denominator)


def cell_of(cut: Cut, value: Value, day: date | None) -> Cell:
    """The cell that a value of a cut is, `day` being in its period; however names were typed."""
    named = {name: values[0] for name, values in cut.where.items()} | value.by
    place = next((name for name in PLACES if name in named), None)
    offence = next((name for name in OFFENCES if name in named), None)
    return Cell(
        cut.grain,
        None if cut.grain == "all" or day is None else start_of(cut.grain, day),
        place,
        _plain(named[place]) if place else None,
        offence,
        _plain(named[offence]) if offence else None,
    )


def totals_of(cells: Collection[Cell], is_added: bool) -> Iterator[Total]:
    """Every cell that is a total of others.

    Where months add up to quarters, and those to years, a longer period has only the next shorter
    ones as its parts; else each kind of shorter ones.
    """
    groups: dict[tuple[str, Cell], Total] = {}
    for cell in cells:
        for kind, total, over in _totals_above(cell, is_added):
            groups.setdefault((kind, total), Total(total, [], over)).parts.append(cell)
    yield from (total for total in groups.values() if total.cell in cells)


def _totals_above(cell: Cell, is_added: bool) -> Iterator[tuple[str, Cell, Over]]:
    """The cells that a cell is a part of, each with what the other parts differ in."""
    if cell.place:
        over: Over = "kinds" if cell.place == "order_kind" else "places"
        yield cell.place, cell._replace(place=None, place_name=None), over
    if cell.offence == "vawg":
        yield "vawg", cell._replace(offence=None, offence_name=None), "offences"
    if cell.offence == "vawg_group":
        is_vawg = "yes" if cell.offence_name else "no"
        yield "vawg_group", cell._replace(offence="vawg", offence_name=is_vawg), "offences"
    longer_ones = GRAINS[GRAINS.index(cell.grain) + 1 :]
    for longer in longer_ones[:1] if is_added else longer_ones:
        is_all = longer == "all" or cell.period is None
        start = None if is_all or cell.period is None else start_of(longer, cell.period)
        yield cell.grain, cell._replace(grain=longer, period=start), "time"


def _added_up(snapshot: Snapshot, metric: Metric, ask: Ask) -> tuple[Counts, date | None]:
    """Cells of a metric whose months add up, from one question by month."""
    mature: date | None = None
    counts: Counts = {}
    if metric.shape == "count" or metric.follow_days is not None:
        months = ask(snapshot, metric.id, Cut(grain="month"), 0)
        mature = mature_until(metric.follow_days, months.data_as_at)
        for value in months.values if metric.shape == "count" else ():  # also months without a row
            if value.period is not None:
                counts |= dict.fromkeys(_periods(value.period, None, None, None, None), Pair(0, 0))
    places = [name for name in PLACES if name in metric.dimensions("force")]
    added = {cell: [*pair] for cell, pair in counts.items()}
    for row in snapshot.rows("reports/monthly_counts_by_place_and_offence", metric=metric.id):
        place = next((name for name in PLACES[:2] if not row[f"all_{name}"]), None)
        if (mature is None or row["month"] < mature) and place in (None, *places):
            offence = _offence_of(row)
            names = (row[place] if place else None, row[offence] if offence else None)
            numerator, denominator = _pair_of(metric, row["numerator"], _out_of(metric, row))
            for cell in _periods(row["month"], place, offence, *names):
                pair = added.setdefault(cell, [0, 0])
                pair[0] += numerator
                pair[1] += denominator
    return {cell: Pair(*pair) for cell, pair in added.items()}, mature


def _offence_of(row: Mapping[str, Any]) -> str | None:
    return next((name for name in OFFENCES if not row[f"all_{name}"]), None)


def _out_of(metric: Metric, row: Mapping[str, Any]) -> int | None:
    out_of: int | None = row["denominator" if metric.shape == "rate" else "value_count"]
    return out_of


def _pair_of(metric: Metric, numerator: int | None, denominator: int | None) -> Pair:
    if metric.shape == "rate":
        return Pair(numerator or 0, denominator or 0)
    return Pair((numerator if metric.shape == "count" else denominator) or 0, 0)


@lru_cache(maxsize=1 << 14)  # the metrics of a relation have the same cells
def _periods(
    month: date, place: str | None, offence: str | None, place_name: str | None, of: str | None
) -> tuple[Cell, ...]:
    """The cells that a month of a place and some offences is added up in."""
    return tuple(
        Cell(
            grain,
            None if grain == "all" else start_of(grain, month),
            place,
            _plain(place_name),
            offence,
            _plain(of),
        )
        for grain in grains([name for name in (place, offence) if name])
    )


def _asked(snapshot: Snapshot, metric: Metric, ask: Ask) -> tuple[Counts, date | None]:
    """Cells of a metric whose months do not add up, from a question for each breakdown."""
    counts: Counts = {}
    mature: date | None = None
    for cut in _cuts(metric):
        answer = ask(snapshot, metric.id, cut, 0)
        mature = mature_until(metric.follow_days, answer.data_as_at)
        for value in answer.values:
            if mature is None or value.period is None or value.period < mature:
                counts[cell_of(cut, value, value.period)] = counts_of(metric, value)
    return counts, mature


def _cuts(metric: Metric) -> Iterator[Cut]:
    """The breakdowns to ask for."""
    dimensions = metric.dimensions("force")
    for place in (None, *(name for name in PLACES if name in dimensions)):
        for offence in (None, *(name for name in OFFENCES if name in dimensions)):
            for grain in GRAINS:
                yield Cut(grain=grain, by=tuple(name for name in (place, offence) if name))


def _published(snapshot: Snapshot, metric: Metric, counts: Counts) -> frozenset[Cell]:
    """The force's totals by quarter that the Home Office has published with the same counts: who
    supposes that they are the same is right."""
    if "home_office" not in metric.sources:
        return frozenset()
    names = {
        source: _force_names(snapshot, metric.relation, source)
        for source in ("force", "home_office")
    }
    both = sorted(names["force"] & names["home_office"])
    found = set()
    if both:
        for row in snapshot.rows("reports/published_counts", metric=metric.id, force_name=both):
            offence = _offence_of(row)
            name = _plain(row[offence]) if offence else None
            cell = Cell("quarter", row["quarter"], None, None, offence, name)
            if counts.get(cell) == _pair_of(metric, row["numerator"], _out_of(metric, row)):
                found.add(cell)
    return frozenset(found)


@remembered
def _force_names(snapshot: Snapshot, relation: str, source: str) -> frozenset[str]:
    """The forces that a source has rows of, asked by one metric of the relation for all of them."""
    metric = next(
        one for one in metrics() if one.relation == relation and "home_office" in one.sources
    )
    rows = snapshot.rows(
        "reports/dimension_values", metric=metric.id, source=source, dimension="force_name"
    )
    return frozenset(str(row["value"]) for row in rows)


def _plain(name: str | None) -> str | None:
    return " ".join(name.split()).casefold() if name is not None else None
