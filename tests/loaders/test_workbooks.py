"""Workbooks and archives as people send them: damaged, hidden, merged, uncalculated."""

import csv
import random
import re
import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH

from loaders.contracts import LoadOptions
from loaders.errors import UnreadableFile
from loaders.load import Source, load
from loaders.reading.sheet_rows import as_text
from loaders.reading.temporary_files import TemporaryFiles
from loaders.reading.unpacking import unpacked
from store.writer import Store
from tests.loaders.test_regressions import HEADS, ROWS, loaded
from tests.loaders.test_workbook_bounds import book as by_hand

STRICT = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
CELLS: list[tuple[object, str]] = [
    (None, "General"),
    (None, "dd/mm/yyyy"),
    ('a, "quoted"\nline', "@"),
    (" ", "General"),
    ("_x005F_x", "General"),
    ("é😀", "General"),
    (True, "General"),
    (False, "General"),
    (0, "General"),
    (-3, "General"),
    (1.5, "0.00"),
    (1e20, "General"),
    (123456789012345678, "0"),
    (0.1 + 0.2, "General"),
    ("#N/A", "General"),
    ("2025-01-05", "General"),
    (45000, "dd/mm/yyyy"),
    (45000.75, "yyyy\\-mm\\-dd hh:mm"),
    (0.5, "hh:mm:ss"),
    (1.25, "[h]:mm:ss"),
    (-1, "dd/mm/yyyy"),
    (1e9, "dd/mm/yyyy"),
    (59, "m/d/yy"),
    (60, "m/d/yy"),
    (5, '"day" 0'),
    (5, "[Red]0"),
    (5, "0 %"),
    (date(2025, 1, 5), "dd/mm/yyyy"),
    (datetime(2025, 1, 5, 23, 59, 59, 999000), "yyyy-mm-dd hh:mm:ss"),
    (time(1, 2, 3), "h:mm"),
    (timedelta(days=2, seconds=5), "[hh]:mm:ss"),
    (datetime(1900, 1, 1), "d-mmm"),
]


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


@pytest.mark.parametrize(
    ("rows", "merge", "words"),
    [
        ([*TABLE, ["N3", "2025-01-05", "8Q", "=10+6"]], "", "results were not saved"),
        (TABLE, "D2:D3", "merged over rows 2 to 3"),
    ],
)
def test_a_workbook_whose_cells_are_not_there_is_refused(
    store: Store, tmp_path: Path, rows: list[list[object]], merge: str, words: str
) -> None:
    path = workbook(tmp_path / "a.xlsx", ("Now", "visible", rows), merge=merge)
    with pytest.raises(UnreadableFile, match=words):
        load(store, [Source(path, "a.xlsx")], LoadOptions())


def test_a_workbook_may_come_under_any_name(store: Store, tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", ("Now", "visible", TABLE)).rename(tmp_path / "0")
    assert load(store, [Source(path, "a.xlsx")], LoadOptions())[0].kept == 2


@pytest.mark.filterwarnings("ignore::UserWarning")  # openpyxl's, of days that there are not
def test_cells_read_as_a_library_of_workbooks_reads_them(tmp_path: Path) -> None:
    """Every kind of cell, drawn at random, against openpyxl: dates of both calendars, lengths of
    time, errors, gaps, odd texts.
    """
    dice = random.Random(7)
    for is_1904 in (False, True):
        book = openpyxl.Workbook()
        book.epoch = MAC_EPOCH if is_1904 else WINDOWS_EPOCH
        sheet = book.active
        assert sheet is not None
        sheet.append(["a", "b", "c", "d"])
        for row in range(2, 400):
            for column in range(1, 12):
                value, number_format = dice.choice(CELLS)
                cell = sheet.cell(row + dice.choice([0, 0, 0, 3]), column, value)
                cell.number_format = number_format
        path = tmp_path / f"{is_1904}.xlsx"
        book.save(path)
        with TemporaryFiles(tmp_path) as room:
            (found,) = unpacked([Source(path, path.name)], room)
            with found.path.open(encoding="utf-8", newline="") as file:
                ours = list(csv.reader(file))
        known = openpyxl.load_workbook(path, data_only=True).worksheets[0]
        theirs = [
            ["" if one is None else as_text(one) for one in row]
            for row in known.iter_rows(values_only=True)
        ]
        assert ours == theirs


def test_what_other_programs_write_is_read_too(tmp_path: Path) -> None:
    """Cells and rows without a place, rich and shared texts, a reading aid, prefixed and strict
    names, results that are empty.
    """
    strings = (
        "<si><t>one</t><rPh><t>ONE</t></rPh></si><si><r><rPr/><t>two "
        "</t></r><r><t>three</t></r></si>"
    )
    rows = (
        "<row><c t='s'><v>0</v></c><c t='s'><v>1</v></c><c "
        "t='inlineStr'><is><r><t>four</t></r></is></c></row>"
        "<row r='3'><c r='B3' t='b'><v>1</v></c><c t='e'><v>#N/A</v></c><c "
        "t='str'><f>x</f><v></v></c><c t='d'><v>2025-01-05</v></c></row>"
    )
    path = by_hand(tmp_path / "a.xlsx", rows=rows, strings=strings)
    prefixed = tmp_path / "b.xlsx"
    with zipfile.ZipFile(path) as packed, zipfile.ZipFile(prefixed, "w") as out:
        for name in packed.namelist():
            text = packed.read(name).decode()
            if name.startswith("xl/worksheets"):
                text = (
                    re.sub(r"<(/?)(?=\w)", r"<\1x:", text)
                    .replace("xmlns=", "xmlns:x=")
                    .replace(*STRICT)
                )
            out.writestr(name, text)
    for sent in (path, prefixed):
        with TemporaryFiles(tmp_path) as room:
            (found,) = unpacked([Source(sent, sent.name)], room)
            assert found.path.read_text() == "one,two three,four,,\n,,,,\n,Y,#N/A,,2025-01-05\n"
