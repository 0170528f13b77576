"""The review as a chief officer uses it: a row opens its measure, a meeting is stepped through, a
programme is judged.
"""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import address, browser, context, page, settled, store_folder

__all__ = ["address", "browser", "context", "page", "store_folder"]  # fixtures


def test_a_chief_officer_reads_what_to_talk_about_off_the_first_screen(
    page: Page, address: str
) -> None:
    """From what is on the screen at 1280 by 800 without scrolling, and nothing else."""
    page.goto(address)
    box = page.locator(".talk")
    box.wait_for()
    settled(page)
    expect(box).to_be_in_viewport(ratio=1)
    lines = box.inner_text().splitlines()
    assert lines[0] == "4 to talk about: 3 better, 0 worse, 1 to understand"
    points = [re.sub(r"\s+", " ", row) for row in box.locator("tr").all_inner_texts()]
    assert len(points) == 4
    for name, direction, figure in (
        ("Charge rate (crimes recorded)", "H", "17.0 % (14.6–19.8)"),
        ("Charged within 90 days", "H", "12.6 % (10.6–14.8)"),
        ("Stalking Protection Orders granted", "H", "56 (42.3–72.7)"),
    ):
        point = next(one for one in points if name in one)
        assert f" {direction} " in point and point.endswith(figure), point


