"""The cells of a spreadsheet as the text that an export would have written,
row by row into a CSV.
"""

import csv
import shutil
from collections.abc import Iterable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from loaders.reading.temporary_files import TemporaryFiles

SURE_DIGITS = 10**15  # a spreadsheet keeps fifteen digits of a number; the rest is gone


def write_table(rows: Iterable[Iterable[object]], target: Path, room: TemporaryFiles) -> None:
    """Write rows of cells as a CSV as wide as its widest row, without the empty rows below the
    last; never all of them in memory.
    """
    narrow = room.new()
    widths: set[int] = set()
    blank = 0
    with narrow.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        for cells in rows:
            row = _texts(cells)
            while row and not row[-1]:
                row.pop()
            if row:
                widths.update((len(row), *([0] if blank else [])))
                out.writerows([[]] * blank)
                out.writerow(row)
            blank = 0 if row else blank + 1
    _fill(narrow, target, widths)
    room.drop(narrow)


def _texts(cells: Iterable[object]) -> list[str]:
    """A row of cells as text: most rows are text already, and are looked at once for all cells."""
    row: list[Any] = list(cells)
    try:
        is_plain = "".join(row).isprintable()
    except TypeError:  # a day, a number or an empty cell
        is_plain = False
    return row if is_plain else list(map(as_text, row))


def _fill(narrow: Path, target: Path, widths: set[int]) -> None:
    """Copy a CSV, with each row as wide as the widest."""
    width = max(widths, default=0)
    with (
        narrow.open(encoding="utf-8", newline="") as file,
        target.open("w", encoding="utf-8", newline="") as out,
    ):
        if len(widths) < 2:
            shutil.copyfileobj(file, out, 1 << 20)
        else:
            csv.writer(out, lineterminator="\n").writerows(
                row + [""] * (width - len(row)) for row in csv.reader(file)
            )


def as_text(cell: object) -> str:
    """A cell as an export would have written it."""
    if isinstance(cell, str):
        return cell if cell.isprintable() else " ".join(cell.splitlines())
    if isinstance(cell, datetime):
        return (
            cell.date().isoformat()
            if cell.time() == time(0)
            else cell.isoformat(sep=" ", timespec="seconds")
        )
    if isinstance(cell, bool):
        return "Y" if cell else "N"
    if isinstance(cell, int | float):
        return _number(cell)
    if cell is None:
        return ""
    return cell.isoformat() if isinstance(cell, date | time) else " ".join(str(cell).splitlines())


def _number(cell: float) -> str:
    if abs(cell) >= SURE_DIGITS:
        return f"{cell:.5E}"  # its last digits are gone, and it must be seen to be mangled
    return str(int(cell)) if float(cell).is_integer() else str(cell)
