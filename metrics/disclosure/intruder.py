"""The intruder: what can be worked out of each count by who knows every figure that is told.

Interval propagation: each count lies between a least and a most number; each sum narrows its total
by its parts, and each part by the total and the other parts, until nothing moves.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from metrics.disclosure.constraints import LinkedTables

SMALL, BASE = 5, 5  # counts of 1 to 4 are hidden, others told to the nearest five
ENDLESS = 10**9
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


def rounded(count: int) -> int:
    """A count to the nearest five."""
    return BASE * ((count + BASE // 2) // BASE)


@dataclass(frozen=True)
class Knowledge:
    """What the intruder knows of each count, by its number."""

    is_told: Bools
    low: Ints
    high: Ints


class Lists:
    """Lists of numbers of different lengths, kept end to end: for a sum its parts, and so on."""

    def __init__(self, lists: Iterable[Iterable[int]]) -> None:
        kept = [tuple(numbers) for numbers in lists]
        self.sizes = ints(map(len, kept))
        self.starts = np.cumsum(self.sizes) - self.sizes
        self.numbers = ints(number for numbers in kept for number in numbers)

    def of(self, which: Ints) -> Ints:
        """The numbers of some lists, one after the other."""
        sizes = self.sizes[which]
        ends = np.cumsum(sizes)
        shift = np.repeat(self.starts[which] - (ends - sizes), sizes)
        found: Ints = self.numbers[np.arange(len(shift)) + shift]
        return found


class NumberedTables:
    """Linked tables with their counts, sums and figures numbered, for arithmetic on all at once."""

    def __init__(self, tables: LinkedTables) -> None:
        self.counts = tables.counts
        self.truth = ints(count.truth or 0 for count in self.counts)
        self.is_positive = np.array([count.is_positive for count in self.counts], dtype=bool)
        self.is_absent = np.array([count.is_absent for count in self.counts], dtype=bool)
        self.figures = list(tables.figures)
        told = [[count.number for count in has.tells] for has in tables.figures.values()]
        self.tells = Lists(told)
        self.guards = Lists([one.number for one in has.guards] for has in tables.figures.values())
        self.told_by: dict[int, set[int]] = {}  # the figures that tell a count
        for figure, counts in enumerate(told):
            for count in counts:
                self.told_by.setdefault(count, set()).add(figure)
        self.is_group = np.array([one.is_group for one in tables.sums], dtype=bool)
        self.members = [
            [one.total.number, *(part.number for part in one.parts)] for one in tables.sums
        ]
        self.total = ints(total for total, *_ in self.members)
        self.parts = Lists(parts for _, *parts in self.members)
        self.sums_with: list[list[int]] = [[] for _ in self.counts]
        for line, members in enumerate(self.members):
            for count in members:
                self.sums_with[count].append(line)


class Intruder:
    """Who knows the figures that are told, the rule of rounding and every sum."""

    def __init__(self, tables: NumberedTables) -> None:
        self.tables = tables
        self.sums_with = Lists(tables.sums_with)

    def works_out(self, is_hidden: Bools) -> Knowledge:
        """What the intruder knows of every count when these figures are hidden."""
        is_told = self.tables.is_absent.copy()
        is_told[self.tables.tells.of(np.flatnonzero(~is_hidden))] = True
        low, high = self._as_told(is_told)
        lines = np.arange(len(self.tables.total))
        while len(lines):
            was_low, was_high = low.copy(), high.copy()
            self._narrow(lines, low, high)
            moved = np.flatnonzero((low != was_low) | (high != was_high))
            is_next = np.zeros(len(self.tables.total), dtype=bool)
            is_next[self.sums_with.of(moved)] = True
            lines = np.flatnonzero(is_next)
        return Knowledge(is_told, low, high)

    def _as_told(self, is_told: Bools) -> tuple[Ints, Ints]:
        """A told count lies around its fives, and is none or at least five; another is anything."""
        fives = BASE * ((self.tables.truth + BASE // 2) // BASE)
        is_some = fives > 0
        low = np.where(is_some, np.maximum(fives - BASE // 2, SMALL), 0)
        high = np.where(is_some, fives + BASE // 2, 0)
        least = self.tables.is_positive.astype(np.int64)
        return np.where(is_told, low, least), np.where(is_told, high, ENDLESS)

    def _narrow(self, lines: Ints, low: Ints, high: Ints) -> None:
        """Narrow, in place, by some of the sums: the total by the parts, then each part."""
        total, part = self.tables.total[lines], self.tables.parts.of(lines)
        sizes = self.tables.parts.sizes[lines]
        starts = np.cumsum(sizes) - sizes
        part_low, part_high = low[part], high[part]
        lows, highs = np.add.reduceat(part_low, starts), np.add.reduceat(part_high, starts)
        np.maximum.at(low, total, lows)
        np.minimum.at(high, total, highs)
        np.maximum.at(low, part, np.repeat(low[total] - highs, sizes) + part_high)
        np.minimum.at(high, part, np.repeat(high[total] - lows, sizes) + part_low)


def ints(numbers: Iterable[int]) -> Ints:
    """Numbers as an array."""
    return np.fromiter(numbers, dtype=np.int64)
