"""Two or a few groups side by side over time: each line named at its end, ours dark, the others pale."""

from collections.abc import Sequence
from datetime import date, timedelta

from metrics.contracts import Metric
from metrics.intervals import wilson
from views.blank import TEXT, Figure, frame_of
from views.charts import OURS, Event, axis, mark_events
from views.words import for_plot, period_words, share

OTHERS = ("#7C8791", "#28A197", "#801650", "#F46A25")
Points = Sequence[tuple[date, tuple[int, int]]]


def sides_chart(metric: Metric, sides: Sequence[tuple[str, Points]], events: Sequence[Event] = (), grain: str = "quarter") -> Figure:
    """Rates by period, a line for each side with its band; the first is ours."""
    traces, notes = [], []
    for at, (name, points) in enumerate(sides):
        shown = [(day, one, out_of) for day, (one, out_of) in points if out_of]
        colour = OURS if at == 0 else OTHERS[(at - 1) % len(OTHERS)]
        traces.append(
            {
                "type": "scatter", "mode": "lines+markers", "name": for_plot(name), "x": [day.isoformat() for day, _, _ in shown],
                "y": [one / out_of for _, one, out_of in shown], "line": {"color": colour, "width": 2.4 if at == 0 else 1.8},
                "marker": {"size": 6, "color": colour},
                "customdata": [f"{period_words(grain, day)}: {_hover(one, out_of)}" for day, one, out_of in shown],
                "hovertemplate": f"{for_plot(name)}<br>%{{customdata}}<extra></extra>",
            }
        )  # fmt: skip
        if shown:
            day, one, out_of = shown[-1]
            notes.append(
                {"x": day.isoformat(), "y": one / out_of, "showarrow": False, "xanchor": "left", "xshift": 9, "text": for_plot(name),
                 "font": {"color": colour if at == 0 else TEXT, "size": 12}}
            )  # fmt: skip
    figure = frame_of(traces, axis(metric))
    figure["layout"]["margin"] |= {"r": 170}
    figure["layout"]["annotations"] = _apart(notes)
    days = sorted(day for _, points in sides for day, _ in points)
    if days:
        figure["layout"]["xaxis"]["range"] = [(days[0] - timedelta(days=40)).isoformat(), (days[-1] + timedelta(days=40)).isoformat()]
    mark_events(figure, events, days)
    return figure


def _hover(one: int, out_of: int) -> str:
    low, high = wilson(one, out_of) or (0.0, 0.0)
    return f"{share(one / out_of)} ({low * 100:.1f}–{high * 100:.1f}), {one:,} of {out_of:,}"


def _apart(notes: list[Figure]) -> list[Figure]:
    """Names at the lines' ends that would overlap are moved apart."""
    ordered = sorted(notes, key=lambda note: note["y"])
    top = max((note["y"] for note in notes), default=1.0) or 1.0
    for below, above in zip(ordered, ordered[1:], strict=False):
        gap = (above["y"] - below["y"]) / top * 260
        if gap < 16:
            above["yshift"] = below.get("yshift", 0) + 16 - max(gap, 0)
    return notes
