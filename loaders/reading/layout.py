"""How a table lies in its file: which line is the header, what separates the cells, which column is
which field.
"""

import csv
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from loaders.contracts import ExportFormat

DELIMITERS = (",", ";", "\t", "|")
FILLED = 0.6  # of the cells of the fullest line, that a header fills
DAY = re.compile(r"\d{1,4}[-/.](\d{1,2}|[A-Za-z]{3,9})[-/.]\d{1,4}([T ]\d{1,2}:.*)?")


# headers of columns that number the rows, or say when they were made: they split no count
NO_SPLIT = re.compile(
    r"\b(id|index|rows?|no|number|ref|reference|date|updated|extracted|notes?|comments?|expired"
    r"|rate|percent|total)\b|%",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Header:
    """A line, or several lines with quoted breaks between them, that may be the header; split by
    one delimiter.
    """

    first: int
    last: int
    delimiter: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Layout:
    """How the table lies in the file: `positions` maps our field to the column it stands in, from
    0.
    """

    format: ExportFormat
    header_line: int  # physical, from 1; the last one, where a header has line breaks in it
    delimiter: str
    headers: tuple[str, ...]
    positions: dict[str, int]
    first_line: int = 0  # of the header
    period: str = ""  # of a file that holds one, as its first day
    notes: tuple[
        str, ...
    ] = ()  # which of several columns was taken, where none had to be asked about

    @property
    def columns(self) -> dict[str, str]:
        """Our field → their header."""
        return {name: self.headers[position] for name, position in self.positions.items()}

    @property
    def dropped(self) -> list[str]:
        """Their headers that we do not store."""
        used = set(self.positions.values())
        return [
            header
            for position, header in enumerate(self.headers)
            if position not in used and header.strip()
        ]

    @property
    def splitting(self) -> list[int]:
        """The columns that are not stored and may split a count."""
        used = set(self.positions.values())
        return [
            position
            for position, header in enumerate(self.headers)
            if position not in used and header.strip() and not NO_SPLIT.search(header)
        ]

    @property
    def has_more_columns(self) -> bool:
        """Has the file columns that we do not store, be they without a name?"""
        return len(self.positions) < len(
            [header for header in self.headers if header.strip()]
        ) or any(not header.strip() for header in self.headers[:-1])

    @property
    def persons(self) -> list[str]:
        """Our fields of the file that hold ids of persons."""
        return [name for name in self.format.persons if name in self.positions]

    @property
    def is_kept_whole(self) -> bool:
        """Is every column kept as it was sent?

        Only then may a row be shown whose cells may have moved.
        """
        return not self.has_more_columns and not self.persons

    @property
    def is_wide(self) -> bool:
        """Do several columns of one line make several rows?"""
        return self.format.is_wide and self.format.as_at[0] not in self.positions

    def rows_of(self, cells: Sequence[str]) -> list[list[str]]:
        """The rows that a line of a wide table makes, in the order of our fields."""
        assert self.format.wide is not None
        return self.format.wide.rows(cells, self.positions, self.period)


def split_line(line: str, delimiter: str) -> list[str]:
    """The cells of one physical line, leniently: for looking for a header only."""
    return next(csv.reader([line.replace("\r", " ").replace("\0", " ")], delimiter=delimiter), [])


def likely_header(lines: Sequence[str]) -> Header | None:
    """Where no header is known: of the lines with as many cells as most have, by the separator that
    gives most, the first that is filled; a title above it fills one cell or two. None without a
    table.
    """
    best: tuple[int, Header] | None = None
    for delimiter in DELIMITERS:
        found = [(at, split_line(line[:20000], delimiter)) for at, line in enumerate(lines, 1)]
        widths = Counter(len(cells) for _, cells in found if any(map(str.strip, cells)))
        usual = max(widths, key=lambda width: (widths[width], -width), default=0)
        if usual > 1 and (best is None or usual > best[0]):
            table = [(at, cells) for at, cells in found if len(cells) == usual]
            filled = [sum(bool(cell.strip()) for cell in cells) for _, cells in table]
            at, cells = next(
                row
                for row, count in zip(table, filled, strict=True)
                if count >= FILLED * max(filled)
            )
            best = (usual, Header(at, at, delimiter, tuple(cell.strip() for cell in cells)))
    return best[1] if best else None
