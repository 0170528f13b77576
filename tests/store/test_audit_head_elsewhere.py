"""The head on another disk, and the point from which the record is checked: neither stops anything,
neither believes too much.
"""

import json
import os
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from store import audit, audit_head_file, audit_walk
from store.audit import Line, record
from store.audit_check import acknowledge, faults_of, look
from tests.store.test_audit import filled
from tests.store.test_audit_lost import elsewhere, folder, forget_all, more, unseen

__all__ = ["elsewhere", "folder", "unseen"]


def test_the_head_goes_elsewhere_with_every_line(folder: Path, elsewhere: Path) -> None:
    for number in (1, 2):
        sealed = record(folder, Line(audit.CONSULTATION, "a page", "Ann"))
        assert sealed.number == number
        found = json.loads(elsewhere.read_text())
        assert (found["number"], found["hash"]) == (number, sealed.hash)
        assert elsewhere.stat().st_mode & 0o777 == 0o600
    assert faults_of(folder) == []


def a_folder(path: Path) -> None:
    path.mkdir()


def no_disk(path: Path) -> None:
    path.parent.rmdir()


def another_file(path: Path) -> None:
    path.write_text("shopping: milk\n")


def a_pipe(path: Path) -> None:
    os.mkfifo(path)


def a_list(path: Path) -> None:
    path.write_text("[" * 5000)


def a_loop(path: Path) -> None:
    path.symlink_to(path)


@pytest.mark.parametrize("harm", [a_folder, no_disk, another_file, a_pipe, a_list, a_loop])
def test_a_place_that_cannot_be_is_said_and_stops_nothing(
    harm: Callable[[Path], None], folder: Path, elsewhere: Path
) -> None:
    harm(elsewhere)
    before = elsewhere.read_bytes() if elsewhere.is_file() else b""
    more(folder)
    found = look(folder)
    assert found.count == 3
    assert found.harm == ()
    assert len(found.trouble) == 1
    assert str(elsewhere.parent) in found.trouble[0]
    assert audit_head_file.VARIABLE in found.trouble[0]
    assert not elsewhere.is_file() or elsewhere.read_bytes() == before


def test_a_place_that_cannot_be_written_is_said_until_it_can(folder: Path, elsewhere: Path) -> None:
    more(folder)
    fresh = elsewhere.with_name("head.json.new")
    fresh.mkdir()  # as root writes to every folder
    more(folder)
    assert faults_of(folder) == [
        f"The head could not be written to {elsewhere} (VAWG_AUDIT_HEAD; Is a directory): the "
        "newest there is number 3."
    ]
    fresh.rmdir()
    more(folder, 1)
    assert faults_of(folder) == []
    assert json.loads(elsewhere.read_text())["number"] == 7


def test_a_disk_that_was_away_comes_back(folder: Path, elsewhere: Path) -> None:
    more(folder)
    away = elsewhere.parent.rename(elsewhere.parent.with_name("away"))
    more(folder)
    assert "see that its disk is there" in look(folder).trouble[0]
    elsewhere.parent.mkdir()  # the folder under which it is to appear, and the disk is not there
    more(folder)
    assert "see that its disk is there" in look(folder).harm[0]
    assert not elsewhere.exists()
    elsewhere.parent.rmdir()
    away.rename(elsewhere.parent)
    forget_all()
    assert faults_of(folder) == []
    more(folder, 1)
    assert json.loads(elsewhere.read_text())["number"] == 10


def test_the_head_of_another_store_is_neither_believed_nor_written_over(
    folder: Path, elsewhere: Path
) -> None:
    other = folder.with_name("other")
    more(other, 9, "Cas")
    theirs = elsewhere.read_bytes()
    for _ in range(2):
        more(folder)
        assert elsewhere.read_bytes() == theirs
        assert [
            "holds the head of another record, at number 9" in words for words in faults_of(folder)
        ] == [True]
    assert faults_of(other) == []
    acknowledge(folder, "Ada", "begun anew", faults_of(folder))
    assert faults_of(folder) == []
    assert any("at number 9" in line.what for line in audit.lines(folder)), (
        "what is written over is on record"
    )
    assert json.loads(elsewhere.read_text())["number"] == 8
    assert ["another record, at number 8" in words for words in faults_of(other)] == [True]


