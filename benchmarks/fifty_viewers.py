"""Fifty people at the dashboard, a click every fifteen seconds, while an analyst uploads and commits a million rows on the Data page.

Each viewer is a websocket that speaks Streamlit's own protocol, signed in as a leader. Three are real browsers, which look for error pages
and for figures of two snapshots on one page. Prints the time of a page's run (50th, 95th percentile, slowest), errors, and memory.
Rivals in the same run: the same viewers before the commit begins.
"""

import asyncio
import json
import os
import random
import re
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import websockets
from playwright.async_api import Browser, Page, async_playwright
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from benchmarks import million
from loaders import sample
from sql.store import Store

ROOT = Path(__file__).parent.parent
VIEWERS, PAUSE, QUIET = 50, 15.0, 60.0
STARTED = 30.0  # seconds before the first viewer in which a server works out what its pages ask
PAGES = ("review", "weekly", "quarterly", "charges", "outcomes", "orders", "compare", "definitions", "quality", "measure")
ERROR = re.compile(r"Traceback|Oh no|Error running app|could not be reached|This app has encountered")


@dataclass
class Seen:
    """What happened: the seconds of each page's run and whether the commit was under way, errors, and the server's memory."""

    quiet: list[float] = field(default_factory=list)
    busy: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    memory: int = 0
    loader: int = 0
    is_busy: bool = False
    is_over: bool = False

    def add(self, seconds: float) -> None:
        """One page's run."""
        (self.busy if self.is_busy else self.quiet).append(seconds)


@dataclass
class Site:
    """The dashboard, and the secret under which it knows whom it has signed in."""

    port: int
    secret: str = field(default_factory=lambda: secrets.token_hex(32))

    @property
    def address(self) -> str:
        """Where its pages are."""
        return f"http://127.0.0.1:{self.port}"

    def cookie(self, name: str, role: str) -> str:
        """What a sign-in leaves with somebody's browser."""
        now = int(time.time())
        claims = {"origin": self.address, "is_logged_in": True, "sub": name, "name": name, "roles": [role], "iat": now, "exp": now + 3600}
        return create_signed_value(self.secret, USER_COOKIE_NAME, json.dumps(claims)).decode()

    def write_secrets(self, path: Path) -> None:
        """The sign-in's settings. Its provider is never asked: everybody is signed in already."""
        path.write_text(
            f'[auth]\nredirect_uri = "{self.address}/oauth2callback"\ncookie_secret = "{self.secret}"\nclient_id = "dashboard"\n'
            'client_secret = "none"\nserver_metadata_url = "http://127.0.0.1:9/.well-known/openid-configuration"\n'
        )
        path.chmod(0o600)

    async def page(self, browser: Browser, name: str, role: str) -> Page:
        """A page of a browser that somebody has signed in with."""
        context = await browser.new_context()
        await context.add_cookies([{"name": USER_COOKIE_NAME, "value": self.cookie(name, role), "url": self.address}])
        return await context.new_page()


async def viewer(site: Site, seen: Seen, seed: int) -> None:
    """One person: opens a page, looks at it for a while, opens the next."""
    dice = random.Random(seed)
    await asyncio.sleep(dice.uniform(0, PAUSE))
    headers = {"Cookie": f"{USER_COOKIE_NAME}={site.cookie(f'leader{seed}', 'leader')}", "Origin": site.address}
    stream = f"ws://127.0.0.1:{site.port}/_stcore/stream"
    async with websockets.connect(stream, subprotocols=["streamlit"], max_size=None, additional_headers=headers) as socket_:
        while not seen.is_over:
            start = time.perf_counter()
            message = BackMsg()
            message.rerun_script.page_name = dice.choice(PAGES)
            await socket_.send(message.SerializeToString())
            if problem := await _finished(socket_):
                seen.errors.append(problem)
            seen.add(time.perf_counter() - start)
            await asyncio.sleep(PAUSE * dice.uniform(0.8, 1.2))


async def _finished(socket_: websockets.ClientConnection) -> str:
    """Read until the run is over; the error that came with it, if one did."""
    problem = ""
    while True:
        answer = ForwardMsg()
        answer.ParseFromString(await asyncio.wait_for(socket_.recv(), 120))
        kind = answer.WhichOneof("type")
        if kind == "delta" and answer.delta.new_element.WhichOneof("type") == "exception":
            problem = answer.delta.new_element.exception.message
        if kind == "script_finished":
            return problem


