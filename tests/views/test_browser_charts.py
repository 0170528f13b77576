"""Charts as the browser draws them: in place, as they come into sight, and all of them on paper."""

from playwright.sync_api import Page

from tests.support.browser import address, browser, context, page, settled, store_folder

__all__ = ["address", "browser", "context", "page", "store_folder"]  # fixtures


DRAWN = """() => [...document.querySelectorAll(".vawg-chart")].map(
    place => place.querySelector(".main-svg") ? JSON.stringify(place.data) : null)"""


def test_a_chart_changes_in_place_and_one_out_of_sight_waits(page: Page, address: str) -> None:
    """Another choice draws other figures into the same place; printing draws them all."""
    page.goto(f"{address}/outcomes")
    page.wait_for_selector(".vawg-chart .main-svg", timeout=30_000)
    settled(page)
    first = page.locator(".vawg-chart").first.element_handle()
    before = page.evaluate(DRAWN)
    assert len(before) == 6
    assert before[0] and before[-1] is None
    page.get_by_text("Stalking", exact=True).first.click()
    settled(page)
    page.wait_for_function(f"was => ({DRAWN})()[0] !== was", arg=before[0], timeout=20_000)
    assert first.evaluate("place => place.isConnected"), "the chart was thrown away"
    page.locator(".vawg-chart").last.scroll_into_view_if_needed()
    page.wait_for_function(f"() => ({DRAWN})().at(-1) !== null", timeout=10_000)
    page.evaluate('window.dispatchEvent(new Event("beforeprint"))')
    assert all(page.evaluate(DRAWN)), "a chart is missing on paper"
    label = page.locator(".vawg-chart").first.get_attribute("aria-label") or ""
    assert "In the 12 months to August 2026" in label
