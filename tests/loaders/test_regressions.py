"""What people who tried to break the intake found, each once: it stays mended."""

from collections.abc import Callable
from pathlib import Path

import pytest

from loaders.contracts import LoadOptions, LoadReport
from loaders.errors import AlreadyLoaded, AmbiguousFile, Forgotten, LoadError, UnknownFormat
from loaders.forget import forget
from loaders.load import Source, load
from loaders.load_reports import rows_set_aside, stored_rows
from loaders.undo import rebuild, set_counts
from metrics.contracts import Cut
from metrics.measure import measure
from store.remedies import Remedy
from store.snapshot import read
from store.writer import Store
from tests.store.test_store import HEAD, OLD, outcomes

Load = Callable[..., LoadReport]
HEADS = "crime_reference,recorded_on,offence_code,outcome_code,outcome_on,area\n"
ROWS = "".join(f"R{at},2025-01-0{at},8Q,16,2025-02-03,North\n" for at in range(1, 5))


def loaded(store: Store, path: Path, text: str | bytes, **options: object) -> LoadReport:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return load(store, [Source(path, path.name)], LoadOptions.model_validate(options))[0]


@pytest.mark.parametrize(
    "above",
    [
        '"Report\nweekly"\n' + HEADS,
        'Run by,"Bob\n\nSmith"\n' + HEADS,
        HEADS.replace("crime_reference", '"Crime\nreference"'),
    ],
)
def test_a_line_break_in_a_title_or_header_loses_no_row(
    store: Store, tmp_path: Path, above: str
) -> None:
    assert loaded(store, tmp_path / "a.csv", above + ROWS).kept == 4


def test_the_files_of_one_act_are_one_full_extract(store: Store, tmp_path: Path) -> None:
    parts = ROWS.splitlines(keepends=True)
    sources = []
    for at, rows in enumerate((parts[:2], parts[2:])):
        path = tmp_path / f"{at}.csv"
        path.write_text(HEADS + "".join(rows).replace("2025-02-03", f"2025-02-0{3 + at}"))
        sources.append(Source(path, path.name))
    load(store, sources, LoadOptions(is_full=True))
    assert set(outcomes(store)) == {"R1", "R2", "R3", "R4"}


def test_a_full_extract_holds_the_crime_of_a_damaged_row(store: Store, tmp_path: Path) -> None:
    loaded(store, tmp_path / "a.csv", HEADS + ROWS)
    report = loaded(
        store,
        tmp_path / "b.csv",
        HEADS
        + ROWS.replace("R2,2025-01-02,8Q", "R2,2025-01-02,8Q,,").replace(
            "2025-02-03", "2025-02-04"
        ),
        is_full=True,
    )
    assert report.set_aside == 1
    assert set(outcomes(store)) == {"R1", "R2", "R3", "R4"}


@pytest.mark.parametrize(
    "sent",
    [
        "12-07-2024",
        "05-Jul-2024",
        "16-Nov",
        "10:30",
        '"14,15"',
        "21-16",
        "16 & 1",
        "16 or 18",
        "15 months custody",
        "3 weeks",
    ],
)
def test_what_only_begins_with_a_code_is_no_outcome(
    store: Store, tmp_path: Path, sent: str
) -> None:
    report = loaded(
        store,
        tmp_path / "a.csv",
        HEADS + ROWS + f"X,2025-01-05,8Q,{sent},2025-02-03,North\n",
        may_be_unknown=True,
    )
    assert outcomes(store)["X"] == "unknown"
    assert report.problems[0].problem == "unknown_outcome"


CODED = {
    "21 - Evidential difficulties": "21",
    "16: Victim declines": "16",
    "Outcome 15 (named suspect)": "15",
    "Type 18": "18",
    "16.0": "16",
    "1A: Alternate offence charged": "1A",
    "14 – Victim based": "14",
    "016": "16",
}


