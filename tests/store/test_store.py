"""The store keeps what it promises: nothing lost, everything undone and brought back, the same
again from the archive.
"""

import os
import shutil
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import sql
from loaders.contracts import LoadOptions, LoadReport
from loaders.errors import AlreadyLoaded, AmbiguousFile, NothingKept, UnknownLoad
from loaders.load import Source, load, preview
from loaders.load_reports import stored_rows
from loaders.undo import rebuild, set_counts
from metrics.contracts import Cut
from metrics.measure import measure
from store.errors import StoreError, UnknownSnapshot
from store.remedies import Remedy
from store.snapshot import read
from store.writer import Store
from tests.conftest import csv_of

Load = Callable[..., LoadReport]
HEAD = "crime_reference | recorded_on | offence_code | outcome_code | outcome_on\n"
OLD = (
    HEAD
    + "N1 | 2025-01-06 | 8Q | 16 | 2025-02-03\nN2 | 2025-01-09 | 8Q | | \nN3 | 2025-01-20 | 8L | "
    "15 | 2025-02-10"
)
NEW = (
    HEAD
    + "N1 | 2025-01-06 | 8Q | 1 | 2025-03-03\nN2 | 2025-01-09 | 8Q | | \nN4 | 2025-03-20 | 8L | | "
)


def charged(store: Store) -> tuple[int | None, int | None]:
    (value,) = measure(read(store), "charge_rate_recorded", Cut()).values
    return value.numerator, value.denominator


def outcomes(store: Store) -> dict[str, str]:
    return {row["crime_reference"]: row["outcome_code"] for row in stored_rows(read(store), None)}


def everything(store: Store) -> list[object]:
    """All that a store says of its rows, in an order that does not hang on how they are numbered
    inside.
    """
    current = sorted(stored_rows(read(store), None), key=lambda row: row["crime_reference"])
    return [
        charged(store),
        current,
        stored_rows(read(store), 1),
        stored_rows(read(store), 2),
        read(store).rows("row_set_aside"),
    ]


def test_lines_are_those_of_the_file_however_few_the_rows(store: Store, load_table: Load) -> None:
    for rows in (3, 50, 700):
        table = HEAD + "\n".join(
            f"R{rows}-{at:04d} | 2025-01-06 | 8Q | 1 | {'never' if at % 7 == 2 else '2025-02-03'}"
            for at in range(rows)
        )
        report = load_table(table, f"{rows}.csv")
        wanted = [f"R{rows}-{at:04d}" for at in range(rows) if at % 7 != 2]
        assert [
            row["crime_reference"] for row in stored_rows(read(store), report.load_id)
        ] == wanted
        assert report.problems[0].first_lines == [at + 2 for at in range(rows) if at % 7 == 2][:10]


def test_newest_wins_whatever_the_order_of_loading(tmp_path: Path) -> None:
    found = []
    for name, order in (("forward", (OLD, NEW)), ("backward", (NEW, OLD))):
        store = Store(tmp_path / name)
        for at, table in enumerate(order):
            path = tmp_path / f"{name}{at}.csv"
            path.write_text(csv_of(table))
            load(store, [Source(path, path.name)], LoadOptions(may_be_older=True))
        found.append(outcomes(store))
    assert found[0] == found[1] == {"N1": "1", "N2": "", "N3": "15", "N4": ""}


def test_the_report_counts_new_changed_and_unchanged(load_table: Load) -> None:
    load_table(OLD, "old.csv")
    report = load_table(NEW, "new.csv")
    assert (report.new, report.changed, report.unchanged) == (1, 1, 1)


def test_a_full_extract_ends_what_it_no_longer_holds(store: Store, load_table: Load) -> None:
    load_table(OLD, "old.csv")
    load_table(NEW, "new.csv", is_full=True)
    assert set(outcomes(store)) == {"N1", "N2", "N4"}


def test_a_full_extract_keeps_what_it_holds_and_cannot_be_read(
    store: Store, load_table: Load
) -> None:
    load_table(OLD, "old.csv")
    load_table(NEW + "\nN3 | 2025-01-20 | 8L | 16 | nonsense", "new.csv", is_full=True)
    assert outcomes(store)["N3"] == "15"


