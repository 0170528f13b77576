"""People at the dashboard without a browser: websockets that speak Streamlit's protocol, signed in
as the browser would be.

A view that measured something else than a page is an error: each answer must hold the page's own
title and a figure.
"""

import asyncio
import json
import os
import re
import secrets
import socket
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import websockets
from playwright.async_api import Browser, Page
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.web.server.starlette.starlette_app_utils import (
    create_signed_value,
    generate_xsrf_token_string,
)
from streamlit.web.server.starlette.starlette_server_config import (
    USER_COOKIE_NAME,
    XSRF_COOKIE_NAME,
)

from store import audit

ROOT = Path(__file__).parent.parent
PATIENCE = 120.0  # seconds for one answer
PER_CENT, DAYS = r"\d+\.\d %", r"\d+\.\d days"
# what each page must say: its title, and a figure (a worked example's, on the page of definitions)
PAGES = {
    "review": ("Raising the Bar: monthly performance day", PER_CENT),
    "weekly": ("Weekly meeting", r"[1-9][\d,]* crimes recorded"),
    "quarterly": ("Quarterly review", PER_CENT),
    "charges": ("Charges and convictions", PER_CENT),
    "outcomes": ("Outcomes 15 and 16", PER_CENT),
    "orders": ("Protection orders", DAYS),
    "compare": ("Compare forces", PER_CENT),
    "definitions": ("Definitions", r"\d+ of \d+"),
    "quality": ("Data quality", r"of the [1-9][\d,]* rows"),
    "measure": ("Charge rate (crimes recorded)", PER_CENT),
}


class WrongPage(AssertionError):
    """What came was not the page that was asked for, so its time says nothing."""


@dataclass
class Site:
    """The dashboard, and the secret under which it knows whom it has signed in."""

    port: int
    secret: str = field(default_factory=lambda: secrets.token_hex(32))
    cookie_name: str = USER_COOKIE_NAME

    @property
    def address(self) -> str:
        """Where its pages are."""
        return f"http://127.0.0.1:{self.port}"

    def cookie(self, name: str, role: str) -> str:
        """What a sign-in leaves with somebody's browser."""
        now = int(time.time())
        claims = {
            "origin": self.address,
            "is_logged_in": True,
            "sub": name,
            "name": name,
            "roles": [role],
            "iat": now,
            "exp": now + 7200,
        }
        return create_signed_value(self.secret, USER_COOKIE_NAME, json.dumps(claims)).decode()

    def write_secrets(self, path: Path) -> None:
        """The sign-in's settings. Its provider is never asked: everybody is signed in already."""
        path.write_text(
            f'[auth]\nredirect_uri = "{self.address}/oauth2callback"\ncookie_secret = '
            f'"{self.secret}"\nclient_id = "dashboard"\n'
            'client_secret = "none"\nserver_metadata_url = '
            '"http://127.0.0.1:9/.well-known/openid-configuration"\n'
        )
        path.chmod(0o600)

    def connect(self, name: str, role: str) -> websockets.connect:
        """The websocket of somebody's tab.

        Without the XSRF token, as cookie and as second protocol, Streamlit takes them for nobody.
        """
        token = generate_xsrf_token_string()
        cookies = f"{USER_COOKIE_NAME}={self.cookie(name, role)}; {XSRF_COOKIE_NAME}={token}"
        headers = {"Cookie": cookies, "Origin": self.address}
        stream = f"ws://127.0.0.1:{self.port}/_stcore/stream"
        return websockets.connect(
            stream, subprotocols=["streamlit", token], max_size=None, additional_headers=headers
        )  # type: ignore[list-item]

    async def page(self, browser: Browser, name: str, role: str) -> Page:
        """A page of a browser that somebody has signed in with."""
        context = await browser.new_context()
        await context.add_cookies(
            [{"name": USER_COOKIE_NAME, "value": self.cookie(name, role), "url": self.address}]
        )
        return await context.new_page()


