"""Control charts, ranks, funnels and maturity give the numbers of other people's programs, and find what was planted."""

import json
from datetime import date
from itertools import pairwise

import numpy as np
import pytest
from statsmodels.duration.survfunc import CumIncidenceRight

from metrics.catalogue import metric
from metrics.contracts import Value
from metrics.control import Chart, Limits, chart_of, event_gaps, g_chart, p_prime, signals, target_verdict, xmr
from metrics.maturity import cumulative_incidence, nowcast
from metrics.periods import months_after
from metrics.ranks import arcsine_limits, funnel, places
from metrics.signals import judge
from tests.conftest import SHARED

FILE = SHARED / "reference" / "test_vectors.json"
# NHSRplotthedots, vignette "deviations"; PHEindicatormethods; FunnelPlotR; worked by hand
XMR = [1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]
FOLLOWED = [(10, "charge"), (20, "other"), (30, None), (40, "charge"), (50, "other"), (60, None), (70, "charge"), (80, "other"),
            (90, None), (100, None)]  # fmt: skip


def test_xmr_limits_are_those_of_the_nhs_tools() -> None:
    chart, screened = xmr(XMR), xmr(XMR, screened=True)
    assert chart.centre == pytest.approx(1.944, abs=5e-4)
    assert (chart.limits[0].lower, chart.limits[0].upper) == pytest.approx((-3.063, 6.952), abs=2e-3)
    assert (screened.limits[0].lower, screened.limits[0].upper) == pytest.approx((-0.716, 4.604), abs=2e-3)
    assert [(one.rule, one.start, one.is_high) for one in chart.signals if one.rule == "outside"] == [("outside", 4, True)]


def test_funnel_limits_are_those_of_the_published_packages() -> None:
    exact = funnel([(30, 300)] * 5)
    assert not exact.is_over_dispersed
    assert exact.limits(300, 0.95) == pytest.approx((0.06605, 0.13395), abs=1e-5)
    assert exact.limits(300, 0.998) == pytest.approx((0.04648, 0.15352), abs=1e-5)
    assert arcsine_limits(0.10, 300, 0.95) == pytest.approx((0.06868, 0.13643), abs=1e-5)
    assert arcsine_limits(0.10, 300, 0.998) == pytest.approx((0.05311, 0.15959), abs=1e-5)


def test_forces_that_differ_widen_the_funnel() -> None:
    spread = funnel([(count, 400) for count in (20, 40, 60, 80, 100, 30, 70, 50)])
    assert spread.is_over_dispersed
    low, high = spread.limits(400)
    plain_low, plain_high = arcsine_limits(spread.centre, 400)
    assert low < plain_low < plain_high < high


@pytest.mark.parametrize(("mean", "upper", "centre"), [(39, 157.5, 27.0), (7, 29.4, 4.9)])
def test_g_chart(mean: int, upper: float, centre: float) -> None:
    chart = g_chart([mean] * 4)
    assert chart
    assert (chart.upper, chart.centre) == pytest.approx((upper, centre), abs=0.06)
    assert not chart.is_silent(2 * mean)
    assert chart.is_silent(3 * mean)


def test_orders_of_one_day_are_one_event() -> None:
    days = [date(2025, 1, 1), date(2025, 1, 1), date(2025, 1, 8), date(2025, 1, 11)]
    assert event_gaps(days) == [7, 3]
    assert g_chart([]) is None


def test_the_vectors_of_the_reference_are_these() -> None:
    if not FILE.exists():
        pytest.skip("the reference is not on this machine")
    vectors = json.loads(FILE.read_text())
    assert vectors["xmr"]["data"] == XMR
    assert [[day, kind or "open"] for day, kind in FOLLOWED] == vectors["aalen_johansen"]["data_days_outcome"]


def flat(values: list[float], reach: float = 3.0) -> tuple[list[tuple[str, int, int, bool]], Chart]:
    limits = (Limits(-reach, reach, -2.0, 2.0),) * len(values)
    found = signals(values, 0.0, limits)
    return [(one.rule, one.start, one.end, one.is_high) for one in found], Chart("xmr", 0.0, limits, found)


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
def test_each_rule_at_its_point(values: list[float], wanted: list[tuple[str, int, int, bool]]) -> None:
    assert flat(values)[0] == wanted


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
    return Value.model_validate({"period": period, "numerator": round(rate * 400), "denominator": 400, "value": rate, "lower": None,
                                 "upper": None, "status": status})  # fmt: skip


def test_what_is_not_final_sets_no_limit_and_no_icon() -> None:
    rate = metric("charged_within_90")
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


