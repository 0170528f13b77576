"""A built wheel in an empty environment: it holds every file that the program reads, and runs from
any folder.

The environment has the packages of this one by a `.pth` line, and nothing of the checkout.
"""

import asyncio
import http.client
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import time
import urllib.request
import venv
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
import websockets

from benchmarks.viewers import Tab
from tests.support.sign_in_provider import free_port

ROOT = Path(__file__).parent.parent
KINDS = (".py", ".sql", ".toml", ".csv", ".html", ".css", ".js", ".properties")
NOT_THE_PROGRAM = ("tests", "benchmarks", "docs")
TREE = shutil.ignore_patterns(
    ".venv*",
    ".git",
    "demo",
    "build",
    "dist",
    "docs",
    "tests",
    "__pycache__",
    "*.egg-info",
    "*_cache",
)
PRIVATE = "data/store/crimes.csv"  # what a developer may have lying about


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy of the checkout in which a store, a secret and an export lie
    about.
    """
    folder = tmp_path_factory.mktemp("wheel")
    shutil.copytree(ROOT, folder / "source", ignore=TREE)
    for name in (PRIVATE, "scratch/export.csv", ".streamlit/secrets.toml"):
        (folder / "source" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "source" / name).write_text("not to leave this machine")
    words = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "--no-index",
    ]
    subprocess.run([*words, "--wheel-dir", str(folder), str(folder / "source")], check=True)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def program(wheel: Path) -> Path:
    """The `vawg` of an environment that has the wheel installed."""
    home = wheel.parent / "environment"
    venv.create(home, symlinks=True)
    words = [
        sys.executable,
        "-m",
        "pip",
        "--python",
        str(home / "bin" / "python"),
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
    ]
    subprocess.run([*words, str(wheel)], check=True)
    packages = next(home.glob("lib/python*/site-packages"))
    (packages / "others.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return home / "bin" / "vawg"


def test_the_wheel_holds_every_file_of_the_program_and_nothing_else(wheel: Path) -> None:
    tracked = subprocess.run(
        ["git", "ls-files"], capture_output=True, text=True, check=True, cwd=ROOT
    ).stdout.split()
    wanted = {name for name in tracked if Path(name).suffix in KINDS and "/" in name}
    wanted = {name for name in wanted if name.split("/")[0] not in NOT_THE_PROGRAM}
    wanted |= {name for name in tracked if "/" not in name and name.endswith(".py")} - {"setup.py"}
    assert {
        "app.py",
        ".streamlit/config.toml",
        "data/reference/outcome.csv",
        "sql/loading/problem_counts.sql",
    } <= wanted
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert held == wanted, (
        "a room or a kind of file that pyproject.toml does not name, or one that is not the "
        "program's"
    )


def run(program: Path, folder: Path, *words: str) -> str:
    """What the installed program prints, run in a folder of no program."""
    bare = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("VAWG_", "PYTHON", "STREAMLIT_"))
    }
    done = subprocess.run(
        [str(program), *words], capture_output=True, text=True, check=False, cwd=folder, env=bare
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@contextmanager
def served(program: Path, folder: Path) -> Iterator[int]:
    """The installed program's dashboard, on its default store; its port."""
    port = free_port()
    with (folder / "server.log").open("wb") as log:
        environment = os.environ | {"VAWG_TOKEN": TOKEN}
        server = subprocess.Popen(
            [str(program), "serve", "--port", str(port)],
            cwd=folder,
            env=environment,
            stdout=log,
            stderr=log,
        )
        try:
            for _ in range(150):
                with suppress(OSError):
                    urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health").close()
                    break
                time.sleep(0.2)
            yield port
        finally:
            server.terminate()
            server.wait()


TOKEN = "a-token-of-this-test"


def cookie_of(port: int) -> dict[str, str]:
    """The header that lets a client in that opened the address with its token."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", f"/?token={TOKEN}")
    return {"Cookie": str(connection.getresponse().headers["Set-Cookie"]).partition(";")[0]}


async def opened(port: int, name: str) -> None:
    """Open a page; raises WrongPage where it has not its title and a figure."""
    address, headers = f"ws://127.0.0.1:{port}/_stcore/stream", cookie_of(port)
    async with websockets.connect(
        address, subprotocols=["streamlit"], max_size=None, additional_headers=headers
    ) as socket:  # type: ignore[list-item]
        await Tab(socket).open(name)


def test_the_installed_program_runs_from_any_folder(
    program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("VAWG_STORE", raising=False)
    (tmp_path / "views.py").write_text(
        "raise SystemExit('a file of the folder was taken for the program')\n"
    )
    run(program, tmp_path, "demo", "--prepare-only")
    assert (tmp_path / "data" / "store" / "CURRENT").is_file(), (
        "the store is in the folder that the command was given in"
    )
    assert not list(program.parent.parent.glob("lib/python*/site-packages/data/store")), (
        "and not where packages lie"
    )
    assert re.search(r"^charge_rate_recorded", run(program, tmp_path, "metrics"), re.MULTILINE)
    assert run(program, tmp_path, "template", "crime_outcomes").startswith("crime_reference,")
    with served(program, tmp_path) as port:
        for name in ("review", "definitions"):
            asyncio.run(opened(port, name))
        with urllib.request.urlopen(
            urllib.request.Request(f"http://127.0.0.1:{port}/", headers=cookie_of(port))
        ) as answer:
            assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert str(tmp_path / "data" / "store") in (tmp_path / "server.log").read_text()


def test_its_long_work_has_a_process_of_its_own(program: Path, tmp_path: Path) -> None:
    script = (
        "import operator, pathlib; from store.writer import Store; from web.worker import WorkerJob; "
        "work = WorkerJob(operator.is_, Store(pathlib.Path('store'))); work.start(); "
        "print(work.wait(60), work.result, work.is_faulty)"
    )
    words = [str(program.parent / "python"), "-P", "-c", script]
    assert (
        subprocess.run(words, capture_output=True, text=True, check=True, cwd=tmp_path).stdout
        == "True False False\n"
    )


def test_the_installed_program_has_the_settings_of_its_server(
    program: Path, tmp_path: Path
) -> None:
    """Streamlit's own defaults would show errors to whoever looks, and answer every address."""
    python = program.parent / "python"
    read = (
        "import importlib.util as u; from streamlit import config; config._main_script_path = "
        "u.find_spec('app').origin; "
        "print([config.get_option(name) for name in ('server.address', 'client.showErrorDetails', "
        "'browser.gatherUsageStats')])"
    )
    said = subprocess.run(
        [str(python), "-P", "-c", read], capture_output=True, text=True, check=True, cwd=tmp_path
    ).stdout
    assert said.strip() == "['127.0.0.1', 'none', False]"


def test_a_program_that_is_installed_writes_no_documents(program: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [str(program), "define"], capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.startswith("docs/metrics.md belongs to a checkout")
