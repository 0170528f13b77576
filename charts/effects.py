"""Effects with their intervals, a row each, beside the line at which there is none."""

from collections.abc import Sequence
from dataclasses import dataclass

from charts.base import Figure, frame_of
from charts.escaping import for_plot
from charts.theme import DARK, GRID, OTHER, OURS


@dataclass(frozen=True)
class EffectRow:
    """One effect, in points of a share, with its 95 % interval."""

    label: str
    detail: str  # on a line of its own, under the label
    value: float
    lower: float
    upper: float
    is_main: bool = False


def effects(rows: Sequence[EffectRow]) -> Figure:
    """The effects, the main one dark and on top."""
    colours = [OURS if row.is_main else OTHER for row in rows]
    trace = {
        "type": "scatter",
        "mode": "markers",
        "x": [row.value * 100 for row in rows],
        "y": [f"{for_plot(row.label)}<br>{for_plot(row.detail)}" for row in rows],
        "marker": {"size": 11, "color": colours},
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": [(row.upper - row.value) * 100 for row in rows],
            "arrayminus": [(row.value - row.lower) * 100 for row in rows],
            "color": OTHER,
            "thickness": 2,
            "width": 0,
        },
        "customdata": [f"{row.lower * 100:+.1f} to {row.upper * 100:+.1f}" for row in rows],
        "hovertemplate": "%{y}<br>%{x:+.1f} pts (%{customdata})<extra></extra>",
    }
    figure = frame_of([trace], {})
    reach = max(abs(end) * 100 for row in rows for end in (row.lower, row.upper)) * 1.15 or 1.0
    figure["layout"] |= {
        "height": 90 + 44 * len(rows),
        "margin": {"l": 290, "r": 24, "t": 10, "b": 44},
        "shapes": [
            {
                "type": "line",
                "x0": 0,
                "x1": 0,
                "yref": "paper",
                "y0": 0,
                "y1": 1,
                "line": {"color": DARK, "width": 1.2},
            }
        ],
    }
    figure["layout"]["xaxis"] = {
        "range": [-reach, reach],
        "ticksuffix": " pts",
        "gridcolor": GRID,
        "zeroline": False,
        "title": {"text": "less than elsewhere   ·   more than elsewhere", "font": {"size": 13}},
    }
    figure["layout"]["yaxis"] = {
        "autorange": "reversed",
        "showgrid": False,
        "dtick": 1,
        "automargin": True,
    }
    return figure
