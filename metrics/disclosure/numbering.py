"""Numbers the counts of linked tables, and collects the sums between them."""

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from metrics.disclosure.linked_tables import NONE, Bools, Ints, Lists
from metrics.disclosure.set_sums import CountSet
from metrics.errors import BadDefinition


class Counts:
    """The counts of linked tables, numbered as they are first asked for: of one set in one cell."""

    def __init__(self, cells: int) -> None:
        self.cells = cells
        self.names: dict[CountSet, str] = {}
        self.size = 0
        self._known: dict[tuple[CountSet, int], Ints] = {}  # a count's number for each cell
        self._truth: list[Ints] = []
        self._name_of: list[str] = []
        self._name_number: list[Ints] = []
        self._flags: dict[str, list[Ints]] = {}

    def numbers(self, count_set: CountSet, ending: int, cells: Ints) -> Ints:
        """The counts of one set in some cells, whose periods end alike."""
        known = self._known.setdefault(
            (count_set, ending), np.full(self.cells, NONE, dtype=np.int64)
        )
        new = cells[known[cells] == NONE]
        if len(new):
            new = np.unique(new)
            known[new] = self.new(self.names[count_set], len(new))
        found: Ints = known[cells]
        return found

    def new(self, name: str, size: int = 1) -> Ints:
        """The numbers of so many counts more."""
        found = np.arange(self.size, self.size + size)
        self.size += size
        self._truth.append(np.full(size, NONE, dtype=np.int64))
        self._name_number.append(np.full(size, len(self._name_of), dtype=np.int64))
        self._name_of.append(name)
        return found

    def put(self, counts: Ints, truth: Ints) -> None:
        """Note true counts. Raises BadDefinition where one was told to be another."""
        known = self.truth
        was = known[counts]
        wrong = np.flatnonzero((was != NONE) & (was != truth))
        if len(wrong):
            first = int(wrong[0])
            raise BadDefinition(
                f"{self.name(int(counts[first]))} is {was[first]} by one metric and "
                f"{truth[first]} by another whose "
                "[sets] say the same: correct the [sets] of one of them in metrics/definitions."
            )
        known[counts] = truth

    @property
    def truth(self) -> Ints:
        """The true counts by number; NONE where none is known."""
        if len(self._truth) != 1:
            self._truth = [joined(self._truth)]
        return self._truth[0]

    def name(self, count: int) -> str:
        """What a count is called."""
        return self._name_of[int(joined(self._name_number)[count])]

    def mark(self, flag: str, counts: Ints) -> None:
        """Note of counts that something holds of them."""
        self._flags.setdefault(flag, []).append(counts)

    def marked(self, flag: str) -> Bools:
        """Of which counts that was noted."""
        found = np.zeros(self.size, dtype=bool)
        found[joined(self._flags.get(flag, []))] = True
        return found


class Sums:
    """Sums as they are found: a total, and its parts end to end."""

    def __init__(self) -> None:
        self.totals: list[Ints] = []
        self.parts: list[Ints] = []
        self.sizes: list[Ints] = []

    def add(self, totals: Ints, parts: Ints, sizes: Ints) -> None:
        """Note several sums."""
        self.totals.append(totals)
        self.parts.append(parts)
        self.sizes.append(sizes)

    def add_one(self, total: int, parts: Sequence[int]) -> None:
        """Note one sum."""
        self.add(ints([total]), ints(parts), ints([len(parts)]))

    def each_once(self) -> tuple[Ints, Lists]:
        """The totals and parts of all sums, those that were noted twice once."""
        totals, sizes = joined(self.totals), joined(self.sizes)
        lists = Lists(joined(self.parts), sizes)
        mixed = _mixed(lists.numbers)
        sums = np.add.reduceat(mixed, lists.starts) if len(sizes) else mixed
        keys = sums + _mixed(totals) * np.uint64(3)
        _, first = np.unique(keys, return_index=True)
        first.sort()
        return totals[first], Lists(lists.of(first), sizes[first])


def ints(numbers: Iterable[int]) -> Ints:
    """Numbers as an array."""
    return np.fromiter(numbers, dtype=np.int64)


def joined(arrays: Sequence[Ints]) -> Ints:
    """Arrays end to end."""
    return np.concatenate(arrays) if arrays else np.zeros(0, dtype=np.int64)


def _mixed(numbers: Ints) -> npt.NDArray[np.uint64]:
    """Numbers spread over 64 bits, so that sums of different numbers differ."""
    mixed = numbers.astype(np.uint64) + np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))
