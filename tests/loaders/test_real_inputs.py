"""What real people send: every small input of ../shared/real in the layouts that belong to reading, and invented ones of each kind."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from loaders.batch import Batch
from loaders.contracts import LoadOptions, LoadReport
from loaders.errors import LoadError, NeedsYes, PartOfStored, UnknownFormat
from loaders.load import Source, load
from loaders.load_reports import stored_rows
from metrics.contracts import Cut
from metrics.measure import measure
from store.remedies import Remedy
from store.snapshot import read
from store.writer import Store
from tests.conftest import shared

Load = Callable[..., LoadReport]
CLOSED = "charge_rate_closed"


@dataclass(frozen=True)
class Right:
    """The right result of one input: rows kept, or a word of the refusal; and what stands in one field, a line each."""

    kept: int = 0
    refused: str = ""
    field: str = ""
    values: str = ""


REAL = {
    "crime_sentinel.csv": Right(9, field="outcome_on", values="|||||||| 2024-05-10"),
    "finalised_before.csv": Right(4, field="outcome_code", values="1|1|16|1"),
    "spo_expiry.csv": Right(9, field="expires_on", values="|||||2026-05-20|||"),
    "ho_gss_markers.csv": Right(5, field="closed_count", values="25||||1204"),
    "crime_header_break.csv": Right(
        3, field="outcome_on", values="2024-05-10|2024-05-10|2024-05-10"
    ),
    "crime_preamble_padded.csv": Right(3, field="area", values="Halton|Halton|Halton"),
    "crime_dates.csv": Right(24, field="recorded_on", values="|".join(["2024-04-01"] * 24)),
    "ho_new_workbook.xlsx": Right(4, field="closed_count", values="25|60|31|0"),
    "ho_new_workbook.ods": Right(4, field="closed_count", values="25|60|31|0"),
    "crime_us_excel_swapped.xlsx": Right(refused="swapped days and months"),
    "foi_dvds.csv": Right(refused="A row for each case is needed"),
    "moj_outcomes_by_offence.csv": Right(refused="table of counts"),
    "target_reg.csv": Right(refused="50 %"),
    "ho_years.csv": Right(9, field="financial_quarter", values="1|2|3|4|1|1|1|4|1"),
    "ho_aggregate.csv": Right(
        6,
        field="force_name",
        values="Cheshire|Cheshire|Kent|Kent|Action Fraud|British Transport Police",
    ),
    "ho_vawg_subcodes.csv": Right(6, field="closed_count", values="15|10|6|33|27|7"),
    "crime_victims_rows.csv": Right(3, field="victim_sex", values="F||F"),
    "crime_history.csv": Right(2, field="outcome_on", values="2024-06-20|2024-05-10"),
    "crime_mojibake.csv": Right(4, field="area", values="Ynys Môn|Ynys Môn|Ynys Môn|Ynys Môn"),
}


@pytest.mark.parametrize("name", REAL)
def test_real_input(store: Store, tmp_path: Path, name: str) -> None:
    right = REAL[name]
    path = Path(shutil.copy(shared("real", name), tmp_path))
    if right.refused:
        with pytest.raises(LoadError, match=right.refused) as refused:
            load(store, [Source(path, name)], LoadOptions(date_order="dmy"))
        assert "--map" not in str(refused.value)
        return
    (report,) = load(store, [Source(path, name)], LoadOptions(date_order="dmy"))
    assert report.kept == right.kept
    rows = stored_rows(read(store), report.load_id)
    assert [str(row[right.field]) for row in rows] == [
        cell.strip() for cell in right.values.split("|")
    ]


def closed(store: Store) -> tuple[int | None, int | None]:
    (value,) = measure(read(store), CLOSED, Cut(source="home_office")).values
    return value.numerator, value.denominator


def bring(store: Store, folder: Path, name: str, **options: object) -> LoadReport:
    path = Path(shutil.copy(shared("real", name), folder))
    return load(store, [Source(path, name)], LoadOptions.model_validate(options))[0]


@pytest.mark.parametrize("mapped", [{}, {"header_map": {"Offence Subcode": "offence_code"}}])
def test_a_finer_split_of_stored_counts_is_refused(
    store: Store, tmp_path: Path, mapped: dict[str, object]
) -> None:
    bring(store, tmp_path, "ho_new.csv")
    with pytest.raises(PartOfStored, match="split otherwise, from load 1"):
        bring(store, tmp_path, "ho_vawg_subcodes.csv", **mapped)
    assert closed(store) == (56, 116)


def test_alternate_offences_are_inside_their_outcome(store: Store, tmp_path: Path) -> None:
    bring(store, tmp_path, "ho_new.csv")
    bring(store, tmp_path, "ho_alternate.csv")
    assert closed(store) == (56, 116)


def test_totals_are_left_out_of_sums(store: Store, tmp_path: Path) -> None:
    bring(store, tmp_path, "ho_aggregate.csv")
    assert closed(store) == (58, 118)


@pytest.mark.parametrize("name", ["ENGLAND", "Wales", "England and Wales", "North West England"])
def test_a_country_or_a_region_is_no_force(store: Store, tmp_path: Path, name: str) -> None:
    path = Path(shutil.copy(shared("real", "ho_new.csv"), tmp_path))
    lines = path.read_text(encoding="utf-8").splitlines()
    kent = [line for line in lines if ",Kent," in line]
    more = [line.replace(",Kent,", f",{name},") for line in kent]
    path.write_text("\n".join([*lines, *more]) + "\n", encoding="utf-8")
    load(store, [Source(path, path.name)], LoadOptions())
    assert closed(store) == (56, 116)


def test_what_a_spreadsheet_could_not_work_out_is_no_area(store: Store, tmp_path: Path) -> None:
    report = bring(store, tmp_path, "crime_errors.csv", date_order="dmy", may_be_unknown=True)
    assert [row["area"] for row in stored_rows(read(store), report.load_id)] == [
        "Halton",
        "",
        "Halton",
    ]


def test_references_that_lost_their_zeros_are_asked_about(store: Store, tmp_path: Path) -> None:
    bring(store, tmp_path, "zero_first.csv")
    with pytest.raises(NeedsYes, match="124 and 00124"):
        bring(store, tmp_path, "zero_second.csv")


HEAD = (
    "crime_reference | recorded_on | offence_code | outcome_code | outcome_on | victim_sex | area\n"
)


@pytest.mark.parametrize(
    "day",
    [
        "0",
        "00/00/0000",
        "1899-12-30",
        "01-Jan-1900",
        "9999-12-31 00:00:00",
        "00/01/1900",
        "99/99/9999",
        ".",
        "(null)",
    ],
)
def test_days_that_mean_none(store: Store, load_table: Load, day: str) -> None:
    assert load_table(f"{HEAD}N1 | 2024-04-01 | 8Q | | {day} | F | X").kept == 1
    assert stored_rows(read(store), 1)[0]["outcome_on"] == ""


@pytest.mark.parametrize(
    ("sent", "read_as"),
    [
        ("1st April 2024", "2024-04-01"),
        ("Mon 01/04/2024", "2024-04-01"),
        ("20240401T140500", "2024-04-01"),
        ("2024-092", "2024-04-01"),
        ("Mon Apr 01 14:05:33 BST 2024", "2024-04-01"),
        ("01-APR-24 02.05.33.123 PM", "2024-04-01"),
        ("2 Sept 2024", "2024-09-02"),
    ],
)
def test_days_in_words(store: Store, load_table: Load, sent: str, read_as: str) -> None:
    load_table(f"{HEAD}N1 | {sent} | 8Q | | | F | X", date_order="dmy")
    assert stored_rows(read(store), 1)[0]["recorded_on"] == read_as


@pytest.mark.parametrize("sent", ["2024-04", "1-Apr", "Apr-24", "1711929600"])
def test_what_is_no_whole_day_is_set_aside(load_table: Load, sent: str) -> None:
    report = load_table(f"{HEAD}N1 | {sent} | 8Q | | | F | X\nN2 | 2024-04-02 | 8Q | | | F | X")
    assert [(one.problem, one.rows) for one in report.problems] == [("unreadable_day", 1)]


def test_a_column_that_cannot_be_read_is_asked_about(load_table: Load) -> None:
    rows = "".join(f"N{at} | 2024-04-0{at} | 8Q | | | {at}7 | X\n" for at in range(1, 5))
    with pytest.raises(NeedsYes, match="victim_sex not one can be read"):
        load_table(HEAD + rows)
    assert load_table(HEAD + rows, may_be_older=True).kept == 4


@pytest.mark.parametrize(
    ("data", "words"), [(b"\xef\xbb\xbf", "is empty"), (b"a," * 4999 + b"a\n", "has 5,000 columns")]
)
def test_files_with_nothing_or_too_much_in_them(
    store: Store, tmp_path: Path, data: bytes, words: str
) -> None:
    (tmp_path / "a.csv").write_bytes(data)
    with pytest.raises(LoadError, match=words):
        load(store, [Source(tmp_path / "a.csv", "a.csv")], LoadOptions())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("cp/07 124", "CP07-124"),
        ("CP/07/124", "CP07/124"),
        ("07/124/24", "07-124-24"),
        ("07.124.24", "07 124 24"),
    ],
)
def test_a_reference_in_two_spellings_is_one_crime(
    store: Store, load_table: Load, one: str, other: str
) -> None:
    load_table(f"{HEAD}{one} | 2024-04-01 | 8Q | | | F | X", "one.csv")
    load_table(f"{HEAD}{other} | 2024-04-01 | 8Q | 16 | 2024-05-01 | F | X", "two.csv")
    assert [row["outcome_code"] for row in stored_rows(read(store), None)] == ["16"]


def test_marks_between_digits_tell_references_apart(store: Store, load_table: Load) -> None:
    load_table(
        f"{HEAD}07/1/24 | 2024-04-01 | 8Q | | | F | X\n07/12/4 | 2024-04-01 | 8Q | | | F | X\n071/24 | 2024-04-01 | 8Q | | | F | X"
    )
    assert len(stored_rows(read(store), None)) == 3


def test_a_month_where_a_reference_was_is_a_spreadsheets_doing(load_table: Load) -> None:
    report = load_table(
        f"{HEAD}Mar-24 | 2024-04-01 | 8Q | | | F | X\nN2 | 2024-04-02 | 8Q | | | F | X"
    )
    assert [(one.problem, one.rows) for one in report.problems] == [("mangled_reference", 1)]


def test_outcomes_of_one_day_that_differ_keep_the_crime(store: Store, load_table: Load) -> None:
    report = load_table(
        f"{HEAD}N1 | 2024-04-01 | 8Q | 1 | 2024-05-01 | F | X\nN1 | 2024-04-01 | 8Q | 16 | 2024-05-01 | F | X\n"
        "N2 | 2024-04-01 | 8Q | 16 | 2024-05-01 | F | X",
        may_be_unknown=True,
    )
    assert (report.kept, report.set_aside) == (2, 1)
    assert [row["outcome_code"] for row in stored_rows(read(store), 1)] == ["unknown", "16"]


def test_one_refused_file_leaves_the_others(store: Store, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(
        "crime_reference,recorded_on,offence_code,outcome_code\nN1,2024-04-01,8Q,\n"
    )
    (tmp_path / "b.csv").write_text("one,two,three\n1,2,3\n")
    sources = [Source(tmp_path / name, name) for name in ("b.csv", "a.csv")]
    batch = Batch(sources)
    assert [report.kept for report in load(store, batch, LoadOptions())] == [1]
    assert [str(refusal)[:5] for refusal in batch.refused] == ["b.csv"]
    with pytest.raises(UnknownFormat):
        load(Store(tmp_path / "other"), Batch(sources, is_all_or_none=True), LoadOptions())


def test_row_numbers_stand_for_references_that_are_not_there(store: Store, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(
        "recorded_on,offence_code,outcome_code\n2024-04-01,8Q,\n2024-04-01,8Q,\n"
    )
    with pytest.raises(UnknownFormat, match="lacks the column") as refused:
        load(store, [Source(tmp_path / "a.csv", "a.csv")], LoadOptions())
    assert refused.value.remedy == Remedy("map_reference", field="crime_reference")
    (report,) = load(
        store, [Source(tmp_path / "a.csv", "a.csv")], LoadOptions(reference="row-number")
    )
    assert report.kept == 2
    assert "never be corrected" in report.notes[0]


def test_a_finer_count_is_told_apart_alike_by_both_readers(
    store: Store, load_table: Callable[..., LoadReport]
) -> None:
    """A file with a quoted line break is read cell by cell, any other in DuckDB."""
    table = (
        "Financial Year | Financial Quarter | Force Name | Offence Description | Offence Code | "
        "Offence Subcode | Outcome Description | Outcome Type | Force outcomes for offences "
        "recorded in quarter | Force outcomes recorded in quarter\n"
        "2025/26 | Q1 | Cheshire | Stalking | 8Q | 8/65 | Charged | 1 | 12 | 15\n"
        "2025/26 | Q1 | Cheshire | Stalking | 8Q | 8/66 | Charged | 1 | 8 | 10\n"
    )
    load_table(table, "plain.csv")
    broken = '2025/26 | Q1 | Kent | "Stalk\ning" | 8Q | 8/66 | Charged | 1 | 3 | 4\n'
    report = load_table(table + broken, "broken.csv")
    assert (report.kept, report.unchanged, report.new) == (3, 2, 1)
