"""Which figures are hidden so that no small count can be worked out from those that are told.

Primary suppression hides the small counts. Complementary suppression then plays the intruder:
wherever a guarded count could be fewer than `WIDTH` + 1 numbers, the smallest figure that leads
there is hidden too, until the intruder is left in the dark everywhere. METRICS.md, "Small numbers".
"""

from collections.abc import Iterator, Sequence, Set

import numpy as np

from metrics.disclosure.constraints import Figure, LinkedTables
from metrics.disclosure.intruder import SMALL, Bools, Intruder, Knowledge, NumberedTables

WIDTH = 4  # an intruder is left at least five numbers to choose from


def is_small(count: int) -> bool:
    """Whether a count could point at a person."""
    return 0 < abs(count) < SMALL


def small_figures(tables: LinkedTables) -> set[Figure]:
    """Primary suppression: the figures that tell or imply a small count."""
    return {
        figure
        for figure, counts in tables.figures.items()
        if any(is_small(count.truth or 0) for count in counts.guards)
    }


def suppressed(
    tables: LinkedTables, already: Set[Figure] = frozenset(), spared: Set[Figure] = frozenset()
) -> set[Figure]:
    """The figures to hide; `already` hidden ones stay so, `spared` ones are the last to go."""
    numbered = NumberedTables(tables)
    intruder, complement = Intruder(numbered), _Complement(numbered, spared)
    hidden = small_figures(tables) | already
    is_hidden = np.array([figure in hidden for figure in numbered.figures], dtype=bool)
    while more := complement.figures(intruder.works_out(is_hidden), is_hidden):
        if is_hidden[sorted(more)].all():
            break
        is_hidden[sorted(more)] = True
    return {numbered.figures[at] for at in np.flatnonzero(is_hidden)}


class _Complement:
    """Complementary suppression: which figures to hide next, so that hidden ones stay hidden."""

    def __init__(self, tables: NumberedTables, spared: Set[Figure]) -> None:
        self.tables = tables
        self.truth: list[int] = tables.truth.tolist()
        is_spared = [figure in spared for figure in tables.figures]
        self.spared = {
            count
            for count, telling in tables.told_by.items()
            if any(is_spared[one] for one in telling)
        }
        # all places before one, all offences before a group of them: the wider, the later hidden
        self.rank = [
            (cell.place is None) + (cell.offence is None) + (cell.offence == "vawg") / 2
            for cell in (count.cell for count in tables.counts)
        ]

    def figures(self, known: Knowledge, is_hidden: Bools) -> set[int]:
        """The figures that led the intruder too near; none when he is in the dark everywhere."""
        if alone := self._where_one_is_alone(known.is_told):
            return alone
        is_near = np.zeros(len(self.truth), dtype=bool)
        is_near[self.tables.guards.of(np.flatnonzero(is_hidden))] = True
        is_near &= ~known.is_told & (known.high - known.low < WIDTH)
        found: set[int] = set()
        for count in np.flatnonzero(is_near).tolist():
            found |= self._lead_to(count, known.is_told, found)
        return found

    def _where_one_is_alone(self, is_told: Bools) -> set[int]:
        """Where one alone of a group and its total is hidden: the next smallest part; the total,
        where there is no other part."""
        tables, told_by, found = self.tables, self.tables.told_by, set[int]()
        hidden_parts = np.add.reduceat(
            ~is_told[tables.parts.numbers], tables.parts.starts, dtype=int
        )
        is_alone = hidden_parts + ~is_told[tables.total] == 1
        for line in np.flatnonzero(is_alone & tables.is_group).tolist():
            total, *parts = tables.members[line]
            rest = sorted(
                (self.truth[part], part)
                for part in parts
                if is_told[part] and part in told_by and (self.truth[part] or not self.truth[total])
            )
            if not any(told_by[part] <= found for _, part in rest):
                found |= told_by[rest[0][1] if rest else total]
        return found

    def _lead_to(self, count: int, is_told: Bools, found: set[int]) -> set[int]:
        """The smallest figure told in a sum with this count, or with one bound to it; none, where
        one is being hidden already. Spared figures only where there is no other."""
        told_by = self.tables.told_by
        for may_be_spared in (False, True) if self.spared else (True,):
            for lines in self._sums_around(count):
                shown = self._shown_in(lines, count, is_told)
                if not may_be_spared:
                    shown = [one for one in shown if one not in self.spared]
                if shown:
                    is_led = any(told_by[one] <= found for one in shown if self.truth[one])
                    return set() if is_led else told_by[shown[0]]
        return set()

    def _shown_in(self, lines: Sequence[int], count: int, is_told: Bools) -> list[int]:
        """The counts told in some sums, those to hide first before others."""
        members = {one for line in lines for one in self.tables.members[line]}
        # a total of none tells that each of its parts is none
        empty = set() if self.truth[count] else {self.tables.members[line][0] for line in lines}
        shown = (
            one
            for one in members
            if is_told[one] and one in self.tables.told_by
            if self.truth[one] or one in empty
        )
        return sorted(
            shown, key=lambda one: (one not in empty, self.rank[one], self.truth[one], one)
        )

    def _sums_around(self, count: int) -> Iterator[list[int]]:
        """The sums that hold a count; then those that hold what is in them; and so on."""
        seen: set[int] = set()
        edge = {count}
        while edge:
            around = dict.fromkeys(line for one in edge for line in self.tables.sums_with[one])
            lines = [line for line in around if line not in seen]
            if not lines:
                return
            seen.update(lines)
            yield lines
            edge = {one for line in lines for one in self.tables.members[line]}
