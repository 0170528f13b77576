"""Bars: shares that fill 100 %, and counts stacked by reason."""

from collections.abc import Sequence
from textwrap import wrap

from charts.base import Figure, frame_of
from charts.escaping import for_plot
from charts.theme import STACKED


def stack(periods: Sequence[str], parts: Sequence[tuple[str, Sequence[float | None]]]) -> Figure:
    """Shares that fill 100 %, one bar a period (or a place); every part named
    in the legend above.
    """
    names = ["<br>".join(wrap(period, 17)) for period in periods]
    percents = [
        (name, [None if share is None else share * 100 for share in shares])
        for name, shares in parts
    ]
    figure = _stacked(names, percents, "%{y:.1f} %", {"range": [0, 100], "ticksuffix": " %"})
    figure["layout"] |= {"bargap": 0.18, "margin": {"l": 56, "r": 16, "t": 70, "b": 40}}
    figure["layout"]["legend"] |= {"traceorder": "normal", "font": {"size": 13}}
    figure["layout"]["xaxis"] |= {"nticks": 13, "tickangle": 0, "automargin": True}
    return figure


def bars(names: Sequence[str], parts: Sequence[tuple[str, Sequence[int]]]) -> Figure:
    """Counts stacked by reason, one bar a name; every reason named in the legend above."""
    figure = _stacked([for_plot(one) for one in names], parts, "%{y:,}", {"tickformat": ",d"})
    figure["layout"] |= {
        "height": 280,
        "bargap": 0.5,
        "margin": {"l": 56, "r": 16, "t": 60, "b": 40},
    }
    figure["layout"]["legend"]["font"] = {"size": 12}
    return figure


def _stacked(
    names: Sequence[str],
    parts: Sequence[tuple[str, Sequence[float | None]]],
    shown: str,
    yaxis: Figure,
) -> Figure:
    """Bars of parts on top of each other; `shown` is how the hover text writes a part.

    `names` are safe for Plotly already.
    """
    traces = [
        {
            "type": "bar",
            "name": for_plot(name),
            "x": list(names),
            "y": list(sizes),
            "marker": {"color": STACKED[at % len(STACKED)], "line": {"width": 0}},
            "hovertemplate": f"{for_plot(name)}<br>%{{x}}: {shown}<extra></extra>",
        }
        for at, (name, sizes) in enumerate(parts)
    ]
    figure = frame_of(traces, yaxis)
    figure["layout"] |= {
        "barmode": "stack",
        "showlegend": True,
        "legend": {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
    }
    figure["layout"]["xaxis"]["type"] = "category"
    return figure
