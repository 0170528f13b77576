"""A reader who wants to know: asks every table the scrutiny audience can get, writes down every sum
he knows to hold, and has a solver look for hidden counts that only one number fits.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array, vstack

from metrics.catalogue import metrics
from metrics.contracts import Answer, Cut, Metric, Value
from metrics.disclosure.cells import Ask
from metrics.disclosure.scrutiny import told
from metrics.errors import NotTold
from metrics.measure import measure
from metrics.periods import mature_until
from store.snapshot import Snapshot
from tests.support.disclosure_sums import (
    Held,
    Holds,
    Key,
    Line,
    Where,
    held_by,
    in_cells,
    over_cells,
    totals,
)

GRAINS = ("month", "quarter", "year", "all")
PLACES, OFFENCES = (None, "area", "team", "order_kind"), (None, "vawg", "vawg_group")


@dataclass
class Heard:
    """What was told of each count: between which numbers it lies; and the truth of those that were
    not told.
    """

    low: dict[Key, int] = field(default_factory=dict)
    high: dict[Key, float] = field(default_factory=dict)
    hidden: dict[Key, int] = field(default_factory=dict)
    truth: dict[Key, int] = field(default_factory=dict)
    implied: set[Key] = field(default_factory=set)  # follow from two counts that are told
    tables: int = 0

    def told(self, key: Key, low: int, high: float) -> None:
        """A count lies between two numbers."""
        self.low[key] = max(low, self.low.get(key, 0))
        self.high[key] = min(high, self.high.get(key, np.inf))


def listen(at: Snapshot, relation: str) -> Heard:
    """Every table of every metric of one base relation, as the scrutiny audience gets it."""
    heard, ask = Heard(), _asked_once()
    family = [
        metric
        for metric in metrics()
        if metric.relation == relation and "force" in metric.sources and metric.is_told
    ]
    held = held_by(family)
    rows: dict[tuple[Holds, ...], set[Where]] = {}
    for metric in family:
        for cut in cuts(metric):
            try:
                values = told(at, metric, cut, ask, 180).values
            except NotTold:
                continue
            heard.tables += 1
            answer = ask(at, metric.id, cut.but(audience="force"), 180)
            mature = mature_until(metric.follow_days, answer.data_as_at)
            for true, value in zip(answer.values, values, strict=True):
                assert (true.period, true.by) == (value.period, value.by)
                where = where_is(cut, true.period, true.by)
                if mature is None or true.period is None or true.period < mature:
                    found = [*counts(metric, held[metric.id], true, value)]
                    for holds, truth, seen in found:
                        _hear(heard, (holds, where), truth, seen, value.status)
                    if metric.shape == "rate":
                        _hear_rest(
                            heard,
                            [((holds, where), truth) for holds, truth, _ in found],
                            value.status == "suppressed",
                        )
                    rows.setdefault(tuple(holds for holds, _, _ in found), set()).add(where)
    _hear_absent(heard, rows)
    for key in [key for key in heard.hidden if heard.high[key] < np.inf or key in heard.implied]:
        del heard.hidden[key]  # another table tells it
    return heard


def _hear_rest(heard: Heard, pair: list[tuple[Key, int]], is_hidden: bool) -> None:
    """What a rate is out of and does not count: it follows where both are told, and is to be hidden
    where they are.
    """
    ((top, where), counted), ((bottom, _), out_of) = pair
    rest = (bottom._replace(held=bottom.held - top.held), where)
    if rest[0].held:
        assert heard.truth.setdefault(rest, out_of - counted) == out_of - counted
        heard.told(rest, 0, np.inf)
        if is_hidden:
            heard.hidden[rest] = out_of - counted
        else:
            heard.implied.add(rest)


def _hear_absent(heard: Heard, rows: dict[tuple[Holds, ...], set[Where]]) -> None:
    """A row that one table has and another has not: there was none of those, nor of any part of
    them. No row is no secret, and none is no small count: what is a part of it is not hidden.
    """
    endless = {
        found: wheres
        for found, wheres in rows.items()
        if all(holds.cohorts is None for holds in found)
    }
    none: dict[Where, list[Holds]] = {}
    for found, wheres in endless.items():
        for where in set().union(*endless.values()) - wheres:
            for holds in found:
                _hear(heard, (holds, where), 0, 0, "")
                none.setdefault(where, []).append(holds)
    for holds, where in heard.hidden:
        # without a row there is no person and no gap; a person may be counted in another cell
        if any(
            holds.held <= no.held and no.one in ("rows", holds.one) for no in none.get(where, ())
        ):
            heard.implied.add((holds, where))
            assert heard.hidden[holds, where] == 0, (holds, where)


def _asked_once() -> Ask:
    """`measure`, each question answered once."""
    kept: dict[tuple[str, str], Answer] = {}

    def ask(at: Snapshot, name: str, cut: Cut, _: int) -> Answer:
        key = (name, cut.model_dump_json())
        if key not in kept:
            kept[key] = measure(at, name, cut)
        return kept[key]

    return ask


def _hear(heard: Heard, key: Key, truth: int, seen: int | None, status: str) -> None:
    assert heard.truth.setdefault(key, truth) == truth, (key, truth, heard.truth[key])
    if seen is None:
        heard.told(key, int(truth > 0), np.inf)
        heard.hidden[key] = truth
    elif seen == 0:
        heard.told(key, 0, 0)
    else:
        heard.told(key, max(5, seen - 2), seen + 2)
    low, high = heard.low[key], heard.high[key]
    assert low <= truth <= high, (key, truth, low, high)
    if seen is not None:
        assert not 0 < truth < 5, (key, truth)


def cuts(metric: Metric) -> Iterator[Cut]:
    """Every breakdown at every grain."""
    names = metric.dimensions("force")
    for place in PLACES:
        for offence in OFFENCES:
            by = tuple(name for name in (place, offence) if name)
            if all(name in names for name in by):
                for grain in GRAINS:
                    yield Cut.model_validate({"grain": grain, "by": by, "audience": "scrutiny"})


def where_is(cut: Cut, period: date | None, by: dict[str, str | None]) -> Where:
    """What a row of a table is about."""
    place, offence = (
        next((name for name in PLACES if name in by), None),
        next((name for name in OFFENCES if name in by), None),
    )
    return (
        cut.grain,
        period,
        place,
        by[place] if place else None,
        offence,
        by[offence] if offence else None,
    )


def counts(
    metric: Metric, held: Sequence[Held], true: Value, value: Value
) -> Iterator[tuple[Holds, int, int | None]]:
    """The counts in a row: what they hold, what they are, what is told of them."""
    assert metric.sets, metric.id
    top, bottom = (Holds(metric.sets.counted, one, metric.follow_days) for one in held)
    if metric.shape == "rate":
        yield top, true.numerator or 0, value.numerator
        yield bottom, true.denominator or 0, value.denominator
    elif metric.shape == "count":
        yield top, true.numerator or 0, value.numerator
    else:
        yield bottom, true.denominator or 0, value.denominator


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
    return found


def supposed(heard: Heard) -> list[Line]:
    """Who supposes that nobody was counted twice is often right."""
    return [
        ([total], parts)
        for over, total, parts in totals(heard.low)
        if total[0].one == "subjects"
        and over == "time"
        and heard.truth[total] == sum(heard.truth[part] for part in parts)
    ]


def recovered(heard: Heard, asked: int = 12) -> list[Key]:
    """The hidden counts that only one number fits.

    First every count is narrowed by adding and subtracting until nothing moves; then those left
    narrowest are asked one by one of a linear programme, which sees all sums at once.
    """
    solver = _Solver(heard)
    hidden = np.array([solver.at[key] for key in heard.hidden], dtype=int)
    low, high = solver.narrowed()
    is_known = ~np.isnan(solver.truth)
    assert (low <= solver.truth)[is_known].all() and (solver.truth <= high)[is_known].all(), (
        "the attacker believes something false"
    )
    stuck = [solver.names[one] for one in hidden[high[hidden] - low[hidden] < 1]]
    for one in hidden[np.argsort(high[hidden] - low[hidden], kind="stable")][:asked]:
        if all(abs(solver.extreme(one, sign) - solver.truth[one]) < 0.99 for sign in (1, -1)):
            stuck.append(solver.names[one])
    return stuck


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
            method="highs",
        )
        assert found.status == 0, found.message
        return float(found.x[one])
