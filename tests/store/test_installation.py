"""Where a store lies when nobody says, and what a system other than Linux is told and spared."""

import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

import cli
from loaders.reading import temporary_files
from loaders.reading.temporary_files import TemporaryFiles
from store import installation
from store.errors import StoreError
from store.writer import Store

ROOT = Path(__file__).parent.parent.parent
KILLED = """
import os, pathlib, sys
from loaders.reading import temporary_files
from store.writer import Store
temporary_files.OPEN_FILES = pathlib.Path("/nowhere")
with Store(pathlib.Path(sys.argv[1])).workspace() as work, temporary_files.TemporaryFiles(work) as room:
    room.new().write_text("a column that is not stored")
    os._exit(9)
"""


def test_a_store_from_a_checkout_stays_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert installation.default_store() == ROOT / "data" / "store"
    monkeypatch.setattr(installation, "IS_CHECKOUT", False)
    assert installation.default_store() == tmp_path / "data" / "store"


def test_where_it_cannot_run_it_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for platform in ("linux", "darwin"):
        installation.check_system(platform)
    with pytest.raises(StoreError, match=r"^vawg does not run on this system \(win32\)"):
        installation.check_system("win32")
    monkeypatch.setattr(cli, "check_system", lambda: installation.check_system("win32"))
    monkeypatch.setattr(sys, "argv", ["vawg", "metrics"])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 3
    assert capsys.readouterr().err.startswith("vawg does not run on this system (win32): ")


@pytest.mark.parametrize("has_them", [True, False])
def test_the_start_says_where_files_need_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_them: bool
) -> None:
    monkeypatch.setattr(installation, "OPEN_FILES", tmp_path if has_them else tmp_path / "absent")
    monkeypatch.setattr(cli.os, "execve", lambda *words: None)
    monkeypatch.chdir(tmp_path)  # so that what serve changes is changed back
    said = CliRunner().invoke(cli.app, ["serve", "--store", str(tmp_path / "store")]).stderr
    assert f"The store is {tmp_path / 'store'}." in said
    assert ("This system has no files without a name" in said) is not has_them


def test_where_files_need_names_they_are_closed_to_others_and_swept_up(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = [sys.executable, "-c", KILLED, str(store.folder)]
    assert subprocess.run(words, check=False, cwd=ROOT).returncode == 9
    left = [
        path for path in store.tmp.rglob("*") if path.is_file() and "not stored" in path.read_text()
    ]
    assert [path.stat().st_mode & 0o777 for path in left] == [0o600]
    with store.lock():
        store.sweep(store.current())
    assert not list(store.tmp.iterdir())
    monkeypatch.setattr(temporary_files, "OPEN_FILES", tmp_path / "absent")
    with store.workspace() as work, TemporaryFiles(work) as room:
        assert room.new().parent == work
        assert room.handles() == []
