"""The scrutiny audience is never told a small count, nor one that follows from what it is told."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from loaders.contracts import LoadOptions, LoadReport
from loaders.load import Source, load
from metrics.catalogue import metric_named, metrics
from metrics.contracts import Cut, Metric, Status, Value
from metrics.disclosure import scrutiny
from metrics.disclosure.cells import Cell, MetricTable, Pair
from metrics.disclosure.constraints import linked_tables
from metrics.disclosure.intruder import Intruder, rounded
from metrics.disclosure.linked_tables import Figure
from metrics.disclosure.scrutiny import only_newest, tellable
from metrics.disclosure.suppression import suppressed
from metrics.errors import BadDefinition, NotTold, UnknownValue
from metrics.measure import measure
from metrics.wording import hidden_words, status_words
from store.cache import FILTERED, MEMORY
from store.snapshot import read
from store.told_records import NONE, Known, ToldRecord
from store.writer import Store
from tests.metrics.test_disclosure_attack import crowd

Load = Callable[..., LoadReport]
HEAD = "crime_reference | recorded_on | offence_code | outcome_code | outcome_on | area\n"


def test_small_counts_are_hidden_and_others_rounded(store: Store, load_table: Load) -> None:
    charged = [f"N{at} | 2025-01-06 | 8Q | 1 | 2025-02-03 | North" for at in range(13)]
    others = [f"M{at} | 2025-01-06 | 8Q | 16 | 2025-02-03 | North" for at in range(20)]
    few = [f"F{at} | 2025-01-06 | 8Q | 16 | 2025-02-03 | South" for at in range(3)]
    rest = [
        f"R{at} | 2025-01-06 | 8Q | {'1' if at < 9 else 15} | 2025-02-03 | East" for at in range(18)
    ]
    load_table(HEAD + "\n".join(charged + others + few + rest))
    at = read(store)
    rows = {
        value.by["area"]: value
        for value in measure(
            at, "charge_rate_recorded", Cut(by=("area",), audience="scrutiny")
        ).values
    }
    assert rows["South"].status == "suppressed", "3 crimes"
    assert rows["East"].status == "suppressed", "else South is the total less North and East"
    assert (rows["North"].numerator, rows["North"].denominator, rows["North"].value) == (
        15,
        35,
        15 / 35,
    )
    assert (
        rows["South"].numerator,
        rows["South"].denominator,
        rows["South"].value,
        rows["South"].upper,
    ) == (None,) * 4
    for name in ("south", "SOUTH", "South"):
        (value,) = measure(
            at, "charge_rate_recorded", Cut(where={"area": (name,)}, audience="scrutiny")
        ).values
        assert value.status == "suppressed"
    (whole,) = measure(at, "charge_rate_recorded", Cut(audience="scrutiny")).values
    assert (whole.numerator, whole.denominator) == (20, 55)
    (true,) = measure(at, "charge_rate_recorded", Cut()).values
    assert (true.numerator, true.denominator) == (22, 54)


@pytest.mark.parametrize(
    "asked",
    [
        {"grain": "week"},
        {"by": ("area", "team")},
        {"by": ("victim_sex",)},
        {"by": ("offence_code",)},
        {"where": {"victim_sex": ("F",)}},
        {"where": {"area": ("North", "South")}},
        {"by": ("area",), "where": {"team": ("HRU",)}},
        {"by": ("vawg",), "where": {"vawg_group": ("rape",)}},
        {"from_day": date(2025, 1, 1)},
        {"grain": "month", "from_day": date(2025, 1, 2)},
        {"grain": "quarter", "to_day": date(2025, 2, 1)},
        {"by": ("area",), "where": {"area": ("North",)}},
        {"grain": "month", "by": ("area", "vawg_group")},
        {"from_day": date(2024, 5, 1), "to_day": date(2024, 7, 1)},
    ],
)
def test_what_is_off_the_lattice_is_refused(
    store: Store, tmp_path: Path, asked: dict[str, object]
) -> None:
    load(store, crowd(tmp_path, 1)[:1], LoadOptions())
    with pytest.raises(NotTold):
        measure(
            read(store),
            "charge_rate_recorded",
            Cut.model_validate({"audience": "scrutiny", **asked}),
        )


def test_a_window_that_is_one_whole_period_is_that_period(store: Store, tmp_path: Path) -> None:
    load(store, crowd(tmp_path, 19)[:1], LoadOptions())
    window = {"from_day": date(2024, 4, 1), "to_day": date(2024, 7, 1)}
    (value,) = measure(
        read(store), "charge_rate_recorded", Cut.model_validate({"audience": "scrutiny", **window})
    ).values
    rows = measure(
        read(store), "charge_rate_recorded", Cut(audience="scrutiny", grain="quarter")
    ).values
    assert (
        [value.numerator]
        == [row.numerator for row in rows if row.period == window["from_day"]]
        != [None]
    )


def test_what_the_board_does_not_know_is_hidden(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(store, crowd(tmp_path, 19)[:1], LoadOptions())
    assert (
        measure(read(store), "charge_rate_recorded", Cut(audience="scrutiny")).values[0].numerator
    )
    nothing = ToldRecord(NONE, NONE, Known())
    monkeypatch.setattr(scrutiny, "tellable", lambda *_: nothing)
    assert (
        measure(read(store), "charge_rate_recorded", Cut(audience="scrutiny")).values[0].status
        == "suppressed"
    )


def test_only_the_newest_figures_are_told() -> None:
    only_newest("force", 3, 7)
    only_newest("scrutiny", 7, 7)
    only_newest("scrutiny", None, 7)
    with pytest.raises(NotTold):
        only_newest("scrutiny", 6, 7)


@pytest.mark.parametrize(("count", "wanted"), [(0, 0), (5, 5), (7, 5), (8, 10), (12, 10), (13, 15)])
def test_rounding_to_fives(count: int, wanted: int) -> None:
    assert rounded(count) == wanted


def test_published_sources_are_told_as_published(store: Store, load_table: Load) -> None:
    load_table(
        "financial_year | financial_quarter | force_name | offence_code | outcome_type | "
        "recorded_count | closed_count\n"
        "2024/25 | 1 | Cheshire | 8Q | 1 | 3 | 3\n2024/25 | 1 | Cheshire | 8Q | 16 | 9 | 9"
    )
    cut = Cut(source="home_office", audience="scrutiny")
    (value,) = measure(read(store), "charge_rate_recorded", cut).values
    assert (value.numerator, value.denominator) == (3, 12)


def test_a_median_on_few_is_hidden_and_has_no_quartiles(store: Store, load_table: Load) -> None:
    rows = [
        f"N{at} | 2025-01-06 | 8Q | 1 | 2025-02-{1 + at:02d} | {'North' if at < 12 else 'South'}"
        for at in range(18)
    ]
    load_table(HEAD + "\n".join(rows))
    found = {
        value.by["area"]: value
        for value in measure(
            read(store), "days_to_charge", Cut(by=("area",), audience="scrutiny")
        ).values
    }
    assert (found["South"].value, found["South"].status, found["South"].denominator) == (
        None,
        "too_few",
        5,
    )
    assert (found["North"].value, found["North"].lower) == (32, None), "31.5, in whole days"
    with pytest.raises(UnknownValue):
        measure(
            read(store), "days_to_charge", Cut(where={"area": ("Nowhere",)}, audience="scrutiny")
        )


def table(name: str, counts: dict[Cell, tuple[int, int]]) -> MetricTable:
    """True counts of one metric, as they come from a store."""
    return MetricTable(metric_named(name), {cell: Pair(*pair) for cell, pair in counts.items()})


WHOLE, NORTH, SOUTH, EAST = (
    Cell("all", None, "area" if name else None, name) for name in (None, "north", "south", "east")
)


def test_what_matters_most_is_told_and_what_leads_to_a_small_count_is_not() -> None:
    wide = table("crimes_recorded", {WHOLE: (63, 0), NORTH: (40, 0), SOUTH: (3, 0), EAST: (20, 0)})
    narrow = table("crimes_recorded", {WHOLE: (12, 0), NORTH: (8, 0), SOUTH: (4, 0)})
    hidden = {
        name: {one.cell for one in suppressed(linked_tables([one])).hidden}
        for name, one in (("wide", wide), ("narrow", narrow))
    }
    # 65 less 40 less 20 is told, each give or take two: from 1 to 11
    assert hidden["wide"] == {SOUTH}
    # 10 less 10 would be from 1 to 4: north is hidden, the total is told
    assert hidden["narrow"] == {SOUTH, NORTH}


def test_a_figure_that_could_be_small_is_not_said_to_be_hidden_for_another() -> None:
    counts = {WHOLE: (212, 0), NORTH: (208, 0), SOUTH: (4, 0)}
    found = suppressed(linked_tables([table("crimes_recorded", counts)]))
    assert found.hidden == {Figure("crimes_recorded", cell) for cell in (NORTH, SOUTH)}
    assert found.evident == set(), "with nothing told of either, both could be small"


def test_why_a_figure_is_hidden_is_said_in_words() -> None:
    few, beside = value("suppressed", False), value("suppressed", True)
    told = value("final", False)
    assert status_words(beside) == "hidden so that a small number elsewhere cannot be worked out"
    assert status_words(told) == "final"
    assert hidden_words([few, beside, few, told]) == (
        "2 too few to show, or hidden so that such a number cannot be worked out; "
        "1 hidden so that a small number elsewhere cannot be worked out"
    )
    assert hidden_words([told]) == ""


def value(status: Status, for_another: bool) -> Value:
    """A value of which only the status matters."""
    numbers = dict.fromkeys(("period", "numerator", "denominator", "value", "lower", "upper"))
    return Value.model_validate(numbers | {"status": status, "is_hidden_for_another": for_another})


def test_what_is_published_elsewhere_is_known_exactly() -> None:
    counts = {WHOLE: (212, 0), NORTH: (112, 0), SOUTH: (100, 0)}
    tables = linked_tables([replace(table("crimes_recorded", counts), public=frozenset({WHOLE}))])
    intruder = Intruder(tables, tables.before({}))
    known = intruder.learns(intruder.at_first(), tables.chosen([Figure("crimes_recorded", NORTH)]))
    bounds = {
        tables.figure(number).cell: (int(known.low[count]), int(known.high[count]))
        for number, (count, _) in enumerate(tables.tells.tolist())
    }
    assert bounds == {WHOLE: (212, 212), NORTH: (108, 112), SOUTH: (100, 104)}


def test_a_window_that_is_open_runs_to_the_end_of_its_month(store: Store, load_table: Load) -> None:
    rows = [f"A{at} | S{at} | full | granted | 2025-01-{at + 1:02d}" for at in range(12)]
    load_table(
        "application_reference | subject_id | order_kind | decision | decided_on\n"
        + "\n".join(rows),
        as_at=date(2025, 1, 20),
    )
    window = {"from_day": date(2025, 1, 1), "to_day": date(2025, 2, 1)}
    cuts = [Cut.model_validate(window | {"audience": one}) for one in ("force", "scrutiny")]
    exact, told = (measure(read(store), "days_per_order", cut) for cut in cuts)
    assert (exact.values[0].numerator, exact.data_as_at) == (31, date(2025, 1, 20))
    (whole,) = told.values
    assert (whole.numerator, whole.denominator, told.data_as_at) == (31, 10, date(2025, 1, 1))
    (ever,) = measure(read(store), "days_per_order", Cut()).values
    (told_ever,) = measure(read(store), "days_per_order", Cut(audience="scrutiny")).values
    until = [date(2025, 1, 21), date(2025, 2, 1)]
    days = [(day - date(2020, 1, 20)).days for day in until]
    assert [ever.numerator, told_ever.numerator] == days
    assert told_ever.value == days[1] / 10


def test_counts_that_contradict_their_sets_are_refused_in_a_sentence() -> None:
    closed = table("charge_rate_closed", {WHOLE: (10, 30), NORTH: (4, 12)})
    with pytest.raises(
        BadDefinition,
        match=r"^numerator of charge_rate_closed is 10, but numerator of charge_rate_closed make 4, "
        r"which their \[sets\] rule out",
    ):
        linked_tables([closed])
    tables = [
        table("charge_rate_closed", {WHOLE: (10, 30)}),
        table("outcome_16_rate", {WHOLE: (5, 31)}),
    ]
    with pytest.raises(BadDefinition, match="closed is 30 by one metric and 31 by another"):
        linked_tables(tables)


@pytest.mark.parametrize(
    "metric", [one for one in metrics() if not one.is_told], ids=lambda one: one.id
)
def test_what_no_sum_protects_is_not_told(metric: Metric, store: Store, load_table: Load) -> None:
    load_table(metric.example.rows, format=metric.example.format)
    with pytest.raises(NotTold, match="could be worked out"):
        measure(read(store), metric.id, Cut(audience="scrutiny"))


def test_what_may_be_told_is_worked_out_once_for_all_servers_of_a_store(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(store, crowd(tmp_path, 19)[:1], LoadOptions())
    first = tellable(read(store), "recorded_outcome", measure)
    (path,) = (store.folder / "told").iterdir()
    assert path.stat().st_mode & 0o777 == 0o600

    def another_server() -> ToldRecord:
        MEMORY.forget()
        FILTERED.forget()
        return tellable(read(store), "recorded_outcome", measure)

    path.write_bytes(path.read_bytes()[:200])
    again = another_server()
    assert (again.told == first.told).all(), "damaged: the same is worked out again"
    monkeypatch.setattr(scrutiny, "metric_table", lambda *_: pytest.fail("it is known"))
    assert (another_server().told == first.told).all()


def test_what_was_told_stays_known_and_old_records_go(store: Store, tmp_path: Path) -> None:
    sources = crowd(tmp_path, 19)
    load(store, sources[:1], LoadOptions())
    before = tellable(read(store), "recorded_outcome", measure)
    for at in range(2):
        path = tmp_path / f"more-{at}.csv"
        path.write_text(
            "crime_reference,recorded_on,offence_code,outcome_code,outcome_on,area,team\n"
            f"M{at},2024-06-0{at + 1},8Q,,,North,HRU\n"
        )
        load(store, [Source(path, path.name)], LoadOptions())
        now = tellable(read(store), "recorded_outcome", measure)
        assert np.isin(before.known.facts, now.known.facts).all()
        assert len(now.known.facts) > len(before.known.facts)
    for number in store.kept()[:-1]:
        store.path(number).unlink()
    last = store.current() or 0
    (tmp_path / "last.csv").write_text(path.read_text().replace("M1", "M9"))
    load(store, [Source(tmp_path / "last.csv", "last.csv")], LoadOptions())
    tellable(read(store), "recorded_outcome", measure)
    numbers = sorted(int(one.name[:6]) for one in (store.folder / "told").iterdir())
    assert numbers == [last, last + 1], "of snapshots that are gone, in the last one"


def test_counts_that_contradict_each_other_tell_nothing() -> None:
    counts = {WHOLE: (212, 0), NORTH: (112, 0), SOUTH: (100, 0)}
    tables = linked_tables([table("crimes_recorded", counts)])
    number = int(tables.tells[1, 0])
    before = tables.before({})
    before.low[number], before.high[number] = 300, 300
    before.high[int(tables.tells[0, 0])] = 215
    with pytest.raises(BadDefinition, match="contradicts itself"):
        Intruder(tables, before).at_first()
