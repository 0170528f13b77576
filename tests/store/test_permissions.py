"""A store is its owner's alone: what is made in it, whatever the umask, and what is done with one
that others can reach.
"""

import os
import shutil
import stat
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from loaders.contracts import LoadReport
from loaders.undo import set_counts
from store import snapshot as snapshots
from store.errors import StoreError
from store.files import in_place, put_in_place
from store.permissions import refuse_if_open_to_others
from store.snapshot import Snapshot
from store.writer import SPILL_LIFE, Store
from tests.cli.test_cli import VAWG
from tests.conftest import csv_of
from tests.store.test_store import OLD

Load = Callable[..., LoadReport]
HEAVY = (
    "create temp table heavy as select hash(range) as h, range::varchar || 'abcdefgh' as s "
    "from range(3000000)"
)


def vawg(*words: str) -> subprocess.CompletedProcess[str]:
    """A verb, in a process that makes files for all to read."""
    return subprocess.run([VAWG, *words], capture_output=True, text=True, check=False, umask=0o022)


def rights(folder: Path) -> dict[str, int]:
    """The rights on a folder and all in it."""
    return {str(path): stat.S_IMODE(path.lstat().st_mode) for path in (folder, *folder.rglob("*"))}


def is_private(folder: Path) -> bool:
    return all(
        mode == (0o700 if Path(path).is_dir() else 0o600) for path, mode in rights(folder).items()
    )


def test_what_vawg_makes_is_private_whatever_the_umask(tmp_path: Path) -> None:
    export, store = tmp_path / "old.csv", str(tmp_path / "store")
    export.write_text(csv_of(OLD))
    for words in (
        ("load", str(export), "--save-format", "Ours"),
        ("undo", "1"),
        ("rebuild",),
        ("measure", "charge_rate_closed"),
    ):
        assert vawg(*words, "--store", store).returncode == 0
        assert is_private(tmp_path / "store"), rights(tmp_path / "store")
    names = {path.name for path in (tmp_path / "store").rglob("*")}
    assert {
        "CURRENT",
        "lock",
        "ledger.jsonl",
        "000001.parquet",
        "formats.json",
        "000003.duckdb",
    } <= names


@pytest.mark.parametrize(
    "part", ["snapshots/000001.duckdb", "CURRENT", "lock", "archive/ledger.jsonl", "archive", "."]
)
@pytest.mark.parametrize("mode", [0o040, 0o002])
def test_a_store_that_others_can_reach_is_refused_naming_the_path_and_the_way_to_mend_it(
    store: Store, load_table: Load, part: str, mode: int
) -> None:
    load_table(OLD)
    path = store.folder / part
    was = path.stat().st_mode
    path.chmod(stat.S_IMODE(was) | mode)
    with pytest.raises(StoreError) as said:
        refuse_if_open_to_others(store.folder)
    assert (
        str(said.value)
        == f"{path} is open to other users of this machine: close the store to them with chmod -R "
        f"go-rwx {store.folder}."
    )
    with pytest.raises(StoreError, match="chmod -R go-rwx"):
        set_counts(store, 1, False, "test")
    path.chmod(stat.S_IMODE(was))
    refuse_if_open_to_others(store.folder)


def test_every_verb_refuses_it(store: Store, load_table: Load, tmp_path: Path) -> None:
    load_table(OLD)
    store.path(1).chmod(0o644)
    (tmp_path / "more.csv").write_text(csv_of(OLD))
    for words in (
        ("measure", "charge_rate_closed"),
        ("load", str(tmp_path / "more.csv")),
        ("load", str(tmp_path / "more.csv"), "--dry-run"),
        ("loads",),
        ("rows", "1"),
        ("undo", "1"),
        ("forget", "1"),
        ("rebuild",),
        ("snapshots",),
        ("demo", "--prepare-only"),
        ("serve",),
    ):
        done = vawg(*words, "--store", str(store.folder))
        assert (done.returncode, done.stdout) == (3, ""), words
        assert done.stderr.splitlines()[-1] == (
            f"{store.path(1)} is open to other users of this machine: close the store to them "
            f"with chmod -R go-rwx {store.folder}."
        )
    assert subprocess.run(["chmod", "-R", "go-rwx", str(store.folder)], check=True)
    assert vawg("measure", "charge_rate_closed", "--store", str(store.folder)).returncode == 0


