"""Workbooks and archives that claim to be far larger than they are: read or refused in a sentence,
within a stated memory.
"""

import gzip
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

# MB that a process holds, of which it has 70 before it reads anything, and the fast reader its own
# copy of the texts
MOST = 200
SPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
PARTS = {
    "workbook": "sheet.main",
    "worksheets/sheet1": "worksheet",
    "sharedStrings": "sharedStrings",
    "styles": "styles",
}
ROOT = Path(__file__).parent.parent.parent
HEADS = ("crime_reference", "recorded_on", "offence_code", "outcome_code")
ONCE = (
    "import sys, tempfile; from pathlib import Path; from loaders.errors import LoadError\n"
    "from loaders.reading.temporary_files import TemporaryFiles; from loaders.reading.unpacking import "
    "Source, unpacked\n"
    "with tempfile.TemporaryDirectory() as folder, TemporaryFiles(Path(folder)) as room:\n"
    "    try:\n"
    "        for one in unpacked([Source(Path(sys.argv[1]), Path(sys.argv[1]).name)], room):\n"
    "            with one.path.open() as file: print(sum(1 for line in file if "
    "line.strip(',\\n')), 'rows')\n"
    "    except LoadError as refused:\n"
    "        print(refused)\n"
)


WATCH = (
    "import os, subprocess, sys; one = subprocess.Popen(sys.argv[1:], stdout=subprocess.PIPE, "
    "stderr=subprocess.STDOUT)\n"
    "said = one.stdout.read().decode(); print(said, os.wait4(one.pid, 0)[2].ru_maxrss, sep='\\n', "
    "end='')\n"
)


