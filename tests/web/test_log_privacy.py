"""A page that stumbles over a cell, in a real server, however it is started: no log line and no
file of the store quotes it.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from loaders.contracts import LoadOptions
from loaders.load import Source, load
from store.writer import Store
from tests.support.browser import ROOT, TOKEN
from tests.support.plain_client import cookie_of, page_text
from tests.support.sign_in_provider import answers, free_port

MARK = "Halton-marked"  # made of a cell of the store and a word that stands nowhere in it
CRIMES = "crime_reference,recorded_on,offence_code,outcome_code,outcome_on,area\nN1,2025-01-06,8Q,1,2025-02-03,Halton\n"
BROKEN = """
import asyncio, logging, sys, threading, warnings
from store.snapshot import read
from web.worker import WorkerJob
from web.sign_in import store

def cell(at):
    return at.rows("reports/current_rows_of_table", row_table="crime_row")[0]["area"] + "-marked"

def stumble(store, progress):
    int(cell(read(store)))

class Left:
    def __del__(self):
        int(self.cell)

async def task(text):
    int(text)

async def tasks(text):
    asyncio.get_running_loop().call_soon(int, text)
    lost = asyncio.ensure_future(task(text))
    await asyncio.sleep(0.1)

from views.parts.page import Page

PAGE = Page("Registers", address="registers", order=3, is_prerendered=False)

def draw():
    at = read(store())
    work = WorkerJob(stumble, store())
    work.start()
    work.wait(60)
    thread = threading.Thread(target=int, args=(cell(at),))
    thread.start()
    thread.join()
    left = Left()
    left.cell = cell(at)
    del left
    asyncio.run(tasks(cell(at)))
    warnings.warn(cell(at))
    try:
        int(cell(at))
    except ValueError as problem:
        logging.getLogger("streamlit").error("It stumbled: %s", problem)
        print("reached", file=sys.stderr)
        raise KeyError(cell(at)) from problem
"""
HOOK = """
import importlib.abc, importlib.util, pathlib, sys

class Broken(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name == "views.trust.registers":
            return importlib.util.spec_from_file_location(name, pathlib.Path(__file__).with_name("broken.py"))

sys.meta_path.insert(0, Broken())
"""
VAWG = str(Path(sys.executable).parent / "vawg")
RICH = {"STREAMLIT_LOGGER_ENABLE_RICH": "true", "STREAMLIT_LOGGER_LEVEL": "debug"}
STREAMLIT = [
    sys.executable,
    "-m",
    "streamlit",
    "run",
    str(ROOT / "app.py"),
    "--server.address",
    "127.0.0.1",
]
WAYS = {
    "vawg serve": ([VAWG, "serve"], RICH),
    "vawg demo": ([VAWG, "demo"], {}),
    "streamlit run": ([*STREAMLIT, "--logger.enableRich", "true"], {}),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_page_that_stumbles_over_a_cell_quotes_it_nowhere(way: str, tmp_path: Path) -> None:
    for name, text in (("crimes.csv", CRIMES), ("broken.py", BROKEN), ("sitecustomize.py", HOOK)):
        (tmp_path / name).write_text(text)
    store = Store(tmp_path / "figures")  # on PYTHONPATH no folder may be named as a room of ours
    load(store, [Source(tmp_path / "crimes.csv", "crimes.csv")], LoadOptions())
    words, variables = WAYS[way]
    port = free_port()
    words = [*words, "--server.port" if "streamlit" in words else "--port", str(port)]
    environment = (
        os.environ
        | TOKEN
        | variables
        | {"VAWG_STORE": str(store.folder), "PYTHONPATH": str(tmp_path)}
    )
    environment |= {"HOME": str(tmp_path), "COLUMNS": "200"}
    address, log = f"http://127.0.0.1:{port}", tmp_path / "printed.log"
    with log.open("wb") as out:  # started from elsewhere than the program's folder
        server = subprocess.Popen(words, env=environment, cwd=tmp_path, stdout=out, stderr=out)
    try:
        answers(f"{address}/_stcore/health")
        cookie = cookie_of(address, TOKEN["VAWG_TOKEN"])
        assert MARK not in page_text(address, "registers", cookie)
        until = time.monotonic() + 20
        while "KeyError" not in log.read_text() and time.monotonic() < until:
            time.sleep(0.1)
    finally:
        server.terminate()
        server.wait()
    printed = log.read_text()
    assert "reached" in printed
    assert printed.count("KeyError") == 1, printed
    assert printed.count("ValueError") >= 6, printed
    assert MARK not in printed, printed
    assert "Halton" not in printed
    assert not [
        path
        for path in store.folder.rglob("*")
        if path.is_file() and MARK.encode() in path.read_bytes()
    ]
