"""Intervals: Wilson for a rate, Byar for a count, and whether two of either differ.

Vectors from outside are in tests/metrics/test_intervals.py.
"""

from math import exp, sqrt

Z = 1.959963984540054  # the 97.5th percentile of the normal distribution


def wilson(numerator: int, denominator: int) -> tuple[float, float] | None:
    """The Wilson 95 % interval of a proportion (Wilson 1927), as fractions.

    None where there is none to give: nothing counted, or corrections have made the counts
    impossible.
    """
    if denominator <= 0 or numerator < 0 or numerator > denominator:
        return None
    share = numerator / denominator
    spread = Z * sqrt(share * (1 - share) / denominator + Z * Z / (4 * denominator * denominator))
    centre = share + Z * Z / (2 * denominator)
    shrink = 1 + Z * Z / denominator
    return max(0.0, (centre - spread) / shrink), min(1.0, (centre + spread) / shrink)


def byar(count: int) -> tuple[float, float] | None:
    """Byar's approximate 95 % interval of a Poisson count (Breslow & Day 1987); None below zero."""
    if count < 0:
        return None
    upper = (count + 1) * (1 - 1 / (9 * (count + 1)) + Z / (3 * sqrt(count + 1))) ** 3
    if count == 0:
        return 0.0, upper
    return count * (1 - 1 / (9 * count) - Z / (3 * sqrt(count))) ** 3, upper


def rate_ratio(
    count: int, exposure: float, count_before: int, exposure_before: float
) -> tuple[float, float, float] | None:
    """The ratio of two rates of events and its 95 % interval: exp(ln RR ± z √(1/k₁ + 1/k₀)); None
    where a count is 0.
    """
    if min(count, count_before) <= 0 or min(exposure, exposure_before) <= 0:
        return None
    ratio = (count / exposure) / (count_before / exposure_before)
    spread = exp(Z * sqrt(1 / count + 1 / count_before))
    return ratio, ratio / spread, ratio * spread


def difference(now: tuple[int, int], before: tuple[int, int]) -> tuple[float, float] | None:
    """The 95 % interval of the difference of two proportions (Newcombe 1998, method 10, from the
    two Wilson intervals).
    """
    bounds, bounds_before = wilson(*now), wilson(*before)
    if bounds is None or bounds_before is None:
        return None
    share, share_before = now[0] / now[1], before[0] / before[1]
    step = share - share_before
    down = sqrt((share - bounds[0]) ** 2 + (bounds_before[1] - share_before) ** 2)
    up = sqrt((bounds[1] - share) ** 2 + (share_before - bounds_before[0]) ** 2)
    return step - down, step + up
