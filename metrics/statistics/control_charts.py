"""Control charts by the NHS "Making Data Count" rules: XmR, Laney P′ where denominators vary,
g-chart for rare events.

METRICS.md, "Statistics", is the specification; the vectors of
`tests/metrics/test_control_charts.py` come from outside. Limits, runs and icons rest on mature
points only: the caller leaves the others out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import exp, log, sqrt
from typing import Literal

XMR = 2.66  # 3 / 1.128: limits from the mean moving range of two
D2 = 1.128
FEWEST = 13  # points from which limits and icons are drawn
RUN = 7  # points on one side of the mean, or rising, or falling, that make a signal
# a denominator this far from the mean one, or fewer expected events, asks for P′
SPREAD, SMALL = (0.25, 5)
HAIR = 1e-9  # what floating point may add to a value that does not vary

Rule = Literal["outside", "shift", "trend", "two_of_three"]


@dataclass(frozen=True)
class Limits:
    """What one point is judged against; the two-thirds lines stand between centre and limits."""

    lower: float
    upper: float
    lower_third: float
    upper_third: float


@dataclass(frozen=True)
class Signal:
    """A rule that fired, on the points from `start` to `end` (positions, both in)."""

    rule: Rule
    start: int
    end: int
    is_high: bool


@dataclass(frozen=True)
class Chart:
    """A centre, limits per point, and the signals.

    A run chart of fewer than 13 points has no limits and is a trial.
    """

    kind: Literal["xmr", "p_prime", "c", "run"]
    centre: float
    limits: tuple[Limits, ...]
    signals: tuple[Signal, ...]

    @property
    def latest(self) -> Signal | None:
        """The signal that the last point is part of, the plainest first; None where it is common
        cause.
        """
        order: tuple[Rule, ...] = ("outside", "shift", "trend", "two_of_three")
        last = len(self.limits) - 1
        return min(
            (one for one in self.signals if one.end == last),
            key=lambda one: order.index(one.rule),
            default=None,
        )


def mean_moving_range(values: Sequence[float], screened: bool = False) -> float:
    """The mean of the absolute steps between neighbours; `screened` leaves out steps above 3.267
    times that mean, once.
    """
    ranges = [abs(after - before) for before, after in zip(values, values[1:], strict=False)]
    if not ranges:
        return 0.0
    mean = sum(ranges) / len(ranges)
    kept = [step for step in ranges if step <= 3.267 * mean] if screened else ranges
    return sum(kept) / len(kept)


def xmr(values: Sequence[float], screened: bool = False) -> Chart:
    """An XmR chart of values, at least one; below 13 points a run chart."""
    centre = sum(values) / len(values)
    if len(values) < FEWEST:
        return Chart(
            "run",
            centre,
            (Limits(float("-inf"), float("inf"), float("-inf"), float("inf")),) * len(values),
            (),
        )
    reach = XMR * mean_moving_range(values, screened)
    limits = (_limits(centre, reach),) * len(values)
    return Chart("xmr", centre, limits, signals(values, centre, limits))


def p_prime(numerators: Sequence[int], denominators: Sequence[int]) -> Chart:
    """Laney's P′ chart of rates (Laney 2002): the limits of each point by its own denominator,
    widened by the spread between points.
    """
    centre = sum(numerators) / sum(denominators)
    rates = [count / out_of for count, out_of in zip(numerators, denominators, strict=True)]
    if len(rates) < FEWEST or centre in (0.0, 1.0):
        return (
            xmr(rates)
            if len(rates) < FEWEST
            else Chart("p_prime", centre, (_limits(centre, 0.0),) * len(rates), ())
        )
    sigmas = [sqrt(centre * (1 - centre) / out_of) for out_of in denominators]
    between = (
        mean_moving_range(
            [(rate - centre) / sigma for rate, sigma in zip(rates, sigmas, strict=True)]
        )
        / D2
    )
    limits = tuple(_limits(centre, 3 * sigma * between) for sigma in sigmas)
    return Chart("p_prime", centre, limits, signals(rates, centre, limits))


def c_chart(counts: Sequence[int]) -> Chart:
    """A c-chart of counts of rare events in periods of one length, at least one; below 13 points a
    run chart.

    Limits at three times the square root of the mean (Montgomery 2009, 7.3): what a Poisson process
    would do, however the counts before it moved.
    """
    centre = sum(counts) / len(counts)
    if len(counts) < FEWEST:
        return xmr(counts)
    limits = (_limits(centre, 3 * sqrt(centre)),) * len(counts)
    return Chart("c", centre, limits, signals(counts, centre, limits))


def chart_of(numerators: Sequence[int], denominators: Sequence[int]) -> Chart:
    """The chart that a series of rates asks for: P′ where denominators vary or events are few, else
    XmR.
    """
    mean = sum(denominators) / len(denominators)
    share = sum(numerators) / sum(denominators)
    uneven = any(
        abs(out_of - mean) > SPREAD * mean or out_of * share < SMALL for out_of in denominators
    )
    if uneven:
        return p_prime(numerators, denominators)
    return xmr([count / out_of for count, out_of in zip(numerators, denominators, strict=True)])


def signals(values: Sequence[float], centre: float, limits: Sequence[Limits]) -> tuple[Signal, ...]:
    """Every rule that fires, in the order in which its last point comes."""
    signals: list[Signal] = []
    hair = HAIR * max(1.0, abs(centre), *map(abs, values))
    limits = [
        Limits(one.lower - hair, one.upper + hair, one.lower_third - hair, one.upper_third + hair)
        for one in limits
    ]
    for at, (value, limit) in enumerate(zip(values, limits, strict=True)):
        if value > limit.upper or value < limit.lower:
            signals.append(Signal("outside", at, at, value > limit.upper))
        signals += _two_of_three(values, limits, at)
    signals += _runs(
        [(value > centre + hair) - (value < centre - hair) for value in values], RUN, 0, "shift"
    )
    signals += _runs(
        [
            (after > before) - (after < before)
            for before, after in zip(values, values[1:], strict=False)
        ],
        RUN - 1,
        1,
        "trend",
    )
    return tuple(sorted(signals, key=lambda one: (one.end, one.start)))


def _limits(centre: float, reach: float) -> Limits:
    return Limits(centre - reach, centre + reach, centre - reach * 2 / 3, centre + reach * 2 / 3)


def _two_of_three(values: Sequence[float], limits: Sequence[Limits], at: int) -> list[Signal]:
    """Two of the three points that end here beyond the two-thirds line, on one side; this point is
    one of the two.
    """
    if at < 2:
        return []
    window = range(at - 2, at + 1)
    high = [one for one in window if values[one] > limits[one].upper_third]
    low = [one for one in window if values[one] < limits[one].lower_third]
    return [
        Signal("two_of_three", side[0], at, side is high)
        for side in (high, low)
        if len(side) > 1 and side[-1] == at
    ]


def _runs(signs: Sequence[int], least: int, more: int, rule: Rule) -> list[Signal]:
    """Unbroken runs of one sign, at least `least` long; a trend of steps covers one point more than
    its steps.
    """
    found, start = [], 0
    for at in range(1, len(signs) + 1):
        if at == len(signs) or signs[at] != signs[start]:
            if signs[start] and at - start >= least:
                found.append(Signal(rule, start, at - 1 + more, signs[start] > 0))
            start = at
    return found


@dataclass(frozen=True)
class GChart:
    """Days between events: the centre of a geometric wait, the upper limit, and how unlikely the
    silence since the last is.
    """

    mean: float
    centre: float
    upper: float

    def silence(self, days: int) -> float:
        """The chance of waiting `days` or longer for the next event."""
        return exp(-days / self.mean) if self.mean else 0.0

    def is_silent(self, days: int) -> bool:
        """Is the silence since the last event above the upper limit?"""
        return days > self.upper


def g_chart(gaps: Sequence[int] | Sequence[float]) -> GChart | None:
    """The g-chart of days between distinct event days; None without a gap (Benneyan 2001)."""
    if not gaps:
        return None
    mean = sum(gaps) / len(gaps)
    return GChart(mean, log(2) * mean, mean + 3 * sqrt(mean * (mean + 1)))


def event_gaps(days: Sequence[date]) -> list[int]:
    """Days between distinct event days: events of one day are one."""
    distinct = sorted(set(days))
    return [(after - before).days for before, after in zip(distinct, distinct[1:], strict=False)]


def target_verdict(
    chart: Chart, target: float, better: Literal["up", "down"]
) -> Literal["met", "missed", "hit and miss"] | None:
    """Whether a process will meet its target, from the limits of the last point; None for a chart
    without limits.
    """
    if chart.kind == "run":
        return None
    last = chart.limits[-1]
    is_met, is_missed = (
        (last.lower >= target, last.upper < target)
        if better == "up"
        else (last.upper <= target, last.lower > target)
    )
    return "met" if is_met else "missed" if is_missed else "hit and miss"
