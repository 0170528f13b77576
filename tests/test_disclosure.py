"""The scrutiny audience is never told a small count, nor one that follows from what it is told."""

import csv
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from loaders import sample
from loaders.contracts import LoadOptions, LoadReport
from loaders.load import Source, load
from metrics import audience
from metrics.audience import only_newest
from metrics.compute import measure
from metrics.contracts import Cut
from metrics.errors import NotTold, UnknownValue
from metrics.suppression import Board, Entry, hidden, rounded, small
from sql.snapshot import read
from sql.store import Store
from tests.attack import listen, recovered

Load = Callable[..., LoadReport]
RELATIONS = ("recorded_outcome", "closed_outcome", "order_event", "case_result")
HEAD = "crime_reference | recorded_on | offence_code | outcome_code | outcome_on | area\n"


def crowd(folder: Path, seed: int) -> list[Source]:
    """Exports of few crimes, orders and cases over nine months, so that most cells are small."""
    random = np.random.default_rng(seed)
    crimes = [["crime_reference", "recorded_on", "offence_code", "outcome_code", "outcome_on", "area", "team"]]
    for at in range(300 + 120 * seed):
        day = date(2024, 4, 1) + timedelta(days=int(random.integers(0, 270)))
        outcome = str(random.choice(["1", "14", "15", "16", "18", "21", ""], p=[0.2, 0.1, 0.2, 0.25, 0.1, 0.05, 0.1]))
        closed = day + timedelta(days=int(random.integers(1, 200)))
        crimes.append([f"N{at}", str(day), random.choice(["8Q", "8L", "19C", "105A"], p=[0.3, 0.4, 0.1, 0.2]), outcome,
                       str(closed) if outcome else "", random.choice(["North", "South", "East", ""], p=[0.5, 0.3, 0.15, 0.05]),
                       random.choice(["HRU", "CID"])])  # fmt: skip
    orders = [["application_reference", "subject_id", "order_kind", "applied_on", "decision", "decided_on", "area", "team"]]
    for at in range(20 + 10 * seed):
        day = date(2024, 4, 1) + timedelta(days=int(random.integers(0, 270)))
        orders.append([f"A{at}", f"S{at}", random.choice(["interim", "full"]), str(day),
                       random.choice(["granted", "refused"], p=[0.8, 0.2]), str(day + timedelta(days=9)),
                       random.choice(["North", "South"]), random.choice(["HRU", "CID"])])  # fmt: skip
    cases = [["case_reference", "defendant_id", "offence_code", "charged_on", "finalised_on", "court", "plea", "result", "area"]]
    for at in range(40 + 20 * seed):
        day = date(2024, 4, 1) + timedelta(days=int(random.integers(0, 270)))
        cases.append([f"C{at}", f"D{at}", random.choice(["8Q", "19C"]), str(day), str(day + timedelta(days=90)), "Chester", "",
                      random.choice(["convicted", "acquitted", "discontinued"], p=[0.7, 0.2, 0.1]),
                      random.choice(["North", "South"])])  # fmt: skip
    sources = []
    for name, rows in (("crimes", crimes), ("orders", orders), ("cases", cases)):
        path = folder / f"{name}.csv"
        with path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(rows)
        sources.append(Source(path, path.name))
    return sources


@pytest.mark.parametrize("seed", range(20))
def test_no_hidden_count_follows_from_what_is_told(tmp_path: Path, seed: int) -> None:
    store = Store(tmp_path / "store")
    load(store, crowd(tmp_path, seed), LoadOptions(date_order="dmy"))
    for relation in RELATIONS[seed % 2 :: 2]:
        heard = listen(read(store), relation)
        assert heard.hidden, "some count is hidden"
        assert recovered(heard) == []


def test_the_attack_finds_what_hiding_the_small_counts_alone_gives_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def small_alone(board: Board) -> set[Entry]:
        return {entry for entry, counts in board.guards.items() if any(small(board.truth[count]) for count in counts)}

    monkeypatch.setattr(audience, "hidden", small_alone)
    store = Store(tmp_path / "store")
    load(store, crowd(tmp_path, 1), LoadOptions(date_order="dmy"))
    assert len(recovered(listen(read(store), "recorded_outcome"), asked=0)) > 100


def test_small_counts_are_hidden_and_others_rounded(store: Store, load_table: Load) -> None:
    charged = [f"N{at} | 2025-01-06 | 8Q | 1 | 2025-02-03 | North" for at in range(13)]
    others = [f"M{at} | 2025-01-06 | 8Q | 16 | 2025-02-03 | North" for at in range(20)]
    few = [f"F{at} | 2025-01-06 | 8Q | 16 | 2025-02-03 | South" for at in range(3)]
    rest = [f"R{at} | 2025-01-06 | 8Q | {'1' if at < 9 else 15} | 2025-02-03 | East" for at in range(18)]
    load_table(HEAD + "\n".join(charged + others + few + rest))
    at = read(store)
    rows = {value.by["area"]: value for value in measure(at, "charge_rate_recorded", Cut(by=("area",), audience="scrutiny")).values}
    assert rows["South"].status == "suppressed", "3 crimes"
    assert rows["East"].status == "suppressed", "else South is the total less North and East"
    assert (rows["North"].numerator, rows["North"].denominator, rows["North"].value) == (15, 35, 15 / 35)
    assert (rows["South"].numerator, rows["South"].denominator, rows["South"].value, rows["South"].upper) == (None,) * 4
    for name in ("south", "SOUTH", "South"):
        (value,) = measure(at, "charge_rate_recorded", Cut(where={"area": (name,)}, audience="scrutiny")).values
        assert value.status == "suppressed"
    (whole,) = measure(at, "charge_rate_recorded", Cut(audience="scrutiny")).values
    assert (whole.numerator, whole.denominator) == (20, 55)
    (true,) = measure(at, "charge_rate_recorded", Cut()).values
    assert (true.numerator, true.denominator) == (22, 54)


