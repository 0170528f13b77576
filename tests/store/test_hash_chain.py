"""The record: ledger and archives damaged in every way.

What is said, and that nothing is lost by following it.
"""

import json
import shutil
from pathlib import Path

import pytest

from loaders.check import check
from loaders.contracts import LoadOptions
from loaders.ledger import Ledger
from loaders.load import Source, load
from loaders.undo import rebuild, set_counts
from store.errors import RecordDamaged, StoreError
from store.files import put_in_place
from store.writer import Store
from tests.support.old_stores import as_before_the_chain
from tests.support.three_loads import ALL, crimes, faults, made, more, three

__all__ = ["made", "three"]


def test_a_whole_store_passes_every_check(three: Store) -> None:
    assert faults(three) == ""
    assert {
        "CURRENT",
        "archive/ledger.jsonl",
        "archive/000002.parquet",
        "snapshots/000003.duckdb",
        "the audit record",
    } <= {one.what for one in check(three)}


def test_a_ledger_that_is_gone_refuses_every_act_and_nothing_is_written_over(
    three: Store, tmp_path: Path
) -> None:
    archives = {path.name: path.read_bytes() for path in three.archive.glob("*.parquet")}
    for name in ("ledger.jsonl", "ledger.head.json"):
        (three.archive / name).unlink()
    for act in (
        lambda: more(three, tmp_path),
        lambda: rebuild(three, "test"),
        lambda: set_counts(three, 1, False, "test"),
    ):
        with pytest.raises(RecordDamaged, match="backup"):
            act()
    shutil.rmtree(three.snapshots)
    (three.folder / "CURRENT").unlink()
    for act in (lambda: more(three, tmp_path), lambda: rebuild(three, "test")):
        with pytest.raises(
            StoreError, match=r"000001.parquet, 000002.parquet, 000003.parquet|backup"
        ):
            act()
    assert {path.name: path.read_bytes() for path in three.archive.glob("*.parquet")} == archives


def test_the_whole_store_restored_from_a_backup_goes_on(three: Store, tmp_path: Path) -> None:
    shutil.copytree(three.folder, tmp_path / "backup")
    more(three, tmp_path)
    (three.archive / "ledger.jsonl").unlink()
    (three.archive / "ledger.head.json").unlink()
    shutil.rmtree(three.folder)
    shutil.copytree(tmp_path / "backup", three.folder)
    assert more(Store(three.folder), tmp_path).load_id == 4
    assert crimes(three) == ALL | {"C1"}


@pytest.mark.parametrize("lines", [1, 2])
def test_an_end_that_was_cut_is_put_back(three: Store, tmp_path: Path, lines: int) -> None:
    ledger = three.archive / "ledger.jsonl"
    whole = ledger.read_text().splitlines(keepends=True)
    ledger.write_text("".join(whole[:-lines]))
    assert "lacks its last" in faults(three)
    assert more(three, tmp_path).load_id == 4
    assert ledger.read_text().startswith("".join(whole))
    assert faults(three) == ""


def test_a_longer_cut_is_said(three: Store, tmp_path: Path) -> None:
    ledger = three.archive / "ledger.jsonl"
    ledger.write_text("".join(ledger.read_text().splitlines(keepends=True)[:-3]))
    with pytest.raises(RecordDamaged, match="does not end as it was written"):
        more(three, tmp_path)
    assert "does not end as it was written" in faults(three)
    assert crimes(three) == ALL


def test_a_line_in_the_middle_that_cannot_be_read_or_was_changed_is_said(
    three: Store, tmp_path: Path
) -> None:
    ledger = three.archive / "ledger.jsonl"
    whole = ledger.read_bytes()
    lines = whole.splitlines(keepends=True)
    damaged = {
        "cannot be read": b"".join([lines[0], lines[1], lines[2][:40] + b"\n", *lines[3:]]),
        "is not as it was written": whole.replace(b'"by"', b'"bz"', 1),
        "was changed": b"".join([*lines[:2], *lines[4:]]),
    }
    for words, data in damaged.items():
        put_in_place(ledger, data)
        with pytest.raises(RecordDamaged, match=words):
            rebuild(three, "test")
        assert words in faults(three)
    put_in_place(ledger, whole)
    assert faults(three) == ""


def test_every_flipped_byte_of_the_ledger_is_found(three: Store) -> None:
    ledger = three.archive / "ledger.jsonl"
    whole = ledger.read_bytes()
    for at in range(0, len(whole), 97):
        data = bytearray(whole)
        data[at] ^= 0x01
        put_in_place(ledger, bytes(data))
        assert "ledger" in faults_of_ledger(three), at


