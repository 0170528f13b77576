"""Which sheet of a workbook is read, whatever made it; and the two readers of sheets write the
same.
"""

import re
import zipfile
from collections.abc import Callable
from datetime import datetime, time
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from loaders.contracts import LoadOptions, LoadReport
from loaders.errors import ManySheets, UnreadableFile
from loaders.load import Source, load
from loaders.load_reports import stored_rows
from loaders.reading.calamine_sheets import write_fast
from loaders.reading.sheet_rows import write_csv
from loaders.reading.temporary_files import TemporaryFiles
from loaders.reading.workbooks import Workbook
from store.snapshot import read
from store.writer import Store
from tests.loaders.test_workbooks import TABLE, workbook

COVER: list[list[object]] = [["Report", "of", "June"], ["made", "by", "us"]]


def test_a_workbook_is_read_from_the_sheet_that_is_known_and_says_what_it_left(
    store: Store, tmp_path: Path
) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        ("Cover", "visible", COVER),
        ("Old", "hidden", TABLE),
        ("Now", "visible", TABLE),
        ("Pivot", "visible", COVER),
    )
    (report,) = load(store, [Source(path, "a.xlsx")], LoadOptions())
    assert report.notes[0] == "The sheet 'Now' was read; not read: Cover, Pivot, Old (hidden)."


def test_a_table_that_stands_on_a_hidden_sheet_alone_is_asked_about(
    store: Store, tmp_path: Path
) -> None:
    path = workbook(tmp_path / "a.xlsx", ("Cover", "visible", [["Us"]]), ("Data", "hidden", TABLE))
    with pytest.raises(ManySheets, match="on a sheet that is hidden: Data") as asked:
        load(store, [Source(path, "a.xlsx")], LoadOptions())
    assert asked.value.sheets == ("Data",)
    assert load(store, [Source(path, "a.xlsx")], LoadOptions(sheet="Data"))[0].kept == 2


def test_a_separator_at_the_end_of_the_header_alone_is_no_column(
    store: Store, tmp_path: Path
) -> None:
    path = tmp_path / "a.csv"
    head = "Crime Ref,Date Recorded,HO Code,Outcome,Area,"
    path.write_text(f"{head}\nA1,2024-05-14,8Q,1,Halton\nA2,2024-05-15,8Q,16,Halton\n")
    (report,) = load(store, [Source(path, "a.csv")], LoadOptions())
    assert (report.kept, report.problems) == (2, [])
    assert [row["area"] for row in stored_rows(read(store), 1)] == ["Halton", "Halton"]


def test_a_column_without_a_name_is_said(load_table: Callable[..., LoadReport]) -> None:
    head = "crime_reference | recorded_on | offence_code | outcome_code |"
    report = load_table(f"{head} |\nN1 | 2025-01-06 | 8Q | 1 | | 2025-02-03")
    assert report.notes[0] == "Column 6 has no name in the header and was not stored."


