"""Dots: a row for each force or group with its interval, and a mark for each
order on a time line.
"""

from collections.abc import Sequence
from datetime import date

from charts.base import Figure, frame_of
from charts.escaping import for_plot
from charts.theme import DARK, GRID, ORANGE, OTHER, OURS, PALE
from charts.time_series import _hover
from metrics.contracts import Metric, Value
from metrics.wording import amount, day_words


def dots(
    metric: Metric,
    rows: Sequence[tuple[str, Value]],
    ours: str,
    levels: Sequence[tuple[str, float]] = (),
) -> Figure:
    """One row a force: its value and interval, ours dark, the others pale; in order of value.
    `levels` are upright lines with a name: all forces together, those most similar.
    """
    traces = []
    for is_ours, colour in ((False, PALE), (True, OURS)):
        chosen = [(name, value) for name, value in rows if (name == ours) is is_ours]
        traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "y": [for_plot(name) for name, _ in chosen],
                "x": [value.value for _, value in chosen],
                "marker": {"size": 9, "color": colour if is_ours else OTHER},
                "error_x": {
                    "type": "data",
                    "symmetric": False,
                    "color": colour,
                    "thickness": 2,
                    "width": 0,
                    "array": [(value.upper or 0) - (value.value or 0) for _, value in chosen],
                    "arrayminus": [(value.value or 0) - (value.lower or 0) for _, value in chosen],
                },
                "customdata": [_hover(metric, value) for _, value in chosen],
                "hovertemplate": "%{y}<br>%{customdata}<extra></extra>",
            }
        )
    figure = frame_of(traces, {})
    figure["layout"] |= {
        "height": 90 + 19 * len(rows),
        "margin": {"l": 170, "r": 24, "t": 10, "b": 40},
        "hovermode": "closest",
    }
    figure["layout"]["xaxis"] = {
        "tickformat": ".0%" if metric.unit == "rate" else None,
        "rangemode": "tozero",
        "gridcolor": GRID,
        "zeroline": False,
    }
    _mark_levels(figure, metric, levels)
    order = [for_plot(name) for name, _ in reversed(rows)]
    figure["layout"]["yaxis"] = {
        "categoryorder": "array",
        "categoryarray": order,
        "tickfont": {"size": 12},
        "dtick": 1,
        "showgrid": False,
    }
    return figure


def _mark_levels(figure: Figure, metric: Metric, levels: Sequence[tuple[str, float]]) -> None:
    """An upright line for each level, its name and figure above it."""
    figure["layout"] |= {"shapes": [], "annotations": []}
    for place, (name, level) in enumerate(sorted(levels, key=lambda one: one[1])):
        line = {"color": DARK, "width": 1.2, "dash": "dot"}
        at = {"x0": level, "x1": level, "yref": "paper", "y0": 0, "y1": 1}
        figure["layout"]["shapes"].append({"type": "line", **at, "line": line})
        figure["layout"]["annotations"].append(
            {
                "x": level,
                "yref": "paper",
                "y": 1,
                "yanchor": "bottom",
                # the lower one to the left of its line, so that two near each other stay apart
                "xanchor": "right" if place == 0 and len(levels) > 1 else "left",
                "showarrow": False,
                "text": for_plot(f"{name} {amount(metric.unit, level)}"),
                "font": {"size": 12, "color": DARK},
            }
        )
    if levels:
        figure["layout"]["margin"] |= {"t": 34}


def marks(days: Sequence[date], names: Sequence[str], kinds: Sequence[str]) -> Figure:
    """One upright mark for each order, on a time line."""
    traces = []
    for kind, colour, level in (("full", OURS, 1), ("interim", ORANGE, 0)):
        at = [index for index, one in enumerate(kinds) if one == kind]
        traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": f"{kind} order",
                "x": [days[index].isoformat() for index in at],
                "y": [level] * len(at),
                "marker": {"symbol": "line-ns", "size": 26, "line": {"width": 2, "color": colour}},
                "text": [f"{day_words(days[index])}, {for_plot(names[index])}" for index in at],
                "hovertemplate": "%{text}<extra></extra>",
            }
        )
    figure = frame_of(
        traces,
        {
            "range": [-0.6, 1.6],
            "tickvals": [0, 1],
            "ticktext": ["Interim", "Full"],
            "showgrid": False,
        },
    )
    figure["layout"] |= {
        "height": 190,
        "hovermode": "closest",
        "margin": {"l": 64, "r": 24, "t": 10, "b": 36},
    }
    return figure
