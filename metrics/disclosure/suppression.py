"""Which figures must stay untold so that no small count can be worked out from those that are told.

Small counts are hidden; then an attacker is played, who knows every figure told, the rule of rounding and every sum that binds the
figures, and narrows what each hidden count can be until nothing moves. Wherever that leaves fewer than `WIDTH` + 1 possible numbers,
the smallest figure that led there is hidden too, and the attacker begins again, until he is left in the dark everywhere.
The attack is interval propagation over totals and parts; METRICS.md, "Small numbers", and docs/disclosure.md.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from metrics.disclosure.cells import Cell, Count, Sums

SMALL, BASE = 5, 5  # counts of 1 to 4 are hidden, others told to the nearest five
WIDTH = 4  # an attacker is left at least five numbers to choose from
ENDLESS = 10**9
Ints = npt.NDArray[np.int64]
Entry = tuple[str, Cell]  # a metric's figure at a cell


@dataclass
class Board:
    """The counts of metrics that share their rows, the figures that tell them and the sums that bind them."""

    truth: dict[Count, int] = field(default_factory=dict)
    tells: dict[Entry, tuple[Count, ...]] = field(default_factory=dict)  # what a figure says outright
    guards: dict[Entry, tuple[Count, ...]] = field(default_factory=dict)  # what must not follow when it is hidden
    sums: Sums = field(default_factory=list)
    groups: int = 0  # how many of the sums, the first, are of a total over places, offences or time
    there: set[Count] = field(default_factory=set)  # at least one, because their row is there


def small(count: int) -> bool:
    """Could this count point at a person?"""
    return 0 < abs(count) < SMALL


def rounded(count: int) -> int:
    """A count to the nearest five."""
    return BASE * ((count + BASE // 2) // BASE)


def hidden(board: Board) -> set[Entry]:
    """The figures not to be told: the small ones, and as many others as keep those from being worked out."""
    attack = Attack(board)
    untold = {entry for entry, counts in board.guards.items() if any(small(board.truth[count]) for count in counts)}
    while more := attack.leads(untold) - untold:
        untold |= more
    return untold


class Attack:
    """What an attacker makes of the figures that are told."""

    def __init__(self, board: Board) -> None:
        self.board = board
        self.names = list(board.truth)
        self.at = {name: number for number, name in enumerate(self.names)}
        self.truth: Ints = np.array([board.truth[name] for name in self.names], dtype=np.int64)
        self.coarse = [(cell[2] is None) + (cell[4] is None) + (cell[4] == "vawg") / 2 for _, cell in self.names]
        self.least: Ints = np.array([name in board.there for name in self.names], dtype=np.int64)
        self.total: Ints = np.array([self.at[total] for total, _ in board.sums], dtype=np.int64)
        self.part: Ints = np.array([self.at[part] for _, parts in board.sums for part in parts], dtype=np.int64)
        self.line: Ints = np.array([number for number, (_, parts) in enumerate(board.sums) for _ in parts], dtype=np.int64)
        self.grouped = np.array([number < board.groups for number in range(len(board.sums))], dtype=bool)
        self.tellers: dict[int, list[Entry]] = {}
        for entry, counts in board.tells.items():
            for count in counts:
                self.tellers.setdefault(self.at[count], []).append(entry)
        said = [(self.at[count], number) for number, counts in enumerate(board.tells.values()) for count in counts]
        self.said: Ints = np.array([count for count, _ in said], dtype=np.int64)  # each count that a figure tells, and which figure
        self.sayer: Ints = np.array([number for _, number in said], dtype=np.int64)
        self.lines: dict[int, list[int]] = {}
        for number, (total, parts) in enumerate(board.sums):
            for count in (total, *parts):
                self.lines.setdefault(self.at[count], []).append(number)

    def bounds(self, untold: Collection[Entry]) -> tuple[Ints, Ints, npt.NDArray[np.bool_]]:
        """The least and the most that each count can be, and which counts are told outright."""
        told = np.zeros(len(self.names), dtype=bool)
        is_untold = np.fromiter((entry in untold for entry in self.board.tells), dtype=bool, count=len(self.board.tells))
        told[self.said[~is_untold[self.sayer]]] = True
        low, high = self._heard(told)
        moved = np.ones(len(self.names), dtype=bool)
        while moved.any():
            before = (low.copy(), high.copy())
            self._narrow(moved, low, high)
            moved = (low != before[0]) | (high != before[1])
            if (low > self.truth).any() or (high < self.truth).any():
                raise ValueError("The sums of the board contradict its counts.")
        return low, high, told

    def _narrow(self, moved: npt.NDArray[np.bool_], low: Ints, high: Ints) -> None:
        """What each sum in which something moved says of its total by its parts, and of each part by the total and the others."""
        is_open = moved[self.total]
        is_open[self.line[moved[self.part]]] = True
        lines, rows = np.flatnonzero(is_open), np.flatnonzero(is_open[self.line])
        line, part = self.line[rows], self.part[rows]
        total = self.total[line]
        lows, highs = (np.bincount(line, weights=bound[part], minlength=len(self.total)).astype(np.int64) for bound in (low, high))
        np.maximum.at(low, self.total[lines], lows[lines])
        np.minimum.at(high, self.total[lines], highs[lines])
        np.maximum.at(low, part, low[total] - (highs[line] - high[part]))
        np.minimum.at(high, part, high[total] - (lows[line] - low[part]))

    def _heard(self, told: npt.NDArray[np.bool_]) -> tuple[Ints, Ints]:
        """A told count lies around its fives, and is nought or at least five; one that is not told is anything."""
        fives = BASE * ((self.truth + BASE // 2) // BASE)
        low = np.where(told, np.where(fives > 0, np.maximum(fives - BASE // 2, SMALL), 0), self.least)
        high = np.where(told, np.where(fives > 0, fives + BASE // 2, 0), ENDLESS)
        return low.astype(np.int64), high.astype(np.int64)

    def leads(self, untold: Collection[Entry]) -> set[Entry]:
        """The figures that led the attacker too near to a hidden count; none when he is in the dark."""
        low, high, told = self.bounds(untold)
        if alone := self._alone(told):
            return alone
        near = {self.at[count] for entry in untold for count in self.board.guards[entry]}
        found: set[Entry] = set()
        for number in sorted(near):
            if not told[number] and high[number] - low[number] < WIDTH:
                found |= self._lead(number, told, found)
        return found

    def _alone(self, told: npt.NDArray[np.bool_]) -> set[Entry]:
        """Where one alone of a total and its parts is not told: the next smallest part; the total, where there is no other part."""
        found: set[Entry] = set()
        hidden = (~told[self.part]).astype(float)
        untold = np.bincount(self.line, weights=hidden, minlength=len(self.total)) + ~told[self.total]
        for line in np.flatnonzero((untold == 1) & self.grouped):
            parts = [self.at[count] for count in self.board.sums[line][1]]
            rest = sorted(
                (self.truth[part], part) for part in parts if told[part] and (self.truth[part] or not self.truth[self.total[line]])
            )
            if not any(set(self.tellers[part]) <= found for _, part in rest):
                found |= set(self.tellers[rest[0][1] if rest else self.total[line]])
        return found

    def _lead(self, number: int, told: npt.NDArray[np.bool_], found: set[Entry]) -> set[Entry]:
        """The smallest figure told in a sum with this count, or with one bound to it; nothing, where one is being hidden already."""
        for lines in self._rings(number):
            counts = {self.at[count] for line in lines for count in (self.board.sums[line][0], *self.board.sums[line][1])}
            naughts = {self.total[line] for line in lines} if not self.truth[number] else set()  # a total of nought tells every part
            shown = sorted(
                (count not in naughts, self.coarse[count], self.truth[count], count)
                for count in counts if told[count] and (self.truth[count] or count in naughts)
            )  # fmt: skip
            if shown:
                entries = set(self.tellers[shown[0][-1]])
                return set() if any(set(self.tellers[row[-1]]) <= found for row in shown if self.truth[row[-1]]) else entries
        return set()

    def _rings(self, number: int) -> Iterator[list[int]]:
        """The sums that hold a count; then those that hold what is in them; and so on."""
        seen: set[int] = set()
        edge = {number}
        while edge:
            lines = [line for count in edge for line in self.lines.get(count, ()) if line not in seen]
            if not lines:
                return
            seen.update(lines)
            yield lines
            edge = {self.at[count] for line in lines for count in (self.board.sums[line][0], *self.board.sums[line][1])}
