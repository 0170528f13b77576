"""Intake an analyst can trust: archives and workbooks, saved formats, previews, older extracts,
forgetting.
"""

import gzip
import io
import json
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from loaders.changes import moves_in_words
from loaders.contracts import LoadOptions, LoadReport
from loaders.errors import Forgotten, OlderExtract, UnknownFormat, UnreadableFile
from loaders.forget import forget
from loaders.load import Source, load, preview
from loaders.load_reports import rows_set_aside, stored_rows
from loaders.saved_formats import saved_formats
from loaders.undo import forgotten_words, preview_counts, rebuild, set_counts
from metrics.load_impact import headlines_told, look_into
from store.remedies import Remedy
from store.snapshot import read
from store.writer import Store
from tests.conftest import csv_of
from tests.store.test_store import NEW, OLD, charged, outcomes
from tests.support.command_line import vawg

Load = Callable[..., LoadReport]
OWN = (
    "Our ref | Day | Class | Ended as\nN1 | 2025-01-03 | 8Q | Somebody was charged\nN2 | "
    "2025-01-03 | 8Q | 16"
)
MAPS = {
    "Our ref": "crime_reference",
    "Day": "recorded_on",
    "Class": "offence_code",
    "Ended as": "outcome_code",
}


def zipped(path: Path, **members: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in members.items():
            packed.writestr(name, data)
    return path


def book(path: Path, *sheets: list[list[object]]) -> Path:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for number, rows in enumerate(sheets, start=1):
        sheet = made.create_sheet(f"Sheet{number}")
        for row in rows:
            sheet.append(row)
    made.save(path)
    return path


CELLS = [
    ["Crimes of January"],
    [],
    ["Crime Ref", "Date Recorded", "Offence", "Outcome", "Outcome Date", "Age"],
    ["N1", datetime(2025, 1, 6), "8Q", 16, datetime(2025, 2, 3, 14, 30), 31.0],
    [2000000012, datetime(2025, 1, 9), "8Q", None, None, None],
    [123456789012345678, datetime(2025, 1, 9), "8Q", None, None, None],
]


def test_a_zip_of_exports_is_one_act(store: Store, tmp_path: Path) -> None:
    inside = {
        "jan.csv": csv_of(OLD).encode(),
        "march.csv.gz": gzip.compress(csv_of(NEW).encode()),
        "__MACOSX/._jan.csv": b"x",
    }
    reports = load(
        store, [Source(zipped(tmp_path / "all.zip", **inside), "all.zip")], LoadOptions()
    )
    assert [report.file_name for report in reports] == ["jan.csv", "march.csv.gz"]
    assert {report.snapshot for report in reports} == {1}
    assert outcomes(store) == {"N1": "1", "N2": "", "N3": "15", "N4": ""}


def test_a_workbook_is_read_by_its_rows(store: Store, tmp_path: Path) -> None:
    (report,) = load(
        store, [Source(book(tmp_path / "book.xlsx", CELLS, []), "book.xlsx")], LoadOptions()
    )
    assert (
        report.kept,
        report.set_aside,
        report.problems[0].problem,
        report.problems[0].first_lines,
    ) == (2, 1, "mangled_reference", [6])
    first, second = stored_rows(read(store), 1)
    assert (first["recorded_on"], first["outcome_on"], first["victim_age"]) == (
        "2025-01-06",
        "2025-02-03",
        "31",
    )
    assert second["crime_reference"] == "2000000012"


def test_a_sheet_by_name(store: Store, tmp_path: Path) -> None:
    source = Source(book(tmp_path / "book.xlsx", [["nothing"]], CELLS), "book.xlsx")
    with pytest.raises(UnreadableFile, match=r"no sheet 'Jan'; its sheets: Sheet1, Sheet2"):
        load(store, [source], LoadOptions(sheet="Jan"))
    assert load(store, [source], LoadOptions(sheet="Sheet2"))[0].kept == 2


@pytest.mark.parametrize(
    ("members", "words"),
    [
        ({"a.pdf": b"x"}, "holds a.pdf"),
        ({}, "zip archive of 0 files"),
        ({"a.csv": b"0" * 200_000_000}, "no CSV export has"),
        ({"a.csv": b"PK\x03\x04"}, "zip archive in a zip archive"),
    ],
)
def test_what_a_zip_may_not_hold(
    store: Store, tmp_path: Path, members: dict[str, bytes], words: str
) -> None:
    with pytest.raises(UnreadableFile, match=words):
        load(store, [Source(zipped(tmp_path / "all.zip", **members), "all.zip")], LoadOptions())
    assert store.current() is None


def test_half_an_archive_and_a_damaged_workbook_are_refused(store: Store, tmp_path: Path) -> None:
    whole = zipped(tmp_path / "whole.zip", **{"a.csv": csv_of(OLD).encode()}).read_bytes()
    good = book(tmp_path / "good.xlsx", CELLS).read_bytes()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good)) as packed, zipfile.ZipFile(out, "w") as other:
        for info in packed.infolist():
            other.writestr(
                info.filename, b"<broken" if "sheet1" in info.filename else packed.read(info)
            )
    for at, data in enumerate((whole[: len(whole) // 2], good[: len(good) // 2], out.getvalue())):
        path = tmp_path / f"{at}.xlsx"
        path.write_bytes(data)
        with pytest.raises(UnreadableFile, match="workbook"):
            load(store, [Source(path, path.name)], LoadOptions())


def test_a_saved_format_is_recognised_the_next_time(store: Store, load_table: Load) -> None:
    first = load_table(
        OWN, header_map=MAPS, code_map={"Somebody was charged": "1"}, save_format="Records, January"
    )
    assert first.saved_format is None
    again = load_table(OWN.replace("N1", "N3").replace("N2", "N4"), "next.csv")
    assert (again.saved_format, again.kept, again.set_aside) == ("Records, January", 2, 0)
    assert outcomes(store) == {"N1": "1", "N2": "16", "N3": "1", "N4": "16"}
    before = stored_rows(read(store), 2)
    rebuild(store, "test")
    assert stored_rows(read(store), 2) == before
    assert [entry.name for entry in saved_formats(store)] == ["Records, January"]


def test_what_is_said_beats_what_was_saved(store: Store, load_table: Load) -> None:
    load_table(OWN, header_map=MAPS, code_map={"Somebody was charged": "1"}, save_format="own")
    load_table(
        OWN.replace("N1", "N3"), "next.csv", code_map={"Somebody was charged": "14"}, format="own"
    )
    assert outcomes(store)["N3"] == "14"
    with pytest.raises(UnknownFormat, match="cannot be called"):
        load_table(OLD, "old.csv", save_format="crime_outcomes")


def test_a_preview_saves_no_format(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text(csv_of(OWN))
    options = LoadOptions(
        header_map=MAPS, code_map={"Somebody was charged": "1"}, save_format="own"
    )
    preview(store, [Source(path, path.name)], options)
    assert saved_formats(store) == []


def test_a_preview_says_what_would_move(store: Store, load_table: Load, tmp_path: Path) -> None:
    load_table(OLD, "old.csv")
    path = tmp_path / "new.csv"
    path.write_text(csv_of(NEW))
    seen: list = []
    (report,) = preview(
        store, [Source(path, "new.csv")], LoadOptions(is_full=True), look=look_into(store, seen)
    )
    assert moves_in_words(report.moved) == [
        "1 crime recorded in March 2025 is new.",
        "1 crime recorded in January 2025 changed outcome: 1 from 16 to 1.",
        "1 crime recorded in January 2025 no longer counts.",
    ]
    assert (report.first_day, report.last_day) == (
        report.first_day.replace(month=1, day=6),
        report.last_day.replace(month=3, day=20),
    )
    assert (
        report.sample[0]
        | {"crime_reference": "N1", "recorded_on": "2025-01-06", "outcome_code": "1"}
        == report.sample[0]
    )
    lines = headlines_told(seen)
    assert "12 months to 28 February 2025" in lines[0]
    assert "  Charge rate (crimes recorded): 0 of 3 -> 1 of 2" in lines
    assert charged(store) == (0, 3)


def test_a_preview_waits_for_nobody(store: Store, load_table: Load, tmp_path: Path) -> None:
    load_table(OLD, "old.csv")
    path = tmp_path / "new.csv"
    path.write_text(csv_of(NEW))
    with store.lock():
        assert preview(Store(store.folder), [Source(path, "new.csv")], LoadOptions())[0].kept == 3


def test_an_older_extract_needs_a_yes(store: Store, load_table: Load) -> None:
    load_table(NEW, "new.csv")
    with pytest.raises(
        OlderExtract,
        match=r"stands at 10 February 2025, and load 1 at 20 March 2025. Of 1 of its rows",
    ):
        load_table(OLD, "old.csv")
    assert charged(store) == (1, 3)
    report = load_table(OLD, "old.csv", may_be_older=True)
    assert report.older_than
    assert outcomes(store) == {"N1": "1", "N2": "", "N3": "15", "N4": ""}


def test_an_older_extract_of_other_crimes_asks_nothing(load_table: Load) -> None:
    load_table(NEW, "new.csv")
    assert load_table(OLD.replace("N", "M"), "old.csv").older_than is None


def test_an_older_extract_of_crimes_that_a_newer_full_one_does_not_hold(
    store: Store, load_table: Load
) -> None:
    load_table(NEW, "new.csv", is_full=True)
    with pytest.raises(OlderExtract, match="Of 3 of its rows that load says otherwise"):
        load_table(OLD.replace("N", "M"), "old.csv")
    load_table(OLD.replace("N", "M"), "old.csv", may_be_older=True)
    assert set(outcomes(store)) == {"N1", "N2", "N4"}


def test_undo_can_be_previewed(store: Store, load_table: Load) -> None:
    load_table(OLD, "old.csv")
    load_table(NEW, "new.csv")
    moved = preview_counts(store, 2, False)
    assert (
        moves_in_words(moved)[1]
        == "1 crime recorded in January 2025 changed outcome: 1 from 1 to 16."
    )
    assert charged(store) == (1, 4)
    set_counts(store, 2, False, "test")
    assert charged(store) == (0, 3)


def test_forgetting_a_load(store: Store, load_table: Load) -> None:
    load_table(OLD + "\nN9 | 2099-01-01 | 8L | | ", "old.csv")
    load_table(NEW, "new.csv")
    said = forget(store, 1, "keeper")
    assert "cannot make them again: 2 of them no other load holds" in said
    assert not (store.archive / "000001.parquet").exists()
    assert charged(store) == (1, 4), "today's figures stay"
    assert [row["sent"] for row in rows_set_aside(read(store), 1)] == [""]
    with pytest.raises(Forgotten, match="already removed"):
        forget(store, 1, "keeper")
    rebuild(store, "test")
    assert forgotten_words(store) == "Left out, for its archive was removed: load 1."
    assert outcomes(store) == {"N1": "1", "N2": "", "N4": ""}
    assert [
        (row["load_id"], bool(row["forgotten_at"]), row["kept"]) for row in read(store).loads
    ] == [(1, True, 3), (2, False, 3)]


def test_a_store_of_another_version_is_not_rebuilt_without_what_was_forgotten(
    store: Store, load_table: Load, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_table(OLD, "old.csv")
    forget(store, 1, "keeper")
    monkeypatch.setattr("store.writer.schema_version", lambda: "another")
    with pytest.raises(Forgotten, match="a rebuild goes on without it") as refused:
        load_table(NEW, "new.csv")
    assert refused.value.remedy == Remedy("rebuild")


def test_the_command_line_says_all_of_it(tmp_path: Path) -> None:
    store = tmp_path / "store"
    (tmp_path / "a.csv").write_text(csv_of(OWN))
    words = [word for theirs, ours in MAPS.items() for word in ("--map", f"{theirs}={ours}")]
    taught = [*words, "--code", "Somebody was charged=1", "--save-format", "own"]
    dry = json.loads(
        vawg(store, "load", str(tmp_path / "a.csv"), *taught, "--dry-run", "--json").stdout
    )
    assert {"sample", "moved", "headlines", "unknown"} <= set(dry)
    vawg(store, "load", str(tmp_path / "a.csv"), *taught)
    (tmp_path / "b.csv").write_text(csv_of(OWN.replace("N1", "N7")))
    assert (
        json.loads(vawg(store, "load", str(tmp_path / "b.csv"), "--json").stdout)["saved_format"]
        == "own"
    )
    (tmp_path / "c.csv").write_text(
        csv_of(OWN.replace("16", "1").replace("2025-01-03", "2025-01-02"))
    )
    assert "--yes" in vawg(store, "load", str(tmp_path / "c.csv"), code=3).stderr
    vawg(store, "load", str(tmp_path / "c.csv"), "--yes")
    assert "changed in another field" in vawg(store, "undo", "1", "--dry-run").stdout
    assert "is removed" in vawg(store, "forget", "2").stdout
    vawg(store, "forget", "9", code=3)
    assert vawg(store, "load", str(tmp_path / "c.csv"), "--format", "nothing", code=2).stderr
