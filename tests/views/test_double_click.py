"""A second click, at whatever moment, does nothing twice, and what was done is said: of an entry, a
load and its undo, and settings.
"""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page

from loaders.ledger import Ledger
from store.writer import Store
from tests.support.browser import address, browser, context, page, settled, store_folder
from tests.support.command_line import vawg

__all__ = ["address", "browser", "context", "page", "store_folder"]  # fixtures
HEADS = "Crime Number,Date Recorded,Offence Code,HO Outcome,Outcome Date,LPA,Victim Sex\n"


def twice(page: Page, name: str, moment: int) -> None:
    """Click at a button, and once more at where it stood so many milliseconds later."""
    button = page.get_by_role("button", name=name, exact=True)
    button.scroll_into_view_if_needed()
    page.wait_for_timeout(300)
    box = button.bounding_box()
    assert box is not None
    for wait in (moment, 0):
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        page.wait_for_timeout(wait)


def said(page: Page, words: str) -> None:
    """It is said, and still is when all is quiet."""
    page.get_by_text(words).wait_for(timeout=60_000)
    settled(page)
    page.wait_for_timeout(500)
    settled(page)
    page.get_by_text(words).wait_for(timeout=1000)
    assert "Not written down" not in page.inner_text('[data-testid="stMain"]')


def counts(store_folder: Path) -> list[bool]:
    """Which loads count."""
    return [line["counts"] for line in json.loads(vawg(store_folder, "loads", "--json").stdout)]


def at_once(tabs: list[Page], name: str) -> list[str]:
    """Click the same button of several tabs, and what each then says, in order."""
    places = []
    for tab in tabs:
        button = tab.get_by_role("button", name=name, exact=True)
        button.scroll_into_view_if_needed()
        tab.wait_for_timeout(300)
        places.append(button.bounding_box())
    for tab, box in zip(tabs, places, strict=True):
        assert box is not None
        tab.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    said = re.compile(r"(is|was) (undone|already)|\) is removed")
    return sorted(tab.get_by_text(said).first.inner_text(timeout=60_000) for tab in tabs)


def test_two_tabs_that_undo_and_remove_the_same_load_act_once(
    context: BrowserContext, address: str, store_folder: Path
) -> None:
    """The first is told that it is done, the second that it was done already."""
    tabs = [context.new_page() for _ in range(2)]
    for tab in tabs:
        tab.goto(f"{address}/data")
        tab.get_by_role("button", name="Undo this load").click()
        tab.get_by_role("button", name="Yes, undo it").wait_for(timeout=60_000)
        settled(tab)
    load_id, acts = len(counts(store_folder)), len(Ledger(Store(store_folder)).acts())
    first, second = at_once(tabs, "Yes, undo it")
    assert first.startswith(f"Load {load_id} is undone. The figures are those of snapshot")
    assert second.startswith(f"Load {load_id} was undone already: your click changed nothing.")
    for tab in tabs:
        tab.goto(f"{address}/settings")
        tab.get_by_label(re.compile("Write .* to remove")).wait_for(timeout=60_000)
        number = re.findall(r"Write (\d+) to", tab.inner_text("[data-testid='stMain']"))[0]
        tab.get_by_label(re.compile("Write .* to remove")).fill(number)
        tab.keyboard.press("Enter")
        settled(tab)
    first, second = at_once(tabs, "Remove the archive")
    assert first.startswith(f"The archive of load {number} (")
    assert second.startswith(f"The archive of load {number} was already removed, on")
    made = Ledger(Store(store_folder)).acts()[acts:]
    assert [(act.verb, act.load_id) for act in made] == [("undo", load_id), ("forget", int(number))]
    for tab in tabs:
        tab.close()


@pytest.mark.parametrize("moment", [20, 400])
def test_an_entry_clicked_twice_is_in_once(
    page: Page, address: str, store_folder: Path, moment: int
) -> None:
    before = counts(store_folder)
    page.goto(f"{address}/registers")
    page.get_by_text("Note what happened").click()
    page.get_by_label("What happened", exact=True).fill(f"Clicked again after {moment} ms")
    page.get_by_label("Noted by").first.fill("Test analyst")
    twice(page, "Note it", moment)
    said(page, f"Written down as load {len(before) + 1}")
    assert counts(store_folder) == [*before, True]


def test_a_load_its_undo_and_a_setting_clicked_twice(
    page: Page, address: str, store_folder: Path
) -> None:
    before, moment = counts(store_folder), 20
    page.goto(f"{address}/data")
    rows = "".join(f"C{moment}/{row},20/02/2026,8Q,1,02/09/2026,Halton,F\n" for row in range(60))
    page.locator('input[type="file"]').set_input_files(
        {"name": f"{moment}.csv", "mimeType": "text/csv", "buffer": (HEADS + rows).encode()}
    )
    page.get_by_role("button", name="Commit", exact=True).wait_for(timeout=60_000)
    settled(page)
    twice(page, "Commit", moment)
    said(page, f"Load {len(before) + 1}: {moment}.csv is in.")

    page.get_by_role("button", name="Undo this load").click()
    page.get_by_role("button", name="Yes, undo it").wait_for(timeout=60_000)
    settled(page)
    twice(page, "Yes, undo it", moment)
    said(page, f"Load {len(before) + 1} is undone.")
    page.get_by_role("button", name="Bring this load back").wait_for()
    assert page.get_by_role("button", name="Yes, bring it back").count() == 0

    page.goto(f"{address}/settings")
    page.get_by_label("Whom to ask for a role").fill(f"desk {moment}")
    twice(page, "Save the settings", moment)
    said(page, "Saved.")
    assert counts(store_folder) == [*before, False]
