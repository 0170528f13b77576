"""The journey of a cohort as falling bars: how many came so far, and below, how the others left."""

from charts.base import Figure, frame_of
from charts.escaping import for_plot
from charts.theme import OURS, PALE, TEXT
from metrics.cohort_journey import Journey, Stage
from metrics.wording import share

WIDEST = 26  # characters of a line of words under a bar


def falling_bars(journey: Journey) -> Figure:
    """A bar for each stage; pale where too few charged crimes are named by a court case."""
    first = journey.stages[0].count
    names = [f"<b>{for_plot(one.name)}</b>" for one in journey.stages]
    bars = {
        "type": "bar",
        "x": names,
        "y": [one.count for one in journey.stages],
        "marker": {"color": [PALE if one.is_doubtful else OURS for one in journey.stages]},
        "text": [f"<b>{one.count:,}</b><br>{share(one.count / first)}" for one in journey.stages],
        "textposition": "outside",
        "cliponaxis": False,
        "hoverinfo": "skip",
        "width": 0.62,
    }
    figure = frame_of([bars], {"showticklabels": False, "showgrid": False})
    left = ["<br>".join(_under(one)) for one in journey.stages]
    deepest = max(words.count("<br>") + 1 if words else 0 for words in left)
    figure["layout"] |= {
        "height": 330 + 17 * deepest,
        "margin": {"l": 10, "r": 10, "t": 50, "b": 50 + 17 * deepest},
        "annotations": [
            {
                "x": names[at],
                "y": 0,
                "yref": "paper",
                "yanchor": "top",
                "yshift": -30,
                "showarrow": False,
                "text": words,
                "font": {"size": 12, "color": TEXT},
            }
            for at, words in enumerate(left)
            if words
        ],
    }
    return figure


def _under(stage: Stage) -> list[str]:
    """The lines under a bar: how long it took, and how the others left."""
    took = [] if stage.days is None else [f"<i>median {stage.days:,} days</i>"]
    return [*took, *_wrapped(stage.left)]


def _wrapped(left: tuple[tuple[str, int], ...]) -> list[str]:
    """How the others left, in lines short enough for a bar."""
    lines: list[str] = []
    for words, count in left:
        line = f"−{count:,}"
        for word in words.split():
            if len(line) + 1 + len(word) > WIDEST:
                lines.append(line)
                line = word
            else:
                line = f"{line} {word}"
        lines.append(line)
    return [for_plot(line) for line in lines]
