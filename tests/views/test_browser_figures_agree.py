"""The same measure, period and filters read the same wherever they stand: a walk over every page
that says a headline figure, the slides included.
"""

import re
from collections import defaultdict

from playwright.sync_api import Page

from metrics.catalogue import metrics
from tests.support.browser import address, browser, context, page, settled, store_folder

__all__ = ["address", "browser", "context", "page", "store_folder"]  # fixtures
FILTERS = "offences=Stalking&area=All+areas"
MEASURES = {metric.title: metric.id for metric in metrics() if metric.headline}
WALK = (
    f"?{FILTERS}",
    *(f"measure?id={name}&{FILTERS}" for name in MEASURES.values()),
    *(f"{name}?{FILTERS}" for name in ("charges", "outcomes", "quarterly", "orders")),
    *(f"meeting?kind=monthly&slide={number}&{FILTERS}" for number in range(3, 10)),
    *(f"meeting?kind=quarterly&slide={number}&{FILTERS}" for number in range(1, 6)),
)
WHEN = r"(?P<when>(?:12 months to )?[A-Z][a-z]+ \d{4})"
STEP = r"(?P<step>[+−][\d,.]+(?: pts| %| days)?)"
HEADING = rf"(?P<figure>[\d,.]+(?: %| days)?) in {WHEN}"
YEAR = rf"(?:[\d,.]+(?: %| days)? in )?12 months to [A-Z][a-z]+ \d{{4}}, {STEP}"
Said = dict[tuple[str, str], dict[str, set[str]]]


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def read_rows(page: Page, where: str, figures: Said, steps: Said) -> None:
    """The rows of the monthly table and of its slides."""
    for row in page.locator("table tr:has(.big)").all():
        text = plain(row.inner_text())
        name = max((one for one in MEASURES if text.startswith(one)), key=len)
        when = re.findall(WHEN, text)
        figures[name, when[0]][plain(row.locator(".big").inner_text())].add(where)
        if step := re.search(STEP, plain(row.locator("td").nth(2).inner_text())):
            steps[name, "year"][step["step"]].add(where)


def read_headings(page: Page, where: str, figures: Said, steps: Said) -> None:
    """The findings above charts."""
    for heading in page.locator("h1, h2").all():
        text = plain(heading.inner_text())
        name = next((one for one in MEASURES if text.startswith(f"{one}: ")), None)
        if name is None:
            continue
        rest = text.removeprefix(f"{name}: ")
        if found := re.match(HEADING, rest):
            figures[name, found["when"]][found["figure"]].add(where)
        if found := re.search(YEAR, rest):
            steps[name, "year"][found["step"]].add(where)


def test_a_figure_reads_the_same_on_every_page(page: Page, address: str) -> None:
    figures: Said = defaultdict(lambda: defaultdict(set))
    steps: Said = defaultdict(lambda: defaultdict(set))
    for where in WALK:
        page.goto(f"{address}/{where}")
        page.wait_for_selector("h1")
        settled(page)
        read_rows(page, where, figures, steps)
        read_headings(page, where, figures, steps)
    for said in (figures, steps):
        differing = {key: dict(values) for key, values in said.items() if len(values) > 1}
        assert not differing, differing
    page.goto(f"{address}/?{FILTERS}&table=Every+measure+by+area")
    page.wait_for_selector("table.grid", timeout=60_000)
    settled(page)
    monthly = {
        name: figure
        for (name, _), said in figures.items()
        for figure, where in said.items()
        if WALK[0] in where
    }
    in_grid = {
        row.locator(".name").inner_text(): plain(row.locator("td b").first.inner_text())
        for row in page.locator("table.grid tbody tr").all()
    }
    assert in_grid == monthly, "the grid of areas says the whole force's figures as the table does"
    places = {key: next(iter(values.values())) for key, values in figures.items()}
    assert {name for name, _ in places} == set(MEASURES), "every headline measure was read"
    assert sum(len(found) > 2 for found in places.values()) >= len(MEASURES) - 4, places
    assert sum(len(next(iter(one.values()))) > 2 for one in steps.values()) >= 8
