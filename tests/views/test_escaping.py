"""Export text that holds HTML, Markdown, formulas or scripts shows as text on every page: no link,
no picture, no request, no formula.
"""

import csv
import io
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from loaders.contracts import LoadOptions
from loaders.load import Source, load
from store.writer import Store
from tests.support.browser import address, browser, context, cookies_of, page, settled
from views.navigation import Entry, entries

__all__ = ["address", "browser", "context", "page"]
EVIL = "evil.example"
ATTACKS = (
    f"<img src=http://{EVIL}/1.png onerror=alert(1)>",
    f"![x](http://{EVIL}/2.png)",
    f"[click](http://{EVIL}/3)",
    f"<a href='http://{EVIL}/4'>here</a>",
    f'=HYPERLINK("http://{EVIL}/5")',
    f"<script>fetch('http://{EVIL}/6')</script>",
    f"http://{EVIL}/7",
    ":material/bolt: :red[x] $x^2$",
    "**bold** _it_ `code` ~~no~~ # head",
    f"<svg onload=fetch('http://{EVIL}/8')>",
    f"@SUM(http://{EVIL})",
    "-2+3+cmd|' /C calc'!A0",
)
MONTHS = [f"{2024 + at // 12}-{at % 12 + 1:02d}" for at in range(6, 24)]