def cell(place: str, words: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{words}</t></is></c>'


def line(
    number: int, cells: tuple[str, ...] = ("N{}", "2025-01-05", "8Q", "16"), more: str = ""
) -> str:
    inside = "".join(
        cell(f"{place}{number}", words) for place, words in zip("ABCD", cells, strict=True)
    )
    return f'<row r="{number}">{(inside + more).format(number)}</row>'


def lines(first: int, last: int, more: str = "") -> str:
    return "".join(line(at, more=more.format(at)) for at in range(first, last))


TABLE = line(1, HEADS) + lines(2, 12)
LINK, MERGE = '<hyperlink ref="A1" location="x"/>', '<mergeCell ref="A1:B1"/>'
DAMAGED = "is a zip archive or a damaged Excel workbook"


def book(
    path: Path,
    rows: str = TABLE,
    before: str = "",
    after: str = "",
    strings: str = "",
    styles: str = "",
    head: str = "",
) -> Path:
    """A workbook of one sheet, written by hand."""
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        + "".join(
            f'<Override PartName="/xl/{part}.xml" ContentType="{KIND}.{kind}+xml"/>'
            for part, kind in PARTS.items()
        )
        + "</Types>",
        "_rels/.rels": related(("r1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook {SPACE} xmlns:r="{RELATED}"><sheets><sheet name="Now" '
        'sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": related(
            ("r1", "worksheet", "worksheets/sheet1.xml"),
            ("r2", "sharedStrings", "sharedStrings.xml"),
            ("r3", "styles", "/xl/styles.xml"),
        ),
        "xl/sharedStrings.xml": f"<sst {SPACE}>{strings}</sst>",
        "xl/styles.xml": f"<styleSheet {SPACE}><cellXfs>{styles}</cellXfs></styleSheet>",
        "xl/worksheets/sheet1.xml": f"{head}<worksheet "
        f"{SPACE}>{before}<sheetData>{rows}</sheetData>{after}</worksheet>",
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in parts.items():
            packed.writestr(name, text)
    return path


def related(*found: tuple[str, str, str]) -> str:
    inside = "".join(
        f'<Relationship Id="{name}" Type="{RELATED}/{kind}" Target="{path}"/>'
        for name, kind, path in found
    )
    return (
        "<Relationships "
        f'xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inside}</Relationships>'
    )


def listed(path: Path) -> Path:
    """An archive whose list of files is long, of files that are empty."""
    with zipfile.ZipFile(path, "w") as packed:
        for at in range(60_000):
            packed.writestr(zipfile.ZipInfo(f"{at:040d}.csv"), "")
    return path


def packed_twice(path: Path) -> Path:
    """Compressed exports in an archive, each within its own bound."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        inner = gzip.compress(b"a,b\n" * 10_000_000)
        for at in range(12):
            packed.writestr(f"{at}.csv.gz", inner)
    return path


def rows(first: int, last: int, inside: str) -> str:
    """Rows of the same cells, `{}` being their number."""
    return "".join(f'<row r="{at}">{inside.format(at)}</row>' for at in range(first, last))


CASES: dict[str, tuple[Callable[[], dict[str, str]], str]] = {
    "text in XFD in every row": (
        lambda: {"rows": line(1, HEADS) + lines(2, 9000, cell("XFD{}", "x"))},
        "in cell XFD2,",
    ),
    "empty styled cells in XFD": (
        lambda: {"rows": line(1, HEADS) + lines(2, 9000, '<c r="XFD{}" s="1"/>')},
        "8999 rows",
    ),
    "a cell in the last row there is": (lambda: {"rows": TABLE + line(1_048_576)}, "12 rows"),
    "a row that no sheet has": (lambda: {"rows": TABLE + line(99_999_999)}, DAMAGED),
    "a column that no sheet has": (
        lambda: {"rows": TABLE + rows(12, 13, cell("ZZZ12", "x"))},
        DAMAGED,
    ),
    "a dimension of everything": (
        lambda: {"before": '<dimension ref="A1:XFD1048576"/>'},
        "11 rows",
    ),
    "a dimension of nonsense": (
        lambda: {"before": '<dimension ref="A1:ZZZZZZ99999999999999"/>'},
        "11 rows",
    ),
    "many empty styled rows": (
        lambda: {"rows": TABLE + '<row s="1" customFormat="1" ht="15"/>' * 700_000},
        "11 rows",
    ),
    "many empty styled cells": (
        lambda: {"rows": TABLE + rows(12, 12_000, '<c s="1"/>' * 60)},
        "11 rows",
    ),
    "a row of more cells than a sheet has": (
        lambda: {"rows": TABLE + rows(12, 13, "<c/>" * 4_000_000)},
        DAMAGED,
    ),
    "a row as wide as may be over many": (
        lambda: {
            "rows": TABLE + rows(12, 13, cell("ALL12", "x")) + rows(13, 90_000, "<c><v>1</v></c>")
        },
        "unpacks to a size no workbook",
    ),
    "many shared texts": (lambda: {"strings": "<si/>" * 2_500_000}, "11 rows"),
    "a text of 40 MB": (
        lambda: {"strings": f"<si><t>{'x' * 40_000_000}</t></si>"},
        "a cell of more than 100,000 characters",
    ),
    "a text of 40 MB in a cell": (
        lambda: {"rows": TABLE + rows(12, 13, cell("A12", "x" * 40_000_000))},
        "a cell of more than 100,000",
    ),
    "a tag of 40 MB": (
        lambda: {"before": f'<dimension ref="{"A" * 40_000_000}"/>'},
        "a tag of more than 1 MB",
    ),
    "tags nested a million deep": (
        lambda: {"before": "<x>" * 1_000_000},
        "nested more than 64 deep",
    ),
    "many styles": (
        lambda: {"styles": '<xf numFmtId="14"/>' * 1_500_000},
        "more than 65,536 styles",
    ),
    "many rules": (
        lambda: {
            "after": '<conditionalFormatting sqref="A1"><cfRule/></conditionalFormatting>' * 250_000
        },
        "11 rows",
    ),
    "many links": (lambda: {"after": f"<hyperlinks>{LINK * 500_000}</hyperlinks>"}, "11 rows"),
    "many merged cells": (
        lambda: {"after": f"<mergeCells>{MERGE * 500_000}</mergeCells>"},
        "11 rows",
    ),
    "entities": (lambda: {"head": '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]>'}, DAMAGED),
}
ARCHIVES = {
    "a long list of files": (listed, "holds more files than an export has"),
    "compressed exports in an archive": (packed_twice, "unpacks to a size no CSV export has"),
}


def measured(words: list[str]) -> tuple[str, float]:
    """What a process says, and the most memory it held, in MB; a small process starts it, for a
    child counts its parent's at first.
    """
    done = subprocess.run(
        [sys.executable, "-c", WATCH, *words], cwd=ROOT, capture_output=True, text=True
    )
    said, _, held = done.stdout.rpartition("\n")
    return said, int(held) / 1024


@pytest.mark.parametrize("case", [*CASES, *ARCHIVES])
def test_memory_is_bounded_by_what_a_workbook_holds(case: str, tmp_path: Path) -> None:
    path = tmp_path / "sent.xlsx"
    if case in CASES:
        parts, words = CASES[case]
        book(path, **parts())
    else:
        make, words = ARCHIVES[case]
        make(path)
    said, held = measured([sys.executable, "-c", ONCE, str(path)])
    assert words in said
    assert "Traceback" not in said
    assert held < MOST, (said, held)


@pytest.mark.parametrize("case", ["text in XFD in every row", "empty styled cells in XFD"])
def test_a_whole_load_of_one_too(case: str, tmp_path: Path) -> None:
    path = book(tmp_path / "sent.xlsx", **CASES[case][0]())
    assert path.stat().st_size < 300_000
    vawg = str(Path(sys.executable).parent / "vawg")
    said, held = measured([vawg, "load", str(path), "--store", str(tmp_path / "store")])
    assert ("in cell XFD2," if "text" in case else "8,998 new") in said
    assert held < 2 * MOST, (said, held)
