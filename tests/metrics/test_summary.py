"""A rate added up from months is the rate asked for at once, whatever the cut."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from loaders.contracts import LoadOptions
from loaders.load import load
from metrics.catalogue import metrics
from metrics.contracts import Cut
from metrics.measure import measure
from metrics.relations import RELATIONS
from store.snapshot import read
from store.writer import Store
from tests.metrics.test_disclosure_attack import crowd

WINDOWS: tuple[dict[str, date], ...] = (
    {},
    {"from_day": date(2024, 5, 1), "to_day": date(2025, 2, 1)},
    {"to_day": date(2024, 12, 1)},
    {"from_day": date(2024, 6, 11)},
)
CUTS = [
    {"grain": grain, "by": by, **window}
    for grain in ("month", "quarter", "year", "all")
    for by in ((), ("area", "team"), ("victim_sex",))
    for window in (WINDOWS if not by else WINDOWS[:2] if grain in ("month", "all") else ())
]
EACH = 3  # a metric is asked every third cut, the next metric the next ones, for time


@pytest.mark.parametrize("where", [{}, {"vawg": ("yes",)}])
def test_months_add_up_to_what_is_asked_at_once(
    tmp_path: Path, where: dict[str, tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(tmp_path / "store")
    load(store, crowd(tmp_path, 3), LoadOptions(date_order="dmy"))
    snapshot = read(store)
    asked = []
    for number, entry in enumerate(metrics()):
        known = entry.dimensions("force")
        for cut in CUTS[number % EACH :: EACH]:
            if entry.shape == "rate" and {*cut["by"], *where} <= {*known}:
                asked.append((entry.id, Cut.model_validate(cut | {"where": where})))
    added = [measure(snapshot, name, cut) for name, cut in asked]
    for name, relation in RELATIONS.items():
        monkeypatch.setitem(RELATIONS, name, replace(relation, months_add_up=False))
    at_once = [measure(snapshot, name, cut) for name, cut in asked]
    assert len(asked) > 100
    assert sum(len(answer.values) for answer in added) > 800
    assert added == at_once


def test_a_figure_by_month_is_asked_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(tmp_path / "store")
    load(store, crowd(tmp_path, 3), LoadOptions(date_order="dmy"))
    snapshot = read(store)
    seen = []
    rows = type(snapshot).rows
    monkeypatch.setattr(
        type(snapshot),
        "rows",
        lambda self, query, /, **values: (seen.append(query), rows(self, query, **values))[1],
    )
    for grain in ("month", "quarter", "year", "all"):
        measure(
            snapshot,
            "outcome_16_rate",
            Cut.model_validate({"grain": grain, "from_day": date(2024, 7, 1)}),
        )
    assert seen.count("summarise") == 1
