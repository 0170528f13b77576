"""The intruder: what can be worked out of each count by who knows every figure that is told.

Interval propagation: each count lies between a least and a most number; each sum narrows its total
by its parts, and each part by the total and the other parts, until nothing moves.
"""

from functools import cache
from typing import NamedTuple

import numpy as np

from metrics.contracts import FEWEST
from metrics.disclosure.linked_tables import NONE, Bools, EachBefore, Ints, LinkedTables, Lists
from metrics.errors import BadDefinition

SMALL, BASE = 5, 5  # counts of 1 to 4 are hidden, others told to the nearest five


def rounded(count: int) -> int:
    """A count to the nearest five."""
    return BASE * ((count + BASE // 2) // BASE)


class Bounds(NamedTuple):
    """Between which numbers the intruder knows each count to lie."""

    low: Ints
    high: Ints

    def copy(self) -> "Bounds":
        """Bounds of their own, to be narrowed."""
        return Bounds(self.low.copy(), self.high.copy())


class Intruder:
    """Who knows the figures that are told, what was known `before` of the same counts, the rule of
    rounding and every sum.
    """

    def __init__(self, tables: LinkedTables, before: EachBefore) -> None:
        self.tables, self.before = tables, before
        self.knew = before.is_told | tables.is_public
        members = np.concatenate([tables.parts.numbers, tables.total])
        lines = np.arange(len(tables.total))
        owners = np.concatenate([np.repeat(lines, tables.parts.sizes), lines])
        self.sums_with = Lists.inverted(members, owners, len(tables.truth))
        self.sums_of, self.counts_of = cache(self._sums_of), cache(self._counts_of)
        self.as_told = _as_told(np.maximum(tables.truth, 0))

    def _sums_of(self, count: int) -> list[int]:
        """The sums that a count is in."""
        found: list[int] = self.sums_with.one(count).tolist()
        return found

    def _counts_of(self, line: int) -> list[int]:
        """The total and the parts of a sum."""
        return [int(self.tables.total[line]), *self.tables.parts.one(line).tolist()]

    def at_first(self) -> Bounds:
        """What he knows though no figure is told: which rows are there, what is published, and what
        he knew before.
        """
        low = np.maximum(self.tables.is_positive, self.before.low)
        high = self.before.high.copy()
        high[self.tables.is_absent] = 0
        public = self.tables.is_public
        low[public] = high[public] = self.tables.truth[public]
        bounds = Bounds(low, high)
        self._narrow_by(np.arange(len(self.tables.total)), bounds)
        return bounds

    def _hears(self, bounds: Bounds, counts: Ints) -> None:
        """Narrow, in place, by what is told of some counts."""
        low, high = bounds
        low[counts] = np.maximum(low[counts], self.as_told.low[counts])
        high[counts] = np.minimum(high[counts], self.as_told.high[counts])

    def is_told(self, is_shown: Bools) -> Bools:
        """The counts that are told, or published elsewhere, when these figures are shown."""
        counts = self.tables.tells[is_shown].ravel()
        is_told = self.tables.is_absent | self.knew
        is_told[counts[counts != NONE]] = True
        return is_told

    def learns(self, bounds: Bounds, is_shown: Bools) -> Bounds:
        """What he knows when he is shown some figures more."""
        counts = self.tables.tells[is_shown].ravel()
        known = bounds.copy()
        before = known.copy()
        self._hears(known, counts[counts != NONE])
        self._narrow_by(self._lines_of(known, before), known)
        return known

    def binding(self, bounds: Bounds) -> Lists:
        """For each count the sums by which it is as narrow as it is."""
        low, high = bounds
        total, part, sizes = self.tables.total, self.tables.parts.numbers, self.tables.parts.sizes
        part_low, part_high = low[part], high[part]
        lows, highs = self._added(part_low), self._added(part_high)
        least = np.repeat(low[total] - highs, sizes) + part_high
        most = np.repeat(high[total] - lows, sizes) + part_low
        of_parts = ((least == part_low) & (part_low > 0)) | (most == part_high)
        of_total = ((lows == low[total]) & (lows > 0)) | (highs == high[total])
        lines = np.arange(len(total))
        return Lists.inverted(
            np.concatenate([part[of_parts], total[of_total]]),
            np.concatenate([np.repeat(lines, sizes)[of_parts], lines[of_total]]),
            len(low),
        )

    def _added(self, of_parts: Ints) -> Ints:
        """What the parts of each sum come to."""
        found: Ints = np.add.reduceat(of_parts, self.tables.parts.starts)
        return found

    def _lines_of(self, bounds: Bounds, before: Bounds) -> Ints:
        """The sums with a count that moved."""
        moved = np.flatnonzero((bounds.low != before.low) | (bounds.high != before.high))
        is_next = np.zeros(len(self.tables.total), dtype=bool)
        is_next[self.sums_with.of(moved)] = True
        return np.flatnonzero(is_next)

    def _narrow_by(self, lines: Ints, bounds: Bounds) -> None:
        """Narrow, in place, by some sums, then by those with a count that moved, and so on.

        Raises BadDefinition where no numbers fit all sums.
        """
        while len(lines):
            before = bounds.copy()
            self._narrow(lines, *bounds)
            if (bounds.low > bounds.high).any():
                raise BadDefinition(
                    "What is told of small numbers contradicts itself: nothing is told until the "
                    "[sets] in metrics/definitions, or the sums of metrics/disclosure, are mended."
                )
            lines = self._lines_of(bounds, before)

    def _narrow(self, lines: Ints, low: Ints, high: Ints) -> None:
        """Narrow, in place, by some of the sums: the total by the parts, then each part."""
        lists = self.tables.parts
        is_all = 2 * len(lines) > len(lists.sizes)  # then the arrays that are there are faster
        total = self.tables.total if is_all else self.tables.total[lines]
        part = lists.numbers if is_all else lists.of(lines)
        sizes = lists.sizes if is_all else lists.sizes[lines]
        starts = lists.starts if is_all else np.cumsum(sizes) - sizes
        part_low, part_high = low[part], high[part]
        lows, highs = np.add.reduceat(part_low, starts), np.add.reduceat(part_high, starts)
        np.maximum.at(low, total, lows)
        np.minimum.at(high, total, highs)
        np.maximum.at(low, part, np.repeat(low[total] - highs, sizes) + part_high)
        np.minimum.at(high, part, np.repeat(high[total] - lows, sizes) + part_low)


def _as_told(truth: Ints) -> Bounds:
    """A told count lies around its fives, and is none or at least five; where it is told as ten,
    whether a rate is given beside it says on which side of the fewest that carry one it is.
    """
    fives = BASE * ((truth + BASE // 2) // BASE)
    is_some = fives > 0
    low = np.where(is_some, np.maximum(fives - BASE // 2, SMALL), 0)
    high = np.where(is_some, fives + BASE // 2, 0)
    is_few = truth < FEWEST
    low = np.where(is_few, low, np.maximum(low, FEWEST))
    high = np.where(is_few, np.minimum(high, FEWEST - 1), high)
    return Bounds(low, high)
