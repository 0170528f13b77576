"""Re-bases: what is proposed and when, for whom an approved one holds, and the phase before it."""

from collections.abc import Callable
from datetime import date

import pytest

from charts.control_chart import control_lines, signal_marks
from loaders.contracts import LoadReport
from metrics.catalogue import metric_named
from metrics.contracts import Value
from metrics.events import breaks
from metrics.periods import months_after
from metrics.rebasing import Proposal, proposal, rebased, rebases
from metrics.scope import DEFAULT, Chosen
from metrics.statistics.signals import Judged, judge
from metrics.targets import verdict_words
from store.snapshot import Snapshot, read
from store.writer import Store

Load = Callable[..., LoadReport]
RATE = metric_named("charged_within_90")
FIRST = date(2023, 8, 1)
ANNOTATED = "happened_on | what_happened | noted_by | offences | area\n"


def month(at: int, rate: float) -> Value:
    counts = {"numerator": round(rate * 400), "denominator": 400}
    return Value.model_validate(
        {
            "period": months_after(FIRST, at),
            **counts,
            "value": rate,
            "lower": None,
            "upper": None,
            "status": "final",
        }
    )


def moved(low: int, high: int) -> list[Value]:
    """Months at about 10 %, then at about 20 %."""
    rates = [0.10 + 0.005 * (at % 2) for at in range(low)]
    return [
        month(at, rate)
        for at, rate in enumerate([*rates, *(0.20 + 0.005 * (at % 2) for at in range(high))])
    ]


def judged(values: list[Value], *days: date, start: date | None = None) -> Judged:
    return judge(RATE, "month", values, days, start) or pytest.fail("nothing was judged")


def noted(store: Store, load_table: Load, *rows: str) -> Snapshot:
    load_table(CRIMES, "crimes.csv", as_at=date(2026, 8, 31))
    load_table(ANNOTATED + "\n".join(rows), "notes.csv")
    return read(store)


CRIMES = (
    "crime_reference | recorded_on | offence_code | outcome_code | outcome_on | area | domestic_abuse\n"
    + "\n".join(f"C{at} | 2025-01-0{at + 1} | 8Q | 1 | 2025-02-01 | Halton | N" for at in range(5))
)


def offered(snapshot: Snapshot, series: Judged, chosen: Chosen = DEFAULT) -> Proposal | None:
    return proposal(snapshot, series, chosen)


def test_a_held_shift_near_an_annotation_proposes_a_re_base(store: Store, load_table: Load) -> None:
    began = months_after(FIRST, 20)
    at = noted(store, load_table, f"{began.replace(day=12)} | Prosecutors embedded | HRU ||")
    found = offered(at, judged(moved(20, 8)))
    assert found is not None
    assert (found.kind, found.day) == ("shift", months_after(began, 1)), "the first whole month"
    assert found.reason == "Prosecutors embedded"
    assert "above its mean for 8 months" in found.why
    assert "12 April 2025" in found.why
    assert offered(at, judged(moved(20, 7))) is None, "seven points are a signal, not yet a shift"
    assert rebased(at, RATE) == [], "proposed is not done"


def test_nothing_near_its_start_proposes_nothing(store: Store, load_table: Load) -> None:
    far = months_after(FIRST, 15)
    at = noted(store, load_table, f"{far} | New custody suite | HRU | |")
    assert offered(at, judged(moved(20, 8))) is None


def test_what_happened_to_other_offences_or_elsewhere_proposes_nothing(
    store: Store, load_table: Load
) -> None:
    began = months_after(FIRST, 20)
    at = noted(store, load_table, f"{began} | Stalking clinic | HRU | Stalking | Halton")
    series = judged(moved(20, 9))
    for chosen, is_offered in (
        (Chosen(offence="Stalking", area="Halton"), True),
        (Chosen(offence="Stalking"), True),
        (Chosen(offence="Stalking", area="Warrington"), False),
        (Chosen(offence="Rape"), False),
    ):
        assert (offered(at, series, chosen) is not None) is is_offered, chosen


def test_a_programme_and_a_recording_break_propose_too(store: Store, load_table: Load) -> None:
    began = months_after(FIRST, 20)
    load_table(CRIMES, "crimes.csv", as_at=date(2026, 8, 31))
    load_table(
        "programme | starts_on | phase | area | noted_by\n"
        f"Early case review | {began} | 1 | Halton | HRU\n"
        f"Early case review | {began} | 1 | Warrington | HRU",
        "programmes.csv",
    )
    found = offered(read(store), judged(moved(20, 9))) or pytest.fail("nothing proposed")
    assert found.event.words == "Early case review (Halton, Warrington)"
    assert offered(read(store), judged(moved(20, 9)), Chosen(area="Crewe")) is None


