"""How cohorts mature: Aalen–Johansen cumulative incidence, and where a young cohort is heading.

Never 1 − Kaplan–Meier.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from metrics.statistics.intervals import Z


@dataclass(frozen=True)
class Curve:
    """Cumulative incidence of each outcome by days since recording, and the share without any
    outcome yet.
    """

    days: tuple[int, ...]
    incidence: dict[str, tuple[float, ...]]
    none_yet: tuple[float, ...]
    followed: int  # the days that every case of the cohort has been followed
    size: int

    def at(self, day: int, outcome: str) -> float:
        """The share that has had `outcome` within `day` days."""
        place = bisect_right(self.days, day) - 1
        return self.incidence[outcome][place] if place >= 0 and outcome in self.incidence else 0.0

    def open_at(self, day: int) -> float:
        """The share that has had no outcome within `day` days."""
        place = bisect_right(self.days, day) - 1
        return self.none_yet[place] if place >= 0 else 1.0


def cumulative_incidence(
    cases: Sequence[tuple[int, str | None, int]], followed: int | None = None
) -> Curve:
    """Aalen–Johansen curves of (days, outcome, how many cases); outcome None is open, censored on
    that day.

    Of cases on the same day, outcomes come before censoring. The outcomes compete: their shares and
    the open share add up to 1.
    """
    at_risk = sum(count for _, _, count in cases)
    size, survival = at_risk, 1.0
    outcomes = sorted({outcome for _, outcome, _ in cases if outcome is not None})
    sums = dict.fromkeys(outcomes, 0.0)
    steps: dict[str, list[float]] = {outcome: [] for outcome in outcomes}
    days: list[int] = []
    none_yet: list[float] = []
    for day in sorted({day for day, _, _ in cases}):
        today = [(outcome, count) for one, outcome, count in cases if one == day]
        events = sum(count for outcome, count in today if outcome is not None)
        for outcome, count in today:
            if outcome is not None:
                sums[outcome] += survival * count / at_risk
        survival *= 1 - events / at_risk
        at_risk -= sum(count for _, count in today)
        if events:
            days.append(day)
            none_yet.append(survival)
            for outcome in outcomes:
                steps[outcome].append(sums[outcome])
    last = max((day for day, _, _ in cases), default=0)
    return Curve(
        tuple(days),
        {name: tuple(line) for name, line in steps.items()},
        tuple(none_yet),
        followed if followed is not None else last,
        size,
    )


@dataclass(frozen=True)
class Nowcast:
    """Where a cohort is heading by `day`: a share, its 95 % interval, and how far past nowcasts
    were off (mean absolute error).
    """

    day: int
    share: float
    lower: float
    upper: float
    past_error: float
    past_cohorts: int


def nowcast(young: Curve, past: Sequence[Curve], day: int, outcome: str) -> Nowcast | None:
    """Where `young` will stand at `day`, from what cohorts followed that long did from where it
    stands now.

    Its share so far, and of its open cases the part that past cohorts still added. The interval
    holds both chance among the open cases and how far the same nowcast, made of each past cohort
    from the others, was off. None with fewer than three past cohorts.
    """
    known = [curve for curve in past if curve.followed >= day]
    now = young.followed
    if len(known) < 3 or now >= day:
        return None
    share = _heading(young, known, now, day, outcome)
    errors = [
        _heading(curve, [other for other in known if other is not curve], now, day, outcome)
        - curve.at(day, outcome)
        for curve in known
    ]
    spread = sqrt(sum(error * error for error in errors) / len(errors))
    added = max(share - young.at(now, outcome), 0.0)
    chance = sqrt(max(added * (1 - added), 0.0) / young.size) if young.size else 0.0
    reach = Z * sqrt(spread * spread * (1 + 1 / len(known)) + chance * chance)
    so_far = young.at(now, outcome)
    return Nowcast(
        day,
        share,
        max(so_far, share - reach),
        min(1.0, share + reach),
        sum(abs(error) for error in errors) / len(errors),
        len(known),
    )


def _heading(young: Curve, past: Sequence[Curve], now: int, day: int, outcome: str) -> float:
    moved = [
        (curve.at(day, outcome) - curve.at(now, outcome)) / curve.open_at(now)
        if curve.open_at(now) > 0
        else 0.0
        for curve in past
    ]
    return young.at(now, outcome) + young.open_at(now) * sum(moved) / len(moved)
