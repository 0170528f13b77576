"""One file as it was sent, made into the tables of text inside it: a zip of exports, the sheets of
a workbook.
"""

import csv
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Protocol

from loaders.contracts import LoadOptions
from loaders.errors import LoadError, ManySheets, UnknownFormat, UnreadableFile
from loaders.reading.calamine_sheets import write_fast
from loaders.reading.encoding import BOMB_RATIO, BOMB_SIZE
from loaders.reading.file_times import day_of_workbook
from loaders.reading.headers import find_layout
from loaders.reading.opendocument import Spreadsheet, is_flat
from loaders.reading.sheet_rows import first_rows, write_csv
from loaders.reading.temporary_files import TemporaryFiles
from loaders.reading.workbooks import Sheet, Workbook
from loaders.reading.xml_parts import TooMuch
from loaders.reading.zip_files import (
    BOOKS,
    BROKEN,
    Source,
    is_opendocument,
    is_within,
    is_zip,
    members,
    opened,
)

__all__ = ["BOOKS", "Source", "is_known_header", "unpacked"]
MOST_NAMED = 50  # sheets in a sentence
TABLE_CELLS = 3  # a table shows by a row with so many cells
NO_OPTIONS = LoadOptions()
# the title of a sheet that holds a year, a quarter or a month of what the others hold
PERIOD = re.compile(
    r"(?<!\d)(19|20)\d\d(?!\d)|(?<!\d)\d\d[-/_]\d\d(?!\d)|\bq(uarter)? ?[1-4]\b"
    r"|\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)",
    re.IGNORECASE,
)
IsKnown = Callable[
    [list[str], str], str | None
]  # the format of a table that begins with these lines


class Book(Protocol):
    """A workbook open to be read: its sheets, and each as CSV."""

    @property
    def titles(self) -> list[str]:
        """Every sheet."""

    def is_visible(self, title: str) -> bool:
        """Is a sheet in sight?"""

    def head(self, title: str) -> list[list[str]]:
        """The rows in which a header is looked for."""

    def write(self, title: str, target: Path) -> None:
        """One sheet as CSV."""


def unpacked(
    sources: Iterable[Source],
    room: TemporaryFiles,
    sheet: str | None = None,
    is_known: IsKnown | None = None,
) -> list[Source]:
    """`sources`, with each zip replaced by the exports in it and each workbook by its sheets as
    CSV. Raises UnreadableFile, ManySheets.
    """
    found: list[Source] = []
    for source in sources:
        found_in = members(source, room) if is_zip(source.path) else [source]
        for member in found_in:
            is_book = is_zip(member.path) or is_flat(member.path)
            if sheet is not None and not is_book:
                raise UnreadableFile(
                    f"{member.file_name} is no workbook: it has no sheet {sheet!r}."
                )
            found.extend(
                _sheets_as_csv(member, room, sheet, is_known or is_known_header)
                if is_book
                else [member]
            )
    return found


def _sheets_as_csv(
    source: Source, room: TemporaryFiles, sheet: str | None, is_known: IsKnown
) -> list[Source]:
    """The sheet of a workbook that is named, or whose header is known, as CSV; of a workbook with a
    sheet a year all of them.
    """
    try:
        saved_on = _saved_on(source)
        with _book(source, room) as book:
            chosen, others = _chosen(book, source.file_name, sheet, is_known)
            paths = [room.new() for _ in chosen]
            for title, path in zip(chosen, paths, strict=True):
                book.write(title, path)
    except TooMuch as problem:
        raise UnreadableFile(f"{source.file_name} {problem}") from None
    except (*BROKEN, OSError) as problem:
        if getattr(problem, "errno", None):
            raise  # the disk's, not the workbook's
        raise UnreadableFile(
            f"{source.file_name} is a zip archive or a damaged Excel workbook, not CSV text. "
            "In Excel choose Save As, CSV UTF-8, and load that."
        ) from None
    room.drop(source.path)
    left = f"; not read: {', '.join(others)}." if others else "."
    is_whole = len(chosen) == 1
    return [
        Source(
            path,
            source.file_name if is_whole else f"{source.file_name} [{title}]",
            (f"The sheet {title!r} was read{left}",) if others or not is_whole else (),
            saved_on,
        )
        for title, path in zip(chosen, paths, strict=True)
    ]