def faults_of_ledger(store: Store) -> str:
    try:
        ledger = Ledger(store)
        ledger.begun()
        content = ledger.file.content()
    except RecordDamaged as problem:
        return str(problem)
    return "ledger lost lines" if content.lost or content.torn else ""


def test_only_the_last_line_may_be_torn(three: Store, tmp_path: Path) -> None:
    ledger = three.archive / "ledger.jsonl"
    whole = ledger.read_bytes()
    put_in_place(ledger, whole + b'{"act": 4, "verb": "load", "at')
    assert faults(three) == ""
    more(three, tmp_path)
    assert ledger.read_bytes().startswith(whole)
    assert [act.act for act in Ledger(three).acts()] == [1, 2, 3, 4]


def test_a_ledger_of_before_the_chain_is_read_and_chained_from_there(
    three: Store, tmp_path: Path
) -> None:
    as_before_the_chain(three)
    assert crimes(three) == ALL
    assert "ledger.head.json" in faults(three)
    more(three, tmp_path)
    assert faults(three) == ""
    rebuild(three, "test")
    assert set(Ledger(three).checksums()) == {1, 2, 3, 4}, (
        "a rebuild keeps the checksums that nobody kept"
    )
    ledger = three.archive / "ledger.jsonl"
    put_in_place(ledger, ledger.read_bytes().replace(b'"1.csv"', b'"9.csv"', 1))
    assert "is not as it was written" in faults(three)


def test_a_line_of_a_later_version_is_said(three: Store) -> None:
    as_before_the_chain(three)
    ledger = three.archive / "ledger.jsonl"
    lines = [json.loads(line) for line in ledger.read_text().splitlines()]
    lines[2]["loads"][0]["colour"] = "blue"
    ledger.write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    with pytest.raises(
        RecordDamaged, match=r"Line 3 of archive/ledger.jsonl, field loads.0.colour: .* later"
    ):
        rebuild(three, "test")


def test_acts_and_loads_without_gaps(three: Store) -> None:
    as_before_the_chain(three)
    ledger = three.archive / "ledger.jsonl"
    lines = ledger.read_text().splitlines(keepends=True)
    ledger.write_text("".join([*lines[:2], *lines[4:]]))
    with pytest.raises(RecordDamaged, match="says nothing of act 2"):
        rebuild(three, "test")


def test_an_archive_that_is_damaged_swapped_or_gone_is_named(three: Store) -> None:
    first, second = (three.archive / f"00000{number}.parquet" for number in (1, 2))
    one, two = first.read_bytes(), second.read_bytes()
    for at in range(4, len(one), len(one) // 20):
        data = bytearray(one)
        data[at] ^= 0x01
        put_in_place(first, bytes(data))
        with pytest.raises(
            RecordDamaged,
            match=r"archive/000001.parquet, what load 1 read, is not as it was written",
        ):
            rebuild(three, "test")
    put_in_place(first, two)
    put_in_place(second, one)
    assert "000001.parquet" in faults(three)
    assert "000002.parquet" in faults(three)
    put_in_place(second, two)
    first.unlink()
    with pytest.raises(
        RecordDamaged,
        match=r"archive/000001.parquet, what load 1 read, is missing. The original export 1.csv",
    ):
        rebuild(three, "test")
    assert crimes(three) == ALL


@pytest.mark.parametrize("is_current_lost", [False, True])
def test_the_original_export_mends_its_archive(
    three: Store, tmp_path: Path, is_current_lost: bool
) -> None:
    set_counts(three, 2, False, "test")
    put_in_place(three.archive / "000002.parquet", b"PAR1 nothing")
    if is_current_lost:
        (three.folder / "CURRENT").unlink()
    (report,) = load(three, [Source(tmp_path / "2.csv", "2.csv")], LoadOptions())
    assert report.load_id == 2
    assert any("is written again" in note for note in report.notes)
    rebuild(three, "test")
    assert crimes(three) == ALL - {"A2", "B2"}
    set_counts(three, 2, True, "test")
    assert crimes(three) == ALL
    assert faults(three) == ""


def test_an_archive_that_no_line_names_is_refused_and_kept(three: Store, tmp_path: Path) -> None:
    shutil.copy(three.archive / "000001.parquet", three.archive / "000004.parquet")
    with pytest.raises(RecordDamaged, match=r"holds 000004.parquet, of which its ledger"):
        more(three, tmp_path)
    assert "000004.parquet" in faults(three)
    assert (three.archive / "000004.parquet").is_file()
