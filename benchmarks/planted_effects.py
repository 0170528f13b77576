"""Invented data whose truth is known: how often the rules cry wolf, find a shift, and how often the
intervals cover.

`python -m benchmarks.planted_effects` prints the numbers that `docs/decisions.md` quotes. Seeds are
fixed; nothing is timed.

It would have measured the wrong thing if the planted truth were not in the data, if a case were
left out of the count because nothing was said of it, or if a rule never spoke or an interval were
so wide that it covers anything. Each of these is asserted.
"""

from collections.abc import Callable
from datetime import date

import numpy as np

from metrics.periods import months_after
from metrics.statistics.cohorts import cumulative_incidence
from metrics.statistics.control_charts import chart_of
from metrics.statistics.programme_effect import Programme, evaluate

POINTS, SIZE, RATE, SHIFT = 24, 400, 0.20, 0.08
START = date(2025, 1, 1)
MONTHS = [months_after(START, at) for at in range(-24, 12)]
AREAS = ("Warrington", "Halton", "East", "West")


def false_alarms(series: int) -> tuple[int, int, int]:
    """Of flat series: how many show a signal at their last point, how many anywhere; and of shifted
    ones how many are found in time.
    """
    random = np.random.default_rng(1)
    last = anywhere = found = 0
    for _ in range(series):
        chart = chart_of([int(one) for one in random.binomial(SIZE, RATE, POINTS)], [SIZE] * POINTS)
        last += chart.latest is not None
        anywhere += bool(chart.signals)
        moved = [*random.binomial(SIZE, RATE, POINTS - 7), *random.binomial(SIZE, RATE + SHIFT, 7)]
        assert np.mean(moved[-7:]) > np.mean(moved[:-7]), "no shift was planted"
        found += chart_of([int(one) for one in moved], [SIZE] * POINTS).latest is not None
    assert 0 < last < anywhere < series, "rules that never speak, or always do"
    return last, anywhere, found


def programme_covered(effect: float, seeds: int, wobble: float) -> tuple[int, int]:
    """How many of so many invented programmes have the planted effect in their interval, and in how
    many an effect is found.
    """
    covered = found = 0
    estimates, widths = [], []
    for seed in range(seeds):
        random = np.random.default_rng(seed)
        drift = np.cumsum(random.normal(0, 0.004, len(MONTHS)))
        counts = {}
        for at, month in enumerate(MONTHS):
            for area in AREAS:
                planted = effect if area == AREAS[0] and month >= START else 0.0
                share = float(
                    np.clip(0.12 + drift[at] + planted + random.normal(0, wobble), 0.01, 0.9)
                )
                counts[area, month] = (int(random.binomial(80, share)), 80)
        judged = evaluate(Programme("Invented", "area", (AREAS[0],), START, None, ()), counts)
        assert judged is not None, "nothing was said of a programme, so it cannot be counted"
        assert judged.effect is not None
        estimates.append(judged.effect.value)
        widths.append(judged.effect.upper - judged.effect.lower)
        covered += judged.effect.lower <= effect <= judged.effect.upper
        found += not judged.effect.is_none
    assert abs(np.mean(estimates) - effect) < 3 * np.std(estimates) / np.sqrt(seeds), (
        f"{effect} was planted, {np.mean(estimates)} found"
    )
    assert max(widths) < 3 * 1.96 * 2 * np.std(estimates), "an interval that covers anything"
    return covered, found


def curves_covered(seeds: int, size: int = 600) -> float:
    """The share of planted curves that lie within a binomial interval round the recovered one, at
    days 30, 90 and 180.
    """
    planted: Callable[[float], float] = lambda day: 0.25 * (1 - np.exp(-day / 60))  # noqa: E731 - a formula
    hits = 0
    off: dict[int, list[float]] = {30: [], 90: [], 180: []}
    for seed in range(seeds):
        random = np.random.default_rng(seed)
        is_charged = random.random(size) < 0.25
        waits = np.where(
            is_charged, random.exponential(60, size), random.exponential(45, size)
        ).astype(int)
        followed = random.integers(150, 400, size)
        rows = [
            (int(min(wait, limit)), None if wait > limit else "Charged" if charged else "Other", 1)
            for wait, limit, charged in zip(waits, followed, is_charged, strict=True)
        ]
        curve = cumulative_incidence(rows)
        for day, errors in off.items():
            truth = planted(day + 1)  # whole days: a wait of 30.6 days is one of 30
            errors.append(curve.at(day, "Charged") - truth)
            hits += abs(errors[-1]) <= 1.96 * np.sqrt(truth * (1 - truth) / size)
    assert all(len(errors) == seeds and float(np.std(errors)) > 0 for errors in off.values())
    assert all(
        abs(np.mean(errors)) < 3 * np.std(errors) / np.sqrt(seeds) for errors in off.values()
    ), "another curve was planted"
    return hits / (3 * seeds)


def main() -> None:
    """Print the studies."""
    last, anywhere, found = false_alarms(200)
    print(
        f"200 flat series of {POINTS}: a signal at the last point in {last}, anywhere in {anywhere}"
    )
    print(f"a shift of {SHIFT:.0%} in the last 7: found in {found} of 200")
    for effect in (0.0, 0.04):
        for wobble in (0.0, 0.02):
            covered, effects = programme_covered(effect, 100, wobble)
            print(
                f"programme of {effect:.0%}, wobble {wobble:.0%}: covered in {covered} of 100, an "
                f"effect found in {effects}"
            )
    print(f"planted curves covered: {curves_covered(100):.0%}")


if __name__ == "__main__":
    main()
