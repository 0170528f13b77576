"""Counts in the latest month, the financial year so far and rolling twelve months, on a few crimes."""

from collections.abc import Callable
from datetime import date

import pytest

from loaders.contracts import LoadReport
from metrics.catalogue import metric_named
from metrics.contracts import Answer, Cut
from metrics.errors import UnknownValue
from metrics.figures import Figures
from metrics.measure import measure
from metrics.volumes import Volume, spans_at, volumes
from store.snapshot import read
from store.writer import Store

Load = Callable[..., LoadReport]
HEAD = "crime_reference | recorded_on | offence_code | outcome_code | outcome_on | victim_sex | domestic_abuse\n"


def figures(store: Store) -> Figures:
    snapshot = read(store)

    def ask(metric: str, cut: Cut) -> Answer:
        try:
            return measure(snapshot, metric, cut)
        except UnknownValue:  # as the pages ask
            return measure(snapshot, metric, Cut()).model_copy(update={"values": ()})

    return Figures(snapshot, ask)


def test_spans_end_with_the_last_whole_month() -> None:
    spans = spans_at(date(2026, 5, 20))
    assert (spans.month.start, spans.month.stop) == (date(2026, 4, 1), date(2026, 5, 1))
    assert spans.to_date.start == date(2026, 4, 1), "a financial year begins in April"
    assert spans.year.start == date(2025, 5, 1)
    assert spans.heads == [
        "Apr 2026",
        "Apr 2025",
        "2026/27 to Apr",
        "2025/26 to Apr",
        "12 months",
        "12 before",
    ]


def test_each_group_is_counted_in_every_span(store: Store, load_table: Load) -> None:
    days = ["2023-01-05", "2024-02-05", "2024-04-10", "2024-05-10", "2024-05-11", "2025-04-03"]
    days += ["2025-05-04", "2025-05-05", "2025-05-31"]
    rows = [f"N{at} | {day} | 8Q | | | F | {'Y' if at % 2 else 'N'}" for at, day in enumerate(days)]
    load_table(HEAD + "\n".join(rows) + "\nM1 | 2025-05-06 | 105A | | | M | N")
    found = {one.name: one for one in volumes(figures(store), metric_named("crimes_recorded"))}
    assert found["Stalking"].counts == (3, 2, 4, 3, 4, 4)
    assert found["Stalking, domestic abuse"].counts == (1, 1, 2, 1, 2, 2)
    assert found["All crime"].counts == (4, 2, 5, 3, 5, 4)
    assert "Rape" not in found, "what was not recorded has no row"


def test_where_the_data_do_not_reach_there_is_no_count(store: Store, load_table: Load) -> None:
    load_table(HEAD + "N1 | 2025-03-05 | 8Q | | | F | N\nN2 | 2025-05-31 | 8Q | | | F | N")
    (row, *_) = volumes(figures(store), metric_named("crimes_recorded"))
    assert row.counts == (1, None, 1, None, None, None)


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ((200, 100), "+100.0 % (+57.3 to +154.3)"),
        ((101, 100), "+1.0 % (−23.4 to +33.2), not settled"),
        ((5, 0), ""),
        ((5, None), ""),
    ],
)
def test_a_change_has_its_interval(counts: tuple[int | None, ...], words: str) -> None:
    assert Volume("Stalking", (None, None, None, None, *counts)).change == words


def test_the_finding_says_what_is_not_loaded_yet() -> None:
    assert Volume("Stalking", (7, None, 9, None, None, None)).finding == (
        "7 in the latest month; twelve months are not loaded yet."
    )
    assert Volume("Stalking", (7, 8, 9, 9, 1200, None)).finding == "1,200 in rolling 12 months."
