"""The journey of a cohort of ten crimes, counted by hand."""

from collections.abc import Callable
from datetime import date
from functools import partial

from loaders.contracts import LoadReport
from metrics.cohort_journey import Journey, journey, rows_of
from metrics.contracts import Answer, Cut
from metrics.figures import Figures
from metrics.measure import measure
from metrics.scope import DEFAULT, Chosen
from store.snapshot import Snapshot, read
from store.writer import Store

Load = Callable[..., LoadReport]
CRIMES = """
crime_reference | recorded_on | offence_code | outcome_code | outcome_on | victim_sex | area
C1 | 2024-01-01 | 8Q | 1 | 2024-02-20 | F | Halton
C2 | 2024-03-20 | 8Q | 1 | 2024-04-20 | F | Halton
C3 | 2024-04-20 | 8Q | 1A | 2024-06-20 | F | Halton
C4 | 2024-12-31 | 8Q | 1 | 2025-01-20 | F | Warrington
C5 | 2024-05-20 | 8Q | 16 | 2024-06-20 | F | Halton
C6 | 2024-06-20 | 8L | 14 | 2024-07-20 | F | Halton
C7 | 2024-07-20 | 8L | 15 | 2024-08-20 | F | Halton
C8 | 2024-08-20 | 8L | 18 | 2024-09-20 | F | Halton
C9 | 2024-09-20 | 8L | 21 | 2024-10-20 | F | Halton
C10 | 2024-10-20 | 8L | | | F | Halton
BEFORE | 2023-12-31 | 8Q | 1 | 2024-02-20 | F | Halton
AFTER | 2025-01-01 | 8Q | 1 | 2025-02-20 | F | Halton
"""
CASES = """
case_reference | crime_reference | defendant_id | offence_code | charged_on | finalised_on | result
K1 | C1 | D1 | 8Q | 2024-02-20 | 2024-08-20 | acquitted
K2 | C1 | D2 | 8Q | 2024-02-20 | 2024-08-20 | guilty plea
K3 | C2 | D3 | 8Q | 2024-04-20 | 2024-09-20 | acquitted
K4 | C3 | D4 | 8Q | 2024-06-20 | | open
"""


def ask(snapshot: Snapshot, name: str, cut: Cut) -> Answer:
    return measure(snapshot, name, cut, 180)


def found(store: Store, chosen: Chosen = DEFAULT) -> Journey:
    snapshot = read(store)
    made = journey(Figures(snapshot, partial(ask, snapshot)), chosen)
    assert made is not None
    return made


def test_each_crime_counts_once_as_far_as_it_came(store: Store, load_table: Load) -> None:
    """Ten recorded, one open; four charged, three of them named by a case, two ended, one convicted:
    C1 has two defendants, of whom one is.
    """
    load_table(CRIMES, "crimes.csv", as_at=date(2025, 12, 31))
    load_table(CASES, "court.csv", as_at=date(2025, 12, 31))
    made = found(store)
    assert made.span == "January 2024 to December 2024"
    counts = [(stage.name, stage.count) for stage in made.stages]
    assert counts == [
        ("Recorded", 10),
        ("Charged", 4),
        ("In court", 3),
        ("Case ended", 2),
        ("Convicted", 1),
    ]
    assert dict(made.stages[1].left) == {
        "victim does not support (14, 16)": 2,
        "evidence short (15)": 1,
        "no suspect (18)": 1,
        "another outcome": 1,
        "still open": 1,
    }
    assert [stage.days for stage in made.stages] == [None, 31, None, 153, None], (
        "charged after 50, 31, 61 and 20 days, ended 182 and 153 after the charge: the lower middle"
    )
    assert all(
        before.count - sum(count for _, count in stage.left) == stage.count
        for before, stage in zip(made.stages, made.stages[1:], strict=False)
    ), "what leaves a stage is the difference to the next"
    assert made.linked == 0.75 and made.stages[-1].is_doubtful
    assert made.finding.replace("\u202f", " ") == (
        "Of 10 crimes recorded from January 2024 to December 2024, 4 (40.0 %) led to a charge."
    ), "of a court half that is not whole no conviction is said"
    assert [row[1] for row in rows_of(made)] == ["10", "4", "3", "2", "1"]


POWERS = """
event_reference | suspect_id | event | event_on | crime_reference
E1 | P1 | arrest               | 2024-01-03 | C1
E2 | P1 | arrest               | 2024-02-03 | C1
E3 | P5 | voluntary attendance | 2024-05-30 | C5
E4 | P7 | bail                 | 2024-07-30 | C7
"""


def test_an_arrest_and_a_named_suspect_are_stages_where_they_are_held(
    store: Store, load_table: Load
) -> None:
    """Suspects of C5, C6 and C7, charges of C1 to C4: seven named. An interview in C5 makes five
    dealt with; bail is neither. C1 was arrested after 2 days, C5 interviewed after 10.
    """
    suspects = {"C5": "P5", "C6": "P6", "C7": "P7"}
    head, *rows = CRIMES.strip().splitlines()
    named = [f"{row} | {suspects.get(row.split(' ')[0], '')}" for row in rows]
    load_table("\n".join([f"{head} | suspect_id", *named]), "crimes.csv", as_at=date(2025, 12, 31))
    load_table(POWERS, "custody.csv", as_at=date(2025, 12, 31))
    made = found(store)
    assert [(stage.name, stage.count, stage.left, stage.days) for stage in made.stages] == [
        ("Recorded", 10, (), None),
        (
            "Suspect named",
            7,
            (("no suspect (18)", 1), ("another outcome", 1), ("still open", 1)),
            None,
        ),
        (
            "Arrested or interviewed",
            5,
            (("victim does not support (14, 16)", 1), ("evidence short (15)", 1)),
            2,
        ),
        ("Charged", 4, (("victim does not support (14, 16)", 1),), 31),
    ]


def test_an_area_and_a_store_without_court_results(store: Store, load_table: Load) -> None:
    load_table(CRIMES, "crimes.csv", as_at=date(2025, 12, 31))
    made = found(store, Chosen(area="Warrington"))
    assert [(stage.name, stage.count) for stage in made.stages] == [
        ("Recorded", 1),
        ("Charged", 1),
    ]
    assert made.linked is None


def test_twelve_months_that_the_export_does_not_hold_are_no_cohort(
    store: Store, load_table: Load
) -> None:
    """In March 2025 the newest followed for a year begin in April 2023, the export in December."""
    load_table(CRIMES, "crimes.csv", as_at=date(2025, 3, 31))
    snapshot = read(store)
    assert journey(Figures(snapshot, partial(ask, snapshot)), DEFAULT) is None
