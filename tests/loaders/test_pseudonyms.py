"""Privacy by design: ids of persons are kept as keyed hashes only, and what we do not store is
nowhere, after a kill neither.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from loaders.contracts import LoadOptions, LoadReport
from loaders.errors import KeyMissing
from loaders.load import Source, load, preview
from loaders.load_reports import rows_set_aside, stored_rows
from loaders.reading import temporary_files
from loaders.undo import rebuild, set_counts
from metrics.contracts import Cut
from metrics.measure import measure
from store.snapshot import read
from store.writer import Store
from tests.conftest import csv_of
from tests.support.leak_search import MARK, SHOWN, found_in, spilled
from tests.support.old_stores import as_before_the_chain

Load = Callable[..., LoadReport]
ROOT = Path(__file__).parent.parent.parent
ORDERS = """
application_reference | subject_id | order_kind | applied_on | decision | decided_on
A1 | Zq7-1 | full | 2025-01-06 | granted | 2025-02-03
A2 |  Zq7-1  | full | 2025-03-06 | granted | 2025-04-03
A3 | Zq7-2 | full | 2025-01-07 | granted | 2025-02-04
A4 | N/A | full | 2025-01-08 | granted | 2025-02-05
A5 | | full | 2025-01-08 | refused | 2025-02-05
A6 | 7.3E+05 | full | 2025-01-08 | granted | 2025-02-05
A7 | #REF! | full | 2025-01-08 | granted | 2025-02-05
A8 | Zq7-3 | full | never | granted | 2025-02-05
A9 | Zq7-4 | full | 2025-01-08 | granted | 2025-02-05
A9 | Zq7-4 | full | 2025-01-08 | granted | 2025-02-05
A10 | Zq7-4 | full | 2025-01-08 | granted | 2025-02-05
A10 | Zq7-5 | full | 2025-01-08 | granted | 2025-02-05
A11 | Zq7-6 | full | 2025-01-08 | granted | 2025-02-05 | and, more
"""
CASES = """
case_reference | defendant_id | offence_code | charged_on | finalised_on | result
C1 | Zq7-1 | 8Q | 2025-01-06 | 2025-02-03 | convicted
C1 | Zq7-2 | 8Q | 2025-01-06 | 2025-02-03 | acquitted
C2 | Zq7-1 | 8Q | 2025-01-09 | 2025-02-07 | convicted
"""
PSEUDONYM = re.compile(r"p-[0-9a-f]{32}")


def everything(store: Store) -> list[object]:
    """All that a store says of its rows and figures, in an order that does not hang on how they are
    numbered inside.
    """
    snapshot = read(store)
    rows = [stored_rows(snapshot, row["load_id"]) for row in snapshot.loads]
    aside = [row | {"load_id": 0} for row in snapshot.rows("row_set_aside")]
    current = [
        sorted(map(str, stored_rows(snapshot, None, table)))
        for table in ("crime_row", "protection_order_row", "prosecution_row")
    ]
    return [
        rows,
        aside,
        current,
        *(
            measure(snapshot, name, Cut()).values
            for name in ("orders_granted", "conviction_rate_court")
        ),
    ]


def test_a_person_is_one_pseudonym_in_every_field_and_export(
    store: Store, load_table: Load
) -> None:
    load_table(ORDERS, "orders.csv")
    load_table(CASES, "cases.csv")
    load_table(
        "crime_reference | recorded_on | offence_code | outcome_code | victim_id | suspect_id\nR1 "
        "| 2025-01-06 | 8Q | | Zq7-2 | Zq7-1\n"
    )
    orders = {
        row["application_reference"]: row["subject_id"] for row in stored_rows(read(store), 1)
    }
    cases = [row["defendant_id"] for row in stored_rows(read(store), 2)]
    (crime,) = stored_rows(read(store), 3)
    assert PSEUDONYM.fullmatch(orders["A1"])
    assert (
        orders["A1"] == orders["A2"] == cases[0] == cases[2] == crime["suspect_id"] != orders["A3"]
    )
    assert orders["A3"] == cases[1] == crime["victim_id"]
    assert orders["A5"] == ""
    assert not list(found_in(store.folder, "Zq7"))
    assert list(found_in(store.folder, "A10")), "the search finds what is kept"
    assert len(list(found_in(store.folder, orders["A1"]))) > 5, "in archives and in snapshots"


def test_what_was_checked_of_an_id_is_checked_of_what_was_sent(
    store: Store, load_table: Load
) -> None:
    report = load_table(ORDERS, "orders.csv")
    found = {
        (row["line"], row["problem"]): row["sent"]
        for row in rows_set_aside(read(store), report.load_id)
    }
    assert set(found) == {
        ("5", "no_subject"),
        ("7", "mangled_subject"),
        ("8", "mangled_subject"),
        ("9", "unreadable_applied_day"),
        ("11", "repeated_row"),
        ("12", "conflicting_rows"),
        ("13", "conflicting_rows"),
        ("14", "ragged_row"),
    }
    assert found["5", "no_subject"] == "N/A"
    assert found["8", "mangled_subject"] == "#REF!"
    assert re.fullmatch(r"mangled-[0-9a-f]{32}", found["7", "mangled_subject"])
    assert not found["14", "ragged_row"], "whose cells may have moved"


def test_rebuilt_undone_and_loaded_again_it_is_the_same(
    store: Store, load_table: Load, tmp_path: Path
) -> None:
    load_table(ORDERS, "orders.csv")
    load_table(CASES, "cases.csv")
    load_table(
        CASES.replace("2025-02-07 | convicted", "2025-02-07 | acquitted").replace(
            "C1 | Zq7-2", "C3 | Zq7-2"
        ),
        "more.csv",
        is_full=True,
    )
    assert sorted(
        row["case_reference"] for row in stored_rows(read(store), None, "prosecution_row")
    ) == ["C1", "C2", "C3"]
    before = everything(store)
    (store.folder / "key").rename(tmp_path / "key")
    rebuild(store, "test")
    assert everything(store) == before, "which needs no key: the archive holds hashes"
    (tmp_path / "key").rename(store.folder / "key")
    set_counts(store, 3, False, "test")
    set_counts(store, 3, True, "test")
    assert everything(store) == before
    heads = list(stored_rows(read(store), 2)[0])
    lines = [",".join(heads), *(",".join(row.values()) for row in stored_rows(read(store), 2))]
    (tmp_path / "again.csv").write_text("\n".join(lines) + "\n")
    assert (
        preview(
            store, [Source(tmp_path / "again.csv", "again.csv")], LoadOptions(may_be_older=True)
        )[0].new
        == 1
    ), "C1 of Zq7-2, ended"


def test_the_key_is_made_once_and_stands_nowhere_else(
    store: Store, load_table: Load, tmp_path: Path
) -> None:
    path = tmp_path / "export.csv"
    path.write_text(csv_of(CASES))
    preview(store, [Source(path, path.name)], LoadOptions())
    assert not (store.folder / "key").exists()
    load_table(CASES)
    key = (store.folder / "key").read_bytes()
    assert (len(key), (store.folder / "key").stat().st_mode & 0o777) == (32, 0o600)
    load_table(ORDERS, "orders.csv")
    assert (store.folder / "key").read_bytes() == key
    for path in store.folder.rglob("*"):
        if path.is_file() and path.name != "key":
            assert key not in path.read_bytes()
            assert key.hex().encode() not in path.read_bytes().lower()
    other = Store(tmp_path / "other")
    load(other, [Source(tmp_path / "export.csv", "export.csv")], LoadOptions())
    assert (
        stored_rows(read(other), 1)[0]["defendant_id"]
        != stored_rows(read(store), 1)[0]["defendant_id"]
    )


def test_without_its_key_a_store_takes_nothing_in(
    store: Store, load_table: Load, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_table(CASES)
    key = (store.folder / "key").read_bytes()
    before = everything(store)
    (store.folder / "key").unlink()
    with pytest.raises(
        KeyMissing, match="key of this store is missing.*restore it from the backup"
    ):
        load_table(ORDERS, "orders.csv")
    (store.folder / "key").write_bytes(os.urandom(32))
    with pytest.raises(KeyMissing, match="is not the one"):
        load_table(ORDERS, "orders.csv")
    (store.folder / "key").write_bytes(key[:7])
    with pytest.raises(KeyMissing, match="not a key of 32 bytes"):
        load_table(ORDERS, "orders.csv")
    (store.folder / "key").unlink()
    monkeypatch.setenv("VAWG_KEY", "the-secret")
    with pytest.raises(KeyMissing) as said:
        load_table(ORDERS, "orders.csv")
    assert "the-secret" not in str(said.value)
    monkeypatch.setenv("VAWG_KEY", key.hex())
    assert everything(store) == before
    load_table(ORDERS, "orders.csv")
    assert (
        stored_rows(read(store), 2)[0]["subject_id"]
        == stored_rows(read(store), 1)[0]["defendant_id"]
    )
    assert not (store.folder / "key").exists()


def test_a_file_without_ids_asks_for_no_key_ever_after(store: Store, load_table: Load) -> None:
    load_table(
        "crime_reference | recorded_on | offence_code | outcome_code\nR1 | 2025-01-06 | 8Q | \n"
    )
    (store.folder / "key").unlink()
    load_table(CASES, "cases.csv")
    assert (store.folder / "key").is_file()


def test_an_archive_of_ids_as_sent_is_hashed_when_it_is_replayed(
    store: Store, load_table: Load
) -> None:
    load_table(ORDERS, "orders.csv")
    load_table(CASES, "cases.csv")
    before = everything(store)
    sent = {
        "p-" + row["subject_id"][2:]: f"Zq7-{number}"
        for number, row in (
            (1, stored_rows(read(store), 1)[0]),
            (2, stored_rows(read(store), 1)[2]),
        )
    }
    for path, field in (
        (store.archive / "000001.parquet", "subject_id"),
        (store.archive / "000002.parquet", "defendant_id"),
    ):
        with duckdb.connect(":memory:") as con:
            rows = con.read_parquet(str(path)).df()
        rows = rows.rename(columns={f"{field}_hashed": field}).replace(sent)
        with duckdb.connect(":memory:") as con:
            con.from_df(rows).write_parquet(str(path))
    as_before_the_chain(store, key_mark=None)
    assert list(found_in(store.archive, "Zq7-1"))
    rebuild(store, "test")
    assert everything(store) == before, "under the key that was there"
    assert not list(found_in(store.archive, "Zq7"))
    (store.folder / "key").unlink()
    rebuild(store, "test")
    assert everything(store) == before, "hashed once"
    with pytest.raises(KeyMissing):
        load_table(CASES.replace("Zq7", "Zq8"), "more.csv")


def test_of_a_row_that_cannot_be_read_only_what_is_held_already_is_kept(
    store: Store, tmp_path: Path
) -> None:
    head = "crime_reference,recorded_on,offence_code,outcome_code,notes\n"
    (tmp_path / "old.csv").write_text(
        head + "R1,2025-01-06,8Q,,quiet\nR2,2025-01-06,8Q,,quiet\nR3,2025-01-06,8Q,,quiet\n"
    )
    load(store, [Source(tmp_path / "old.csv", "old.csv")], LoadOptions())
    (tmp_path / "new.csv").write_text(
        head + f"R1,2025-01-07,8Q,,quiet\nR2,2025-01-06,8Q,,{MARK}, and more\n{MARK} went "
        f"on\n{MARK}8,x\n"
    )
    load(store, [Source(tmp_path / "new.csv", "new.csv")], LoadOptions(is_full=True))
    assert sorted(row["crime_reference"] for row in stored_rows(read(store), None)) == [
        "R1",
        "R2",
    ], "R2 is in the extract, R3 is not"
    assert not list(found_in(store.folder, MARK))


def test_where_files_need_names_they_go_with_the_folder(
    store: Store, load_table: Load, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(temporary_files, "OPEN_FILES", tmp_path / "absent")
    (tmp_path / "wide.csv").write_bytes(csv_of(CASES).encode("utf-16"))
    assert load(store, [Source(tmp_path / "wide.csv", "wide.csv")], LoadOptions())[0].kept == 3
    assert not list(store.tmp.iterdir())


def test_what_does_not_fit_into_memory_is_encrypted_on_the_disk(
    store: Store, tmp_path: Path
) -> None:
    with duckdb.connect(":memory:", config={"temp_directory": str(tmp_path / "plain")}) as con:
        assert MARK.encode() in spilled(con, tmp_path / "plain")
    with store.workspace() as work, store.draft(1, work) as draft:
        assert MARK.encode() not in spilled(draft.con, work)
        store.publish(draft)
    with read(store).cursor() as cursor:
        assert cursor.execute("select current_setting('temp_file_encryption')").fetchall() == [
            (True,)
        ]


def test_what_is_not_stored_is_found_nowhere_after_a_kill_neither(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.leak_search", str(tmp_path)],
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr
    ran = json.loads(done.stdout)
    homes = sorted(path for path in tmp_path.iterdir() if path.is_dir())
    assert len(homes) == 7
    assert ran["killed"] > len(homes), "most loaders were killed in the middle"
    assert ran["left"] > len(homes) // 2, "and left half a snapshot"
    for home in homes:
        assert json.loads((home / "said.1").read_text())["dropped"] == [
            "full name",
            "address",
            "notes",
        ]
        assert not list(found_in(home, MARK))
        assert list(found_in(home / "store", "R17")), "the search finds what is kept"
    for name in SHOWN:
        home = tmp_path / name.replace(".", "-")
        assert PSEUDONYM.search((home / "said-rows.1").read_text())
        assert "Dry run" in (home / "said-dry.1").read_text()
        assert not list((home / "dry").rglob("key*")), "a preview makes no key"
    assert "ragged_row" in (home / "said-aside.1").read_text()
    shutil.rmtree(tmp_path)