async def onlooker(page: Page, site: Site, seen: Seen) -> None:
    """A real browser: no error page, and one snapshot's number in all that a page says."""
    while not seen.is_over:
        for name in ("review", "charges", "quality"):
            await page.goto(f"{site.address}/{name}")
            await page.wait_for_selector("h1", timeout=60_000)
            await page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]', timeout=60_000)
            text = await page.inner_text('[data-testid="stMain"]')
            numbers = set(re.findall(r"snapshot (\d+)", text))
            if ERROR.search(text) or len(numbers) > 1:
                seen.errors.append(f"{name}: {ERROR.findall(text)} snapshots {numbers}")
            await asyncio.sleep(5)


async def analyst(page: Page, site: Site, seen: Seen, export: Path) -> None:
    """Uploads a million rows, waits for the preview, commits, and sees that they are in."""
    await asyncio.sleep(QUIET)
    seen.is_busy = True
    await page.goto(f"{site.address}/data")
    await page.wait_for_selector('[data-testid="stFileUploader"]')
    start = time.perf_counter()
    await page.set_input_files('input[type="file"]', export)
    commit = page.get_by_role("button", name="Commit", exact=True)
    await commit.wait_for(timeout=600_000)
    print(f"preview after {time.perf_counter() - start:.0f} s")
    await commit.click()
    await page.get_by_text("is in. The figures are those of snapshot").wait_for(timeout=600_000)
    print(f"committed after {time.perf_counter() - start:.0f} s")
    await asyncio.sleep(2 * PAUSE)  # everybody's next page is of the new snapshot, worked out anew
    seen.is_over = True


async def watch(process: int, seen: Seen) -> None:
    """The most memory that the server, and that the processes which work for it, have held, in bytes; file pages that they map left out."""
    while not seen.is_over:
        seen.memory = max(seen.memory, _held(process))
        children = [child for task in Path(f"/proc/{process}/task").iterdir() for child in _children(task)]
        seen.loader = max(seen.loader, sum(_held(int(child)) for child in set(children)))
        await asyncio.sleep(0.25)


def _children(task: Path) -> list[str]:
    with suppress(OSError):
        return (task / "children").read_text(encoding="utf-8").split()
    return []


def _held(process: int) -> int:
    with suppress(OSError, IndexError):
        status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
        return int(re.findall(r"RssAnon:\s+(\d+)", status)[0]) * 1024
    return 0


async def crowd(site: Site, process: int, export: Path) -> Seen:
    """Everybody at once, until the analyst is done."""
    seen = Seen()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"])
        people = [viewer(site, seen, seed) for seed in range(VIEWERS)]
        lookers = [onlooker(await site.page(browser, f"onlooker{at}", "leader"), site, seen) for at in range(3)]
        loader = analyst(await site.page(browser, "analyst", "analyst"), site, seen, export)
        await asyncio.gather(*people, *lookers, loader, watch(process, seen))
    return seen


def told(name: str, times: list[float]) -> str:
    """One line of times."""
    found = sorted(times)
    middle, late = (found[min(len(found) - 1, int(len(found) * part))] for part in (0.5, 0.95))
    return f"{name}: {len(found)} pages, median {middle:.2f} s, 95th percentile {late:.2f} s, slowest {found[-1]:.2f} s"


def main() -> None:
    """Set everything up, let the crowd in, print what happened."""
    with tempfile.TemporaryDirectory() as name, socket.socket() as free:
        folder = Path(name)
        sample.fill(Store(folder / "store"), lambda _: None)
        export = million.write(folder / "million.csv", first="2022-04-30")  # newer than the sample
        free.bind(("127.0.0.1", 0))
        site = Site(free.getsockname()[1])
        free.close()
        site.write_secrets(folder / "secrets.toml")
        words = [sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py"), "--server.port", str(site.port)]
        words += ["--secrets.files", str(folder / "secrets.toml")]
        server = subprocess.Popen(words, env=os.environ | {"VAWG_STORE": str(folder / "store")}, cwd=ROOT)
        try:
            while True:
                try:
                    urllib.request.urlopen(f"{site.address}/_stcore/health").close()
                    break
                except OSError:
                    time.sleep(0.2)
            time.sleep(STARTED)
            seen = asyncio.run(crowd(site, server.pid, export))
        finally:
            server.terminate()
            server.wait()
    print(told("before", seen.quiet), told("while a million rows are loaded", seen.busy), sep="\n")
    print(f"server memory at most {seen.memory / 1e6:.0f} MB, the processes that load and work out for it {seen.loader / 1e6:.0f} MB")
    print(f"{len(seen.errors)} errors {seen.errors[:3]}")


if __name__ == "__main__":
    main()
