"""The scope of VAWG is dated and of today; what stands outside it is said, and a court case takes
the scope of its crime.
"""

import csv
from collections.abc import Callable
from datetime import date
from itertools import combinations

import pytest

from loaders.contracts import LoadReport
from loaders.labels.offences import propose_offence, read_offence
from metrics.contracts import Cut
from metrics.measure import measure
from store.snapshot import read
from store.writer import REFERENCE, Store
from tests.loaders.test_labels import drawn
from views.parts.scope_note import linked_words, outside_words

Load = Callable[..., LoadReport]
LINES = list(csv.DictReader((REFERENCE / "vawg_scope.csv").open(encoding="utf-8")))
CLASSES = {
    row["offence_class"]
    for row in csv.DictReader((REFERENCE / "offence.csv").open(encoding="utf-8"))
}
WORDINGS = list(csv.DictReader((REFERENCE / "offence_label.csv").open(encoding="utf-8")))


def test_every_line_is_of_a_known_class_with_its_source_and_how_sure_it_is() -> None:
    assert {line["offence_class"] for line in LINES} <= CLASSES
    assert all(line["source"] and line["certainty"] for line in LINES)
    for line in LINES:
        assert all(not line[name] or date.fromisoformat(line[name]) for name in ("from", "until"))


def test_no_crime_stands_on_two_lines() -> None:
    for one, other in combinations(LINES, 2):
        if one["offence_class"] == other["offence_class"]:
            assert (one["until"] or "9999") < (other["from"] or "0") or (
                other["until"] or "9999"
            ) < (one["from"] or "0")


def test_a_line_counts_from_its_day(store: Store, load_table: Load) -> None:
    load_table("""
        crime_reference | recorded_on | offence_code    | outcome_code | victim_sex
        A1              | 2024-01-30  | Cyberflashing   | | F
        A2              | 2024-01-31  | Cyberflashing   | | F
        A3              | 2024-01-31  | Breach of DAPO  | | F
        A4              | 2025-01-31  | Breach of a DAPO | | M
        A5              | 2025-01-31  | Breach of SPO   | | F
        A6              | 2025-01-31  | Sharing or threatening to share intimate photograph or film | | F
        A7              | 2025-01-31  | Shoplifting     | | F
        A8              | 2025-01-31  | Wizardry        | | F
    """)
    groups = {
        row["crime_reference"]: row["vawg_group"] for row in read(store).rows("counted_crime")
    }
    assert groups == {
        "A1": None,
        "A2": "image abuse",
        "A3": None,
        "A4": "order breaches",
        "A5": "order breaches",
        "A6": "image abuse",
        "A7": None,
        "A8": None,
    }
    rows = read(store).rows("reports/offences_outside_scope")
    assert [
        (row["offence_code"], row["is_known"], row["crimes"], row["out_of"]) for row in rows
    ] == [
        ("46", True, 1, 5),
        ("Wizardry", False, 1, 5),
    ]
    words = outside_words(rows)
    assert (
        "40.0 % of crimes, most Shoplifting (1), Wizardry (1); 1 with an offence that no list knows"
        in words
    )


def test_a_court_case_takes_the_scope_of_its_crime(store: Store, load_table: Load) -> None:
    load_table("""
        crime_reference | recorded_on | offence_code | outcome_code | victim_sex | domestic_abuse
        A1              | 2024-01-30  | 8N           | | F          | Y
        A2              | 2024-01-31  | 8N           | | F          | N
        A3              | 2024-01-31  | 8N           | | M          | Y
    """)
    load_table(
        """
        case_reference | crime_reference | defendant_id | offence_code | charged_on | finalised_on | result
        C1             | A1              | D1           | 8N           | 2024-03-01 | 2024-06-01   | guilty
        C2             | A2              | D2           | 8N           | 2024-03-01 | 2024-06-01   | guilty
        C3             | A3              | D3           | 8N           | 2024-03-01 | 2024-06-01   | guilty
        C4             |                 | D4           | 8N           | 2024-03-01 | 2024-06-01   | guilty
        C5             |                 | D5           | 8Q           | 2024-03-01 | 2024-06-01   | not guilty
        C6             | LOST            | D6           | 8Q           | 2024-03-01 | 2024-06-01   | Hung jury
    """,
        "court.csv",
        may_be_unknown=True,
    )
    snapshot = read(store)
    found = measure(snapshot, "conviction_rate_completed", Cut(where={"vawg": ("yes",)})).values[0]
    # C1 by its crime; C5 and C6 by their offence alone; C6 ended in words that nobody knows
    assert (found.numerator, found.denominator, found.not_known) == (1, 3, pytest.approx(1 / 3))
    (row,) = snapshot.rows("reports/cases_linked_to_crimes")
    assert (row["linked"], row["cases"]) == (3, 6)
    assert linked_words(3, 6).startswith("3 of 6 court cases name no crime")
    assert linked_words(6, 6) == ""


OFFENCES = """
    Rape of a female aged 16 or over - SOA 2003 s.1 | 19C
    Single Offender: Rape of a male aged under 16 | 19G
    Rape (female, multiple offenders unknown) | 19J
    Attempted rape of a female child under 13 by a male | 19E
    Rape of a Male aged 16 or over (Sec 1 - SOA 2003) | 19F
    Rape | 19
    019/08 | 19
    020/03 | 20
    088/07 - Something new | 88
    19J | 19J
    19K | 19K
    8/65 - Stalking involving fear of violence | 8Q
    Stalking (8Q) | 8Q
    Stalking - PHA 1997 s4A | 8Q
    105/01 Common assault | 105A
    Threats to kill - OAPA 1861 | 3B
    Common assault and battery - Criminal Justice Act 1988 Sec 39 | 105A
    Exposure - Sexual Offences Act 2003 Sec 66 | 88E
    Coercive & controlling behaviour | 008/67
    Breach of a stalking order or interim stalking order | SPA-8
    NON-FATAL STRANGULATION AND SUFFOCATION | 008/77
"""
ASKED = """
    PH97002 | 8L
    SX03999 | 88
    Assault | 105A
    Not stalking |
    Stalking and harassment | 8Q
    8L/8Q |
    36 hours |
    8.0 |
    Wizardry |
"""


@pytest.mark.parametrize(("cell", "sign"), drawn(OFFENCES))
def test_an_offence_is_known_in_its_dress(cell: str, sign: str) -> None:
    assert read_offence(cell) == sign


@pytest.mark.parametrize(("cell", "sign"), drawn(ASKED))
def test_an_offence_that_is_not_said_whole_is_asked_about(cell: str, sign: str) -> None:
    assert read_offence(cell) is None
    assert propose_offence(cell).code == (sign or None)


def test_every_wording_of_an_offence_is_known_with_its_statute_and_without() -> None:
    plain = [
        row
        for row in WORDINGS
        if not any(mark.isdigit() for mark in row["label"]) and len(row["label"]) > 8
    ]
    wrong = [
        (dressed, read_offence(dressed), row["offence_class"])
        for row in plain
        for dressed in (
            row["label"].upper(),
            f"Single Offender: {row['label']}",
            f"{row['label']} - Sexual Offences Act 2003 Sec 1",
        )
        if read_offence(dressed) != read_offence(row["label"])
    ]
    assert wrong == []
