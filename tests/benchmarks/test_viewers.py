"""The benchmarks' viewers see what a signed-in person sees, and say so where they do not; the
server's own settings.
"""

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import websockets
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from benchmarks.viewers import PAGES, Site, Tab, WrongPage, check, consulted
from store.writer import Store
from tests.support.browser import ROOT
from tests.support.sign_in_provider import answers, free_port, store
from views.navigation import entries
from web.sign_in import FROM_ENVIRONMENT

__all__ = ["store"]


@pytest.fixture(scope="module")
def site(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The dashboard as a container starts it: its sign-in comes by environment, for a provider that
    is never asked.
    """
    site = Site(free_port())
    said = {
        "redirect_uri": f"{site.address}/oauth2callback",
        "cookie_secret": site.secret,
        "client_id": "dashboard",
        "client_secret": "none",
        "server_metadata_url": "http://127.0.0.1:9/.well-known/openid-configuration",
    }
    environment = (
        os.environ
        | {"VAWG_STORE": str(store.folder)}
        | {f"{FROM_ENVIRONMENT}{name.upper()}": said[name] for name in said}
    )
    words = [sys.executable, "-m", "cli", "serve", "--port", str(site.port)]
    with (tmp_path_factory.mktemp("viewers") / "server.log").open("wb") as log:
        server = subprocess.Popen(words, cwd=ROOT, env=environment, stdout=log, stderr=log)
        try:
            answers(f"{site.address}/_stcore/health")
            yield site
        finally:
            server.terminate()
            server.wait()


def test_a_viewer_sees_the_page_with_its_figures_and_is_on_record(site: Site, store: Store) -> None:
    async def look() -> list[float]:
        async with site.connect("lee", "leader") as socket:
            tab = Tab(socket)
            times = [await tab.open(name) for name in ("review", "charges", "definitions")]
            await tab.tick()
            return times

    assert all(took > 0 for took in asyncio.run(look()))
    assert consulted(store.folder)["lee"] == 3


def test_a_viewer_without_the_token_sees_the_sign_in_page_and_says_so(site: Site) -> None:
    async def look() -> None:
        headers = {
            "Cookie": f"{USER_COOKIE_NAME}={site.cookie('lee', 'leader')}",
            "Origin": site.address,
        }
        stream = f"ws://127.0.0.1:{site.port}/_stcore/stream"
        async with websockets.connect(
            stream, subprotocols=["streamlit"], additional_headers=headers
        ) as socket:  # type: ignore[list-item]
            await Tab(socket).open("review")

    with pytest.raises(WrongPage, match="review: its title should be"):
        asyncio.run(look())


def test_a_page_without_a_figure_is_no_page() -> None:
    check("charges", ["Charges and convictions"], "17.0 % in February 2026")
    with pytest.raises(WrongPage, match="no figure"):
        check(
            "charges",
            ["Charges and convictions"],
            "No figures yet. Load an export on the Data page.",
        )


def test_the_viewers_open_pages_that_there_are() -> None:
    assert set(PAGES) <= {entry.page.address for entry in entries()}


def test_garbage_is_not_collected_after_each_run(tmp_path: Path) -> None:
    """Streamlit's default costs three quarters of a click: docs/decisions.md, "Garbage"."""
    script = f"from streamlit import config; config._main_script_path = {str(ROOT / 'app.py')!r}; "
    script += "print(config.get_option('runner.postScriptGC'))"
    said = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=tmp_path
    ).stdout
    assert said == "False\n"
