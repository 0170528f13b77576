"""What a control chart and a maturity chart draw beside their line, as plain dictionaries for
Plotly.
"""

from typing import Any

from charts.theme import GREY, OURS, TONES
from metrics.contracts import Value
from metrics.statistics.control_charts import Signal
from metrics.statistics.signals import Judged


def control_lines(judged: Judged) -> list[dict[str, Any]]:
    """The mean and the limits of a control chart, pale behind the line, of each phase that has
    limits; limits are cut to what a rate can be.
    """
    phases = [one for one in (*judged.earlier, judged) if not one.is_trial]
    return [line for phase in phases for line in _lines_of(phase)]


def _lines_of(judged: Judged) -> list[dict[str, Any]]:
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
    """The points that a rule fired on, in every phase by its own limits: a triangle up or down, in
    the colour of what it means.
    """
    points = [point for phase in (*judged.earlier, judged) for point in _marked(phase)]
    return {
        "type": "scatter",
        "mode": "markers",
        "hoverinfo": "skip",
        "x": [value.period.isoformat() if value.period else None for value, _, _ in points],
        "y": [value.value for value, _, _ in points],
        "marker": {
            "size": 11,
            "color": [colour for _, colour, _ in points],
            "symbol": [symbol for _, _, symbol in points],
        },
    }


def _marked(judged: Judged) -> list[tuple[Value, str, str]]:
    colours = TONES | {"none": OURS}
    at: dict[int, tuple[str, str]] = {}
    for signal in judged.chart.signals:
        look = (colours[judged.tone(signal)], "triangle-up" if signal.is_high else "triangle-down")
        at |= {
            place: look
            for place in range(signal.start, signal.end + 1)
            if _is_of(judged, signal, place)
        }
    return [(judged.values[place], *look) for place, look in at.items()]


def _is_of(judged: Judged, signal: Signal, place: int) -> bool:
    """Is this point one that the rule speaks of? Of two of three, only those beyond the line."""
    if signal.rule != "two_of_three":
        return True
    value, limit = judged.values[place].value or 0.0, judged.chart.limits[place]
    return value > limit.upper_third if signal.is_high else value < limit.lower_third
