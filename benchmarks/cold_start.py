"""The first page of a server that has just been started, in a browser that was never there: ours,
and a Dash page that has the same figures in memory.

From the start of the server's process to the last change of the page before 0.7 s without one. It
would have measured the wrong thing if no figure stood on the page then, or if Dash's were others
than ours: each is asserted. The store is old: what was worked out of it for scrutiny is kept there,
and nothing else.

    python -m benchmarks.cold_start      (after `make bench`, which installs Dash)
"""

import statistics
import time
from pathlib import Path

from playwright.async_api import Browser, async_playwright

from benchmarks.clicks import (
    CHOICES,
    QUIET,
    beside_dash,
    chromium,
    clicks,
    dash,
    drawn,
    opened,
    shown,
)
from benchmarks.viewers import served
from loaders import sample_data
from store.writer import Store

TRIES, PAGE = 5, "quarterly"
WATCH = """window.lastChange = 0;
new MutationObserver(() => { window.lastChange = performance.now(); }).observe(
  document, {subtree: true, childList: true, attributes: true, characterData: true});"""
DRAWN = f"""() => document.querySelector(".js-plotly-plot .main-svg")
  && performance.now() - window.lastChange > {1000 * QUIET}"""
CHANGED = "() => (performance.timeOrigin + window.lastChange) / 1000"


async def first_page(
    browser: Browser, address: str, began: float, cookies: list[dict[str, str]]
) -> tuple[float, list[object]]:
    """Seconds from `began` to a page that stands, and the values of its first figure."""
    context = await browser.new_context(viewport={"width": 1280, "height": 800})
    await context.add_cookies(cookies)  # type: ignore[arg-type]
    page = await context.new_page()
    await page.add_init_script(WATCH)
    await opened(page, address)
    await page.wait_for_function(DRAWN, timeout=60_000)
    took = float(await page.evaluate(CHANGED)) - began
    values = drawn(await shown(page))
    await context.close()
    return took, values[0]


async def measured(folder: Path) -> None:
    """Print the medians of both, and their ratio."""
    store = folder / "store"
    sample_data.fill(Store(store), lambda _: None)
    async with async_playwright() as playwright:
        browser = await chromium(playwright)
        with served(folder, store) as (site, server):
            page = await site.page(browser, "leader", "leader")
            await opened(page, f"{site.address}/{PAGE}")
            _, figures = await clicks(page, server)
            await page.close()
        first = drawn(figures[CHOICES[0]])[0]
        ours, theirs = [], []
        for _ in range(TRIES):
            began = time.time()
            with served(folder, store) as (site, _):
                cookie = {"name": site.cookie_name, "value": site.cookie("leader", "leader")}
                cookies = [cookie | {"url": site.address}]
                took, values = await first_page(browser, f"{site.address}/{PAGE}", began, cookies)
            assert values == first, "the page showed other figures"
            ours.append(took)
            began = time.time()
            with dash(folder, figures) as (address, _):
                took, values = await first_page(browser, address, began, [])
            assert values == first, "Dash showed other figures"
            theirs.append(took)
        await browser.close()
    us, them = statistics.median(ours), statistics.median(theirs)
    print(f"first page, cold: ours {us:.2f} s; Dash {them:.2f} s; {us / them:.1f} x", flush=True)


if __name__ == "__main__":
    beside_dash(measured)
