"""Charts as plain dictionaries for Plotly: wide, quiet, labelled at the line's end. No plotly.express."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from textwrap import wrap

from metrics.contracts import Metric, Value
from metrics.signals import Judged
from views.blank import GRID, TEXT, Figure, frame_of
from views.limits import control_lines, signal_marks
from views.words import day_words, days, figure_words, for_plot, interval_words, period_words, resting_words, share

OURS, TURQUOISE, PINK, ORANGE, DARK, PURPLE = "#12436D", "#28A197", "#801650", "#F46A25", "#3D3D3D", "#A285D1"
PALE = "#B4BCC4"
SETTLED = ("final", "too_few", "suppressed")  # the last two are gaps in a line
LABEL = 60  # characters of an event that fit above a chart
STACKED = (OURS, ORANGE, PINK, PURPLE, TURQUOISE, "#6F777B", PALE)


@dataclass(frozen=True)
class Series:
    """One line of a chart, over periods."""

    name: str
    values: Sequence[Value]


@dataclass(frozen=True)
class Event:
    """Something that happened on a day and may have moved the figures."""

    day: date
    words: str


def trend(metric: Metric, grain: str, series: Series, events: Sequence[Event] = (), judged: Judged | None = None) -> Figure:
    """A line over periods, with its control limits where it has them. What may not be judged yet is hollow, dotted, named in words."""
    shown = [value for value in series.values if value.value is not None]
    settled = [value for value in series.values if value.status in SETTLED]
    waiting = [value for value in shown if value.status == "provisional"]
    is_controlled = judged is not None and not judged.is_trial
    behind = control_lines(judged) if judged is not None and is_controlled else _band(metric, settled)
    traces = [*behind, line(metric, grain, series.name, settled)]
    if waiting:
        traces.append(line(metric, grain, series.name, settled[-1:] + waiting, hollow_from=len(settled[-1:])))
    if judged is not None and is_controlled:
        traces.append(signal_marks(judged))
    figure = frame_of(traces, axis(metric))
    figure["layout"]["annotations"] = [_end_note(metric, shown[-1])] if shown else []
    mark_events(figure, events, [value.period for value in series.values if value.period])
    return figure


def mark_target(figure: Figure, metric: Metric, target: float) -> None:
    """A plain line with its label at the left, above it."""
    words = share(target) if metric.unit == "rate" else days(target) if metric.unit == "days" else f"{target:,.0f}"
    line = {"color": DARK, "width": 1.4}
    figure["layout"].setdefault("shapes", []).append(
        {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": target, "y1": target, "line": line}
    )
    figure["layout"]["annotations"].append(
        {"xref": "paper", "x": 0.005, "y": target, "xanchor": "left", "yanchor": "bottom", "showarrow": False, "text": f"target {words}",
         "font": {"size": 12, "color": DARK}}
    )  # fmt: skip


def stack(periods: Sequence[str], parts: Sequence[tuple[str, Sequence[float | None]]]) -> Figure:
    """Shares that fill 100 %, one bar a period (or a place); every part named in the legend above."""
    names = ["<br>".join(wrap(period, 17)) for period in periods]
    percents = [(name, [None if share is None else share * 100 for share in shares]) for name, shares in parts]
    figure = _stacked(names, percents, "%{y:.1f} %", {"range": [0, 100], "ticksuffix": " %"})
    figure["layout"] |= {"bargap": 0.18, "margin": {"l": 56, "r": 16, "t": 70, "b": 40}}
    figure["layout"]["legend"] |= {"traceorder": "normal", "font": {"size": 13}}
    figure["layout"]["xaxis"] |= {"nticks": 13, "tickangle": 0, "automargin": True}
    return figure


def bars(names: Sequence[str], parts: Sequence[tuple[str, Sequence[int]]]) -> Figure:
    """Counts stacked by reason, one bar a name; every reason named in the legend above."""
    figure = _stacked([for_plot(one) for one in names], parts, "%{y:,}", {"tickformat": ",d"})
    figure["layout"] |= {"height": 280, "bargap": 0.5, "margin": {"l": 56, "r": 16, "t": 60, "b": 40}}
    figure["layout"]["legend"]["font"] = {"size": 12}
    return figure


def _stacked(names: Sequence[str], parts: Sequence[tuple[str, Sequence[float | None]]], shown: str, yaxis: Figure) -> Figure:
    """Bars of parts on top of each other; `shown` is how the hover text writes a part. `names` are safe for Plotly already."""
    traces = [
        {
            "type": "bar", "name": for_plot(name), "x": list(names), "y": list(sizes),
            "marker": {"color": STACKED[at % len(STACKED)], "line": {"width": 0}},
            "hovertemplate": f"{for_plot(name)}<br>%{{x}}: {shown}<extra></extra>",
        }
        for at, (name, sizes) in enumerate(parts)
    ]  # fmt: skip
    figure = frame_of(traces, yaxis)
    figure["layout"] |= {"barmode": "stack", "showlegend": True, "legend": {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0}}
    figure["layout"]["xaxis"]["type"] = "category"
    return figure


def dots(metric: Metric, rows: Sequence[tuple[str, Value]], ours: str) -> Figure:
    """One row a force: its value and interval, ours dark, the others pale; in order of value."""
    traces = []
    for is_ours, colour in ((False, PALE), (True, OURS)):
        chosen = [(name, value) for name, value in rows if (name == ours) is is_ours]
        traces.append(
            {
                "type": "scatter", "mode": "markers", "y": [for_plot(name) for name, _ in chosen],
                "x": [value.value for _, value in chosen], "marker": {"size": 9, "color": colour if is_ours else "#7C8791"},
                "error_x": {
                    "type": "data", "symmetric": False, "color": colour, "thickness": 2, "width": 0,
                    "array": [(value.upper or 0) - (value.value or 0) for _, value in chosen],
                    "arrayminus": [(value.value or 0) - (value.lower or 0) for _, value in chosen],
                },
                "customdata": [_hover(metric, value) for _, value in chosen],
                "hovertemplate": "%{y}<br>%{customdata}<extra></extra>",
            }
        )  # fmt: skip
    figure = frame_of(traces, {})
    figure["layout"] |= {"height": 90 + 19 * len(rows), "margin": {"l": 170, "r": 24, "t": 10, "b": 40}, "hovermode": "closest"}
    figure["layout"]["xaxis"] = {
        "tickformat": ".0%" if metric.unit == "rate" else None,
        "rangemode": "tozero",
        "gridcolor": GRID,
        "zeroline": False,
    }
    order = [for_plot(name) for name, _ in reversed(rows)]
    figure["layout"]["yaxis"] = {"categoryorder": "array", "categoryarray": order, "tickfont": {"size": 12}, "dtick": 1, "showgrid": False}
    return figure


def marks(days: Sequence[date], names: Sequence[str], kinds: Sequence[str]) -> Figure:
    """One upright mark for each order, on a time line."""
    traces = []
    for kind, colour, level in (("full", OURS, 1), ("interim", ORANGE, 0)):
        at = [index for index, one in enumerate(kinds) if one == kind]
        traces.append(
            {
                "type": "scatter", "mode": "markers", "name": f"{kind} order", "x": [days[index].isoformat() for index in at],
                "y": [level] * len(at), "marker": {"symbol": "line-ns", "size": 26, "line": {"width": 2, "color": colour}},
                "text": [f"{day_words(days[index])}, {for_plot(names[index])}" for index in at],
                "hovertemplate": "%{text}<extra></extra>",
            }
        )  # fmt: skip
    figure = frame_of(traces, {"range": [-0.6, 1.6], "tickvals": [0, 1], "ticktext": ["Interim", "Full"], "showgrid": False})
    figure["layout"] |= {"height": 190, "hovermode": "closest", "margin": {"l": 64, "r": 24, "t": 10, "b": 36}}
    return figure


def axis(metric: Metric) -> Figure:
    """How the value axis of a metric is written."""
    return {"tickformat": ".0%"} if metric.unit == "rate" else {"ticksuffix": " days" if metric.unit == "days" else ""}


def _hover(metric: Metric, value: Value) -> str:
    between = interval_words(metric, value)
    return f"{figure_words(metric, value)}{f' ({between})' if between else ''}, {resting_words(metric, value)}"


def line(metric: Metric, grain: str, name: str, values: Sequence[Value], hollow_from: int | None = None) -> Figure:
    """One line; from `hollow_from` on its marks are hollow and it is dotted."""
    is_open, colour = hollow_from is not None, OURS
    fills = [colour if at < (hollow_from or 0) else "#FFFFFF" for at in range(len(values))] if is_open else colour
    return {
        "type": "scatter", "mode": "lines+markers", "name": for_plot(name),
        "x": [value.period.isoformat() if value.period else None for value in values], "y": [value.value for value in values],
        "line": {"color": colour, "width": 1.2 if is_open else 2.4, "dash": "dot" if is_open else "solid"},
        "marker": {"size": 7 if is_open else 6, "color": fills, "line": {"color": colour, "width": 1.5}},
        "customdata": [f"{period_words(grain, value.period)}: {_hover(metric, value)}" for value in values],
        "hovertemplate": f"{for_plot(name)}<br>%{{customdata}}{'<br>not final' if is_open else ''}<extra></extra>",
    }  # fmt: skip


def _band(metric: Metric, values: Sequence[Value]) -> list[Figure]:
    """The interval as a pale band behind the line."""
    bounded = [value for value in values if value.lower is not None and value.upper is not None and value.period]
    if not bounded or metric.shape in ("gap", "window"):
        return []
    days = [value.period.isoformat() for value in bounded if value.period]
    edge = {"type": "scatter", "mode": "lines", "x": days, "line": {"width": 0}, "hoverinfo": "skip"}
    return [
        edge | {"y": [value.lower for value in bounded]},
        edge | {"y": [value.upper for value in bounded], "fill": "tonexty", "fillcolor": "rgba(18,67,109,0.09)"},
    ]


def _end_note(metric: Metric, value: Value) -> Figure:
    pending = "still open" if metric.basis == "recorded" else "not over yet"
    return {
        "x": value.period.isoformat() if value.period else None, "y": value.value, "showarrow": False, "xanchor": "left", "xshift": 9,
        "text": figure_words(metric, value) if value.status == "final" else pending, "font": {"color": TEXT, "size": 12},
    }  # fmt: skip


def mark_events(figure: Figure, events: Sequence[Event], periods: Sequence[date]) -> None:
    """A thin upright line with its words at the top, for events within the time shown."""
    if not periods:
        return
    first, last = min(periods), max(periods)
    shown = sorted((event for event in events if first <= event.day <= last), key=lambda event: event.day)
    levels: list[float] = []  # where the last label of each row of labels ends, as a share of the width
    for event in shown:
        words = event.words if len(event.words) <= LABEL else f"{event.words[: LABEL - 1]}…"
        start = (event.day - first).days / max((last - first).days, 1)
        level = next((at for at, end in enumerate(levels) if end <= start), len(levels))
        levels[level : level + 1] = [start + len(words) * 0.0085]
        day = event.day.isoformat()
        line = {"color": DARK, "width": 1}
        figure["layout"].setdefault("shapes", []).append(
            {"type": "line", "x0": day, "x1": day, "yref": "paper", "y0": 0, "y1": 1.03, "line": line}
        )
        figure["layout"]["annotations"].append(
            {"x": day, "yref": "paper", "y": 1.03, "yanchor": "bottom", "xanchor": "left", "showarrow": False, "yshift": 15 * level,
             "text": for_plot(words), "font": {"size": 11}}
        )  # fmt: skip
    if len(levels) > 1:
        figure["layout"]["margin"] |= {"t": figure["layout"]["margin"]["t"] + 15 * (len(levels) - 1)}
        figure["layout"]["height"] = figure["layout"]["height"] + 15 * (len(levels) - 1)
