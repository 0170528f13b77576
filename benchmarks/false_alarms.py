"""How often a verdict is wrong, and how soon it is right: a thousand stable and a thousand shifted
series of the sizes of a real force, judged as the pages judge them, beside the rules on a process
whose mean and spread are known, and beside what the pages said before: a second test, of one period
against the same one a year earlier, and an XmR chart for counts of rare events.

    python -m benchmarks.false_alarms
"""

from collections.abc import Callable
from datetime import date

import numpy as np

from metrics.catalogue import metric_named
from metrics.contracts import Metric, Value
from metrics.periods import months_after
from metrics.statistics.control_charts import Limits, signals, xmr
from metrics.statistics.intervals import difference, rate_ratio
from metrics.statistics.signals import judge

SERIES, BEFORE, AFTER, SEED = 1000, 24, 12, 20261126
Draw = Callable[[np.random.Generator, float], Value]
Ask = Callable[[Metric, str, list[Value]], list[bool]]


def rate(size: int, share: float) -> Draw:
    """A month of about `size` cases, of which `share` is counted."""

    def drawn(random: np.random.Generator, shift: float) -> Value:
        out_of = max(int(random.poisson(size)), 10)
        counted = int(random.binomial(out_of, share * shift))
        return _value(counted, out_of, counted / out_of)

    return drawn


def count(mean: float) -> Draw:
    """A period with about `mean` events."""

    def drawn(random: np.random.Generator, shift: float) -> Value:
        counted = int(random.poisson(mean * shift))
        return _value(counted, None, float(counted))

    return drawn


def _value(numerator: int, denominator: int | None, shown: float) -> Value:
    return Value(
        period=None,
        numerator=numerator,
        denominator=denominator,
        value=shown,
        lower=None,
        upper=None,
        status="final",
    )


# what is judged, on which metric's chart, by which period, and how much it moves
CASES: tuple[tuple[str, str, str, Draw, float], ...] = (
    ("Charge rate, force, 1,000 a month", "charge_rate_closed", "month", rate(1000, 0.16), 1.2),
    ("Charge rate, an area, 200 a month", "charge_rate_closed", "month", rate(200, 0.16), 1.2),
    ("Charge rate, a team, 30 a month", "charge_rate_closed", "month", rate(30, 0.16), 1.5),
    ("Crimes recorded, 900 a month", "crimes_recorded", "month", count(900), 1.1),
    ("Orders, 13 a quarter", "orders_granted", "quarter", count(13), 1.8),
    ("Orders, 3 a quarter", "orders_granted", "quarter", count(3), 3.0),
)


def series(draw: Draw, grain: str, random: np.random.Generator, shift: float) -> list[Value]:
    """A stable series and, after it, as many periods as `AFTER` at `shift` times its level."""
    step = 1 if grain == "month" else 3
    return [
        draw(random, 1.0 if at < BEFORE else shift).model_copy(
            update={"period": months_after(date(2020, 1, 1), step * at)}
        )
        for at in range(BEFORE + AFTER)
    ]


def alarms(metric: Metric, grain: str, values: list[Value]) -> list[bool]:
    """Whether the latest point shows a signal, at each review from the end of the stable part."""
    found = []
    for end in range(BEFORE, len(values) + 1):
        judged = judge(metric, grain, values[:end])
        found.append(judged is not None and judged.chart.latest is not None)
    return found


def alarms_before(metric: Metric, grain: str, values: list[Value]) -> list[bool]:
    """The same as the pages had it: alarmed by the chart or by the change on a year."""
    year = 12 if grain == "month" else 4
    found = []
    for end in range(BEFORE, len(values) + 1):
        if metric.unit == "rate":
            judged = judge(metric, grain, values[:end])
            latest = judged.chart.latest if judged else None
        else:
            latest = xmr([value.value or 0.0 for value in values[:end]]).latest
        found.append(latest is not None or _has_moved(values[end - 1], values[end - 1 - year]))
    return found


def _has_moved(now: Value, before: Value) -> bool:
    """Whether the 95 % interval of a change leaves out none."""
    if now.denominator is not None and before.denominator is not None:
        bounds = difference(
            (now.numerator or 0, now.denominator), (before.numerator or 0, before.denominator)
        )
        return bounds is not None and not bounds[0] <= 0 <= bounds[1]
    ratio = rate_ratio(now.numerator or 0, 1, before.numerator or 0, 1)
    return ratio is not None and not ratio[1] <= 1 <= ratio[2]


def known(random: np.random.Generator) -> float:
    """The share of points at which the rules alarm where mean and spread are known."""
    hits = 0
    limits = (Limits(-3.0, 3.0, -2.0, 2.0),) * (BEFORE + AFTER)
    for _ in range(SERIES):
        found = signals(random.normal(size=BEFORE + AFTER).tolist(), 0.0, limits)
        hits += len({one.end for one in found if one.end >= BEFORE})
    return hits / SERIES / AFTER


def main() -> None:
    """Print the table."""
    random = np.random.default_rng(SEED)
    print(f"rules on a known process: {known(random):.1%} of points alarm")
    heads = ("before: false", "seen after", "in 12", "now: false", "seen after", "in 12")
    print(f"{'judged':38} {'moves by':>9}" + "".join(f"{head:>15}" for head in heads))
    for name, metric_id, grain, draw, shift in CASES:
        metric = metric_named(metric_id)
        still = [series(draw, grain, random, 1.0) for _ in range(SERIES)]
        moved = [series(draw, grain, random, shift) for _ in range(SERIES)]
        cells = [
            cell
            for ask in (alarms_before, alarms)
            for cell in rates(ask, metric, grain, still, moved)
        ]
        print(f"{name:38} {shift - 1:+9.0%}" + "".join(f"{cell:>15}" for cell in cells))


def rates(
    ask: Ask, metric: Metric, grain: str, still: list[list[Value]], moved: list[list[Value]]
) -> tuple[str, str, str]:
    """How often a verdict is wrong of series that do not move; how soon it is right of those that
    do, and of how many within twelve reviews.
    """
    wrong = [hit for values in still for hit in ask(metric, grain, values)[1:]]
    assert len(wrong) == SERIES * AFTER, "every review of every series was asked"
    waits = []
    for values in moved:
        after = ask(metric, grain, values)[1:]
        waits.append(after.index(True) + 1 if True in after else None)
    seen = sorted(wait for wait in waits if wait is not None)
    share = len(seen) / SERIES
    middle = f"{seen[len(seen) // 2]} {grain}s" if share > 0.5 else "-"
    return f"{sum(wrong) / len(wrong):.1%}", middle, f"{share:.0%}"


if __name__ == "__main__":
    main()
