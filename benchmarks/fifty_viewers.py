"""Fifty people at the dashboard, a click every fifteen seconds, while an analyst uploads and
commits a million rows on the Data page.

Each viewer is a websocket that speaks Streamlit's own protocol, signed in as a leader; a view whose
answer lacks its page's title or a figure is an error (`benchmarks.viewers`), and so is a viewer
whom the audit record does not know. Three are real browsers, which look for error pages and for
figures of two snapshots on one page. Prints the time of a page's run (50th, 95th percentile,
slowest), the server's CPU seconds for one, errors, and memory. Rivals in the same run: the same
viewers before the commit begins.
"""

import asyncio
import random
import re
import shutil
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from playwright.async_api import Page, async_playwright

from benchmarks import sample_million
from benchmarks.viewers import PAGES, Site, Tab, WrongPage, consulted, cpu_seconds, memory, served
from loaders import sample_data
from store.writer import Store

VIEWERS, PAUSE, QUIET = 50, 15.0, 60.0
TIMER = 10.0  # seconds after which a browser asks by itself whether its sign-in still counts
STARTED = 30.0  # seconds before the first viewer in which a server works out what its pages ask
ERROR = re.compile(
    r"Traceback|Oh no|Error running app|could not be reached|This app has encountered"
)


@dataclass
class Seen:
    """What happened: the seconds of each page's run and whether the commit was under way, errors,
    the server's memory and CPU.
    """

    quiet: list[float] = field(default_factory=list)
    busy: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    memory: int = 0
    loader: int = 0
    cpu: float = 0.0
    is_busy: bool = False
    is_over: bool = False

    def add(self, seconds: float) -> None:
        """One page's run."""
        (self.busy if self.is_busy else self.quiet).append(seconds)


async def viewer(site: Site, seen: Seen, seed: int) -> None:
    """One person: opens a page, looks at it for a while, opens the next."""
    dice = random.Random(seed)
    await asyncio.sleep(dice.uniform(0, PAUSE))
    async with site.connect(f"leader{seed}", "leader") as socket:
        tab = Tab(socket)
        while not seen.is_over:
            try:
                seen.add(await tab.open(dice.choice(list(PAGES))))
            except WrongPage as problem:
                seen.errors.append(str(problem))
            await asyncio.sleep(TIMER)
            await tab.tick()
            await asyncio.sleep(PAUSE * dice.uniform(0.8, 1.2) - TIMER)


async def onlooker(page: Page, site: Site, seen: Seen) -> None:
    """A real browser: no error page, and one snapshot's number in all that a page says."""
    while not seen.is_over:
        for name in ("review", "charges", "quality"):
            await page.goto(f"{site.address}/{name}")
            await page.wait_for_selector("h1", timeout=60_000)
            await page.wait_for_selector(
                '[data-testid="stApp"][data-test-script-state="notRunning"]', timeout=60_000
            )
            text = await page.inner_text('[data-testid="stMain"]')
            numbers = set(re.findall(r"snapshot (\d+)", text))
            if ERROR.search(text) or len(numbers) > 1:
                seen.errors.append(f"{name}: {ERROR.findall(text)} snapshots {numbers}")
            await asyncio.sleep(5)


async def analyst(page: Page, site: Site, seen: Seen, export: Path) -> None:
    """Uploads a million rows, waits for the preview, commits, and sees that they are in."""
    await asyncio.sleep(QUIET)
    seen.is_busy = True
    await page.goto(f"{site.address}/data")
    await page.wait_for_selector('[data-testid="stFileUploader"]')
    start = time.perf_counter()
    await page.set_input_files('input[type="file"]', export)
    commit = page.get_by_role("button", name="Commit", exact=True)
    await commit.wait_for(timeout=600_000)
    print(f"preview after {time.perf_counter() - start:.0f} s")
    await commit.click()
    await page.get_by_text("is in. The figures are those of snapshot").wait_for(timeout=600_000)
    print(f"committed after {time.perf_counter() - start:.0f} s")
    await asyncio.sleep(2 * PAUSE)  # everybody's next page is of the new snapshot, worked out anew
    seen.is_over = True


async def watch(process: int, seen: Seen) -> None:
    """The most memory that the server, and the processes which work for it, have held, in bytes;
    its CPU seconds before the load.
    """
    start = cpu_seconds(process)
    while not seen.is_over:
        seen.memory = max(seen.memory, memory(process))
        children = [
            child for task in Path(f"/proc/{process}/task").iterdir() for child in _children(task)
        ]
        seen.loader = max(seen.loader, sum(memory(int(child)) for child in set(children)))
        if not seen.is_busy:
            seen.cpu = cpu_seconds(process) - start
        await asyncio.sleep(0.25)


def _children(task: Path) -> list[str]:
    with suppress(OSError):
        return (task / "children").read_text(encoding="utf-8").split()
    return []


async def crowd(site: Site, process: int, export: Path) -> Seen:
    """Everybody at once, until the analyst is done."""
    seen = Seen()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        people = [viewer(site, seen, seed) for seed in range(VIEWERS)]
        lookers = [
            onlooker(await site.page(browser, f"onlooker{at}", "leader"), site, seen)
            for at in range(3)
        ]
        loader = analyst(await site.page(browser, "analyst", "analyst"), site, seen, export)
        await asyncio.gather(*people, *lookers, loader, watch(process, seen))
    return seen


def told(name: str, times: list[float]) -> str:
    """One line of times."""
    found = sorted(times)
    middle, late = (found[min(len(found) - 1, int(len(found) * part))] for part in (0.5, 0.95))
    return (
        f"{name}: {len(found)} pages, median {middle:.2f} s, 95th percentile {late:.2f} s, "
        f"slowest {found[-1]:.2f} s"
    )


def main() -> None:
    """Set everything up, let the crowd in, print what happened."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sample_data.fill(Store(folder / "store"), lambda _: None)
        export = sample_million.write(
            folder / "million.csv", first="2022-04-30"
        )  # newer than the sample
        with served(folder, folder / "store") as (site, process):
            time.sleep(STARTED)
            seen = asyncio.run(crowd(site, process, export))
        known = consulted(folder / "store")
    assert len([who for who in known if re.fullmatch(r"leader\d+", who)]) == VIEWERS, (
        f"the audit record knows only {sorted(known)}"
    )
    print(told("before", seen.quiet), told("while a million rows are loaded", seen.busy), sep="\n")
    print(
        f"CPU of the server before: {seen.cpu / max(1, len(seen.quiet)):.3f} s a page, with all "
        "that goes on beside"
    )
    print(
        f"server memory at most {seen.memory / 1e6:.0f} MB, the processes that load and work out "
        f"for it {seen.loader / 1e6:.0f} MB"
    )
    print(
        f"{sum(known.values())} views in the audit record; {len(seen.errors)} errors "
        f"{seen.errors[:3]}"
    )
    assert not seen.errors


if __name__ == "__main__":
    main()
