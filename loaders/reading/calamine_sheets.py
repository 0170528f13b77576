"""The fast reader of a sheet, python-calamine, for the sheets that it reads as the careful one
does.

It agrees cell by cell but for errors (it leaves `#N/A` empty) and days kept as text; it reads a
formula whose result was not saved, and a cell within others, as empty; and it lays a sheet out
whole, so that one cell far away takes all memory. A sheet with any of these is left to
`sheet_rows`. Measured on 150,000 rows of 12 cells: 2.7 s of CPU beside 20.
"""

import importlib
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from loaders.reading.spreadsheet_cells import write_table
from loaders.reading.temporary_files import TemporaryFiles
from loaders.reading.workbooks import Sheet, Workbook

CHUNK = 1 << 22
MOST_CELLS, SPARSE = 10_000_000, 4  # that may be laid out; times the cells that hold something
MOST_TEXTS = 256 << 20  # bytes of the texts that the sheets share
ODD_MARKS = (
    b"<f",
    b":f",
    b"<mergeCell",
    b":mergeCell",  # a formula, which may have no result, or merged cells
    b't="e"',
    b't="d"',
    b"<c>",
    b"<c/>",
    b":c ",
    b":c>",  # an error, a day as text, a cell without a place, a prefix
)
FAR_CELL = re.compile(rb'<c r="[A-Z]{3}')
WIDE_CELL = re.compile(rb'<c r="([A-Z]{2})\d')
LAST_ROW = re.compile(rb'<c r="[A-Z]{1,2}(\d+)"')
NO_DATE = re.compile(
    rb'<c r="[A-Z]+\d+" s="(\d+)"[^>]*><v>(?:-|\d{7})'
)  # a number that no day has: by its style it may be one
FAR_ROW = re.compile(rb'<c r="[A-Z]{1,2}(\d{6,7})"')
SHARED_TEXTS = "xl/sharedStrings.xml"


def write_fast(book: Workbook, sheet: Sheet, target: Path, room: TemporaryFiles) -> bool:
    """Write a sheet as CSV, line n of it row n; False, and nothing written, where the careful
    reader is needed.
    """
    packed = book.packed
    dates = {str(style).encode() for style in book.styles.dates}
    if not (_has_plain_texts(packed) and _is_plain_sheet(packed, sheet.path, dates)):
        return False
    library = importlib.import_module("python_calamine")
    try:
        with Path(str(packed.filename)).open("rb") as file:
            found = library.CalamineWorkbook.from_filelike(file).get_sheet_by_name(sheet.title)
        write_table(_placed(found), target, room)
    except library.CalamineError:
        return False
    return True


def _placed(sheet: Any) -> Iterator[list[object]]:
    """The rows of a sheet of the fast reader, which begins with the first column that holds
    something.
    """
    before: list[object] = [""] * (sheet.start or (0, 0))[1]
    yield from (before + row for row in sheet.iter_rows())


def _has_plain_texts(packed: zipfile.ZipFile) -> bool:
    """Are the shared texts few enough to be held, and without marks of how they are read aloud?"""
    if SHARED_TEXTS not in packed.NameToInfo:
        return True
    return packed.getinfo(SHARED_TEXTS).file_size <= MOST_TEXTS and not any(
        b"<rPh" in chunk for chunk in _chunks(packed, SHARED_TEXTS)
    )


def _is_plain_sheet(packed: zipfile.ZipFile, part: str, dates: set[bytes]) -> bool:
    """Does a sheet hold nothing that the two readers read differently, in cells that lie together?

    `dates` are styles of days.
    """
    columns, rows, cells = 26, 0, 0
    for chunk in _chunks(packed, part):
        if not _is_plain(chunk) or not dates.isdisjoint(NO_DATE.findall(chunk)):
            return False
        cells += chunk.count(b"<c ")
        columns = max(
            [
                columns,
                *(26 * (name[0] - 64) + name[1] - 64 for name in set(WIDE_CELL.findall(chunk))),
            ]
        )
        last = LAST_ROW.search(chunk, max(chunk.rfind(b"<c r="), 0))
        rows = max([rows, int(last[1]) if last else 0, *map(int, set(FAR_ROW.findall(chunk)))])
    return rows * columns <= min(MOST_CELLS, SPARSE * cells + MOST_CELLS // 100)


def _chunks(packed: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """A part in chunks of whole tags."""
    left = b""
    with packed.open(part) as inside:
        while chunk := inside.read(CHUNK):
            cut = chunk.rfind(b">") + 1
            yield left + chunk[:cut]
            left = chunk[cut:]
    yield left


def _is_plain(chunk: bytes) -> bool:
    """Has every cell of a chunk its place, none of them far out, and a kind that both readers read
    alike?
    """
    has_places = chunk.count(b"<c ") == chunk.count(b'<c r="')
    return (
        has_places
        and not any(mark in chunk for mark in ODD_MARKS)
        and FAR_CELL.search(chunk) is None
    )
