"""A pack as PDF: a sheet of A4 for each page at least, or a sentence where nothing can print it."""

import os
import re
from collections.abc import Callable
from datetime import date

import pytest

from loaders.contracts import LoadReport
from packs import files, pdf
from packs.contents import Pack
from packs.make import CannotMake
from packs.pdf import chromium
from store.writer import Store
from tests.packs.conftest import made


@pytest.fixture
def pack(load_table: Callable[..., LoadReport], store: Store) -> Pack:
    load_table(
        """
        crime_reference | recorded_on | offence_code | outcome_code | outcome_on | victim_sex
        A1 | 2026-07-01 | 8Q | 16 | 2026-07-20 | F
        A2 | 2026-08-03 | 8Q |    |            | F
        """,
        as_at=date(2026, 8, 31),
    )
    return made(store, "monthly")


def test_each_page_of_a_pack_is_a_sheet(pack: Pack) -> None:
    if chromium() is None and os.environ.get("CI") != "true":
        pytest.skip("Chromium is not on this machine")
    data = files.bytes_of(pack, ".pdf")
    assert data.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type\s*/Page\b", data)) >= len(pack.pages)
    sizes = {tuple(map(float, box.split())) for box in re.findall(rb"/MediaBox \[([^]]*)\]", data)}
    assert {(round(box[2]), round(box[3])) for box in sizes} == {(842, 595)}, "A4 landscape"


@pytest.mark.parametrize(
    ("browser", "words"), [(None, "there is none on this machine"), ("/bin/false", "could not")]
)
def test_what_cannot_be_printed_is_said(
    monkeypatch: pytest.MonkeyPatch, pack: Pack, browser: str | None, words: str
) -> None:
    monkeypatch.setattr(pdf, "chromium", lambda: browser)
    with pytest.raises(CannotMake, match=rf"{words}.*\.html"):
        files.bytes_of(pack, ".pdf")
    assert (".pdf" in files.kinds_here()) == (browser is not None)
