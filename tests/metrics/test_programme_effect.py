"""Did it work? Worked by hand, against another program, and on invented programmes whose effect is
known.
"""

from collections.abc import Callable
from datetime import date

import numpy as np
import pytest
import statsmodels.api as sm
from scipy.optimize import minimize

from loaders.contracts import LoadReport
from metrics.periods import months_after
from metrics.statistics import programme_effect
from metrics.statistics.programme_effect import (
    Programme,
    _differences,
    evaluate,
    interrupted,
    orders_ratio,
    programme_of,
)
from store.snapshot import read
from store.writer import Store

Load = Callable[..., LoadReport]
START = date(2025, 1, 1)
MONTHS = [months_after(START, at) for at in range(-24, 12)]
HERE = Programme("Invented", "area", ("Warrington",), START, None, ((START, "Warrington"),))


def steady(
    after: tuple[int, int], rest_after: tuple[int, int]
) -> dict[tuple[str, date], tuple[int, int]]:
    """10 of 100 charged everywhere before; after it, what is given for
    Warrington and for Halton.
    """
    return {
        (area, month): (10, 100)
        if month < START
        else (after if area == "Warrington" else rest_after)
        for month in MONTHS
        for area in ("Warrington", "Halton")
    }


def test_difference_in_differences_by_hand() -> None:
    found = evaluate(HERE, steady((16, 100), (12, 100)))
    assert found
    assert found.effect
    assert found.rest
    assert (found.treated.before, found.treated.after) == ((120, 1200), (192, 1200))
    assert (found.rest.before, found.rest.after) == ((120, 1200), (144, 1200))
    assert found.effect.value == pytest.approx((0.16 - 0.10) - (0.12 - 0.10))
    # by chance alone: 2 x .1 x .9 / 1200 before, (.16 x .84 + .12 x .88) / 1200 after
    assert found.effect.upper - found.effect.value == pytest.approx(
        1.96 * ((2 * 0.09 + 0.1344 + 0.1056) / 1200) ** 0.5
    )
    assert not found.effect.is_none
    assert found.pre_trend
    assert found.pre_trend.value == pytest.approx(0)


def test_the_estimate_is_that_of_a_weighted_regression() -> None:
    random = np.random.default_rng(3)
    counts = {
        (area, month): (int(random.binomial(90, 0.1)), 90)
        for month in MONTHS
        for area in ("Warrington", "Halton", "East")
    }
    found = evaluate(HERE, counts)
    assert found
    assert found.effect
    assert found.pre_trend
    sides = [
        _differences(counts, {"Warrington"}, {"Halton", "East"}, months)
        for months in (found.months_before, found.months_after)
    ]
    steps = [
        (number, step, variance, at)
        for at, side in enumerate(sides)
        for number, step, variance in side
    ]
    fitted = sm.WLS(
        [one[1] for one in steps],
        sm.add_constant([one[3] for one in steps]),
        weights=[1 / one[2] for one in steps],
    ).fit()
    assert found.effect.value == pytest.approx(fitted.params[1])
    assert found.effect.upper - found.effect.value >= 1.959 * fitted.bse[1] / fitted.scale**0.5
    slope = sm.WLS(
        [one[1] for one in sides[0]],
        sm.add_constant([one[0] for one in sides[0]]),
        weights=[1 / one[2] for one in sides[0]],
    )
    assert found.pre_trend.value == pytest.approx(slope.fit().params[1] * 12)


@pytest.mark.parametrize(("effect", "least_covered"), [(0.0, 90), (0.04, 90)])
def test_a_planted_effect_is_covered_and_none_is_found_where_none_was(
    effect: float, least_covered: int
) -> None:
    covered = 0
    for seed in range(100):
        random = np.random.default_rng(seed)
        drift = np.cumsum(
            random.normal(0, 0.004, len(MONTHS))
        )  # all areas move together, as rates do
        counts = {
            (area, month): (
                int(
                    random.binomial(
                        80,
                        0.12
                        + drift[at]
                        + (effect if area == "Warrington" and month >= START else 0),
                    )
                ),
                80,
            )
            for at, month in enumerate(MONTHS)
            for area in ("Warrington", "Halton", "East", "West")
        }
        found = evaluate(HERE, counts)
        assert found
        assert found.effect
        covered += found.effect.lower <= effect <= found.effect.upper
    assert covered >= least_covered


