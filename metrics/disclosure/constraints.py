"""Linked tables: the counts of all metrics of one base relation, and every sum that binds them.

Figures are protected together because they can be added and subtracted: a count that one table
hides may be the total of another less its parts. Cells add up over places, offences and time
(`cells`); counts of one cell add up by the sets that they hold (`set_sums`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from metrics.disclosure.cells import Cell, MetricTable, Over, Pair, Total, totals_of
from metrics.disclosure.set_sums import CountSet, MetricSets, set_sums, sets_of
from metrics.errors import BadDefinition


@dataclass(eq=False, slots=True)
class Count:
    """A number that can be worked out: how many of one set there are in one cell.

    The same set in the same cell is one count, whichever metrics tell it.
    """

    number: int  # its place among the counts
    name: str  # of the set: the side and metric that first told it
    cell: Cell
    until: date | None  # where cohorts that are still followed cut the cell's period short
    truth: int | None = None  # None where no metric tells or implies it
    is_positive: bool = False  # known to be at least one, for its row is there
    is_absent: bool = False  # told to be none, for there is no row of it


class Figure(NamedTuple):
    """A value of a metric in a cell, which is told or hidden as a whole."""

    metric: str
    cell: Cell


class FigureCounts(NamedTuple):
    """The counts that a figure tells, and those that must not follow when it is hidden."""

    tells: tuple[Count, ...]
    guards: tuple[Count, ...]


class Sum(NamedTuple):
    """A count that is the sum of others; a group, if over places, offences or time."""

    total: Count
    parts: tuple[Count, ...]
    is_group: bool


class LinkedTables:
    """All counts and figures of one base relation with the sums that bind them."""

    def __init__(self) -> None:
        self.counts: list[Count] = []
        self.figures: dict[Figure, FigureCounts] = {}
        self.sums: list[Sum] = []
        self._known: dict[tuple[str, Cell, date | None], Count] = {}
        self._seen: set[tuple[Count, frozenset[Count]]] = set()

    def count(self, name: str, cell: Cell, until: date | None = None) -> Count:
        """The count of one set in one cell."""
        key = (name, cell, until)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = Count(len(self.counts), name, cell, until)
            self.counts.append(found)
        return found

    def put(self, count: Count, truth: int) -> None:
        """Note a true count. Raises BadDefinition where it was told to be another."""
        if count.truth not in (None, truth):
            raise BadDefinition(
                f"{count.name} is {count.truth} by one metric and {truth} by another whose "
                "[sets] say the same: correct the [sets] of one of them in metrics/definitions."
            )
        count.truth = truth

    def add_sum(self, total: Count, parts: Sequence[Count], is_group: bool = False) -> None:
        """Note a sum. Raises BadDefinition where the true counts do not add up."""
        known = [part.truth for part in parts if part.truth is not None]
        added, is_whole = sum(known), len(known) == len(parts)
        if total.truth is not None and (added > total.truth or added < total.truth and is_whole):
            names = " + ".join(dict.fromkeys(part.name for part in parts))
            raise BadDefinition(
                f"{total.name} is {total.truth}, but {names} make {added}, which their [sets] rule "
                "out: correct the [sets] in metrics/definitions, or the metric's query in "
                "sql/metrics."
            )
        if (key := (total, frozenset(parts))) not in self._seen:
            self._seen.add(key)
            self.sums.append(Sum(total, tuple(parts), is_group))


def linked_tables(tables: Sequence[MetricTable]) -> LinkedTables:
    """The tables of metrics of one base relation, linked. Raises BadDefinition."""
    return _Linker(tables).linked


@dataclass
class _Series:
    """One set of rows in every cell in which it is told."""

    count_set: CountSet
    counts: dict[Cell, Count] = field(default_factory=dict)


class _Linker:
    """Puts the counts of each metric into one `LinkedTables`, then the sums that bind them."""

    def __init__(self, tables: Sequence[MetricTable]) -> None:
        self.linked = LinkedTables()
        self.tables = tables
        self.sets = sets_of([table.metric for table in tables])
        self.names: dict[CountSet, str] = {}
        self.series: dict[tuple[CountSet, int | None], _Series] = {}
        self.published: dict[tuple[Cell, date | None], list[str]] = {}  # the metrics of each cell
        for table in tables:
            self._put_table(table)
        self._put_absent()
        for series in self.series.values():
            self._add_totals(series)
        cells_of: dict[tuple[str, ...], list[tuple[Cell, date | None]]] = {}
        for where, found in self.published.items():
            cells_of.setdefault(tuple(found), []).append(where)
        for published, cells in cells_of.items():
            self._add_set_sums(published, cells)

    def _put_table(self, table: MetricTable) -> None:
        """The figures of one metric, and what is to be guarded in them."""
        sets = self.sets[table.metric.id]
        for side, one in ("numerator", sets.numerator), ("denominator", sets.denominator):
            if one is not None:
                self.names.setdefault(one, f"{side} of {table.metric.id}")
        if sets.rest is not None:
            self.names.setdefault(sets.rest, f"denominator less numerator of {table.metric.id}")
        for cell, pair in table.counts.items():
            until = table.until(cell)
            self.published.setdefault((cell, until), []).append(table.metric.id)
            self._put_figure(table, sets, cell, pair)

    def _put_figure(self, table: MetricTable, sets: MetricSets, cell: Cell, pair: Pair) -> None:
        until = table.until(cell)
        numbers = [pair.numerator, pair.denominator, pair.denominator - pair.numerator]
        counts = []
        for one, number in zip((*sets.told, sets.rest), numbers, strict=False):
            if one is not None:
                count = self.linked.count(self.names[one], cell, until)
                self.linked.put(count, number)
                self._series_of(one, table.metric.follow_days).counts[cell] = count
                counts.append(count)
        told = tuple(counts[: len(sets.told)])
        for count in told:
            count.is_positive = bool(count.truth)
        self.linked.figures[Figure(table.metric.id, cell)] = FigureCounts(told, tuple(counts))

    def _series_of(self, count_set: CountSet, follow_days: int | None) -> _Series:
        return self.series.setdefault((count_set, follow_days), _Series(count_set))

    def _put_absent(self) -> None:
        """Cells in which a metric has no row, while another has: its counts are told to be none."""
        whole = [table for table in self.tables if table.metric.follow_days is None]
        cells = dict.fromkeys(cell for table in whole for cell in table.counts)
        for table in whole:
            sets = self.sets[table.metric.id]
            for cell in (cell for cell in cells if cell not in table.counts):
                self.published[cell, None].append(table.metric.id)
                for one in (one for one in (*sets.told, sets.rest) if one is not None):
                    count = self.linked.count(self.names[one], cell)
                    self.linked.put(count, 0)
                    count.is_absent = True
                    self._series_of(one, None).counts[cell] = count

    def _add_totals(self, series: _Series) -> None:
        """Totals over places, offences and time of one set of rows."""
        is_added = all(table.metric.base.months_add_up for table in self.tables)
        for group in totals_of(series.counts, is_added):
            total = series.counts[group.cell]
            parts = [series.counts[cell] for cell in group.parts]
            if _adds_up(series.count_set.counted, group.over) or self._seems_added(series, group):
                self.linked.add_sum(total, parts, is_group=True)
            else:
                self._add_bounds(total, parts, group.over)

    def _seems_added(self, series: _Series, group: Total) -> bool:
        """Whether subjects add up though they need not: who supposes that nobody was counted in
        two months would be right, so this is guarded like any sum."""
        if series.count_set.counted != "subjects":
            return False
        numbers = [series.counts[cell].truth or 0 for cell in group.parts]
        return sum(numbers) == series.counts[group.cell].truth

    def _add_bounds(self, total: Count, parts: Sequence[Count], over: Over) -> None:
        """A total that holds each of its parts, but may not be their sum.

        A subject of two months is one of the year's, and counts where the first order was granted:
        at one place there may be more of a month than of the year.
        """
        for part in parts if over == "places" or total.cell.place is None else ():
            self.linked.add_sum(total, (part, self._beside(total, f"beyond {part.cell}")))
        if over == "time":
            sightings = self._beside(total, f"by {parts[0].cell.grain}")
            self.linked.add_sum(sightings, parts)
            self.linked.add_sum(sightings, (total, self._beside(sightings, "counted again")))

    def _beside(self, count: Count, what: str) -> Count:
        """A count of the same cell that no metric tells."""
        return self.linked.count(f"{count.name}, {what}", count.cell, count.until)

    def _add_set_sums(
        self, metrics: Sequence[str], cells: Sequence[tuple[Cell, date | None]]
    ) -> None:
        """The counts of one cell that add up by their sets, in all cells of the same metrics."""
        for line in set_sums([self.sets[metric] for metric in metrics]):
            total, *parts = (
                self.names.setdefault(one, f"part {len(self.names)}")
                for one in (line.total, *line.parts)
            )
            for cell, until in cells:
                counts = [self.linked.count(part, cell, until) for part in parts]
                self.linked.add_sum(self.linked.count(total, cell, until), counts)


def _adds_up(counted: str, over: Over) -> bool:
    """Whether a total is the sum of its parts: a subject counts once in each period, and gaps
    between the days of a place are none of the gaps between all days."""
    return {"rows": True, "subjects": over != "time", "gaps": over == "time"}[counted]
