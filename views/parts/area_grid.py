"""Every headline measure in every area: a grid of signals, each of which leads to its measure."""

from collections.abc import Sequence
from dataclasses import dataclass

from charts.theme import TONES
from metrics.catalogue import metrics
from metrics.contracts import Metric
from metrics.figures import Figures
from metrics.scope import EVERYWHERE, Chosen
from metrics.scorecard import control_of, judged_now, link_of, sign_of
from metrics.wording import figure_words, unjudged_words
from views.parts.scorecard import TONE_WORDS, Icon
from views.parts.templates import render


@dataclass(frozen=True)
class GridCell:
    """A measure in one area."""

    figure: str
    link: str
    icon: Icon
    instead: str = ""  # of a signal, where there is none


def grid(figures: Figures, offence: str, areas: Sequence[str]) -> str:
    """The grid as HTML; measures that know no areas are left out, and said beneath."""
    known = [one for one in metrics() if one.headline and "force" in one.sources]
    by_area = [one for one in known if "area" in one.dimensions("force")]
    rows = []
    for metric in by_area:
        cells = [_cell(figures, metric, Chosen(offence, area)) for area in (EVERYWHERE, *areas)]
        if any(cell.figure for cell in cells):
            rows.append((metric.title, metric.day_words, cells))
    without = [one.title for one in known if one not in by_area]
    return render("area_grid", heads=["Whole force", *areas], rows=rows, without=without)


def _cell(figures: Figures, metric: Metric, chosen: Chosen) -> GridCell:
    found = judged_now(figures, metric, chosen)
    if found is None:
        return GridCell("", "", Icon("", "", ""))
    control = control_of(figures, metric, chosen) if metric.shape != "window" else None
    tone = control.tone(control.chart.latest) if control else "none"
    icon = Icon(sign_of(control), TONES[tone], TONE_WORDS[tone])
    return GridCell(
        figure_words(metric, found[0]), link_of(metric, chosen), icon, unjudged_words(metric)
    )
