"""A record that was cut, emptied, removed or put back: found for as long as nobody acknowledges it,
whoever writes meanwhile.
"""

import json
import multiprocessing
import shutil
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest

from loaders.contracts import LoadReport
from store import audit, audit_head, audit_head_file, audit_walk
from store.audit import Line, record
from store.audit_check import acknowledge, faults_of, look
from store.audit_lines import lines
from store.writer import Store
from tests.store.test_audit import filled

CRIMES = """crime_reference | recorded_on | offence_code | outcome_code
1 | 2026-01-05 | 8Q | 1"""


def forget_all() -> None:
    """As another process, which has seen nothing yet."""
    audit_head._seen.clear()
    audit_walk._remembered.clear()


@pytest.fixture(autouse=True)
def unseen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(audit_head_file.VARIABLE, raising=False)
    forget_all()


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A head on another disk."""
    path = tmp_path / "other disk" / "head.json"
    path.parent.mkdir()
    monkeypatch.setenv(audit_head_file.VARIABLE, str(path))
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "store"


def more(folder: Path, count: int = 3, who: str = "Ben") -> None:
    for at in range(count):
        record(folder, Line(audit.CONSULTATION, f"after {at}", who))


def harmed(path: Path, how: str, old: bytes) -> None:
    if how == "old":
        path.write_bytes(old)
    elif how == "cut":
        path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-1]))
    elif how == "emptied":
        path.write_bytes(b"")
    elif how == "removed":
        path.unlink()


def shows(line: str, head: str, outside: str) -> bool:
    """Is there anything left that shows it?

    Not where all that remains is of one time, or nothing is.
    """
    if "emptied" in (head, outside):
        return True
    now = {"kept": "now", "old": "then", "cut": "cut", "emptied": "none", "removed": "none"}
    left = {now[line], *(now[place] for place in (head, outside) if place != "unset")}
    return left not in ({"now"}, {"then"}, {"none"})


CASES = [
    *product(
        ("kept", "old", "cut", "emptied", "removed"),
        ("kept", "old", "emptied", "removed"),
        ("unset", "kept", "old", "removed"),
    ),
    *product(("kept", "old"), ("kept", "old", "removed"), ("emptied",)),
]


@pytest.mark.parametrize(("line", "head", "outside"), CASES)
def test_what_was_lost_stays_found_until_it_is_acknowledged(
    line: str,
    head: str,
    outside: str,
    folder: Path,
    elsewhere: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each file of the record kept, cut, emptied, removed or put back as it was three lines before,
    in every combination.
    """
    if outside == "unset":
        monkeypatch.delenv(audit_head_file.VARIABLE)
    files = {
        "line": filled(folder, 3),
        "head": folder / "audit" / "head.json",
        "outside": elsewhere,
    }
    old = {name: path.read_bytes() for name, path in files.items() if path.exists()}
    more(folder)
    for (name, path), how in zip(files.items(), (line, head, outside), strict=True):
        harmed(path, how, old.get(name, b""))
    forget_all()
    assert bool(faults_of(folder)) is shows(line, head, outside)
    if not shows(line, head, outside):
        return
    for _ in range(2):  # whoever writes and looks now, in whichever process
        more(folder)
        forget_all()
        assert faults_of(folder)
    if outside == "emptied":
        assert any("holds no head of a record" in words for words in look(folder).trouble)
        elsewhere.unlink()
    settle_and_see_that_it_is(folder)


def settle_and_see_that_it_is(folder: Path) -> None:
    for _ in range(2):
        if found := look(folder).harm:
            acknowledge(folder, "Ada", "a backup was restored", found)
    assert faults_of(folder) == []
    more(folder)
    forget_all()
    assert faults_of(folder) == []
    numbers = [line.number for line in lines(folder)]
    assert numbers == sorted(set(numbers))
    told = [line for line in lines(folder) if line.kind == audit.ACKNOWLEDGEMENT]
    assert {(line.who, line.what) for line in told} == {("Ada", "a backup was restored")}


