"""Figures read back out of a pack are those of `vawg measure`, to the digit, for both audiences."""

import io
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser

import pytest
from openpyxl import load_workbook
from pptx import Presentation

from loaders.contracts import LoadReport
from metrics.catalogue import metric_named
from metrics.contracts import Value
from metrics.disclosure.cells import grains
from metrics.measure import measure
from metrics.wording import SUPPRESSED
from packs import excel, html, powerpoint
from packs.contents import Pack, Table, Told
from packs.powerpoint import ROWS
from store.snapshot import Snapshot, read
from store.writer import Store
from tests.packs.conftest import DAYS

Load = Callable[..., LoadReport]


def measured(snapshot: Snapshot, one: Told, seen: dict[str, tuple[Value, ...]]) -> Value:
    """The same figure asked anew, as `vawg measure` does."""
    key = f"{one.metric} {one.cut.model_dump_json()}"
    if key not in seen:
        seen[key] = measure(snapshot, one.metric, one.cut, DAYS).values
    wanted = (one.value.period, one.value.by)
    (found,) = [value for value in seen[key] if (value.period, value.by) == wanted]
    return found


class Figured(HTMLParser):
    """The exact number of every figure of a page, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[float] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [
            float(value or "") for name, value in attrs if tag == "data" and name == "value"
        ]


def cells(table: Table) -> Iterator[tuple[int, int, Told]]:
    for at, row in enumerate(table.rows):
        for place, cell in enumerate(row):
            if isinstance(cell, Told):
                yield at, place, cell


@pytest.mark.parametrize("name", ["force", "scrutiny", "quarterly", "weekly"])
def test_excel_says_what_measure_says(sample: Store, packs: dict[str, Pack], name: str) -> None:
    pack, snapshot, seen = packs[name], read(sample), dict[str, tuple[Value, ...]]()
    book = load_workbook(io.BytesIO(excel.written(pack)))
    sheets = book.worksheets[3:]
    assert len(sheets) == len(pack.tables())
    compared_cells = 0
    for sheet, table in zip(sheets, pack.tables(), strict=True):
        for at, place, one in cells(table):
            value = getattr(measured(snapshot, one, seen), one.side)
            cell = sheet.cell(excel.FIRST + 2 + at, place + 1)
            if value is None:
                assert cell.value == (SUPPRESSED if one.value.status == "suppressed" else "[z]")
            else:
                assert cell.value == pytest.approx(value, rel=1e-14), (sheet.title, at, place)
                assert cell.data_type == "n", "a number is a number"
            compared_cells += 1
    assert compared_cells > {"weekly": -1}.get(name, 600), "weeks are counts without a measure"


@pytest.mark.parametrize("name", ["force", "scrutiny"])
def test_html_says_what_measure_says(sample: Store, packs: dict[str, Pack], name: str) -> None:
    pack, snapshot, seen = packs[name], read(sample), dict[str, tuple[Value, ...]]()
    parser = Figured()
    text = html.written(pack).decode()
    parser.feed(text)
    wanted = []
    for page in pack.pages:
        shown = [page.table.narrow()] if page.table and page.table.rows else []
        shown += [page.table] if page.table and page.table.on_slide else []
        for table in (*shown, *page.behind):
            values = [getattr(measured(snapshot, one, seen), one.side) for *_, one in cells(table)]
            wanted += [value for value in values if value is not None]
    assert len(wanted) > 600
    assert parser.found == wanted
    assert not re.search(r"<script|https?://(?!www\.w3\.org/2000/svg)", text), "nothing is fetched"


@pytest.mark.parametrize("name", ["force", "scrutiny"])
def test_powerpoint_charts_say_what_measure_says(
    sample: Store, packs: dict[str, Pack], name: str
) -> None:
    pack, snapshot = packs[name], read(sample)
    deck = Presentation(io.BytesIO(powerpoint.written(pack)))
    charts = [shape.chart for slide in deck.slides for shape in slide.shapes if shape.has_chart]
    pages = [page for page in pack.pages if page.chart]
    assert len(charts) == len(pages) > 5
    for chart, page in zip(charts, pages, strict=True):
        if page.key == "outcome-mix":
            continue
        (own, *_), seen = page.behind, dict[str, tuple[Value, ...]]()
        values = [measured(snapshot, one, seen) for _, place, one in cells(own) if place == 1]
        drawn = {series.name: list(series.values) for series in chart.plots[0].series}
        is_open = [value.status == "provisional" for value in values]
        told_here = [
            None if late else value.value for value, late in zip(values, is_open, strict=True)
        ]
        assert drawn["Final"] == told_here, page.name
        for at, value in enumerate(values):
            if is_open[at]:
                assert drawn["Still open"][at] == value.value, page.name


def test_outcomes_of_a_month_stack_to_one(packs: dict[str, Pack]) -> None:
    (page,) = [page for page in packs["force"].pages if page.key == "outcome-mix"]
    assert page.chart
    for month in zip(*(line.points for line in page.chart.lines), strict=True):
        assert sum(one or 0 for one in month) == pytest.approx(1)


def test_every_slide_has_one_finding_its_notes_and_its_foot(packs: dict[str, Pack]) -> None:
    deck = Presentation(io.BytesIO(powerpoint.written(packs["force"])))
    for slide in deck.slides:
        title = slide.shapes.title.text_frame.text
        assert title and "\n" not in title
        assert "snapshot 19" in slide.notes_slide.notes_text_frame.text
        texts = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
        assert any("invented sample data" in text for text in texts)
        for shape in slide.shapes:
            assert shape.left >= 0 and shape.left + shape.width <= deck.slide_width
            assert shape.top >= 0 and shape.top + shape.height <= deck.slide_height
            if shape.has_table:
                assert len(shape.table.rows) <= ROWS + 1
    spoken = [slide.notes_slide.notes_text_frame.text for slide in deck.slides]
    assert any(metric_named("charged_within_90").mind in text for text in spoken)


def test_the_pack_for_scrutiny_asks_nothing_that_the_lattice_does_not_tell(
    packs: dict[str, Pack],
) -> None:
    pack = packs["scrutiny"]
    assert pack.figures()
    for one in pack.figures():
        assert one.cut.audience == "scrutiny"
        assert one.cut.grain in grains((*one.cut.by, *one.cut.where))
        assert set(one.cut.where) <= {"vawg"} and not one.cut.by, "no area, no offence by month"
        if one.side == "numerator" and one.number is not None:
            assert one.number == 0 or one.number >= 5
    hidden = [one for one in pack.figures() if one.value.status == "suppressed"]
    assert hidden and all(one.number is None for one in hidden)
    assert any(SUPPRESSED in point for point in pack.pages[0].points), "the mark is explained"


@pytest.mark.parametrize("name", ["force", "quarterly", "weekly"])
def test_every_meeting_begins_with_decisions_and_what_to_talk_about(
    packs: dict[str, Pack], name: str
) -> None:
    assert [page.key for page in packs[name].pages][:3] == ["cover", "decisions", "talk"]


def test_claims_are_in_the_pack_with_their_status(packs: dict[str, Pack]) -> None:
    (page,) = [page for page in packs["force"].pages if page.key == "claims"]
    assert page.table and [row[3] for row in page.table.rows] == [
        "not settled",  # among the highest, with less than 95 % certainty
        "no longer holds",
        "holds",
        "not settled",
        "no longer holds",  # between 3rd and 31st
        "cannot be tested",
        "cannot be tested",
    ]
    assert not [page for page in packs["scrutiny"].pages if page.key == "claims"]
