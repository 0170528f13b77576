"""One file as it was sent, made into the tables of text inside it: a zip of exports, a sheet of a workbook."""

import lzma
import re
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Protocol

from loaders.cells import Table
from loaders.contracts import LoadOptions
from loaders.errors import LoadError, ManySheets, UnknownFormat, UnreadableFile
from loaders.headers import SEARCHED_LINES, find_layout, split_line
from loaders.nameless import Nameless
from loaders.opendocument import Spreadsheet, is_flat
from loaders.receive import BOMB_RATIO, BOMB_SIZE, SIZE_LIMIT
from loaders.workbook import Workbook

CHUNK = 1 << 22
BOOKS = (".xlsx", ".xlsm", ".ods")
EXPORTS = (".csv", ".txt", ".tsv", ".gz", ".fods", *BOOKS)
LITTER = ("__macosx/", ".ds_store", "thumbs.db", "desktop.ini")
MOST_MEMBERS = 500
NO_OPTIONS = LoadOptions()
PERIOD = re.compile(  # the title of a sheet that holds a year, a quarter or a month of what the others hold
    r"(?<!\d)(19|20)\d\d(?!\d)|(?<!\d)\d\d[-/_]\d\d(?!\d)|\bq(uarter)? ?[1-4]\b|\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)",
    re.IGNORECASE,
)
BROKEN = (KeyError, ValueError, SyntaxError, zipfile.BadZipFile, AttributeError, TypeError, EOFError, RuntimeError,
          zlib.error, lzma.LZMAError, IndexError, StopIteration)  # fmt: skip
IsKnown = Callable[[list[str], str], str | None]  # the format of a table that begins with these lines


class Book(Protocol):
    """A workbook open to be read: its sheets, and each as CSV."""

    @property
    def titles(self) -> list[str]:
        """Every sheet."""

    def is_visible(self, title: str) -> bool:
        """Is a sheet in sight?"""

    def table(self, title: str) -> Table:
        """One sheet as CSV."""


@dataclass(frozen=True)
class Source:
    """An export to be loaded: where it lies, and the name its sender gave it."""

    path: Path
    file_name: str
    notes: tuple[str, ...] = ()  # what was odd about unpacking it


def unpacked(sources: Iterable[Source], room: Nameless, sheet: str | None = None, is_known: IsKnown | None = None) -> list[Source]:
    """`sources`, with each zip replaced by the exports in it and each workbook by its sheets as CSV. Raises UnreadableFile, ManySheets."""
    found: list[Source] = []
    for source in sources:
        members = _members(source, room) if _is_zip(source.path) else [source]
        for member in members:
            is_book = _is_zip(member.path) or is_flat(member.path)
            if sheet is not None and not is_book:
                raise UnreadableFile(f"{member.file_name} is no workbook: it has no sheet {sheet!r}.")
            found.extend(_sheets_as_csv(member, room, sheet, is_known or is_known_header) if is_book else [member])
    return found


def _is_zip(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) in (b"PK\x03\x04", b"PK\x05\x06")


def _members(source: Source, room: Nameless) -> list[Source]:
    """The exports in a zip; a workbook, which is a zip itself, stays one."""
    with _opened(source) as packed:
        names = [info for info in packed.infolist() if not info.is_dir() and not _is_litter(info.filename)]
        if any(info.filename == "[Content_Types].xml" for info in names) or _is_opendocument(packed):
            return [source]
        if not names or len(names) > MOST_MEMBERS:
            raise UnreadableFile(f"{source.file_name} is a zip archive of {len(names)} files; it has to hold between 1 and {MOST_MEMBERS}.")
        for info in names:
            if not info.filename.lower().endswith(EXPORTS):
                raise UnreadableFile(
                    f"{source.file_name} is a zip archive that holds {PurePosixPath(info.filename).name}, no CSV export. Take it out."
                )
        return [_extracted(packed, info, source, room.new()) for info in names]


def _is_opendocument(packed: zipfile.ZipFile) -> bool:
    """Is an archive an OpenDocument spreadsheet?"""
    return "content.xml" in packed.namelist() and "mimetype" in packed.namelist() and b"opendocument" in packed.read("mimetype")[:200]


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
    if _is_zip(target) and not info.filename.lower().endswith(BOOKS):
        raise UnreadableFile(f"{source.file_name} is a zip archive in a zip archive. Send the CSV itself.")
    return Source(target, PurePosixPath(info.filename).name)