def free_port() -> int:
    """A port of this machine that nobody has."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def served(
    folder: Path, store: Path, *options: str, script: Path = ROOT / "app.py"
) -> Iterator[tuple[Site, int]]:
    """A dashboard with sign-in on a store, and the number of its process."""
    site = Site(free_port())
    site.write_secrets(folder / f"secrets-{site.port}.toml")
    words = [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(site.port)]
    words += ["--secrets.files", str(folder / f"secrets-{site.port}.toml"), *options]
    with (folder / f"server-{site.port}.log").open("wb") as log:
        server = subprocess.Popen(
            words, env=os.environ | {"VAWG_STORE": str(store)}, cwd=ROOT, stdout=log, stderr=log
        )
    try:
        while server.poll() is None:
            with suppress(OSError):
                urllib.request.urlopen(f"{site.address}/_stcore/health").close()
                break
            time.sleep(0.2)
        yield site, server.pid
    finally:
        server.terminate()
        server.wait()


@dataclass
class Tab:
    """Somebody's tab: opens pages, and lets the page's own timer run as a browser does."""

    socket: websockets.ClientConnection
    timer: str = ""  # the part of a page that a browser asks for again by itself, every ten seconds

    async def open(self, name: str) -> float:
        """Open a page; the seconds until it was there. Raises WrongPage where it was not."""
        start = time.perf_counter()
        message = BackMsg()
        message.rerun_script.page_name = name
        await self.socket.send(message.SerializeToString())
        titles, words = await self._read()
        took = time.perf_counter() - start
        check(name, titles, words)
        return took

    async def tick(self) -> None:
        """What the browser asks by itself while somebody reads."""
        message = BackMsg()
        message.rerun_script.fragment_id = self.timer
        message.rerun_script.is_auto_rerun = True
        await self.socket.send(message.SerializeToString())
        await self._read()

    async def _read(self) -> tuple[list[str], str]:
        """Read until the run is over: the titles of first order, and all words.

        Raises WrongPage where it ended with an error.
        """
        titles: list[str] = []
        words: list[str] = []
        while True:
            answer = ForwardMsg()
            answer.ParseFromString(await asyncio.wait_for(self.socket.recv(), PATIENCE))
            kind = answer.WhichOneof("type")
            element = answer.delta.new_element
            drawn = element.WhichOneof("type") if kind == "delta" else None
            if drawn == "exception":
                raise WrongPage(element.exception.message)
            if kind == "auto_rerun":
                self.timer = answer.auto_rerun.fragment_id
            if drawn in ("heading", "markdown", "html", "metric"):
                words.append(getattr(element, drawn).body.replace("\\", ""))
            if drawn == "heading" and element.heading.tag == "h1":
                titles.append(words[-1])
            if kind == "script_finished":
                return titles, "\n".join(words)


def check(name: str, titles: list[str], words: str) -> None:
    """Raise WrongPage unless this is the page of that name, with a figure in it."""
    title, figure = PAGES[name]
    if titles != [title]:
        raise WrongPage(f"{name}: its title should be {title!r} and is {titles}")
    if not re.search(figure, words):
        raise WrongPage(f"{name}: no figure like {figure} in its {len(words):,} characters")


def consulted(store: Path) -> dict[str, int]:
    """How many pages the audit record says that each person looked at."""
    return Counter(
        line.who
        for line in audit.lines(store)
        if line.kind in (audit.CONSULTATION, audit.COMBINATION)
    )


def cpu_seconds(process: int) -> float:
    """The processor time that a process has used, all of its threads, without its children."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory(process: int) -> int:
    """The bytes of memory of its own that a process holds; file pages that it maps left out. 0 once
    it has gone.
    """
    with suppress(OSError, IndexError):
        status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
        return int(re.findall(r"RssAnon:\s+(\d+)", status)[0]) * 1024
    return 0
