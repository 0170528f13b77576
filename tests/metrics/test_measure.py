"""Every metric gives the figure of its worked example; cuts, statuses and refusals are as
METRICS.md says.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from loaders.contracts import LoadReport
from metrics.catalogue import metrics
from metrics.contracts import PER, Cut, Value
from metrics.errors import BadQuestion, NotTold, UnknownValue
from metrics.measure import measure
from store.snapshot import read
from store.writer import Store

Load = Callable[..., LoadReport]
CRIMES = """
    crime_reference | recorded_on | offence_code | outcome_code | outcome_on | area       | victim_sex | domestic_abuse
    N1              | 2025-01-06  | 8Q           | 1            | 2025-02-03 | Warrington | F          | Y
    N2              | 2025-01-09  | 195/12       | 16           | 2025-02-20 | Halton     | F          | N
    N3              | 2025-02-20  | 8N           | 15           | 2025-03-05 | Halton     | M          | Y
    N4              | 2025-02-25  | 8N           | 1A           | 2025-03-09 | Halton     | F          | Y
    N5              | 2025-03-30  | 8N           |              |            | Halton     |            | N
"""


def values(store: Store, name: str, **cut: Any) -> tuple[Value, ...]:
    return measure(read(store), name, Cut.model_validate(cut)).values


def counts(store: Store, name: str, **cut: Any) -> list[tuple[int | None, int | None]]:
    return [(value.numerator, value.denominator) for value in values(store, name, **cut)]


@pytest.mark.parametrize("entry", metrics(), ids=lambda entry: entry.id)
def test_worked_example(entry: Any, store: Store, load_table: Load) -> None:
    example = entry.example
    load_table(example.rows, format=example.format)
    if example.also_rows:
        load_table(example.also_rows, "also.csv", format=example.also_format)
    (value,) = values(store, entry.id, from_day=example.from_day, to_day=example.to_day)
    assert (value.numerator, value.denominator) == (
        example.numerator if entry.shape != "count" else example.numerator,
        example.denominator,
    )
    shown = (
        value.value
        if value.status != "too_few"
        else (value.numerator or 0) / (value.denominator or 1) * PER.get(entry.unit, 1)
    )
    assert shown == pytest.approx(example.value, abs=1e-4)


def test_dimensions_and_filters(store: Store, load_table: Load) -> None:
    load_table(CRIMES)
    by_area = values(store, "charge_rate_recorded", by=("area",))
    assert {value.by["area"]: (value.numerator, value.denominator) for value in by_area} == {
        "Halton": (1, 4),
        "Warrington": (1, 1),
    }
    assert counts(store, "charge_rate_recorded", where={"offence_code": ("8Q",)}) == [(1, 2)], (
        "a class matches its subcodes"
    )
    assert counts(store, "charge_rate_recorded", where={"offence_code": ("195/12",)}) == [(0, 1)]
    assert counts(
        store, "charge_rate_recorded", where={"area": ("HALTON ",), "domestic_abuse": ("yes",)}
    ) == [(1, 2)]
    assert counts(store, "charge_rate_recorded", where={"area": ("Halton", "Warrington")}) == [
        (2, 5)
    ], "one dimension twice is OR"


def test_vawg_scope_counts_female_and_unknown_victims(store: Store, load_table: Load) -> None:
    load_table(CRIMES)
    # N1, N2 stalking whoever the victim; N4 violence with a domestic abuse flag; not N3 (a man) nor
    # N5 (no flag)
    assert counts(store, "charge_rate_recorded", where={"vawg": ("yes",)}) == [(2, 3)]
    groups = {
        value.by["vawg_group"]: value.denominator
        for value in values(store, "charge_rate_recorded", by=("vawg_group",))
    }
    assert groups == {"stalking": 2, "domestic abuse violence": 1, None: 2}


def test_days_decide_on_which_basis_a_crime_counts(store: Store, load_table: Load) -> None:
    load_table(CRIMES)
    recorded = values(store, "charge_rate_recorded", grain="month")
    assert [(value.period, value.denominator) for value in recorded] == [
        (date(2025, 1, 1), 2),
        (date(2025, 2, 1), 2),
        (date(2025, 3, 1), 1),
    ]
    closed = values(store, "charge_rate_closed", grain="month")
    assert [(value.period, value.denominator) for value in closed] == [
        (date(2025, 2, 1), 2),
        (date(2025, 3, 1), 2),
    ]
    assert counts(
        store, "charge_rate_closed", from_day=date(2025, 2, 20), to_day=date(2025, 3, 9)
    ) == [(0, 2)], "--to is exclusive"


def test_cancelled_crimes_and_labels_that_say_so_count_nowhere(
    store: Store, load_table: Load
) -> None:
    load_table("""
        crime_reference | recorded_on | offence_code | outcome_code                    | outcome_on | crime_status
        N1              | 2025-01-06  | 8Q           | 1                               | 2025-02-03 |
        N2              | 2025-01-06  | 8Q           | 16                              | 2025-02-03 | Cancelled
        N3              | 2025-01-06  | 8Q           | Transferred to another force    |            |
        N4              | 2025-01-06  | 8Q           | 20                              | 2025-02-03 |
    """)
    assert counts(store, "charge_rate_recorded") == [(1, 2)], (
        "outcome 20 is an outcome like any other"
    )


def test_outcome_without_a_day_counts_as_recorded_only(store: Store, load_table: Load) -> None:
    load_table("""
        crime_reference | recorded_on | offence_code | outcome_code | outcome_on
        N1              | 2025-01-06  | 8Q           | 1            |
        N2              | 2025-01-06  | 8Q           | 16           | 2025-02-03
    """)
    assert counts(store, "charge_rate_recorded") == [(1, 2)]
    assert counts(store, "charge_rate_closed") == [(0, 1)]


def test_statuses(store: Store, load_table: Load) -> None:
    rows = "\n".join(
        f"N{at} | 2024-0{1 + at % 6}-10 | 8Q | {'1' if at % 3 else '16'} | 2025-03-31"
        for at in range(72)
    )
    load_table(
        f"crime_reference | recorded_on | offence_code | outcome_code | outcome_on\n{rows}\nM1 | "
        "2025-03-31 | 8Q | 1 | 2025-03-31"
    )
    by_month = {
        value.period: value for value in values(store, "charge_rate_recorded", grain="month")
    }
    assert by_month[date(2024, 1, 1)].status == "final"
    assert by_month[date(2025, 3, 1)].status == "too_few"
    assert by_month[date(2025, 3, 1)].value is None
    assert (by_month[date(2025, 3, 1)].numerator, by_month[date(2025, 3, 1)].denominator) == (1, 1)
    (year,) = [
        value
        for value in values(store, "charge_rate_recorded", grain="year")
        if value.period == date(2024, 4, 1)
    ]
    assert year.status == "provisional", "180 days have not passed since the year's end"
    (closed,) = values(store, "charge_rate_closed", grain="month")
    assert closed.status == "final", "the month is over on its last day"


def test_a_source_that_cannot_say_is_not_supplied(store: Store, load_table: Load) -> None:
    load_table(CRIMES)
    for name, cut in (
        ("days_to_charge", {"source": "home_office"}),
        ("charge_rate_recorded", {"source": "home_office", "grain": "month"}),
        ("charge_rate_recorded", {"source": "home_office", "by": ("area",)}),
    ):
        (value,) = values(store, name, **cut)
        assert (value.status, value.value, value.numerator) == ("not_supplied", None, None)


def test_bad_questions_are_told_apart_from_unknown_values(store: Store, load_table: Load) -> None:
    load_table(CRIMES)
    with pytest.raises(BadQuestion, match="Did you mean charge_rate_closed"):
        values(store, "charge_rate_close")
    with pytest.raises(BadQuestion, match="no dimension 'colour'"):
        values(store, "charge_rate_closed", by=("colour",))
    with pytest.raises(UnknownValue, match="The nearest is 'Warrington'"):
        values(store, "charge_rate_closed", where={"area": ("Warington",)})
    with pytest.raises(NotTold, match="a week is too small"):
        values(store, "charge_rate_closed", audience="scrutiny", grain="week")


ORDERS = """
    application_reference | subject_id | order_kind | applied_on | decision | decided_on
    A1                    | S1         | interim    | 2021-01-02 | granted  | 2021-01-28
    A2                    | S1         | full       | 2021-01-02 | granted  | 2021-02-10
    A3                    | S2         | full       | 2021-01-10 | granted  | 2021-02-10
    A4                    | S3         | full       | 2021-01-10 | granted  | 2021-04-11