def test_no_number_is_given_twice_and_lost_lines_put_back_fit(folder: Path) -> None:
    path = filled(folder)
    whole = path.read_text().splitlines(keepends=True)
    path.write_text("".join(whole[:3]))
    more(folder, 1)
    rows = path.read_text().splitlines(keepends=True)
    assert [json.loads(row)["number"] for row in rows] == [1, 2, 3, 6, 7]
    path.write_text("".join([*whole, *rows[3:]]))
    forget_all()
    assert faults_of(folder) == [
        "The record ends at number 3, but 5 were written: its end was cut off, or an old copy was "
        "put back."
    ]


def test_the_ledger_shows_what_a_record_lost_that_was_put_back_whole(
    store: Store, load_table: Callable[..., LoadReport]
) -> None:
    load_table(CRIMES)
    shutil.copytree(store.folder / "audit", store.folder.parent / "copy")
    load_table(CRIMES.replace("\n1 |", "\n2 |"), name="second.csv")
    load_table(CRIMES.replace("\n1 |", "\n3 |"), name="third.csv")
    assert faults_of(store.folder) == []
    shutil.rmtree(store.folder / "audit")
    shutil.copytree(store.folder.parent / "copy", store.folder / "audit")
    forget_all()
    load_table(CRIMES.replace("\n1 |", "\n4 |"), name="fourth.csv")
    assert faults_of(store.folder) == [
        "The record lacks what the ledger says was done in acts 2 to 3."
    ]
    shutil.rmtree(store.folder / "audit")
    forget_all()
    assert faults_of(store.folder) == [
        "The record lacks what the ledger says was done in acts 1 to 4."
    ]
    acknowledge(store.folder, "Ada", "the folder was lost", faults_of(store.folder))
    assert faults_of(store.folder) == []
    load_table(CRIMES.replace("\n1 |", "\n5 |"), name="fifth.csv")
    assert faults_of(store.folder) == []


def test_a_server_that_wrote_knows_of_it_though_every_file_was_put_back(folder: Path) -> None:
    filled(folder, 3)
    shutil.copytree(folder, folder.with_name("copy"))
    more(folder)
    shutil.rmtree(folder)
    shutil.copytree(folder.with_name("copy"), folder)
    more(folder)
    forget_all()
    assert faults_of(folder) == [
        "The record ends at number 3, but 6 were written: its end was cut off, or an old copy was "
        "put back."
    ]


def test_an_old_record_that_grew_past_the_head_elsewhere_is_found(
    folder: Path, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(folder, 3)
    shutil.copytree(folder, folder.with_name("copy"))
    more(folder)
    shutil.rmtree(folder)
    shutil.copytree(folder.with_name("copy"), folder)
    forget_all()
    monkeypatch.delenv(
        audit_head_file.VARIABLE
    )  # as the command line of somebody who does not set it
    more(folder, 9, "Cas")
    forget_all()
    assert faults_of(folder) == []
    monkeypatch.setenv(audit_head_file.VARIABLE, str(elsewhere))
    for _ in range(2):
        assert any(
            words.startswith("Number 6 is not the line written") for words in faults_of(folder)
        )
        more(folder, 1)
    settle_and_see_that_it_is(folder)


def cut_and_write(folder: str) -> None:
    more(Path(folder), 15)


def test_several_processes_that_write_at_once_put_a_cut_on_record_once(
    folder: Path, elsewhere: Path
) -> None:
    path = filled(folder)
    path.write_text("".join(path.read_text().splitlines(keepends=True)[:3]))
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=cut_and_write, args=(str(folder),)) for _ in range(3)]
    for writer in writers:
        writer.start()
    while any(writer.is_alive() for writer in writers):
        assert len(look(folder).faults) == 1  # no look meanwhile sees half of anything
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0, 0, 0]
    assert [line.kind for line in lines(folder)].count(audit.FAULT) == 1
    assert [line.number for line in lines(folder)] == [1, 2, 3, *range(6, 52)]
    assert len(faults_of(folder)) == 1
    assert json.loads(elsewhere.read_text())["number"] == 51


def test_a_look_beside_a_writer_finds_nothing_wrong(folder: Path) -> None:
    filled(folder, 1)
    writer = multiprocessing.get_context("spawn").Process(target=cut_and_write, args=(str(folder),))
    writer.start()
    looks = 0
    while writer.is_alive():
        assert look(folder, is_full=looks % 2 == 0).faults == []
        looks += 1
    writer.join()
    assert look(folder).count == 16
