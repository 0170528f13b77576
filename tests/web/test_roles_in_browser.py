"""Role by role, with a real browser and a real provider: what each may open, take away and ask for,
as docs/roles.md says.
"""

import re
from collections import Counter

from playwright.sync_api import Browser

from store import audit
from store.audit_check import faults_of
from store.writer import Store
from tests.support.browser import browser, cookies_of, settled
from tests.support.sign_in_provider import (
    Everybody,
    address,
    browser_of,
    drawn,
    everybody,
    links,
    open_page,
    plain,
    provider_port,
    server_folder,
    store,
)
from tests.web.test_roles import documented
from views.navigation import entries

__all__ = ["address", "browser", "everybody", "provider_port", "server_folder", "store"]
REFUSED = "This page is not for your role"


def test_a_file_is_given_to_its_person_alone(
    everybody: Everybody, address: str, store: Store
) -> None:
    offered = {
        ("analyst", "quality"): "rows",
        ("analyst", "data"): "template",
        ("leader", "charges"): "figures",
        ("scrutiny", "trends"): "trends",
        ("admin", "audit"): "audit",
    }
    for (owner, path), deed in offered.items():
        _, page = everybody[owner]
        open_page(page, f"{address}/{path}")
        found = links(page)
        assert found, (owner, path)
        file = f"{address}/{found[0]}"
        assert plain(file)[0] == 401
        for role, (context, _) in everybody.items():
            status, text, headers = plain(file, cookies=cookies_of(context))
            assert status == (200 if role == owner else 403 if role else 401), (owner, role)
            if role == owner:
                assert headers["content-disposition"].startswith("attachment")
                assert text.count("\n") >= 1
            else:
                assert (
                    text
                    == "There is nothing here for you. Sign in and open the page again; the link "
                    "on it is your own.\n"
                )
        assert owner in documented()[f"download:{deed}"]
    told = [line for line in audit.lines(store.folder) if line.kind == "disclosure"]
    assert [line.who for line in told] == [
        "Ann Person",
        "Ann Person",
        "Lee Person",
        "Sam Person",
        "Ada Person",
    ]
    # of a person thirty an hour are written one by one, and there are as many pages: the files first
    refused = Counter(
        line.who
        for line in audit.lines(store.folder)
        if line.kind == "refusal" and line.page == "download"
    )
    assert refused.pop("not signed in") == 1  # of five: nobody's refusals are counted
    assert refused == {
        "Ann Person": 3,
        "Lee Person": 4,
        "Sam Person": 4,
        "Ada Person": 4,
        "Nob Person": 5,
    }


def test_each_page_opens_for_the_roles_of_the_document_only(
    everybody: Everybody, address: str
) -> None:
    table = documented()
    for entry in entries():
        for _, page in everybody.values():
            page.goto(f"{address}/{entry.page.address}", wait_until="commit")
        for role, (_, page) in everybody.items():
            text = drawn(page)
            if not role:
                assert "nobody has given you a role here yet. Ask" in text
            elif role in table[f"page:{entry.page.address}"]:
                assert REFUSED not in text, (role, entry.page.address)
            else:
                assert text.startswith(f"{entry.page.title}\n"), (role, entry.page.address)
                assert f"{REFUSED} ({role}). Ask" in text
                assert len(text) < 200
            assert "Page not found" not in page.inner_text("body")


def test_nobody_is_shown_the_way_in_and_no_figure(browser: Browser, address: str) -> None:
    context = browser_of(browser)
    page = context.new_page()
    for path in ("", "review", "trends", "audit"):
        text = open_page(page, f"{address}/{path}")
        assert "Sign in with your work account." in text
        assert not re.search(r"\d", text)
    context.close()


def test_what_a_role_may_not_take_away_is_not_offered(everybody: Everybody, address: str) -> None:
    """A leader has Data quality, and not one row of an export on it or in its files; an analyst
    has.
    """
    rows = {}
    for role in ("analyst", "leader"):
        context, page = everybody[role]
        open_page(page, f"{address}/quality")
        page.get_by_text("Table", exact=True).first.click()
        settled(page)
        rows[role] = [
            plain(f"{address}/{link}", cookies=cookies_of(context))[1] for link in links(page)
        ]
    assert any("not a day" in text for text in rows["analyst"])
    assert not any("not a day" in text or "bad row" in text for text in rows["leader"])
    _, page = everybody["scrutiny"]
    open_page(page, f"{address}/definitions")
    assert page.locator("a.vawg-download").count() == 0


def test_a_forged_cookie_is_nobodys(everybody: Everybody, address: str) -> None:
    context, page = everybody["leader"]
    open_page(page, f"{address}/charges")
    file = f"{address}/{links(page)[0]}"
    good = cookies_of(context)
    assert plain(file, cookies=good)[0] == 200
    assert plain(file, cookies=good.replace("_streamlit_user=", "_streamlit_user=x"))[0] == 401


def test_addresses_answer_only_whom_the_table_names(everybody: Everybody, address: str) -> None:
    for path in (
        "media/abc.csv",
        "_stcore/metrics",
        "_stcore/agent/interact",
        "component/a/b.js",
        "_stcore/anything",
    ):
        assert plain(f"{address}/{path}")[0] == 404
    upload = f"{address}/_stcore/upload_file/a/b"
    assert plain(upload, "PUT")[0] == 403
    for role, (context, _) in everybody.items():
        status, text, _ = plain(upload, "PUT", cookies_of(context))
        assert (text == "Nothing is served here.\n") is (role != "analyst"), role
        assert status >= 400  # the analyst too: that session is not theirs


def test_every_answer_carries_the_security_headers(address: str) -> None:
    for path in ("", "review", "_stcore/health", "media/x", "download/x"):
        _, _, headers = plain(f"{address}/{path}")
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe-eval" not in policy
        assert "'unsafe-inline'" not in policy.partition("script-src")[2].partition(";")[0]
        assert "http" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert headers["cache-control"] == "no-store"
    assert plain(f"{address}/", Host="evil.example")[0] == 400


def test_the_record_tells_it_all_and_holds(store: Store) -> None:
    assert faults_of(store.folder) == []
    kinds = {line.kind for line in audit.lines(store.folder)}
    assert kinds >= {
        "collection",
        "consultation",
        "combination",
        "disclosure",
        "sign-in",
        "refusal",
    }
    refused = [
        line
        for line in audit.lines(store.folder)
        if line.kind == "refusal" and line.who == "Sam Person"
    ]
    assert any(line.page == "review" for line in refused)