def test_undo_and_undo_of_the_undo(store: Store, load_table: Load) -> None:
    first, second = load_table(OLD, "old.csv"), load_table(NEW, "new.csv")
    assert charged(store) == (1, 4)
    assert second.load_id is not None
    assert first.load_id is not None
    set_counts(store, second.load_id, False, "test")
    assert charged(store) == (0, 3)
    set_counts(store, second.load_id, True, "test")
    assert charged(store) == (1, 4)
    set_counts(store, first.load_id, False, "test")
    assert charged(store) == (1, 3), "a load that is not the last can be undone"


def test_undoing_twice_changes_nothing(store: Store, load_table: Load) -> None:
    report = load_table(OLD)
    assert report.load_id is not None
    assert set_counts(store, report.load_id, False, "test") == set_counts(
        store, report.load_id, False, "test"
    )


def test_rebuild_gives_the_same_figures_and_load_ids(store: Store, load_table: Load) -> None:
    load_table(OLD, "old.csv", code_map={"nonsense": "16"})
    load_table(NEW + "\nN9 | 2099-01-01 | 8L | | ", "new.csv")
    set_counts(store, 1, False, "test")
    before = everything(store)
    rebuild(store, "test")
    after = everything(store)
    assert before == after
    assert [row["load_id"] for row in read(store).loads] == [1, 2]


def test_the_same_file_twice_is_refused_naming_the_load(load_table: Load, store: Store) -> None:
    load_table(OLD)
    with pytest.raises(AlreadyLoaded, match="it is load 1"):
        load_table(OLD, "another name.csv")
    set_counts(store, 1, False, "test")
    with pytest.raises(AlreadyLoaded, match="which was undone") as refused:
        load_table(OLD)
    assert refused.value.remedy == Remedy("undo_undo", value="1")