def test_links_owners_and_what_is_no_folder(
    store: Store, load_table: Load, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_table(OLD)
    outside = tmp_path / "outside.json"
    outside.write_text("{}")
    link = store.folder / "settings.json"
    link.symlink_to(outside)
    with pytest.raises(StoreError, match=r"settings\.json is a link that leads out of the store"):
        refuse_if_open_to_others(store.folder)
    link.unlink()
    link.symlink_to(store.folder / "CURRENT")
    refuse_if_open_to_others(store.folder)
    link.unlink()
    shutil.move(store.archive, tmp_path / "archive")
    store.archive.symlink_to(tmp_path / "archive")
    with pytest.raises(StoreError, match="archive is a link that leads out"):
        Store(store.folder).lock().__enter__()
    store.archive.unlink()
    with store.workspace() as work:  # where a loader at work links to the export that it reads
        (work / "0").mkdir()
        (work / "0" / "export.csv").symlink_to(outside)
        refuse_if_open_to_others(store.folder)
    monkeypatch.setattr(os, "geteuid", lambda: 4711)
    with pytest.raises(StoreError, match=f"{store.folder} belongs to another user"):
        refuse_if_open_to_others(store.folder)
    monkeypatch.undo()
    refuse_if_open_to_others(tmp_path / "none yet")
    with pytest.raises(StoreError, match="is a file, and a store is a folder"):
        Store(outside)


@pytest.mark.parametrize("name", ["a*b", "a?b", "[ab]", "{a,b}", "area=London"])
def test_a_folder_whose_name_duckdb_takes_for_something_else_is_no_store(
    tmp_path: Path, name: str
) -> None:
    with pytest.raises(StoreError, match="could mean other files"):
        Store(tmp_path / name / "store")


def test_a_writer_spills_into_the_store_and_leaves_nothing(store: Store) -> None:
    with store.workspace() as work, store.draft(1, work, fresh=True) as draft:
        draft.con.execute("set memory_limit = '60MB'")
        draft.con.execute(HEAVY)
        spilt = list((work / "spill").iterdir())
        assert spilt
        assert is_private(store.folder)
    assert not list(store.tmp.iterdir())


def test_a_reader_spills_into_the_store_and_what_a_dead_one_left_is_swept(
    store: Store, load_table: Load, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_table(OLD)
    opened = duckdb.connect

    def in_little_memory(path: str, config: dict) -> duckdb.DuckDBPyConnection:
        return opened(path, config={**config, "memory_limit": "60MB"})

    monkeypatch.setattr(snapshots.duckdb, "connect", in_little_memory)
    snapshot = Snapshot(store, 1).open()
    monkeypatch.undo()
    with snapshot.cursor() as cursor:
        cursor.execute(HEAVY)
        Snapshot(store, 1).open().close()  # another reader is not kept out by it
        spilt = [path for path in (store.tmp / "spill").iterdir() if path.stat().st_size]
        assert spilt
        assert is_private(store.folder), rights(store.folder)
        assert not any(b"abcdefgh" in path.read_bytes() for path in spilt), (
            "and it is not to be read there"
        )
        dead = store.tmp / "spill" / "duckdb_temp_storage_DEFAULT-0.tmp"
        shutil.copyfile(spilt[0], dead)
    os.utime(dead, (time.time() - SPILL_LIFE - 9,) * 2)
    set_counts(store, 1, False, "test")
    assert not dead.exists()
    snapshot.close()


def test_an_empty_folder_made_beforehand_is_made_private(tmp_path: Path) -> None:
    folder = tmp_path / "made"
    folder.mkdir(mode=0o755)
    folder.chmod(0o755)
    refuse_if_open_to_others(folder)
    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_small_file_is_read_anew_once_another_is_put_in_its_place(tmp_path: Path) -> None:
    read: list[bytes] = []

    def parsed(data: bytes) -> str:
        read.append(data)
        return data.decode()

    path = tmp_path / "settings.json"
    assert in_place(path, parsed) is None
    for text in ("one", "two"):  # as long as each other
        put_in_place(path, text.encode())
        assert [in_place(path, parsed) for _ in range(3)] == [text] * 3
    assert read == [b"one", b"two"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.unlink()
    assert in_place(path, parsed) is None
