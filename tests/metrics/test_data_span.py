"""A young store: what there is of it, what comes with more months, and no year before the first."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from loaders.contracts import LoadReport
from metrics.catalogue import metric_named
from metrics.contracts import Answer, Cut
from metrics.data_span import first_period, how_much_words, not_yet_words
from metrics.figures import Figures
from metrics.measure import measure
from metrics.periods import months_after
from metrics.scope import DEFAULT
from metrics.scorecard import headline
from metrics.weekly_counts import WeeklyCounts, counted, long_open, overdue
from store.snapshot import Snapshot, read
from store.writer import Store

Load = Callable[..., LoadReport]
HEAD = "crime_reference | recorded_on | offence_code | outcome_code | outcome_on | victim_sex\n"
CRIMES = metric_named("crimes_recorded")


def ask(snapshot: Snapshot, name: str, cut: Cut) -> Answer:
    return measure(snapshot, name, cut, 180)


def figures_of(store: Store, load_table: Load, months: int) -> Figures:
    """Ten crimes a month, the last of them in August 2026."""
    rows = [
        f"A{at}-{number} | {months_after(date(2026, 8, 1), -at).replace(day=28)} | 8Q | | | F\n"
        for at in range(months)
        for number in range(10)
    ]
    load_table(HEAD + "".join(rows), as_at=date(2026, 8, 31))
    snapshot = read(store)
    return Figures(snapshot, partial(ask, snapshot), 180)


@pytest.mark.parametrize(
    ("months", "change", "yardstick"),
    [
        (1, "", "data begin in August 2026"),
        (13, "", "data begin in August 2025"),
        (23, "", "data begin in October 2024"),
        (24, "+0.0 %", None),
    ],
)
def test_a_year_that_the_export_does_not_hold_is_no_year_of_none(
    store: Store, load_table: Load, months: int, change: str, yardstick: str | None
) -> None:
    told = headline(figures_of(store, load_table, months), CRIMES, DEFAULT)
    assert told is not None
    assert told.row.change.replace("\u202f", " ") == change
    assert yardstick is None or told.row.yardstick == yardstick


@pytest.mark.parametrize(
    ("months", "words"),
    [
        (1, "One month is loaded, August 2026. What comes with more: a line over time with"),
        (13, "13 months are loaded, from August 2025 on. What comes with more: the change on"),
        (24, ""),
    ],
)
def test_a_young_store_says_what_there_is(
    store: Store, load_table: Load, months: int, words: str
) -> None:
    said = how_much_words(figures_of(store, load_table, months), CRIMES)
    assert said.startswith(words) and bool(said) == bool(words)


def test_a_measure_says_when_its_first_month_can_be_judged(store: Store, load_table: Load) -> None:
    """Of August 2026 the last crime has been followed 90 days, its own counted, on 29 November."""
    figures = figures_of(store, load_table, 1)
    assert not_yet_words(figures, metric_named("charged_within_90"), 180) == (
        "no month has been followed for 90 days yet. The first, August 2026, can be judged with "
        "data to 29 November 2026"
    )
    assert not_yet_words(figures, CRIMES, 180) == ""


def test_a_week_before_the_export_begins_is_no_week_of_none(store: Store, load_table: Load) -> None:
    """The only crimes are of Friday 28 August: one week, and seven of which nothing is known."""
    figures = figures_of(store, load_table, 1)
    assert first_period(figures, CRIMES, "week") == date(2026, 8, 24)
    table, _ = counted(figures, DEFAULT, date(2026, 8, 31))
    assert table.rows[0] == ["Crimes recorded", "10", *["no data"] * 7, "too few weeks"]


def test_a_week_is_judged_by_a_year_of_weeks() -> None:
    """9 and 11 by turns: a mean of 10, moving ranges of 2, limits 2.66 x 2 either side: 5 to 15."""
    day = date(2025, 9, 1)
    usual = [(day, 9 + 2 * (at % 2)) for at in range(51)]
    for latest, verdict in ((10, ""), (30, "higher than usual"), (0, "lower than usual")):
        weeks: list[tuple[date, int | None]] = [*usual, (day, latest)]
        assert WeeklyCounts("Charges", weeks, is_rare=False).verdict == verdict
    steady: list[tuple[date, int | None]] = [*usual, (day, 11)]
    assert WeeklyCounts("Charges", steady, is_rare=False).range_words == "5 to 15"
    assert WeeklyCounts("Charges", steady[:12], is_rare=False).range_words == "too few weeks"
    rare: list[tuple[date, int | None]] = [(day, 1)] * 52  # 1 and three times its root: 0 to 4
    assert WeeklyCounts("Orders", rare, is_rare=True).range_words == "0 to 4"


def test_the_crimes_behind_a_count_of_long_open_ones(store: Store, load_table: Load) -> None:
    """At 31 August 2026 a crime of 28 February has been open 184 days, one of 28 March 156."""
    figures = figures_of(store, load_table, 7)
    day = date(2026, 8, 31)
    listed = long_open(figures.snapshot, DEFAULT, day)
    assert [row[:3] for row in listed] == [
        [f"A6-{number}", "28 February 2026", 184] for number in range(10)
    ]
    assert overdue(figures, DEFAULT, day).finding.startswith(f"{len(listed)} crimes have been open")
    assert long_open(figures.snapshot, replace(DEFAULT, offence="Rape"), day) == []
