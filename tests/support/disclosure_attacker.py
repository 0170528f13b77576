"""A reader who wants to know: asks every table the scrutiny audience can get, and writes down what
each tells of every count; `disclosure_solver` looks for hidden counts that few numbers fit.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from metrics.catalogue import metrics
from metrics.contracts import FEWEST, Answer, Cut, Metric, Value
from metrics.disclosure.cells import Ask
from metrics.disclosure.scrutiny import told
from metrics.errors import NotTold
from metrics.measure import measure
from metrics.periods import end_of, mature_until
from store.snapshot import Snapshot
from tests.support.disclosure_sums import Held, Holds, Key, Where, held_by

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
    whole: set[Key] = field(default_factory=set)  # no cohort of the period is still followed
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
                    if not _is_cut_short(cut, true, mature):
                        heard.whole |= {(holds, where) for holds, *_ in found}
                    for holds, truth, seen in found:
                        _hear(heard, (holds, where), truth, seen)
                    _hear_status(heard, metric, (found[-1][0], where), value)
                    if metric.shape == "rate":
                        _hear_rest(
                            heard,
                            [((holds, where), truth) for holds, truth, _ in found],
                            value.status == "suppressed",
                        )
                    if metric.follow_days is None:
                        rows.setdefault(tuple(holds for holds, _, _ in found), set()).add(where)
    _hear_absent(heard, rows)
    told_ones = {key for key, high in heard.high.items() if high < np.inf} | heard.implied
    for same in twins(heard):
        if not told_ones.isdisjoint(same):
            told_ones |= same
    for key in told_ones & heard.hidden.keys():
        del heard.hidden[key]  # another table tells it
    return heard


def twins(heard: Heard) -> list[set[Key]]:
    """The same outcomes in the same whole period, as metrics with different follow-ups call them."""
    found: dict[tuple[str, Held, Where], set[Key]] = {}
    for key in heard.whole:
        found.setdefault((key[0].one, key[0].held, key[1]), set()).add(key)
    return [same for same in found.values() if len(same) > 1]


def _is_cut_short(cut: Cut, value: Value, mature: date | None) -> bool:
    """Whether cohorts that are still followed are left out of a period."""
    if mature is None:
        return False
    return value.period is None or end_of(cut.grain, value.period) > mature


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
    none: dict[Where, list[Holds]] = {}
    for found, wheres in rows.items():
        for where in set().union(*rows.values()) - wheres:
            for holds in found:
                _hear(heard, (holds, where), 0, 0)
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


def _hear_status(heard: Heard, metric: Metric, key: Key, value: Value) -> None:
    """Whether a rate or a median is given says whether it is on ten or more."""
    if metric.shape in ("rate", "median", "gap") and value.status != "suppressed":
        is_few = value.status == "too_few"
        heard.told(key, 0 if is_few else FEWEST, FEWEST - 1 if is_few else np.inf)
    if metric.shape in ("median", "gap") and value.value is not None:
        assert value.value == int(value.value), "half a day would say that the count is even"
    if metric.shape == "window" and value.numerator is not None:
        assert value.lower is None and value.upper is None


def _hear(heard: Heard, key: Key, truth: int, seen: int | None) -> None:
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
