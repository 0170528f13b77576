"""The rows of a sheet as text, one at a time, and the sheet as CSV.

Memory depends on the widest row, not on what the file claims.
"""

import csv
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TextIO

from loaders.reading.spreadsheet_cells import as_text
from loaders.reading.temporary_files import TemporaryFiles
from loaders.reading.workbooks import Sheet, Workbook
from loaders.reading.xml_parts import Attributes, Enough, Handler, Text, TooMuch, read_part

ROWS, COLUMNS = 1_048_576, 16_384  # of the largest sheet there is
MOST_COLUMNS = 1000  # of a table that we read
SEARCHED_ROWS = 60  # a table shows in the first rows of its sheet
REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
MERGED = re.compile(r"\$?[A-Z]+\$?(\d+):\$?[A-Z]+\$?(\d+)")
Row = dict[int, str]  # the texts of a row, by their columns from 1


class Rows(Handler):
    """The rows of one sheet, each handed to `take` with its number.

    Refuses one whose cells are not there, if it `is_chosen`.
    """

    def __init__(self, book: Workbook, take: Callable[[int, Row], None], is_chosen: bool) -> None:
        self.book, self.take, self.is_chosen = book, take, is_chosen
        self._row: Row = {}
        self._number = self._column = 0
        self._tags: list[str] = [""]
        self._cell: Attributes = {}
        self._text, self._is_on, self._has_formula, self._has_result = Text(), False, False, False

    def start(self, name: str, attributes: Attributes) -> None:
        """A row, a cell, or something in one."""
        within, self._is_on = self._tags[-1], False
        self._tags.append(name)
        if name == "c" and within == "row":
            self._begin_cell(attributes)
        elif name == "v" and within == "c":
            self._is_on = self._has_result = True
        elif name == "t":
            self._is_on = within == "is" or self._tags[-3:-1] == ["is", "r"]
        elif name == "f" and within == "c":
            self._has_formula = True
        elif name == "row" and within == "sheetData":
            self._begin_row(attributes.get("r"))
        elif name == "mergeCell" and self.is_chosen:
            _refuse_merged(attributes.get("ref", ""))

    def end(self, name: str) -> None:
        """A cell is whole, or a row."""
        self._tags.pop()
        self._is_on = False
        if name == "c" and self._tags[-1] == "row":
            self._end_cell()
        elif name == "row" and self._tags[-1] == "sheetData":
            self.take(self._number, self._row)
            self._row = {}

    def text(self, words: str) -> None:
        """Some of a cell's text."""
        if self._is_on:
            self._text.add(words)

    def _begin_row(self, number: str | None) -> None:
        """Rows come in their order, each once; one without a number follows the one before."""
        before, self._number = self._number, int(float(number)) if number else self._number + 1
        if not before < self._number <= ROWS:
            raise ValueError(number)
        self._column = 0

    def _begin_cell(self, attributes: Attributes) -> None:
        self._cell, self._has_formula, self._has_result = attributes, False, False
        place = attributes.get("r")
        self._column = _column(place) if place else self._column + 1
        if self._column > COLUMNS:
            raise ValueError(place)

    def _end_cell(self) -> None:
        words, kind = self._text.take(), self._cell.get("t", "n")
        if (
            self._has_formula
            and self.is_chosen
            and not words
            and not (kind == "str" and self._has_result)
        ):
            raise TooMuch(
                "has formulas whose results were not saved, the first in cell "
                f"{_place(self._column, self._number)}. "
                "Open it in Excel, let it calculate, save it, and load that."
            )
        found = as_text(self.book.value(kind, int(self._cell.get("s", 0)), words))
        if found:
            self._row[self._column] = found


def first_rows(book: Workbook, sheet: Sheet) -> list[list[str]]:
    """The rows of a sheet in which its header is looked for."""
    found: list[list[str]] = []

    def look(number: int, row: Row) -> None:
        if number <= SEARCHED_ROWS and (row and max(row) <= MOST_COLUMNS):
            found.append([row.get(column, "") for column in range(1, max(row) + 1)])
        if number >= SEARCHED_ROWS:
            raise Enough

    read_part(book.packed, sheet.path, Rows(book, look, is_chosen=False))
    return found


def write_csv(
    book: Workbook, sheet: Sheet, target: Path, room: TemporaryFiles, most_bytes: int
) -> None:
    """Write a sheet as CSV, as wide as its widest row, without the empty rows below the last: line
    n is row n. Raises TooMuch.

    The rows lie in a file of `room` at their own widths until the widest is known.
    """
    ragged, last, width = room.new(), 0, 0
    with ragged.open("w", encoding="utf-8", newline="") as file:
        out: Any = csv.writer(file, lineterminator="\n")

        def put(number: int, row: Row) -> None:
            nonlocal last, width
            if row:
                _refuse_far_away(number, max(row))
                out.writerows([] for _ in range(last + 1, number))
                out.writerow([row.get(column, "") for column in range(1, max(row) + 1)])
                last, width = number, max(width, *row)

        read_part(book.packed, sheet.path, Rows(book, put, is_chosen=True))
    with (
        ragged.open(encoding="utf-8", newline="") as file,
        target.open("w", encoding="utf-8", newline="") as wide,
    ):
        _write_wide(csv.reader(file), wide, width, most_bytes)
    room.drop(ragged)


def _write_wide(rows: Iterable[list[str]], file: TextIO, width: int, most_bytes: int) -> None:
    out = csv.writer(file, lineterminator="\n")
    for at, row in enumerate(rows):
        out.writerow(row + [""] * (width - len(row)))
        if at % 1000 == 0 and file.tell() > most_bytes:
            raise TooMuch("unpacks to a size no workbook has. Send the CSV itself.")


def _refuse_far_away(number: int, column: int) -> None:
    if column > MOST_COLUMNS:
        raise TooMuch(
            f"has something in cell {_place(column, number)}, and a table has at most "
            f"{MOST_COLUMNS:,} columns. "
            "Clear what stands to the right of the table, save, and load that."
        )


def _refuse_merged(span: str) -> None:
    """Cells merged over several rows have their value in the first of them only."""
    rows = MERGED.fullmatch(span)
    if rows and rows[1] != rows[2]:
        raise TooMuch(
            f"has cells merged over rows {rows[1]} to {rows[2]}: whose they are is not known. "
            "Unmerge them, fill each row, and save."
        )


def _column(place: str) -> int:
    """The number of a cell's column, from 1. Raises ValueError for what is no place in a sheet."""
    found = REFERENCE.fullmatch(place)
    if found is None:
        raise ValueError(place)
    number = 0
    for letter in found[1]:
        number = number * 26 + ord(letter) - 64
    return number


def _place(column: int, row: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"
