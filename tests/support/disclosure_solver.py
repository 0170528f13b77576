"""The sums that a reader knows to hold between the counts that he heard of, and how far they narrow
each.
"""

from dataclasses import replace

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array, vstack

from tests.support.disclosure_attacker import Heard, twins
from tests.support.disclosure_sums import Key, Line, in_cells, over_cells, totals

ENOUGH = 5  # numbers, as many as are promised: docs/disclosure.md


def lines_of(heard: Heard) -> dict[str, list[Line]]:
    """Every equation and every "is at most" that is known to hold; and "is part of", which narrows,
    but follows from equations.
    """
    found: dict[str, list[Line]] = {"equal": [], "at most": [], "part of": []}
    for kind, line in (*over_cells(heard.low), *in_cells(heard.low)):
        found[kind].append(line)
    for kind, lines in found.items():
        for left, right in lines:
            if all(key in heard.truth for key in (*left, *right)):
                less, more = (sum(heard.truth[key] for key in keys) for keys in (left, right))
                assert less == more if kind == "equal" else less <= more, (kind, left, right)
    found["equal"] += supposed(heard)
    for first, *others in map(list, twins(heard)):
        found["equal"] += [([first], [other]) for other in others]
    return found


def supposed(heard: Heard) -> list[Line]:
    """Who supposes that nobody was counted twice is often right."""
    return [
        ([total], parts)
        for over, total, parts in totals(heard.low)
        if total[0].one == "subjects"
        and over in ("kind", "time")
        and heard.truth[total] == sum(heard.truth[part] for part in parts)
    ]


def compared(one: Heard, other: Heard) -> Heard:
    """What is known of one snapshot by who has another too: a count that is the same in both is
    supposed to be, so what was worked out of it there holds here.
    """
    solver = _Solver(other)
    low, high = solver.narrowed()
    found = replace(one, low={**one.low}, high={**one.high}, hidden={**one.hidden})
    for key, number in solver.at.items():
        if key in one.low and other.truth.get(key, -1) == one.truth.get(key, -2):
            found.told(key, int(low[number]), float(high[number]))
            if key in one.hidden and key in other.truth and key not in other.hidden:
                del found.hidden[key]  # told in the other, so told
    return found


def recovered(heard: Heard, asked: int = 12) -> list[Key]:
    """The hidden counts that only one number fits."""
    return [key for key, width in widths(heard, asked).items() if width < 2]


def widths(heard: Heard, asked: int = 12) -> dict[Key, float]:
    """How many numbers each hidden count could be; at least, where that is `ENOUGH`.

    First every count is narrowed by adding and subtracting until nothing moves; then those left
    narrowest are asked one by one of a linear programme, which sees all sums at once: the most it
    can be, and the least only where the most leaves a doubt.
    """
    solver = _Solver(heard)
    hidden = np.array([solver.at[key] for key in heard.hidden], dtype=int)
    low, high = solver.narrowed()
    is_known = ~np.isnan(solver.truth)
    assert (low <= solver.truth)[is_known].all() and (solver.truth <= high)[is_known].all(), (
        "the attacker believes something false"
    )
    found = {solver.names[one]: high[one] - low[one] + 1 for one in hidden}
    for one in hidden[np.argsort(high[hidden] - low[hidden], kind="stable")][:asked]:
        most, least = np.floor(solver.extreme(one, 1) + 1e-6), solver.truth[one]
        if not most - least + 1 >= ENOUGH:
            least = np.ceil(solver.extreme(one, -1) - 1e-6)
        width = most - least + 1
        found[solver.names[one]] = min(width, found[solver.names[one]])
    return found


class _Solver:
    """The linear programme: every sum an equation, every "at most" an inequality, every count
    between what was told.
    """

    def __init__(self, heard: Heard) -> None:
        lines = lines_of(heard)
        equal, below = lines["equal"], lines["at most"]
        self.names = list(
            dict.fromkeys((*heard.low, *(key for left, right in equal for key in (*left, *right))))
        )
        self.at = {key: number for number, key in enumerate(self.names)}
        self.truth = np.array([heard.truth.get(key, np.nan) for key in self.names], dtype=float)
        self.bounds = np.array(
            [(heard.low.get(key, 0), min(heard.high.get(key, 10**6), 10**6)) for key in self.names],
            dtype=float,
        )
        self.equal, self.below, self.within = (
            self._rows(equal),
            self._rows(below),
            self._rows(lines["part of"]),
        )

    def _rows(self, lines: list[Line]) -> csr_array:
        entries = [(row, self.at[key], 1) for row, (left, _) in enumerate(lines) for key in left]
        entries += [
            (row, self.at[key], -1) for row, (_, right) in enumerate(lines) for key in right
        ]
        rows, columns, values = zip(*entries, strict=True) if entries else ((), (), ())
        return csr_array(
            (values, (rows, columns)), shape=(len(lines), len(self.names)), dtype=float
        )

    def narrowed(self) -> tuple[np.ndarray, np.ndarray]:
        """The least and the most of each count after adding and subtracting, sum by sum, until
        nothing moves.
        """
        low, high = self.bounds.T.copy()
        rows = vstack(
            [self.equal, -self.equal, self.below, self.within]
        ).tocoo()  # each row of them is at most nought
        line, column, sign = rows.row, rows.col, rows.data
        while True:
            least = np.bincount(
                line, np.where(sign > 0, low[column], -high[column]), minlength=rows.shape[0]
            )
            room = (
                np.where(sign > 0, low[column], -high[column]) - least[line]
            )  # what is left for sign × count
            was = (low.copy(), high.copy())
            np.minimum.at(high, column[sign > 0], room[sign > 0])
            np.maximum.at(low, column[sign < 0], -room[sign < 0])
            if (low == was[0]).all() and (high == was[1]).all():
                return low, high

    def extreme(self, one: int, sign: int) -> float:
        """The most (sign 1) or the least (-1) that a count can be."""
        goal = np.zeros(len(self.names))
        goal[one] = -sign
        found = linprog(
            goal,
            A_ub=self.below,
            b_ub=np.zeros(self.below.shape[0]),
            A_eq=self.equal,
            b_eq=np.zeros(self.equal.shape[0]),
            bounds=self.bounds,
            method="highs-ipm",  # ends sooner than the simplex method
        )
        assert found.status == 0, found.message
        return float(found.x[one])