def test_limits_across_a_recording_break_propose_one(store: Store, load_table: Load) -> None:
    load_table(CRIMES, "crimes.csv", as_at=date(2026, 8, 31))
    at, steady = read(store), [month(at - 12, 0.10 + 0.005 * (at % 2)) for at in range(26)]
    found = offered(at, judged(steady)) or pytest.fail("nothing proposed")
    assert (found.kind, found.day) == ("break", date(2023, 5, 1))
    assert found.event in breaks(at, RATE)
    assert offered(at, judged(steady), Chosen(offence="Rape")) is None
    assert offered(at, judged(steady, date(2023, 5, 1))) is None, "and not again"


def test_a_re_base_holds_for_the_offences_and_area_it_names(store: Store, load_table: Load) -> None:
    load_table(CRIMES, "crimes.csv", as_at=date(2026, 8, 31))
    load_table(
        "metric | rebased_from | reason | approved_by | offences | area\n"
        "charged_within_90 | 2025-04-01 | Clinic | Board | stalking and harassment | halton\n"
        "charged_within_90 | 2025-04-01 | New system | Board | |\n"
        "charged_within_90 | 2025-05-01 | New system | Board | Stalkings |\n"
        "orders_granted | 2025-06-01 | New unit | Board | Stalking |",
        "rebases.csv",
    )
    at, orders = read(store), metric_named("orders_granted")
    assert len(at.rows("rebase")) == 3
    assert rebased(at, RATE) == [date(2025, 4, 1)]
    assert rebased(at, RATE, Chosen("Stalking and harassment", "Halton")) == [date(2025, 4, 1)]
    for other in (Chosen("Stalking"), Chosen("Stalking and harassment"), Chosen(area="Halton")):
        assert rebased(at, RATE, other) == [], other
    for offence in ("All VAWG", "Stalking"):  # orders are not told apart by offence
        (event,) = rebases(at, orders, Chosen(offence))
        assert event.words == "re-based: New unit (Board)"


def test_the_earlier_phase_keeps_its_own_limits() -> None:
    series = judged(moved(20, 16), months_after(FIRST, 20))
    (before,) = series.earlier
    assert (len(before.values), len(series.values)) == (20, 16)
    assert before.chart.centre == pytest.approx(0.1025)
    assert series.chart.centre == pytest.approx(0.2025)
    assert series.chart.latest is None, "the shift is explained"
    lines = control_lines(series)
    assert [line["x"][0] for line in lines[::3]] == ["2023-08-01", "2025-04-01"]
    assert lines[1]["y"][0] < lines[4]["y"][0], "two phases, each with its own upper limit"
    assert signal_marks(series)["x"] == []
    shown = series.since(months_after(FIRST, 18))
    assert [len(one.values) for one in (*shown.earlier, shown)] == [2, 16]
    assert [len(one.values) for one in (*series.since(months_after(FIRST, 22)).earlier,)] == []


def test_a_young_phase_has_no_limits_and_the_one_before_keeps_its_own() -> None:
    series = judged(moved(20, 5), months_after(FIRST, 20))
    assert series.is_trial
    assert series.in_words() == "5 months in a row are too few for control limits"
    assert len(control_lines(series)) == 3
    waiting = month(20, 0.2).model_copy(update={"status": "provisional"})
    unborn = judged([*moved(20, 0), waiting], months_after(FIRST, 20))
    assert unborn.in_words() == "no final month yet since its limits were re-based"
    assert unborn.chart.latest is None
    assert verdict_words(RATE, unborn, 0.11) == "not judged yet"


def test_two_re_bases_make_three_phases_and_a_gap_breaks_only_its_own() -> None:
    values = moved(20, 16)
    days = [months_after(FIRST, 8), months_after(FIRST, 20)]
    series = judged(values, *reversed(days))
    assert [len(one.values) for one in (*series.earlier, series)] == [8, 12, 16]
    holed = [value for at, value in enumerate(values) if at != 25]
    series = judged(holed, *days)
    assert [len(one.values) for one in (*series.earlier, series)] == [8, 12, 10]
    late = judged(values, *days, start=months_after(FIRST, 10))
    assert [len(one.values) for one in (*late.earlier, late)] == [10, 16]
