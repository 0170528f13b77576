"""Waits between rare events: a mark for each, with centre and upper limit of their g-chart."""

from collections.abc import Sequence
from datetime import date

from charts.base import Figure, frame_of
from charts.theme import DARK, OURS, WHITE
from metrics.statistics.control_charts import GChart, event_gaps
from metrics.wording import day_words


def waits(events: Sequence[date], chart: GChart, until: date) -> Figure:
    """Days since the event before, at each distinct day of events; hollow: the wait that goes on
    at `until`.
    """
    days = sorted(set(events))
    gaps = event_gaps(days)
    traces = [_level("upper limit", chart.upper, days, "dash")]
    traces.append(_level("centre", chart.centre, days, "solid"))
    traces.append(_marks(days[1:], gaps, OURS))
    traces.append(_marks([until], [(until - days[-1]).days], WHITE))
    figure = frame_of(traces, {"ticksuffix": " days"})
    figure["layout"]["annotations"] = [
        {
            "x": 1,
            "xref": "paper",
            "y": level,
            "xanchor": "left",
            "xshift": 6,
            "showarrow": False,
            "text": words,
            "font": {"size": 12, "color": DARK},
        }
        for words, level in (("upper limit", chart.upper), ("half are shorter", chart.centre))
    ]
    figure["layout"] |= {"height": 260, "margin": {"l": 64, "r": 110, "t": 16, "b": 36}}
    return figure


def _level(name: str, level: float, days: Sequence[date], dash: str) -> Figure:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "x": [days[0].isoformat(), days[-1].isoformat()],
        "y": [level, level],
        "line": {"color": DARK, "width": 1, "dash": dash},
        "hoverinfo": "skip",
    }


def _marks(days: Sequence[date], gaps: Sequence[int], fill: str) -> Figure:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [day.isoformat() for day in days],
        "y": list(gaps),
        "marker": {"size": 7, "color": fill, "line": {"color": OURS, "width": 1.5}},
        "text": [
            f"{day_words(day)}: {gap} days since the one before"
            for day, gap in zip(days, gaps, strict=True)
        ],
        "hovertemplate": "%{text}<extra></extra>",
    }