def test_the_rest_is_a_yardstick_only_until_it_begins_too() -> None:
    both = Programme("Invented", "area", ("Warrington",), START, date(2025, 7, 15), ())
    found = evaluate(both, steady((16, 100), (12, 100)))
    assert found
    assert found.months_after == tuple(months_after(START, at) for at in range(6))
    inside = Programme("Invented", "area", ("Warrington",), date(2025, 1, 20), None, ())
    found = evaluate(inside, steady((16, 100), (12, 100)))
    assert found
    assert found.months_after[0] == date(2025, 2, 1)
    assert found.months_before[-1] == date(2024, 12, 1)


def test_too_few_months_say_nothing() -> None:
    young = {
        key: value
        for key, value in steady((16, 100), (12, 100)).items()
        if key[1] < date(2025, 4, 1)
    }
    assert evaluate(HERE, young) is None


def test_a_programme_of_the_whole_force_has_nothing_beside_it() -> None:
    found = evaluate(
        Programme("Invented", "area", (), START, None, ()), steady((16, 100), (12, 100))
    )
    assert found
    assert (found.rest, found.effect, found.placebos) == (None, None, ())
    assert found.treated.after == (336, 2400)


def test_a_misspelt_area_is_not_the_whole_force() -> None:
    assert (
        evaluate(
            Programme("Invented", "area", ("Warington",), START, None, ()),
            steady((16, 100), (12, 100)),
        )
        is None
    )


def test_orders_before_and_after() -> None:
    start = date(2024, 6, 1)
    days = [months_after(start, -6), *[start] * 4, date(2024, 7, 1), date(2026, 1, 1)]
    span, before, after, ratio = orders_ratio(days, start, (date(2020, 1, 20), date(2025, 12, 31)))
    assert (span, before, after) == (365, 1, 5)
    assert ratio
    assert ratio[0] == 5
    assert orders_ratio(days, start, (date(2024, 3, 1), date(2025, 12, 31)))[:3] == (92, 0, 5), (
        "not known is not none"
    )
    assert orders_ratio([], start, (date(2020, 1, 20), date(2025, 12, 31)))[3] is None


def test_the_step_in_orders_is_that_of_a_poisson_regression() -> None:
    random = np.random.default_rng(5)
    start = date(2024, 6, 1)
    months = [months_after(start, at) for at in range(-24, 15)]
    days = [
        month
        for at, month in enumerate(months)
        for _ in range(random.poisson(1.5 * 1.02**at * (1.8 if month >= start else 1)))
    ]
    found = interrupted(days, start, (date(2020, 1, 20), date(2025, 8, 31)))
    assert found
    counts = np.array([days.count(month) for month in months])
    # the likelihood written down and maximised by another library
    design = np.array([[1, at / 12, float(month >= start)] for at, month in enumerate(months)])
    best = minimize(
        lambda fit: np.exp(design @ fit).sum() - counts @ (design @ fit),
        [np.log(np.mean(counts)), 0, 0],
        method="BFGS",
        options={"gtol": 1e-8},
    ).x
    information = design.T @ (design * np.exp(design @ best)[:, None])
    reach = 1.96 * np.sqrt(np.linalg.inv(information)[2, 2])
    assert np.log(found[0]) == pytest.approx(best[2], abs=1e-5)
    assert np.log(found[2] / found[1]) == pytest.approx(2 * reach, rel=1e-3)
    assert interrupted([], start, (date(2020, 1, 20), date(2025, 8, 31))) is None


@pytest.mark.parametrize(("freedom", "point"), [(1, 12.71), (4, 2.776), (30, 2.042), (120, 1.980)])
def test_students_t_is_that_of_the_printed_tables(freedom: int, point: float) -> None:
    assert programme_effect._student(freedom) == pytest.approx(point, abs=0.005)


def test_a_programme_comes_from_its_register(store: Store, load_table: Load) -> None:
    head = "programme | starts_on | phase | area | team | noted_by\n"
    rows = (
        "Early arrest | 2025-01-01 | 1 | Warrington | | HRU\nEarly arrest | 2025-01-01 | 1 | "
        "Halton | | HRU\n"
    )
    report = load_table(
        head
        + rows
        + "Early arrest | 2026-01-01 | 2 | | | HRU\nOther | 2026-01-01 | | Halton | CID | HRU",
        "programmes.csv",
    )
    assert [problem.problem for problem in report.problems] == ["area_and_team"]
    found = programme_of("Early arrest", read(store).rows("programme"))
    assert found
    assert (found.dimension, found.first, found.others_from) == (
        "area",
        ("Halton", "Warrington"),
        date(2026, 1, 1),
    )
    assert found.starts == ((START, "Halton, Warrington"), (date(2026, 1, 1), "the whole force"))
