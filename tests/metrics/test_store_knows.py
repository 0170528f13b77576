"""What the store knows of persons, courts and orders: teams of cases through their crimes, repeats,
characteristics, ratios; each small enough to count on fingers.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from loaders.contracts import LoadReport
from metrics.contracts import Cut, Value
from metrics.errors import BadQuestion, NotTold
from metrics.measure import measure
from metrics.statistics.intervals import byar
from store.snapshot import read
from store.writer import Store

Load = Callable[..., LoadReport]
CRIMES = """
    crime_reference | recorded_on | offence_code | outcome_code | outcome_on | victim_sex | victim_age | victim_ethnicity | team | domestic_abuse
    07-124/24       | 2025-01-06  | 8Q           | 1            | 2025-01-10 | F          | 15         | W1               | HRU  | N
    CP 2            | 2025-01-09  | 105A         | 1            | 2025-01-12 | F          | 16         | NS               | CID  | Y
    CP3             | 2025-01-09  | 105A         | 1            | 2025-01-12 | M          | 70         | A2               | CID  | Y
"""
CASES = """
    case_reference | crime_reference | defendant_id | offence_code | charged_on | finalised_on | result       | plea       | court
    C1             | 07/124/24       | D1           | 8Q           | 2025-01-10 | 2025-03-10   | guilty plea  | G          | Chester Crown Court
    C2             | cp2             | D2           | 105A         | 2025-01-12 | 2025-02-11   | found guilty | Not guilty | Warrington Magistrates' Court
    C3             | CP3             | D3           | 105A         | 2025-01-12 | 2025-02-01   | discontinued | NG         | North Cheshire MC
    C4             | CP99            | D4           | 8Q           | 2025-01-12 | 2025-02-01   | acquitted    | No plea    | Chester Youth Court