@pytest.mark.parametrize(("sent", "code"), CODED.items())
def test_a_code_before_its_label_is_the_outcome(
    store: Store, tmp_path: Path, sent: str, code: str
) -> None:
    loaded(store, tmp_path / "a.csv", HEADS + f"X,2025-01-05,8Q,{sent},2025-02-03,North\n")
    assert outcomes(store) == {"X": code}


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (("1-12-2024", "2-11-2024", "3-10-2024"), "day first or month"),
        (("24-07-05", "23-11-12", "24-03-09"), "years of two"),
    ],
)
def test_days_that_could_be_either_are_asked_about(
    store: Store, tmp_path: Path, days: tuple[str, ...], words: str
) -> None:
    rows = "".join(f"R{at},{day},8Q,,,North\n" for at, day in enumerate(days))
    with pytest.raises(AmbiguousFile, match=words):
        loaded(store, tmp_path / "a.csv", HEADS + rows)


@pytest.mark.parametrize("reference", ["4.21e+11", "4.21E11", "#REF!", "1E+05"])
def test_mangled_references_are_set_aside(store: Store, tmp_path: Path, reference: str) -> None:
    assert (
        loaded(
            store,
            tmp_path / "a.csv",
            HEADS + ROWS + f"{reference},2025-01-05,8Q,16,2025-02-03,North\n",
        ).set_aside
        == 1
    )


def test_the_float_of_a_reference_is_the_reference(store: Store, tmp_path: Path) -> None:
    loaded(store, tmp_path / "a.csv", HEADS + "4210000,2025-01-05,8Q,16,2025-02-03,North\n")
    assert (
        loaded(
            store, tmp_path / "b.csv", HEADS + "4210000.0,2025-01-05,8Q,1,2025-02-04,North\n"
        ).changed
        == 1
    )


def test_every_warning_of_a_row_is_told(store: Store, load_table: Load) -> None:
    report = load_table(
        "crime_reference | recorded_on | offence_code | outcome_code | victim_sex | "
        "domestic_abuse\nN1 | 2025-01-03 | ZZZ | | zz | perhaps"
    )
    assert {problem.problem for problem in report.problems} == {
        "unknown_offence",
        "unreadable_flag",
        "unreadable_sex",
    }


def test_look_alike_and_unknown_forces_are_told(store: Store, load_table: Load) -> None:
    head = "crime_reference | recorded_on | offence_code | outcome_code | force_name\n"
    report = load_table(
        head + "N1 | 2025-01-03 | 8Q | | Cheshire\nN2 | 2025-01-03 | 8Q | | Cheshir\u0435\nN3 | "
        "2025-01-03 | 8Q | | Atlantis"
    )
    assert {problem.problem: problem.rows for problem in report.problems} == {
        "look_alike_force": 1,
        "unknown_force": 1,
    }


def test_a_surplus_cell_behind_trailing_separators_is_seen(store: Store, tmp_path: Path) -> None:
    rows = "".join(f"R{at},2025-01-05,8Q,16,2025-02-03,North,\n" for at in range(2500))
    report = loaded(
        store, tmp_path / "a.csv", HEADS + rows + "X,2025-01-05,8Q,16,2025-02-03,North,South\n"
    )
    assert (report.kept, report.problems[0].problem) == (2500, "ragged_row")


def test_an_undefined_byte_is_not_stored(store: Store, tmp_path: Path) -> None:
    report = loaded(
        store,
        tmp_path / "a.csv",
        (HEADS + ROWS).encode() + b"X,2025-01-05,8Q,16,2025-02-03,Caf\x81\n",
    )
    assert report.problems[0].problem == "bad_encoding"


def test_a_known_label_can_mean_something_else_to_its_sender(store: Store, tmp_path: Path) -> None:
    report = loaded(
        store,
        tmp_path / "a.csv",
        HEADS + ROWS.replace("8Q", "Stalking"),
        code_map={"Stalking": "8L"},
    )
    assert (report.kept, report.set_aside) == (4, 0)
    (value,) = measure(
        read(store), "charge_rate_recorded", Cut(where={"vawg_group": ("harassment",)})
    ).values
    assert value.denominator == 4