@pytest.mark.parametrize(
    "asked",
    [
        {"grain": "week"}, {"by": ("area", "team")}, {"by": ("victim_sex",)}, {"by": ("offence_code",)}, {"where": {"victim_sex": ("F",)}},
        {"where": {"area": ("North", "South")}}, {"by": ("area",), "where": {"team": ("HRU",)}},
        {"by": ("vawg",), "where": {"vawg_group": ("rape",)}},
        {"from_day": date(2025, 1, 1)}, {"grain": "month", "from_day": date(2025, 1, 2)}, {"grain": "quarter", "to_day": date(2025, 2, 1)},
        {"by": ("area",), "where": {"area": ("North",)}}, {"grain": "month", "by": ("area", "vawg_group")},
        {"from_day": date(2024, 5, 1), "to_day": date(2024, 7, 1)},
    ],
)  # fmt: skip
def test_what_is_off_the_lattice_is_refused(store: Store, tmp_path: Path, asked: dict[str, object]) -> None:
    load(store, crowd(tmp_path, 1)[:1], LoadOptions())
    with pytest.raises(NotTold):
        measure(read(store), "charge_rate_recorded", Cut.model_validate({"audience": "scrutiny", **asked}))


def test_a_window_that_is_one_whole_period_is_that_period(store: Store, tmp_path: Path) -> None:
    load(store, crowd(tmp_path, 19)[:1], LoadOptions())
    window = {"from_day": date(2024, 7, 1), "to_day": date(2024, 10, 1)}
    (value,) = measure(read(store), "charge_rate_recorded", Cut.model_validate({"audience": "scrutiny", **window})).values
    rows = measure(read(store), "charge_rate_recorded", Cut(audience="scrutiny", grain="quarter")).values
    assert [value.numerator] == [row.numerator for row in rows if row.period == window["from_day"]] != [None]


def test_what_the_board_does_not_know_is_hidden(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load(store, crowd(tmp_path, 19)[:1], LoadOptions())
    assert measure(read(store), "charge_rate_recorded", Cut(audience="scrutiny")).values[0].numerator
    monkeypatch.setattr(audience, "tellable", lambda *_: {"charge_rate_recorded": {}})
    assert measure(read(store), "charge_rate_recorded", Cut(audience="scrutiny")).values[0].status == "suppressed"


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
        "financial_year | financial_quarter | force_name | offence_code | outcome_type | recorded_count | closed_count\n"
        "2024/25 | 1 | Cheshire | 8Q | 1 | 3 | 3\n2024/25 | 1 | Cheshire | 8Q | 16 | 9 | 9"
    )
    cut = Cut(source="home_office", audience="scrutiny")
    (value,) = measure(read(store), "charge_rate_recorded", cut).values
    assert (value.numerator, value.denominator) == (3, 12)


def test_a_median_on_few_is_hidden_and_has_no_quartiles(store: Store, load_table: Load) -> None:
    rows = [f"N{at} | 2025-01-06 | 8Q | 1 | 2025-02-{1 + at:02d} | {'North' if at < 12 else 'South'}" for at in range(18)]
    load_table(HEAD + "\n".join(rows))
    found = {value.by["area"]: value for value in measure(read(store), "days_to_charge", Cut(by=("area",), audience="scrutiny")).values}
    assert (found["South"].value, found["South"].status, found["South"].denominator) == (None, "too_few", 5)
    assert (found["North"].value, found["North"].lower) == (31.5, None)
    with pytest.raises(UnknownValue):
        measure(read(store), "days_to_charge", Cut(where={"area": ("Nowhere",)}, audience="scrutiny"))


def test_a_lone_small_part_takes_another_with_it_and_a_total_of_parts_that_cannot_be_otherwise_goes_too() -> None:
    cells = {name: ("month", None, "area" if name else None, name, None, None) for name in (None, "north", "south", "east")}
    counts = {None: 40, "north": 20, "south": 3, "east": 17}
    board = Board(truth={("n", cells[name]): count for name, count in counts.items()})
    board.tells = {("m", cells[name]): (("n", cells[name]),) for name in counts}
    board.guards, board.there, board.groups = dict(board.tells), set(board.truth), 1
    board.sums = [(("n", cells[None]), [("n", cells[name]) for name in counts if name])]
    assert hidden(board) == {("m", cells["south"]), ("m", cells["east"])}


def test_no_hidden_count_of_the_sample_follows_from_what_is_told(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    sample.fill(store, lambda _: None)
    for relation in RELATIONS:
        heard = listen(read(store), relation)
        assert heard.hidden, "some count is hidden"
        assert recovered(heard, asked=0) == []
