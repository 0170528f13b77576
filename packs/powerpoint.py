"""A pack as PowerPoint: one finding a slide, native charts with their numbers behind, notes."""

import io
from collections.abc import Iterator, Sequence
from typing import Any

from pptx import Presentation
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches, Pt

from charts.theme import DARK, GREY
from packs.contents import Pack, Page, Table, text_of
from packs.powerpoint_charts import FONT, colour_of, draw

WIDE, HIGH = 13.333, 7.5  # inches of a slide
LEFT, TOP, ACROSS, FOOT = 0.55, 2.15, 12.23, 6.95
ROWS = 16  # of a table on one slide
BESIDE = 3  # columns of a table that stands beside a chart; a wider one stands beneath it


def written(pack: Pack) -> bytes:
    """The pack as the bytes of a .pptx."""
    made = Presentation()
    made.slide_width, made.slide_height = Inches(WIDE), Inches(HIGH)
    made.core_properties.title = pack.title
    made.core_properties.author = pack.force
    made.core_properties.comments = pack.foot
    for page in pack.pages:
        for part in _parts(page):
            _slide(made, pack, part)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _parts(page: Page) -> Iterator[Page]:
    """A page, its table cut into as many slides as it needs."""
    table = page.table.narrow() if page.table else None
    if table is None or len(table.rows) <= ROWS:
        yield page.model_copy(update={"table": table})
        return
    for start in range(0, len(table.rows), ROWS):
        rows = table.rows[start : start + ROWS]
        part = table.model_copy(update={"rows": rows, "on_slide": ()})
        end = start + len(rows)
        title = page.title if not start else f"{page.name}, {start + 1} to {end}"
        changed: dict[str, object] = {"table": part, "title": title}
        yield page.model_copy(
            update=changed if not start else changed | {"points": (), "has_commentary": False}
        )


def _slide(made: Any, pack: Pack, page: Page) -> None:
    slide = made.slides.add_slide(made.slide_layouts[5])  # a title and nothing else
    title = slide.shapes.title
    _place(title, (LEFT, 0.3, ACROSS, 1.0))
    size = _fitting(page.title, ((80, 28), (120, 24), (190, 20), (260, 18)))
    _words(title.text_frame, [page.title], size)
    title.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM
    if page.grey:
        size = _fitting(page.grey, ((330, 12), (480, 11), (700, 10)))
        _box(slide, (LEFT, 1.32, ACROSS, 0.8), [page.grey], size=size, colour=GREY)
    bottom = 6.85 if not page.has_commentary else 6.2
    _body(slide, page, bottom)
    if page.has_commentary:
        words = [f"Owner's commentary: {page.commentary_words}"]
        _box(slide, (LEFT, 6.22, ACROSS, 0.65), words, size=12)
    _box(slide, (LEFT, FOOT, ACROSS, 0.4), [pack.foot], size=10, colour=GREY)
    notes = slide.notes_slide.notes_text_frame
    notes.text = "\n".join([page.title, *page.notes, page.grey, pack.foot])


