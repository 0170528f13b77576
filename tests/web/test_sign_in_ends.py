"""Sign-ins that end, roles that go, and two people at the same figure at once: nobody is left with
what is no longer theirs.
"""

import re
import time
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser

from store.writer import Store
from tests.support.browser import browser, cookies_of, settled
from tests.support.plain_client import page_text
from tests.support.sign_in_provider import (
    address,
    browser_of,
    dashboard,
    free_port,
    give,
    links,
    open_page,
    plain,
    provider,
    provider_port,
    server_folder,
    serving,
    sign_in,
    signed_in,
    store,
)
from tests.web.test_roles_in_browser import REFUSED

__all__ = ["address", "browser", "provider_port", "server_folder", "store"]


def test_a_leader_and_a_scrutiny_reader_see_their_own_at_the_same_time(
    browser: Browser, address: str
) -> None:
    """The same figure: 1,237 crimes in Warrington, 3 charged.

    Every byte that reaches the scrutiny reader's browser is looked through.
    """
    heard: dict[str, list[bytes]] = {"lee": [], "sam": []}
    pages = {}
    for sub in heard:
        page = pages[sub] = browser_of(browser).new_page()
        page.on(
            "websocket",
            lambda socket, sub=sub: socket.on(
                "framereceived", lambda frame: heard[sub].append(_bytes(frame))
            ),
        )
        sign_in(page, address, sub)
    for _ in range(2):
        for sub, path in (
            ("lee", "charges?breakdown=By+area&offences=Stalking"),
            ("sam", "trends"),
        ):
            open_page(pages[sub], f"{address}/{path}")
    pages["sam"].get_by_text("By area").click()
    settled(pages["sam"])
    pages["sam"].get_by_text("Table", exact=True).click()
    settled(pages["sam"])
    exact = re.compile(rb"1,?237|1,?277|\b3 of 1")
    assert any(exact.search(frame) for frame in heard["lee"])
    assert not any(exact.search(frame) for frame in heard["sam"])
    assert any(b"[c]" in frame for frame in heard["sam"])
    for page in pages.values():
        page.context.close()


def _bytes(frame: str | bytes) -> bytes:
    return frame.encode("utf-8", "replace") if isinstance(frame, str) else frame


def test_a_role_that_was_taken_away_is_gone_in_old_tabs_and_links(
    browser: Browser, address: str, provider_port: int
) -> None:
    context, old = signed_in(browser, address, "ann")
    open_page(old, f"{address}/quality")
    file = f"{address}/{links(old)[0]}"
    assert plain(file, cookies=cookies_of(context))[0] == 200
    before = cookies_of(context)
    give(provider_port, "ann", ["scrutiny"])
    time.sleep(1.1)  # a sign-in is known by its second
    context.clear_cookies()
    sign_in(context.new_page(), address, "ann")
    assert plain(file, cookies=before)[0] == 403
    old.wait_for_selector(f"text={REFUSED}", timeout=60_000)  # by itself, without a click
    give(provider_port, "ann", ["analyst"])
    context.close()


def test_signing_out_ends_every_tab(browser: Browser, address: str) -> None:
    time.sleep(1.1)
    context, old = signed_in(browser, address, "lee")
    open_page(old, f"{address}/charges")
    file = f"{address}/{links(old)[0]}"
    before = cookies_of(context)
    other = context.new_page()
    open_page(other, f"{address}/definitions")
    other.get_by_role("button", name="Sign out").click()
    other.locator("text=/Log ?out|End session|Sign in with your work account/i").first.wait_for(
        timeout=30_000
    )
    if "end_session" in other.url:  # at the provider, who asks whether to end its own sign-in too
        other.get_by_role("button").first.click()
    other.wait_for_selector("text=Sign in with your work account.", timeout=30_000)
    assert plain(file, cookies=before)[0] == 401
    old.wait_for_selector("text=Sign in with your work account.", timeout=60_000)
    context.close()


def test_an_ended_sign_in_stays_ended_on_every_server(
    browser: Browser, address: str, store: Store, server_folder: Path
) -> None:
    """Old cookies are kept by a plain client; their person signs out, and in again elsewhere."""
    time.sleep(1.1)
    context, page = signed_in(browser, address, "lee")
    open_page(page, f"{address}/charges")
    file, old, port = f"{address}/{links(page)[0]}", cookies_of(context), free_port()
    name, other = urlsplit(address).netloc, f"http://127.0.0.1:{port}/download/x"
    with serving(store.folder, port, server_folder):
        assert (plain(file, cookies=old)[0], plain(other, cookies=old, Host=name)[0]) == (200, 403)
        assert "snapshot 1" in page_text(address, "charges", old)
        page.get_by_role("button", name="Sign out").click()
        until = time.monotonic() + 30
        while plain(file, cookies=old)[0] == 200 and time.monotonic() < until:
            time.sleep(0.2)
        context.close()
        for moment in ("signed out", "in again"):
            assert (plain(file, cookies=old)[0], plain(other, cookies=old, Host=name)[0]) == (
                401,
                401,
            ), moment
            for at in (None, port):
                seen = page_text(address, "charges", old, at)
                assert "Sign in with your work account." in seen
                assert "snapshot" not in seen, moment
            if moment == "signed out":
                time.sleep(1.1)
                again, _ = signed_in(browser, address, "lee")
                new = cookies_of(again)
                assert "snapshot 1" in page_text(address, "charges", new, port)
        assert plain(other, cookies=new, Host=name)[0] == 403, "signed in, on both"
    again.close()


def test_an_expired_sign_in_signs_out(browser: Browser, store: Store, tmp_path: Path) -> None:
    port = free_port()
    with (
        provider(port, "--token-max-age", "20"),
        dashboard(store.folder, port, tmp_path) as address,
    ):
        time.sleep(1.1)
        context, page = signed_in(browser, address, "lee")
        open_page(page, f"{address}/charges")
        before, file = cookies_of(context), f"{address}/{links(page)[0]}"
        assert plain(file, cookies=before)[0] == 200
        page.wait_for_selector("text=Sign in with your work account.", timeout=60_000)
        assert not [one for one in context.cookies() if one["name"] == "_streamlit_user"]
        assert plain(file, cookies=before)[0] == 401
        context.close()


def test_who_undoes_a_load_sees_it_at_once_and_everybody_else_soon(
    browser: Browser, address: str, store: Store
) -> None:
    """The last of this file: it empties the store's figures."""
    leader, seen = signed_in(browser, address, "lee")
    analyst, page = signed_in(browser, address, "ann")
    assert "snapshot 1" in open_page(seen, f"{address}/charges?offences=Stalking")
    page.goto(f"{address}/data")
    page.get_by_role("button", name="Undo this load").click(timeout=30_000)
    page.get_by_role("button", name="Yes, undo it").click(timeout=30_000)
    page.get_by_text("Load 1 is undone").wait_for(timeout=30_000)
    assert store.current() == 2
    assert "snapshot 1" not in open_page(page, f"{address}/charges?offences=Stalking")
    until = time.monotonic() + 45
    while "snapshot 1" in (text := open_page(seen, f"{address}/charges?offences=Stalking")):
        assert "newer data are in" in text
        assert time.monotonic() < until
    leader.close()
    analyst.close()
