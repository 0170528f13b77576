"""What an analyst does, in a real browser: map an unknown file, commit it, undo it, stop a long
one, walk away; others go on meanwhile.
"""

import json
import re
import time
from pathlib import Path

from openpyxl import Workbook
from playwright.sync_api import Browser, Page, expect

from store.writer import Store
from tests.support.browser import address, browser, context, let_in, page, settled, store_folder
from tests.support.command_line import vawg

__all__ = ["address", "browser", "context", "page", "store_folder"]  # fixtures
HEADS = "Niche Occ;Logged;HOCR;How it ended;Ended on;Gender of IP\n"


def upload(page: Page, address: str, path: Path) -> None:
    page.goto(f"{address}/data")
    page.wait_for_selector('[data-testid="stFileUploader"]')
    page.locator('input[type="file"]').set_input_files(path)


def main(page: Page) -> str:
    return page.locator('[data-testid="stMain"]').inner_text()


def counted(page: Page, address: str) -> tuple[int, int]:
    page.goto(f"{address}/charges?offences=Stalking")
    page.wait_for_selector("h2")
    settled(page)
    found = re.findall(r"(\d+) of (\d+) recorded", main(page))[0]
    return int(found[0]), int(found[1])


def choose(page: Page, label: str | re.Pattern[str], option: str) -> None:
    settled(page)
    box = page.get_by_role("combobox", name=label)
    box.click()
    box.fill(option)
    page.get_by_role("option", name=option).first.click()


def big(path: Path, rows: int) -> Path:
    lines = "".join(f"BIG/{row},20/02/2026,8Q,1,02/09/2026,Halton\n" for row in range(rows))
    path.write_text("Crime Number,Date Recorded,Offence Code,HO Outcome,Outcome Date,LPA\n" + lines)
    return path


def test_map_preview_commit_undo_while_another_works(
    page: Page, browser: Browser, address: str, store_folder: Path, tmp_path: Path
) -> None:
    before = counted(page, address)
    own = tmp_path / "own.csv"
    rows = "".join(f"OWN/{row};20/02/2026;8Q;Sent to court;02/09/2026;F\n" for row in range(40))
    own.write_text(HEADS + rows + "OWN/X;20/02/2026;8Q;16;02/09/2026;F\n")
    upload(page, address, own)
    page.get_by_text("is not an export we know").wait_for(timeout=30_000)
    assert "crime_reference" not in main(page)
    page.get_by_label("Keep this mapping under a name").fill("Records system")
    page.get_by_role("button", name="Use this mapping").click()
    page.get_by_text("Still to be chosen: Outcome").wait_for(timeout=30_000)
    choose(page, "Outcome (required)", "How it ended")
    page.get_by_role("button", name="Use this mapping").click()
    page.get_by_text("1 label is in no code list.").wait_for(timeout=60_000)
    settled(page)
    choose(page, re.compile("Sent to court"), "1: Charged or summonsed")
    page.get_by_role("button", name="Use these meanings").click()
    page.get_by_text("41 crimes recorded in February 2026 are new.").wait_for(timeout=30_000)
    expect(page.get_by_text("Headline figures that move")).to_be_visible()
    settled(page)

    second = let_in(browser, address).new_page()
    page.get_by_role("button", name="Commit", exact=True).click()
    assert counted(second, address) in (before, (before[0] + 40, before[1] + 41)), (
        "another person's page goes on meanwhile"
    )
    page.get_by_text("is in. The figures are those of snapshot").wait_for(timeout=60_000)
    assert counted(second, address) == (before[0] + 40, before[1] + 41)

    page.get_by_role("button", name="Undo this load").click()
    page.get_by_role("button", name="Yes, undo it").click()
    page.get_by_text(re.compile(r"Load \d+ is undone")).wait_for(timeout=60_000)
    assert counted(second, address) == before
    second.close()
    line = json.loads(vawg(store_folder, "loads", "--json").stdout)[-1]
    assert (line["file_name"], line["rows"], line["kept"], line["counts"]) == (
        "own.csv",
        41,
        41,
        False,
    )
    again = tmp_path / "again.csv"
    again.write_text(HEADS + rows.replace("OWN", "NXT"))
    upload(page, address, again)
    page.get_by_text("Recognised as the saved format Records system.").wait_for(timeout=30_000)


def test_a_target_and_an_annotation_are_written_on_a_page(
    page: Page, address: str, store_folder: Path
) -> None:
    page.goto(f"{address}/registers")
    page.get_by_text("Set a target").click()
    page.get_by_label("Target", exact=True).fill("a lot")
    page.get_by_label("Set by").fill("Chief officers")
    page.get_by_role("button", name="Set it").click()
    page.get_by_text("The target is not a number").wait_for(timeout=30_000)
    page.get_by_label("Target", exact=True).fill("80")
    page.get_by_role("button", name="Set it").click()
    page.get_by_text("write 80 % for 80 in a hundred").wait_for(timeout=30_000)
    assert page.get_by_label("Set by").input_value() == "Chief officers", (
        "what was refused stays to be mended"
    )
    page.get_by_label("Target", exact=True).fill("25 %")
    page.get_by_role("button", name="Set it").dblclick()
    page.get_by_text("Written down as load").wait_for(timeout=30_000)
    page.get_by_role("heading", name="3 targets").wait_for()
    assert (
        json.loads(vawg(store_folder, "loads", "--json").stdout)[-1]["format"] == "target_register"
    )


