"""Did it work? A programme set against the areas (or teams) that had not begun: before and after,
difference in differences, its trend before the start, placebos, and orders before and after.

METRICS.md, "Pilot areas". The unit is the month of recording; only cohorts that have been followed
long enough enter. Differences of shares are in shares (0.03 is 3 points). Oracles:
tests/metrics/test_programme_effect.py and benchmarks/planted_effects.py.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import exp, sqrt

import numpy as np

from metrics.contracts import Value
from metrics.periods import months_after, start_of
from metrics.statistics.intervals import difference, rate_ratio

BEFORE = 12  # months before the start that are compared
FEWEST_MONTHS = 4  # on either side, below which nothing is said
Counts = Mapping[tuple[str, date], tuple[int, int]]  # (group, month) → charged, out of


@dataclass(frozen=True)
class Programme:
    """One line of thought of the register: where the programme began first, and when the others
    followed, if they did.
    """

    name: str
    dimension: str  # area or team
    first: tuple[str, ...]
    starts_on: date
    others_from: date | None  # the day on which the first of the rest began
    starts: tuple[tuple[date, str], ...]  # every start: day, and which groups, in words


@dataclass(frozen=True)
class Estimate:
    """A figure with its 95 % interval."""

    value: float
    lower: float
    upper: float

    @property
    def is_none(self) -> bool:
        """Does its interval leave room for no effect?"""
        return self.lower <= 0 <= self.upper


@dataclass(frozen=True)
class Side:
    """One group of areas before and after: counted and out of, and the 95 % interval of the change
    (Newcombe).
    """

    before: tuple[int, int]
    after: tuple[int, int]

    @property
    def change(self) -> Estimate | None:
        """After less before."""
        bounds = difference(self.after, self.before)
        if bounds is None:
            return None
        return Estimate(self.after[0] / self.after[1] - self.before[0] / self.before[1], *bounds)


@dataclass(frozen=True)
class Evaluation:
    """What can be said of a programme; None where there is nothing to set it against."""

    months_before: tuple[date, ...]
    months_after: tuple[date, ...]
    treated: Side
    rest: Side | None
    effect: Estimate | None
    pre_trend: Estimate | None  # by how much a year the two moved apart before the start
    placebos: tuple[tuple[str, Estimate], ...]  # the same reckoning where nothing began


def programme_of(name: str, rows: Sequence[Mapping[str, object]]) -> Programme | None:
    """A programme from the rows of its register; None where they name neither
    an area nor a team.
    """
    dimension = "area" if any(row["area"] for row in rows) else "team"
    starts: dict[date, list[str]] = {}
    for row in rows:
        day, group = row["starts_on"], row[dimension]
        if isinstance(day, date):
            starts.setdefault(day, []).append(str(group) if group else "")
    if not starts:
        return None
    first_day = min(starts)
    first = tuple(sorted(group for group in starts[first_day] if group))
    later = [day for day in sorted(starts) if day > first_day]
    told = tuple(
        (day, ", ".join(sorted(filter(None, starts[day]))) or "the whole force")
        for day in sorted(starts)
    )
    return Programme(name, dimension, first, first_day, later[0] if later else None, told)


def counts_of(values: Sequence[Value], dimension: str) -> dict[tuple[str, date], tuple[int, int]]:
    """The counts of an answer by month and group, without what may not be judged yet."""
    return {
        (str(value.by.get(dimension)), value.period): (value.numerator or 0, value.denominator or 0)
        for value in values
        if value.period
        and value.by.get(dimension)
        and value.denominator
        and value.status in ("final", "too_few")
    }


def evaluate(programme: Programme, counts: Counts) -> Evaluation | None:
    """The programme by the counts of every month; None with fewer than four months on a side, or
    where no group is called as it says.
    """
    groups = {group for group, _ in counts}
    folded = {name.casefold() for name in programme.first}
    treated = {group for group in groups if group.casefold() in folded} if folded else groups
    if not treated:
        return None
    rest = groups - treated
    before, after = _windows(programme, sorted({month for _, month in counts}))
    if min(len(before), len(after)) < FEWEST_MONTHS:
        return None
    months = (before, after)
    alone = sorted(rest)[: 1 if len(rest) == 2 else len(rest)]  # of two, each is the other's mirror
    placebos = [
        (
            f"{group} against {_others(rest - {group})}",
            _effect(counts, {group}, rest - {group}, months),
        )
        for group in alone
    ]
    earlier = [month for month in sorted({month for _, month in counts}) if month < before[0]][
        -BEFORE:
    ]
    if rest and len(earlier) >= FEWEST_MONTHS:
        placebos.append(
            ("a year before it began", _effect(counts, treated, rest, (earlier, before)))
        )
    return Evaluation(
        tuple(before),
        tuple(after),
        Side(_sum(counts, treated, before), _sum(counts, treated, after)),
        Side(_sum(counts, rest, before), _sum(counts, rest, after)) if rest else None,
        _effect(counts, treated, rest, months) if rest else None,
        _slope(_differences(counts, treated, rest, before)) if rest else None,
        tuple((name, found) for name, found in placebos if found is not None),
    )


def orders_ratio(
    days: Sequence[date], start: date, known: tuple[date, date]
) -> tuple[int, int, int, tuple[float, float, float] | None]:
    """Orders in equal windows before and after `start`: the window's days, the two counts, and the
    rate ratio with its interval.

    `known` are the first and last day that the register speaks of: a day it does not know is no day
    without an order.
    """
    span = max(min((known[1] - start).days + 1, (start - known[0]).days, 365), 0)
    before = sum(0 < (start - day).days <= span for day in days)
    after = sum(0 <= (day - start).days < span for day in days)
    return span, before, after, rate_ratio(after, span, before, span) if span > 0 else None


def _others(names: set[str]) -> str:
    return next(iter(names)) if len(names) == 1 else "the others"


def _windows(programme: Programme, months: Sequence[date]) -> tuple[list[date], list[date]]:
    """The whole months before the start, and those after it until the rest began too; the month of
    the start itself is in neither.
    """
    start = start_of("month", programme.starts_on)
    first_after = start if programme.starts_on == start else months_after(start, 1)
    stop = start_of("month", programme.others_from) if programme.others_from else None
    before = [month for month in months if month < start][-BEFORE:]
    return before, [
        month for month in months if month >= first_after and (stop is None or month < stop)
    ]


def _sum(counts: Counts, groups: set[str], months: Sequence[date]) -> tuple[int, int]:
    found = [counts.get((group, month), (0, 0)) for group in groups for month in months]
    return sum(one for one, _ in found), sum(out_of for _, out_of in found)


def _differences(
    counts: Counts, treated: set[str], rest: set[str], months: Sequence[date]
) -> list[tuple[int, float, float]]:
    """For each month that both have cases in: its number, the difference of the two shares, and the
    variance of it by chance.

    The chance is that of the two shares over all these months: a month's own share would give a
    month without a charge no chance at all.
    """
    whole = [_sum(counts, groups, months) for groups in (treated, rest)]
    spreads = [one / out_of * (1 - one / out_of) if out_of else 0.0 for one, out_of in whole]
    found = []
    for number, month in enumerate(months):
        (one, of_one), (two, of_two) = _sum(counts, treated, [month]), _sum(counts, rest, [month])
        if of_one and of_two:
            found.append(
                (number, one / of_one - two / of_two, spreads[0] / of_one + spreads[1] / of_two)
            )
    return found


def _effect(
    counts: Counts, treated: set[str], rest: set[str], months: tuple[Sequence[date], Sequence[date]]
) -> Estimate | None:
    """Difference in differences: the mean monthly difference after less that before, weighted by
    its precision.

    Where months differ by more than chance the interval is widened by how much more (Birge's
    ratio), never narrowed.
    """
    sides = [
        [one for one in _differences(counts, treated, rest, side) if one[2] > 0] for side in months
    ]
    if not rest or min(map(len, sides)) < FEWEST_MONTHS:
        return None
    means, variances, excess = [], [], 0.0
    for side in sides:
        weight = sum(1 / variance for _, _, variance in side)
        mean = sum(step / variance for _, step, variance in side) / weight
        means.append(mean)
        variances.append(1 / weight)
        excess += sum((step - mean) ** 2 / variance for _, step, variance in side)
    freedom = sum(map(len, sides)) - 2
    return _bounded(means[1] - means[0], sum(variances), excess, freedom)


def _slope(steps: Sequence[tuple[int, float, float]]) -> Estimate | None:
    """How fast two groups moved apart, a year, by weighted least squares."""
    steps = [one for one in steps if one[2] > 0]
    if len(steps) < FEWEST_MONTHS:
        return None
    weight = sum(1 / variance for _, _, variance in steps)
    middle = sum(at / variance for at, _, variance in steps) / weight
    mean = sum(step / variance for _, step, variance in steps) / weight
    spread = sum((at - middle) ** 2 / variance for at, _, variance in steps)
    slope = sum((at - middle) * (step - mean) / variance for at, step, variance in steps) / spread
    excess = sum(
        (step - mean - slope * (at - middle)) ** 2 / variance for at, step, variance in steps
    )
    return _bounded(slope * 12, 144 / spread, excess, len(steps) - 2)


def _bounded(value: float, variance: float, excess: float, freedom: int) -> Estimate:
    widened = sqrt(max(1.0, excess / freedom)) if freedom else 1.0
    reach = (_student(max(freedom, 1)) if widened > 1 else 1.96) * sqrt(variance) * widened
    return Estimate(value, value - reach, value + reach)


def interrupted(
    days: Sequence[date], start: date, known: tuple[date, date], months: int = 24
) -> tuple[float, float, float] | None:
    """The step in orders a month at `start`, as a ratio with its 95 % interval, beyond the trend
    that there was: a Poisson series.

    log(expected) = level + trend × month + step × begun (Bernal 2017). None where either side has
    no order or fewer than four whole months.
    """
    begin = start_of("month", start)
    stop = start_of("month", known[1] + timedelta(days=1))
    series = [
        month
        for month in (months_after(begin, at) for at in range(-months, months))
        if known[0] <= month < stop
    ]
    counts = np.array(
        [sum(start_of("month", day) == month for day in days) for month in series], dtype=float
    )
    begun = np.array([month >= begin for month in series], dtype=float)
    if (
        min(begun.sum(), len(begun) - begun.sum()) < FEWEST_MONTHS
        or not counts[begun > 0].sum()
        or not counts[begun < 1].sum()
    ):
        return None
    design = np.column_stack([np.ones(len(series)), np.arange(len(series)) / 12, begun])
    # imported here: this page alone needs it, and the program starts in less time than it takes
    from statsmodels.genmod.families import Poisson
    from statsmodels.genmod.generalized_linear_model import GLM

    found = GLM(counts, design, family=Poisson()).fit()
    step, reach = float(found.params[2]), 1.96 * float(found.bse[2])
    return exp(step), exp(step - reach), exp(step + reach)


def _student(freedom: int) -> float:
    """The 97.5 % point of Student's t."""
    from scipy.stats import t  # here for the same reason

    return float(t.ppf(0.975, freedom))
