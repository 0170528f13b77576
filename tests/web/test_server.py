"""The shell around the pages: who is answered, what a browser is told, and where the program does
not start.
"""

import asyncio
import gzip
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse

from tests.support.sign_in_provider import free_port
from web import browser_scripts, local_access, server

ROOT = Path(__file__).parent.parent.parent
Sent = list[dict[str, Any]]


def asked(path: str = "/", kind: str = "http", method: str = "GET", **headers: str) -> Sent:
    """What the shell sends for a request, around a program that answers
    everything with a cookie.
    """
    answer = PlainTextResponse("inside")
    answer.set_cookie("a", "b")
    sent: Sent = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request"}

    async def send(message: Any) -> None:
        sent.append(message)

    known = {"host": "127.0.0.1:8501", "cookie": f"vawg-8501={local_access._cookie()}"} | headers
    named = [(name.replace("_", "-").encode(), value.encode()) for name, value in known.items()]
    scope = {
        "type": kind,
        "path": path,
        "method": method,
        "headers": named,
        "query_string": b"",
        "client": ("127.0.0.1", 1),
    }
    asyncio.run(server.Shell(answer)(scope, receive, send))
    return sent


def headers_of(sent: Sent) -> list[tuple[str, str]]:
    return [(name.decode(), value.decode()) for name, value in sent[0]["headers"]]


@pytest.fixture
def behind_tls(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Sign-in is set up, and comes back to an https address."""
    monkeypatch.setattr(server, "is_local", lambda: False)
    monkeypatch.setattr(
        server.st,
        "secrets",
        {"auth": {"redirect_uri": "https://vawg.force.example/oauth2callback"}},
    )
    return None


def test_another_name_is_not_answered() -> None:
    assert asked()[0]["status"] == 200
    assert [
        asked(host=name)[0]["status"]
        for name in ("evil.example", "127.0.0.1.evil.example", "", "192.0.2.1")
    ] == [400] * 4


def test_a_page_of_another_site_may_not_open_the_websocket(behind_tls: None) -> None:
    own = asked(
        "/_stcore/stream",
        "websocket",
        host="vawg.force.example",
        origin="https://vawg.force.example",
    )
    assert own[0]["type"] != "websocket.close"
    for origin in ("https://evil.example", "https://vawg.force.example.evil.example", "null"):
        sent = asked("/_stcore/stream", "websocket", host="vawg.force.example", origin=origin)
        assert sent == [{"type": "websocket.close", "code": 1008}]


def test_cookies_travel_over_tls_only_behind_tls(behind_tls: None) -> None:
    found = headers_of(asked(host="vawg.force.example"))
    assert [value for name, value in found if name == "set-cookie" and value.endswith("; Secure")]
    assert ("strict-transport-security", "max-age=31536000") in found


def test_on_this_machine_they_need_none() -> None:
    found = headers_of(asked())
    assert [value for name, value in found if name == "set-cookie" and "Secure" not in value]
    assert not [name for name, _ in found if name == "strict-transport-security"]


AUTH = (
    '[auth]\nredirect_uri = "http://127.0.0.1/oauth2callback"\ncookie_secret = "{}"\nclient_id = '
    '"a"\nclient_secret = "b"\n'
    'server_metadata_url = "http://127.0.0.1/x"\n'
)


def narrow(folder: Path) -> list[str]:
    return ["--server.address", "0.0.0.0"]


def half(folder: Path) -> list[str]:
    return _secrets(folder, '[auth]\nclient_id = "a"\n', 0o600)


def short(folder: Path) -> list[str]:
    return _secrets(folder, AUTH.format("short"), 0o600)


def readable(folder: Path) -> list[str]:
    return _secrets(folder, AUTH.format("0123456789" * 4), 0o644)


def shared(folder: Path) -> list[str]:
    (folder / "store").mkdir(mode=0o700)
    (folder / "store" / "CURRENT").write_text("000001\n")
    (folder / "store" / "CURRENT").chmod(0o644)
    return []


def _secrets(folder: Path, text: str, mode: int) -> list[str]:
    (folder / "secrets.toml").write_text(text)
    (folder / "secrets.toml").chmod(mode)
    return ["--secrets.files", str(folder / "secrets.toml")]


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (narrow, "without sign-in the dashboard serves this machine only, not 0.0.0.0"),
        (half, "lacks redirect_uri, cookie_secret"),
        (short, "a cookie_secret of at least 32 characters"),
        (readable, "others on this machine can read"),
        (shared, "chmod -R go-rwx"),
    ],
)
def test_it_does_not_start_where_it_would_not_be_safe(
    fault: Callable[[Path], list[str]], said: str, tmp_path: Path
) -> None:
    words = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        str(ROOT / "app.py"),
        "--server.port",
        str(free_port()),
        *fault(tmp_path),
    ]
    ended = subprocess.run(
        words,
        env=os.environ | {"VAWG_STORE": str(tmp_path / "store")},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert ended.returncode == 3
    assert said in ended.stderr
    assert "Traceback" not in ended.stderr


def test_no_log_line_quotes_an_error() -> None:
    """A fault while a page is drawn: the log has its kind and where it was, not the cell that it
    stumbled over.
    """
    words = (
        "import logging, threading; from web.log_privacy import keep_quiet; keep_quiet(); "
        "logging.basicConfig()\n"
        "def stumble():\n    try: int('Jane MARKER')\n    except ValueError as problem: raise "
        "KeyError('Jane MARKER') from problem\n"
        "try: stumble()\nexcept KeyError as problem: "
        "logging.getLogger('streamlit').error('Uncaught app execution', exc_info=problem)\n"
        "thread = threading.Thread(target=stumble); thread.start(); thread.join(); stumble()\n"
    )
    done = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 1
    assert done.stderr.count("KeyError") == done.stderr.count("ValueError") == 3
    assert "in stumble" in done.stderr
    assert "MARKER" not in done.stderr


def test_the_script_of_charts_is_the_installed_one_and_is_kept_by_browsers() -> None:
    answer = browser_scripts.plotly_script(Request({"type": "http", "headers": []}))
    assert gzip.decompress(answer.body) == browser_scripts.PLOTLY.read_bytes()
    assert answer.headers["content-encoding"] == "gzip"
    kept = dict(headers_of(asked(browser_scripts.ADDRESS)))
    assert "cache-control" not in kept, "a browser would fetch it at each visit"
    assert dict(headers_of(asked("/scripts/plotly-0.js")))["cache-control"] == "no-store"
    assert any(getattr(route, "path", "") == browser_scripts.ADDRESS for route in server.ROUTES), (
        "nobody serves it"
    )
