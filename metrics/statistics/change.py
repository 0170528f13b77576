"""The change between two figures and its 95 % interval. It has no verdict: whether a series has
moved is said by its control chart alone (METRICS.md, "Common rules").
"""

from dataclasses import dataclass

from metrics.contracts import Metric, Value
from metrics.statistics.intervals import difference, rate_ratio


@dataclass(frozen=True)
class Change:
    """A step and its bounds, in the unit of the metric; of counts, as a share of the count before.

    Medians have no bounds.
    """

    step: float
    lower: float | None = None
    upper: float | None = None
    is_relative: bool = False

    @property
    def is_settled(self) -> bool:
        """Does its interval leave out "no change"? Without one that is not asked."""
        return self.lower is None or self.upper is None or not self.lower <= 0 <= self.upper


def change(metric: Metric, now: Value, before: Value) -> Change | None:
    """The change from `before` to `now`; None where one of the two is not shown.

    Rates by the difference of two proportions (Newcombe), counts and days per count by the ratio of
    two rates over windows of one length; METRICS.md, "Statistics".
    """
    if now.value is None or before.value is None:
        return None
    step = now.value - before.value
    if metric.shape == "rate":
        bounds = difference(_counts(now), _counts(before))
        return Change(step, *bounds) if bounds else Change(step)
    if metric.shape in ("median", "gap"):
        return Change(step)
    ratio = rate_ratio(*_rate(metric, now), *_rate(metric, before))
    if ratio is None:
        return Change(step)
    if metric.shape == "window":  # days per event: the ratio turned over
        bounds = before.value * (1 / ratio[2] - 1), before.value * (1 / ratio[1] - 1)
        return Change(step, *bounds)
    return _relative(ratio)


def relative_change(now: int, before: int) -> Change | None:
    """The change of a count over windows of one length, as a share of it; None where one is 0."""
    ratio = rate_ratio(now, 1, before, 1)
    return _relative(ratio) if ratio else None


def _relative(ratio: tuple[float, float, float]) -> Change:
    return Change(ratio[0] - 1, ratio[1] - 1, ratio[2] - 1, is_relative=True)


def _counts(value: Value) -> tuple[int, int]:
    return value.numerator or 0, value.denominator or 0


def _rate(metric: Metric, value: Value) -> tuple[int, float]:
    """Events, and what they are set against: cases, or a window of one length."""
    if metric.shape == "window":
        return value.denominator or 0, value.numerator or 0
    return value.numerator or 0, (value.denominator or 0) if metric.shape == "ratio" else 1
