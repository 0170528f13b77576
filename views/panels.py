"""Small multiples: one panel a group, in a grid with one shared scale, so that groups are compared and not tangled."""

from collections.abc import Sequence

from metrics.contracts import Metric
from views.charts import GRID, Figure, Series, axis, frame_of, line
from views.words import figure_words, for_plot, period_words, resting_words

ACROSS = 3


def panels(metric: Metric, grain: str, series: Sequence[Series]) -> Figure:
    """A panel for each series; what may not be judged yet is hollow. The panel's head says the latest that can be."""
    down = -(-len(series) // ACROSS)
    height = 0.72 / down
    figure = frame_of([], {})
    layout = figure["layout"]
    layout |= {"height": 70 + 195 * down, "margin": {"l": 52, "r": 12, "t": 24, "b": 30}, "annotations": []}
    top = max((value.value or 0 for one in series for value in one.values), default=1)
    for at, one in enumerate(series):
        number = "" if at == 0 else str(at + 1)
        left, upper = (at % ACROSS) / ACROSS, 1 - (at // ACROSS) / down
        layout[f"xaxis{number}"] = {
            "domain": [left, left + 0.29], "anchor": f"y{number}", "showgrid": False, "linecolor": GRID,
            "nticks": 4, "tickfont": {"size": 11},
        }  # fmt: skip
        layout[f"yaxis{number}"] = {
            "domain": [upper - height - 0.06, upper - 0.06 - 0.08 / down], "anchor": f"x{number}", "range": [0, top * 1.08], 
            "gridcolor": GRID, "zeroline": False, "nticks": 4, "showticklabels": at % ACROSS == 0, "tickfont": {"size": 11},
        } | axis(metric)  # fmt: skip
        settled = [value for value in one.values if value.status in ("final", "too_few")]
        waiting = [value for value in one.values if value.status == "provisional"]
        lines = [line(metric, grain, one.name, settled)]
        if waiting:
            lines.append(line(metric, grain, one.name, settled[-1:] + waiting, hollow_from=len(settled[-1:])))
        figure["data"] += [drawn | {"xaxis": f"x{number}", "yaxis": f"y{number}"} for drawn in lines]
        latest = settled[-1] if settled else None
        words = (
            f"{period_words(grain, latest.period)}: {figure_words(metric, latest)}<br>{resting_words(metric, latest)}"
            if latest
            else "none that can be judged yet"
        )
        layout["annotations"].append(
            {"xref": "paper", "yref": "paper", "x": left, "y": upper - 0.05, "xanchor": "left", "yanchor": "bottom", "showarrow": False,
             "align": "left", "text": f"<b>{for_plot(one.name)}</b><br>{words}", "font": {"size": 12}}
        )  # fmt: skip
    return figure
