"""What a person does, in a real browser: find a figure, follow it, bring an export, see it move,
take it back.
"""

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from store import linked_snapshots
from store.writer import Store
from tests.support.browser import address, browser, context, page, settled, store_folder

__all__ = ["address", "browser", "context", "page", "store_folder"]  # fixtures
PAGES = (
    "",
    "charges",
    "recorded",
    "courts",
    "courts?measure=Days+from+charge+to+the+end+of+the+case&across=By+plea",
    "victims",
    "victims?view=How+cases+end%2C+for+whom",
    "victims?view=What+is+known+of+victims&across=By+month",
    "outcomes",
    "orders",
    "compare",
    "definitions",
    "data",
    "quality",
    "weekly",
    "quarterly",
    "registers",
    "programmes",
    "since",
    "measure?id=charged_within_90",
    "measure?id=outcome_16_rate&view=By+area",
    "measure?id=charge_rate_recorded&view=Other+forces",
    "measure?id=orders_granted",
    "review?table=Every+measure+by+area",
    "trends",
    "settings",
    "audit",
    "meeting?kind=monthly&slide=2",
)
# of Streamlit's own: its list of pages in the sidebar, and its place to drop a file
NOT_OURS = {"list", "listitem", "presentation-role-conflict"}


def heading(page: Page) -> str:
    return page.locator("h2").first.inner_text()


@pytest.mark.parametrize("name", PAGES)
def test_every_page_opens_says_it_is_invented_and_fits(page: Page, address: str, name: str) -> None:
    failed: list[str] = []
    page.on("response", lambda answer: failed.append(answer.url) if answer.status >= 400 else None)
    page.goto(f"{address}/{name}")
    page.wait_for_selector("h1")
    settled(page)
    assert not failed
    assert page.locator('[data-testid="stException"]').count() == 0
    main = page.locator('[data-testid="stMain"]')
    if name not in ("definitions", "settings", "audit"):
        expect(main).to_contain_text(re.compile("invented"))
    assert not re.search(r"\bcharge_rate|_on\b|\bNone\b|\bnan\b", main.inner_text()), (
        "raw names are not for readers"
    )
    found = [one for one in Axe().run(page).response["violations"] if one["id"] not in NOT_OURS]
    assert not found, [(one["id"], one["nodes"][0]["html"]) for one in found]
    for width, height in ((768, 1024), (1280, 800), (1920, 1080)):  # a tablet, a laptop, the wall
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(300)
        page.wait_for_function(
            """() => { const node = document.querySelector('[data-testid="stMain"]');
            return node.scrollWidth <= node.clientWidth + 1 }""",
            timeout=10_000,
        )  # nothing is wider than the page


@pytest.mark.parametrize(
    ("name", "sheets"), [("", 2), ("orders", 6), ("compare", 3), ("outcomes", 6), ("weekly", 2)]
)
def test_a_page_prints_on_a4_without_a_sheet_too_many(
    page: Page, address: str, name: str, sheets: int
) -> None:
    """The monthly page on two: what to talk about, and the table of all measures on one. No chart
    may be cut, and filters are words.
    """
    page.goto(f"{address}/{name}")
    page.wait_for_selector("h1")
    settled(page)
    printed = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) <= sheets
    sizes = {
        tuple(map(float, box.split())) for box in re.findall(rb"/MediaBox \[([^]]*)\]", printed)
    }
    assert {(round(box[2]), round(box[3])) for box in sizes} == {(842, 595)}, "A4 landscape"
    page.emulate_media(media="print")
    expect(
        page.locator("[data-testid='stButtonGroup'] button[aria-checked='false']:visible")
    ).to_have_count(0)
    charts = page.locator("[class*='st-key-chart-']")
    for chart in charts.all():
        assert chart.evaluate("node => getComputedStyle(node).breakInside") == "avoid"
    page.emulate_media(media="screen")


def test_the_first_tab_stop_leads_past_the_sidebar(page: Page, address: str) -> None:
    page.goto(f"{address}/weekly")
    page.wait_for_selector("h1")
    settled(page)
    page.keyboard.press("Tab")
    link = page.get_by_role("link", name="Skip to the page")
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator('[data-testid="stMain"]')).to_be_focused()


def test_a_link_shows_the_same_view(page: Page, address: str) -> None:
    page.goto(
        f"{address}/charges?offences=Stalking&breakdown=By+area&measure=Charge+rate+%28outcomes+given%29"
    )
    page.wait_for_selector("h2")
    settled(page)
    assert heading(page).startswith("Charge rate (outcomes given)")
    words = "Stalking · closed basis · chart by quarter · whole force above; below by area"
    expect(page.locator('[data-testid="stMain"]')).to_contain_text(words)


def test_filters_go_along_and_back_is_one_press(page: Page, address: str) -> None:
    page.goto(f"{address}/review")
    page.wait_for_selector("h1")
    settled(page)
    page.get_by_text("Stalking", exact=True).first.click()
    settled(page)
    page.get_by_role("combobox").first.click()
    page.get_by_role("option", name="Halton").click()
    settled(page)
    chosen = {"offences=Stalking", "area=Halton"}
    for name, path in (("Quarterly review", "quarterly"), ("Weekly meeting", "weekly")):
        page.get_by_role("link", name=name, exact=True).click()
        page.wait_for_url(f"**/{path}?*")
        settled(page)
        assert set(page.url.partition("?")[2].split("&")) == chosen
    page.get_by_text("All VAWG", exact=True).first.click()
    settled(page)
    page.go_back()
    page.wait_for_url("**/quarterly?*")
    settled(page)
    assert set(page.url.partition("?")[2].split("&")) == chosen, "a page comes back as it was left"
    pressed = page.get_by_role("radio", name="Stalking", exact=True)
    expect(pressed).to_have_attribute("aria-checked", "true")
    page.goto(f"{address}/measure?id=outcome_16_rate&area=All+areas")  # which the page leaves out
    page.wait_for_selector("h2")
    settled(page)
    page.go_back()
    page.wait_for_url("**/quarterly?*")


