"""A pack as Excel, by the Analysis Function's rules for accessible tables: a cover, contents and
notes, then one marked-up table a sheet, numbers as numbers.
"""

import io
import re
from collections.abc import Sequence
from typing import Any

import xlsxwriter

from charts.escaping import for_spreadsheet
from metrics.wording import SUPPRESSED
from packs.contents import OPEN, Cell, Pack, Table, Told

FORMATS = {
    "rate": "0.0%",
    "count": "#,##0",
    "days": "#,##0.0",
    "months": "#,##0.0",
    "per_100": "#,##0.0",
    "per_1000": "#,##0.0",
}
MARKS = (
    (SUPPRESSED, "hidden: a number from one to four, or one from which such a number follows"),
    (
        OPEN,
        "provisional: still open, more outcomes will come; the Status column says which",
    ),
    ("[z]", "not applicable, or no figure: too few cases, or nothing supplied"),
)
LONGEST = 31  # characters of a sheet's name
FIRST = 3  # the row of a table's heads, from 0: title, a note, then the table


def written(pack: Pack) -> bytes:
    """The pack as the bytes of an .xlsx."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"title": pack.title, "author": pack.force, "comments": pack.foot})
    looks = _looks(book)
    tables = pack.tables()
    names = sheet_names([table.name for table in tables])
    _cover(book, looks, pack)
    _contents(book, looks, list(zip(names, tables, strict=True)))
    _notes(book, looks, pack)
    for at, (name, table) in enumerate(zip(names, tables, strict=True)):
        _table(book, looks, (name, f"table_{at + 1}"), table, pack.foot)
    book.close()
    return out.getvalue()


def sheet_names(wanted: Sequence[str]) -> list[str]:
    """Names of sheets: at most 31 characters, none of those that Excel refuses, no two alike."""
    found: list[str] = []
    for name in wanted:
        plain = re.sub(r"[\[\]:*?/\\']", " ", name).strip()[:LONGEST].strip() or "Table"
        number, taken = 1, {one.casefold() for one in found}
        unique = plain
        while unique.casefold() in taken:
            number += 1
            unique = f"{plain[: LONGEST - len(str(number)) - 1]} {number}"
        found.append(unique)
    return found


def _looks(book: Any) -> dict[str, Any]:
    made: dict[str, dict[str, Any]] = {
        "title": {"bold": True, "font_size": 16},
        "head": {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1},
        "wrap": {"text_wrap": True, "valign": "top"},
        "mark": {"align": "right", "valign": "top"},
        "link": {"font_color": "#12436D", "underline": 1},
        **{unit: {"num_format": text, "valign": "top"} for unit, text in FORMATS.items()},
    }
    return {name: book.add_format({"font_name": "Arial", **look}) for name, look in made.items()}


def _cover(book: Any, looks: dict[str, Any], pack: Pack) -> None:
    sheet = book.add_worksheet("Cover")
    sheet.set_column(0, 0, 100)
    lines = [
        pack.pages[0].title,
        pack.foot,
        f"Made {pack.made_at:%-d %B %Y, %H:%M} UTC by {pack.made_by}.",
        pack.late,
        *pack.pages[0].points,
        *(f"{page.name}: {page.title}" for page in pack.pages[1:-1]),
    ]
    for at, line in enumerate(line for line in lines if line):
        sheet.write_string(at, 0, str(for_spreadsheet(line)), looks["title" if not at else "wrap"])


def _contents(book: Any, looks: dict[str, Any], tables: Sequence[tuple[str, Table]]) -> None:
    sheet = book.add_worksheet("Contents")
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 80)
    sheet.write_string(0, 0, "Contents", looks["title"])
    sheet.write_row(2, 0, ["Sheet", "What it holds"], looks["head"])
    sheet.write_string(3, 0, "Notes")
    sheet.write_string(3, 1, "What the marks mean, and each page's commentary and notes")
    for at, (name, table) in enumerate(tables, 4):
        sheet.write_url(at, 0, f"internal:'{name}'!A1", looks["link"], name)
        sheet.write_string(at, 1, table.title, looks["wrap"])
    _marked(sheet, "contents", (2, 0, 3 + len(tables), 1), ["Sheet", "What it holds"])


def _notes(book: Any, looks: dict[str, Any], pack: Pack) -> None:
    sheet = book.add_worksheet("Notes")
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 110)
    sheet.write_string(0, 0, "Notes", looks["title"])
    rows = list(MARKS)
    for page in pack.pages:
        if page.has_commentary:
            rows.append((f"{page.name}: commentary", page.commentary_words))
        rows += [(f"{page.name}: note", note) for note in (page.grey, *page.notes) if note]
    sheet.write_row(2, 0, ["About", "Note"], looks["head"])
    for at, (about, words) in enumerate(rows, 3):
        sheet.write_string(at, 0, str(for_spreadsheet(about)), looks["wrap"])
        sheet.write_string(at, 1, str(for_spreadsheet(words)), looks["wrap"])
    _marked(sheet, "notes", (2, 0, 2 + len(rows), 1), ["About", "Note"])


def _marked(sheet: Any, name: str, place: tuple[int, int, int, int], heads: Sequence[str]) -> None:
    """Mark cells as a table, with a name of its own, so that a screen reader finds it."""
    columns = [{"header": head} for head in heads]
    sheet.add_table(*place, {"name": name, "columns": columns, "style": None, "autofilter": False})


def _table(
    book: Any, looks: dict[str, Any], names: tuple[str, str], table: Table, foot: str
) -> None:
    sheet = book.add_worksheet(names[0])
    sheet.write_string(0, 0, table.title, looks["title"])
    sheet.write_string(1, 0, foot)
    for at, head in enumerate(table.heads):
        longest = max((len(_words(row[at])) for row in table.rows), default=0)
        sheet.set_column(at, at, min(max(longest + 2, len(head) * 0.7, 10), 60))
    for at, row in enumerate(table.rows, FIRST + 1):
        for place, cell in enumerate(row):
            _write(sheet, looks, (at, place), cell)
    heads = _distinct(table.heads)
    _marked(sheet, names[1], (FIRST, 0, FIRST + max(len(table.rows), 1), len(heads) - 1), heads)
    sheet.set_row(FIRST, 32, looks["head"])
    sheet.freeze_panes(FIRST + 1, 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(FIRST)


def _distinct(heads: Sequence[str]) -> list[str]:
    """Heads of which no two are alike, as a marked table asks."""
    seen: dict[str, int] = {}
    found = []
    for head in heads:
        seen[head] = seen.get(head, 0) + 1
        found.append(head if seen[head] == 1 else f"{head} ({seen[head]})")
    return found


def _words(cell: Cell) -> str:
    return cell.words if isinstance(cell, Told) else str(cell)


def _write(sheet: Any, looks: dict[str, Any], at: tuple[int, int], cell: Cell) -> None:
    """A cell: a number as a number, what is not shown as its mark."""
    if isinstance(cell, int):
        sheet.write_number(*at, cell, looks["count"])
    elif isinstance(cell, str):
        sheet.write_string(*at, str(for_spreadsheet(cell)), looks["wrap"])
    elif cell.number is not None:
        is_count = cell.side in ("numerator", "denominator")
        sheet.write_number(*at, cell.number, looks["count" if is_count else cell.unit])
    else:
        mark = SUPPRESSED if cell.value.status == "suppressed" else "[z]"
        sheet.write_string(*at, mark, looks["mark"])
