"""Whatever stands in the cells, every row is kept, set aside or blank, and nothing is stored that
was not sent.
"""

import csv
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loaders.contracts import LoadOptions
from loaders.errors import LoadError
from loaders.load import Source, load
from loaders.load_reports import rows_set_aside, stored_rows
from store.snapshot import read
from store.writer import Store

HEADS = [
    "crime_reference",
    "recorded_on",
    "offence_code",
    "offence_description",
    "area",
    "outcome_code",
    "outcome_on",
    "victim_age",
]
TEXT = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=12)
DAY = st.one_of(
    st.dates().map(str),
    st.sampled_from(["", "31/12/2024", "45480", "7 Jul 2024", "2024-13-01", "-", "n/a"]),
    TEXT,
)
CODE = st.one_of(
    st.sampled_from(["1", "1A", "15", "16.0", "21 - Evidential", "", "NULL", "***", "Charged"]),
    TEXT,
)
ROW = st.tuples(
    TEXT, DAY, st.sampled_from(["8Q", "195/12", "19C", "", "zz"]), TEXT, TEXT, CODE, DAY, CODE
)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(rows=st.lists(ROW, max_size=12))
def test_rows_are_kept_or_set_aside_or_blank(rows: list[tuple[str, ...]]) -> None:
    good = ("GOOD-1", "2024-12-31", "8Q", "Stalking", "North", "1", "2025-01-02", "30")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "export.csv"
        with path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([HEADS, good, *rows])
        store = Store(Path(folder) / "store")
        try:
            (report,) = load(store, [Source(path, path.name)], LoadOptions(date_order="dmy"))
        except LoadError:
            return
        blank = sum(not any(cell.strip() for cell in row) for row in rows)
        assert report.rows == report.kept + report.set_aside + report.blank
        assert report.blank == blank
        assert report.rows == len(rows) + 1
        stored = stored_rows(read(store), report.load_id)
        assert len(stored) == report.kept
        assert len(rows_set_aside(read(store), report.load_id or 0)) == report.set_aside
        sent = {row[3] for row in rows} | {good[3]}
        assert {row["offence_description"] for row in stored} <= sent | {""}


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize(
    "empty", ["{0}{0}{0}", " {0} {0}{0}", '""{0}""{0}""{0}', '{0}" "{0}{0}', "{0}{0}{0}\r"]
)
def test_rows_that_a_spreadsheet_leaves_below_its_last_are_blank(
    store: Store, tmp_path: Path, mark: str, empty: str
) -> None:
    rows = [
        ("crime_reference", "recorded_on", "offence_code", "outcome_code"),
        ("A1", "2026-01-05", "8Q", "16"),
        ("", "2026-01-05", "8Q", "16"),  # not blank: it does not say of which crime
        ("A2", "2026-01-06", "8Q", ""),
    ]
    lines = list(map(mark.join, rows))
    (path := tmp_path / "a.csv").write_bytes(
        "\n".join([*lines, *[empty.format(mark)] * 3, ""]).encode()
    )
    (report,) = load(store, [Source(path, path.name)], LoadOptions())
    assert (report.rows, report.kept, report.set_aside, report.blank) == (6, 2, 1, 3)
