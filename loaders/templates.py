"""Templates: an export with our headers, two example rows, and what each column may hold.

An example row says so in its first cell, and a load sets it aside: who forgets to delete it loads
no crime that never was.
"""

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font

from loaders.contracts import Column, ExportFormat
from loaders.reading.csv_records import EXAMPLE
from loaders.value_lists import meanings
from store.writer import REFERENCE

Row = tuple[str, ...]
CODES = {
    "outcome": ("outcome", "outcome_code", "title"),
    "offence": ("offence", "offence_class", "description"),
}
# two invented values for each column that is not a day; columns without one stay empty
EXAMPLES: dict[str, tuple[str, str]] = {
    "offence_code": ("8Q", "8L"),
    "force_name": ("Cheshire", "Cheshire"),
    "area": ("Halton", "Warrington"),
    "team": ("Harm Reduction Unit", "Response"),
    "outcome_code": ("1", "16"),
    "victim_sex": ("F", "F"),
    "victim_age": ("34", "27"),
    "domestic_abuse": ("yes", "no"),
    "victim_id": ("V-0001", "V-0002"),
    "suspect_id": ("S-0001", "S-0002"),
    "crime_reference": ("ABC/0001", "ABC/0002"),
    "order_reference": ("SPO/0001", "SPO/0002"),
    "defendant_id": ("D-0001", "D-0002"),
    "subject_id": ("S-0001", "S-0002"),
    "plea": ("guilty", "not guilty"),
    "result": ("found guilty", "acquitted"),
    "court": ("Crown Court", "magistrates"),
    "order_kind": ("full", "interim"),
    "stage": ("full", "interim"),
    "origin": ("police", "police"),
    "decision": ("granted", "refused"),
    "breach_kind": ("contact", "notification"),
    "offence_group": ("VAWG", "VAWG"),
    "convicted": ("120", "131"),
    "unsuccessful": ("30", "28"),
    "month": ("2026-01", "2026-02"),
    "financial_year": ("2025/26", "2025/26"),
    "financial_quarter": ("1", "2"),
    "offence_description": ("Stalking", "Harassment"),
    "outcome_type": ("1", "16"),
    "recorded_count": ("250", "240"),
    "closed_count": ("220", "230"),
    "what_happened": ("Invented: a new team began", "Invented: a new form"),
    "noted_by": ("Invented analyst", "Invented analyst"),
    "programme": ("Invented: early case review", "Invented: early case review"),
    "phase": ("1", "2"),
    "metric": ("charged_within_90", "days_to_charge"),
    "reason": ("Invented: a change of practice", "Invented: a change of practice"),
    "approved_by": ("Invented board", "Invented board"),
    "target": ("11 %", "60"),
    "set_by": ("Invented chief officers", "Invented chief officers"),
    "claim_words": ("Invented: 98 % are convicted", "Invented: one order a week"),
    "said_by": ("Invented unit", "Invented unit"),
    "comparator": ("at least", "at most"),
    "claimed_figure": ("11 %", "60"),
    "commentary": ("Invented: the new team is at full strength", "Invented: as last month"),
    "meeting": ("monthly", "monthly"),
    "what_was_decided": ("Invented: review ten cases", "Invented: a second desk"),
    "owner_role": ("Invented detective chief inspector", "Invented head of unit"),
    "sample_id": ("2026-01/1", "2026-01/1"),
    "stratum": ("outcome 15, other, Halton", "outcome 16, other, Halton"),
    "stratum_size": ("40", "60"),
    "seed": ("2026", "2026"),
    "question": ("right_outcome", "lines_done"),
    "answer": ("yes", "no"),
    "reviewer_kind": ("first", "first"),
    "recommended_by": ("Invented report", "Invented report"),
    "recommendation": ("Invented: review a sample", "Invented: train supervisors"),
}
# of a column that stands in several formats with other words
EXAMPLES_OF = {
    ("decision_register", "status"): ("open", "open"),
    ("recommendation_register", "status"): ("being progressed", "complete"),
}
DAYS = (date(2026, 1, 20), date(2026, 2, 23))


def example_rows(entry: ExportFormat) -> list[Row]:
    """Two rows; the first cell of each says that it is an example."""
    marks = [f"{EXAMPLE} {number}, delete it" for number in (1, 2)]
    return [
        tuple(
            marks[at] if column is entry.columns[0] else _example(entry, column, at)
            for column in entry.columns
        )
        for at in (0, 1)
    ]


def _example(entry: ExportFormat, column: Column, at: int) -> str:
    if column.is_day:
        return DAYS[at].strftime("%d/%m/%Y") if column.required else ""
    found = EXAMPLES_OF.get((entry.name, column.name)) or EXAMPLES.get(column.name)
    if found and (column.values in (None, "flag") or found[at] in meanings(column.values)):
        return found[at]
    return _plain_example(column, at)


def _plain_example(column: Column, at: int) -> str:
    """An invented value of a required column that nothing is said of."""
    if not column.required:
        return ""
    if column.values:
        return (*meanings(column.values), *meanings(column.values))[at]
    if column.is_number:
        return ("1", "2")[at]
    return f"{column.name.removesuffix('_id')[:1].upper()}-000{at + 1}"


def allowed_values(entry: ExportFormat) -> list[Row]:
    """For each column its name, whether it must be there, what it may hold and what that means."""
    rows: list[Row] = []
    for column in entry.columns:
        need = "required" if column.required else ""
        values = list(_values(column))
        if not values:
            values = [("a day, as 31/12/2025" if column.is_day else "text", "")]
        rows += [(column.name, need, value, meaning) for value, meaning in values]
    return rows


def _values(column: Column) -> Iterator[tuple[str, str]]:
    """Each value that a coded column may hold, and what it means."""
    if column.codes in CODES:
        file, key, words = CODES[column.codes]
        yield from ((row[key], row[words]) for row in _reference(file))
    elif column.values == "flag":
        yield from (("yes", ""), ("no", ""))
    elif column.values:
        yield from ((meaning, "") for meaning in meanings(column.values))


def _reference(name: str) -> list[dict[str, str]]:
    with Path(REFERENCE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


HEADS = ("Column", "Must be there", "May hold", "Which means")


def as_csv(entry: ExportFormat) -> str:
    """The template as CSV."""
    return _csv([entry.names, *example_rows(entry)])


def allowed_as_csv(entry: ExportFormat) -> str:
    """What each column may hold, as CSV."""
    return _csv([HEADS, *allowed_values(entry)])


def _csv(rows: list[Row]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()


def _fill(sheet: Any, title: str, rows: list[Row]) -> None:
    """Put rows into a sheet, the first of them as its heads."""
    sheet.title, sheet.freeze_panes = title, "A2"
    for row in rows:
        sheet.append(row)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        sheet.column_dimensions[cell.column_letter].width = max(len(str(cell.value)) + 2, 12)


def as_workbook(entry: ExportFormat) -> bytes:
    """The template as .xlsx: the export on the first sheet, what each column may hold on the
    second.
    """
    book = Workbook()
    first = book.active
    assert first is not None
    _fill(first, "Export", [entry.names, *example_rows(entry)])
    _fill(book.create_sheet(), "Allowed values", [HEADS, *allowed_values(entry)])
    book.properties.created = book.properties.modified = datetime(2026, 1, 1)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
