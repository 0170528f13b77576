"""Charts as plain dictionaries for Plotly: wide, quiet, labelled at the line's end.

No plotly.express.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from charts.base import Figure, frame_of
from charts.control_chart import control_lines, signal_marks
from charts.escaping import for_plot
from charts.reading import axis_range
from charts.theme import DARK, OURS, TEXT, WHITE
from metrics.contracts import Metric, Value
from metrics.events import Event
from metrics.periods import end_of
from metrics.statistics.signals import Judged
from metrics.wording import amount, figure_words, interval_words, period_words, resting_words

FEW = 6  # periods, each of which has its mark on the axis
LABEL = 60  # characters of an event that fit above a chart
# the width of one of them, and where the margin on the right ends, as shares of a chart's width
LETTER, EDGE = 0.0085, 1.09

SETTLED = ("final", "too_few", "suppressed")  # the last two are gaps in a line


@dataclass(frozen=True)
class Series:
    """One line of a chart, over periods."""

    name: str
    values: Sequence[Value]


def trend(
    metric: Metric,
    grain: str,
    series: Series,
    events: Sequence[Event] = (),
    judged: Judged | None = None,
) -> Figure:
    """A line over periods, with its control limits where it has them; then it takes the room that
    it needs, and its axis need not begin at 0.

    What may not be judged yet is hollow, dotted, named in words.
    """
    shown = [value for value in series.values if value.value is not None]
    settled = [value for value in series.values if value.status in SETTLED]
    waiting = [value for value in shown if value.status == "provisional"]
    limits = control_lines(judged) if judged is not None else []
    traces = [*(limits or _band(metric, settled)), line(metric, grain, series.name, settled)]
    if waiting:
        traces.append(
            line(metric, grain, series.name, settled[-1:] + waiting, hollow_from=len(settled[-1:]))
        )
    if judged is not None and limits:
        traces.append(signal_marks(judged))
    figure = frame_of(traces, axis(metric))
    figure["layout"]["xaxis"] |= time_axis(grain, [one.period for one in shown if one.period])
    if limits and judged is not None:
        levels = [value.value or 0.0 for value in shown]
        levels += [level for one in limits for level in one["y"]]
        if (span := axis_range(metric, levels)) is not None:
            figure["layout"]["yaxis"] |= {"range": list(span)}
    ends = [value for value in settled if value.value is not None][-1:] + waiting[-1:]
    figure["layout"]["annotations"] = [_end_note(metric, one, one is ends[-1]) for one in ends]
    mark_events(figure, events, [value.period for value in series.values if value.period])
    return figure


def mark_target(figure: Figure, metric: Metric, target: float) -> None:
    """A plain line with its label at the left, above it."""
    words = amount(metric.unit, target)
    span = figure["layout"]["yaxis"].get("range")
    if span is not None and not span[0] < target < span[1]:
        wider = axis_range(metric, [*span, target]) or (0.0, max(span[1], target) * 1.05)
        figure["layout"]["yaxis"]["range"] = list(wider)
    line = {"color": DARK, "width": 1.4}
    figure["layout"].setdefault("shapes", []).append(
        {
            "type": "line",
            "xref": "paper",
            "x0": 0,
            "x1": 1,
            "y0": target,
            "y1": target,
            "line": line,
        }
    )
    figure["layout"]["annotations"].append(
        {
            "xref": "paper",
            "x": 0.005,
            "y": target,
            "xanchor": "left",
            "yanchor": "bottom",
            "showarrow": False,
            "text": f"target {words}",
            "font": {"size": 12, "color": DARK},
        }
    )


def time_axis(grain: str, periods: Sequence[date]) -> Figure:
    """A time axis that ends where the data end, with a mark for a period at most; a single point
    stands in its middle.
    """
    if not periods:
        return {}
    first, last = min(periods), max(periods)
    room = max((end_of(grain, last) - first).days // 40, 10) if grain != "all" else 10
    if first == last:
        room = 45
    step = {"month": "M1", "quarter": "M3", "year": "M12"}.get(grain)
    span = {"range": [str(first - timedelta(days=room)), str(last + timedelta(days=room))]}
    return span | ({"dtick": step, "tickformat": "%b %Y"} if len(periods) < FEW and step else {})


def axis(metric: Metric) -> Figure:
    """How the value axis of a metric is written."""
    return (
        {"tickformat": ".0%"}
        if metric.unit == "rate"
        else {"ticksuffix": f" {metric.unit}" if metric.unit in ("days", "months") else ""}
    )


def _hover(metric: Metric, value: Value) -> str:
    between = interval_words(metric, value)
    return (
        f"{figure_words(metric, value)}{f' ({between})' if between else ''}, "
        f"{resting_words(metric, value)}"
    )


def line(
    metric: Metric, grain: str, name: str, values: Sequence[Value], hollow_from: int | None = None
) -> Figure:
    """One line; from `hollow_from` on its marks are hollow and it is dotted.

    A period without a value breaks it.
    """
    values = _broken(grain, values)
    is_open, colour = hollow_from is not None, OURS
    fills = (
        [colour if at < (hollow_from or 0) else WHITE for at in range(len(values))]
        if is_open
        else colour
    )
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": for_plot(name),
        "x": [value.period.isoformat() if value.period else None for value in values],
        "y": [value.value for value in values],
        "line": {
            "color": colour,
            "width": 1.2 if is_open else 2.4,
            "dash": "dot" if is_open else "solid",
        },
        "marker": {
            "size": 7 if is_open else 6,
            "color": fills,
            "line": {"color": colour, "width": 1.5},
        },
        "customdata": [
            f"{period_words(grain, value.period)}: {_hover(metric, value)}"
            + ("<br>not final" if value.status == "provisional" else "")
            for value in values
        ],
        "hovertemplate": f"{for_plot(name)}<br>%{{customdata}}<extra></extra>",
    }


def _broken(grain: str, values: Sequence[Value]) -> list[Value]:
    """The values, with one that shows nothing wherever a period is missing."""
    found: list[Value] = []
    for value in values:
        last = found[-1].period if found else None
        if last and value.period and end_of(grain, last) < value.period:
            gap: dict[str, object] = dict.fromkeys(("value", "lower", "upper"))
            found.append(value.model_copy(update=gap | {"period": end_of(grain, last)}))
        found.append(value)
    return found


def _band(metric: Metric, values: Sequence[Value]) -> list[Figure]:
    """The interval as a pale band behind the line, broken where the line is."""
    if metric.shape in ("gap", "window"):
        return []
    runs = groupby(values, lambda one: None not in (one.lower, one.upper, one.period))
    return [edge for is_bounded, run in runs if is_bounded for edge in _band_of(list(run))]


def _band_of(run: Sequence[Value]) -> list[Figure]:
    edge = {
        "type": "scatter",
        "mode": "lines",
        "x": [value.period.isoformat() for value in run if value.period],
        "line": {"width": 0},
        "hoverinfo": "skip",
    }
    fill = {"fill": "tonexty", "fillcolor": "rgba(18,67,109,0.09)"}
    return [
        edge | {"y": [value.lower for value in run]},
        edge | {"y": [value.upper for value in run]} | fill,
    ]


def _end_note(metric: Metric, value: Value, is_last: bool) -> Figure:
    """What a line ends in: the last final figure, and after it that later ones are open."""
    pending = "still open" if metric.basis == "recorded" else "not over yet"
    return {
        "x": value.period.isoformat() if value.period else None,
        "y": value.value,
        "showarrow": False,
        "xanchor": "left" if is_last else "center",
        "xshift": 9 if is_last else 0,
        "yshift": 0 if is_last else 14,
        "text": pending if value.status == "provisional" else figure_words(metric, value),
        "font": {"color": TEXT, "size": 12},
    }


def mark_events(figure: Figure, events: Sequence[Event], periods: Sequence[date]) -> None:
    """A thin upright line with its words at the top, for events within the time shown."""
    if not periods:
        return
    first, last = min(periods), max(periods)
    shown = sorted(
        (event for event in events if first <= event.day <= last), key=lambda event: event.day
    )
    levels: list[
        float
    ] = []  # where the last label of each row of labels ends, as a share of the width
    for event in shown:
        words = event.words if len(event.words) <= LABEL else f"{event.words[: LABEL - 1]}…"
        start = (event.day - first).days / max((last - first).days, 1)
        width = len(words) * LETTER
        is_late = start + width > EDGE  # it would be cut on the right, and stands left of its line
        begin = start - width if is_late else start
        level = next((at for at, end in enumerate(levels) if end <= begin), len(levels))
        levels[level : level + 1] = [begin + width]
        day = event.day.isoformat()
        line = {"color": DARK, "width": 1}
        figure["layout"].setdefault("shapes", []).append(
            {
                "type": "line",
                "x0": day,
                "x1": day,
                "yref": "paper",
                "y0": 0,
                "y1": 1.03,
                "line": line,
            }
        )
        figure["layout"]["annotations"].append(
            {
                "x": day,
                "yref": "paper",
                "y": 1.03,
                "yanchor": "bottom",
                "xanchor": "right" if is_late else "left",
                "showarrow": False,
                "yshift": 15 * level,
                "text": for_plot(words),
                "font": {"size": 11},
            }
        )
    if len(levels) > 1:
        figure["layout"]["margin"] |= {
            "t": figure["layout"]["margin"]["t"] + 15 * (len(levels) - 1)
        }
        figure["layout"]["height"] = figure["layout"]["height"] + 15 * (len(levels) - 1)