@pytest.fixture(scope="module")
def store_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store whose every word that an export may bring is an attack: areas, teams, labels, file
    names, registers, unknown codes.
    """
    folder = tmp_path_factory.mktemp("attacks")
    store = Store(folder / "store")

    def loaded(name: str, heads: str, rows: list[list[str]], **options: object) -> None:
        export = folder / "export.csv"
        text = io.StringIO()
        csv.writer(text).writerows([heads.split(), *rows])
        export.write_text(text.getvalue(), encoding="utf-8")
        load(
            store,
            [Source(export, name)],
            LoadOptions.model_validate(
                {"loaded_by": ATTACKS[1], "may_be_unknown": True, **options}
            ),
        )

    places = ATTACKS[:8]
    crimes = [
        [
            f"C{month}-{at}-{copy}",
            f"{month}-0{copy + 1}",
            "8Q",
            str((1, 15, 16, 16)[copy]),
            f"{month}-25",
            place,
            ATTACKS[-at - 1],
        ]
        for month in MONTHS
        for at, place in enumerate(places[:4])
        for copy in range(4)
    ]
    crimes += [
        [f"{ATTACKS[4]}{at}", "2025-12-03", attack, "16", "2025-12-20", attack, attack]
        for at, attack in enumerate(ATTACKS)
    ]
    crimes += [
        [f"X{at}", "2025-12-03", "8Q", attack, "2025-12-20", attack, attack]
        for at, attack in enumerate(ATTACKS)
    ]
    crimes += [[attack, attack, "8Q", "16", "2025-12-20", attack, attack] for attack in ATTACKS]
    heads = "crime_reference recorded_on offence_code outcome_code outcome_on area team"
    loaded(f"{ATTACKS[0].replace('/', '∕')}.csv", heads, crimes, as_at="2025-12-31")
    orders = [
        [
            f"O{month}",
            f"S{month}",
            "full",
            f"{month}-03",
            "granted",
            f"{month}-05",
            "2027-12-31",
            places[at % 8],
            ATTACKS[at % 12],
        ]
        for at, month in enumerate(MONTHS)
    ]
    loaded(
        "orders.csv",
        "application_reference subject_id order_kind applied_on decision decided_on expires_on "
        "area team",
        orders,
    )
    notes = [[f"2025-{at % 12 + 1:02d}-09", attack, attack] for at, attack in enumerate(ATTACKS)]
    loaded("notes.csv", "happened_on what_happened noted_by", notes, format="annotation_register")
    target = [
        ["charged_within_90", "0.4", "2024-01-01", ATTACKS[0]],
        ["outcome_16_rate", "0.4", "2024-01-01", ATTACKS[1]],
    ]
    loaded("targets.csv", "metric target applies_from set_by", target, format="target_register")
    programmes = [[attack, "2025-03-01", attack, ATTACKS[2], attack] for attack in ATTACKS[:3]]
    loaded(
        "programmes.csv",
        "programme starts_on phase area noted_by",
        programmes,
        format="programme_register",
    )
    rebases = [["outcome_15_rate", "2025-04-01", attack, attack] for attack in ATTACKS[:1]]
    loaded(
        "rebases.csv", "metric rebased_from reason approved_by", rebases, format="rebase_register"
    )
    (store.folder / "settings.json").write_text(
        '{"scrutiny_body": "![x](http://evil.example/s.png)", "whom_to_ask": "<b>x</b>"}'
    )
    (store.folder / "settings.json").chmod(0o600)
    return store.folder


@pytest.fixture(autouse=True)
def no_dialog(page: Page) -> Iterator[None]:
    seen: list[str] = []
    page.on("dialog", lambda dialog: (seen.append(dialog.message), dialog.dismiss()))
    yield
    assert not seen


def is_harmless(page: Page) -> None:
    """Nothing on the page was made of an attack: no link, picture, script or element, and no
    mark-up was obeyed.
    """
    assert (
        page.locator(
            f"[href*='{EVIL}'], [src*='{EVIL}'], [style*='{EVIL}'], [onerror], [onload]"
        ).count()
        == 0
    )
    assert page.locator("script:has-text('evil'), svg[onload]").count() == 0
    links = page.evaluate(
        "[...document.querySelectorAll('a')].map(a => (a.href.baseVal ?? a.href) + "
        "(a.getAttribute('xlink:href') ?? ''))"
    )
    assert not [link for link in links if EVIL in link and "127.0.0.1" not in link]
    assert (
        page.locator(
            "strong:text-is('bold'), em:text-is('it'), h1:text-is('head'), .katex, del"
        ).count()
        == 0
    )


@pytest.mark.parametrize("entry", entries(), ids=lambda entry: entry.page.address)
def test_no_page_obeys_what_an_export_says(page: Page, address: str, entry: Entry) -> None:
    page.goto(f"{address}/{entry.page.address}")
    page.wait_for_selector("h1, .slide", timeout=60_000)
    settled(page)
    is_harmless(page)
    for control in page.locator("[data-testid='stExpander'] summary").all()[:4]:
        control.click()
    for switch in page.get_by_text("Table", exact=True).all()[:4]:
        switch.click()
    by_area = page.get_by_text("By area", exact=True)
    if by_area.count():
        by_area.first.click()
    settled(page)
    for mark in page.locator(".nsewdrag").all()[:3]:
        mark.hover()  # the hover text of a chart
    is_harmless(page)


def test_they_are_shown_as_they_were_sent(page: Page, address: str) -> None:
    page.goto(f"{address}/registers")
    page.wait_for_selector("h1")
    settled(page)
    page.locator("[data-testid='stDataFrame'] canvas").nth(3).wait_for(
        state="attached", timeout=30_000
    )  # four tables, painted: no link
    page.goto(f"{address}/charges?breakdown=By+area")
    page.wait_for_selector(".annotation-text", timeout=30_000)
    words = " ".join(page.locator(".annotation-text").all_text_contents())
    assert "![x](http://evil.example/2.png)" in words
    assert "<img src=http://evil.example/1.png onerror=alert(1)>" in words


def test_a_file_named_and_filled_with_attacks_is_refused_in_plain_words(
    page: Page, address: str, tmp_path: Path
) -> None:
    page.goto(f"{address}/data")
    page.wait_for_selector("h1")
    bad = tmp_path / "![x](http:∕∕evil.example∕9.png).csv"
    bad.write_text(
        ",".join(f'"{attack}"' for attack in ATTACKS[:4]) + "\n1,2,3,4\n", encoding="utf-8"
    )
    page.set_input_files("input[type=file]", str(bad))
    page.wait_for_timeout(3000)
    settled(page)
    is_harmless(page)
    assert EVIL in page.inner_text("[data-testid='stMain']")


def test_what_leaves_is_defused(page: Page, address: str) -> None:
    seen = 0
    for path in ("quality", "charges?breakdown=By+area", "orders", "data", "trends"):
        page.goto(f"{address}/{path}")
        page.wait_for_selector("h1")
        if path in (
            "quality",
            "data",
        ):  # which always have a file; what an attack leaves too few figures of has none
            page.locator("a.vawg-download").first.wait_for(state="attached")
        settled(page)
        for link in page.locator("a.vawg-download").all():
            asked = urllib.request.Request(
                f"{address}/{link.get_attribute('href')}",
                headers={"Cookie": cookies_of(page.context)},
            )
            with urllib.request.urlopen(asked) as answer:
                if not answer.headers["Content-Type"].startswith("text/csv"):
                    continue  # a template as a workbook, which holds nothing that was sent
                rows = list(csv.reader(io.StringIO(answer.read().decode("utf-8-sig"))))
            cells = [cell for row in rows for cell in row]
            assert not [cell for cell in cells if cell[:1] in ("=", "+", "-", "@", "\t", "\r")], (
                path
            )
            seen += sum(cell.startswith(("'=", "'@", "'-")) for cell in cells)
    assert seen > 3
