"""Registers are loaded, undone and kept like any export, and judged only where
a chart has limits.
"""

from collections.abc import Callable
from datetime import date

from loaders.contracts import LoadReport
from loaders.undo import rebuild, set_counts
from metrics.catalogue import metric_named
from metrics.events import annotations
from metrics.scope import Chosen
from metrics.targets import target_of, target_words, verdict_words
from store.snapshot import read
from store.writer import Store

Load = Callable[..., LoadReport]
TARGETS = """metric | target | applies_from | set_by | counter_metric
charged_within_90 | 20 % | 2025-04-01 | Chief officers | outcome_16_rate
charged_within_90 | 0.22 | 2026-04-01 | Chief officers |
days_to_charge | 60 | 2025-04-01 | Head of HRU |
charge_rate | 20 % | 2025-04-01 | Head of HRU |
days_to_outcome | soon | 2025-04-01 | Head of HRU |
days_to_outcome | 30 | 2025-04-01 | |"""


def test_a_target_applies_from_its_day(store: Store, load_table: Load) -> None:
    report = load_table(TARGETS, "targets.csv")
    assert report.format == "target_register"
    assert {problem.problem for problem in report.problems} == {
        "unknown_metric",
        "unreadable_target",
        "nobody_set_it",
    }
    rate = metric_named("charged_within_90")
    found = [
        target_of(read(store), rate, day)
        for day in (date(2025, 3, 31), date(2025, 4, 1), date(2026, 8, 31))
    ]
    assert [row and row["target"] for row in found] == [None, 0.2, 0.22]
    assert target_words(rate, 0.2) == "20.0 %"
    assert verdict_words(rate, None, 0.2) == "not judged yet"
    before = read(store).rows("target")
    rebuild(store, "test")
    assert read(store).rows("target") == before
    set_counts(store, 1, False, "test")
    assert target_of(read(store), rate, date(2026, 8, 31)) is None


def test_what_happened_is_drawn_on_its_day(store: Store, load_table: Load) -> None:
    head = "happened_on | what_happened | noted_by\n"
    load_table(
        head
        + f"2025-05-01 | Specialist prosecutors embedded | HRU\n2025-06-01 | {'x' * 130} | HRU",
        "notes.csv",
    )
    (event,) = annotations(read(store))
    assert (event.day, event.words) == (date(2025, 5, 1), "Specialist prosecutors embedded")


def test_a_target_is_for_its_offences_and_area(store: Store, load_table: Load) -> None:
    head = "metric | target | applies_from | set_by | offences | area\n"
    rows = (
        "charged_within_90 | 12 % | 2025-04-01 | HRU | stalking | Halton\ncharged_within_90 | "
        "10 % | 2025-04-01 | HRU | |\n"
    )
    report = load_table(
        head + rows + "charged_within_90 | 9 % | 2025-04-01 | HRU | Stalkings |", "targets.csv"
    )
    assert [problem.problem for problem in report.problems] == ["unknown_offences"]
    rate, day, at = metric_named("charged_within_90"), date(2025, 5, 1), read(store)
    cuts = [
        Chosen(),
        Chosen(offence="Stalking", area="Halton"),
        Chosen(offence="Stalking"),
        Chosen(area="Halton"),
    ]
    assert [row and row["target"] for row in (target_of(at, rate, day, cut) for cut in cuts)] == [
        0.10,
        0.12,
        None,
        None,
    ]


def test_what_happened_is_drawn_where_it_happened(store: Store, load_table: Load) -> None:
    head = "happened_on | what_happened | noted_by | offences | area\n"
    load_table(
        head
        + "2025-05-01 | Stalking clinic | HRU | Stalking | Halton\n2025-06-01 | New system | HRU "
        "| All VAWG |",
        "notes.csv",
    )
    at = read(store)
    cuts = [
        Chosen(),
        Chosen(offence="Stalking"),
        Chosen(offence="Stalking", area="Warrington"),
        Chosen(offence="Rape"),
    ]
    assert [len(annotations(at, cut)) for cut in cuts] == [2, 2, 1, 1]
