"""A series is judged from when its slow cases are in it: replayed with 13 to 24 months of data,
nothing that has not moved gets a verdict.
"""

from collections.abc import Callable
from datetime import date, timedelta

import numpy as np
import pytest

from loaders.contracts import LoadReport
from metrics.catalogue import metric_named
from metrics.contracts import Cut
from metrics.measure import measure
from metrics.periods import months_after
from metrics.series_start import carries_from, start_words
from metrics.statistics.signals import judge
from store.snapshot import Snapshot, read
from store.writer import Store

Load = Callable[..., LoadReport]
FIRST = date(2023, 1, 1)
HEAD = "crime_reference | recorded_on | offence_code | outcome_code | outcome_on\n"
EACH = 6  # crimes a day


def stable(store: Store, load_table: Load, months: int, seed: int = 4) -> Snapshot:
    """An extract of a process that never moves: as many crimes a day, the same waits."""
    random = np.random.default_rng(seed)
    last = months_after(FIRST, months) - timedelta(days=1)
    rows = []
    for at in range((last - FIRST).days + 1):
        for one in range(EACH):
            day = FIRST + timedelta(days=at)
            end = day + timedelta(days=int(random.gamma(1.6, 60)))
            code = str(random.choice(["1", "15", "16", "18"], p=[0.15, 0.3, 0.4, 0.15]))
            is_open = end > last
            rows.append(
                f"N{at}x{one} | {day} | 8Q | {'' if is_open else code} | {'' if is_open else end}"
            )
    load_table(HEAD + "\n".join(rows), as_at=last, is_full=True)
    return read(store)


@pytest.mark.parametrize("months", [13, 16, 20, 24])
def test_nothing_that_has_not_moved_gets_a_verdict(
    store: Store, load_table: Load, months: int
) -> None:
    snapshot = stable(store, load_table, months)
    metric = metric_named("days_to_outcome")
    values = measure(snapshot, "days_to_outcome", Cut(grain="month")).values
    medians = [value.value or 0 for value in values]
    assert medians[0] < medians[1] < medians[3] < medians[8], "the first months hold quick cases"
    start = carries_from(snapshot, metric)
    assert start is not None
    assert date(2023, 6, 1) < start < date(2023, 9, 1), "nine in ten waits are up to 190 days"
    judged = judge(metric, "month", values, start=carries_from(snapshot, metric))
    assert judged is not None
    assert min(value.period or FIRST for value in judged.values) >= start
    assert judged.is_trial or judged.chart.latest is None
    if months == 24:
        assert judge(metric, "month", values).chart.signals, "which it would have had without"  # type: ignore[union-attr]


def test_an_export_too_young_to_tell_is_judged_of_nothing(store: Store, load_table: Load) -> None:
    snapshot = stable(store, load_table, 3)
    metric = metric_named("charge_rate_closed")
    assert carries_from(snapshot, metric) == date.max
    values = measure(snapshot, "charge_rate_closed", Cut(grain="month")).values
    assert judge(metric, "month", values, start=carries_from(snapshot, metric)) is None
    assert start_words(snapshot, metric).startswith("not judged yet")


def test_what_waits_for_no_outcome_is_judged_from_its_first_day(
    store: Store, load_table: Load
) -> None:
    snapshot = stable(store, load_table, 3)
    for name in ("crimes_recorded", "charge_rate_recorded", "charged_within_30"):
        assert carries_from(snapshot, metric_named(name)) is None
    assert start_words(snapshot, metric_named("crimes_recorded")) == ""


def test_an_extract_of_outcomes_whose_crimes_are_older_is_whole_from_its_start(
    store: Store, load_table: Load
) -> None:
    rows = [
        f"N{at} | {FIRST - timedelta(days=400 - at % 390)} | 8Q | 16 | {FIRST + timedelta(days=at)}"
        for at in range(300)
    ]
    load_table(HEAD + "\n".join(rows), as_at=date(2023, 12, 31))
    start = carries_from(read(store), metric_named("charge_rate_closed"))
    assert start is not None
    assert start < date(2023, 10, 1)


def test_few_cases_are_not_asked(store: Store, load_table: Load) -> None:
    load_table(HEAD + "N1 | 2025-01-06 | 8Q | 16 | 2025-02-03")
    assert carries_from(read(store), metric_named("charge_rate_closed")) is None