def test_a_wrong_load_can_be_corrected(store: Store, tmp_path: Path) -> None:
    text = HEADS + "X,03/01/2025,8Q,16,04/02/2025,North\n"
    loaded(store, tmp_path / "a.csv", text, date_order="mdy")
    with pytest.raises(AlreadyLoaded):
        loaded(store, tmp_path / "a.csv", text, date_order="dmy")
    set_counts(store, 1, False, "test")
    with pytest.raises(AlreadyLoaded, match="which was undone") as refused:
        loaded(store, tmp_path / "a.csv", text, date_order="mdy")
    assert refused.value.remedy == Remedy("undo_undo", value="1")
    loaded(store, tmp_path / "a.csv", text, date_order="dmy")
    assert stored_rows(read(store), None)[0]["recorded_on"] == "2025-01-03"


def test_a_forgotten_load_does_not_count_after_a_rebuild(store: Store, load_table: Load) -> None:
    load_table(OLD, "old.csv")
    load_table(
        HEAD
        + "Z1 | 2025-05-06 | 8Q | Zebedeeson | 2025-06-03\nZ2 | 2025-05-06 | 8Q | 16 | 2025-06-03",
        "new.csv",
        may_be_unknown=True,
    )
    forget(store, 2, "test")
    assert "Zebedeeson" not in (store.archive / "ledger.jsonl").read_text()
    assert "Zebedeeson" not in str(read(store).loads) + str(
        read(store).rows("reports/unmapped_labels")
    )
    rebuild(store, "test")
    assert (
        measure(read(store), "charge_rate_recorded", Cut()).data_as_at
        == measure(read(store, 1), "charge_rate_recorded", Cut()).data_as_at
    )
    with pytest.raises(Forgotten, match="cannot be brought back"):
        set_counts(store, 2, True, "test")


@pytest.mark.parametrize("ends", [("\r\n", "\n"), ("\n", "\r\n")])
def test_line_ends_of_two_kinds(store: Store, tmp_path: Path, ends: tuple[str, str]) -> None:
    first, second = ends
    text = (HEADS + "R0,2025-01-05,8Q,16,2025-02-03,North\n").replace("\n", first) + ROWS.replace(
        "\n", second
    )
    assert loaded(store, tmp_path / "a.csv", text).kept == 5


def test_crlf_without_a_last_line_end(store: Store, tmp_path: Path) -> None:
    assert (
        loaded(
            store, tmp_path / "a.csv", (HEADS + ROWS).replace("\n", "\r\n").removesuffix("\r\n")
        ).kept
        == 4
    )


def test_a_cps_table_with_a_column_before_its_areas(store: Store, tmp_path: Path) -> None:
    kinds = [
        f"{what} of {kind}"
        for kind in ("Homicide", "Burglary")
        for what in ("Number", "Percentage")
    ]
    head = ",Name," + ",".join(f"{kind} Convictions,{kind} Unsuccessful" for kind in kinds) + "\n"
    loaded(
        store,
        tmp_path / "principal_offence_category_may_2014.csv",
        head + "0,Cheshire,3,1,75.0%,25.0%,3,1,75.0%,25.0%\n",
    )
    assert {row["area"] for row in stored_rows(read(store), 1)} == {"Cheshire"}
    with pytest.raises(LoadError, match="which month"):
        loaded(
            store,
            tmp_path / "principal_offence_category_january_to_march_2014.csv",
            head + "0,Dorset,3,1,75.0%,25.0%,3,1,75.0%,25.0%\n",
        )


def test_a_column_without_a_name_leaves_nothing_behind(store: Store, tmp_path: Path) -> None:
    head = HEADS.replace("area", ",area")
    loaded(
        store,
        tmp_path / "a.csv",
        head + "R1,2025-01-05,8Q,16,2025-02-03,Jane "
        "Zebedeeson,North\nR2,2025-01-05,8Q,16,2025-02-03,x,Zebedeeson,North\n",
    )
    assert [row["sent"] for row in rows_set_aside(read(store), 1)] == [""]
    assert not any(
        b"Zebedeeson" in path.read_bytes() for path in store.folder.rglob("*") if path.is_file()
    )


def test_a_mapping_to_a_field_of_another_format_is_refused(store: Store, tmp_path: Path) -> None:
    with pytest.raises(UnknownFormat, match="no field 'plea'"):
        loaded(store, tmp_path / "a.csv", HEADS + ROWS, header_map={"area": "plea"})
