"""A dashboard on an invented store, and a browser that may speak to this machine only: for tests
that do what a person does.
"""

import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.conftest import sample_store

# of local mode, for every server that these tests start
TOKEN = {"VAWG_TOKEN": secrets.token_urlsafe(16)}
ROOT = Path(__file__).parent.parent.parent
CHROMIUM = shutil.which("chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-software-rasterizer",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    # a page lives for a second: making its scripts faster takes longer than they run
    "--js-flags=--no-opt --no-maglev",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # it can reach this machine only
]
if CHROMIUM is None and os.environ.get("CI") != "true":
    pytest.skip("Chromium is not on this machine", allow_module_level=True)


@pytest.fixture(scope="module")
def store_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sample_store(tmp_path_factory.mktemp("browser") / "store")


@pytest.fixture(scope="module")
def address(store_folder: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        str(ROOT / "app.py"),
        "--server.port",
        str(port),
    ]
    server = subprocess.Popen(
        command, env=os.environ | TOKEN | {"VAWG_STORE": str(store_folder)}, cwd=ROOT
    )
    try:
        for _ in range(100):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health").close()
                break
            except OSError:
                time.sleep(0.2)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)


@pytest.fixture(scope="module")
def context(browser: Browser, address: str) -> BrowserContext:
    """What the pages of one file share: what the browser keeps of the dashboard's scripts, which it
    is slow to read.
    """
    return let_in(browser, address)


def let_in(browser: Browser, address: str) -> BrowserContext:
    """A browser of its own that the dashboard on this machine knows, as one that opened the address
    it printed.
    """
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.request.get(f"{address}/?{urlencode({'token': TOKEN['VAWG_TOKEN']})}")
    return context


def cookies_of(context: BrowserContext) -> str:
    """What a browser would send along, for a plain client to send."""
    return "; ".join(f"{one['name']}={one['value']}" for one in context.cookies())


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page that asks this machine only.

    (Nothing intercepts its requests: that would switch the browser's cache off.)
    """
    asked: list[str] = []
    opened = context.new_page()
    opened.on("request", lambda request: asked.append(request.url))
    opened.on("websocket", lambda socket: asked.append(socket.url))
    yield opened
    opened.close()
    assert not [
        url for url in asked if not re.match(r"(https?|wss?)://127\.0\.0\.1[:/]|(data|blob):", url)
    ]


def settled(page: Page) -> None:
    page.wait_for_timeout(250)
    page.wait_for_selector(
        '[data-testid="stApp"][data-test-script-state="notRunning"]', timeout=60_000
    )
