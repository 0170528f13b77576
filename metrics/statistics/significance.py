"""Is a figure different from the one before, by more than chance? One answer for every page."""

from metrics.contracts import Metric, Value
from metrics.statistics.intervals import difference, rate_ratio


def is_more_than_chance(metric: Metric, now: Value, before: Value) -> bool | None:
    """Does the 95 % interval of the change leave out "no change"?

    None where that cannot be said, as for medians.

    Rates by the difference of two proportions, counts (and days per count) by the ratio of two
    rates over windows of one length; METRICS.md, "Statistics".
    """
    if metric.shape == "rate" and None not in (now.value, before.value):
        bounds = difference(
            (now.numerator or 0, now.denominator or 0),
            (before.numerator or 0, before.denominator or 0),
        )
        return None if bounds is None else not bounds[0] <= 0 <= bounds[1]
    if metric.shape == "ratio":
        ratio = rate_ratio(
            now.numerator or 0, now.denominator or 0, before.numerator or 0, before.denominator or 0
        )
        return None if ratio is None else not ratio[1] <= 1 <= ratio[2]
    if metric.shape in ("count", "window"):
        counts = [
            value.numerator if metric.shape == "count" else value.denominator
            for value in (now, before)
        ]
        ratio = rate_ratio(counts[0] or 0, 1, counts[1] or 0, 1)
        return None if ratio is None else not ratio[1] <= 1 <= ratio[2]
    return None