def test_a_long_file_says_how_far_it_is_and_can_be_stopped(
    page: Page, address: str, store_folder: Path, tmp_path: Path
) -> None:
    current = Store(store_folder).current()
    upload(page, address, big(tmp_path / "big.csv", 400_000))
    page.get_by_role("button", name="Stop", exact=True).click(timeout=30_000)
    page.get_by_text("Stopped. Nothing was written.").wait_for(timeout=30_000)
    assert Store(store_folder).current() == current
    page.get_by_role("button", name="Start again").click()
    page.get_by_text("This is what would happen.").wait_for(timeout=60_000)
    expect(page.locator('[data-testid="stMain"]')).to_contain_text("400,000")


def test_a_browser_closed_in_the_middle_leaves_nothing(
    browser: Browser, address: str, store_folder: Path, tmp_path: Path
) -> None:
    current = Store(store_folder).current()
    leaving = let_in(browser, address).new_page()
    upload(leaving, address, big(tmp_path / "big.csv", 400_000))
    leaving.get_by_role("button", name="Stop", exact=True).wait_for(timeout=30_000)
    leaving.close()
    until = time.monotonic() + 60
    while (
        any(path.is_file() for path in Store(store_folder).tmp.rglob("*"))
        and time.monotonic() < until
    ):
        time.sleep(0.3)
    assert not any(path.is_file() for path in Store(store_folder).tmp.rglob("*"))
    assert Store(store_folder).current() == current


def test_one_refused_file_of_two_does_not_keep_the_other_out(
    page: Page, address: str, store_folder: Path, tmp_path: Path
) -> None:
    good, bad = big(tmp_path / "good.csv", 3), tmp_path / "odd.csv"
    good.write_text(good.read_text().replace("BIG", "TWO"))
    bad.write_text("Colour;Shape\nred;round\n")
    page.goto(f"{address}/data")
    page.wait_for_selector('[data-testid="stFileUploader"]')
    page.locator('input[type="file"]').set_input_files([good, bad])
    page.get_by_text("1 file would be left out").wait_for(timeout=60_000)
    expect(page.get_by_text("odd.csv is not an export we know")).to_be_visible()
    settled(page)
    commit = page.get_by_role("button", name="Commit", exact=True)
    expect(commit).to_be_disabled()
    page.get_by_text("Yes, load 1 file and leave out 1 file").click()
    expect(commit).to_be_enabled()
    commit.click()
    page.get_by_text("1 file was left out").wait_for(timeout=60_000)
    line = json.loads(vawg(store_folder, "loads", "--json").stdout)[-1]
    assert (line["file_name"], line["rows"], line["kept"], line["counts"]) == (
        "good.csv",
        3,
        3,
        True,
    )


def titled_workbook(path: Path, broken: int) -> Path:
    """A workbook with two title rows and headers that nobody knows; some days cannot be read."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["Crimes with outcomes"], ["Run by", "A. Analyst"], []):
        sheet.append(row)
    sheet.append(["Occ no.", "Logged", "HOCR", "How it ended", "Ended on"])
    for number in range(60):
        logged = "soon" if number < broken else "20/02/2026"
        sheet.append([f"WB/{number}", logged, "8Q", "16", "02/09/2026"])
    book.save(path)
    return path


def test_an_analyst_loads_a_titled_workbook_and_looks_elsewhere_meanwhile(
    page: Page, address: str, store_folder: Path, tmp_path: Path
) -> None:
    """Unknown headers beneath title rows, mapped without leaving the page; another page looked at,
    and all is still there; three rows of sixty set aside, which needs a yes that names the share.
    """
    upload(page, address, titled_workbook(tmp_path / "titled.xlsx", broken=3))
    page.get_by_text("is not an export we know").wait_for(timeout=30_000)
    expect(page.locator('[data-testid="stMain"]')).to_contain_text("How it ended")
    settled(page)
    page.get_by_role("button", name="Use this mapping").click()
    page.get_by_text("This is what would happen.").wait_for(timeout=60_000)

    page.get_by_role("link", name="Definitions").click()
    page.get_by_role("heading", name="Definitions", exact=True).wait_for()
    settled(page)
    page.get_by_role("link", name="Data", exact=True).click()
    page.get_by_text("Still here from before: titled.xlsx").wait_for(timeout=30_000)
    page.get_by_text("This is what would happen.").wait_for(timeout=60_000)
    settled(page)

    commit = page.get_by_role("button", name="Commit", exact=True)
    expect(commit).to_be_disabled()
    box = page.get_by_label(re.compile("To load it without them, type: yes, 5.0.% set aside"))
    box.fill("yes, 5 % set aside")
    box.press("Enter")
    settled(page)
    expect(commit).to_be_disabled()
    box.fill("yes, 5.0 % set aside")
    box.press("Enter")
    expect(commit).to_be_enabled()
    commit.click()
    page.get_by_text("titled.xlsx is in. The figures are").wait_for(timeout=60_000)
    expect(page.get_by_text("Still here from before")).to_have_count(0)
    line = json.loads(vawg(store_folder, "loads", "--json").stdout)[-1]
    assert (line["file_name"], line["rows"], line["kept"]) == ("titled.xlsx", 60, 57)
