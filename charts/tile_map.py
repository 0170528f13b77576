"""Tile map: a square for each force about where it lies, shaded by the fifth of forces that its
figure is in. A country drawn to scale would show acres, not forces.
"""

from collections.abc import Sequence

from charts.base import Figure, frame_of
from charts.escaping import for_plot
from charts.theme import DARK, FIFTHS, NOT_HELD, ORANGE, WHITE
from charts.time_series import _hover
from metrics.contracts import Metric, Value
from metrics.reference import reference

DARKER = 3  # the first fifth on which the name is white
SIDE = 46  # pixels of a tile


def tile_map(metric: Metric, rows: Sequence[tuple[str, Value]], ours: str) -> Figure:
    """A square for each force of England and Wales, our own with a frame; grey where a force has no
    figure.
    """
    fifths = fifth_of(rows)
    values = dict(rows)
    tiles = reference("force_tile")
    names = [row["force_name"] for row in tiles]
    trace = {
        "type": "scatter",
        "mode": "markers+text",
        "x": [int(row["across"]) for row in tiles],
        "y": [-int(row["down"]) for row in tiles],
        "text": [for_plot(row["short"]) for row in tiles],
        "textfont": {
            "size": 12,
            "color": [WHITE if fifths.get(name, 0) >= DARKER else DARK for name in names],
        },
        "marker": {
            "symbol": "square",
            "size": SIDE,
            "color": [FIFTHS[fifths[name]] if name in fifths else NOT_HELD for name in names],
            "line": {
                "width": [3 if name == ours else 0 for name in names],
                "color": [ORANGE if name == ours else WHITE for name in names],
            },
        },
        "customdata": [
            f"{for_plot(name)}<br>{_hover(metric, values[name]) if name in values else 'no figure'}"
            for name in names
        ],
        "hovertemplate": "%{customdata}<extra></extra>",
    }
    figure = frame_of([trace], {})
    hidden = {"visible": False, "fixedrange": True}
    figure["layout"] |= {
        "height": 9 * (SIDE + 4) + 20,
        "margin": {"l": 10, "r": 10, "t": 10, "b": 10},
        "xaxis": hidden | {"range": [-0.6, 8.6], "constrain": "domain"},
        "yaxis": hidden | {"range": [-8.6, 0.6], "constrain": "domain", "scaleanchor": "x"},
    }
    return figure


def fifth_of(rows: Sequence[tuple[str, Value]]) -> dict[str, int]:
    """For each force the fifth of forces it is in by its figure, 0 the lowest; equal figures are in
    one fifth.
    """
    ordered = sorted(value.value for _, value in rows if value.value is not None)
    return {
        name: min(5 * ordered.index(value.value) // len(ordered), 4)
        for name, value in rows
        if value.value is not None
    }
