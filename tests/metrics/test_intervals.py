"""The statistics match numbers from outside: the shared vectors, and statsmodels."""

import json

import pytest
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from metrics.statistics.intervals import byar, difference, rate_ratio, wilson
from tests.conftest import shared


def test_wilson_vectors() -> None:
    for key, expected in json.loads(shared("reference", "test_vectors.json").read_text())[
        "wilson_95"
    ].items():
        numerator, denominator = map(int, key.split("/"))
        assert wilson(numerator, denominator) == pytest.approx(expected, abs=6e-5)


@pytest.mark.parametrize(
    ("numerator", "denominator"), [(0, 7), (3, 9), (40, 144), (29, 119), (1911, 10258)]
)
def test_wilson_is_that_of_statsmodels(numerator: int, denominator: int) -> None:
    assert wilson(numerator, denominator) == pytest.approx(
        proportion_confint(numerator, denominator, method="wilson"), abs=1e-12
    )


def test_byar_vectors() -> None:
    for key, expected in json.loads(shared("reference", "test_vectors.json").read_text())[
        "byar_95"
    ].items():
        assert byar(int(key)) == pytest.approx(expected, abs=0.006)


def test_no_interval_where_there_is_none() -> None:
    assert wilson(0, 0) is None
    assert wilson(-1, 5) is None
    assert wilson(6, 5) is None, "corrections have made the counts impossible"
    assert byar(-1) is None
    assert byar(0)[0] == 0.0  # type: ignore[index]


def test_rate_ratio_vector() -> None:
    wanted = json.loads(shared("reference", "test_vectors.json").read_text())[
        "spo_rate_ratio_52_per_365_vs_13_per_512"
    ]
    ratio, low, high = rate_ratio(52, 365, 13, 512)  # type: ignore[misc]
    assert ratio == pytest.approx(wanted["rr"], abs=0.005)
    assert (low, high) == pytest.approx(wanted["ci95"], abs=0.005)


@pytest.mark.parametrize(("now", "before"), [((40, 144), (25, 150)), ((98, 1014), (130, 1010))])
def test_difference_is_that_of_statsmodels(now: tuple[int, int], before: tuple[int, int]) -> None:
    wanted = confint_proportions_2indep(*now, *before, method="newcomb", compare="diff")
    assert difference(now, before) == pytest.approx(wanted, abs=1e-9)
