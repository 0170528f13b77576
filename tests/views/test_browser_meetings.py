"""What leaves a meeting, as people make it: a decision on the wall by keyboard, a pack, a claim."""

import re
import time
from pathlib import Path

from playwright.sync_api import Page, expect

from packs.kept import all_kept
from tests.support.browser import address, browser, context, page, settled, store_folder

__all__ = ["address", "browser", "context", "page", "store_folder"]  # fixtures


def test_a_decision_is_made_on_the_wall_by_keyboard_and_comes_first_next_time(
    page: Page, address: str
) -> None:
    page.goto(address)
    page.wait_for_selector("table.rtb")
    last = page.get_by_role("link", name="Meeting mode: full screen, arrow keys")
    slides = f"{address}/{last.get_attribute('href')}"
    page.goto(f"{slides}&slide=7")
    page.wait_for_selector(".slide")
    page.wait_for_selector(".js-plotly-plot")
    settled(page)
    began = time.monotonic()
    page.keyboard.press("d")
    page.wait_for_selector('[role="dialog"] input:focus', timeout=10_000)
    page.keyboard.type("Review ten of the newest with 07700 900123")
    page.keyboard.press("Tab")
    page.keyboard.type("Head of the unit")
    page.keyboard.press("Enter")
    page.get_by_text("looks like a phone number", exact=False).wait_for()
    field = page.get_by_label(re.compile("What was decided on"))
    page.get_by_label("It names nobody").wait_for()
    field.fill("Review ten of the newest")
    settled(page)
    field.press("Enter")
    page.get_by_text(re.compile("Written down as load")).wait_for(timeout=60_000)
    assert time.monotonic() - began < 40, "by keyboard, with a first try that was asked about"
    page.goto(address)
    page.get_by_text("2 decisions are open, 1 of them overdue.").wait_for(timeout=60_000)
    page.get_by_role("link", name="See them first").click()
    page.get_by_role("heading", name="2 decisions are open, 1 of them overdue.").wait_for()
    row = page.locator("table.rtb tbody tr").nth(1)  # after the one that is longer due
    expect(row).to_contain_text("Review ten of the newest")
    expect(row).to_contain_text("Head of the unit")
    expect(row).to_contain_text(re.compile(r"Then \d"))
    page.goto(f"{address}/meeting?kind=monthly")
    expect(page.locator(".slide h1")).to_contain_text("2 decisions are open")
    rows = page.locator(".slide tbody tr")
    expect(rows.nth(2)).to_contain_text("Review ten of the newest")


def test_what_looks_like_a_reference_is_written_when_its_writer_says_that_it_is_none(
    page: Page, address: str
) -> None:
    """A tick answers just what was asked: other text is asked about anew."""
    page.goto(f"{address}/registers")
    page.get_by_text("Note what happened").click()
    field = page.get_by_label("What happened", exact=True)
    field.fill("Form MG2024 is in use")
    page.get_by_label("Noted by").first.fill("The unit")
    page.get_by_role("button", name="Note it").click()
    page.get_by_text("“MG2024” looks like a reference", exact=False).wait_for()
    page.locator("label", has_text="It names nobody").click()
    field.fill("Form MG2025 is in use")
    page.get_by_role("button", name="Note it").click()
    page.get_by_text("“MG2025” looks like a reference", exact=False).wait_for()
    page.locator("label", has_text="It names nobody").click()
    page.get_by_role("button", name="Note it").click()
    page.get_by_text(re.compile("Written down as load")).wait_for(timeout=60_000)
    page.get_by_role("heading", name="2 annotations").wait_for()


def test_a_file_that_looks_as_if_it_named_somebody_is_asked_about_on_the_data_page(
    page: Page, address: str, tmp_path: Path
) -> None:
    path = tmp_path / "notes.csv"
    path.write_text("happened_on,what_happened,noted_by\n2025-02-01,Ring 07700 900123,HRU\n")
    page.goto(f"{address}/data")
    page.locator('input[type="file"]').set_input_files(path)
    page.get_by_text("what looks like a phone number in line 2").wait_for()
    settled(page)
    page.get_by_role("button", name="Yes, load it as it is").click()
    expect(page.get_by_role("button", name="Commit", exact=True)).to_be_enabled(timeout=60_000)


def test_a_pack_is_made_once_and_taken_away_in_four_kinds(
    page: Page, address: str, store_folder: Path
) -> None:
    page.goto(f"{address}/review?offences=Stalking")
    page.wait_for_selector("table.rtb")
    page.get_by_role("button", name="Make a pack to take away").dblclick()
    page.get_by_text("Pack 1:", exact=True).wait_for()
    settled(page)
    assert len(list(all_kept(store_folder))) == 1, "a double click makes one"
    starts = {"PowerPoint": b"PK", "Excel": b"PK", "HTML": b"<!doctype html>", "PDF": b"%PDF"}
    for words, start in starts.items():
        with page.expect_download() as taken:
            page.get_by_role("link", name=words, exact=True).click()
        assert taken.value.suggested_filename.startswith("raising-the-bar-monthly-2026-08-pack-1")
        assert Path(taken.value.path()).read_bytes().startswith(start)
    page.goto(f"{address}/packs")
    page.get_by_role("heading", name="1 pack, the newest first").wait_for()
    settled(page)
    page.get_by_text("I have read the commentary it will carry", exact=False).click()
    page.get_by_role("button", name="Make a pack to take away").click()
    page.get_by_role("heading", name="2 packs, the newest first").wait_for(timeout=60_000)


def test_claims_are_on_their_page_and_one_more_is_written_down(page: Page, address: str) -> None:
    page.goto(f"{address}/claims")
    page.get_by_role("heading", name="1 of 7 claims holds; 2 cannot be tested.").wait_for()
    page.get_by_text("Write down a claim").click()
    page.get_by_label("What was said").fill("One order every ten days")
    page.get_by_label("Reference").fill("C1")
    page.get_by_label("Said by").fill("The unit")
    page.get_by_label("Figure").fill("0")
    settled(page)
    page.get_by_role("button", name="Write it down").click()
    page.get_by_text(re.compile("Written down as load")).wait_for(timeout=60_000)
    page.get_by_role("heading", name=re.compile("of 8 claims hold")).wait_for()
    expect(page.locator("table.rtb")).to_contain_text("One order every ten days")
