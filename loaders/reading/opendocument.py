"""An OpenDocument spreadsheet, packed (.ods) or flat (.fods), as the tables of text in its sheets,
in one reading.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import IO, Any
from xml.parsers import expat

from loaders.reading.spreadsheet_cells import as_text, write_table
from loaders.reading.temporary_files import TemporaryFiles
from loaders.reading.xml_parts import TooMuch

CHUNK = 1 << 20
SEARCHED_ROWS = 60  # in which a header is looked for
MOST_TEXT, MOST_BYTES = 100_000, 256 << 20  # characters of one cell, and of all
MOST_COLUMNS = 1 << 14  # of a sheet; what is repeated beyond is formatting, or an attack
MOST_CELLS = 50_000_000  # that may be written of one sheet
IGNORED = ("office:annotation", "table:tracked-changes", "table:dde-links")


@dataclass
class Sheet:
    """One table while it is read: each row with how often it stands there."""

    title: str
    style: str
    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    problem: str | None = None


class Spreadsheet:
    """One spreadsheet, read from its XML.

    Raises ValueError where it is damaged, TooMuch where it passes a bound.
    """

    def __init__(self, xml: IO[bytes], room: TemporaryFiles) -> None:
        self.room = room
        self._bytes = 0
        self.sheets: dict[str, Sheet] = {}
        self._hidden: set[str] = set()
        self._style = ""
        self._text: list[str] = []
        self._cell: dict[str, str] = {}
        self._row: list[str] = []
        self._times = self._ignored = 0
        self._read(xml)

    @property
    def titles(self) -> list[str]:
        """Every sheet."""
        return list(self.sheets)

    def is_visible(self, title: str) -> bool:
        """Is a sheet in sight?"""
        return self.sheets[title].style not in self._hidden

    def head(self, title: str) -> list[list[str]]:
        """The rows in which a header is looked for."""
        return list(islice(_repeated(self.sheets[title].rows), SEARCHED_ROWS))

    def write(self, title: str, target: Path) -> None:
        """One sheet as CSV: line n is row n.

        Raises TooMuch where cells of it are not there to be read.
        """
        sheet = self.sheets[title]
        if sheet.problem:
            raise TooMuch(sheet.problem)
        write_table(_repeated(sheet.rows), target, self.room)

    def _read(self, xml: IO[bytes]) -> None:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse_doctype
        parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = (
            self._start,
            self._end,
            self._data,
        )
        try:
            while chunk := xml.read(CHUNK):
                parser.Parse(chunk)
            parser.Parse(b"", True)
        except expat.ExpatError as problem:
            raise ValueError(str(problem)) from None

    @property
    def _sheet(self) -> Sheet:
        return next(reversed(self.sheets.values()))

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if self._ignored or tag in IGNORED:
            self._ignored += 1
        elif tag in STARTS:
            STARTS[tag](self, attributes)

    def _end(self, tag: str) -> None:
        if self._ignored:
            self._ignored -= 1
        elif tag in ("table:table-cell", "table:covered-table-cell"):
            self._end_cell()
        elif tag == "table:table-row" and self._times:
            while self._row and not self._row[-1]:
                self._row.pop()
            self._sheet.rows.append((self._times, self._row))
            self._times = 0

    def _data(self, text: str) -> None:
        if not self._ignored and self._cell:
            self._text.append(text)

    def _start_style(self, attributes: dict[str, str]) -> None:
        self._style = attributes.get("style:name", "")

    def _start_display(self, attributes: dict[str, str]) -> None:
        if attributes.get("table:display") == "false":
            self._hidden.add(self._style)

    def _start_table(self, attributes: dict[str, str]) -> None:
        title = attributes.get("table:name", f"Sheet{len(self.sheets) + 1}")
        self.sheets[title] = Sheet(title, attributes.get("table:style-name", ""))

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._row, self._times = [], int(attributes.get("table:number-rows-repeated", 1))

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._cell, self._text = attributes | {"open": "yes"}, []

    def _start_covered_cell(self, attributes: dict[str, str]) -> None:
        self._start_cell(attributes | {"is covered": "yes"})

    def _start_paragraph(self, _: dict[str, str]) -> None:
        if self._text:
            self._text.append(" ")

    def _start_space(self, attributes: dict[str, str]) -> None:
        self._text.append(" " * min(int(attributes.get("text:c", 1)), 1000))

    def _end_cell(self) -> None:
        cell, self._cell = self._cell, {}
        if (length := sum(map(len, self._text))) > MOST_TEXT:
            raise TooMuch(
                f"holds a cell of more than {MOST_TEXT:,} characters, which no spreadsheet writes."
            )
        self._bytes += length
        if self._bytes > MOST_BYTES:
            raise TooMuch(
                f"holds more than {MOST_BYTES >> 20} MB of text: save the sheet as CSV UTF-8, and "
                "load that."
            )
        value = _value(cell, "".join(self._text)) if "is covered" not in cell else ""
        times = int(cell.get("table:number-columns-repeated", 1))
        self._row.extend([value] * (times if value else min(times, MOST_COLUMNS)))
        if len(self._row) > MOST_COLUMNS:
            del self._row[MOST_COLUMNS:]
        here = f"row {sum(times for times, _ in self._sheet.rows) + 1}"
        if value and int(cell.get("table:number-rows-spanned", 1)) > 1:
            self._sheet.problem = (
                f"has cells merged over several rows from {here}: whose they "
                "are is not known. Unmerge them, fill each row, and save."
            )
        if "table:formula" in cell and "office:value-type" not in cell and not value:
            self._sheet.problem = self._sheet.problem or (
                f"has formulas whose results were not saved, the first in {here}. Open it, let it "
                "calculate, save it, and load that."
            )


STARTS: dict[str, Callable[[Any, dict[str, str]], None]] = {
    "style:style": Spreadsheet._start_style,
    "style:table-properties": Spreadsheet._start_display,
    "table:table": Spreadsheet._start_table,
    "table:table-row": Spreadsheet._start_row,
    "table:table-cell": Spreadsheet._start_cell,
    "table:covered-table-cell": Spreadsheet._start_covered_cell,
    "text:p": Spreadsheet._start_paragraph,
    "text:s": Spreadsheet._start_space,
    "text:tab": Spreadsheet._start_space,
    "text:line-break": Spreadsheet._start_space,
}


def _value(cell: dict[str, str], text: str) -> str:
    """A cell as an export would have written it: numbers and days by their value, not as they are
    shown.
    """
    kind = cell.get("office:value-type")
    if cell.get("calcext:value-type") == "error":
        return as_text(text)
    if kind in ("float", "percentage", "currency"):
        return as_text(float(cell["office:value"]))
    if kind == "date":
        return as_text(datetime.fromisoformat(cell["office:date-value"][:19]))
    if kind == "boolean":
        return as_text(cell["office:boolean-value"] == "true")
    return as_text(text or cell.get("office:string-value", ""))


def _repeated(rows: list[tuple[int, list[str]]]) -> Iterator[list[str]]:
    """Each row as often as it stands there.

    Raises ValueError where that is more than any table holds.
    """
    last = max((at for at, (_, row) in enumerate(rows) if row), default=-1)
    cells = 0
    for times, row in rows[: last + 1]:
        cells += times * max(len(row), 1)
        if cells > MOST_CELLS:
            raise TooMuch("unpacks to a size no workbook has. Send the CSV itself.")
        for _ in range(times):
            yield row


def _refuse_doctype(*_: object) -> None:
    raise ValueError("a spreadsheet declares no document type")


def is_flat(path: Path) -> bool:
    """Is a file an OpenDocument spreadsheet as one XML text?"""
    with path.open("rb") as file:
        head = file.read(1 << 12)
    return (
        head.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"<")
        and b"<office:document" in head
        and b"opendocument" in head
    )
