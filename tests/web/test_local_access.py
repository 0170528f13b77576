"""Local mode answers who has the address that the command printed, on every route, and nobody else
on this machine.
"""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser
from websockets.exceptions import InvalidStatus

from loaders.contracts import LoadOptions
from loaders.load import Source, load
from store.writer import Store
from tests.support.browser import ROOT, browser, settled
from tests.support.plain_client import opened, page_text
from tests.support.sign_in_provider import free_port, plain
from web import local_access

__all__ = ["browser"]
PRINTED = re.compile(r"http://127\.0\.0\.1:\d+/\?token=(\S+)")
CRIMES = "crime_reference,recorded_on,offence_code,outcome_code,outcome_on\nN1,2025-01-06,8Q,1,2025-02-03\n"
ROUTES = [
    ("GET", "/"),
    ("HEAD", "/"),
    ("GET", "/review"),
    ("GET", "/audit"),
    ("GET", "/static/index.html"),
    ("GET", "/index.html"),
    ("GET", "/_stcore/host-config"),
    ("GET", "/_stcore/metrics"),
    ("GET", "/media/a.csv"),
    ("GET", "/download/x"),
    ("PUT", "/_stcore/upload_file/a/b"),
    ("DELETE", "/_stcore/upload_file/a/b"),
    ("OPTIONS", "/_stcore/upload_file/a/b"),
    ("POST", "/"),
    ("GET", "/_stcore/stream"),
    ("GET", "/auth/login"),
    ("GET", "/_stcore/health/"),
    ("GET", "/_stcore/../review"),
]


@dataclass
class Served:
    """A server that a command started: its address, the token it printed, and what it prints."""

    address: str
    token: str
    log: Path

    def answer(
        self, target: str, method: str = "GET", **headers: str
    ) -> tuple[int, dict[str, str]]:
        """Status and headers of one answer, which is not followed anywhere."""
        connection = HTTPConnection(urlsplit(self.address).netloc)
        connection.request(method, target, headers=headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}

    @property
    def cookie(self) -> str:
        """What the address is exchanged for."""
        return self.answer(f"/?token={self.token}")[1]["set-cookie"].partition(";")[0]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """As people start it, without a token of their own."""
    folder = tmp_path_factory.mktemp("local")
    (folder / "crimes.csv").write_text(CRIMES)
    load(Store(folder / "store"), [Source(folder / "crimes.csv", "crimes.csv")], LoadOptions())
    words = [
        str(Path(sys.executable).parent / "vawg"),
        "serve",
        "--store",
        str(folder / "store"),
        "--port",
        str(free_port()),
    ]
    log = folder / "server.log"
    environment = {
        name: value for name, value in os.environ.items() if name != local_access.VARIABLE
    }
    with log.open("wb") as out:
        server = subprocess.Popen(words, env=environment, cwd=ROOT, stdout=out, stderr=out)
    try:
        until = time.monotonic() + 60
        while not (found := PRINTED.search(log.read_text())):
            assert time.monotonic() < until, log.read_text()
            time.sleep(0.1)
        yield Served(found[0].partition("/?")[0], found[1], log)
    finally:
        server.terminate()
        server.wait()


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_without_the_token_every_route_says_so_in_a_sentence(
    served: Served, method: str, path: str
) -> None:
    for query, cookie in (
        ("", ""),
        ("?token=", "vawg-1=x"),
        (f"?token={served.token[:-1]}", served.token),
    ):
        port = urlsplit(served.address).port
        status, text, headers = plain(
            f"{served.address}{path}{query}", method, f"vawg-{port}={cookie}"
        )
        assert status == 403
        assert text == ("" if method == "HEAD" else local_access.REFUSED)
        assert "set-cookie" not in headers
        assert headers["referrer-policy"] == "no-referrer"


def test_without_the_token_no_websocket_opens(served: Served) -> None:
    for cookies in ("", f"vawg-{urlsplit(served.address).port}={served.token}"):
        with pytest.raises(InvalidStatus, match="403"):
            opened(served.address, cookies)
    assert plain(f"{served.address}/_stcore/health")[:2] == (200, "ok")


def test_the_token_is_exchanged_for_a_cookie_that_opens_everything(served: Served) -> None:
    status, headers = served.answer(f"/charges?offences=Stalking&token={served.token}")
    assert (status, headers["location"]) == (303, "/charges?offences=Stalking")
    assert re.search(r"; HttpOnly; Path=/; SameSite=strict$", headers["set-cookie"])
    assert served.token not in str(headers)
    assert plain(f"{served.address}/charges", cookies=served.cookie)[0] == 200
    assert "snapshot 1" in page_text(served.address, "charges", served.cookie)
    assert served.answer(f"/charges?token={served.token}", Cookie=served.cookie)[0] == 303, (
        "never left in an address bar"
    )
    for path in ("//evil.example/a", "/%5Cevil.example", "/\\evil.example"):
        location = served.answer(f"{path}?token={served.token}")[1].get("location", "/")
        assert re.match(r"/(?![/\\])", location), location


def test_the_printed_address_opens_in_a_browser_and_the_token_is_gone(
    served: Served, browser: Browser
) -> None:
    page = browser.new_context().new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.headers.get("referer", "")))
    page.goto(f"{served.address}/?token={served.token}")
    page.wait_for_selector("h1", timeout=60_000)
    settled(page)
    assert served.token not in page.url
    assert page.evaluate("document.cookie.includes('vawg')") is False
    page.go_back()
    assert served.token not in page.url
    assert not [referer for referer in asked if served.token in referer]
    page.context.close()


def test_the_token_is_printed_once_and_logged_nowhere(served: Served) -> None:
    """The last of this file: after all those requests."""
    assert served.log.read_text().count(served.token) == 1
