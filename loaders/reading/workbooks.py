"""An open workbook: its sheets, the texts they share, and what a cell holds.

Memory depends on those texts, not on what the file claims.
"""

import importlib
import zipfile
from array import array
from dataclasses import dataclass
from functools import cache
from typing import Any

from loaders.reading.xml_parts import Attributes, Handler, Relations, Text, TooMuch, read_part

MOST_SHEETS, LONGEST_NAME = 1000, 255
MOST_STYLES, LONGEST_FORMAT = 65_536, 255
MOST_STRINGS, MOST_STRING_BYTES = 1 << 24, 256 << 20


@dataclass(frozen=True)
class Sheet:
    """One worksheet: its name, where it lies in the file, and whether it is in sight."""

    title: str
    path: str
    is_visible: bool


class Strings(Handler):
    """The texts that a workbook keeps once for all its cells, packed as UTF-8: no more memory than
    the file has of them.
    """

    def __init__(self, packed: zipfile.ZipFile, path: str | None) -> None:
        self._bytes, self._ends = bytearray(), array("Q")
        self._text, self._is_on, self._is_reading_aid = Text(), False, False
        if path is not None:
            read_part(packed, path, self)

    def __getitem__(self, at: int) -> str:
        if at < 0:
            raise IndexError(at)
        begin = self._ends[at - 1] if at else 0
        return self._bytes[begin : self._ends[at]].decode("utf-8")

    def start(self, name: str, attributes: Attributes) -> None:
        """`t` is text, but for that of `rPh`, which says how a name is read."""
        self._is_reading_aid = self._is_reading_aid or name == "rPh"
        self._is_on = name == "t" and not self._is_reading_aid

    def end(self, name: str) -> None:
        """After `si` the text is whole."""
        self._is_on = False
        if name == "rPh":
            self._is_reading_aid = False
        elif name == "si":
            self._bytes += self._text.take().replace("x005F_", "").encode("utf-8", "replace")
            self._ends.append(len(self._bytes))
            if len(self._ends) > MOST_STRINGS or len(self._bytes) > MOST_STRING_BYTES:
                raise TooMuch(
                    f"holds more than {MOST_STRING_BYTES >> 20} MB of text: save the sheet as CSV "
                    "UTF-8, and load that."
                )

    def text(self, words: str) -> None:
        """Some of a text."""
        if self._is_on:
            self._text.add(words)


class Styles(Handler):
    """Which styles of cells show a number as a date or a time, or as a length of time."""

    def __init__(self, packed: zipfile.ZipFile, path: str | None) -> None:
        self._formats: dict[int, str] = {}
        self._numbers, self._is_in_cells = array("q"), False
        if path is not None:
            read_part(packed, path, self)
        numbers = _library("openpyxl.styles.numbers")
        codes = [
            self._formats.get(number, numbers.BUILTIN_FORMATS.get(number))
            for number in self._numbers
        ]
        self.dates = {at for at, code in enumerate(codes) if numbers.is_date_format(code)}
        self.lengths = {at for at, code in enumerate(codes) if numbers.is_timedelta_format(code)}

    def start(self, name: str, attributes: Attributes) -> None:
        """A format by its number, or the style of a cell."""
        if name == "numFmt":
            self._formats[int(attributes["numFmtId"])] = attributes["formatCode"][:LONGEST_FORMAT]
        elif name == "cellXfs":
            self._is_in_cells = True
        elif name == "xf" and self._is_in_cells:
            self._numbers.append(int(attributes.get("numFmtId", 0)))
        if len(self._formats) > MOST_STYLES or len(self._numbers) > MOST_STYLES:
            raise TooMuch(
                f"has more than {MOST_STYLES:,} styles of cells, which no spreadsheet writes."
            )

    def end(self, name: str) -> None:
        """Styles after `cellXfs` are of other things."""
        if name == "cellXfs":
            self._is_in_cells = False


class Workbook(Handler):
    """An open workbook: its sheets in their order, its texts, and how its dates are counted."""

    def __init__(self, packed: zipfile.ZipFile) -> None:
        path = Relations(packed, "").of_kind("officeDocument") or "xl/workbook.xml"
        self.packed, self.sheets = packed, list[Sheet]()
        self._relations, self.is_1904 = Relations(packed, path), False
        read_part(packed, path, self)
        self.strings = Strings(packed, self._relations.of_kind("sharedStrings"))
        self.styles = Styles(packed, self._relations.of_kind("styles"))

    def start(self, name: str, attributes: Attributes) -> None:
        """A sheet that is no chart, or the day from which dates are counted."""
        if name == "workbookPr":
            self.is_1904 = attributes.get("date1904", "0") in ("1", "true")
        elif name == "sheet":
            kind, path = self._relations.found[
                next(
                    value for key, value in attributes.items() if key.endswith("/relationships id")
                )
            ]
            if len(self.sheets) >= MOST_SHEETS or len(attributes["name"]) > LONGEST_NAME:
                raise TooMuch(
                    f"has more than {MOST_SHEETS:,} sheets, or a name of one that no spreadsheet "
                    "writes."
                )
            if kind == "worksheet" and path in self.packed.NameToInfo:
                self.sheets.append(
                    Sheet(attributes["name"], path, attributes.get("state", "visible") == "visible")
                )

    def value(self, kind: str, style: int, words: str) -> object:
        """What a cell holds whose kind, style and text these are; None for nothing."""
        if kind == "inlineStr" or not words:
            return words or None
        if kind == "s":
            return self.strings[int(words)]
        if kind == "b":
            return bool(int(words))
        if kind == "d":
            return _library("openpyxl.utils.datetime").from_ISO8601(words)
        if kind != "n":
            return words
        number = float(words) if set(words) & set(".eE") else int(words)
        return (
            self._as_date(number, style in self.styles.lengths)
            if style in self.styles.dates
            else number
        )

    def _as_date(self, number: float, is_length: bool) -> object:
        dates = _library("openpyxl.utils.datetime")
        try:
            return dates.from_excel(
                number,
                dates.MAC_EPOCH if self.is_1904 else dates.WINDOWS_EPOCH,
                timedelta=is_length,
            )
        except (OverflowError, ValueError):  # the serial number of no day
            return "#VALUE!"


@cache
def _library(name: str) -> Any:
    """What openpyxl knows of dates and formats.

    It takes long to import, so only who has a workbook waits for it.
    """
    return importlib.import_module(name)
