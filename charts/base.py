"""The quiet frame that every chart stands in, as a plain dictionary for Plotly."""

from typing import Any

from charts.theme import GRID, TEXT, WHITE

Figure = dict[str, Any]


def frame_of(traces: list[Figure], yaxis: Figure) -> Figure:
    """The quiet frame that every chart stands in."""
    return {
        "data": traces,
        "layout": {
            "height": 340,
            "margin": {"l": 56, "r": 90, "t": 34, "b": 40},
            "showlegend": False,
            "hovermode": "closest",
            "font": {
                "family": "'Source Sans', Arial, Helvetica, sans-serif",
                "size": 13,
                "color": TEXT,
            },
            "plot_bgcolor": WHITE,
            "paper_bgcolor": WHITE,
            "xaxis": {"showgrid": False, "linecolor": GRID, "ticks": "outside", "tickcolor": GRID},
            "yaxis": {"gridcolor": GRID, "zeroline": False, "rangemode": "tozero"} | yaxis,
        },
    }