def test_several_sheets_that_are_known_are_asked_about(store: Store, tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", ("Now", "visible", TABLE), ("More", "visible", TABLE))
    with pytest.raises(ManySheets, match="could be meant: Now, More.") as asked:
        load(store, [Source(path, "a.xlsx")], LoadOptions())
    assert asked.value.sheets == ("Now", "More")
    assert load(store, [Source(path, "a.xlsx")], LoadOptions(sheet="More"))[0].kept == 2


def test_a_sheet_a_year_is_one_act(store: Store, tmp_path: Path) -> None:
    next_year = [TABLE[0], ["N3", "2026-01-05", "8Q", None]]
    path = workbook(
        tmp_path / "a.xlsx",
        ("2024-25", "visible", TABLE),
        ("2025-26", "visible", next_year),
        ("Notes", "visible", COVER),
    )
    reports = load(store, [Source(path, "a.xlsx")], LoadOptions())
    assert [(report.file_name, report.kept) for report in reports] == [
        ("a.xlsx [2024-25]", 2),
        ("a.xlsx [2025-26]", 1),
    ]
    assert store.current() == 1


ODS_HEAD = """<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:body><office:spreadsheet>"""


def flat_sheet(title: str, rows: list[list[object]]) -> str:
    """A sheet as OpenDocument writes it, with the blank rows and columns that it repeats to the
    edge.
    """

    def cell(value: object) -> str:
        if isinstance(value, int):
            return (
                '<table:table-cell office:value-type="float" '
                f'office:value="{value}"><text:p>{value:,}.0</text:p></table:table-cell>'
            )
        if value is None:
            return "<table:table-cell/>"
        if re.fullmatch(r"\d{4}-\d\d-\d\d", str(value)):
            return (
                '<table:table-cell office:value-type="date" '
                f'office:date-value="{value}"><text:p>shown</text:p></table:table-cell>'
            )
        note = "<office:annotation><text:p>a note</text:p></office:annotation>"
        return (
            "<table:table-cell "
            f'office:value-type="string">{note}<text:p>{value}</text:p></table:table-cell>'
        )

    lines = "".join(
        f"<table:table-row>{''.join(map(cell, row))}<table:table-cell "
        "table:number-columns-repeated='16000'/></table:table-row>"
        for row in rows
    )
    blank = (
        "<table:table-row "
        "table:number-rows-repeated='1048000'><table:table-cell/></table:table-row>"
    )
    return f"<table:table table:name='{title}'>{lines}{blank}</table:table>"


@pytest.mark.parametrize("name", ["a.fods", "a.ods"])
def test_opendocument_is_read_like_any_workbook(store: Store, tmp_path: Path, name: str) -> None:
    xml = f"{ODS_HEAD}{flat_sheet('Cover', COVER)}{flat_sheet('Now', TABLE)}</office:spreadsheet></office:body></office:document>"
    path = tmp_path / name
    if name == "a.ods":
        with zipfile.ZipFile(path, "w") as packed:
            packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
            packed.writestr("content.xml", xml)
    else:
        path.write_text(xml)
    (report,) = load(store, [Source(path, name)], LoadOptions())
    assert (report.kept, report.notes[0]) == (2, "The sheet 'Now' was read; not read: Cover.")
    rows = stored_rows(read(store), 1)
    assert [(row["crime_reference"], row["recorded_on"], row["outcome_code"]) for row in rows] == [
        ("N1", "2025-01-05", "16"),
        ("N2", "2025-01-05", ""),
    ]


def test_an_opendocument_that_is_damaged_or_declares_entities_is_refused(
    store: Store, tmp_path: Path
) -> None:
    path = tmp_path / "a.fods"
    for xml in (ODS_HEAD, ODS_HEAD.replace("?>", '?><!DOCTYPE x [<!ENTITY a "aaaa">]>', 1)):
        path.write_text(xml)
        with pytest.raises(UnreadableFile, match="damaged"):
            load(store, [Source(path, "a.fods")], LoadOptions())


ODD: list[object] = [
    datetime(2024, 4, 1),
    datetime(2024, 4, 1, 14, 5, 33),
    time(14, 5),
    True,
    False,
    1,
    1.5,
    0.1 + 0.2,
    123456789012345,
    1234567890123456,
    1e300,
    -5,
    " padded ",
    "two\nlines",
    "0042",
    None,
    "é",
    "1,204",
    "#N/A",
    "#REF!",
]


@pytest.mark.parametrize("is_1904", [False, True])
@pytest.mark.parametrize("odd", ODD)
def test_both_readers_of_workbooks_write_the_same(
    tmp_path: Path, odd: object, is_1904: bool
) -> None:
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904 if is_1904 else book.epoch
    sheet = book.active
    for row in ([], [None, "a", odd], [None, odd, None, "b"], [None, 45383]):
        sheet.append(row)
    for at, form in enumerate(("dd/mm/yyyy", "mmm-yy", "[h]:mm", "#,##0"), start=2):
        sheet.cell(5, at, 45383.25).number_format = form
    book.save(path)
    with TemporaryFiles(tmp_path) as room, zipfile.ZipFile(path) as packed:
        made = Workbook(packed)
        fast, exact = room.new(), room.new()
        is_fast = write_fast(made, made.sheets[0], fast, room)
        write_csv(made, made.sheets[0], exact, room, 1 << 20)
        assert is_fast is (odd not in ("#N/A", "#REF!"))
        assert fast.read_text() == (exact.read_text() if is_fast else "")
