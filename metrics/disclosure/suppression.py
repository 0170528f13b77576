"""Which figures are hidden so that no small count can be worked out from those that are told.

Primary suppression hides the small counts. The others are then told a class at a time, what
matters most first (`importance`), and after each class the intruder is played: where a guarded
count could be fewer than `WIDTH` + 1 numbers, figures of that class that lead there stay hidden. So
what is wide and asked for is told, and what is fine pays for it. METRICS.md, "Small numbers".
"""

from collections.abc import Callable, Iterator, Mapping, Set
from functools import cache, partial
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from metrics.disclosure.cells import Cell
from metrics.disclosure.intruder import SMALL, Bounds, Intruder
from metrics.disclosure.linked_tables import (
    NONE,
    Before,
    Bools,
    EachBefore,
    Figure,
    Ints,
    LinkedTables,
    Lists,
    Side,
)

WIDTH = 4  # an intruder is left at least five numbers to choose from
# A linear programme, which sees all sums at once, narrows a little further than adding and
# subtracting do: small counts are left wider by so much, and in a store of few counts, where sums
# are short, the others too.
MARGIN, MARGIN_OF_FEW, FEW = 2, 1, 10_000
# In which turn figures are told, 0 first, by place and set of offences: those of a month, of a
# quarter, and of a year or longer.
TURNS: dict[tuple[str | None, str | None], tuple[int, int, int]] = {
    (None, None): (0, 0, 0),
    (None, "vawg"): (2, 1, 1),
    (None, "vawg_group"): (7, 5, 2),
    ("area", None): (3, 1, 1),
    ("area", "vawg"): (6, 3, 3),
    ("area", "vawg_group"): (5, 5, 5),
    ("other", None): (4, 2, 2),
    ("other", "vawg"): (6, 4, 4),
    ("other", "vawg_group"): (6, 6, 6),
}
NOTHING: Mapping[Side, Before] = MappingProxyType({})
WORTHWHILE = 0.1  # figures hidden in vain are looked through again where so many were shown before
REACH = 6  # how many sums away the figure is looked for that leads to a count


def importance(cell: Cell) -> int:
    """In which turn a figure is told; 0 first."""
    place = cell.place if cell.place in (None, "area") else "other"
    month, quarter, longer = TURNS[place, cell.offence]
    return {"month": month, "quarter": quarter}.get(cell.grain, longer)


def small_figures(tables: LinkedTables) -> Bools:
    """Primary suppression: the figures that tell or imply a small count."""
    return _with_any((tables.truth > 0) & (tables.truth < SMALL), tables.guards)


class Suppression(NamedTuple):
    """The figures to hide; and which of these are evidently not small, so hidden for another's
    sake: who knows only what is told knows that too, so it may be said. And what is known."""

    hidden: set[Figure]
    evident: set[Figure]
    # what can be known of each count, told or hidden; worked out when asked for
    known: Callable[[], dict[Side, Before]] = dict


def suppressed(
    tables: LinkedTables,
    already: Set[Figure] = frozenset(),
    shown: Set[Figure] = frozenset(),
    known: Mapping[Side, Before] = NOTHING,
) -> Suppression:
    """The figures to hide. `already` hidden ones stay so; `shown` ones are hidden only where they
    themselves lead to a small count. Of some counts something is `known` before.
    """
    is_hidden = small_figures(tables) | tables.chosen(already)
    disclosure = _Disclosure(tables, is_hidden, tables.before(known))
    disclosure.show(tables.chosen(shown) & ~is_hidden)
    for turn in np.unique(disclosure.turns).tolist():
        disclosure.show((disclosure.turns == turn) & ~is_hidden)
    disclosure.show_what_is_known_anyway()
    disclosure.hide_what_leads()
    is_hidden |= disclosure.is_hidden
    evident = is_hidden & disclosure.is_evidently_large()
    return Suppression(
        tables.figures(is_hidden), tables.figures(evident), partial(disclosure.known, ~is_hidden)
    )