def _sheets_as_csv(source: Source, room: Nameless, sheet: str | None, is_known: IsKnown) -> list[Source]:
    """The sheet of a workbook that is named, or whose header is known, as CSV; of a workbook with a sheet a year all of them."""
    try:
        with _book(source, room) as book:
            chosen, others = _chosen(book, source.file_name, sheet, is_known)
    except (*BROKEN, OSError) as problem:
        if getattr(problem, "errno", None):
            raise  # the disk's, not the workbook's
        raise UnreadableFile(
            f"{source.file_name} is a zip archive or a damaged workbook, not CSV text. In Excel choose Save As, CSV UTF-8, and load that."
        ) from None
    for table in chosen:
        if table.problem:
            raise UnreadableFile(table.problem)
    room.drop(source.path)
    titles = [table.title for table in chosen]
    notes = [
        f"Read was the sheet {title!r}; not read: {', '.join(others)}." if others else f"Read was the sheet {title!r}." for title in titles
    ]
    if len(chosen) == 1:
        return [Source(chosen[0].path, source.file_name, tuple(notes) if others else ())]
    return [Source(table.path, f"{source.file_name} [{table.title}]", (note,)) for table, note in zip(chosen, notes, strict=True)]


@contextmanager
def _book(source: Source, room: Nameless) -> Iterator[Book]:
    """A workbook open to be read, whatever made it. Raises UnreadableFile, and what its libraries raise."""
    if is_flat(source.path):
        with source.path.open("rb") as xml:
            yield Spreadsheet(xml, source.file_name, room)
        return
    with _opened(source) as packed:
        sizes = sum(info.file_size for info in packed.infolist())
        if sizes > SIZE_LIMIT or (sizes > BOMB_SIZE and sizes > BOMB_RATIO * source.path.stat().st_size):
            raise UnreadableFile(f"{source.file_name} unpacks to a size no workbook has. Send the CSV itself.")
        if _is_opendocument(packed):
            with packed.open("content.xml") as xml:
                yield Spreadsheet(xml, source.file_name, room)
            return
    yield Workbook(source.path, source.file_name, room)


def _chosen(book: Book, file_name: str, sheet: str | None, is_known: IsKnown) -> tuple[list[Table], list[str]]:
    """The sheets to be read, and the titles of the others in sight that hold tables. Raises ManySheets."""
    if sheet is not None:
        if sheet not in book.titles:
            raise UnreadableFile(f"{file_name} has no sheet {sheet!r}; its sheets: {', '.join(book.titles)}.")
        return [book.table(sheet)], []
    tables = [book.table(title) for title in book.titles if book.is_visible(title)]
    lines = {table.title: _first_lines(table) for table in tables}
    tables = [table for table in tables if _is_table(lines[table.title])]
    if not tables:
        raise UnreadableFile(f"{file_name} is a workbook without a sheet that holds a table; its sheets: {', '.join(book.titles)}.")
    kinds = {table.title: kind for table in tables if (kind := is_known(lines[table.title], file_name))}
    chosen = [table for table in tables if table.title in kinds] or tables[:1]
    if len(chosen) > 1 and not (len(set(kinds.values())) == 1 and all(map(PERIOD.search, kinds))):
        raise ManySheets(
            f"{file_name} has {len(chosen)} sheets that could be meant: {', '.join(kinds)}. Say which with --sheet {next(iter(kinds))!r}.",
            tuple(kinds),
        )
    return chosen, [table.title for table in tables if table not in chosen]


def _first_lines(table: Table) -> list[str]:
    with table.path.open(encoding="utf-8") as file:
        return [line.rstrip("\n") for line in islice(file, SEARCHED_LINES)]


def _is_table(lines: list[str]) -> bool:
    """Has one of the first rows at least three cells?"""
    return any(sum(map(bool, split_line(line, ","))) > 2 for line in lines)


def is_known_header(lines: list[str], file_name: str, options: LoadOptions = NO_OPTIONS) -> str | None:
    """The format whose header stands in `lines`; of one that is known and still has to be asked about the file's name."""
    try:
        return find_layout(lines, file_name, options).format.name
    except UnknownFormat:
        return None
    except LoadError:
        return file_name
