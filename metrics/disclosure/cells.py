"""Every figure that the scrutiny audience may ask for, with the sums that bind them: the board that suppression is played on.

Whole months and longer, at most one place (area, team or kind of order) and one set of offences. Longer periods are added up from
months, so that a total here is what its parts make.
"""

from collections.abc import Callable, Collection, Iterator
from datetime import date

from metrics.contracts import Answer, Cut, Grain, Metric, Value
from metrics.months import ADDED
from metrics.periods import mature_until, start_of
from sql.snapshot import Snapshot

GRAINS: tuple[Grain, ...] = ("month", "quarter", "year", "all")
PLACES, OFFENCES = ("area", "team", "order_kind"), ("vawg", "vawg_group")
Ask = Callable[[Snapshot, str, Cut, int], Answer]
# grain, first day, which place and its name, which set of offences and its name
Cell = tuple[str, date | None, str | None, str | None, str | None, str | None]
Count = tuple[str, Cell]  # which count of which cell: "charge_rate_closed:numerator"
Sums = list[tuple[Count, list[Count]]]  # each total with its parts


def lattice(snapshot: Snapshot, metric: Metric, ask: Ask) -> dict[Cell, tuple[int, int]]:
    """What is counted, and out of what, in every cell of a metric that this audience may ask for; a cohort still followed is not there.

    A count has nothing it is out of: 0. A median or a window counts what it rests on.
    """
    found: dict[Cell, tuple[int, int]] = {}
    dimensions = metric.dimensions("force")
    for place in (None, *(name for name in PLACES if name in dimensions)):
        for offence in (None, *(name for name in OFFENCES if name in dimensions)):
            by = tuple(name for name in (place, offence) if name)
            for grain in ("month",) if metric.relation in ADDED else GRAINS:
                cut = Cut(grain=grain, by=by)
                answer = ask(snapshot, metric.id, cut, 0)
                mature = mature_until(metric.follow_days, answer.data_as_at)
                for value in answer.values:
                    if mature is None or value.period is None or value.period < mature:
                        _add(found, metric, cut, value)
    return found


def grains(named: Collection[str]) -> tuple[Grain, ...]:
    """The grains of a breakdown: a place and a group of offences at once are told by financial year and over all."""
    is_fine = "vawg_group" in named and not {*PLACES}.isdisjoint(named)
    return GRAINS[2:] if is_fine else GRAINS


def _add(found: dict[Cell, tuple[int, int]], metric: Metric, cut: Cut, value: Value) -> None:
    one, out_of = counts_of(metric, value)
    for grain in grains(cut.by) if metric.relation in ADDED else (cut.grain,):
        cell = cell_of(cut.but(grain=grain), value, value.period)
        was = found.get(cell, (0, 0))
        found[cell] = (was[0] + one, was[1] + out_of)


def counts_of(metric: Metric, value: Value) -> tuple[int, int]:
    """The two counts that a value tells: of people or things, never days."""
    if metric.shape == "rate":
        return value.numerator or 0, value.denominator or 0
    return (value.numerator if metric.shape == "count" else value.denominator) or 0, 0


def cell_of(cut: Cut, value: Value, day: date | None) -> Cell:
    """The cell of the lattice that a value of a cut is, `day` being in its period; however the names were typed."""
    named = {name: values[0] for name, values in cut.where.items()} | value.by
    place = next((name for name in PLACES if name in named), None)
    offence = next((name for name in OFFENCES if name in named), None)
    start = None if cut.grain == "all" or day is None else start_of(cut.grain, day)
    return (cut.grain, start, place, _plain(named[place]) if place else None, offence, _plain(named[offence]) if offence else None)


def _plain(name: str | None) -> str | None:
    return " ".join(name.split()).casefold() if name is not None else None


def totals_of(cells: Collection[Cell], is_added: bool = True) -> Iterator[tuple[Cell, list[Cell]]]:
    """Every total of the lattice with its parts: over places, over offences, over time.

    Where months add up to quarters, and those to years, a longer period has only the next shorter ones as its parts; else all of them.
    """
    groups: dict[tuple[str, Cell], list[Cell]] = {}
    for cell in cells:
        grain, period, place, name, offence, kind = cell
        if place:
            groups.setdefault((place, (grain, period, None, None, offence, kind)), []).append(cell)
        if offence == "vawg":
            groups.setdefault((offence, (grain, period, place, name, None, None)), []).append(cell)
        if offence == "vawg_group":
            groups.setdefault((offence, (grain, period, place, name, "vawg", "yes" if kind else "no")), []).append(cell)
        longer_ones = [longer for longer in GRAINS if longer not in GRAINS[: GRAINS.index(grain) + 1]]
        for longer in longer_ones[:1] if is_added else longer_ones:
            above = None if longer == "all" or period is None else start_of(longer, period)
            groups.setdefault((grain, (longer, above, place, name, offence, kind)), []).append(cell)
    for (_, total), parts in groups.items():
        if total in cells:
            yield total, parts
