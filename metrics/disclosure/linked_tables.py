"""What linked tables are: counts, figures and sums of one base relation, numbered, as arrays."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from metrics.disclosure.cells import Cell

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
NONE = -1  # in place of the number of a count, where there is no such count
ENDLESS = 10**9


class Figure(NamedTuple):
    """A value of a metric in a cell, which is told or hidden as a whole."""

    metric: str
    cell: Cell


# a figure, and which of its counts: the numerator, the denominator, or what is between them
Side = tuple[Figure, int]


class Before(NamedTuple):
    """What is known of a count by what was told of other snapshots, in which it was the same."""

    low: int
    high: int
    is_told: bool


class EachBefore(NamedTuple):
    """The same of each count of linked tables, as arrays."""

    low: Ints
    high: Ints
    is_told: Bools


class Lists:
    """Lists of numbers of different lengths, kept end to end: for a sum its parts, and so on."""

    def __init__(self, numbers: Ints, sizes: Ints) -> None:
        self.numbers, self.sizes = numbers, sizes
        self.starts = np.cumsum(sizes) - sizes

    def of(self, which: Ints) -> Ints:
        """The numbers of some lists, one after the other."""
        sizes = self.sizes[which]
        ends = np.cumsum(sizes)
        shift = np.repeat(self.starts[which] - (ends - sizes), sizes)
        found: Ints = self.numbers[np.arange(len(shift)) + shift]
        return found

    def one(self, which: int) -> Ints:
        """The numbers of one list."""
        start = self.starts[which]
        found: Ints = self.numbers[start : start + self.sizes[which]]
        return found

    @classmethod
    def inverted(cls, numbers: Ints, owners: Ints, size: int) -> "Lists":
        """For each number below `size` the owners that hold it."""
        order = np.argsort(numbers, kind="stable")
        return cls(owners[order], np.bincount(numbers, minlength=size))


@dataclass(frozen=True)
class LinkedTables:
    """All counts, figures and sums of one base relation, numbered.

    A count is a number that can be worked out: how many of one set there are in one cell; the same
    set in the same cell is one count, whichever metrics tell it.
    """

    truth: Ints  # of each count; NONE where no metric tells or implies it
    is_positive: Bools  # known to be at least one, for its row is there
    is_absent: Bools  # told to be none, for there is no row of it
    is_public: Bools  # published elsewhere, exactly
    cells: Sequence[Cell]
    metrics: Sequence[str]
    figure_metric: Ints
    figure_cell: Ints
    tells: Ints  # figures × 2: the counts that a figure tells; NONE where there are fewer
    guards: Ints  # figures × 3: the counts that must not follow when it is hidden
    total: Ints  # of each sum
    parts: Lists

    def figure(self, number: int) -> Figure:
        """A figure by its number."""
        return Figure(
            self.metrics[int(self.figure_metric[number])],
            self.cells[int(self.figure_cell[number])],
        )

    def all_figures(self) -> set[Figure]:
        """Every figure."""
        return self.figures(np.ones(len(self.figure_cell), dtype=bool))

    def figures(self, which: Bools) -> set[Figure]:
        """The figures that are chosen."""
        return {self.figure(number) for number in np.flatnonzero(which).tolist()}

    def chosen(self, figures: Iterable[Figure]) -> Bools:
        """Which of all figures are among some; those of other tables are passed over."""
        wanted = set(figures)
        found = np.zeros(len(self.figure_cell), dtype=bool)
        if wanted:
            found[:] = [self.figure(number) in wanted for number in range(len(found))]
        return found

    def before(self, known: Mapping[Side, Before]) -> EachBefore:
        """What is known before of each count; of other tables' nothing is taken."""
        low = np.zeros(len(self.truth), dtype=np.int64)
        high = np.full(len(low), ENDLESS, dtype=np.int64)
        is_told = np.zeros(len(low), dtype=bool)
        for side, count in self.sides() if known else ():
            if one := known.get(side):
                low[count] = max(low[count], one.low)
                high[count] = min(high[count], one.high)
                is_told[count] |= one.is_told
        return EachBefore(low, high, is_told)

    def sides(self) -> Iterator[tuple[Side, int]]:
        """The counts of all figures, by the figure and the side of it that each is on."""
        for number, counts in enumerate(self.guards.tolist()):
            figure = self.figure(number)
            for side, count in enumerate(counts):
                if count != NONE:
                    yield (figure, side), count
