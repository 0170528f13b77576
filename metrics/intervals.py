"""Intervals: Wilson for a rate, Byar for a count. Vectors from outside are in tests/test_intervals.py."""

from math import sqrt

Z = 1.959963984540054  # the 97.5th percentile of the normal distribution


def wilson(numerator: int, denominator: int) -> tuple[float, float] | None:
    """The Wilson 95 % interval of a proportion (Wilson 1927), as fractions.

    None where there is none to give: nothing counted, or corrections have made the counts impossible.
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
