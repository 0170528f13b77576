"""Value axis of a chart of a pack: where it begins and ends, and its step, in round numbers."""

from math import ceil, floor, log10

from packs.contents import Chart

MARKS = 5  # at most so many steps
NEAR = 0.55  # lines that stay above this share of their highest point need not begin at 0


def scale(chart: Chart) -> tuple[float, float, float]:
    """The lowest and the highest value of the axis, and the step between its marks.

    Bars and shares of a whole begin at 0; so does a line, unless it stays far above it.
    """
    if chart.kind == "stack":
        return 0.0, 1.0, 0.25
    known = [point for line in chart.lines for point in line.points if point is not None]
    top = max(known, default=0.0)
    if top <= 0:
        return 0.0, 1.0, 0.25
    low = min(known)
    begins = low if chart.kind == "line" and low > NEAR * top and low < top else 0.0
    step = _round_step(top - begins)
    first = floor(begins / step) * step if begins else 0.0
    last = ceil(round(top / step, 9)) * step
    if chart.unit == "rate" and first < 1.0 < last:
        last = 1.0
    return first, last, step


def _round_step(span: float) -> float:
    """The least of 1, 2, 2.5 and 5 of a power of ten of which so many make the span."""
    power = 10.0 ** floor(log10(span / MARKS))
    return next(one * power for one in (1, 2, 2.5, 5, 10) if one * power * MARKS >= span)


def spacing(many: int, most: int = 8) -> int:
    """Every how many categories one is named, so that `most` are."""
    return max(-(-many // most), 1)