def _saved_on(source: Source) -> date | None:
    """The day that a workbook gives itself, else that of the file."""
    if is_flat(source.path):
        return source.saved_on
    with opened(source) as packed:
        return day_of_workbook(packed) or source.saved_on


@contextmanager
def _book(source: Source, room: TemporaryFiles) -> Iterator[Book]:
    """A workbook open to be read, whatever made it.

    Raises UnreadableFile, and what its readers raise.
    """
    sent = source.path.stat().st_size
    if is_flat(source.path):
        with source.path.open("rb") as xml:
            yield Spreadsheet(xml, room)
        return
    with opened(source) as packed:
        if not is_within(sum(info.file_size for info in packed.infolist()), sent):
            raise TooMuch("unpacks to a size no workbook has. Send the CSV itself.")
        if is_opendocument(packed):
            with packed.open("content.xml") as xml:
                yield Spreadsheet(xml, room)
        else:
            yield Excel(Workbook(packed), source.path, room)


@dataclass(frozen=True)
class Excel:
    """A workbook of Excel: each sheet by the fast reader if that is exact,
    else by the careful one.
    """

    book: Workbook
    path: Path
    room: TemporaryFiles

    @property
    def titles(self) -> list[str]:
        """Every sheet with cells."""
        return [sheet.title for sheet in self.book.sheets]

    def is_visible(self, title: str) -> bool:
        """Is a sheet in sight?"""
        return self._sheet(title).is_visible

    def head(self, title: str) -> list[list[str]]:
        """The rows in which a header is looked for."""
        return first_rows(self.book, self._sheet(title))

    def write(self, title: str, target: Path) -> None:
        """One sheet as CSV: line n is row n.

        Raises TooMuch where cells of it are not there to be read.
        """
        if not write_fast(self.book, self._sheet(title), target, self.room):
            write_csv(
                self.book,
                self._sheet(title),
                target,
                self.room,
                max(BOMB_SIZE, BOMB_RATIO * self.path.stat().st_size),
            )

    def _sheet(self, title: str) -> Sheet:
        return next(sheet for sheet in self.book.sheets if sheet.title == title)


def _chosen(
    book: Book, file_name: str, sheet: str | None, is_known: IsKnown
) -> tuple[list[str], list[str]]:
    """The sheets to be read, and the others that hold tables, by their titles; of hidden ones those
    that hold an export.

    Raises ManySheets.
    """
    names = ", ".join(book.titles[:MOST_NAMED])
    if sheet is not None:
        if sheet not in book.titles:
            raise UnreadableFile(f"{file_name} has no sheet {sheet!r}; its sheets: {names}.")
        return [sheet], []
    heads = {title: book.head(title) for title in book.titles}
    found = [
        title
        for title, rows in heads.items()
        if any(sum(map(bool, row)) >= TABLE_CELLS for row in rows)
    ]
    tables = [title for title in found if book.is_visible(title)]
    hidden = [
        title
        for title in found
        if title not in tables and is_known(_lines(heads[title]), file_name)
    ]
    if not tables and hidden:
        raise ManySheets(
            f"{file_name} has its table on a sheet that is hidden: {', '.join(hidden)}.",
            tuple(hidden),
        )
    if not tables:
        raise UnreadableFile(
            f"{file_name} is a workbook without a sheet that holds a table; its sheets: {names}."
        )
    kinds = {title: kind for title in tables if (kind := is_known(_lines(heads[title]), file_name))}
    chosen = list(kinds) or tables[:1]
    if len(chosen) > 1 and not (len(set(kinds.values())) == 1 and all(map(PERIOD.search, kinds))):
        raise ManySheets(
            f"{file_name} has {len(chosen)} sheets that could be meant: "
            f"{', '.join(chosen[:MOST_NAMED])}.",
            tuple(chosen),
        )
    others = [title for title in tables if title not in chosen]
    return chosen, [*others, *(f"{title} (hidden)" for title in hidden)][:MOST_NAMED]


def _lines(rows: list[list[str]]) -> list[str]:
    """Rows as lines of a CSV."""
    text = StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().splitlines()


def is_known_header(
    lines: list[str], file_name: str, options: LoadOptions = NO_OPTIONS
) -> str | None:
    """The format whose header stands in `lines`; of one that is known and still has to be asked
    about the file's name.
    """
    try:
        return find_layout(lines, file_name, options).format.name
    except UnknownFormat:
        return None
    except LoadError:
        return file_name
