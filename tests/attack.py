"""A reader who wants to know: asks every table the scrutiny audience can get, writes down every sum he knows to hold, and has a solver
look for hidden counts that only one number fits."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array, vstack

from metrics.catalogue import metrics
from metrics.compute import measure
from metrics.contracts import Answer, Cut, Metric
from metrics.disclosure.cells import Ask
from metrics.disclosure.scrutiny import told
from metrics.errors import NotTold
from metrics.periods import mature_until, start_of
from sql.snapshot import Snapshot

GRAINS = ("month", "quarter", "year", "all")
PLACES, OFFENCES = (None, "area", "team", "order_kind"), (None, "vawg", "vawg_group")
Where = tuple[str, date | None, str | None, str | None, str | None, str | None]
Key = tuple[str, Where]


@dataclass
class Heard:
    """What was told of each count: between which numbers it lies; and the truth of those that were not told."""

    low: dict[Key, int] = field(default_factory=dict)
    high: dict[Key, float] = field(default_factory=dict)
    hidden: dict[Key, int] = field(default_factory=dict)
    truth: dict[Key, int] = field(default_factory=dict)
    tables: int = 0

    def told(self, key: Key, low: int, high: float) -> None:
        """A count lies between two numbers."""
        self.low[key] = max(low, self.low.get(key, 0))
        self.high[key] = min(high, self.high.get(key, np.inf))


def listen(at: Snapshot, relation: str) -> Heard:
    """Every table of every metric of one base relation, as the scrutiny audience gets it."""
    heard, ask = Heard(), _asked_once()
    for metric in metrics():
        if metric.relation == relation and "force" in metric.sources:
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
                        for count, truth, seen in counts(metric, true, value):
                            _hear(heard, (count, where), truth, seen, value.status)
    for key in [key for key in heard.hidden if heard.high[key] < np.inf]:
        del heard.hidden[key]  # another table tells it
    return heard


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
    heard.truth[key] = truth
    if seen is None:
        heard.told(key, int(truth > 0), np.inf)
        heard.hidden[key] = truth
    elif seen == 0:
        heard.told(key, 0, 0)
    else:
        heard.told(key, max(5, seen - 2), seen + 2)
        if key[0].startswith("out of") and seen == 10:
            heard.told(key, *((8, 9) if status == "too_few" else (10, 12)))
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
    place, offence = next((name for name in PLACES if name in by), None), next((name for name in OFFENCES if name in by), None)
    return (cut.grain, period, place, by[place] if place else None, offence, by[offence] if offence else None)


def counts(metric: Metric, true: object, value: object) -> Iterator[tuple[str, int, int | None]]:
    """The counts in a row: their name, what they are, what is told of them."""
    if metric.shape == "rate":
        yield metric.id, getattr(true, "numerator"), getattr(value, "numerator")  # noqa: B009 - one reading for both
        cohort = f" {metric.id}" if metric.follow_days or metric.relation == "case_result" else ""
        yield f"out of{cohort}", getattr(true, "denominator"), getattr(value, "denominator")  # noqa: B009 - the same
    else:
        which = "numerator" if metric.shape == "count" else "denominator"
        yield metric.id, getattr(true, which), getattr(value, which)


def sums(heard: Heard) -> list[tuple[Key, list[Key]]]:
    """Every total with its parts: over places, offences, months; outcomes 14 and 16."""
    groups: dict[tuple[str, Key], list[Key]] = {}
    for count, (grain, period, place, name, offence, kind) in heard.low:
        if count not in ADDED_UP:
            if grain != "all":
                for longer in GRAINS[GRAINS.index(grain) + 1 :]:
                    above = None if longer == "all" else start_of(longer, period or date.min)
                    groups.setdefault((grain, (count, (longer, above, place, name, offence, kind))), []).append(
                        (count, (grain, period, place, name, offence, kind))
                    )
            here = (count, (grain, period, place, name, offence, kind))
            if place:
                groups.setdefault((place, (count, (grain, period, None, None, offence, kind))), []).append(here)
            if offence == "vawg":
                groups.setdefault((offence, (count, (grain, period, place, name, None, None))), []).append(here)
            if offence == "vawg_group":
                groups.setdefault((offence, (count, (grain, period, place, name, "vawg", "yes" if kind else "no"))), []).append(here)
    found = [(total, parts) for (_, total), parts in groups.items() if total in heard.low]
    for count, where in heard.low:
        if count == "victim_not_supporting_rate":
            found.append(((count, where), [("outcome_14_rate", where), ("outcome_16_rate", where)]))
    untrue = [total for total, parts in found if heard.truth[total] != sum(heard.truth[part] for part in parts)]
    assert all(count in ONCE_A_PERIOD for count, _ in untrue), untrue[:3]
    return [line for line in found if line[0][0] not in ONCE_A_PERIOD or line[0] not in untrue]


# an interim and a full order of one application count once in a period, so months do not add up to years
ONCE_A_PERIOD = ("orders_granted", "applications_granted", "days_per_order", "order_grant_rate", "out of")
ADDED_UP = ("days_between_orders",)  # gaps between orders of a part are not gaps of the whole
APART = ("charge_rate_closed", "outcome_14_rate", "outcome_15_rate", "outcome_16_rate", "outcome_18_rate", "outcome_21_rate")
APART_RECORDED = ("charge_rate_recorded", "outcome_15_rate_recorded", "outcome_16_rate_recorded")
LONGER = ("charged_within_30", "charged_within_90", "charged_within_180", "charged_within_365", "charge_rate_recorded")


def at_most(heard: Heard) -> Iterator[tuple[list[Key], Key]]:
    """Counts that together are no more than another: outcomes of a crime, charges within a longer time."""
    for count, where in heard.low:
        if count.startswith("out of"):
            for names in (APART, APART_RECORDED):
                parts = [(name, where) for name in names if (name, where) in heard.low]
                if parts and count == "out of":
                    yield parts, (count, where)
            name = count.removeprefix("out of ")
            if (name, where) in heard.low:
                yield [(name, where)], (count, where)
        if count in LONGER[:-1]:
            for longer in LONGER[LONGER.index(count) + 1 :]:
                if (longer, where) in heard.low and where[0] == "month":
                    yield [(count, where)], (longer, where)


def recovered(heard: Heard, asked: int = 12) -> list[Key]:
    """The hidden counts that only one number fits.

    First every count is narrowed by adding and subtracting until nothing moves; then those left narrowest are asked one by one of a
    linear programme, which sees all sums at once.
    """
    solver = _Solver(heard)
    hidden = np.array([solver.at[key] for key in heard.hidden], dtype=int)
    low, high = solver.narrowed()
    assert (low <= solver.truth).all() and (solver.truth <= high).all(), "the attacker believes something false"
    stuck = [solver.names[one] for one in hidden[high[hidden] - low[hidden] < 1]]
    for one in hidden[np.argsort(high[hidden] - low[hidden], kind="stable")][:asked]:
        if all(abs(solver.extreme(one, sign) - solver.truth[one]) < 0.99 for sign in (1, -1)):
            stuck.append(solver.names[one])
    return stuck


class _Solver:
    """The linear programme: every sum an equation, every "at most" an inequality, every count between what was told."""

    def __init__(self, heard: Heard) -> None:
        self.names = list(heard.low)
        self.at = {key: number for number, key in enumerate(self.names)}
        self.truth = np.array([heard.truth[key] for key in self.names], dtype=float)
        self.bounds = np.array([(heard.low[key], min(heard.high[key], 10**6)) for key in self.names], dtype=float)
        self.equal = self._rows([(total, parts, -1) for total, parts in sums(heard)])
        self.below = self._rows([(total, parts, -1) for parts, total in at_most(heard)])

    def _rows(self, lines: list[tuple[Key, list[Key], int]]) -> csr_array:
        entries = [(row, self.at[part], 1) for row, (_, parts, _) in enumerate(lines) for part in parts]
        entries += [(row, self.at[total], sign) for row, (total, _, sign) in enumerate(lines)]
        rows, columns, values = zip(*entries, strict=True) if entries else ((), (), ())
        return csr_array((values, (rows, columns)), shape=(len(lines), len(self.names)), dtype=float)

    def narrowed(self) -> tuple[np.ndarray, np.ndarray]:
        """The least and the most of each count after adding and subtracting, sum by sum, until nothing moves."""
        low, high = self.bounds.T.copy()
        rows = vstack([self.equal, -self.equal, self.below]).tocoo()  # each row of them is at most nought
        line, column, sign = rows.row, rows.col, rows.data
        while True:
            least = np.bincount(line, np.where(sign > 0, low[column], -high[column]), minlength=rows.shape[0])
            room = np.where(sign > 0, low[column], -high[column]) - least[line]  # what is left for sign × count
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
            goal, A_ub=self.below, b_ub=np.zeros(self.below.shape[0]), A_eq=self.equal, b_eq=np.zeros(self.equal.shape[0]),
            bounds=self.bounds, method="highs",
        )  # fmt: skip
        assert found.status == 0, found.message
        return float(found.x[one])
