"""Defects that somebody found by trying, each kept out by a test."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from loaders.contracts import LoadOptions, LoadReport
from loaders.errors import AmbiguousFile, LoadError, UnknownCode
from loaders.load import Source, load
from loaders.load_reports import rows_set_aside, stored_rows
from metrics.contracts import Cut
from metrics.measure import measure
from store.remedies import Remedy
from store.snapshot import read
from store.writer import Store
from tests.store.test_store import outcomes

Load = Callable[..., LoadReport]
HEAD = "crime_reference | recorded_on | offence_code | outcome_code | crime_status\n"


def test_only_a_status_that_says_so_takes_a_crime_out(store: Store, load_table: Load) -> None:
    load_table(
        HEAD
        + "\n".join(
            f"A{at} | 2025-01-01 | 8Q | 1 | {status}"
            for at, status in enumerate(["Open", "Charged", "Closed", "Cancelled"])
        )
    )
    (value,) = measure(read(store), "charge_rate_recorded", Cut()).values
    assert (value.numerator, value.denominator) == (3, 3)


@pytest.mark.parametrize("sent", ["1.5", "-1", "12/03/2024", "14/16", "1 6", "2.1"])
def test_a_number_that_is_no_outcome_is_not_known(
    store: Store, load_table: Load, sent: str
) -> None:
    report = load_table(
        HEAD + f"A1 | 2025-01-01 | 8Q | {sent} |\nA2 | 2025-01-01 | 8Q | 16 |", may_be_unknown=True
    )
    assert [problem.problem for problem in report.problems] == ["unknown_outcome"]
    assert outcomes(store)["A1"] == "unknown"


def test_home_office_figures_in_another_spelling_are_the_same_figures(
    store: Store, load_table: Load
) -> None:
    head = (
        "financial_year | financial_quarter | force_name | offence_code | outcome_type | "
        "recorded_count | closed_count\n"
    )
    load_table(head + "2017/18 | 1 | Cheshire | 8Q | 1 | 5 | 2", "one.csv")
    load_table(head + "2017-18 | Q1 | Cheshire Constabulary | 8q | 01 | 6 | 2", "two.csv")
    (value,) = measure(read(store), "charge_rate_recorded", Cut(source="home_office")).values
    assert value.denominator == 6


@pytest.mark.parametrize("mark", ["\n", "\r\n"])
def test_a_line_break_in_the_first_record(store: Store, tmp_path: Path, mark: str) -> None:
    path = tmp_path / "export.csv"
    path.write_bytes(
        f'crime_reference,recorded_on,offence_code,outcome_code,area{mark}A1,2025-01-01,8Q,16,"Che\nster"{mark}A2,2025-01-01,8Q,16,X{mark}'.encode()
    )
    (report,) = load(store, [Source(path, path.name)], LoadOptions())
    assert report.kept == 2
    assert stored_rows(read(store), 1)[0]["area"] == "Che\nster"


def test_numbers_too_large_for_their_column_are_set_aside(store: Store, load_table: Load) -> None:
    head = "crime_reference | recorded_on | offence_code | outcome_code | victim_age\n"
    report = load_table(head + "A1 | 2025-01-01 | 8Q | 1 | 99999\nA2 | 2025-01-01 | 8Q | 1 | 30")
    assert [problem.problem for problem in report.problems] == ["impossible_age"]
    head = (
        "financial_year | financial_quarter | force_name | offence_code | outcome_type | "
        "recorded_count | closed_count\n"
    )
    rows = (
        "2025 | Cheshire | 8Q | 1 | 5 | 2",
        "1 | Cheshire | 8Q | 1 | 9000000000000000000 | 2",
        "1 | Cheshire | 8Q | 16 | 1 | 2",
    )
    report = load_table(head + "\n".join(f"2017/18 | {row}" for row in rows), "ho.csv")
    assert {problem.problem for problem in report.problems} == {"no_quarter", "unreadable_count"}


def test_a_file_without_a_day_is_asked_for_one(store: Store, load_table: Load) -> None:
    table = "case_reference | defendant_id | charged_on | finalised_on | result\nC1 | D1 | | | open"
    with pytest.raises(AmbiguousFile, match="holds a day") as asked:
        load_table(table)
    assert asked.value.remedy == Remedy("as_at")
    assert load_table(table, as_at=date(2025, 1, 1)).kept == 1
    with pytest.raises(LoadError, match="still to come"):
        load_table(table, "later.csv", as_at=date(2999, 1, 1))


def test_the_order_of_days_does_not_hang_on_the_number_of_rows(
    store: Store, load_table: Load
) -> None:
    head = "crime_reference | recorded_on | offence_code | outcome_code\n"
    odd = "\nB0 | 03/05/2025 | 8Q | 1\nB9 | 05/20/2025 | 8Q |"
    report = load_table(head + "\n".join(f"A{at} | 2025-01-01 | 8Q |" for at in range(2500)) + odd)
    assert report.date_order == "mdy"
    assert report.set_aside == 0


def test_a_label_can_be_given_another_code_and_never_a_code_that_is_none(
    store: Store, load_table: Load
) -> None:
    table = HEAD + "A1 | 2025-01-01 | 8Q | Charged |"
    with pytest.raises(UnknownCode, match="no outcome and no offence '98Z'"):
        load_table(table, code_map={"Charged": "98Z"})
    load_table(table, code_map={"Charged": "1A"})
    assert stored_rows(read(store), 1)[0]["outcome_code"] == "1A"


def test_doubles_name_the_field_of_their_own_format(store: Store, load_table: Load) -> None:
    load_table("""
        application_reference | subject_id | decision | decided_on
        O1                    | S1         | granted  | 2025-01-01
        O1                    | S1         | refused  | 2025-01-01
        O2                    | S2         | refused  | 2025-01-02
    """)
    aside = rows_set_aside(read(store), 1)
    assert [(row["line"], row["field"], row["sent"]) for row in aside] == [
        ("2", "application_reference", "O1"),
        ("3", "application_reference", "O1"),
    ]


def test_an_area_keeps_the_spelling_the_store_knows(store: Store, load_table: Load) -> None:
    head = "crime_reference | recorded_on | offence_code | outcome_code | area\n"
    load_table(head + "A1 | 2025-01-01 | 8Q | 1 | Chester", "one.csv")
    load_table(head + "A2 | 2025-01-01 | 8Q | 1 | CHESTER", "two.csv")
    values = measure(read(store), "charge_rate_recorded", Cut(by=("area",))).values
    assert [(value.by["area"], value.denominator) for value in values] == [("Chester", 2)]
