"""What a fuzzer of damaged exports found, each once: it stays mended."""

from pathlib import Path

import pytest

from loaders.errors import AmbiguousFile, UnreadableFile
from loaders.load_reports import stored_rows
from loaders.undo import rebuild
from store.snapshot import read
from store.writer import Store
from tests.loaders.test_regressions import HEADS, ROWS, loaded
from tests.store.test_store import outcomes


@pytest.mark.parametrize("above", [HEADS.replace("outcome_on,area", "outcme dte,a?ea"), ""])
def test_rows_above_the_header_are_never_lost(store: Store, tmp_path: Path, above: str) -> None:
    first, second = ROWS[: len(ROWS) // 2], ROWS[len(ROWS) // 2 :]
    with pytest.raises(UnreadableFile, match="rows above its header, the first on line"):
        loaded(store, tmp_path / "a.csv", above + first + HEADS + second)


@pytest.mark.parametrize(
    ("sent", "stored"),
    [
        ("8.0", None),
        ("4.1", None),
        ("3-8", None),
        ("8 1", None),
        ("104.0", "104"),
        ("008/65", "8Q"),
        ("Stalking", "8Q"),
    ],
)
def test_punctuation_makes_no_other_offence(
    store: Store, tmp_path: Path, sent: str, stored: str | None
) -> None:
    loaded(store, tmp_path / "a.csv", HEADS + f"F,2025-01-05,{sent},16,2025-02-03,North\n")
    assert read(store).rows("crime_row")[0]["offence_class"] == stored


STRANGE = {
    "years of two": ("24-07-05", "24-08-09", "24-03-10", "31/01/24"),
    "year, day, month": ("2024-13-03", "2024-14-03", "2024-15-03", "2024-05-03"),
}


@pytest.mark.parametrize(("words", "days"), STRANGE.items())
def test_days_in_a_strange_order_are_asked_about(
    store: Store, tmp_path: Path, days: tuple[str, ...], words: str
) -> None:
    with pytest.raises(AmbiguousFile, match=words):
        loaded(
            store,
            tmp_path / "a.csv",
            HEADS + "".join(f"R{at},{day},8Q,,,North\n" for at, day in enumerate(days)),
        )


@pytest.mark.parametrize(
    ("sent", "stored"), [('="0042"', "0042"), ("'0043", "0043"), ("O'1", "O'1")]
)
def test_what_protects_a_reference_from_a_spreadsheet_is_no_part_of_it(
    store: Store, tmp_path: Path, sent: str, stored: str
) -> None:
    loaded(store, tmp_path / "a.csv", HEADS + f"{sent},2025-01-05,8Q,16,2025-02-03,North\n")
    assert set(outcomes(store)) == {stored}


@pytest.mark.parametrize(
    "sent",
    ["[REDACTED]", "***", "?", "Grand Total", "XXXX", "421.0E+9", "4.E+11", "-4.2E+11", "4.2E-5"],
)
def test_what_is_no_reference_is_set_aside(store: Store, tmp_path: Path, sent: str) -> None:
    assert (
        loaded(
            store, tmp_path / "a.csv", HEADS + ROWS + f"{sent},2025-01-05,8Q,16,2025-02-03,North\n"
        ).set_aside
        == 1
    )


@pytest.mark.parametrize(
    "sent", ["15 mths", "3 wks", "12 yo", "9 of 16", "20 pounds", "2 defendants", "1 st"]
)
def test_a_number_before_other_words_is_no_outcome(store: Store, tmp_path: Path, sent: str) -> None:
    loaded(
        store,
        tmp_path / "a.csv",
        HEADS + ROWS + f"X,2025-01-05,8Q,{sent},2025-02-03,North\n",
        may_be_unknown=True,
    )
    assert outcomes(store)["X"] == "unknown"


def test_a_day_that_lost_its_zero_is_no_serial(store: Store, tmp_path: Path) -> None:
    report = loaded(
        store, tmp_path / "a.csv", HEADS + ROWS + "X,20124,8Q,16,,North\nY,45660,8Q,16,,North\n"
    )
    assert (report.problems[0].problem, report.problems[0].rows) == ("unreadable_day", 1)
    assert {row["crime_reference"]: row["recorded_on"] for row in stored_rows(read(store), 1)}[
        "Y"
    ] == "2025-01-03"


def test_half_an_age_is_no_age(store: Store, load_table: object, tmp_path: Path) -> None:
    report = loaded(
        store,
        tmp_path / "a.csv",
        HEADS.replace("area", "victim_age") + "X,2025-01-05,8Q,16,2025-02-03,.5\n",
    )
    assert report.problems[0].problem == "unreadable_age"


def test_line_ends_of_an_old_mac_and_one_line_feed(store: Store, tmp_path: Path) -> None:
    assert loaded(store, tmp_path / "a.csv", (HEADS + ROWS).replace("\n", "\r") + "\n").kept == 4


def test_a_rebuild_keeps_the_order_of_rows(store: Store, tmp_path: Path) -> None:
    loaded(
        store,
        tmp_path / "a.csv",
        HEADS + "".join(f"R{at},2025-01-05,8Q,16,2025-02-03,North\n" for at in range(50)),
    )
    before = stored_rows(read(store), None)
    rebuild(store, "test")
    assert stored_rows(read(store), None) == before
