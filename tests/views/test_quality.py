"""Data quality: each check finds the row that is wrong and no other; gaps, jumps, unknown labels,
completeness.
"""

from collections.abc import Callable

import pytest

import sql
from loaders.contracts import LoadReport
from store.snapshot import read
from store.writer import Store

Load = Callable[..., LoadReport]
CRIMES = """crime_reference | recorded_on | offence_code | outcome_code | outcome_on | victim_sex | area
GOOD | 2025-01-06 | 19C | 1 | 2025-02-03 | F | North
OPEN | 2025-01-07 | 8Q | | | F | North
{bad}"""
ORDERS = """application_reference | subject_id | order_kind | decision | applied_on | decided_on | expires_on
O1 | S1 | full | granted | 2025-01-06 | 2025-02-03 | 2027-02-03
O2 | S2 | interim | granted | 2025-01-06 | 2025-02-03 | 2025-03-03
O3 | S3 | full | granted | 2025-01-06 | 2025-02-03 | 2026-02-03"""
COURT = """case_reference | crime_reference | defendant_id | charged_on | finalised_on | result
C1 | GOOD | D1 | 2025-02-03 | 2025-03-03 | guilty plea
C2 | {crime} | D2 | 2025-02-03 | 2025-03-03 | guilty plea
C3 | | D3 | 2025-02-03 | 2025-03-03 | acquitted"""
BAD_CRIMES = {
    "charged_without_a_day": "BAD | 2025-01-08 | 8Q | 1 | | F | North",
    "outcome_without_a_day": "BAD | 2025-01-08 | 8Q | 16 | | F | North",
    "male_victim_of_a_class_for_females": "BAD | 2025-01-08 | 19C | 16 | 2025-02-03 | M | North",
    "outcome_day_without_an_outcome": "BAD | 2025-01-08 | 8Q | | 2025-02-03 | F | North",
    "no_area": "BAD | 2025-01-08 | 8Q | 16 | 2025-02-03 | F | ",
    "open_for_two_years": "BAD | 2022-01-08 | 8Q | | | F | North",
}
COURT_CHECKS = {"case_of_an_unknown_crime": "LOST", "case_of_a_crime_not_charged": "OPEN"}


@pytest.mark.parametrize("name", sql.names("checks"))
def test_a_check_finds_what_is_wrong_and_nothing_else(
    name: str, store: Store, load_table: Load
) -> None:
    load_table(
        CRIMES.format(
            bad=BAD_CRIMES.get(name, "FINE | 2025-01-08 | 8Q | 16 | 2025-02-03 | M | North")
        ),
        "crimes.csv",
    )
    load_table(ORDERS, "orders.csv")
    load_table(COURT.format(crime=COURT_CHECKS.get(name, "GOOD")), "court.csv")
    found = {
        check: [next(iter(row.values())) for row in read(store).rows(f"checks/{check}")]
        for check in sql.names("checks")
    }
    wanted = (
        "O3" if name == "order_shorter_than_two_years" else "C2" if name in COURT_CHECKS else "BAD"
    )
    assert found[name] == [wanted]
    others = {check for check, rows in found.items() if rows} - {
        name,
        "order_shorter_than_two_years",
    }
    assert not others


def monthly(counts: dict[str, list[int]]) -> str:
    """Crimes of areas, so many in each month from January 2024."""
    rows = [
        f"{area}-{at}-{number} | {2024 + at // 12}-{at % 12 + 1:02d}-05 | 8Q | | | F | {area}"
        for area, months in counts.items()
        for at, count in enumerate(months)
        for number in range(count)
    ]
    return CRIMES.format(bad="\n".join(rows)).replace("GOOD |", "G |")


def test_gaps_and_jumps(store: Store, load_table: Load) -> None:
    load_table(monthly({"South": [20] * 8 + [50, 20, 0, 20], "East": [20] * 12}), "crimes.csv")
    snapshot = read(store)
    empty = [
        (row["area"], f"{row['month']:%Y-%m}")
        for row in snapshot.rows("reports/months_without_crimes")
    ]
    assert empty == [("East", "2025-01"), ("South", "2025-01"), ("South", "2024-11")]
    jumps = [
        (row["area"], f"{row['month']:%Y-%m}", row["crimes"], row["usual"])
        for row in snapshot.rows("reports/sudden_jumps", last_month=2025 * 12)
    ]
    assert jumps == [("South", "2024-09", 50, 20.0)]


def test_unknown_labels_and_rows_set_aside(store: Store, load_table: Load) -> None:
    bad = (
        "B1 | 2025-01-08 | Wizardry | 16 | 2025-02-03 | F | North\nB2 | 2025-01-08 | 8Q | Ended "
        "| 2025-02-03 | F | North"
    )
    load_table(CRIMES.format(bad=bad), "crimes.csv", may_be_unknown=True)
    labels = [
        (row["kind"], row["sent"], row["rows"])
        for row in read(store).rows("reports/unmapped_labels")
    ]
    assert labels == [("offence", "Wizardry", 1), ("outcome", "Ended", 1)]
    assert not any(row["rows"] for row in read(store).rows("reports/rows_set_aside_by_reason")), (
        "an unknown outcome is no reason to lose a crime"
    )


def test_rows_set_aside_are_counted_and_listed(store: Store, load_table: Load) -> None:
    load_table(
        CRIMES.format(bad="B1 | 2025-01-08 | 8Q | 16 | 2025-01-03 | F | North"), "crimes.csv"
    )
    ((row),) = [row for row in read(store).rows("reports/rows_set_aside_by_reason") if row["rows"]]
    assert (row["problem"], row["rows"], row["row_count"]) == ("outcome_before_crime", 1, 3)
    (line,) = read(store).rows("reports/rows_set_aside_current")
    assert (line["line"], line["field"], line["sent"]) == (4, "outcome_on", "2025-01-03")


def test_completeness_counts_what_says_something(store: Store, load_table: Load) -> None:
    rows = (
        "A | 2025-01-06 | 8Q | | | F | North | W1\nB | 2025-01-06 | 8Q | 16 | | U | | NS\nC | "
        "2021-01-06 | 8Q | | | | | "
    )
    load_table(
        "crime_reference | recorded_on | offence_code | outcome_code | outcome_on | victim_sex | "
        f"area | victim_ethnicity\n{rows}"
    )
    (row,) = read(store).rows("reports/field_completeness")
    assert row["crimes"] == 2
    assert {row[name] for name in ("victim_sex", "area", "victim_ethnicity", "outcome_on")} == {1}
