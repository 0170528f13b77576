"""One file as it was sent, made into the tables of text inside it: a zip of exports, a sheet of a workbook."""

import csv
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path, PurePosixPath
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from loaders.errors import UnreadableFile
from loaders.receive import BOMB_RATIO, BOMB_SIZE, SIZE_LIMIT

CHUNK = 1 << 22
EXPORTS = (".csv", ".txt", ".tsv", ".gz", ".xlsx")
LITTER = ("__macosx/", ".ds_store", "thumbs.db", "desktop.ini")
MOST_MEMBERS = 500
SURE_DIGITS = 10**15  # a spreadsheet keeps fifteen digits of a number; the rest is gone


@dataclass(frozen=True)
class Source:
    """An export to be loaded: where it lies, and the name its sender gave it."""

    path: Path
    file_name: str


def unpacked(sources: Iterable[Source], work: Path, sheet: str | None = None) -> list[Source]:
    """`sources`, with each zip replaced by the exports in it and each workbook by its sheet as CSV. Raises UnreadableFile."""
    found: list[Source] = []
    for at, source in enumerate(sources):
        folder = work / f"unpacked-{at}"
        members = _members(source, folder) if _is_zip(source.path) else [source]
        for number, member in enumerate(members):
            is_book = _is_zip(member.path)
            found.append(_sheet_as_csv(member, folder / f"sheet-{number}.csv", sheet) if is_book else member)
    return found


def _is_zip(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) in (b"PK\x03\x04", b"PK\x05\x06")


def _members(source: Source, folder: Path) -> list[Source]:
    """The exports in a zip; a workbook, which is a zip itself, stays one."""
    folder.mkdir(parents=True, exist_ok=True)
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
        return [_extracted(packed, info, source, folder / f"{at}{PurePosixPath(info.filename).suffix}") for at, info in enumerate(names)]


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
    """One member on disk under a name of ours, with a limit on its size."""
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
    except (zipfile.BadZipFile, EOFError, RuntimeError):
        raise UnreadableFile(
            f"{source.file_name} is damaged: {PurePosixPath(info.filename).name} in it cannot be read. Zip it again."
        ) from None
    if _is_zip(target) and not info.filename.lower().endswith(".xlsx"):
        raise UnreadableFile(f"{source.file_name} is a zip archive in a zip archive. Send the CSV itself.")
    return Source(target, PurePosixPath(info.filename).name)


def _sheet_as_csv(source: Source, target: Path, sheet: str | None) -> Source:
    """One sheet of a workbook, the first or the one named, written as CSV: line n of it is row n of the sheet."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with _opened(source) as packed:
        sizes = sum(info.file_size for info in packed.infolist())
        if sizes > SIZE_LIMIT or (sizes > BOMB_SIZE and sizes > BOMB_RATIO * source.path.stat().st_size):
            raise UnreadableFile(f"{source.file_name} unpacks to a size no workbook has. Send the CSV itself.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(source.path, read_only=True, data_only=True)
            chosen = _chosen(book, source.file_name, sheet)
            chosen.reset_dimensions()
            with target.open("w", encoding="utf-8", newline="") as out:
                _write(csv.writer(out, lineterminator="\n"), chosen.iter_rows(values_only=True))
            book.close()
    except (InvalidFileException, KeyError, ValueError, SyntaxError, zipfile.BadZipFile, AttributeError, TypeError):
        raise UnreadableFile(
            f"{source.file_name} is a zip archive or a damaged Excel workbook, not CSV text. "
            "In Excel choose Save As, CSV UTF-8, and load that."
        ) from None
    return Source(target, source.file_name)


def _chosen(book: Any, file_name: str, sheet: str | None) -> Any:
    names = [one.title for one in book.worksheets]
    if sheet is not None and sheet not in names:
        raise UnreadableFile(f"{file_name} has no sheet {sheet!r}; its sheets: {', '.join(names)}.")
    if not names:
        raise UnreadableFile(f"{file_name} is a workbook without a sheet of rows.")
    return book[sheet] if sheet is not None else book.worksheets[0]


def _write(out: Any, rows: Iterable[tuple[object, ...]]) -> None:
    """Write the rows of a sheet, as wide as its widest; the empty rows below the last one are not rows."""
    found = [[_as_text(cell) for cell in row] for row in rows]
    while found and not any(found[-1]):
        found.pop()
    width = max((at + 1 for row in found for at, cell in enumerate(row) if cell), default=0)
    out.writerows((row + [""] * width)[:width] for row in found)


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
