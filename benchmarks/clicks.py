"""A click on a filter until the page is settled: ours, and a Dash page that has the same figures in
memory. `make bench` installs Dash into an environment of its own.

Settled is the last change of the page's main part before 0.7 s without one. Our charts that are out
of sight are drawn when they are scrolled to; so each page is measured as a screen shows it, and in
a window as high as the whole page, where ours draws as many as Dash. It would have measured the
wrong thing if the figures after a click were not those of the choice, or if Dash drew others than
we do: each is asserted after each click. Both have shown each choice once before, so that neither
works it out anew. Prints medians, and the server's CPU for a click.
"""

import asyncio
import json
import shutil
import statistics
import subprocess
import tempfile
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Page, Playwright, async_playwright
from playwright.async_api import Error as PlaywrightError

from benchmarks.viewers import ROOT, cpu_seconds, free_port, served
from loaders import sample_data
from store.writer import Store

PAGES = ("quarterly", "outcomes")
CHOICES = ("All VAWG", "Stalking")
WINDOWS = {"on a screen": 800, "in one piece": 8000}  # px high
CLICKS, QUIET = 20, 0.7
DASH = ROOT / ".venv-bench" / "bin" / "python"
MAIN = "[data-testid=stMain], #react-entry-point"
WATCH = """() => {
  window.lastChange = performance.now();
  const main = document.querySelector(MAIN);
  new MutationObserver(() => { window.lastChange = performance.now(); }).observe(
    main, {subtree: true, childList: true, attributes: true, characterData: true});
  document.addEventListener("click", () => { window.clicked = performance.now(); }, true);
}""".replace("MAIN", json.dumps(MAIN))
QUIET_FOR = "wait => performance.now() - Math.max(window.lastChange, window.clicked || 0) > wait"
FIGURES = """() => {
  window.dispatchEvent(new Event("beforeprint"));  // what is out of sight is drawn too
  const plain = (key, value) => ArrayBuffer.isView(value) ? Array.from(value) : value;
  return [...document.querySelectorAll(".js-plotly-plot")].map(
    plot => JSON.stringify({data: plot.data, layout: plot.layout}, plain));
}"""


@dataclass(frozen=True)
class Clicks:
    """What clicks took: seconds each, and the server's CPU seconds for one."""

    seconds: list[float]
    cpu: float


async def choose(page: Page, choice: str) -> None:
    """Click on a choice, and wait until nothing changes any more."""
    await page.get_by_text(choice, exact=True).first.click()
    await page.wait_for_function(QUIET_FOR, arg=1000 * QUIET, timeout=60_000)


async def shown(page: Page) -> list[dict[str, Any]]:
    """The figures that a page shows."""
    return [json.loads(one) for one in await page.evaluate(FIGURES)]


def drawn(figures: list[dict[str, Any]]) -> list[list[object]]:
    """What tells figures apart: the values of their lines and bars."""
    return [[trace.get("y") for trace in figure["data"]] for figure in figures]


async def clicks(
    page: Page, server: int, wanted: dict[str, list[dict[str, Any]]] | None = None
) -> tuple[Clicks, dict[str, list[dict[str, Any]]]]:
    """The times of clicks on one choice and the other by turns, and the figures of each choice.

    Each click must show them, and they must be `wanted`.
    """
    await page.wait_for_selector(".js-plotly-plot .main-svg", timeout=60_000)
    await page.evaluate(WATCH)
    found: dict[str, list[dict[str, Any]]] = {}
    for choice in (*CHOICES, *CHOICES[::-1], CHOICES[0], CHOICES[1]):
        await choose(page, choice)
        found[choice] = await shown(page)
    values = {choice: drawn(wanted[choice] if wanted else found[choice]) for choice in CHOICES}
    assert values[CHOICES[0]] != values[CHOICES[1]], "a click on the filter changes no figure"
    seconds = []
    before = cpu_seconds(server)
    for at in range(CLICKS):
        choice = CHOICES[at % 2]
        await choose(page, choice)
        took = await page.evaluate("() => window.lastChange - window.clicked")
        assert took > 0, "the click changed nothing"
        assert drawn(await shown(page)) == values[choice], "the figures are not those of the choice"
        seconds.append(took / 1000)
    return Clicks(seconds, (cpu_seconds(server) - before) / CLICKS), found


@contextmanager
def dash(folder: Path, figures: dict[str, list[dict[str, Any]]]) -> Iterator[tuple[str, int]]:
    """The rival, and the number of its process."""
    file = folder / "figures.json"
    file.write_text(json.dumps(figures), encoding="utf-8")
    port = free_port()
    script = ROOT / "benchmarks" / "rivals" / "dash_figures.py"
    words = [str(DASH), str(script), str(file), str(port)]
    server = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield f"http://127.0.0.1:{port}", server.pid
    finally:
        server.terminate()
        server.wait()


async def chromium(playwright: Playwright) -> Browser:
    """The browser of this machine."""
    return await playwright.chromium.launch(
        executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
    )


async def opened(page: Page, address: str) -> None:
    """Open a page, as soon as its server answers."""
    for _ in range(100):
        try:
            await page.goto(address)
            return
        except PlaywrightError:
            await asyncio.sleep(0.2)
    await page.goto(address)


def words(name: str, one: Clicks) -> str:
    """A line of the table."""
    return f"{name} {1000 * statistics.median(one.seconds):.0f} ms, CPU {1000 * one.cpu:.0f} ms"


async def measured(folder: Path) -> None:
    """Print both, page by page."""
    store = folder / "store"
    sample_data.fill(Store(store), lambda _: None)
    with served(folder, store) as (site, server):
        async with async_playwright() as playwright:
            browser = await chromium(playwright)
            for name, (window, height) in product(PAGES, WINDOWS.items()):
                ours = await site.page(browser, "leader", "leader")
                await ours.set_viewport_size({"width": 1280, "height": height})
                await opened(ours, f"{site.address}/{name}")
                us, figures = await clicks(ours, server)
                await ours.close()
                with dash(folder, figures) as (address, process):
                    theirs = await browser.new_page()
                    await theirs.set_viewport_size({"width": 1280, "height": height})
                    await opened(theirs, address)
                    them, _ = await clicks(theirs, process, figures)
                    await theirs.close()
                ratio = statistics.median(us.seconds) / statistics.median(them.seconds)
                print(
                    f"{name} {window}, {len(figures[CHOICES[0]])} figures: {words('ours', us)}; "
                    f"{words('Dash', them)}; {ratio:.1f} x",
                    flush=True,
                )
            await browser.close()


def beside_dash(work: Callable[[Path], Coroutine[None, None, None]]) -> None:
    """Run a benchmark that has Dash for its rival, in a folder of its own."""
    assert DASH.exists(), "make bench installs Dash, the rival"
    with tempfile.TemporaryDirectory() as name:
        asyncio.run(work(Path(name)))


if __name__ == "__main__":
    beside_dash(measured)
