"""Control charts, ranks, funnels and maturity give the numbers of other people's programs, and find
what was planted.
"""

from datetime import date
from itertools import pairwise

import numpy as np
import pytest

from metrics.catalogue import metric_named
from metrics.contracts import Value
from metrics.periods import months_after
from metrics.statistics.control_charts import (
    Chart,
    Limits,
    c_chart,
    chart_of,
    event_gaps,
    g_chart,
    p_prime,
    signals,
    target_verdict,
    xmr,
)
from metrics.statistics.signals import judge

# NHSRplotthedots, vignette "deviations"; worked by hand
XMR = [1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]


def test_xmr_limits_are_those_of_the_nhs_tools() -> None:
    chart, screened = xmr(XMR), xmr(XMR, screened=True)
    assert chart.centre == pytest.approx(1.944, abs=5e-4)
    assert (chart.limits[0].lower, chart.limits[0].upper) == pytest.approx(
        (-3.063, 6.952), abs=2e-3
    )
    assert (screened.limits[0].lower, screened.limits[0].upper) == pytest.approx(
        (-0.716, 4.604), abs=2e-3
    )
    assert [
        (one.rule, one.start, one.is_high) for one in chart.signals if one.rule == "outside"
    ] == [("outside", 4, True)]


@pytest.mark.parametrize(("mean", "upper", "centre"), [(39, 157.5, 27.0), (7, 29.4, 4.9)])
def test_g_chart(mean: int, upper: float, centre: float) -> None:
    chart = g_chart([mean] * 4)
    assert chart
    assert (chart.upper, chart.centre) == pytest.approx((upper, centre), abs=0.06)
    assert not chart.is_silent(int(upper)), "the warning is the chart's own limit"
    assert chart.is_silent(int(upper) + 1)


def test_orders_of_one_day_are_one_event() -> None:
    days = [date(2025, 1, 1), date(2025, 1, 1), date(2025, 1, 8), date(2025, 1, 11)]
    assert event_gaps(days) == [7, 3]
    assert g_chart([]) is None


def flat(values: list[float], reach: float = 3.0) -> tuple[list[tuple[str, int, int, bool]], Chart]:
    limits = (Limits(-reach, reach, -2.0, 2.0),) * len(values)
    found = signals(values, 0.0, limits)
    return [(one.rule, one.start, one.end, one.is_high) for one in found], Chart(
        "xmr", 0.0, limits, found
    )


@pytest.mark.parametrize(
    ("values", "wanted"),
    [
        ([1, -1, 3.5, -1], [("outside", 2, 2, True)]),
        ([1, -1, 3.0, -1], []),
        ([1, -1] + [0.5] * 7, [("shift", 2, 8, True)]),
        ([1, -1] + [0.5] * 6 + [-0.5], []),
        ([-1] + [0.5] * 4 + [0.0] + [0.5] * 4, []),
        ([1, -1, -1.5, -1, -0.5, 0.5, 1, 1.5, 1.6, -1], [("trend", 2, 8, True)]),
        ([-1, -0.5, -0.2, 0.5, 1, 1.5, -1], []),
        ([1, -1, 2.5, 0, 2.5, -1], [("two_of_three", 2, 4, True)]),
        ([1, -1, -2.5, 2.5, -2.5, 1], [("two_of_three", 2, 4, False)]),
        ([1, -1, 3.5, 2.5, -1], [("outside", 2, 2, True), ("two_of_three", 2, 3, True)]),
    ],
)
def test_each_rule_at_its_point(
    values: list[float], wanted: list[tuple[str, int, int, bool]]
) -> None:
    assert flat(values)[0] == wanted


def test_a_series_that_does_not_vary_gives_no_signal() -> None:
    assert chart_of([30] * 24, [300] * 24).signals == ()
    assert chart_of([7] * 24, [10] * 24).signals == ()
    assert xmr([0.3] * 13).signals == ()


def test_only_a_signal_of_the_last_point_sets_the_icon() -> None:
    assert flat([1, -1, 3.5, -1])[1].latest is None
    latest = flat([1, -1, -1, 3.5])[1].latest
    assert latest
    assert latest.rule == "outside"


def test_fewer_than_thirteen_points_make_a_run_chart_without_signals() -> None:
    chart = xmr([1.0] * 11 + [100.0])
    assert (chart.kind, chart.signals) == ("run", ())


def value(at: int, rate: float, status: str = "final") -> Value:
    period = months_after(date(2024, 1, 1), at)
    return Value.model_validate(
        {
            "period": period,
            "numerator": round(rate * 400),
            "denominator": 400,
            "value": rate,
            "lower": None,
            "upper": None,
            "status": status,
        }
    )


def test_what_is_not_final_sets_no_limit_and_no_icon() -> None:
    rate = metric_named("charged_within_90")
    steady = [value(at, 0.20 + 0.01 * (at % 2)) for at in range(15)]
    young = [value(at, 0.01, "provisional") for at in range(15, 20)]
    alone, together = judge(rate, "month", steady), judge(rate, "month", steady + young)
    assert alone
    assert together
    assert together.chart == alone.chart
    assert together.in_words() == "within its usual range"
    assert judge(rate, "month", young) is None
    few = judge(rate, "month", steady[:12])
    assert few
    assert few.is_trial


def test_what_is_shown_does_not_change_what_is_judged() -> None:
    rate = metric_named("charged_within_90")
    judged = judge(
        rate,
        "month",
        [value(at, 0.20 + 0.005 * (at % 3)) for at in range(30)]
        + [value(at, 0.21) for at in range(30, 38)],
    )
    assert judged
    shown = judged.since(months_after(date(2024, 1, 1), 20))
    assert (len(shown.values), shown.chart.centre, shown.in_words()) == (
        18,
        judged.chart.centre,
        judged.in_words(),
    )