@pytest.mark.parametrize("width", [1280, 1920])
def test_a_row_of_the_monthly_table_is_low(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(address)
    page.wait_for_selector("table.rtb.score")
    settled(page)
    rows = page.locator("table.rtb.score tbody tr")
    heights = [rows.nth(at).bounding_box() for at in range(rows.count())]
    assert len(heights) >= 15
    assert max(box["height"] for box in heights if box) <= 56


def test_a_row_opens_its_measure_with_all_its_views(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_selector("table.rtb")
    page.get_by_role("link", name="Charged within 90 days", exact=True).click()
    page.get_by_role("heading", name="Charged within 90 days", exact=True).wait_for()
    settled(page)
    main = page.locator('[data-testid="stMain"]')
    expect(main).to_contain_text("mean and limits from")
    for view, words in (
        ("By area", "clearly differs from the others|other areas: unlikely to be chance"),
        ("By team", "Harm Reduction Unit"),
        ("How cases mature", "heading for"),
        ("Definition", "Worked example"),
    ):
        page.get_by_text(view, exact=True).click()
        settled(page)
        expect(main).to_contain_text(re.compile(words))
    page.go_back()
    settled(page)
    assert page.locator('[data-testid="stException"]').count() == 0


def test_a_meeting_is_stepped_through_with_the_arrow_keys(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_selector("table.rtb")
    page.get_by_role("link", name="Meeting mode: full screen, arrow keys").click()
    page.wait_for_selector(".slide")
    settled(page)
    expect(page.locator('section[data-testid="stSidebar"]')).to_be_hidden()
    expect(page.locator(".slide h1")).to_have_text("1 decision is open and overdue.")
    expect(page.locator(".slide td").nth(1)).to_contain_text("Outcome 15")
    expect(page.get_by_text(re.compile(r"^1 of \d+$"))).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_text(re.compile(r"^2 of \d+$"))).to_be_visible()
    expect(page.locator(".slide h1")).to_have_text(
        "All VAWG · 4 to talk about: 3 better, 0 worse, 1 to understand"
    )
    expect(page.locator(".slide td.figure").nth(1)).to_contain_text("17.0 %")
    expect(page.locator(".slide td.sign [role=img]").nth(1)).to_have_attribute(
        "aria-label", "better"
    )
    size = page.locator(".slide td").first.evaluate(
        "node => parseFloat(getComputedStyle(node).fontSize)"
    )
    assert size >= 22
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_text(re.compile(r"^1 of \d+$"))).to_be_visible()
    page.keyboard.press("PageDown")
    expect(page.get_by_text(re.compile(r"^2 of \d+$"))).to_be_visible()
    page.keyboard.press("PageUp")
    expect(page.get_by_text(re.compile(r"^1 of \d+$"))).to_be_visible()
    last = int(page.get_by_text(re.compile(r"^1 of \d+$")).inner_text().split()[-1])
    for number in range(1, last + 1):
        page.goto(f"{address}/meeting?kind=monthly&slide={number}")
        page.wait_for_selector(".slide")
        settled(page)
        fits = (
            "() => { const node = document.querySelector('[data-testid=stMain]'); return "
            "node.scrollHeight <= node.clientHeight + 1 }"
        )
        page.wait_for_function(fits, timeout=10_000)
    page.keyboard.press("Escape")
    page.wait_for_selector("table.rtb")


def test_a_meeting_keeps_its_filters_and_its_figures_and_gives_them_back(
    page: Page, address: str
) -> None:
    page.goto(f"{address}/review?offences=Stalking&area=Halton")
    page.wait_for_selector("table.rtb")
    page.get_by_role("link", name="Meeting mode: full screen, arrow keys").click()
    page.wait_for_selector(".slide")
    settled(page)
    assert "snapshot=" in page.url, "pinned until it is left"
    expect(page.locator(".slide td").nth(1)).to_contain_text("All VAWG")  # as it was decided
    for number in (2, 3):
        expect(page.locator(".st-key-steps")).to_contain_text("Stalking, Halton")
        page.keyboard.press("ArrowRight")
        expect(page.get_by_text(re.compile(rf"^{number} of \d+$"))).to_be_visible()
        expect(page.locator(".slide h1")).to_contain_text("Stalking, Halton")
    page.get_by_role("link", name="Leave").click()
    page.wait_for_selector("table.rtb")
    settled(page)
    expect(page.locator('[data-testid="stMain"]')).to_contain_text("Stalking, Halton")
    assert "snapshot=" not in page.url


def test_a_filter_that_is_not_known_is_said(page: Page, address: str) -> None:
    page.goto(f"{address}/review?offences=Stalkings&area=Haltonn")
    page.get_by_text("asks for offences “Stalkings”, which is not known here").wait_for()
    page.get_by_text("asks for area “Haltonn”, which is not known here").wait_for()


def test_a_programme_is_judged_and_another_written_down(page: Page, address: str) -> None:
    page.goto(f"{address}/programmes")
    page.wait_for_selector("h2")
    settled(page)
    words = r"Charged within 90 days rose by 2\.\d pts more in Halton and Warrington than elsewhere \(0\.\d to 3\.\d\): unlikely to be chance"
    expect(page.locator("h2").first).to_contain_text(re.compile(words))
    page.goto(f"{address}/registers")
    page.get_by_text("Write down a programme").click()
    page.get_by_label("Programme", exact=True).fill("Earlier arrests")
    page.get_by_label("Noted by").nth(1).fill("Test analyst")
    page.get_by_role("button", name="Write it down").click()
    page.get_by_text("Say where it starts").wait_for()
    page.get_by_label("Where it starts on that day").click()
    page.get_by_role("option", name="Whole force").click()
    page.get_by_label("Where it starts on that day").press("Escape")
    page.get_by_role("button", name="Write it down").dblclick()
    page.get_by_text(re.compile("Written down as load")).wait_for(timeout=60_000)
    page.goto(f"{address}/programmes?programme=Earlier+arrests")
    expect(page.locator('[data-testid="stMain"]')).to_contain_text(
        "Nothing can be said of it yet", timeout=30_000
    )


def phases(page: Page) -> list[list[str]]:
    """The first and the last day of each phase that has limits on the first chart of a page."""
    settled(page)
    page.wait_for_selector(".js-plotly-plot .main-svg", timeout=30_000)
    return page.evaluate(
        """() => document.querySelector('.js-plotly-plot').data
            .filter(trace => trace.line && trace.line.dash === 'dash' && trace.fill === 'tonexty')
            .map(trace => [trace.x[0], trace.x[trace.x.length - 1]])"""
    )


def test_a_re_base_is_proposed_previewed_written_and_undone(page: Page, address: str) -> None:
    """A held shift near an annotation: the reader is offered new limits, sees them, decides."""
    at = f"{address}/measure?id=outcome_15_rate"
    main = page.locator('[data-testid="stMain"]')
    page.goto(address)
    known = page.locator(".talk .known")
    expect(known).to_contain_text(
        "4 signals have stood for a year or more: a re-base is proposed", timeout=30_000
    )
    known.get_by_role("link", name=re.compile("Outcome 15")).click()
    page.get_by_text("A re-base is proposed.").wait_for()
    settled(page)
    assert phases(page) == [["2024-09-01", "2026-08-01"]]
    expect(main).to_contain_text("above its mean for 16 months")
    page.get_by_text("What a re-base from 1 June 2025 would do").click()
    page.get_by_text("re-based from 1 June 2025: within its usual range").wait_for()
    expect(page.get_by_label("Reason", exact=True)).to_have_value(re.compile("prosecutors"))
    settled(page)
    page.get_by_role("button", name="Re-base it").click()
    page.get_by_text("Not written down").wait_for()
    page.get_by_label("Approved by").fill("Force performance board")
    settled(page)
    page.get_by_role("button", name="Re-base it").click()
    page.get_by_text(re.compile("Written down as load")).wait_for(timeout=60_000)
    settled(page)
    expect(page.get_by_text("A re-base is proposed.")).to_have_count(0)
    assert phases(page) == [["2024-09-01", "2025-05-01"], ["2025-06-01", "2026-08-01"]]
    expect(main).to_contain_text("re-based: Invented: specialist prosecutors")

    page.goto(f"{address}/data")
    page.get_by_role("button", name="Undo this load").click()
    page.get_by_role("button", name="Yes, undo it").click()
    page.get_by_text(re.compile(r"Load \d+ is undone")).wait_for(timeout=60_000)
    page.goto(at)
    page.get_by_text("A re-base is proposed.").wait_for(timeout=30_000)
    assert phases(page) == [["2024-09-01", "2026-08-01"]]


def test_a_scrutiny_officer_is_answered_and_takes_away_a_file_that_can_be_cited(
    page: Page, address: str
) -> None:
    page.goto(f"{address}/trends?offences=Stalking")
    page.wait_for_selector(".talk", timeout=60_000)
    settled(page)
    page.get_by_role("combobox", name="Measure").click()
    page.get_by_role("option", name="Charge rate (outcomes given)", exact=True).click()
    box = page.locator(".talk")
    expect(box).to_contain_text(
        "Charge rate (outcomes given) · Stalking · whole force", timeout=60_000
    )
    settled(page)
    answers = [re.sub(r"\s+", " ", row) for row in box.locator("tr").all_inner_texts()]
    assert re.match(r"Is it getting better\? (Yes|No|It has moved|Cannot)", answers[0])
    assert re.match(
        r"How much, how sure\? [\d.]+ % \([\d.]+–[\d.]+\) in 12 months to August 2026, [+−]",
        answers[1],
    )
    assert re.search(r"highest of \d+ forces.*Home Office|cannot be ranked", answers[2])
    with page.expect_download() as taken:
        page.get_by_role("link", name="CSV").click()
    text = taken.value.path().read_text(encoding="utf-8-sig")
    for words in ("Offences,Stalking", "Source,force export", "September 2024 to August 2026"):
        assert words in text
    assert "rounded to the nearest five" in text and "[c]: a number from one to four" in text
    cited = text.strip().splitlines()[-1]
    assert re.match(
        r'Cite as,"Cheshire, Raising the Bar: .*snapshot \d+, invented sample data', cited
    )
