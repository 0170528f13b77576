"""Cells of the tables that the scrutiny audience may ask for, and which are totals of others.

Whole months and longer, at most one place (area, team or kind of order) and one set of offences.
Longer periods are added up from months, so that a total here is what its parts make.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NamedTuple

from metrics.contracts import Answer, Cut, Metric, Value
from metrics.periods import Grain, end_of, mature_until, start_of
from store.snapshot import Snapshot

GRAINS: tuple[Grain, ...] = ("month", "quarter", "year", "all")
PLACES, OFFENCES = ("area", "team", "order_kind"), ("vawg", "vawg_group")
Over = Literal["places", "offences", "time"]
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
    """A cell that is the total of others, over places, over offences or over time."""

    cell: Cell
    parts: list[Cell]
    over: Over


@dataclass(frozen=True)
class MetricTable:
    """The true counts of one metric in every cell that the scrutiny audience may ask for.

    A cohort that is still being followed is not in it.
    """

    metric: Metric
    counts: dict[Cell, Pair] = field(default_factory=dict)
    mature: date | None = None  # the first month whose cohort is still followed

    def until(self, cell: Cell) -> date | None:
        """Where a period is counted up to, if cohorts that are still followed cut it short."""
        if self.mature is None:
            return None
        if cell.period is not None and end_of(cell.grain, cell.period) <= self.mature:
            return None
        return self.mature


def metric_table(snapshot: Snapshot, metric: Metric, ask: Ask) -> MetricTable:
    """Every cell of a metric that the scrutiny audience may ask for, with its true counts."""
    counts: dict[Cell, Pair] = {}
    mature: date | None = None
    for cut in _cuts(metric):
        answer = ask(snapshot, metric.id, cut, 0)
        mature = mature_until(metric.follow_days, answer.data_as_at)
        for value in answer.values:
            if mature is None or value.period is None or value.period < mature:
                _add(counts, metric, cut, value)
    return MetricTable(metric, counts, mature)


def grains(named: Collection[str]) -> tuple[Grain, ...]:
    """The grains of a breakdown: a place and a group of offences at once by year and over all."""
    is_fine = "vawg_group" in named and not {*PLACES}.isdisjoint(named)
    return GRAINS[2:] if is_fine else GRAINS


def counts_of(metric: Metric, value: Value) -> Pair:
    """The two counts that a value tells: of people or things, never days."""
    if metric.shape == "rate":
        return Pair(value.numerator or 0, value.denominator or 0)
    return Pair((value.numerator if metric.shape == "count" else value.denominator) or 0, 0)


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
        yield cell.place, cell._replace(place=None, place_name=None), "places"
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


def _cuts(metric: Metric) -> Iterator[Cut]:
    """The breakdowns to ask for: by month alone, where months add up."""
    dimensions = metric.dimensions("force")
    for place in (None, *(name for name in PLACES if name in dimensions)):
        for offence in (None, *(name for name in OFFENCES if name in dimensions)):
            by = tuple(name for name in (place, offence) if name)
            for grain in ("month",) if metric.base.months_add_up else GRAINS:
                yield Cut(grain=grain, by=by)


def _add(counts: dict[Cell, Pair], metric: Metric, cut: Cut, value: Value) -> None:
    one = counts_of(metric, value)
    for grain in grains(cut.by) if metric.base.months_add_up else (cut.grain,):
        cell = cell_of(cut.but(grain=grain), value, value.period)
        was = counts.get(cell, Pair(0, 0))
        counts[cell] = Pair(was.numerator + one.numerator, was.denominator + one.denominator)


def _plain(name: str | None) -> str | None:
    return " ".join(name.split()).casefold() if name is not None else None
