"""Which reader a file gets, and what the careful one makes of oddities; headers whatever their
spelling.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from loaders.contracts import LoadOptions, LoadReport
from loaders.errors import AmbiguousFile, LoadError, UnreadableFile
from loaders.load import Source, load
from loaders.load_reports import stored_rows
from loaders.reading.csv_shape import plain_rows
from loaders.reading.headers import find_layout
from store.snapshot import read
from store.writer import Store

Load = Callable[..., LoadReport]
HEAD = "crime_reference,recorded_on,offence_code,outcome_code,outcome_on,area\n"
ROW = "N1,2025-01-06,8Q,16,2025-02-03,North\n"


@pytest.mark.parametrize(
    ("body", "plain"),
    [
        (ROW, True),
        (ROW.rstrip("\n"), True),
        (ROW.replace("North", '"North, East"'), True),
        (ROW.replace("North", '"said ""hi"""'), True),
        (ROW.replace("North", '"two\nlines"'), False),
        (ROW.replace("North", 'No"rth'), False),
        (ROW.replace("North", '"North" East'), False),
        (ROW.replace("North", '"North'), False),
        (ROW.replace(",North", ""), False),
        (ROW.replace("North", "North,"), False),
        (ROW.replace(",North", "") + ROW.replace("North", "North,"), False),
        (ROW + "\n" + ROW, False),
        (ROW.replace("North", "N" * 200_000), False),
    ],
)
def test_only_plain_files_go_to_the_quick_reader(tmp_path: Path, body: str, plain: bool) -> None:
    path = tmp_path / "export.csv"
    path.write_text(HEAD + body, newline="")
    assert bool(plain_rows(path, 1, ",", 6)) is plain


def test_one_row_too_short_and_one_too_long_are_both_set_aside(
    store: Store, tmp_path: Path
) -> None:
    path = tmp_path / "export.csv"
    path.write_text(
        HEAD + ROW + "N2,2025-01-06,8Q,16,2025-02-03\n" + "N3,2025-01-06,8Q,16,2025-02-03,North,\n"
    )
    (report,) = load(store, [Source(path, path.name)], LoadOptions())
    assert (report.kept, report.set_aside) == (1, 2)
    assert report.problems[0].first_lines == [3, 4]


@pytest.mark.parametrize(
    "heads",
    [
        "Crime Ref. No;RECORDED DATE;HO-Offence Code;H.O. Outcome",
        "crime-reference;Recorded_On;offence code;OUTCOME code",
    ],
)
def test_headers_are_known_whatever_their_case_and_punctuation(heads: str) -> None:
    layout = find_layout([heads], "export.csv", LoadOptions())
    assert (layout.format.name, layout.delimiter) == ("crime_outcomes", ";")
    assert list(layout.columns.values()) == heads.split(";")


def test_two_columns_for_one_field_are_asked_about() -> None:
    with pytest.raises(AmbiguousFile, match="two columns that could be outcome_code"):
        find_layout(
            ["crime_reference,recorded_on,offence_code,Outcome,HO Outcome"],
            "export.csv",
            LoadOptions(),
        )


@pytest.mark.parametrize("mark", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_line_ends_and_encodings(store: Store, tmp_path: Path, mark: str, encoding: str) -> None:
    path = tmp_path / "export.csv"
    path.write_bytes((HEAD + ROW.replace("North", "Café")).replace("\n", mark).encode(encoding))
    (report,) = load(store, [Source(path, path.name)], LoadOptions())
    assert report.kept == 1
    assert stored_rows(read(store), 1)[0]["area"] == "Café"


def stored_cell(store: Store, load_table: Load, field: str, row: str) -> str:
    """What is stored of one field of one crime."""
    load_table(f"crime_reference | recorded_on | offence_code | outcome_code\n{row}")
    return stored_rows(read(store), 1)[0][field]


@pytest.mark.parametrize(
    ("sent", "day"),
    [
        ("31/12/2024", "2024-12-31"),
        ("31-Dec-24", "2024-12-31"),
        ("31 December 2024", "2024-12-31"),
        ("45657", "2024-12-31"),
        ("2024-12-31T23:30:00Z", "2024-12-31"),
        ("31/12/2024 08:15", "2024-12-31"),
        ("20241231", "2024-12-31"),
    ],
)
def test_forms_of_a_day(store: Store, load_table: Load, sent: str, day: str) -> None:
    assert stored_cell(store, load_table, "recorded_on", f"N1 | {sent} | 8Q | ") == day


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ("Charge/Summonsed With Alternate Offence", "1A"),
        ("1A: Alternate offence charged", "1A"),
        ("Caution – youths", "2"),
        ("16.0", "16"),
        ("Evidential Difficulties - Victim Based - Named suspect not identified", "14"),
        ("21 - Evidential difficulties", "21"),
        ("Not yet assigned", ""),
        ("n/a", ""),
    ],
)
def test_dialects_of_an_outcome(store: Store, load_table: Load, sent: str, code: str) -> None:
    assert stored_cell(store, load_table, "outcome_code", f"N1 | 2024-12-31 | 8Q | {sent}") == code


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b"PK\x03\x04rest", "Excel workbook"),
        (b"\x1f\x8b\x08\x00half", "half a file|CSV"),
        (b"<html><body>x</body></html>", "web page"),
        (b"\0" * 4000, "zero bytes"),
        (b'{"a": 1}', "is JSON"),
    ],
)
def test_what_is_no_export_is_refused_in_a_sentence(
    store: Store, tmp_path: Path, data: bytes, words: str
) -> None:
    path = tmp_path / "export.csv"
    path.write_bytes(data)
    with pytest.raises(LoadError, match=words):
        load(store, [Source(path, path.name)], LoadOptions())
    assert issubclass(UnreadableFile, LoadError)
    assert store.current() is None
