"""Templates: they load as they are, but for their example rows, which are set aside."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from loaders import templates
from loaders.contracts import ExportFormat, LoadOptions
from loaders.errors import NothingKept
from loaders.formats import BY_NAME, FORMATS
from loaders.load import Source, load
from store.writer import Store

Bring = Callable[[str, bytes], object]
EACH = pytest.mark.parametrize("entry", FORMATS, ids=lambda entry: entry.name)


def bring(store: Store, folder: Path, name: str, content: bytes) -> object:
    (folder / name).write_bytes(content)
    return load(store, [Source(folder / name, name)], LoadOptions())[0]


@EACH
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_template_sent_back_untouched_loads_nothing_that_never_was(
    store: Store, tmp_path: Path, entry: ExportFormat, kind: str
) -> None:
    content = templates.as_csv(entry).encode() if kind == "csv" else templates.as_workbook(entry)
    with pytest.raises(NothingKept) as refused:
        bring(store, tmp_path, f"template.{kind}", content)
    assert "example row of the template" in str(refused.value)


def test_rows_beneath_the_examples_load(store: Store, tmp_path: Path) -> None:
    entry = BY_NAME["crime_outcomes"]
    own = ["A1", "20/01/2026", "8Q", *[""] * (len(entry.names) - 3)]
    content = templates.as_csv(entry) + ",".join(own) + "\n"
    report = bring(store, tmp_path, "filled.csv", content.encode())
    assert (report.rows, report.kept, report.set_aside) == (3, 1, 2)  # type: ignore[attr-defined]


@EACH
def test_an_example_row_is_right_but_for_its_mark(entry: ExportFormat) -> None:
    """Each coded cell of an example is one of the values that the second sheet allows."""
    allowed: dict[str, set[str]] = {}
    for column, _, value, _ in templates.allowed_values(entry):
        allowed.setdefault(column, set()).add(value)
    assert list(allowed) == list(entry.names)
    for row in templates.example_rows(entry):
        for column, cell in list(zip(entry.columns, row, strict=True))[1:]:
            if column.codes in templates.CODES or column.values:
                assert not cell or cell in allowed[column.name], column.name
            if column.required:
                assert cell, f"{column.name} is required, and has no example"


def test_the_second_sheet_says_what_each_column_may_hold() -> None:
    book = load_workbook(io.BytesIO(templates.as_workbook(BY_NAME["crime_outcomes"])))
    assert book.sheetnames == ["Export", "Allowed values"]
    rows = list(book["Allowed values"].values)
    assert any(row[0] == "outcome_code" and row[2] == "16" for row in rows)
    assert ("recorded_on", "required", "a day, as 31/12/2025", None) in rows