def test_several_files_are_one_act_or_none(store: Store, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_text(csv_of(OLD))
    bad.write_text(csv_of(HEAD + "N1 | never | 8Q | 1 | "))
    with pytest.raises(NothingKept, match=r"bad\.csv"):
        load(store, [Source(good, "good.csv"), Source(bad, "bad.csv")], LoadOptions())
    assert store.current() is None
    good2 = tmp_path / "good2.csv"
    good2.write_text(csv_of(NEW))
    reports = load(store, [Source(good, "good.csv"), Source(good2, "good2.csv")], LoadOptions())
    assert {report.snapshot for report in reports} == {store.current()}


def test_a_dry_run_writes_nothing(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_text(csv_of(OLD))
    (report,) = preview(store, [Source(path, "export.csv")], LoadOptions())
    assert (report.load_id, report.snapshot, report.kept) == (None, None, 3)
    assert store.current() is None
    assert not list(store.archive.iterdir())
    assert not [path for path in store.tmp.rglob("*") if path.is_file()], (
        "nothing of the file is left behind"
    )


def test_dates_that_could_be_either_are_asked_about(load_table: Load, store: Store) -> None:
    table = HEAD + "N1 | 03/01/2025 | 8Q | 1 | 04/02/2025"
    with pytest.raises(AmbiguousFile, match="No day in it is over 12") as asked:
        load_table(table)
    assert asked.value.remedy == Remedy("date_order")
    load_table(table, date_order="mdy")
    assert stored_rows(read(store), 1)[0]["recorded_on"] == "2025-03-01"


def test_headers_and_codes_of_ones_own(load_table: Load, store: Store) -> None:
    table = (
        "Our ref | Day | Class | Ended as\nN1 | 2025-01-03 | 8Q | Somebody was charged\nN2 | "
        "2025-01-03 | 8Q | 16"
    )
    maps = {
        "header_map": {
            "Our ref": "crime_reference",
            "Day": "recorded_on",
            "Class": "offence_code",
            "Ended as": "outcome_code",
        }
    }
    report = load_table(table, code_map={"Somebody was charged": "1"}, **maps)
    assert (report.kept, report.set_aside) == (2, 0)
    assert outcomes(store) == {"N1": "1", "N2": "16"}


def test_unknown_loads_and_snapshots_are_said(store: Store, load_table: Load) -> None:
    load_table(OLD)
    with pytest.raises(UnknownLoad, match="newest is 1"):
        set_counts(store, 7, False, "test")
    with pytest.raises(UnknownSnapshot, match="Snapshot 7 is not kept"):
        read(store, 7)


def test_an_older_snapshot_answers_as_it_did(store: Store, load_table: Load) -> None:
    load_table(OLD, "old.csv")
    load_table(NEW, "new.csv")
    (value,) = measure(read(store, 1), "charge_rate_recorded", Cut()).values
    assert (value.numerator, value.denominator) == (0, 3)


def test_a_store_of_an_older_version_is_read_as_it_is_and_made_anew_by_the_next_load(
    store: Store, load_table: Load
) -> None:
    load_table(OLD, "old.csv")
    path = store.path(1)
    with duckdb.connect(
        str(path)
    ) as con:  # what a version before the registers of programmes and of targets by area had stored
        con.execute(
            "drop table programme_row; alter table target_row drop column area; update made_by "
            "set schema_version = 'older'"
        )
    os.utime(path, (1, 1))
    assert charged(store) == (0, 3)
    assert read(store).rows("programme") == []
    assert read(store).rows("target") == []
    load_table(NEW, "new.csv")
    assert charged(store) == (1, 4)
    assert not store.is_outdated()


def test_folders_and_files_are_for_their_owner_only(store: Store, load_table: Load) -> None:
    load_table(OLD)
    for path in store.folder.rglob("*"):
        if path.name != "lock":
            assert not path.stat().st_mode & 0o077 or path.name == "CURRENT", path


CRIMES = st.dictionaries(
    st.sampled_from(["N1", "N2", "N3"]), st.sampled_from(["1", "16", "soon"]), max_size=3
)


@given(st.lists(st.tuples(CRIMES, st.integers(1, 3), st.booleans()), min_size=2, max_size=5))
@example(
    [
        ({}, 3, True),
        ({"N1": "1", "N2": "1"}, 1, False),
        ({}, 1, False),
        ({"N1": "soon", "N2": "1"}, 3, True),
    ]
)
@settings(max_examples=8, deadline=None)
def test_what_the_newest_load_overrules_is_what_all_loads_together_say(
    loads: list[tuple[dict[str, str], int, bool]],
) -> None:
    with tempfile.TemporaryDirectory() as name:
        store = Store(Path(name) / "store")
        for at, (crimes, day, is_full) in enumerate(loads):
            rows = "".join(
                f"{crime},{code if code == 'soon' else '2025-01-03'},8Q,{code}\n"
                for crime, code in {f"OWN{at}": "8", **crimes}.items()
            )
            path = Path(name) / f"{at}.csv"
            path.write_text(f"crime_reference,recorded_on,offence_code,outcome_code\n{rows}")
            load(
                store,
                [Source(path, path.name)],
                LoadOptions(as_at=date(2025, 2, day), is_full=is_full, may_be_older=True),
            )
            copy = shutil.copy(store.path(store.current() or 0), Path(name) / "copy.duckdb")
            with duckdb.connect(str(copy)) as con:
                found = con.execute("select version_id from superseded order by 1").fetchall()
                con.execute("delete from superseded")
                sql.run(con, "loading/supersede_versions", row_table="crime_row")
                assert (
                    found == con.execute("select version_id from superseded order by 1").fetchall()
                )


def test_an_archive_older_than_its_snapshots_is_refused(
    store: Store, load_table: Callable[..., LoadReport]
) -> None:
    """Two backups mixed: a load number would be used again, and a rebuild would lose a load."""
    table = "crime_reference | recorded_on | offence_code | outcome_code\nC1 | 2025-01-05 | 8Q | 1"
    load_table(table)
    shutil.copytree(store.archive, store.folder / "older")
    load_table(table.replace("C1", "C9"), name="more.csv")
    shutil.rmtree(store.archive)
    (store.folder / "older").rename(store.archive)
    with pytest.raises(StoreError, match="older than its snapshots"):
        load_table(table.replace("C1", "C8"), name="other.csv")
    with pytest.raises(StoreError, match="older than its snapshots"):
        rebuild(store, "test")
    assert store.current() == 2
