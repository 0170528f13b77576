"""The attack: with every table that a scrutiny reader can get, a solver leaves every hidden count
at least five numbers, of the sample and of twenty stores.
"""

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from loaders.contracts import LoadOptions
from loaders.load import Source, load
from metrics.contracts import Cut, Value
from metrics.disclosure import scrutiny
from metrics.disclosure.suppression import Suppression, small_figures
from metrics.measure import measure
from metrics.periods import Grain
from store.snapshot import Snapshot, read
from store.writer import Store
from tests.conftest import sample_store
from tests.support.disclosure_attacker import Heard, listen
from tests.support.disclosure_solver import recovered, widths

RELATIONS = ("recorded_outcome", "closed_outcome", "order_event", "case_result")
PROMISED = 5  # numbers at least that each hidden count could be: docs/disclosure.md
# which export brings what
FILES = {"recorded_outcome": 0, "closed_outcome": 0, "order_event": 1, "case_result": 2}


def crowd(folder: Path, seed: int) -> list[Source]:
    """Exports of few crimes, orders and cases over three months, so that most cells are small."""
    random = np.random.default_rng(seed)
    crimes = [
        [
            "crime_reference",
            "recorded_on",
            "offence_code",
            "outcome_code",
            "outcome_on",
            "area",
            "team",
        ]
    ]
    for at in range(150 + 40 * seed):
        day = date(2024, 4, 1) + timedelta(days=int(random.integers(0, 91)))
        outcome = str(
            random.choice(
                ["1", "1A", "14", "15", "16", "18", "21", ""],
                p=[0.14, 0.06, 0.1, 0.2, 0.25, 0.1, 0.05, 0.1],
            )
        )
        closed = day + timedelta(days=int(random.integers(1, 200)))
        crimes.append(
            [
                f"N{at}",
                str(day),
                random.choice(["8Q", "8L", "19C", "105A"], p=[0.3, 0.4, 0.1, 0.2]),
                outcome,
                str(closed) if outcome else "",
                random.choice(["North", "South", "East", ""], p=[0.5, 0.3, 0.15, 0.05]),
                random.choice(["HRU", "CID"]),
            ]
        )
    orders = [
        [
            "application_reference",
            "subject_id",
            "order_kind",
            "applied_on",
            "decision",
            "decided_on",
            "area",
            "team",
        ]
    ]
    for at in range(20 + 6 * seed):
        day = date(2024, 4, 1) + timedelta(days=int(random.integers(0, 91)))
        orders.append(
            [
                f"A{at}",
                f"S{at}",
                random.choice(["interim", "full"]),
                str(day),
                random.choice(["granted", "refused"], p=[0.8, 0.2]),
                str(day + timedelta(days=9)),
                random.choice(["North", "South"]),
                random.choice(["HRU", "CID"]),
            ]
        )
    cases = [
        [
            "case_reference",
            "defendant_id",
            "offence_code",
            "charged_on",
            "finalised_on",
            "court",
            "plea",
            "result",
            "area",
        ]
    ]
    for at in range(40 + 12 * seed):
        day = date(2024, 4, 1) + timedelta(days=int(random.integers(0, 91)))
        cases.append(
            [
                f"C{at}",
                f"D{at}",
                random.choice(["8Q", "19C"]),
                str(day),
                str(day + timedelta(days=90)),
                "Chester",
                "",
                random.choice(["convicted", "acquitted", "discontinued"], p=[0.7, 0.2, 0.1]),
                random.choice(["North", "South"]),
            ]
        )
    sources = []
    for name, rows in (("crimes", crimes), ("orders", orders), ("cases", cases)):
        path = folder / f"{name}.csv"
        with path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(rows)
        sources.append(Source(path, path.name))
    return sources


def too_narrow(heard: Heard, asked: int) -> dict[object, float]:
    """The hidden counts that could be fewer numbers than is promised."""
    return {key: width for key, width in widths(heard, asked).items() if width < PROMISED}


@pytest.mark.parametrize("seed", range(20))
def test_each_hidden_count_could_be_five_numbers_at_least(tmp_path: Path, seed: int) -> None:
    store = Store(tmp_path / "store")
    sources, attacked = crowd(tmp_path, seed), RELATIONS[seed % 2 :: 2]
    load(store, [sources[FILES[relation]] for relation in attacked], LoadOptions(date_order="dmy"))
    for relation in attacked:
        heard = listen(read(store), relation)
        assert heard.hidden, "some count is hidden"
        assert too_narrow(heard, asked=3) == {}


def test_the_attack_finds_what_hiding_the_small_counts_alone_gives_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        scrutiny,
        "suppressed",
        lambda tables, *_, **__: Suppression(tables.figures(small_figures(tables)), set()),
    )
    store = Store(tmp_path / "store")
    load(store, crowd(tmp_path, 1)[:1], LoadOptions(date_order="dmy"))
    heard = listen(read(store), "recorded_outcome")
    assert len(recovered(heard, asked=0)) > 20
    assert len(too_narrow(heard, asked=0)) > 100


def test_the_sample_leaves_each_hidden_count_five_numbers_and_hides_little(tmp_path: Path) -> None:
    store = Store(sample_store(tmp_path / "store"))
    for relation in RELATIONS:
        heard = listen(read(store), relation)
        assert heard.hidden, "some count is hidden"
        assert too_narrow(heard, asked=0) == {}
    hidden = {
        (grain, by): share_hidden(read(store), grain, by)
        for grain in ("month", "quarter", "year")
        for by in (("area",), ("area", "vawg"))
    }
    assert hidden["year", ("area",)] == hidden["year", ("area", "vawg")] == 0
    assert hidden["quarter", ("area",)] < 0.02, "but for the one month of the first quarter"
    assert hidden["month", ("area",)] < 0.15 > hidden["month", ("area", "vawg")]
    for_another = [
        is_small
        for value, is_small in charge_rates(read(store), "month", ("area", "vawg"))
        if value.is_hidden_for_another
    ]
    assert for_another and not any(for_another), "what is said to be large is large"


def share_hidden(snapshot: Snapshot, grain: Grain, by: tuple[str, ...]) -> float:
    """The share of charge rates that are hidden though no count in them is small."""
    large = [
        value.status == "suppressed"
        for value, is_small in charge_rates(snapshot, grain, by)
        if not is_small
    ]
    return sum(large) / len(large)


def charge_rates(
    snapshot: Snapshot, grain: Grain, by: tuple[str, ...]
) -> Iterator[tuple[Value, bool]]:
    """Charge rates as they are told, each with whether a count in it is small."""
    cut = Cut(grain=grain, by=by)
    true = measure(snapshot, "charge_rate_closed", cut).values
    told = measure(snapshot, "charge_rate_closed", cut.but(audience="scrutiny")).values
    for one, value in zip(true, told, strict=True):
        counted, out_of = one.numerator or 0, one.denominator or 0
        yield value, any(0 < count < 5 for count in (counted, out_of, out_of - counted))
