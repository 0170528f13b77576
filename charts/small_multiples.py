"""Small multiples: one panel a group, in a grid with one shared scale, so that groups are compared
and not tangled.
"""

from collections.abc import Sequence

from charts.base import Figure, frame_of
from charts.escaping import for_plot
from charts.theme import GRID
from charts.time_series import SETTLED, Series, axis, line
from metrics.contracts import Metric
from metrics.wording import figure_words, period_words, resting_words

ACROSS = 3


def panels(metric: Metric, grain: str, series: Sequence[Series]) -> Figure:
    """A panel for each series; what may not be judged yet is hollow.

    The panel's head says the latest that can be.
    """
    down = -(-len(series) // ACROSS)
    tall = 1 / down
    figure = frame_of([], {})
    layout = figure["layout"]
    layout |= {
        "height": 60 + 235 * down,
        "margin": {"l": 52, "r": 12, "t": 26, "b": 24},
        "annotations": [],
    }
    top = max((value.value or 0 for one in series for value in one.values), default=1)
    for at, one in enumerate(series):
        number = "" if at == 0 else str(at + 1)
        left, upper = (at % ACROSS) / ACROSS, 1 - (at // ACROSS) / down
        layout[f"xaxis{number}"] = {
            "domain": [left, left + 0.29],
            "anchor": f"y{number}",
            "showgrid": False,
            "linecolor": GRID,
            "nticks": 4,
            "tickfont": {"size": 11},
        }
        layout[f"yaxis{number}"] = {
            "domain": [upper - 0.89 * tall, upper - 0.30 * tall],
            "anchor": f"x{number}",
            "range": [0, top * 1.08],
            "gridcolor": GRID,
            "zeroline": False,
            "nticks": 4,
            "showticklabels": at % ACROSS == 0,
            "tickfont": {"size": 11},
        } | axis(metric)
        settled = [value for value in one.values if value.status in SETTLED]
        waiting = [value for value in one.values if value.status == "provisional"]
        lines = [line(metric, grain, one.name, settled)]
        if waiting:
            lines.append(
                line(metric, grain, one.name, settled[-1:] + waiting, hollow_from=len(settled[-1:]))
            )
        figure["data"] += [
            drawn | {"xaxis": f"x{number}", "yaxis": f"y{number}"} for drawn in lines
        ]
        judged = [value for value in settled if value.status == "final"]
        latest = judged[-1] if judged else None
        words = (
            f"{period_words(grain, latest.period)}: "
            f"{figure_words(metric, latest)}<br>{resting_words(metric, latest)}"
            if latest
            else f"too few in each {grain} to judge"
        )
        layout["annotations"].append(
            {
                "xref": "paper",
                "yref": "paper",
                "x": left,
                "y": upper - 0.25 * tall,
                "xanchor": "left",
                "yanchor": "bottom",
                "showarrow": False,
                "align": "left",
                "font": {"size": 12},
                "text": f"<b>{for_plot(one.name[:1].upper() + one.name[1:])}</b><br>{words}",
            }
        )
    return figure
