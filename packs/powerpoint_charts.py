"""Native charts of PowerPoint, with their numbers behind them, as a pack has them."""

from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION
from pptx.enum.dml import MSO_LINE
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from charts.theme import DARK, GREY, GRID, OURS, STACKED, WHITE
from packs.axis import scale, spacing
from packs.contents import Chart, Line

NUMBER = {"rate": "0.0%", "count": "#,##0", "days": "0.0", "months": "0.0"}
KINDS = {
    "line": XL_CHART_TYPE.LINE,
    "stack": XL_CHART_TYPE.COLUMN_STACKED_100,
}
MARKS = {  # of an axis: of shares or not, with a digit after the point or not
    (True, False): "0%",
    (True, True): "0.0%",
    (False, False): "#,##0",
    (False, True): "#,##0.0",
}
FONT = "Arial"


def colour_of(text: str) -> Any:
    """A colour of the theme as PowerPoint takes it."""
    number = int(text.removeprefix("#"), 16)
    made: Any = RGBColor
    return made(number >> 16, number >> 8 & 255, number & 255)


def draw(slide: Any, chart: Chart, box: tuple[float, float, float, float]) -> None:
    """A chart in its place on a slide, in inches from its left and its top."""
    chart_data: Any = CategoryChartData
    data = chart_data(number_format=NUMBER.get(chart.unit, "0.0"))
    data.categories = list(chart.categories)
    for line in chart.lines:
        data.add_series(line.name, line.points)
    places = (Inches(one) for one in box)
    frame = slide.shapes.add_chart(KINDS[chart.kind], *places, data)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", chart.words)
    _look(frame.chart, chart)


def _look(made: Any, chart: Chart) -> None:
    """The type, the axes and the colours of a chart."""
    made.has_title, made.has_legend = False, len(chart.lines) > 1
    made.font.size, made.font.name = Pt(11), FONT
    if made.has_legend:
        made.legend.position, made.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    axis = made.value_axis
    axis.minimum_scale, axis.maximum_scale, axis.major_unit = ends = scale(chart)
    is_share = chart.unit == "rate"
    is_fine = round(ends[2] * (100 if is_share else 1), 6) % 1 != 0
    axis.tick_labels.number_format = MARKS[is_share, is_fine]
    axis.tick_labels.number_format_is_linked = False
    axis.major_gridlines.format.line.color.rgb = colour_of(GRID)
    axis.format.line.fill.background()
    if chart.kind == "line":
        _name_some(made.category_axis, len(chart.categories))
        for made_line, line in zip(made.plots[0].series, chart.lines, strict=True):
            _style(made_line, line)
    else:
        for at, bars in enumerate(made.plots[0].series):
            bars.format.fill.solid()
            bars.format.fill.fore_color.rgb = colour_of(STACKED[at % len(STACKED)])
        made.plots[0].gap_width = 40


def _name_some(axis: Any, many: int) -> None:
    """Name every so many periods, so that none is turned on its side."""
    skip = axis._element.makeelement(qn("c:tickLblSkip"), {"val": str(spacing(many))})
    axis._element.find(qn("c:noMultiLvlLbl")).addprevious(skip)


def _style(made: Any, line: Line) -> None:
    """The look of a line: final plain, still open dashed, limits grey."""
    made.smooth = False
    look = {
        "final": (OURS, 2.25, None),
        "open": (OURS, 1.5, MSO_LINE.ROUND_DOT),
        "mean": (GREY, 1.0, None),
        "limit": (GREY, 1.0, MSO_LINE.DASH),
        "target": (DARK, 1.5, MSO_LINE.LONG_DASH),
        "other": (GREY, 1.5, None),
    }
    colour, width, dash = look[line.role]
    made.format.line.color.rgb, made.format.line.width = colour_of(colour), Pt(width)
    if dash is not None:
        made.format.line.dash_style = dash
    made.marker.style = 8 if line.role in ("final", "open") else -4142  # a circle, or none
    if line.role in ("final", "open"):
        made.marker.size = 6
        made.marker.format.fill.solid()
        made.marker.format.fill.fore_color.rgb = colour_of(OURS if line.role == "final" else WHITE)
        made.marker.format.line.color.rgb = colour_of(OURS)
