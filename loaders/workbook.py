"""An Excel workbook as the tables of text in its sheets: line n of each is row n of the sheet.

Two readers. python-calamine is ten times as fast and agrees with openpyxl cell by cell, but for errors (it leaves `#N/A`
empty), formulas whose result was not saved, and a sheet with one cell far out, which it lays out whole: a sheet with
any of these goes to openpyxl.
"""

import importlib
import re
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import Any
from xml.parsers import expat

from loaders.cells import Table, refuse_entity, write_table
from loaders.nameless import Nameless

CHUNK = 1 << 22
MOST_CELLS = 10_000_000  # that the fast reader may lay out
MERGED = re.compile(rb'<mergeCell ref="[A-Z]+(\d+):[A-Z]+(\d+)"')
FORMULA = re.compile(rb"<(?:[a-z]+:)?f[ />]")
ODD_MARKS = (b't="e"', b't="d"', b"<c>", b"<c/>", b":c ", b":c>")  # an error, a day as text, a cell without a place, a prefix
FAR_CELL = re.compile(rb'<c r="[A-Z]{3}')
WIDE_CELL = re.compile(rb'<c r="([A-Z]{2})\d')
LAST_ROW = re.compile(rb'<c r="[A-Z]{1,2}(\d+)"')


@dataclass(frozen=True)
class Facts:
    """What the text of a sheet shows before a cell is read."""

    has_formulas: bool
    is_plain: bool  # may the fast reader have it?
    merged: tuple[str, str] | None  # the first and last row of cells merged over several rows


class Workbook:
    """One workbook on disk. Raises what its libraries raise where it is damaged."""

    def __init__(self, path: Path, file_name: str, room: Nameless) -> None:
        self.path, self.file_name, self.room = path, file_name, room
        with zipfile.ZipFile(path) as packed:
            self.parts = _parts(packed)
            self.has_phonetics = "xl/sharedStrings.xml" in packed.namelist() and _holds(packed, "xl/sharedStrings.xml", b"<rPh")
            self.facts = {title: _facts(packed, part) for title, (part, _) in self.parts.items()}

    @property
    def titles(self) -> list[str]:
        """Every sheet with cells."""
        return list(self.parts)

    def is_visible(self, title: str) -> bool:
        """Is a sheet in sight?"""
        return self.parts[title][1]

    def table(self, title: str) -> Table:
        """One sheet as CSV; where cells of it are not there to be read, with the sentence that says so."""
        facts = self.facts[title]
        target = self.room.new()
        problem = None
        if facts.merged:
            first, last = facts.merged
            problem = (
                f"{self.file_name} has cells merged over rows {first} to {last}: whose they are is not "
                "known. Unmerge them, fill each row, and save."
            )
        is_written = facts.is_plain and not facts.has_formulas and not self.has_phonetics and self._write_fast(target, title)
        if not is_written:
            empty = self._write_exactly(target, title)
            if facts.has_formulas and empty and not problem:
                problem = self._uncalculated(title, empty)
        return Table(title, target, problem)

    def _write_fast(self, target: Path, title: str) -> bool:
        """By python-calamine; False where it cannot read the workbook, which openpyxl then reads or refuses."""
        library = importlib.import_module("python_calamine")
        try:
            with self.path.open("rb") as file:
                sheet = library.CalamineWorkbook.from_filelike(file).get_sheet_by_name(title)
            write_table(_placed(sheet), target, self.room)
        except library.CalamineError:
            return False
        return True

    def _exact(self, with_results: bool) -> Any:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _openpyxl().load_workbook(BytesIO(self.path.read_bytes()), read_only=True, data_only=with_results)

    def _write_exactly(self, target: Path, title: str) -> set[str]:
        """By openpyxl; the coordinates of its cells that hold nothing."""
        empty: set[str] = set()
        book = self._exact(with_results=True)
        book[title].reset_dimensions()

        def rows() -> Iterator[list[object]]:
            for row in book[title].iter_rows():
                empty.update(cell.coordinate for cell in row if cell.value is None and hasattr(cell, "coordinate"))
                yield [cell.value for cell in row]

        write_table(rows(), target, self.room)
        book.close()
        return empty

    def _uncalculated(self, title: str, empty: set[str]) -> str | None:
        """A formula whose result was not saved reads as an empty cell: the sentence about the first."""
        book = self._exact(with_results=False)
        book[title].reset_dimensions()
        for row in book[title].iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.value.startswith("=") and cell.coordinate in empty:
                    return (
                        f"{self.file_name} has formulas whose results were not saved, the first in cell {cell.coordinate}. "
                        "Open it in Excel, let it calculate, save it, and load that."
                    )
        book.close()
        return None


