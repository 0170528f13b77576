"""Linked tables: the counts of all metrics of one base relation, and every sum that binds them.

Figures are protected together because they can be added and subtracted: a count that one table
hides may be the total of another less its parts. Cells add up over places, offences and time
(`cells`); counts of one cell add up by the sets that they hold (`set_sums`). Counts, figures and
sums are numbered and kept as arrays, for a store has a hundred thousand of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from metrics.disclosure.cells import MetricTable, Over, totals_of
from metrics.disclosure.linked_tables import NONE, Ints, LinkedTables, Lists
from metrics.disclosure.numbering import Counts, Sums, ints
from metrics.disclosure.set_sums import CountSet, MetricSets, set_sums, sets_of
from metrics.errors import BadDefinition


def linked_tables(tables: Sequence[MetricTable]) -> LinkedTables:
    """The tables of metrics of one base relation, linked. Raises BadDefinition."""
    return _Linker(tables).linked()


@dataclass
class _Series:
    """One set of rows in every cell in which it is told: for each cell the number of its count."""

    count_set: CountSet
    numbers: Ints


class _Linker:
    """Puts the counts of each metric into one system, then the sums that bind them."""

    def __init__(self, tables: Sequence[MetricTable]) -> None:
        self.tables = tables
        self.sets = sets_of([table.metric for table in tables])
        self.cells = list(dict.fromkeys(cell for table in tables for cell in table.counts))
        self.cell_number = {cell: number for number, cell in enumerate(self.cells)}
        self.counts, self.sums = Counts(len(self.cells)), Sums()
        self.endings: list[date | None] = [None]  # where followed cohorts cut periods short
        self.series: dict[tuple[CountSet, int | None], _Series] = {}
        self.published: dict[int, Ints] = {}  # for each ending and cell the metrics, a bit each
        self.figures: list[tuple[Ints, Ints, Ints, Ints]] = []
        self.told_truth = ints(())  # of the counts that metrics tell

    def linked(self) -> LinkedTables:
        """Everything, numbered. Raises BadDefinition."""
        numbered = [self._put_table(number, table) for number, table in enumerate(self.tables)]
        self._put_absent(numbered)
        self._add_totals()
        for ending, bits in self.published.items():
            for mask in np.unique(bits[bits > 0]).tolist():
                metrics = [
                    table.metric.id
                    for number, table in enumerate(self.tables)
                    if mask >> number & 1
                ]
                self._add_set_sums(metrics, ending, np.flatnonzero(bits == mask))
        total, parts = self.sums.each_once()
        truth = self.counts.truth
        self._check_sums(truth, total, parts)
        metric, cell, tells, guards = (
            np.concatenate([one[side] for one in self.figures]) for side in range(4)
        )
        return LinkedTables(
            truth,
            self.counts.marked("is_positive"),
            self.counts.marked("is_absent"),
            self.counts.marked("is_public"),
            self.cells,
            [table.metric.id for table in self.tables],
            metric,
            cell,
            tells,
            guards,
            total,
            parts,
        )

    def _put_table(self, number: int, table: MetricTable) -> Ints:
        """The figures of one metric, and what is to be guarded in them; the cells of it."""
        metric, sets = table.metric, self.sets[table.metric.id]
        self._name_sets(metric.id, sets)
        cells = ints(self.cell_number[cell] for cell in table.counts)
        pairs = np.array(list(table.counts.values()), dtype=np.int64).reshape(-1, 2)
        told = len(sets.told)
        guards = np.full((len(cells), 3), NONE, dtype=np.int64)
        endings = self._endings(table)
        for ending in np.unique(endings).tolist():
            here = np.flatnonzero(endings == ending)
            bits = self.published.setdefault(ending, np.zeros(len(self.cells), dtype=np.int64))
            bits[cells[here]] |= 1 << number
            numbers = (pairs[here, 0], pairs[here, 1], pairs[here, 1] - pairs[here, 0])
            kinds = [
                (one, truth)
                for one, truth in zip((*sets.told, sets.rest), numbers, strict=False)
                if one is not None
            ]
            for place, (one, truth) in enumerate(kinds):
                counts = self.counts.numbers(one, ending, cells[here])
                self.counts.put(counts, truth)
                self._series_of(one, metric.follow_days)[cells[here]] = counts
                guards[here, place] = counts
                if place < told:
                    self.counts.mark("is_positive", counts[truth > 0])
                self._note_public(table, counts, cells[here])
        tells = guards[:, :2].copy()
        tells[:, told:] = NONE
        self.figures.append((np.full(len(cells), number, dtype=np.int64), cells, tells, guards))
        return cells

    def _name_sets(self, metric: str, sets: MetricSets) -> None:
        for side, one in ("numerator", sets.numerator), ("denominator", sets.denominator):
            if one is not None:
                self.counts.names.setdefault(one, f"{side} of {metric}")
        if sets.rest is not None:
            self.counts.names.setdefault(sets.rest, f"denominator less numerator of {metric}")

    def _note_public(self, table: MetricTable, counts: Ints, cells: Ints) -> None:
        """The totals of the force that are published elsewhere."""
        if table.public:
            is_public = [self.cells[cell] in table.public for cell in cells.tolist()]
            self.counts.mark("is_public", counts[np.array(is_public, dtype=bool)])

    def _endings(self, table: MetricTable) -> Ints:
        """For each cell of a table, where its period is cut short: the number of that day."""
        known: dict[tuple[str, date | None], int] = {}
        for cell in table.counts:
            if (key := (cell.grain, cell.period)) not in known:
                until = table.until(cell)
                if until not in self.endings:
                    self.endings.append(until)
                known[key] = self.endings.index(until)
        return ints(known[cell.grain, cell.period] for cell in table.counts)

    def _series_of(self, count_set: CountSet, follow_days: int | None) -> Ints:
        empty = np.full(len(self.cells), NONE, dtype=np.int64)
        return self.series.setdefault((count_set, follow_days), _Series(count_set, empty)).numbers

    def _put_absent(self, cells_of: Sequence[Ints]) -> None:
        """Cells in which a metric has no row, while another has: its counts are told to be none."""
        whole = [
            number for number, table in enumerate(self.tables) if table.metric.follow_days is None
        ]
        is_known = np.zeros(len(self.cells), dtype=bool)
        for number in whole:
            is_known[cells_of[number]] = True
        for number in whole:
            sets = self.sets[self.tables[number].metric.id]
            is_missing = is_known.copy()
            is_missing[cells_of[number]] = False
            missing = np.flatnonzero(is_missing)
            self.published[0][missing] |= 1 << number
            for one in (one for one in (*sets.told, sets.rest) if one is not None):
                counts = self.counts.numbers(one, 0, missing)
                self.counts.put(counts, np.zeros(len(missing), dtype=np.int64))
                self.counts.mark("is_absent", counts)
                self._series_of(one, None)[missing] = counts

    def _add_totals(self) -> None:
        """Totals over places, offences and time of each set of rows."""
        self.told_truth = self.counts.truth.copy()
        is_added = all(table.metric.base.months_add_up for table in self.tables)
        groups = list(totals_of(self.cell_number, is_added))
        totals = ints(self.cell_number[group.cell] for group in groups)
        parts = Lists(
            ints(self.cell_number[cell] for group in groups for cell in group.parts),
            ints(len(group.parts) for group in groups),
        )
        for series in list(self.series.values()):
            known = series.numbers[parts.numbers]
            is_there = known != NONE
            sizes = np.add.reduceat(is_there, parts.starts, dtype=np.int64) if groups else totals
            is_kept = (series.numbers[totals] != NONE) & (sizes > 0)
            adds_up = np.array(
                [_adds_up(series.count_set.counted, group.over) for group in groups], dtype=bool
            )
            is_sum = is_kept & adds_up
            self.sums.add(
                series.numbers[totals[is_sum]],
                known[is_there & np.repeat(is_sum, parts.sizes)],
                sizes[is_sum],
            )
            for number in np.flatnonzero(is_kept & ~adds_up).tolist():
                counts = series.numbers[parts.one(number)]
                self._add_loose_total(
                    series, int(totals[number]), counts[counts != NONE], groups[number].over
                )

    def _add_loose_total(self, series: _Series, cell: int, parts: Ints, over: Over) -> None:
        """A total that holds each of its parts, but may not be their sum.

        A subject of two months is one of the year's, one with two kinds of order is one of all. A
        subject counts where the first order was granted: at one place there may be more of a month
        than of the year.
        """
        total = int(series.numbers[cell])
        if self._seems_added(series, total, parts):
            self.sums.add_one(total, parts.tolist())
            return
        is_within = over in ("places", "kinds") or self.cells[cell].place is None
        for part in parts.tolist() if is_within else ():
            self.sums.add_one(total, (part, self._beside(series)))
        if series.count_set.counted == "subjects" and over != "places":
            sightings = self._beside(series)
            self.sums.add_one(sightings, parts.tolist())
            self.sums.add_one(sightings, (total, self._beside(series)))

    def _seems_added(self, series: _Series, total: int, parts: Ints) -> bool:
        """Whether subjects add up though they need not: who supposes that nobody was counted in
        two months, or with two kinds of order, would be right, so this is guarded like any sum."""
        if series.count_set.counted != "subjects":
            return False
        return bool(self.told_truth[parts].sum() == self.told_truth[total])

    def _beside(self, series: _Series) -> int:
        """A count of the same cell that no metric tells."""
        return int(self.counts.new(f"{self.counts.names[series.count_set]}, beyond another")[0])

    def _add_set_sums(self, metrics: Sequence[str], ending: int, cells: Ints) -> None:
        """The counts of one cell that add up by their sets, in all cells of the same metrics."""
        for line in set_sums([self.sets[metric] for metric in metrics]):
            for one in (line.total, *line.parts):
                self.counts.names.setdefault(one, f"part {len(self.counts.names)}")
            totals = self.counts.numbers(line.total, ending, cells)
            parts = np.stack(
                [self.counts.numbers(one, ending, cells) for one in line.parts], axis=1
            )
            sizes = np.full(len(cells), len(line.parts), dtype=np.int64)
            self.sums.add(totals, parts.ravel(), sizes)

    def _check_sums(self, truth: Ints, total: Ints, parts: Lists) -> None:
        """Raises BadDefinition where the true counts do not add up."""
        if not len(total):
            return
        known = truth[parts.numbers]
        added = np.add.reduceat(np.maximum(known, 0), parts.starts)
        is_whole = np.logical_and.reduceat(known != NONE, parts.starts)
        whole = truth[total]
        is_wrong = (whole != NONE) & ((added > whole) | ((added < whole) & is_whole))
        if is_wrong.any():
            first = int(np.flatnonzero(is_wrong)[0])
            names = " + ".join(
                dict.fromkeys(self.counts.name(part) for part in parts.one(first).tolist())
            )
            raise BadDefinition(
                f"{self.counts.name(int(total[first]))} is {whole[first]}, but {names} make "
                f"{added[first]}, which their [sets] rule "
                "out: correct the [sets] in metrics/definitions, or the metric's query in "
                "sql/metrics."
            )


def _adds_up(counted: str, over: Over) -> bool:
    """Whether a total is the sum of its parts: a subject counts once in each period and of each
    kind of order, and gaps between the days of a place are none of the gaps between all days."""
    return {
        "rows": True,
        "subjects": over not in ("kinds", "time"),
        "gaps": over == "time",
    }[counted]