def test_a_place_in_the_store_itself_is_refused(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(audit_head_file.VARIABLE, str(folder / "audit" / "head.json"))
    more(folder)
    assert faults_of(folder) == [
        f"VAWG_AUDIT_HEAD names a file in the store itself, {folder}/audit/head.json: name one on "
        "another disk."
    ]
    assert json.loads((folder / "audit" / "head.json").read_text())["number"] == 3


def test_a_record_in_a_folder_that_is_none_is_said(folder: Path) -> None:
    folder.mkdir()
    (folder / "audit").write_text("a file in the way")
    assert faults_of(folder) == [
        "The audit record cannot be read (Not a directory): see that its drive is there and that "
        "its files are yours."
    ]


def parsed_by(act: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> int:
    """How many lines a look reads word by word."""
    count = 0
    real = audit_walk.parsed

    def counting(text: str) -> Line | None:
        nonlocal count
        count += 1
        return real(text)

    with monkeypatch.context() as patch:
        patch.setattr(audit_walk, "parsed", counting)
        act()
    return count


def test_a_look_reads_what_is_new_and_a_full_one_everything(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(folder, 20)
    assert parsed_by(lambda: look(folder), monkeypatch) == 20
    assert parsed_by(lambda: look(folder), monkeypatch) == 0
    more(folder)
    assert parsed_by(lambda: look(folder), monkeypatch) == 3
    assert parsed_by(lambda: faults_of(folder), monkeypatch) == 23
    assert parsed_by(lambda: look(folder), monkeypatch) == 0


def change(text: str) -> str:
    return text.replace("page 1", "page 8")  # of the same length


def reverse(text: str) -> str:
    return "".join(reversed(text.splitlines(keepends=True)))


def blank(text: str) -> str:
    return text.replace("\n", "\n\n", 1)


@pytest.mark.parametrize("harm", [change, reverse, blank])
@pytest.mark.parametrize("month", [0, 1])
@pytest.mark.parametrize("is_rested", [False, True])
def test_a_change_before_the_remembered_point_is_found(
    harm: Callable[[str], str], month: int, is_rested: bool, folder: Path
) -> None:
    for name in ("2026-10", "2026-11"):
        for at in range(3):
            record(
                folder,
                Line(audit.CONSULTATION, f"page {at}", "Ann", at=f"{name}-0{at + 1}T08:00:00Z"),
            )
    path = audit.files(folder)[month]
    if is_rested:
        audit_walk_rests(folder)
    assert look(folder).faults == []
    times = path.stat()
    path.write_text(harm(path.read_text()))
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))  # as who wants to hide it
    found = look(folder).faults
    assert found
    assert found == faults_of(folder)
    more(folder)
    assert look(folder).faults == faults_of(folder) != []


def audit_walk_rests(folder: Path) -> None:
    """Until the files' times lie far enough back to be believed."""
    time.sleep(audit_walk.TICK / 1e9 + 0.1)
    look(folder)


def test_a_torn_end_is_told_and_not_remembered(folder: Path) -> None:
    path = filled(folder, 2)
    look(folder)
    whole = path.read_bytes()
    path.write_bytes(whole + b'{"kind": "consul')
    assert look(folder).faults == [
        f"Where line 3 of {path.name} should be is no line of the record."
    ]
    path.write_bytes(whole)
    assert look(folder).faults == []
    path.write_bytes(whole + b'{"kind": "consul')
    acknowledge(folder, "Ada", "a power cut", faults_of(folder))
    assert look(folder).faults == faults_of(folder) == []


def guard(store: Path, backup: Path) -> tuple[int, str]:
    """What docs/deploy.md's `vawg-backup` does before it copies over the audit record of the backup
    before.
    """
    text = (Path(__file__).parent.parent.parent / "docs" / "deploy.md").read_text(encoding="utf-8")
    script = text[text.index('if [ -f "$to/audit/head.json" ]') : text.index("\nflock -w 900")]
    run = subprocess.run(
        ["/bin/sh", "-euc", f"store=$1 to=$2\n{script}", "sh", store, backup],
        capture_output=True,
        text=True,
        check=False,
    )
    return run.returncode, run.stderr


def test_a_backup_is_not_written_over_by_a_record_that_lost_its_line_and_a_restore_is_acknowledged(
    folder: Path, elsewhere: Path
) -> None:
    backup = folder.with_name("backup")
    more(folder)
    assert guard(folder, backup) == (0, "")
    shutil.copytree(folder, backup)
    more(folder, 3, "Cas")
    assert guard(folder, backup) == (0, "")
    newer = shutil.copytree(folder, folder.with_name("newer"))
    shutil.rmtree(folder)
    shutil.copytree(backup, folder)
    forget_all()
    assert guard(folder, backup) == (0, "")
    assert guard(folder, newer) == (
        3,
        f"The audit record lacks the line that was its newest in {newer}: it was cut or put back. "
        "Not copied.\n",
    )
    assert faults_of(folder) == [
        "The record ends at number 3, but 6 were written: its end was cut off, or an old copy was "
        "put back."
    ]
    told = acknowledge(folder, "Ada", "the backup of Monday was restored", faults_of(folder))
    assert (told.number, faults_of(folder)) == (8, [])
    assert json.loads(elsewhere.read_text())["number"] == 8
