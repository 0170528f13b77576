"""Curves of cohorts: shares by days since recording, a line for each cohort."""

from collections.abc import Sequence
from typing import Any

from charts.base import Figure, frame_of
from charts.escaping import for_plot
from charts.theme import COHORTS


def figure_of(lines: list[dict[str, Any]]) -> Figure:
    """The figure of such lines: shares from 0, over the days since the crime was recorded."""
    figure = frame_of(lines, {"tickformat": ".0%", "rangemode": "tozero"})
    figure["layout"] |= {
        "showlegend": True,
        "legend": {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
    }
    figure["layout"]["xaxis"] |= {
        "title": {"text": "days since the crime was recorded", "font": {"size": 13}}
    }
    figure["layout"]["margin"] |= {"t": 60, "b": 60, "r": 20}
    return figure


def cohort_lines(
    lines: Sequence[tuple[str, Sequence[int], Sequence[float], bool]],
) -> list[dict[str, Any]]:
    """Shares by days since recording, a line a cohort: (name, days, shares, is it still open).

    The newest stands out.
    """
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "name": for_plot(name),
            "x": list(days),
            "y": list(shares),
            "line": {
                "color": COHORTS[at % len(COHORTS)],
                "width": 2.8 if at == 0 else 1.6,
                "shape": "hv",
                "dash": "dot" if is_open else "solid",
            },
            "hovertemplate": f"{for_plot(name)}<br>day %{{x}}: %{{y:.1%}}<extra></extra>",
        }
        for at, (name, days, shares, is_open) in enumerate(lines)
    ]


def forecast_lines(
    name: str, start: tuple[int, float], end: tuple[int, float], lower: float, upper: float
) -> list[dict[str, Any]]:
    """Where the newest line is heading: (day, share) now and then, with its interval then."""
    hover = f"{for_plot(name)}<br>heading for %{{y:.1%}} by day %{{x}}<extra></extra>"
    return [
        {
            "type": "scatter",
            "mode": "lines+markers",
            "name": for_plot(name),
            "x": [start[0], end[0]],
            "y": [start[1], end[1]],
            "line": {"color": COHORTS[0], "width": 1.2, "dash": "dash"},
            "marker": {"size": [0, 9], "symbol": "circle-open", "color": COHORTS[0]},
            "error_y": {
                "type": "data",
                "symmetric": False,
                "array": [0, upper - end[1]],
                "arrayminus": [0, end[1] - lower],
                "color": COHORTS[0],
                "thickness": 1.4,
            },
            "hovertemplate": hover,
        }
    ]
