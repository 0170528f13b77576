"""One file as it was sent, made into the tables of text inside it: a zip of exports, a sheet of a workbook."""

import csv
import importlib
import lzma
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from io import BytesIO
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any

from loaders.errors import UnreadableFile
from loaders.nameless import Nameless
from loaders.receive import BOMB_RATIO, BOMB_SIZE, SIZE_LIMIT

CHUNK = 1 << 22
EXPORTS = (".csv", ".txt", ".tsv", ".gz", ".xlsx")
LITTER = ("__macosx/", ".ds_store", "thumbs.db", "desktop.ini")
MOST_MEMBERS = 500
SEARCHED_ROWS = 60
MERGED = re.compile(rb'<mergeCell ref="[A-Z]+(\d+):[A-Z]+(\d+)"')
FORMULA = re.compile(rb"<(?:[a-z]+:)?f[ />]")
BROKEN = (KeyError, ValueError, SyntaxError, zipfile.BadZipFile, AttributeError, TypeError, EOFError, RuntimeError,
          zlib.error, lzma.LZMAError, IndexError)  # fmt: skip
SURE_DIGITS = 10**15  # a spreadsheet keeps fifteen digits of a number; the rest is gone


@dataclass(frozen=True)
class Source:
    """An export to be loaded: where it lies, and the name its sender gave it."""

    path: Path
    file_name: str
    notes: tuple[str, ...] = ()  # what was odd about unpacking it


def unpacked(sources: Iterable[Source], room: Nameless, sheet: str | None = None) -> list[Source]:
    """`sources`, with each zip replaced by the exports in it and each workbook by its sheet as CSV. Raises UnreadableFile."""
    found: list[Source] = []
    for source in sources:
        members = _members(source, room) if _is_zip(source.path) else [source]
        for member in members:
            is_book = _is_zip(member.path)
            if sheet is not None and not is_book:
                raise UnreadableFile(f"{member.file_name} is no workbook: it has no sheet {sheet!r}.")
            found.append(_sheet_as_csv(member, room, sheet) if is_book else member)
    return found


def _is_zip(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) in (b"PK\x03\x04", b"PK\x05\x06")


def _members(source: Source, room: Nameless) -> list[Source]:
    """The exports in a zip; a workbook, which is a zip itself, stays one."""
    with _opened(source) as packed:
        names = [info for info in packed.infolist() if not info.is_dir() and not _is_litter(info.filename)]
        if any(info.filename == "[Content_Types].xml" for info in names):
            return [source]
        if not names or len(names) > MOST_MEMBERS:
            raise UnreadableFile(f"{source.file_name} is a zip archive of {len(names)} files; it has to hold between 1 and {MOST_MEMBERS}.")
        for info in names:
            if not info.filename.lower().endswith(EXPORTS):
                raise UnreadableFile(
                    f"{source.file_name} is a zip archive that holds {PurePosixPath(info.filename).name}, no CSV export. Take it out."
                )
        return [_extracted(packed, info, source, room.new()) for info in names]


def _is_litter(name: str) -> bool:
    return any(mark in name.lower() for mark in LITTER)


@contextmanager
def _opened(source: Source) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(source.path) as packed:
            yield packed
    except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError) as problem:
        if isinstance(problem, OSError) and not isinstance(problem, zipfile.BadZipFile | EOFError) and problem.errno is not None:
            raise
        raise UnreadableFile(
            f"{source.file_name} is not a whole Excel workbook or zip archive, and not CSV text either. Send it again."
        ) from None


def _extracted(packed: zipfile.ZipFile, info: zipfile.ZipInfo, source: Source, target: Path) -> Source:
    """One member, with a limit on its size."""
    if info.flag_bits & 1:
        raise UnreadableFile(f"{source.file_name} is a zip archive with a password. Send it without one, by a safe way.")
    size = 0
    try:
        with packed.open(info) as inside, target.open("wb") as out:
            while chunk := inside.read(CHUNK):
                size += len(chunk)
                if size > SIZE_LIMIT or (size > BOMB_SIZE and size > BOMB_RATIO * max(info.compress_size, 1)):
                    raise UnreadableFile(f"{source.file_name} unpacks to a size no CSV export has. Send the CSV itself.")
                out.write(chunk)
    except BROKEN:
        raise UnreadableFile(
            f"{source.file_name} is damaged: {PurePosixPath(info.filename).name} in it cannot be read. Zip it again."
        ) from None
    if _is_zip(target) and not info.filename.lower().endswith(".xlsx"):
        raise UnreadableFile(f"{source.file_name} is a zip archive in a zip archive. Send the CSV itself.")
    return Source(target, PurePosixPath(info.filename).name)


