"""Recommendations: their order and state, their evidence today, and the one that is marked complete
though its measure has got worse.
"""

from collections.abc import Callable
from datetime import date

import pytest

from loaders.contracts import LoadReport
from loaders.errors import NothingKept
from metrics.figures import figures_at
from metrics.recommendations import (
    Recommendation,
    evidence_of,
    head_words,
    recommendations,
)
from store.snapshot import read
from store.writer import Store

Load = Callable[..., LoadReport]
CRIMES = "crime_reference | recorded_on | offence_code | outcome_code | outcome_on | victim_sex\n"
HEAD = (
    "rec_no | sub_no | recommended_by | recommendation | owner_role | status | status_on | due_on | "
    "evidence_metrics\n"
)
TODAY = date(2026, 10, 1)


def of(month: str, charged: int, others: int) -> str:
    codes = ["1"] * charged + ["16"] * others
    return CRIMES + "\n".join(
        f"{month[-2:]}{at} | {month}-02 | 8Q | {code} | {month}-20 | F"
        for at, code in enumerate(codes)
    )


def named(store: Store, number: str) -> Recommendation:
    (one,) = [
        one for one in recommendations(read(store)) if one.name == number and one.source == "Report"
    ]
    return one


def test_a_few_public_ones_come_with_the_program(store: Store, load_table: Load) -> None:
    load_table(of("2026-08", 1, 1), as_at=date(2026, 8, 31))
    found = recommendations(read(store))
    assert len(found) >= 7
    said = " ".join(one.words for one in found)
    assert "outcomes 15 and 16" in said and "protected characteristics" in said
    assert all(one.status == "not recorded here" for one in found)


def test_states_and_what_is_overdue(store: Store, load_table: Load) -> None:
    load_table(of("2026-08", 1, 1), as_at=date(2026, 8, 31))
    load_table(
        HEAD
        + "7 | 7.10 | Report | Ten | Head | complete | 2026-06-03 | 2026-05-01 |\n"
        + "7 | 7.2 | Report | Two | Head | Being progressed | 2026-05-01 | 2026-09-30 | charges\n"
        + "9 | | Report | Nine | Head | awaiting-review | 2026-05-01 | 2026-12-31 | charges",
        "recommendations.csv",
    )
    found = [one for one in recommendations(read(store)) if one.source == "Report"]
    assert [one.name for one in found] == ["7.2", "7.10", "9"]
    assert [one.state_words(TODAY) for one in found] == [
        "being progressed since 1 May 2026, overdue",
        "complete since 3 June 2026",
        "awaiting review since 1 May 2026",
    ]
    assert head_words(found, 0, TODAY) == (
        "3 recommendations: 1 complete, 1 overdue, 1 complete without a measure that shows it."
    )


@pytest.mark.parametrize(
    ("status", "later", "is_worse"),
    [
        ("complete", (10, 90), True),  # 40 of 100 when it was marked, 10 of 100 now
        ("being progressed", (10, 90), False),  # nobody says that it is done
        ("complete", (36, 64), False),  # could be chance
        ("complete", (70, 30), False),  # better
    ],
)
def test_marked_complete_but_worse(
    store: Store, load_table: Load, status: str, later: tuple[int, int], is_worse: bool
) -> None:
    load_table(of("2026-05", 40, 60), as_at=date(2026, 5, 31))
    load_table(of("2026-08", *later), "august.csv", as_at=date(2026, 8, 31))
    load_table(
        f"{HEAD}1 | | Report | Charge more | Head | {status} | 2026-06-03 | | charge_rate_closed",
        "recommendations.csv",
    )
    (evidence,) = evidence_of(figures_at(read(store), 180), named(store, "1"))
    assert evidence.figure == f"{later[0]:.1f} %, August 2026"
    assert bool(evidence.warning) == is_worse
    if is_worse:
        assert evidence.warning.startswith(
            "Marked complete, but its measure has got worse: Charge rate (outcomes given), 40.0 % "
            "in May 2026, 10.0 % in August 2026, −30.0 pts (−40.8 to −18.3)"
        )


def test_an_entry_takes_the_place_of_the_public_one(store: Store, load_table: Load) -> None:
    load_table(of("2026-08", 1, 1), as_at=date(2026, 8, 31))
    before = recommendations(read(store))
    first = before[0]
    source = f'"{first.source}"'
    load_table(
        "rec_no | recommended_by | recommendation | owner_role | status | status_on\n".replace(
            " | ", ","
        )
        + f"{first.number},{source},The published words,Head,complete,2026-06-03\n",
        "recommendations.csv",
    )
    after = recommendations(read(store))
    assert len(after) == len(before)
    assert [one.words for one in after if one.status == "complete"] == ["The published words"]


WRONG = [
    (" | | Report | x | Head | complete | 2026-06-03 | |", "has no number"),
    ("1 | | | x | Head | complete | 2026-06-03 | |", "which report"),
    ("1 | | Report | | Head | complete | 2026-06-03 | |", "no words"),
    ("1 | | Report | x | | complete | 2026-06-03 | |", "role that owns it"),
    ("1 | | Report | x | Head | nearly | 2026-06-03 | |", "state is not known"),
    ("1 | | Report | x | Head | complete | soon | |", "day of the state"),
    ("1 | | Report | x | Head | complete | 2026-06-03 | | charges;chargs", "A measure of the"),
]


def test_wrong_entries_are_refused_each_in_a_sentence(load_table: Load) -> None:
    """Each row of one file is wrong in its own way, and each is said."""
    rows = "\n".join(row for row, _ in WRONG)
    with pytest.raises(NothingKept) as refused:
        load_table(HEAD + rows, "recommendations.csv")
    said = [problem.sentence for problem in refused.value.problems]
    for _, sentence in WRONG:
        assert any(sentence in words for words in said), (sentence, said)
