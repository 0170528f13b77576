"""What a scrutiny officer is answered, on series small enough to count."""

from datetime import date

from metrics.catalogue import metric_named
from metrics.contracts import Value
from metrics.periods import months_after
from metrics.scrutiny_answers import getting_better, how_sure

RATE, COUNT = metric_named("charge_rate_closed"), metric_named("crimes_recorded")


def months(tops: list[int | None], out_of: int | None = 100) -> list[Value]:
    """Months from January 2024; None is a hidden one."""
    return [
        Value.model_validate(
            {
                "period": months_after(date(2024, 1, 1), at),
                "numerator": top,
                "denominator": out_of if top is not None else None,
                "value": None if top is None else top / out_of if out_of else float(top),
                "lower": None,
                "upper": None,
                "status": "suppressed" if top is None else "final",
            }
        )
        for at, top in enumerate(tops)
    ]


def test_a_year_is_added_up_from_the_months_told() -> None:
    """12 x 20 of 1,200 after 12 x 15 of 1,200: 20 % after 15 %, five points more."""
    said = how_sure(RATE, {"month": months([15] * 12 + [20] * 12)})
    assert said.replace("\u202f", " ").startswith(
        "20.0 % (17.8–22.4) in 12 months to December 2025, +5.0 pts ("
    )
    assert "not settled" not in said


def test_a_hidden_month_leaves_no_year() -> None:
    assert how_sure(RATE, {"month": months([15] * 20 + [None] + [20] * 3)}) == (
        "Twelve months in a row are not shown, by months or by quarters."
    )
    said = how_sure(RATE, {"month": months([15] * 11 + [None] + [20] * 12)})
    assert said.endswith("in 12 months to December 2025; the twelve before are not all shown.")


def test_cohorts_followed_for_less_long_are_not_compared() -> None:
    said = how_sure(metric_named("charge_rate_recorded"), {"month": months([15] * 24)})
    assert said.startswith("A year is not compared with the year before")


def test_the_chart_alone_says_whether_it_is_better() -> None:
    steady = [15, 16] * 12
    assert getting_better(RATE, months([*steady])) == (
        "No change that chance does not explain: within its usual range."
    )
    up = getting_better(RATE, months([*steady, *[17, 18] * 4]))
    assert up.startswith("Yes: above its mean for 8 months")
    more = getting_better(COUNT, months([*[x * 20 for x in steady], *[400] * 8], None))
    assert more.startswith("It has moved; neither way is better by itself: ")
    assert getting_better(RATE, months([15] * 5)) == (
        "Cannot be judged: 5 months in a row are too few for control limits."
    )
    assert getting_better(RATE, months([None] * 5)).startswith("Cannot be judged")


def test_quarters_say_it_where_a_month_is_hidden() -> None:
    """Four quarters of 60 after four of 45, of 300 each: the same 20 % after 15 %."""
    quarters = [
        one.model_copy(update={"period": months_after(date(2024, 1, 1), 3 * at)})
        for at, one in enumerate(months([45] * 4 + [60] * 4, 300))
    ]
    hidden = months([15] * 20 + [None] + [20] * 3)
    said = how_sure(RATE, {"month": hidden, "quarter": quarters})
    assert said == how_sure(RATE, {"month": months([15] * 12 + [20] * 12)})
