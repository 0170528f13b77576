"""What a control chart and a maturity chart draw beside their line, as plain dictionaries for Plotly."""

from collections.abc import Sequence
from typing import Any

from metrics.contracts import Value
from metrics.control import Signal
from metrics.ranks import Funnel
from metrics.signals import Judged
from views.blank import Figure, frame_of
from views.words import for_plot

BETTER, WORSE, EITHER, PLAIN = "#0B6FB8", "#C25200", "#5B2A86", "#12436D"
GREY = "#6F777B"
COHORTS = ("#12436D", "#28A197", "#801650", "#F46A25", "#A285D1")


def control_lines(judged: Judged) -> list[dict[str, Any]]:
    """The mean and the limits of a control chart, pale behind the line; limits are cut to what a rate can be."""
    days = [value.period.isoformat() for value in judged.values if value.period]
    top = 1.0 if judged.metric.unit == "rate" else float("inf")
    lower = [max(limit.lower, 0.0) for limit in judged.chart.limits]
    upper = [min(limit.upper, top) for limit in judged.chart.limits]
    line = {"type": "scatter", "mode": "lines", "x": days, "hoverinfo": "skip"}
    edge = {"color": GREY, "width": 1, "dash": "dash"}
    return [
        line | {"y": lower, "line": edge},
        line | {"y": upper, "line": edge, "fill": "tonexty", "fillcolor": "rgba(18,67,109,0.06)"},
        line | {"y": [judged.chart.centre] * len(days), "line": {"color": GREY, "width": 1}},
    ]


def signal_marks(judged: Judged) -> dict[str, Any]:
    """The points that a rule fired on: a triangle up or down, in the colour of what it means."""
    colours = {"better": BETTER, "worse": WORSE, "neither": EITHER, "none": PLAIN}
    at: dict[int, tuple[str, str]] = {}
    for signal in judged.chart.signals:
        look = (colours[judged.tone(signal)], "triangle-up" if signal.is_high else "triangle-down")
        at |= {place: look for place in range(signal.start, signal.end + 1) if _is_of(judged, signal, place)}
    points = [(judged.values[place], *look) for place, look in at.items()]
    return {
        "type": "scatter", "mode": "markers", "hoverinfo": "skip",
        "x": [value.period.isoformat() if value.period else None for value, _, _ in points], "y": [value.value for value, _, _ in points],
        "marker": {"size": 11, "color": [colour for _, colour, _ in points], "symbol": [symbol for _, _, symbol in points]},
    }  # fmt: skip


def _is_of(judged: Judged, signal: Signal, place: int) -> bool:
    """Is this point one that the rule speaks of? Of two of three, only those beyond the line."""
    if signal.rule != "two_of_three":
        return True
    value, limit = judged.values[place].value or 0.0, judged.chart.limits[place]
    return value > limit.upper_third if signal.is_high else value < limit.lower_third


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
                {"type": "scatter", "mode": "lines", "x": sizes, "y": [min(max(bound[side], 0.0), 1.0) for bound in bounds],
                 "line": {"color": GREY, "width": 1, "dash": dash}, "hoverinfo": "skip"}
            )  # fmt: skip
    traces.append({"type": "scatter", "mode": "lines", "x": [0, top], "y": [funnel.centre] * 2, "line": {"color": GREY, "width": 1}})
    for is_ours in (False, True):
        chosen = [(name, value) for name, value in rows if (name == ours) is is_ours]
        traces.append(
            {
                "type": "scatter", "mode": "markers+text" if is_ours else "markers", "x": [value.denominator for _, value in chosen],
                "y": [value.value for _, value in chosen], "text": [for_plot(name) for name, _ in chosen], "textposition": "top center",
                "marker": {"size": 11 if is_ours else 8, "color": PLAIN if is_ours else "#9AA5AE"},
                "hovertemplate": "%{text}<br>%{y:.1%} of %{x:,}<extra></extra>",
            }
        )  # fmt: skip
    figure = frame_of(traces, {"tickformat": ".0%"})
    figure["layout"]["xaxis"] |= {"title": {"text": "cases", "font": {"size": 13}}, "rangemode": "tozero"}
    figure["layout"]["margin"] |= {"r": 20, "b": 56}
    return figure


def cohort_lines(lines: Sequence[tuple[str, Sequence[int], Sequence[float], bool]]) -> list[dict[str, Any]]:
    """Shares by days since recording, a line a cohort: (name, days, shares, is it still open). The newest stands out."""
    return [
        {
            "type": "scatter", "mode": "lines", "name": for_plot(name), "x": list(days), "y": list(shares),
            "line": {"color": COHORTS[at % len(COHORTS)], "width": 2.8 if at == 0 else 1.6, "shape": "hv",
                     "dash": "dot" if is_open else "solid"},
            "hovertemplate": f"{for_plot(name)}<br>day %{{x}}: %{{y:.1%}}<extra></extra>",
        }
        for at, (name, days, shares, is_open) in enumerate(lines)
    ]  # fmt: skip