class _Disclosure:
    """What is shown, what stays hidden, and what the intruder knows by it."""

    def __init__(self, tables: LinkedTables, is_hidden: Bools, before: EachBefore) -> None:
        self.tables, self.intruder = tables, Intruder(tables, before)
        self.is_hidden = is_hidden.copy()
        self.is_primary = is_hidden
        self.is_guarded = is_hidden.copy()  # hidden figures whose counts must not follow
        self.is_shown = np.zeros(len(is_hidden), dtype=bool)
        self.at_first = self.bounds = self.intruder.at_first()
        is_small = (tables.truth > 0) & (tables.truth < SMALL)
        others = MARGIN_OF_FEW if len(tables.truth) < FEW else 0
        self.width = WIDTH + np.where(is_small, MARGIN, others)
        turns = np.array([importance(cell) for cell in tables.cells], dtype=np.int64)
        self.turns: Ints = turns[tables.figure_cell]
        told = tables.tells.ravel()
        owners = np.repeat(np.arange(len(tables.tells)), 2)
        is_count = told != NONE
        self.told_by = Lists.inverted(told[is_count], owners[is_count], len(tables.truth))

    def show(self, is_new: Bools) -> None:
        """Show figures, but for those by which a hidden count could be too few numbers."""
        is_new = is_new & ~self.is_shown & ~self.is_hidden
        narrow_before = self._narrow(self.bounds, self.is_shown)
        while True:
            bounds = self.intruder.learns(self.bounds, is_new)
            narrow = self._narrow(bounds, self.is_shown | is_new) & ~narrow_before
            leading = self._leading(np.flatnonzero(narrow), bounds, is_new)
            if not leading.any():
                break
            is_new = is_new & ~leading
            self.is_hidden |= leading
        self.is_shown |= is_new
        self.bounds = bounds

    def show_what_is_known_anyway(self) -> None:
        """Show figures that were hidden for another's sake in vain, for what they tell is known
        nearly: where that leads nowhere."""
        while True:
            self.is_guarded = self.is_hidden.copy()
            narrow = self._narrow(self.bounds, self.is_shown)
            guards = _with_any(narrow, self.tables.guards)
            is_vain = guards & self.is_hidden & ~self.is_primary
            if not is_vain.any():
                return
            self.is_guarded = self.is_hidden & ~is_vain
            self.is_hidden &= ~is_vain
            before = int(self.is_shown.sum())
            self.show(is_vain)
            self.is_hidden |= ~self.is_shown
            if int(self.is_shown.sum()) - before < WORTHWHILE * int(is_vain.sum()):
                return

    def hide_what_leads(self) -> None:
        """Hide shown figures, the least important first, until no hidden count is too narrow."""
        self.is_guarded = self.is_hidden
        while True:
            narrow = self._narrow(self.bounds, self.is_shown)
            leading = self._leading(np.flatnonzero(narrow), self.bounds, self.is_shown)
            if not leading.any():
                return
            self.is_hidden |= leading
            self.is_guarded = self.is_hidden
            self.is_shown &= ~leading
            self.bounds = self.intruder.learns(self.at_first, self.is_shown)

    def is_evidently_large(self) -> Bools:
        """The figures whose counts the intruder knows to be none or no small ones."""
        low, high = self.bounds
        return ~_with_any((low < SMALL) & (high > 0), self.tables.guards)

    def known(self, is_shown: Bools) -> dict[Side, Before]:
        """What can be known of each count."""
        low, high = self.bounds
        is_told = self.intruder.is_told(is_shown)
        return {
            side: Before(int(low[count]), int(high[count]), bool(is_told[count]))
            for side, count in self.tables.sides()
        }

    def _narrow(self, bounds: Bounds, is_shown: Bools) -> Bools:
        """The guarded counts that could be too few numbers."""
        is_guarded = np.zeros(len(self.tables.truth), dtype=bool)
        guards = self.tables.guards[self.is_guarded].ravel()
        is_guarded[guards[guards != NONE]] = True
        is_told = self.intruder.is_told(is_shown)
        narrow: Bools = is_guarded & ~is_told & (bounds.high - bounds.low < self.width)
        return narrow

    def _leading(self, narrow: Ints, bounds: Bounds, is_new: Bools) -> Bools:
        """Of the figures in question, those that lead to the narrow counts, one for each."""
        if not len(narrow):
            return np.zeros(len(is_new), dtype=bool)
        return _Search(self, bounds, is_new).leading(narrow)


class _Search:
    """For narrow counts, the figures from which their bounds follow: told by a count in a sum that
    binds them; else in one that binds the counts there; and so on.
    """

    def __init__(self, disclosure: _Disclosure, bounds: Bounds, is_new: Bools) -> None:
        self.tables, self.intruder = disclosure.tables, disclosure.intruder
        self.turns, self.told_by = disclosure.turns, disclosure.told_by
        self.is_new = is_new
        # nothing is gained by hiding what is published, or was told before
        self.is_told = self.intruder.is_told(disclosure.is_shown | is_new) & ~self.intruder.knew
        self.leads = np.zeros(len(is_new), dtype=bool)
        self.served: set[int] = set()  # the sums with a count that is told by leading figures alone
        self.binding = self.intruder.binding(bounds)
        self.best = cache(self._best)

    def leading(self, narrow: Ints) -> Bools:
        """One figure for each count, the least important first, where one is found."""
        for count in narrow.tolist():
            for lines in self._lines_around(count):
                if not self.served.isdisjoint(lines):
                    break
                found = [best for line in lines if (best := self.best(line))]
                if found:
                    self._lead(min(found)[-1])
                    break
        return self.leads

    def _lines_around(self, count: int) -> Iterator[list[int]]:
        """The sums that bind a count; then those that bind the counts of these; and so on."""
        seen, seen_lines, edge = {count}, set[int](), [count]
        for _ in range(REACH):
            lines = list(set(self.binding.of(np.array(edge)).tolist()) - seen_lines)
            yield lines
            seen_lines.update(lines)
            edge = list(set().union(*(self.intruder.counts_of(line) for line in lines)) - seen)
            seen.update(edge)
            if not edge:
                return

    def _lead(self, count: int) -> None:
        """Choose the figures that tell a count."""
        figures = self._telling(count)
        self.leads[figures] = True
        for one in {count, *self.tables.tells[figures].ravel().tolist()} - {NONE}:
            if self.is_told[one] and self.leads[self._telling(one)].all():
                self.served.update(self.intruder.sums_of(one))

    def _telling(self, count: int) -> Ints:
        """The figures in question that tell a count."""
        figures = self.told_by.one(count)
        found: Ints = figures[self.is_new[figures]]
        return found

    def _best(self, line: int) -> tuple[int, int, int] | None:
        """Of the counts of a sum that the figures in question tell, the least important: its turn,
        negative, its size and its number.
        """
        return min(
            (
                (-int(self.turns[figures].max()), int(self.tables.truth[one]), one)
                for one in self.intruder.counts_of(line)
                if self.is_told[one] and len(figures := self._telling(one))
            ),
            default=None,
        )


def _with_any(counts: Bools, of: Ints) -> Bools:
    """Which rows of numbers of counts hold one that is chosen."""
    found: Bools = np.logical_or.reduce(np.append(counts, False)[of], axis=1)
    return found