"""


def by(store: Store, metric: str, dimension: str, **cut: Any) -> dict[str | None, Value]:
    found = measure(read(store), metric, Cut.model_validate({"by": (dimension,), **cut})).values
    return {value.by[dimension]: value for value in found}


def test_a_case_has_the_team_and_the_scope_of_its_crime_however_it_is_spelled(
    store: Store, load_table: Load
) -> None:
    load_table(CRIMES)
    load_table(CASES, "cases.csv")
    teams = by(store, "conviction_rate_completed", "team")
    assert {team: (one.numerator, one.denominator) for team, one in teams.items()} == {
        "HRU": (1, 1),
        "CID": (1, 2),
        None: (0, 1),
    }
    scope = by(store, "conviction_rate_completed", "vawg")
    assert {vawg: one.denominator for vawg, one in scope.items()} == {"yes": 3, "no": 1}, (
        "the assault on a man is outside the scope, as its crime is"
    )


def test_days_to_disposal_by_plea_and_court(store: Store, load_table: Load) -> None:
    load_table(CASES)
    pleas = by(store, "days_charge_to_disposal", "plea")
    assert {plea: (one.value, one.denominator) for plea, one in pleas.items()} == {
        "guilty": (59, 1),
        "not guilty": (25, 2),
        None: (20, 1),
    }
    courts = by(store, "days_charge_to_disposal", "court_kind")
    assert {court: one.denominator for court, one in courts.items()} == {
        "crown": 1,
        "magistrates": 2,
        "youth": 1,
    }


def test_open_cases_by_age(store: Store, load_table: Load) -> None:
    load_table("""
        case_reference | defendant_id | offence_code | charged_on | finalised_on | result | court
        C1             | D1           | 8Q           | 2024-01-10 |              | open   | Chester Crown Court
        C2             | D2           | 8Q           | 2025-01-10 |              | open   | Chester Crown Court
        C3             | D3           | 8Q           | 2025-01-10 | 2025-01-20   | acquitted | Chester Crown Court
    """)
    (row,) = read(store).rows("reports/open_cases_by_age", as_at=date(2025, 1, 20), area=None)
    assert [row[key] for key in ("court_kind", "open_cases", "over_90", "over_365", "oldest")] == [
        "crown",
        2,
        1,
        1,
        376,
    ]


def test_breakdowns_by_characteristic_leave_out_what_is_not_known(
    store: Store, load_table: Load
) -> None:
    load_table(CRIMES)
    ages = by(store, "charge_rate_closed", "victim_age_band")
    assert {age: one.denominator for age, one in ages.items()} == {
        "under 16": 1,
        "16 and 17": 1,
        "65 and over": 1,
    }
    groups = by(store, "charge_rate_closed", "victim_ethnicity")
    assert {group: one.denominator for group, one in groups.items()} == {"W1": 1, "A2": 1, None: 1}
    with pytest.raises(NotTold, match="victim_ethnicity"):
        measure(
            read(store),
            "charge_rate_closed",
            Cut(by=("victim_ethnicity",), audience="scrutiny"),
        )


def test_four_states_of_a_characteristic(store: Store, load_table: Load) -> None:
    words = ["Muslim", "No religion", "Prefer not to say", "Refused", "Not asked", "ns", ""]
    load_table(
        "crime_reference | recorded_on | offence_code | outcome_code | outcome_on | victim_religion\n"
        + "\n".join(f"N{at} | 2025-01-06 | 8Q | | | {word}" for at, word in enumerate(words))
    )
    (row,) = read(store).rows(
        "reports/characteristic_states",
        by=None,
        characteristic="religion",
        from_day=date(2025, 1, 1),
        to_day=date(2025, 2, 1),
        **dict.fromkeys(("vawg", "vawg_group", "domestic_abuse")),
    )
    assert [row[key] for key in ("crimes", "known", "declined", "not_asked", "blank")] == [
        7,
        2,
        2,
        2,
        1,
    ]


def test_a_person_counts_once_in_a_window_and_comes_back_within_365_days(
    store: Store, load_table: Load
) -> None:
    load_table("""
        crime_reference | recorded_on | offence_code | outcome_code | outcome_on | victim_sex | victim_id | suspect_id
        N1              | 2024-01-06  | 8Q           |              |            | F          | V1        | P1
        N2              | 2025-01-05  | 8Q           |              |            | F          | V1        | P1
        N3              | 2025-02-05  | 8Q           |              |            | F          | V1        | P1
        N4              | 2025-02-06  | 8Q           |              |            | F          | V2        | P1
        N5              | 2026-02-07  | 8Q           |              |            | F          | V2        |
        N6              | 2026-02-08  | 105A         |              |            | M          | V2        |
    """)
    counts = {
        grain: [
            (one.numerator, one.denominator)
            for one in measure(read(store), "repeat_victim_rate", Cut(grain=grain)).values
        ]
        for grain in ("year", "all")
    }
    assert counts == {"year": [(0, 1), (1, 2), (0, 1)], "all": [(1, 2)]}, (
        "N2 is 365 days after N1, N5 is 366 after N4, N6 is no VAWG crime"
    )
    serial = measure(read(store), "serial_suspect_rate", Cut()).values[0]
    assert (serial.numerator, serial.denominator) == (1, 1)


def test_a_ratio_has_the_interval_of_its_count_and_is_not_shown_on_few(
    store: Store, load_table: Load
) -> None:
    head = "crime_reference | recorded_on | offence_code | outcome_code | outcome_on | victim_sex\n"
    for crimes, status in ((9, "too_few"), (40, "final")):
        rows = "\n".join(f"N{at} | 2025-01-06 | 8Q | | | F" for at in range(crimes))
        load_table(head + rows, f"{crimes}.csv", may_be_older=True)
        if crimes == 9:
            load_table(
                "application_reference | subject_id | decision | decided_on\n"
                "A1 | S1 | granted | 2025-01-06\nA2 | S2 | granted | 2025-01-07",
                "orders.csv",
            )
        (value,) = measure(read(store), "orders_per_1000_stalking", Cut()).values
        assert (value.numerator, value.denominator, value.status) == (2, crimes, status)
    low, high = byar(2) or (0, 0)
    assert (value.value, value.lower, value.upper) == pytest.approx(
        (50, low / 40 * 1000, high / 40 * 1000)
    )
    (hundred,) = measure(read(store), "orders_per_100_stalking", Cut()).values
    assert hundred.value == pytest.approx(5)


def test_a_share_of_crime_has_no_vawg_of_its_own(store: Store, load_table: Load) -> None:
    load_table(CRIMES)
    with pytest.raises(BadQuestion, match="has no dimension 'vawg'"):
        measure(read(store), "vawg_share_of_crime", Cut(by=("vawg",)))


def test_unknown_outcomes_leave_counts_of_crimes_as_final_as_they_were(
    store: Store, load_table: Load
) -> None:
    load_table(
        "crime_reference | recorded_on | offence_code | outcome_code | outcome_on\n"
        "N1 | 2025-01-06 | 8Q | Sent to the moon | 2025-02-03\nN2 | 2025-03-06 | 8Q | 1 | 2025-03-07",
        may_be_unknown=True,
    )
    cut = Cut(grain="month", to_day=date(2025, 2, 1))
    (recorded,) = measure(read(store), "crimes_recorded", cut).values
    assert (recorded.value, recorded.status, recorded.not_known) == (1, "final", None)


def test_states_by_month_are_named_by_its_first_day(store: Store, load_table: Load) -> None:
    load_table(CRIMES)
    rows = read(store).rows(
        "reports/characteristic_states",
        by="month",
        characteristic="age",
        from_day=date(2025, 1, 1),
        to_day=date(2025, 2, 1),
        **dict.fromkeys(("vawg", "vawg_group", "domestic_abuse")),
    )
    assert [(row["name"], row["known"]) for row in rows] == [("2025-01-01", 3)]
