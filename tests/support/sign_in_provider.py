"""A dashboard with sign-in and a provider on this machine, and people who sign in through a real
browser.
"""

import json
import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from loaders.contracts import LoadOptions
from loaders.load import Source, load
from store.writer import Store
from tests.support.browser import ROOT, settled

PEOPLE = {"ann": ["analyst"], "lee": ["leader"], "sam": ["scrutiny"], "ada": ["admin"], "nob": []}
SECRET = 1237  # crimes of one month: no other number here looks like it
Everybody = dict[str, tuple[BrowserContext, Page]]
BY_ROLE = {"analyst": "ann", "leader": "lee", "scrutiny": "sam", "admin": "ada", "": "nob"}


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def answers(address: str) -> None:
    """Wait until somebody answers there."""
    for _ in range(150):
        try:
            urllib.request.urlopen(address).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise TimeoutError(address)


@contextmanager
def provider(port: int, *options: str) -> Iterator[None]:
    """The sign-in provider, with everybody it knows."""
    claims = [
        json.dumps({"sub": sub, "name": f"{sub.title()} Person", "roles": roles})
        for sub, roles in PEOPLE.items()
    ]
    words = [str(Path(sys.executable).parent / "oidc-provider-mock"), "--port", str(port), *options]
    words += [word for claim in claims for word in ("--user-claims", claim)]
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        answers(f"http://127.0.0.1:{port}/.well-known/openid-configuration")
        yield
    finally:
        process.terminate()
        process.wait()


@contextmanager
def dashboard(store: Path, provider_port: int, folder: Path) -> Iterator[str]:
    """The dashboard on a store, with sign-in at that provider; its address."""
    port = free_port()
    secret = folder / "secrets.toml"
    secret.write_text(
        f'[auth]\nredirect_uri = "http://127.0.0.1:{port}/oauth2callback"\ncookie_secret = '
        f'"{secrets.token_hex(32)}"\n'
        f'client_id = "dashboard"\nclient_secret = "{secrets.token_hex(8)}"\n'
        "server_metadata_url = "
        f'"http://127.0.0.1:{provider_port}/.well-known/openid-configuration"\n'
    )
    secret.chmod(0o600)
    with serving(store, port, folder):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def serving(store: Path, port: int, folder: Path, *options: str) -> Iterator[None]:
    """A server on a store, with the sign-in of `folder`; what it prints goes into that folder."""
    secret = folder / "secrets.toml"
    words = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        str(ROOT / "app.py"),
        "--server.port",
        str(port),
        "--secrets.files",
        str(secret),
    ]
    words += options
    log = (folder / f"server-{port}.log").open("wb")
    server = subprocess.Popen(
        words, env=os.environ | {"VAWG_STORE": str(store)}, cwd=ROOT, stdout=log, stderr=log
    )
    try:
        answers(f"http://127.0.0.1:{port}/_stcore/health")
        yield
    finally:
        server.terminate()
        server.wait()
        log.close()


def give(provider_port: int, sub: str, roles: list[str]) -> None:
    """Give somebody other roles at the provider."""
    body = json.dumps({"sub": sub, "name": f"{sub.title()} Person", "roles": roles}).encode()
    request = urllib.request.Request(
        f"http://127.0.0.1:{provider_port}/users/{sub}",
        body,
        {"Content-Type": "application/json"},
        method="PUT",
    )
    urllib.request.urlopen(request).close()


def sign_in(page: Page, address: str, sub: str) -> None:
    """Sign in on the page as somebody the provider knows."""
    page.goto(address)
    page.get_by_role("button", name="Sign in").click(timeout=30_000)
    page.fill("input[name=sub]", sub)
    page.get_by_role("button").first.click()
    page.wait_for_url(f"{address}/**", timeout=30_000)
    page.wait_for_selector("h1", timeout=30_000)
    settled(page)


def browser_of(browser: Browser) -> BrowserContext:
    """A browser with cookies of its own."""
    return browser.new_context(viewport={"width": 1280, "height": 800})


def signed_in(browser: Browser, address: str, sub: str) -> tuple[BrowserContext, Page]:
    """A browser of its own for somebody, signed in."""
    context = browser_of(browser)
    page = context.new_page()
    sign_in(page, address, sub)
    return context, page


def open_page(page: Page, address: str) -> str:
    """Open an address and wait until it is drawn; its text."""
    page.goto(address)
    return drawn(page)


def drawn(page: Page) -> str:
    """The text of a page once it is drawn."""
    page.wait_for_selector("h1", timeout=60_000)
    if (
        page.get_by_text("Ask the Harm Reduction Unit's analysts").count() == 0
    ):  # a page of one sentence is drawn at once
        settled(page)
    return page.inner_text('[data-testid="stMain"]')


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Two years of stalking crimes: 30 a month in Halton, and one month of 1,237 in Warrington, 3
    of them charged.
    """
    folder = tmp_path_factory.mktemp("signed-in")
    rows = ["crime_reference,recorded_on,offence_code,outcome_code,outcome_on,area"]
    rows += [
        f"W{at},2025-06-0{at % 9 + 1},8Q,{1 if at < 3 else 16},2025-07-10,Warrington"
        for at in range(SECRET)
    ]
    for at in range(24 * 30):
        day = f"{2024 + at // 360}-{at // 30 % 12 + 1:02d}-{at % 28 + 1:02d}"
        rows.append(f"H{at},{day},8Q,{1 if at % 3 == 0 else 15},{day},Halton")
    rows += ["bad row,not a day,8Q,1,2025-06-10,Halton"]
    export = folder / "crimes.csv"
    export.write_text("\n".join(rows) + "\n")
    store = Store(folder / "store")
    load(store, [Source(export, export.name)], LoadOptions(as_at=date(2025, 12, 31)))
    return store


@pytest.fixture(scope="module")
def provider_port() -> Iterator[int]:
    port = free_port()
    with provider(port):
        yield port


@pytest.fixture(scope="module")
def server_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("server")


@pytest.fixture(scope="module")
def address(store: Store, provider_port: int, server_folder: Path) -> Iterator[str]:
    with dashboard(store.folder, provider_port, server_folder) as found:
        yield found


@pytest.fixture(scope="module")
def everybody(browser: Browser, address: str) -> Iterator[dict[str, tuple[BrowserContext, Page]]]:
    """A browser for each role, signed in."""
    found = {role: signed_in(browser, address, sub) for role, sub in BY_ROLE.items()}
    yield found
    for context, _ in found.values():
        context.close()


def plain(
    address: str, method: str = "GET", cookies: str = "", **headers: str
) -> tuple[int, str, dict[str, str]]:
    """What a plain HTTP client gets."""
    request = urllib.request.Request(
        address, method=method, headers=headers | ({"Cookie": cookies} if cookies else {})
    )
    try:
        with urllib.request.urlopen(request) as answer:
            return (
                answer.status,
                answer.read().decode("utf-8", "replace"),
                {name.lower(): value for name, value in answer.headers.items()},
            )
    except urllib.error.HTTPError as refused:
        return (
            refused.code,
            refused.read().decode("utf-8", "replace"),
            {name.lower(): value for name, value in refused.headers.items()},
        )


def links(page: Page) -> list[str]:
    """The files that a page offers, once it offers one."""
    page.locator("a.vawg-download").first.wait_for(state="attached", timeout=30_000)
    return [str(one.get_attribute("href")) for one in page.locator("a.vawg-download").all()]
