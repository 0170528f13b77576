"""Workbooks and archives as people send them: damaged, hidden, merged, uncalculated."""

import zipfile
from pathlib import Path

import openpyxl
import pytest

from loaders.contracts import LoadOptions
from loaders.errors import UnreadableFile
from loaders.load import Source, load
from sql.store import Store
from tests.test_found_by_breaking import HEADS, ROWS, loaded


def test_a_damaged_member_of_an_archive(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("a.csv", HEADS + ROWS * 50)
    data = bytearray(path.read_bytes())
    data[60:80] = b"\xff" * 20
    with pytest.raises(UnreadableFile, match="damaged"):
        loaded(store, path, bytes(data))


def workbook(path: Path, *sheets: tuple[str, str, list[list[object]]], merge: str = "") -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, state, rows in sheets:
        sheet = book.create_sheet(title)
        sheet.sheet_state = state
        for row in rows:
            sheet.append(row)
        if merge:
            sheet.merge_cells(merge)
    book.save(path)
    return path


TABLE: list[list[object]] = [
    ["crime_reference", "recorded_on", "offence_code", "outcome_code"],
    ["N1", "2025-01-05", "8Q", 16],
    ["N2", "2025-01-05", "8Q", None],
]


def test_a_workbook_is_read_from_the_first_table_in_sight_and_says_what_it_left(store: Store, tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        ("Cover", "visible", [["Report"]]),
        ("Old", "hidden", TABLE),
        ("Now", "visible", TABLE),
        ("More", "visible", TABLE),
    )
    (report,) = load(store, [Source(path, "a.xlsx")], LoadOptions())
    assert report.notes == ["Read was the sheet 'Now'; not read: More."]


@pytest.mark.parametrize(
    ("rows", "merge", "words"),
    [([*TABLE, ["N3", "2025-01-05", "8Q", "=10+6"]], "", "results were not saved"), (TABLE, "D2:D3", "merged over rows 2 to 3")],
)  # fmt: skip
def test_a_workbook_whose_cells_are_not_there_is_refused(
    store: Store, tmp_path: Path, rows: list[list[object]], merge: str, words: str
) -> None:
    path = workbook(tmp_path / "a.xlsx", ("Now", "visible", rows), merge=merge)
    with pytest.raises(UnreadableFile, match=words):
        load(store, [Source(path, "a.xlsx")], LoadOptions())


def test_a_workbook_may_come_under_any_name(store: Store, tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", ("Now", "visible", TABLE)).rename(tmp_path / "0")
    assert load(store, [Source(path, "a.xlsx")], LoadOptions())[0].kept == 2
