"""Crimes that count nowhere, by their status or their outcome: read, said, asked about where the word
is not known.
"""

from collections.abc import Callable

import pytest

from loaders.contracts import LoadReport
from loaders.load_reports import stored_rows
from metrics.contracts import Cut
from metrics.measure import measure
from store.snapshot import read
from store.writer import Store

Load = Callable[..., LoadReport]
HEAD = "crime_reference | recorded_on | offence_code | outcome_code | crime_status\n"


def count(store: Store) -> int | None:
    return measure(read(store), "crimes_recorded", Cut()).values[0].numerator


def problems(report: LoadReport) -> dict[str, int]:
    return {one.problem: one.rows for one in report.problems}


@pytest.mark.parametrize(
    "status",
    [
        "Cancelled",
        "No Crime (AVI)",
        "Non-Crime",
        "non crime incident",
        "Duplicate",
        "Cancelled - Additional verifiable info",
        "Crime cancelled - recorded in error",
        "Transferred to other force",
    ],
)
def test_a_crime_that_its_status_takes_out_counts_nowhere_and_is_said(
    load_table: Load, store: Store, status: str
) -> None:
    report = load_table(f"{HEAD}A1 | 2024-05-14 | 8Q | | {status}\nA2 | 2024-05-14 | 8Q | | Live")
    assert problems(report) == {"left_out": 1}
    assert report.problems[0].sentence.endswith("kept, and counted nowhere")
    assert (report.unknown, count(store)) == ([], 1)


def test_an_outcome_that_takes_a_crime_out_is_said_and_kept(load_table: Load, store: Store) -> None:
    report = load_table(f"{HEAD}A1 | 2024-05-14 | 8Q | No crime |\nA2 | 2024-05-14 | 8Q | 16 |")
    assert (problems(report), count(store)) == ({"left_out": 1}, 1)
    assert [row["crime_status"] for row in stored_rows(read(store), 1)] == ["No crime", ""]


@pytest.mark.parametrize(
    "status", ["Transferred to GMP", "Transfer", "Cancellation refused", "Voided", "Withdrawn"]
)
def test_a_status_that_may_take_a_crime_out_is_asked_about(
    load_table: Load, store: Store, status: str
) -> None:
    rows = f"{HEAD}A1 | 2024-05-14 | 8Q | | {status}\nA2 | 2024-05-15 | 8Q | | Live"
    report = load_table(rows)
    assert (problems(report), count(store)) == ({"unknown_status": 1}, 2)
    (label,) = report.unknown
    assert (label.field, label.sent) == ("crime_status", status)
    assert label.proposal and label.proposal.code is None, "a person must say it"
    more = f"{rows}\nA3 | 2024-05-16 | 8Q | | Live"
    load_table(more, name="more.csv", code_map={status: "excluded"})
    assert count(store) == 2


@pytest.mark.parametrize(
    "status",
    ["Live", "Open", "Filed", "Detected", "Under investigation", "Filed - victim withdrawn"],
)
def test_a_status_that_takes_nothing_out_is_not_asked_about(
    load_table: Load, store: Store, status: str
) -> None:
    report = load_table(f"{HEAD}A1 | 2024-05-14 | 8Q | 16 | {status}")
    assert (report.problems, count(store)) == ([], 1)
