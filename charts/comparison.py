"""Two or a few groups side by side over time: each line named at its end, ours dark, the others
pale.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from charts.base import Figure, frame_of
from charts.escaping import for_plot
from charts.theme import BESIDE_OURS, OURS, TEXT
from charts.time_series import axis, mark_events
from metrics.contracts import Metric
from metrics.events import Event
from metrics.statistics.intervals import wilson
from metrics.wording import period_words, share

Points = Sequence[tuple[date, tuple[int, int]]]


def sides_chart(
    metric: Metric,
    sides: Sequence[tuple[str, Points]],
    events: Sequence[Event] = (),
    grain: str = "quarter",
) -> Figure:
    """Rates by period, a line for each side with its band; the first is ours."""
    traces, notes = [], []
    for at, (name, points) in enumerate(sides):
        shown = [(day, one, out_of) for day, (one, out_of) in points if out_of]
        colour = OURS if at == 0 else BESIDE_OURS[(at - 1) % len(BESIDE_OURS)]
        traces.append(
            {
                "type": "scatter",
                "mode": "lines+markers",
                "name": for_plot(name),
                "x": [day.isoformat() for day, _, _ in shown],
                "y": [one / out_of for _, one, out_of in shown],
                "line": {"color": colour, "width": 2.4 if at == 0 else 1.8},
                "marker": {"size": 6, "color": colour},
                "customdata": [
                    f"{period_words(grain, day)}: {_hover(one, out_of)}"
                    for day, one, out_of in shown
                ],
                "hovertemplate": f"{for_plot(name)}<br>%{{customdata}}<extra></extra>",
            }
        )
        if shown:
            day, one, out_of = shown[-1]
            notes.append(
                {
                    "x": day.isoformat(),
                    "y": one / out_of,
                    "showarrow": False,
                    "xanchor": "left",
                    "xshift": 9,
                    "text": for_plot(name),
                    "font": {"color": colour if at == 0 else TEXT, "size": 12},
                }
            )
    figure = frame_of(traces, axis(metric))
    figure["layout"]["margin"] |= {"r": 170}
    figure["layout"]["annotations"] = _apart(notes)
    days = sorted(day for _, points in sides for day, _ in points)
    if days:
        figure["layout"]["xaxis"]["range"] = [
            (days[0] - timedelta(days=40)).isoformat(),
            (days[-1] + timedelta(days=40)).isoformat(),
        ]
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