def test_a_copied_link_shows_exactly_this_view(
    page: Page, context: BrowserContext, address: str, store_folder: Path
) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{address}/outcomes?offences=Stalking")
    page.wait_for_selector("h2")
    settled(page)
    page.get_by_role("button", name="Copy link to exactly this view").click()
    page.get_by_text("The link is copied. It will show snapshot").wait_for()
    number = Store(store_folder).current()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == f"{address}/outcomes?offences=Stalking&snapshot={number}"
    assert number in linked_snapshots.kept(store_folder)
    seen = heading(page)
    page.goto(copied)
    page.wait_for_selector("h2")
    settled(page)
    assert heading(page) == seen


def test_find_follow_upload_move_undo(page: Page, address: str, tmp_path: Path) -> None:
    page.goto(address)
    page.wait_for_selector("table.rtb")
    page.get_by_text("Stalking", exact=True).first.click()
    settled(page)
    page.get_by_role("link", name="Charge rate (crimes recorded)").click()
    page.wait_for_selector("h2")
    settled(page)
    view, before = page.url, page.get_by_text(re.compile(r"\d+ of \d+ recorded")).first.inner_text()
    counted, resting = map(int, re.findall(r"(\d+) of (\d+) recorded", before)[0])

    page.get_by_text("Other forces", exact=True).click()
    settled(page)
    page.get_by_role("link", name="Every force, ranked").click()
    page.get_by_role("heading", name="Compare forces").wait_for()
    page.wait_for_selector("h2")
    settled(page)
    assert re.match(r"Cheshire: [\d.]+ % .*still open, so not ranked", heading(page))

    export = tmp_path / "february.csv"
    rows = "".join(f"NEW/{row},20/02/2026,8Q,1,02/09/2026,Halton,F\n" for row in range(60))
    export.write_text(
        "Crime Number,Date Recorded,Offence Code,HO Outcome,Outcome Date,LPA,Victim Sex\n"
        + rows
        + "BAD/1,10/02/2027,8Q,1,,Halton,F\n"
    )
    page.get_by_role("link", name="Data", exact=True).click()
    page.wait_for_selector('[data-testid="stFileUploader"]')
    page.locator('input[type="file"]').set_input_files(export)
    page.get_by_text("This is what would happen.").wait_for()
    settled(page)
    page.goto(view)
    page.wait_for_selector("h2")
    settled(page)
    assert before in page.locator('[data-testid="stMain"]').inner_text(), (
        "walking away writes nothing"
    )

    page.get_by_role("link", name="Data", exact=True).click()
    page.wait_for_selector('[data-testid="stFileUploader"]')
    page.locator('input[type="file"]').set_input_files(export)
    box = page.get_by_label(re.compile("To load it without them, type: yes, 1.6.% set aside"))
    box.fill("yes, 1.6 % set aside")
    box.press("Enter")
    commit = page.get_by_role("button", name="Commit", exact=True)
    expect(commit).to_be_enabled(timeout=30_000)
    commit.dblclick()
    page.get_by_text("is in. The figures are those of snapshot").wait_for(timeout=60_000)
    settled(page)
    expect(page.locator('[data-testid="stMain"]')).to_contain_text("Set aside")
    page.goto(view)
    page.wait_for_selector("h2")
    settled(page)
    assert (
        f"{counted + 60} of {resting + 60} recorded"
        in page.locator('[data-testid="stMain"]').inner_text()
    )

    page.get_by_role("link", name="Data", exact=True).click()
    page.get_by_role("button", name="Undo this load").click()
    page.get_by_text(re.compile(r"60 crimes recorded in February 2026 no longer count")).wait_for(
        timeout=60_000
    )
    page.get_by_role("button", name="Yes, undo it").dblclick()
    page.get_by_text(re.compile(r"Load \d+ is undone")).wait_for(timeout=60_000)
    page.goto(view)
    page.wait_for_selector("h2")
    settled(page)
    assert before in page.locator('[data-testid="stMain"]').inner_text()


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("empty.csv", "", "is empty"),
        ("page.csv", "<!DOCTYPE html><html><body>Sign in</body></html>", "web page"),
        ("other.csv", "Name,Town,Remark\nx,y,z\n", "not an export we know"),
        (
            "![x](http://evil.invalid/p.png)<b>.csv",
            "Name,Town,Remark\nx,y,z\n",
            "not an export we know",
        ),
    ],
)
def test_a_wrong_file_gets_one_sentence(
    page: Page, address: str, tmp_path: Path, name: str, text: str, sentence: str
) -> None:
    page.goto(f"{address}/data")
    page.wait_for_selector('[data-testid="stFileUploader"]')
    page.locator('input[type="file"]').set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": text.encode()}
    )
    alert = page.locator('[data-testid="stAlert"]').first
    alert.wait_for(timeout=30_000)
    expect(alert).to_contain_text(sentence)
    assert page.locator('[data-testid="stMain"] img').count() == 0
    assert page.locator('[data-testid="stException"]').count() == 0
