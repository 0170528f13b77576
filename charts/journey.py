"""The journey of a cohort as falling bars: how many came so far, and below, how the others left."""

from textwrap import wrap

from charts.base import Figure, frame_of
from charts.escaping import for_plot
from charts.theme import OURS, PALE, TEXT
from metrics.cohort_journey import Journey, Stage
from metrics.wording import share

WIDEST = 16  # characters of a line of words under a bar: seven bars fit a page 768 wide


def falling_bars(journey: Journey) -> Figure:
    """A bar for each stage; pale where too few charged crimes are named by a court case."""
    first = journey.stages[0].count
    wrapped = [_lines(one.name) for one in journey.stages]
    tallest = max(map(len, wrapped))
    names = [f"<b>{'<br>'.join(map(for_plot, lines))}</b>" for lines in wrapped]
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
    figure["layout"]["xaxis"] |= {"tickangle": 0}
    figure["layout"] |= {
        "height": 313 + 17 * (deepest + tallest),
        "margin": {"l": 10, "r": 10, "t": 50, "b": 33 + 17 * (deepest + tallest)},
        "annotations": [
            {
                "x": names[at],
                "y": 0,
                "yref": "paper",
                "yanchor": "top",
                "yshift": -13 - 17 * tallest,
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
    return [for_plot(line) for words, count in left for line in _lines(f"−{count:,} {words}")]


def _lines(words: str) -> list[str]:
    """Words in lines short enough for a bar."""
    return wrap(words, WIDEST, break_long_words=False, break_on_hyphens=False)
