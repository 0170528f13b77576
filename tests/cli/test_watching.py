"""A watched folder: whole files are loaded once, half-written ones wait, a second watcher is
refused, and nothing that was dropped in is lost.
"""

import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock

from cli.watching import LOCK, Watch, WatchedTwice, is_open_elsewhere
from loaders.contracts import LoadOptions
from loaders.load import Source, load
from packs.kept import all_kept
from store.errors import StoreError
from store.snapshot import read
from store.writer import Store
from tests.conftest import csv_of
from tests.store.test_store import NEW, OLD


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def watch(inbox: Path, store: Store) -> Watch:
    return Watch(inbox, store, "tester")


def names(folder: Path) -> list[str]:
    """The files of a folder without the time before their names."""
    return sorted(path.name[18:] for path in folder.iterdir()) if folder.is_dir() else []


def test_a_whole_file_is_loaded_and_its_report_lies_beside_it(inbox: Path, store: Store) -> None:
    (inbox / "old.csv").write_text(csv_of(OLD))
    one = watch(inbox, store)
    with one.alone():
        assert one.look() == 0, "seen for the first time"
        assert one.look() == 1
        assert one.look() == 0
    assert names(inbox / "done") == ["old.csv", "old.csv.txt"]
    assert not (inbox / "old.csv").exists()
    assert len(read(store).loads) == 1
    (report,) = [path for path in (inbox / "done").iterdir() if path.suffix == ".txt"]
    assert "3 rows" in report.read_text()


def test_a_file_that_grows_waits(inbox: Path, store: Store) -> None:
    path, text = inbox / "old.csv", csv_of(OLD)
    path.write_text(text[:60])
    one = watch(inbox, store)
    with one.alone():
        one.look()
        path.write_text(text)
        assert one.look() == 0, "it is not what it was a look before"
        with path.open("a"):
            pass
        assert one.look() == 1
    assert read(store).loads[0]["kept"] == 3


def test_a_file_that_another_program_has_open_waits(inbox: Path, store: Store) -> None:
    path = inbox / "old.csv"
    path.write_text(csv_of(OLD))
    code = (
        f"import sys; file = open({str(path)!r}, 'a'); print('open', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout and writer.stdout.readline() == "open\n"
        assert is_open_elsewhere(path)
        one = watch(inbox, store)
        with one.alone():
            one.look()
            assert one.look() == 0
            writer.communicate("")
            assert one.look() == 1


def test_what_is_refused_is_kept_with_the_sentence_that_says_why(inbox: Path, store: Store) -> None:
    (inbox / "letter.csv").write_text("dear,colleague\nhello,there\n")
    (inbox / "old.csv").write_text(csv_of(OLD))
    one = watch(inbox, store)
    with one.alone():
        one.look()
        assert one.look() == 2
    assert names(inbox / "refused") == ["letter.csv", "letter.csv.txt"]
    assert names(inbox / "done") == ["old.csv", "old.csv.txt"], "the other is loaded all the same"


def test_a_file_waits_where_the_store_cannot_take_it(
    inbox: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise StoreError("The disk is full.")

    (inbox / "old.csv").write_text(csv_of(OLD))
    one = watch(inbox, store)
    with one.alone():
        one.look()
        with monkeypatch.context() as patched:
            patched.setattr("cli.watching.load", full)
            assert one.look() == 0
        assert (inbox / "old.csv").exists() and not names(inbox / "refused")
        assert one.look() == 1, "and is taken once it can"


def test_half_of_a_download_and_a_lock_of_an_office_program_are_left_alone(
    inbox: Path, store: Store
) -> None:
    for name in ("~$old.xlsx", ".old.csv", "old.csv.part", "old.csv.crdownload", "notes.docx"):
        (inbox / name).write_text(csv_of(OLD))
    (inbox / "empty.csv").touch()
    one = watch(inbox, store)
    with one.alone():
        one.look()
        assert one.look() == 0
    assert store.current() is None


def test_what_was_loaded_before_a_kill_is_moved_and_not_loaded_twice(
    inbox: Path, store: Store
) -> None:
    path = inbox / "old.csv"
    path.write_text(csv_of(OLD))
    load(store, [Source(path, path.name)], LoadOptions())  # and killed before it was moved
    one = watch(inbox, store)
    with one.alone():
        one.look()
        one.look()
    assert names(inbox / "done") == ["old.csv", "old.csv.txt"]
    assert len(read(store).loads) == 1


def test_a_second_watcher_is_refused(inbox: Path, store: Store) -> None:
    with FileLock(inbox / LOCK), pytest.raises(WatchedTwice, match="One is enough"):
        watch(inbox, store).run(0.1, is_once=True)


def test_the_pack_of_a_month_is_made_once(inbox: Path, store: Store) -> None:
    one = watch(inbox, store)
    (inbox / "old.csv").write_text(csv_of(OLD))
    with one.alone():
        one.look()
        one.look()
        (inbox / "new.csv").write_text(csv_of(NEW))
        one.look()
        one.look()
        first = [kept.number for kept in all_kept(store.folder)]
        (inbox / "late.csv").write_text(csv_of(NEW.replace("N4", "N5")))
        one.look()
        one.look()
    assert first == [2, 1], "the data reached another month"
    assert [kept.number for kept in all_kept(store.folder)] == first
    assert len(list((inbox / "packs").iterdir())) == 2


def test_the_verb_takes_what_is_there_and_ends(inbox: Path, tmp_path: Path) -> None:
    (inbox / "old.csv").write_text(csv_of(OLD))
    words = ["watch", str(inbox), "--once", "--seconds", "0.2", "--store", str(tmp_path / "store")]
    vawg = str(Path(sys.executable).parent / "vawg")
    done = subprocess.run([vawg, *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "old.csv: done." in done.stderr and names(inbox / "done")
    words = [vawg, "watch", str(tmp_path / "nowhere"), "--store", str(tmp_path / "store")]
    refused = subprocess.run(words, capture_output=True, text=True, check=False)
    assert (refused.returncode, "There is no folder" in refused.stderr) == (3, True)
