"""Packs: what they refuse, what they make of a store with little, much or hostile in it."""

import io
import re
from collections.abc import Callable
from datetime import date

import pytest
from openpyxl import load_workbook
from pptx import Presentation

from loaders.contracts import LoadReport
from metrics.catalogue import metric_named
from metrics.contracts import Cut, Value
from metrics.wording import SUPPRESSED, figure_words
from packs import excel, html, powerpoint
from packs.contents import OPEN, Told, told
from packs.files import bytes_of
from packs.make import CannotMake
from store.writer import Store
from tests.packs.conftest import made

Load = Callable[..., LoadReport]


def test_an_area_or_a_wrong_word_is_refused_in_a_sentence(sample: Store) -> None:
    for wanted, words in (
        ({"meeting": "monthly", "area": "Haltn"}, "There is no area 'Haltn': say Cheshire East"),
        ({"meeting": "monthly", "offence": "Theft"}, "There are no offences 'Theft'"),
        ({"meeting": "yearly"}, "There is no meeting 'yearly'"),
        ({"meeting": "monthly", "audience": "press"}, "There is no audience 'press'"),
        (
            {"meeting": "monthly", "audience": "scrutiny", "area": "Halton"},
            "of the whole force",
        ),
    ):
        with pytest.raises(CannotMake, match=re.escape(words)):
            made(sample, **wanted)  # type: ignore[arg-type]


def test_a_store_of_one_measure_makes_every_pack(load_table: Load, store: Store) -> None:
    load_table(
        """
        crime_reference | recorded_on | offence_code | outcome_code | outcome_on | victim_sex
        A1 | 2026-07-01 | 8Q | 16 | 2026-07-20 | F
        A2 | 2026-08-03 | 8Q |    |            | F
        """,
        as_at=date(2026, 8, 31),
    )
    for meeting in ("weekly", "monthly", "quarterly"):
        pack = made(store, meeting)
        for suffix in (".pptx", ".xlsx", ".html"):
            assert bytes_of(pack, suffix)
        titles = " ".join(page.title for page in pack.pages)
        assert ": ." not in titles and "0 of the 0" not in titles
        assert not re.search(r"\b(nan|None)\b", html.written(pack).decode())


def test_a_year_that_is_not_held_is_no_year_of_none(load_table: Load, store: Store) -> None:
    load_table(
        """
        crime_reference | recorded_on | offence_code | outcome_code | outcome_on | victim_sex
        A1 | 2026-07-01 | 8Q | 16 | 2026-07-20 | F
        A2 | 2026-08-03 | 8Q |    |            | F
        """,
        as_at=date(2026, 8, 31),
    )
    (page,) = [page for page in made(store, "monthly").pages if page.name == "Volume"]
    assert page.table
    (row,) = [row for row in page.table.rows if row[0] == "All VAWG"]
    assert isinstance(row[1], Told) and row[1].number == 1
    assert row[2:] == ("no data",) * 5 + ("",)


def test_an_empty_store_says_what_a_pack_needs(store: Store, load_table: Load) -> None:
    load_table("happened_on | what_happened | noted_by\n2026-01-01 | A start | HRU")
    with pytest.raises(CannotMake, match="No crime outcomes are loaded yet"):
        made(store, "monthly")


def test_many_areas_and_long_names_fit(store: Store, load_table: Load) -> None:
    names = [f"Hampshire and Isle of Wight, area {at:02d} xx" for at in range(25)]
    assert max(map(len, names)) <= 40
    rows = "\n".join(
        f"R{at}{month} | 2026-0{month}-05 | 8Q | 16 | 2026-0{month}-20 | F | {name}"
        for at, name in enumerate(names)
        for month in (6, 7, 8)
    ).replace(",", "")
    load_table(
        "crime_reference | recorded_on | offence_code | outcome_code | outcome_on | victim_sex | "
        f"area\n{rows}",
        as_at=date(2026, 8, 31),
    )
    pack = made(store, "monthly")
    (page,) = [page for page in pack.pages if page.key == "areas"]
    assert page.table and len(page.table.rows) == 26
    deck = Presentation(io.BytesIO(powerpoint.written(pack)))
    tables = [shape for slide in deck.slides for shape in slide.shapes if shape.has_table]
    listed = [row.cells[0].text for shape in tables for row in shape.table.rows]
    assert {name.replace(",", "") for name in names} <= set(listed), "none is lost between slides"


def test_names_of_sheets_are_those_that_excel_takes() -> None:
    wanted = ["A/B: [c]?", "x" * 40, "x" * 41, "", "History"]
    names = excel.sheet_names(wanted)
    assert len({name.casefold() for name in names}) == len(wanted)
    assert all(0 < len(name) <= 31 and not re.search(r"[\[\]:*?/\\']", name) for name in names)


def test_a_formula_in_a_name_is_text(store: Store, load_table: Load) -> None:
    load_table(
        """
        crime_reference | recorded_on | offence_code | outcome_code | outcome_on | victim_sex | area
        A1 | 2026-07-01 | 8Q | 16 | 2026-07-20 | F | =1+1
        A2 | 2026-08-03 | 8Q |    |            | F | <b>x</b>
        """,
        as_at=date(2026, 8, 31),
    )
    pack = made(store, "monthly")
    book = load_workbook(io.BytesIO(excel.written(pack)))
    found = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in found if cell.data_type == "f"]
    assert "<b>x</b>" not in html.written(pack).decode()


def test_a_figure_that_is_open_is_marked() -> None:
    metric = metric_named("charge_rate_recorded")
    value = Value(
        period=None,
        numerator=1,
        denominator=20,
        value=0.05,
        lower=0.0,
        upper=0.2,
        status="provisional",
    )
    assert told(metric, Cut(), value).words == f"5.0 % {OPEN}"
    hidden = value.model_copy(
        update={"numerator": None, "denominator": None, "value": None, "status": "suppressed"}
    )
    assert told(metric, Cut(), hidden).words == SUPPRESSED == figure_words(metric, hidden)
    assert told(metric, Cut(), hidden, "numerator").words == SUPPRESSED