def _placed(sheet: Any) -> Iterator[list[object]]:
    """The rows of a sheet of the fast reader, which begins with the first column that holds something."""
    before: list[object] = [""] * (sheet.start or (0, 0))[1]
    yield from (before + row for row in sheet.iter_rows())


def _parts(packed: zipfile.ZipFile) -> dict[str, tuple[str, bool]]:
    """The sheets with cells, in their order: title → part of the archive, and whether it is in sight."""
    targets = {tag["Id"]: tag["Target"] for tag in _tags(packed.read("xl/_rels/workbook.xml.rels"), "Relationship")}
    found = {}
    for tag in _tags(packed.read("xl/workbook.xml"), "sheet"):
        target = targets[next(value for name, value in tag.items() if name.endswith(":id"))]
        part = target.removeprefix("/") if target.startswith("/") else str(PurePosixPath("xl") / target)
        if "chartsheet" not in part and "dialogsheet" not in part:
            found[tag["name"]] = (part, tag.get("state", "visible") == "visible")
    return found


def _tags(text: bytes, name: str) -> list[dict[str, str]]:
    """The attributes of each element of a name, whatever its prefix."""
    found: list[dict[str, str]] = []
    parser = expat.ParserCreate()

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == name:
            found.append(attributes)

    parser.StartElementHandler = start
    parser.EntityDeclHandler = refuse_entity
    try:
        parser.Parse(text, True)
    except expat.ExpatError as problem:
        raise ValueError(str(problem)) from None
    return found


def _chunks(packed: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """A part in chunks of whole tags."""
    left = b""
    with packed.open(part) as inside:
        while chunk := inside.read(CHUNK):
            cut = chunk.rfind(b">") + 1
            yield left + chunk[:cut]
            left = chunk[cut:]
    yield left


def _holds(packed: zipfile.ZipFile, part: str, mark: bytes) -> bool:
    return any(mark in chunk for chunk in _chunks(packed, part))


def _facts(packed: zipfile.ZipFile, part: str) -> Facts:
    has_formulas, is_plain, merged, columns, rows = False, True, None, 26, 0
    for chunk in _chunks(packed, part):
        may_have = b"<f" in chunk or b":f" in chunk  # a quick look before the slow one
        has_formulas = has_formulas or (may_have and FORMULA.search(chunk) is not None)
        is_plain = is_plain and _is_plain(chunk)
        columns = max([columns, *(26 * (name[0] - 64) + name[1] - 64 for name in set(WIDE_CELL.findall(chunk)))])
        last = LAST_ROW.search(chunk, max(chunk.rfind(b"<c r="), 0))
        rows = max(rows, int(last[1]) if last else 0)
        spans = (span for span in MERGED.finditer(chunk) if span[1] != span[2])
        merged = merged or next(((span[1].decode(), span[2].decode()) for span in spans), None)
    return Facts(has_formulas, is_plain and rows * columns <= MOST_CELLS, merged)


def _is_plain(chunk: bytes) -> bool:
    """Has every cell of a chunk its place, none of them far out, and a kind that both readers read alike?"""
    has_places = chunk.count(b"<c ") == chunk.count(b'<c r="')
    return has_places and not any(mark in chunk for mark in ODD_MARKS) and FAR_CELL.search(chunk) is None


@cache
def _openpyxl() -> Any:
    """The library of workbooks: a fifth of the time that any verb takes to start, so only who has a workbook waits for it."""
    return importlib.import_module("openpyxl")
