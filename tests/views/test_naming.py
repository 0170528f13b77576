"""What a force calls the subject is read on its pages and in what leaves the room; in registers,
addresses and what programs read it stays VAWG.
"""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page

from metrics import naming
from metrics.catalogue import metric_named, named_metrics
from metrics.scope import Chosen, scope_words
from packs.make import definition_mark
from store import settings
from store.cache import MEMORY
from store.errors import WrongSetting
from tests.support.browser import address, browser, context, page, settled
from tests.support.browser import store_folder as sample
from tests.support.command_line import vawg

__all__ = ["address", "browser", "context", "page", "sample"]  # fixtures
OURS = settings.Settings(subject_name="VIAWG")
AS_IT_WAS = re.compile(r".{0,40}\bVAWG\b.{0,20}")


@pytest.fixture(scope="module")
def store_folder(sample: Path) -> Path:
    settings.save(sample, OURS)
    return sample


def test_a_definition_is_read_by_the_name_and_is_the_same_definition(tmp_path: Path) -> None:
    before = metric_named("repeat_victim_rate")
    mark = definition_mark(before)
    named_metrics.cache_clear()  # as in a process that has never known another name
    settings.save(tmp_path, OURS)
    naming.call_as_set(tmp_path)
    try:
        after = metric_named("repeat_victim_rate")
        assert after.numerator == before.numerator.replace("VAWG", "VIAWG") != before.numerator
        assert definition_mark(after) == mark
        assert scope_words(after, Chosen()) == "all VIAWG"
        assert Chosen().offence == "All VAWG"
    finally:
        naming.call_as_set(tmp_path / "none")
    assert metric_named("repeat_victim_rate") == before


@pytest.mark.parametrize("name", ["", "V", "a\nb", "[x](http://e)", '"x"', "<b>x</b>", "x" * 60])
def test_a_name_is_a_name(tmp_path: Path, name: str) -> None:
    with pytest.raises((WrongSetting, ValueError)):
        settings.save(tmp_path, settings.Settings(subject_name=name))


@pytest.mark.parametrize(
    "where",
    [
        "weekly",
        "outcomes",
        "trends",
        "definitions",
        "recorded",
        "measure?metric=repeat_victim_rate",
    ],
)
def test_a_page_says_the_name_and_no_other(page: Page, address: str, where: str) -> None:
    page.goto(f"{address}/{where}")
    page.locator("h1").first.wait_for()
    settled(page)
    text = page.locator('[data-testid="stMain"]').inner_text()
    assert not AS_IT_WAS.findall(text)
    assert "VIAWG" in text


def test_what_leaves_the_room_says_it_too(store_folder: Path, tmp_path: Path) -> None:
    for meeting in ("weekly", "monthly", "quarterly"):
        vawg(store_folder, "pack", meeting, "--out", str(tmp_path / "a.html"))
        text = re.sub(r"<[^>]*>", " ", (tmp_path / "a.html").read_text(encoding="utf-8"))
        assert not AS_IT_WAS.findall(text)
        assert "VIAWG" in text


def test_an_address_keeps_the_name_inside(page: Page, address: str) -> None:
    page.goto(f"{address}/weekly?offences=All+VAWG")
    page.locator("h1").first.wait_for()
    settled(page)
    assert "is not known here" not in page.locator('[data-testid="stMain"]').inner_text()
    page.get_by_role("radio", name="Rape", exact=True).click()
    settled(page)
    page.get_by_role("radio", name="All VIAWG", exact=True).click()
    settled(page)
    assert "VIAWG" not in page.url


def test_a_first_name_forgets_nothing_and_another_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server learns what the process beside it worked out before anybody opened a page."""
    monkeypatch.setattr(naming, "_now", [])
    MEMORY.learn({("key",): "words"})
    naming.call_as_set(tmp_path)
    assert ("key",) in MEMORY.known()
    settings.save(tmp_path, OURS)
    naming.call_as_set(tmp_path)
    assert ("key",) not in MEMORY.known()
