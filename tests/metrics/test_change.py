"""A change has its interval and no verdict; crimes of both years are followed equally long; a gap
breaks a series.
"""

from collections.abc import Callable
from datetime import date

import pytest

from charts.time_series import line
from loaders.contracts import LoadReport
from metrics.catalogue import metric_named
from metrics.contracts import Answer, Cut, Metric, Value
from metrics.errors import NotTold
from metrics.figures import Figures
from metrics.measure import measure
from metrics.periods import months_after
from metrics.scorecard import Window, Year, a_year_before, window_of, year_of
from metrics.statistics.change import change
from metrics.statistics.signals import judge
from metrics.wording import changed
from store.snapshot import read
from store.writer import Store

Load = Callable[..., LoadReport]
RATE, COUNT, WINDOW, DAYS, RATIO = (
    metric_named(name)
    for name in (
        "charge_rate_recorded",
        "orders_granted",
        "days_per_order",
        "days_to_charge",
        "orders_per_1000_stalking",
    )
)


def value(
    shown: float | None, numerator: int | None = None, denominator: int | None = None
) -> Value:
    return Value(
        period=None,
        numerator=numerator,
        denominator=denominator,
        value=shown,
        lower=None,
        upper=None,
        status="final",
    )


@pytest.mark.parametrize(
    ("metric", "now", "before", "words"),
    [
        # Newcombe (1998), method 10: his own example, and as statsmodels has it
        (RATE, value(56 / 70, 56, 70), value(48 / 80, 48, 80), "+20.0 pts (+5.2 to +33.4)"),
        (
            RATE,
            value(0.5, 10, 20),
            value(0.45, 9, 20),
            "+5.0 pts (−23.9 to +32.8), not settled",
        ),
        (COUNT, value(200, 200), value(100, 100), "+100.0 % (+57.3 to +154.3)"),
        (COUNT, value(5, 5), value(0, 0), "+5"),
        (WINDOW, value(3.65, 365, 100), value(7.3, 365, 50), "−3.6 days (−4.7 to −2.2)"),
        (RATIO, value(50, 50, 1000), value(25, 25, 1000), "+100.0 % (+23.7 to +223.2)"),
        (DAYS, value(60), value(51), "+9.0 days"),
        (DAYS, value(60), value(None), ""),
    ],
)
def test_a_change_and_its_interval(metric: Metric, now: Value, before: Value, words: str) -> None:
    assert changed(metric, now, before) == words


def test_a_change_without_an_interval_is_not_said_to_be_unsettled() -> None:
    found = change(DAYS, value(60), value(51))
    assert found is not None
    assert found.is_settled
    assert (found.lower, found.upper) == (None, None)


def test_the_same_day_a_year_before() -> None:
    assert a_year_before(date(2026, 8, 31)) == date(2025, 8, 31)
    assert a_year_before(date(2024, 2, 29)) == date(2023, 2, 28)


def figures(store: Store) -> Figures:
    snapshot = read(store)

    def ask(metric: str, cut: Cut) -> Answer:
        return measure(snapshot, metric, cut)

    return Figures(snapshot, ask)


def test_crimes_of_both_years_are_followed_equally_long(store: Store, load_table: Load) -> None:
    """Two of four charged of each year within the same time; a third of the first year long after,
    when the second year's crimes have not been followed so far."""
    head = "crime_reference | recorded_on | offence_code | outcome_code | outcome_on\n"
    rows = []
    for year in (2024, 2025):
        rows += [
            f"{year}A | {year}-01-10 | 8Q | 1  | {year}-02-10",
            f"{year}B | {year}-01-11 | 8Q | 1A | {year}-08-31",
            f"{year}C | {year}-01-12 | 8Q | {'1' if year == 2024 else ''} | "
            f"{'2024-12-24' if year == 2024 else ''}",
            f"{year}D | {year}-01-13 | 8Q | 16 | {year}-02-13",
        ]
    load_table(head + "\n".join(rows), as_at=date(2025, 8, 31))
    window = Window(date(2025, 1, 1), date(2025, 2, 1))
    found = year_of(figures(store), RATE, Cut(), window)
    assert found.now is not None
    assert (found.now.numerator, found.now.denominator) == (2, 4)
    assert found.change is None, "four crimes are too few for a rate"
    before = Cut(from_day=date(2023, 2, 1), to_day=date(2024, 2, 1))
    (known,) = measure(read(store), "charge_rate_recorded", before).values
    (then,) = measure(
        read(store),
        "charge_rate_recorded",
        before.but(known_until=a_year_before(date(2025, 8, 31))),
    ).values
    assert (known.numerator, then.numerator) == (3, 2), (
        "the charge of Christmas came after that day"
    )
    with pytest.raises(NotTold, match="what was known before"):
        measure(
            read(store),
            "charge_rate_recorded",
            Cut(known_until=date(2024, 8, 31), audience="scrutiny"),
        )


def months(count: int, start: date = date(2024, 1, 1)) -> list[Value]:
    return [
        value(0.2 + 0.01 * (at % 3), 20 + at % 3, 100).model_copy(
            update={"period": months_after(start, at)}
        )
        for at in range(count)
    ]


def test_a_month_that_is_missing_breaks_a_run() -> None:
    whole = months(20)
    assert len((judge(RATE, "month", whole) or pytest.fail()).values) == 20
    holed = [*whole[:9], *whole[12:]]
    judged = judge(RATE, "month", holed)
    assert judged is not None
    assert [one.period for one in judged.values] == [one.period for one in whole[12:]]
    assert judged.is_trial


def test_a_month_that_is_not_final_breaks_a_run() -> None:
    whole = months(20)
    whole[9] = whole[9].model_copy(update={"status": "provisional"})
    assert len((judge(RATE, "month", whole) or pytest.fail()).values) == 10


def test_a_line_is_drawn_through_no_missing_month() -> None:
    whole = months(6)
    drawn = line(RATE, "month", "", [*whole[:2], *whole[4:]])
    assert drawn["x"] == ["2024-01-01", "2024-02-01", "2024-03-01", "2024-05-01", "2024-06-01"]
    assert [one is None for one in drawn["y"]] == [False, False, True, False, False]
    assert len(drawn["customdata"]) == 5


@pytest.mark.parametrize(
    ("days", "month"),
    [
        (180, date(2026, 2, 1)),
        (90, date(2026, 5, 1)),
        (0, date(2026, 8, 1)),
        (365, date(2025, 8, 1)),
    ],
)
def test_the_setting_moves_the_span_that_is_judged(days: int, month: date) -> None:
    assert window_of(RATE, date(2026, 8, 31), days).start == month
    assert window_of(metric_named("crimes_recorded"), date(2026, 8, 31), days).start == date(
        2026, 8, 1
    ), "a count of crimes waits for no outcome"


def test_a_change_that_spans_none_is_said_to_be_unsettled_at_the_end() -> None:
    window = Window(date(2025, 9, 1), date(2026, 9, 1))
    found = change(RATE, value(0.5, 10, 20), value(0.45, 9, 20))
    assert Year(window, value(0.5, 10, 20), found).words(RATE) == (
        "50.0 % in 12 months to August 2026, +5.0 pts (−23.9 to +32.8) on the 12 before, not settled"
    )
