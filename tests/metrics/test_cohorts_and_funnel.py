"""Maturity, ranks and funnels give the numbers of other people's programs, and find what was
planted.
"""

import json

import numpy as np
import pytest
from statsmodels.duration.survfunc import CumIncidenceRight

from metrics.statistics.cohorts import cumulative_incidence, nowcast
from metrics.statistics.funnel import arcsine_limits, funnel, places
from tests.conftest import SHARED
from tests.metrics.test_control_charts import XMR

FILE = SHARED / "reference" / "test_vectors.json"
# worked by hand in the reference
FOLLOWED = [
    (10, "charge"),
    (20, "other"),
    (30, None),
    (40, "charge"),
    (50, "other"),
    (60, None),
    (70, "charge"),
    (80, "other"),
    (90, None),
    (100, None),
]


def test_the_vectors_of_the_reference_are_these() -> None:
    if not FILE.exists():
        pytest.skip("the reference is not on this machine")
    vectors = json.loads(FILE.read_text())
    assert vectors["xmr"]["data"] == XMR
    assert [[day, kind or "open"] for day, kind in FOLLOWED] == vectors["aalen_johansen"][
        "data_days_outcome"
    ]


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


def test_aalen_johansen_is_that_of_the_vectors_and_of_statsmodels() -> None:
    curve = cumulative_incidence([(day, kind, 1) for day, kind in FOLLOWED])
    assert [curve.at(day, "charge") for day in (10, 40, 70)] == pytest.approx(
        [0.1, 0.21429, 0.35714], abs=1e-5
    )
    random = np.random.default_rng(3)
    days, kinds = random.integers(1, 60, 500), random.integers(0, 4, 500)
    mine = cumulative_incidence(
        [(int(day), str(kind) if kind else None, 1) for day, kind in zip(days, kinds, strict=True)]
    )
    theirs = CumIncidenceRight(days, kinds)
    for kind in (1, 2, 3):
        for day, share in zip(theirs.times, theirs.cinc[kind - 1], strict=True):
            assert mine.at(int(day), str(kind)) == pytest.approx(share, abs=1e-9)
    assert sum(mine.at(59, str(kind)) for kind in (1, 2, 3)) + mine.open_at(59) == pytest.approx(1)


def cohort(
    random: np.random.Generator, followed: int, size: int = 400, charged: float = 0.3
) -> list[tuple[int, str | None, int]]:
    """A cohort with a planted curve: `charged` of it charged in the end, the others closed
    otherwise.
    """
    waits = random.gamma(1.5, 60, size).astype(int)
    kinds = np.where(random.random(size) < charged, "Charged", "Another outcome")
    return [
        (int(wait), str(kind), 1) if wait <= followed else (followed, None, 1)
        for wait, kind in zip(waits, kinds, strict=True)
    ]


def test_a_nowcast_covers_the_truth_and_says_how_far_it_was_off() -> None:
    random = np.random.default_rng(17)
    covered = 0
    for _ in range(100):
        past = [cumulative_incidence(cohort(random, 400), 400) for _ in range(8)]
        full = cohort(random, 400)
        young = cumulative_incidence(
            [(day, kind, 1) if day <= 40 else (40, None, 1) for day, kind, _ in full], 40
        )
        found = nowcast(young, past, 180, "Charged")
        assert found
        truth = cumulative_incidence(full, 400).at(180, "Charged")
        covered += found.lower <= truth <= found.upper
        assert 0 < found.past_error < 0.1
    assert 88 <= covered <= 100
    assert nowcast(young, past[:2], 180, "Charged") is None
    assert nowcast(past[0], past, 180, "Charged") is None, (
        "what has been followed so long needs no nowcast"
    )


def test_ranks_are_intervals() -> None:
    counts = {f"F{at}": (at * 10, 100) for at in range(1, 9)} | {"small": (20, 20)}
    found = places(counts)
    assert "small" not in found
    assert (found["F8"].median, found["F8"].ranked) == (1, 8)
    assert found["F8"].chance_first > 0.9
    assert found["F4"].lower <= 5 <= found["F4"].upper