def test_a_month_on_too_few_breaks_the_series() -> None:
    rate = metric_named("charged_within_90")
    months = (
        [value(at, 0.2) for at in range(10)]
        + [value(10, 0.5, "too_few")]
        + [value(at, 0.2) for at in range(11, 20)]
    )
    judged = judge(rate, "month", months)
    assert judged
    assert judged.in_words() == "9 months in a row are too few for control limits"


def test_a_signal_that_turns_round_is_new() -> None:
    rate = metric_named("charged_within_90")
    wobble = [value(at, 0.100 + 0.002 * (at % 2)) for at in range(16)]
    judged = judge(rate, "month", [*wobble, value(16, 0.06), value(17, 0.16)])
    assert judged
    assert judged.is_new


def test_a_signal_is_said_from_the_rule_that_fired() -> None:
    rate = metric_named("charged_within_90")
    moved = [value(at, 0.20 + 0.005 * (at % 3)) for at in range(14)] + [
        value(at, 0.26) for at in range(14, 21)
    ]
    judged = judge(rate, "month", moved)
    assert judged
    assert judged.chart.latest
    assert judged.tone(judged.chart.latest) == "better"
    assert judged.in_words() in (
        "higher than its usual range in September 2025",
        "above its mean for 7 months",
    )
    shift = judge(
        metric_named("outcome_16_rate"),
        "month",
        [value(at, 0.35 + 0.03 * (at % 2)) for at in range(14)]
        + [value(at, 0.345) for at in range(14, 22)],
    )
    assert shift
    assert shift.in_words() == "below its mean for 8 months"
    assert shift.tone(shift.chart.latest) == "neither"


def test_p_prime_follows_the_denominators() -> None:
    random = np.random.default_rng(5)
    sizes = [int(size) for size in random.integers(80, 400, 24)]
    counts = [int(count) for count in random.binomial(sizes, 0.2)]
    chart = chart_of(counts, sizes)
    assert chart.kind == "p_prime"
    widths = [limit.upper - limit.lower for limit in chart.limits]
    assert widths[sizes.index(min(sizes))] / widths[sizes.index(max(sizes))] == pytest.approx(
        (max(sizes) / min(sizes)) ** 0.5
    )
    centre = sum(counts) / sum(sizes)
    z = [
        (count / size - centre) / (centre * (1 - centre) / size) ** 0.5
        for count, size in zip(counts, sizes, strict=True)
    ]
    sigma = sum(abs(b - a) for a, b in pairwise(z)) / (len(z) - 1) / 1.128
    reach = 3 * sigma * (centre * (1 - centre) / sizes[3]) ** 0.5
    assert (chart.limits[3].lower, chart.limits[3].upper) == pytest.approx(
        (centre - reach, centre + reach)
    )
    assert chart_of([20] * 24, [100] * 24).kind == "xmr"
    assert p_prime([0] * 24, [100] * 24).signals == ()


@pytest.mark.parametrize(
    ("target", "better", "wanted"),
    [
        (-4, "up", "met"),
        (4, "up", "missed"),
        (0, "up", "hit and miss"),
        (4, "down", "met"),
        (-4, "down", "missed"),
    ],
)
def test_target_verdict(target: float, better: str, wanted: str) -> None:
    assert target_verdict(flat([0.0] * 13)[1], target, better) == wanted  # type: ignore[arg-type]
    assert target_verdict(xmr([1.0] * 12), 1.0, "up") is None


def test_a_planted_shift_is_found_and_flat_series_are_mostly_left_alone() -> None:
    random = np.random.default_rng(11)
    alarms, found = 0, 0
    for _ in range(200):
        counts = random.binomial(400, 0.2, 24)
        alarms += chart_of([int(one) for one in counts], [400] * 24).latest is not None
        moved = np.concatenate([random.binomial(400, 0.2, 17), random.binomial(400, 0.28, 7)])
        found += chart_of([int(one) for one in moved], [400] * 24).latest is not None
    assert alarms <= 16, (
        "rules of 3 sigma, runs of 7 and 2 of 3 cry wolf on the last point of about 1 flat series "
        "in 30"
    )
    assert found >= 180


def test_c_chart() -> None:
    """Montgomery (2009), example 7.3: 516 nonconformities in 26 samples; limits 6.48 and 33.22."""
    counts = [21, 24, 16, 12, 15, 5, 28, 20, 31, 25, 20, 24, 16, 19, 10, 17, 13, 22, 18, 39, 30, 24]
    counts += [16, 19, 17, 15]
    chart = c_chart(counts)
    assert (chart.kind, chart.centre) == ("c", pytest.approx(19.85, abs=0.005))
    assert (chart.limits[0].lower, chart.limits[0].upper) == pytest.approx((6.48, 33.22), abs=0.01)
    outside = [one.start for one in chart.signals if one.rule == "outside"]
    assert outside == [5, 19], "samples 6 and 20"
    assert c_chart(counts[:12]).kind == "run"


def test_days_per_order_have_no_chart_of_their_own() -> None:
    values = [
        Value(
            period=months_after(date(2020, 1, 1), 3 * at),
            numerator=91,
            denominator=5 + at % 3,
            value=91 / (5 + at % 3),
            lower=None,
            upper=None,
            status="final",
        )
        for at in range(15)
    ]
    assert judge(metric_named("days_to_charge"), "quarter", values) is not None
    assert judge(metric_named("days_per_order"), "quarter", values) is None
