"""`vawg export`: what is written, that it is what counts, and that nothing half written is left."""

import json
import stat
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from loaders.contracts import LoadReport
from store import audit
from store.errors import NotAnExport, StoreError
from store.snapshot import read
from store.spark import parquet
from store.spark.parquet import read_manifest, write_export
from store.writer import Store
from tests.support.command_line import vawg

Load = Callable[..., LoadReport]
CRIMES = """
crime_reference | recorded_on | offence_code | force_name | area | outcome_code | victim_sex
A1 | 2024-03-31 | 8Q | Avon and Somerset | North | 16 | F
A2 | 2025-04-01 | 8Q | Cheshire | | 1 | F
A3 | 2025-05-01 | 105A | Cheshire | South | | F
"""
CHANGED = CRIMES.split("A2")[0].replace("| 16 |", "| 15 |")


def read_back(folder: Path, table: str) -> list[tuple[object, ...]]:
    """The rows of a table as any reader of Parquet sees them."""
    with duckdb.connect() as con:
        found = con.read_parquet(f"{folder}/{table}/**/*.parquet", hive_partitioning=True)
        return (
            found.select(
                "crime_reference, recorded_on::varchar, force_name, area, outcome_code, "
                "victim_sex, year"
            )
            .order("all")
            .fetchall()
        )


def test_the_rows_that_count_are_written_by_force_and_year(
    store: Store, load_table: Load, tmp_path: Path
) -> None:
    load_table(CRIMES)
    load_table(
        CHANGED, "later.csv", as_at="2025-06-01"
    )  # A1 again, with another outcome: its first state is history
    folder = tmp_path / "out"
    written = write_export(read(store), folder)
    avon = "Avon and Somerset"
    assert read_back(folder, "crime") == [
        ("A1", "2024-03-31", avon, "North", "15", "F", 2024),
        ("A2", "2025-04-01", "Cheshire", None, "1", "F", 2025),
        ("A3", "2025-05-01", "Cheshire", "South", None, "F", 2025),
    ]
    assert written == read_manifest(folder)
    assert (written.snapshot, written.tables["crime"].rows) == (2, 3)
    assert dict(written.tables["crime"].columns)["thing"] == "decimal(20,0)"
    assert [name for name, _ in written.tables["crime"].columns[-2:]] == ["force_name", "year"]
    assert written.tables["power"].rows == 0
    assert {"load", "offence", "outcome", "scope_line"} <= set(written.tables)
    for private in ("row_set_aside", "sighting", "decision", "commentary", "annotation"):
        assert private not in written.tables
        assert not (folder / private).exists()


def test_it_is_its_owner_s_alone_and_carries_what_figures_hang_on(
    store: Store, load_table: Load, tmp_path: Path
) -> None:
    load_table(CRIMES)
    (store.folder / "settings.json").write_text('{"provisional_days": 90, "whom_to_ask": "J Doe"}')
    told = store.folder / "told"
    told.mkdir(mode=0o700)
    (told / "000001-closed_outcome-1.npz").write_bytes(b"x")
    folder = tmp_path / "out"
    write_export(read(store), folder)
    paths = [folder, *folder.rglob("*")]
    assert len(paths) >= 20
    assert all(not stat.S_IMODE(path.stat().st_mode) & 0o077 for path in paths)
    assert json.loads((folder / "settings.json").read_text()) == {"provisional_days": 90}
    assert (folder / "told" / "000001-closed_outcome-1.npz").read_bytes() == b"x"


def test_nothing_is_written_over_nor_into_the_store(
    store: Store, load_table: Load, tmp_path: Path
) -> None:
    load_table(CRIMES)
    full = tmp_path / "full"
    full.mkdir()
    (full / "mine.txt").write_text("mine")
    for folder, said in ((full, "nothing is written over"), (store.folder / "out", "outside")):
        with pytest.raises(StoreError, match=said):
            write_export(read(store), folder)
    assert [path.name for path in full.iterdir()] == ["mine.txt"]
    (empty := tmp_path / "empty").mkdir()
    write_export(read(store), empty)  # one that was made beforehand is fine
    assert read_manifest(empty).snapshot == 1


def test_what_stops_half_way_leaves_nothing(
    store: Store, load_table: Load, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_table(CRIMES)

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(parquet, "put_in_place", fail)
    with pytest.raises(StoreError, match="full"):
        write_export(read(store), tmp_path / "out" / "deep")
    assert not (tmp_path / "out" / "deep").exists()
    assert not list((tmp_path / "out").iterdir())


def test_the_command_says_what_it_wrote_and_leaves_a_trace(
    store: Store, load_table: Load, tmp_path: Path
) -> None:
    load_table(CRIMES)
    folder = tmp_path / "out"
    said = json.loads(vawg(store.folder, "export", str(folder), "--json").stdout)
    assert (said["snapshot"], said["rows"]["crime"]) == (1, 3)
    trace = (store.folder / audit.FILE).read_text() if hasattr(audit, "FILE") else ""
    assert not trace or str(folder) in trace
    again = vawg(store.folder, "export", str(folder), code=3).stderr
    assert "nothing is written over" in again and "Traceback" not in again


def test_an_export_is_not_taken_for_a_store(store: Store, load_table: Load, tmp_path: Path) -> None:
    load_table(CRIMES)
    folder = tmp_path / "out"
    vawg(store.folder, "export", str(folder))
    asked = vawg(folder, "measure", "crimes_recorded", code=3).stderr
    assert "say --engine spark" in asked
    with pytest.raises(NotAnExport, match="vawg export wrote"):
        read_manifest(tmp_path)


def test_an_engine_that_is_not_there_is_one_sentence(store: Store, load_table: Load) -> None:
    load_table(CRIMES)
    asked = vawg(store.folder, "measure", "crimes_recorded", "--engine", "spork", code=3).stderr
    assert asked.strip() == "There is no engine 'spork': it is duckdb or spark."