"""


def test_a_subject_counts_once_in_each_window(store: Store, load_table: Load) -> None:
    load_table(ORDERS)
    assert values(store, "orders_granted")[0].value == 3
    months = {value.period: value.value for value in values(store, "orders_granted", grain="month")}
    assert months == {
        date(2021, 1, 1): 1,
        date(2021, 2, 1): 2,
        date(2021, 3, 1): 0,
        date(2021, 4, 1): 1,
    }, "months need not add up"
    kinds = {
        value.by["order_kind"]: value.value
        for value in values(store, "orders_granted", by=("order_kind",))
    }
    assert kinds == {"interim": 1, "full": 3}, "once under each kind, so they need not add up"
    for kind, count in kinds.items():
        (alone,) = values(store, "orders_granted", where={"order_kind": (kind or "",)})
        assert alone.value == count, "a filter tells what the breakdown tells"
    gaps = values(store, "days_between_orders")[0]
    assert (gaps.value, gaps.denominator) == (36.5, 2), "13 and 60 days; grants on one day merge"


def test_a_subject_counts_where_the_first_order_was(store: Store, load_table: Load) -> None:
    load_table(
        """
        application_reference | subject_id | order_kind | decision | decided_on | area
        A1                    | S1         | interim    | granted  | 2021-01-28 | Halton
        A2                    | S1         | full       | granted  | 2021-02-10 | Warrington
        A3                    | S2         | full       | granted  | 2021-02-11 | Warrington
        """
    )
    areas = {
        value.by["area"]: value.value for value in values(store, "orders_granted", by=("area",))
    }
    assert areas == {"Halton": 1, "Warrington": 1}, "and adds up to two people"
    for area in areas:
        (alone,) = values(store, "orders_granted", where={"area": (area or "",)})
        assert alone.value == 1, "a filter tells what the breakdown tells"
    full = {"order_kind": ("full",), "area": ("Warrington",)}
    assert values(store, "orders_granted", where=full)[0].value == 2, (
        "whose first full order it was"
    )


@pytest.mark.parametrize("is_turned", [False, True])
def test_a_person_met_twice_on_one_day_counts_in_one_place_whatever_the_order_of_rows(
    store: Store, load_table: Load, is_turned: bool
) -> None:
    rows = [
        f"{place[0]}{at}{day} | 2025-{day} | 8Q | 16 | 2025-03-09 | F | V{at} | {place}"
        for at in range(40)
        for day, place in (("02-03", "Halton"), ("03-03", "Warrington"), ("03-03", "Halton"))
    ]
    head = "crime_reference | recorded_on | offence_code | outcome_code | outcome_on | victim_sex"
    load_table(
        f"{head} | victim_id | area\n" + "\n".join(reversed(rows) if is_turned else rows),
    )
    march = Cut(from_day=date(2025, 3, 1), to_day=date(2025, 4, 1))
    answer = measure(read(store), "repeat_victim_rate", march.but(by=("area",)))
    # both crimes of March are of a repeat victim: the place that comes first by its name has it
    assert [(value.by["area"], value.numerator) for value in answer.values] == [("Halton", 40)]
    for area, count in (("Halton", 40), ("Warrington", 0)):
        values = measure(
            read(store), "repeat_victim_rate", march.but(where={"area": (area,)})
        ).values
        assert (values[0].numerator if values else 0) in (count, None)


def test_one_every_39_days(store: Store, load_table: Load) -> None:
    rows = "\n".join(
        f"A{at} | S{at} | full | 2020-02-01 | granted | 2020-{2 + at % 10:02d}-15"
        for at in range(13)
    )
    load_table(
        "application_reference | subject_id | order_kind | applied_on | decision | "
        f"decided_on\n{rows}"
    )
    (value,) = values(store, "days_per_order", from_day=date(2020, 1, 20), to_day=date(2021, 6, 15))
    assert (value.numerator, value.denominator) == (512, 13)
    assert value.value == pytest.approx(39.38, abs=0.01)


def test_charged_within_counts_cohorts_that_have_been_followed(
    store: Store, load_table: Load
) -> None:
    rows = [
        "A1 | 2025-01-06 | 8Q | 1 | 2025-01-20",
        "A2 | 2025-01-31 | 8Q | | ",
        "B1 | 2025-02-05 | 8Q | 1 | 2025-02-07",
        "C1 | 2025-03-30 | 8Q | | ",
    ]
    load_table(
        "crime_reference | recorded_on | offence_code | outcome_code | outcome_on\n"
        + "\n".join(rows)
    )
    # the data stands at 30 March: January has been followed 30 days to its last day, February too,
    # March not
    assert counts(store, "charged_within_30") == [(2, 3)]
    assert counts(store, "charged_within_30", grain="year") == [(2, 3)]
    monthly = values(store, "charged_within_30", grain="month")
    assert [(value.numerator, value.denominator) for value in monthly] == [(1, 2), (1, 1), (0, 1)]
    (quarter,) = values(store, "charged_within_90", grain="quarter")
    assert (quarter.denominator, quarter.numerator) == (4, 2), (
        "where no cohort is mature, what there is"
    )


def test_an_immature_month_is_provisional(store: Store, load_table: Load) -> None:
    rows = [
        f"{month}{at} | 2025-{month:02d}-05 | 8Q | | " for month in (1, 2, 3) for at in range(12)
    ] + ["X | 2025-03-31 | 8Q | | "]
    load_table(
        "crime_reference | recorded_on | offence_code | outcome_code | outcome_on\n"
        + "\n".join(rows)
    )
    assert [value.status for value in values(store, "charged_within_30", grain="month")] == [
        "final",
        "final",
        "provisional",
    ]
    assert [value.status for value in values(store, "charged_within_90", grain="month")] == [
        "provisional"
    ] * 3
    assert values(store, "charged_within_30", grain="quarter")[0].status == "provisional", (
        "a month of it is left out"
    )


def test_no_rate_of_less_than_none_or_more_than_all(store: Store, load_table: Load) -> None:
    """Corrections leave a quarter with charges taken back, and one with more charged than all."""
    head = (
        "Financial Year | Financial Quarter | Force Name | Offence Description | Offence Code | "
        "Offence Subcode | Outcome Description | Outcome Type | Force outcomes for offences "
        "recorded in quarter | Force outcomes recorded in quarter\n"
    )
    rows = [
        f"2025/26 | {quarter} | Cheshire | Stalking | 8Q | 8/65 | {words} | {code} | {count} | "
        f"{count}"
        for quarter, counts in (("Q1", (-2, 60)), ("Q2", (60, -5)), ("Q3", (15, 45)))
        for (words, code), count in zip(
            (("Charged", "1"), ("Evidential difficulties", "15")), counts, strict=True
        )
    ]
    load_table(head + "\n".join(rows), "outcomes.csv")
    found = values(store, "charge_rate_closed", source="home_office", grain="quarter")
    assert [(one.numerator, one.denominator, one.value, one.lower) for one in found[:2]] == [
        (-2, 58, None, None),
        (60, 55, None, None),
    ], "the counts stand, for they were sent"
    assert found[2].value == 0.25
    assert found[2].lower == pytest.approx(0.1583, abs=0.001)
