"""A load that is forgotten leaves nothing behind where it must not: every file of the store is
searched.
"""

from collections.abc import Callable
from pathlib import Path

import duckdb

from loaders.check import check
from loaders.contracts import LoadOptions, LoadReport
from loaders.forget import forget
from loaders.load import Source, load
from loaders.undo import rebuild, set_counts
from metrics.contracts import Cut
from metrics.measure import measure
from store.snapshot import read
from store.writer import Store
from tests.conftest import csv_of
from tests.support.three_loads import HEAD, crimes, faults

Load = Callable[..., LoadReport]


def test_a_purged_load_is_nowhere(store: Store, tmp_path: Path) -> None:
    head = (
        "crime_reference | recorded_on | offence_code | outcome_code | area | team | outcome_on\n"
    )
    same = "SAME | 2025-01-06 | 8Q | 1 | Halton | CID | 2025-02-03"
    one = f"""{head}QQREF1 | 2025-01-05 | 8Q | Somebody QQLABEL | QQAREA | QQTEAM | 2025-02-02
        QQREF2 | soon | 8Q | 1 | QQAREA | QQTEAM | QQASIDE
        {same}"""
    (tmp_path / "one.csv").write_text(csv_of(one))
    (tmp_path / "two.csv").write_text(
        csv_of(f"{head}{same}\nOTHER | 2025-01-07 | 8Q | 1 | Halton | CID | ")
    )
    load(store, [Source(tmp_path / "two.csv", "two.csv")], LoadOptions())
    load(
        store,
        [Source(tmp_path / "one.csv", "one.csv")],
        LoadOptions(code_map={"Somebody QQLABEL": "16"}),
    )
    set_counts(store, 1, False, "test")
    set_counts(store, 1, True, "test")
    assert list(holding(store, "QQREF"))
    said = forget(store, 2, "test", is_purged=True)
    assert "links to them no longer open" in said
    for mark in ("QQREF", "QQAREA", "QQTEAM", "QQLABEL", "QQASIDE"):
        assert [path.name for path in holding(store, mark)] == [], mark
    assert crimes(store) == {"SAME", "OTHER"}
    assert store.kept() == [1, 5]
    rebuild(store, "test")
    assert crimes(store) == {"SAME", "OTHER"}
    assert faults(store) == ""


def test_a_load_that_is_forgotten_keeps_no_label_in_the_ledger(
    store: Store, load_table: Load
) -> None:
    load_table(
        f"{HEAD}A1 | 2025-01-05 | 8Q | Somebody QQLABEL", code_map={"Somebody QQLABEL": "16"}
    )
    forget(store, 1, "test")
    assert not [path.name for path in holding(store, "QQLABEL") if path.parent.name == "archive"]
    assert faults(store) == ""
    forget(store, 1, "test", is_purged=True)
    assert crimes(store) == set()
    assert not list(holding(store, "QQLABEL"))


def test_a_purged_load_leaves_every_other_row_counted_once(store: Store, load_table: Load) -> None:
    load_table(f"{HEAD}A1 | 2025-01-05 | 8Q | 1\nA2 | 2025-01-06 | 8Q | 16")
    load_table(f"{HEAD}B1 | 2025-01-07 | 8Q | 1")
    forget(store, 2, "test", is_purged=True)
    (rate,) = measure(read(store), "charge_rate_recorded", Cut()).values
    assert (rate.numerator, rate.denominator) == (1, 2)
    assert all(one.is_well for one in check(store))


def test_a_code_list_that_is_doubled_is_found(store: Store, load_table: Load) -> None:
    load_table(f"{HEAD}A1 | 2025-01-05 | 8Q | 1")
    with duckdb.connect(str(store.path(store.current() or 0))) as con:
        con.execute("insert into outcome select * from outcome")
    (found,) = [one for one in check(store) if not one.is_well]
    assert found.what == "the code lists of the newest snapshot"
    rebuild(store, "test")
    assert all(one.is_well for one in check(store))


def holding(store: Store, mark: str) -> list[Path]:
    return [
        path
        for path in sorted(store.folder.rglob("*"))
        if path.is_file() and mark.encode() in path.read_bytes()
    ]
