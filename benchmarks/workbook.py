"""Load a workbook of 150,000 rows, and the same rows as CSV: CPU seconds, best of three each.

It would have measured the wrong thing if a row were missing or set aside, or if the two loads did
not keep the same: each is asserted. `python -m benchmarks.workbook`
"""

import csv
import tempfile
from pathlib import Path

import xlsxwriter

from benchmarks import sample_million
from benchmarks.load_million import cpu
from loaders import load as loading
from loaders.contracts import LoadOptions
from store.snapshot import read
from store.writer import Store

ROWS, ROUNDS = 150_000, 3


def as_workbook(file: Path, target: Path) -> Path:
    """The rows of a CSV as a workbook of one sheet."""
    book = xlsxwriter.Workbook(str(target), {"constant_memory": True})
    sheet = book.add_worksheet()
    with file.open(encoding="utf-8", newline="") as rows:
        for at, row in enumerate(csv.reader(rows)):
            sheet.write_row(at, 0, row)
    book.close()
    return target


def seconds(file: Path, folder: Path) -> float:
    """The best CPU seconds of a load of `file` into an empty store."""
    stores = [Store(folder / f"{file.suffix[1:]}{at}") for at in range(ROUNDS)]
    return min(cpu(lambda store=store: loaded(file, store)) for store in stores)


def loaded(file: Path, store: Store) -> None:
    """Load `file`; every row is kept."""
    report = loading.load(store, [loading.Source(file, file.name)], LoadOptions())[0]
    assert (report.kept, report.set_aside) == (ROWS, 0), report


def said(folder: Path) -> list[int]:
    """The hash of what each crime of a store says, in the order of the crimes."""
    rows = read(Store(folder)).rows("reports/current_rows_of_table", row_table="crime_row")
    return [row["fingerprint"] for row in rows]


def main() -> None:
    """Print both, and the ratio."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = sample_million.write(folder / "crimes.csv", ROWS)
        book = as_workbook(file, folder / "crimes.xlsx")
        text, sheet = seconds(file, folder), seconds(book, folder)
        assert said(folder / "csv0") == said(folder / "xlsx0"), "the two loads differ"
        print(f"{ROWS:,} rows: CSV {text:.2f} s, workbook {sheet:.2f} s, {sheet / text:.1f} x")


if __name__ == "__main__":
    main()