def _body(slide: Any, page: Page, bottom: float) -> None:
    """The chart with the table and the points beside it, or these alone across the slide."""
    left, across, top = LEFT, ACROSS, TOP if page.grey else TOP - 0.65
    columns = len(page.table.narrow().heads) if page.table else 0
    if page.chart and columns > BESIDE:
        draw(slide, page.chart, (LEFT, top, ACROSS, 2.15))
        top += 2.2
    elif page.chart:
        wide = 7.4 if page.table or page.points else ACROSS
        draw(slide, page.chart, (LEFT, top, wide, bottom - top))
        left, across = LEFT + wide + 0.2, ACROSS - wide - 0.2
    if page.points:
        lines = [f"• {one}" for one in page.points if one]
        size = 13 if page.chart or page.table else 18
        long = sum(1 + len(one) * size * 0.0065 // across for one in lines)
        height = size * 0.021 * long
        _box(slide, (left, top, across, height), lines, size)
        top += height + 0.12
    if page.table and page.table.rows:
        _table(slide, page.table.narrow(), (left, top, across, bottom - top))


def _place(shape: Any, box: tuple[float, float, float, float]) -> None:
    shape.left, shape.top, shape.width, shape.height = (Inches(one) for one in box)


def _box(
    slide: Any,
    box: tuple[float, float, float, float],
    lines: Sequence[str],
    size: int,
    colour: str = DARK,
) -> None:
    shape = slide.shapes.add_textbox(*(Inches(one) for one in box))
    shape.text_frame.word_wrap = True
    _words(shape.text_frame, lines, size, colour, is_bold=False)


def _words(
    frame: Any, lines: Sequence[str], size: int, colour: str = DARK, is_bold: bool = True
) -> None:
    frame.word_wrap = True
    for side in ("margin_left", "margin_right", "margin_top", "margin_bottom"):
        setattr(frame, side, Emu(0))
    for at, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if not at else frame.add_paragraph()
        run = paragraph.add_run()
        run.text = line
        run.font.size, run.font.bold, run.font.name = Pt(size), is_bold, FONT
        run.font.color.rgb = colour_of(colour)
        paragraph.alignment = 1  # left


def _fitting(text: str, sizes: Sequence[tuple[int, int]]) -> int:
    """The type in which so many characters fit their box."""
    return next((size for length, size in sizes if len(text) <= length), sizes[-1][1] - 1)


def _table(slide: Any, table: Table, box: tuple[float, float, float, float]) -> None:
    count, wide = len(table.heads), box[2]
    texts = [list(table.heads), *[[text_of(cell) for cell in row] for row in table.rows]]
    widths = _widths(texts, wide)
    size = _size_of(texts, widths, box[3])
    shape = slide.shapes.add_table(len(texts), count, *(Inches(one) for one in box))
    made = shape.table
    style = shape._element.graphic.graphicData.tbl.tblPr
    style.find(qn("a:tableStyleId")).text = "{5940675A-B579-460E-94D1-54222C63F5DA}"  # lines alone
    made.horz_banding = False
    for at, one in enumerate(widths):
        made.columns[at].width = Inches(one)
    for at, row in enumerate(texts):
        made.rows[at].height = Inches(size * 0.0225)
        for place, text in enumerate(row):
            cell = made.cell(at, place)
            cell.margin_left = cell.margin_right = Inches(0.05)
            cell.margin_top = cell.margin_bottom = Inches(0.015)
            cell.vertical_anchor = MSO_ANCHOR.MIDDLE
            cell.fill.background()
            frame = cell.text_frame
            frame.word_wrap = True
            run = frame.paragraphs[0].add_run()
            run.text = text or "\u00a0"  # an empty cell would be as high as the usual type
            run.font.size, run.font.bold, run.font.name = Pt(size), not at, FONT
            run.font.color.rgb = colour_of(DARK)


def _widths(texts: Sequence[Sequence[str]], wide: float) -> list[float]:
    """Widths by the longest word and the mean length of each column, so that no word is cut."""
    wanted = []
    for column in zip(*texts, strict=True):
        word = max((len(part) for text in column for part in text.split()), default=1) + 3
        filled = [len(text) for text in column if text]
        mean = sum(filled) / max(len(filled), 1)
        share = len(filled) / len(column)
        wanted.append(max(word, min(mean * 1.1 * share, 46), min(mean, 16), 5))
    return [wide * one / sum(wanted) for one in wanted]


def _size_of(texts: Sequence[Sequence[str]], widths: Sequence[float], high: float) -> int:
    """The largest type in which the rows fit, 12 at most."""
    for size in (12, 11, 10, 9, 8):
        room = [max(int(wide * 148 / size), 1) for wide in widths]
        lines = sum(
            max(-(-len(text) // fits) if text else 1 for text, fits in zip(row, room, strict=True))
            for row in texts
        )
        if lines * size * 0.0172 + len(texts) * 0.05 <= high:
            return size
    return 7