def test_a_signal_is_said_from_the_rule_that_fired() -> None:
    rate = metric("charged_within_90")
    moved = [value(at, 0.20 + 0.005 * (at % 3)) for at in range(14)] + [value(at, 0.26) for at in range(14, 21)]
    judged = judge(rate, "month", moved)
    assert judged
    assert judged.chart.latest
    assert judged.tone(judged.chart.latest) == "better"
    assert judged.in_words() in ("above its upper limit in the latest month", "above its mean for 7 months")
    shift = judge(
        metric("outcome_16_rate"),
        "month",
        [value(at, 0.35 + 0.03 * (at % 2)) for at in range(14)] + [value(at, 0.345) for at in range(14, 22)],
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
    assert widths[sizes.index(min(sizes))] / widths[sizes.index(max(sizes))] == pytest.approx((max(sizes) / min(sizes)) ** 0.5)
    centre = sum(counts) / sum(sizes)
    z = [(count / size - centre) / (centre * (1 - centre) / size) ** 0.5 for count, size in zip(counts, sizes, strict=True)]
    sigma = sum(abs(b - a) for a, b in pairwise(z)) / (len(z) - 1) / 1.128
    reach = 3 * sigma * (centre * (1 - centre) / sizes[3]) ** 0.5
    assert (chart.limits[3].lower, chart.limits[3].upper) == pytest.approx((centre - reach, centre + reach))
    assert chart_of([20] * 24, [100] * 24).kind == "xmr"
    assert p_prime([0] * 24, [100] * 24).signals == ()


@pytest.mark.parametrize(
    ("target", "better", "wanted"),
    [(-4, "up", "met"), (4, "up", "missed"), (0, "up", "hit and miss"), (4, "down", "met"), (-4, "down", "missed")],
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
    assert alarms <= 16, "rules of 3 sigma, runs of 7 and 2 of 3 cry wolf on the last point of about 1 flat series in 30"
    assert found >= 180


def test_aalen_johansen_is_that_of_the_vectors_and_of_statsmodels() -> None:
    curve = cumulative_incidence([(day, kind, 1) for day, kind in FOLLOWED])
    assert [curve.at(day, "charge") for day in (10, 40, 70)] == pytest.approx([0.1, 0.21429, 0.35714], abs=1e-5)
    random = np.random.default_rng(3)
    days, kinds = random.integers(1, 60, 500), random.integers(0, 4, 500)
    mine = cumulative_incidence([(int(day), str(kind) if kind else None, 1) for day, kind in zip(days, kinds, strict=True)])
    theirs = CumIncidenceRight(days, kinds)
    for kind in (1, 2, 3):
        for day, share in zip(theirs.times, theirs.cinc[kind - 1], strict=True):
            assert mine.at(int(day), str(kind)) == pytest.approx(share, abs=1e-9)
    assert sum(mine.at(59, str(kind)) for kind in (1, 2, 3)) + mine.open_at(59) == pytest.approx(1)


def cohort(random: np.random.Generator, followed: int, size: int = 400, charged: float = 0.3) -> list[tuple[int, str | None, int]]:
    """A cohort with a planted curve: `charged` of it charged in the end, the others closed otherwise."""
    waits = random.gamma(1.5, 60, size).astype(int)
    kinds = np.where(random.random(size) < charged, "Charged", "Another outcome")
    return [(int(wait), str(kind), 1) if wait <= followed else (followed, None, 1) for wait, kind in zip(waits, kinds, strict=True)]


def test_a_nowcast_covers_the_truth_and_says_how_far_it_was_off() -> None:
    random = np.random.default_rng(17)
    covered = 0
    for _ in range(100):
        past = [cumulative_incidence(cohort(random, 400), 400) for _ in range(8)]
        full = cohort(random, 400)
        young = cumulative_incidence([(day, kind, 1) if day <= 40 else (40, None, 1) for day, kind, _ in full], 40)
        found = nowcast(young, past, 180, "Charged")
        assert found
        truth = cumulative_incidence(full, 400).at(180, "Charged")
        covered += found.lower <= truth <= found.upper
        assert 0 < found.past_error < 0.1
    assert 88 <= covered <= 100
    assert nowcast(young, past[:2], 180, "Charged") is None
    assert nowcast(past[0], past, 180, "Charged") is None, "what has been followed so long needs no nowcast"


def test_ranks_are_intervals() -> None:
    counts = {f"F{at}": (at * 10, 100) for at in range(1, 9)} | {"small": (20, 20)}
    found = places(counts)
    assert "small" not in found
    assert (found["F8"].median, found["F8"].ranked) == (1, 8)
    assert found["F8"].chance_first > 0.9
    assert found["F4"].lower <= 5 <= found["F4"].upper
