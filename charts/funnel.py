"""Funnel plot: each force by its number of cases and its rate, between limits that narrow as cases
grow.
"""

from collections.abc import Sequence
from typing import Any

from charts.base import Figure, frame_of
from charts.escaping import for_plot
from charts.theme import GREY, OTHER_IN_FUNNEL, OURS
from metrics.contracts import Value
from metrics.statistics.funnel import Funnel


def funnel_chart(rows: Sequence[tuple[str, Value]], ours: str, funnel: Funnel) -> Figure:
    """Each force by its number of cases and its rate, between limits that narrow as cases grow."""
    top = max(value.denominator or 1 for _, value in rows)
    least = max(min(value.denominator or 1 for _, value in rows) * 0.7, 5)
    sizes = [round(least + (top - least) * (at / 60) ** 2) for at in range(61)]
    traces: list[dict[str, Any]] = []
    for level, dash in ((0.95, "dot"), (0.998, "dash")):
        bounds = [funnel.limits(size, level) for size in sizes]
        for side in (0, 1):
            traces.append(
                {
                    "type": "scatter",
                    "mode": "lines",
                    "x": sizes,
                    "y": [min(max(bound[side], 0.0), 1.0) for bound in bounds],
                    "line": {"color": GREY, "width": 1, "dash": dash},
                    "hoverinfo": "skip",
                }
            )
    traces.append(
        {
            "type": "scatter",
            "mode": "lines",
            "x": [0, top],
            "y": [funnel.centre] * 2,
            "line": {"color": GREY, "width": 1},
        }
    )
    for is_ours in (False, True):
        chosen = [(name, value) for name, value in rows if (name == ours) is is_ours]
        traces.append(
            {
                "type": "scatter",
                "mode": "markers+text" if is_ours else "markers",
                "x": [value.denominator for _, value in chosen],
                "y": [value.value for _, value in chosen],
                "text": [for_plot(name) for name, _ in chosen],
                "textposition": "top center",
                "marker": {
                    "size": 11 if is_ours else 8,
                    "color": OURS if is_ours else OTHER_IN_FUNNEL,
                },
                "hovertemplate": "%{text}<br>%{y:.1%} of %{x:,}<extra></extra>",
            }
        )
    figure = frame_of(traces, {"tickformat": ".0%"})
    figure["layout"]["xaxis"] |= {
        "title": {"text": "cases", "font": {"size": 13}},
        "rangemode": "tozero",
    }
    figure["layout"]["margin"] |= {"r": 20, "b": 56}
    return figure