def _sheet_as_csv(source: Source, room: Nameless, sheet: str | None) -> Source:
    """One sheet of a workbook, the first or the one named, written as CSV: line n of it is row n of the sheet."""
    target = room.new()
    with _opened(source) as packed:
        sizes = sum(info.file_size for info in packed.infolist())
        if sizes > SIZE_LIMIT or (sizes > BOMB_SIZE and sizes > BOMB_RATIO * source.path.stat().st_size):
            raise UnreadableFile(f"{source.file_name} unpacks to a size no workbook has. Send the CSV itself.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = _workbooks().load_workbook(_bytes(source), read_only=True, data_only=True)
            chosen, others = _chosen(book, source.file_name, sheet)
            has_formulas = _has_formulas(source, chosen)
            with target.open("w", encoding="utf-8", newline="") as out:
                empty = _write(csv.writer(out, lineterminator="\n"), chosen.iter_rows())
            book.close()
            if has_formulas and empty:
                _refuse_uncalculated(source, chosen.title, empty)
    except (*BROKEN, OSError) as problem:
        if getattr(problem, "errno", None):
            raise  # the disk's, not the workbook's
        raise UnreadableFile(
            f"{source.file_name} is a zip archive or a damaged Excel workbook, not CSV text. "
            "In Excel choose Save As, CSV UTF-8, and load that."
        ) from None
    notes = (f"Read was the sheet {chosen.title!r}; not read: {', '.join(others)}.",) if others else ()
    room.drop(source.path)
    return Source(target, source.file_name, notes)


def _bytes(source: Source) -> BytesIO:
    """The workbook in memory: its library refuses a file whose name does not end as it expects."""
    return BytesIO(source.path.read_bytes())


def _chosen(book: Any, file_name: str, sheet: str | None) -> tuple[Any, list[str]]:
    """The sheet named, else the first in sight that holds a table; and the other sheets with tables."""
    sheets = {one.title: one for one in book.worksheets}
    if sheet is not None:
        if sheet not in sheets:
            raise UnreadableFile(f"{file_name} has no sheet {sheet!r}; its sheets: {', '.join(sheets)}.")
        sheets[sheet].reset_dimensions()
        return sheets[sheet], []
    for one in sheets.values():
        one.reset_dimensions()
    tables = [one for one in sheets.values() if one.sheet_state == "visible" and _is_table(one)]
    if not tables:
        raise UnreadableFile(f"{file_name} is a workbook without a sheet that holds a table; its sheets: {', '.join(sheets)}.")
    return tables[0], [one.title for one in tables[1:]]


def _is_table(sheet: Any) -> bool:
    """Has one of the first rows at least three cells?"""
    return any(sum(cell is not None for cell in row) > 2 for row in islice(sheet.iter_rows(values_only=True), SEARCHED_ROWS))


def _has_formulas(source: Source, sheet: Any) -> bool:
    """Are there formulas in a sheet? Refuses cells merged over several rows, which have their value in the first of them only."""
    with zipfile.ZipFile(source.path) as packed, packed.open(sheet._worksheet_path) as xml:
        text = xml.read()
    for span in MERGED.finditer(text):
        if span[1] != span[2]:
            raise UnreadableFile(
                f"{source.file_name} has cells merged over rows {span[1].decode()} to {span[2].decode()}: whose they are is not "
                "known. Unmerge them, fill each row, and save."
            )
    return FORMULA.search(text) is not None


def _refuse_uncalculated(source: Source, title: str, empty: set[str]) -> None:
    """A formula whose result was not saved reads as an empty cell."""
    book = _workbooks().load_workbook(_bytes(source), read_only=True)
    book[title].reset_dimensions()
    for row in book[title].iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and cell.value.startswith("=") and cell.coordinate in empty:
                raise UnreadableFile(
                    f"{source.file_name} has formulas whose results were not saved, the first in cell {cell.coordinate}. "
                    "Open it in Excel, let it calculate, save it, and load that."
                )
    book.close()


def _write(out: Any, rows: Iterable[tuple[Any, ...]]) -> set[str]:
    """Write the rows of a sheet, as wide as its widest, without the empty ones below the last; the formula cells without a result."""
    found: list[list[str]] = []
    empty: set[str] = set()
    for row in rows:
        found.append([_as_text(cell.value) for cell in row])
        empty.update(cell.coordinate for cell in row if cell.value is None and hasattr(cell, "coordinate"))
    while found and not any(found[-1]):
        found.pop()
    width = max((at + 1 for row in found for at, cell in enumerate(row) if cell), default=0)
    out.writerows((row + [""] * width)[:width] for row in found)
    return empty


def _as_text(cell: object) -> str:
    """A cell as an export would have written it."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time(0) else cell.isoformat(sep=" ", timespec="seconds")
    if isinstance(cell, bool):
        return "Y" if cell else "N"
    if isinstance(cell, int | float):
        if abs(cell) >= SURE_DIGITS:
            return f"{cell:.5E}"  # its last digits are gone, and it must be seen to be mangled
        return str(int(cell)) if float(cell).is_integer() else str(cell)
    return cell.isoformat() if isinstance(cell, date | time) else " ".join(str(cell).splitlines())


@cache
def _workbooks() -> Any:
    """The library of workbooks: a fifth of the time that any verb takes to start, so only who has a workbook waits for it."""
    return importlib.import_module("openpyxl")
