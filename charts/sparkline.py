"""Sparkline: a trend line small enough for a row of a table, as an SVG picture."""

import base64
from collections.abc import Sequence

from charts.theme import BAND, OURS, PALE_LINE, WHITE
from metrics.contracts import Value

WIDTH, HEIGHT = 190, 44  # pixels


def count_line(counts: Sequence[int], usual: tuple[int, int] | None) -> str:
    """The same of plain counts, with their usual range as a band behind them."""
    if len(counts) < 2:
        return ""
    reach = [*counts, *(usual or ())]
    low, high = min(reach), max(reach)
    spread = (high - low) or 1

    def level(number: float) -> float:
        return float(6 + (high - number) / spread * (HEIGHT - 12))

    places = [
        (6 + at * (WIDTH - 12) / (len(counts) - 1), level(count)) for at, count in enumerate(counts)
    ]
    parts = []
    if usual:
        top, bottom = level(usual[1]), level(usual[0])
        parts.append(
            f"<rect x='6' width='{WIDTH - 12}' y='{top:.1f}' height='{bottom - top:.1f}' "
            f"fill='{BAND}'/>"
        )
    parts.append(_path(places, f"stroke='{OURS}' stroke-width='1.6'"))
    x, y = places[-1]
    parts.append(f"<circle cx='{x:.1f}' cy='{y:.1f}' r='4' fill='{OURS}'/>")
    return _picture(parts, WIDTH, HEIGHT)


def sparkline(values: Sequence[Value], width: int = WIDTH, height: int = HEIGHT) -> str:
    """The address of a picture (a `data:` URI) of a trend line; empty where it has no two points.

    Hollow points on a dotted line are still open.
    """
    shown = [value for value in values if value.value is not None]
    if len(shown) < 2:
        return ""
    numbers = [value.value or 0.0 for value in shown]
    low, high = min(numbers), max(numbers)
    spread = (high - low) or 1.0
    places = [
        (6 + at * (width - 12) / (len(shown) - 1), 6 + (high - number) / spread * (height - 12))
        for at, number in enumerate(numbers)
    ]
    settled = sum(value.status != "provisional" for value in shown)
    mean = sum(numbers[:settled]) / settled if settled else None
    parts = []
    if mean is not None:
        level = 6 + (high - mean) / spread * (height - 12)
        parts.append(
            f"<line x1='6' x2='{width - 6}' y1='{level:.1f}' y2='{level:.1f}' stroke='{PALE_LINE}' "
            "stroke-width='1'/>"
        )
    parts.append(_path(places[:settled], f"stroke='{OURS}' stroke-width='2'"))
    parts.append(
        _path(
            places[max(settled - 1, 0) :],
            f"stroke='{OURS}' stroke-width='1' stroke-dasharray='2 3'",
        )
    )
    if settled:
        parts.append(
            f"<circle cx='{places[settled - 1][0]:.1f}' cy='{places[settled - 1][1]:.1f}' r='4' "
            f"fill='{OURS}'/>"
        )
    parts += [
        f"<circle cx='{x:.1f}' cy='{y:.1f}' r='3' fill='{WHITE}' stroke='{OURS}'/>"
        for x, y in places[settled:]
    ]
    return _picture(parts, width, height)


def step_line(then: Value, now: Value) -> str:
    """The address of a picture of two figures on one scale: hollow then, filled beneath it now,
    each on its interval; empty where one of them is not shown.
    """
    if then.value is None or now.value is None:
        return ""
    both = [then, now]
    reach = [
        bound for one in both for bound in (one.value, one.lower, one.upper) if bound is not None
    ]
    low, spread = min(reach), (max(reach) - min(reach)) or 1.0

    def across(number: float) -> float:
        return 7 + (number - low) / spread * (WIDTH - 14)

    levels = (12, HEIGHT - 12)
    (x1, y1), (x2, y2) = (
        (across(one.value or 0.0), level) for one, level in zip(both, levels, strict=True)
    )
    parts = [
        f"<line x1='{across(one.lower):.1f}' x2='{across(one.upper):.1f}' y1='{level}' "
        f"y2='{level}' stroke='{colour}' stroke-width='2'/>"
        for one, level, colour in zip(both, levels, (PALE_LINE, OURS), strict=True)
        if one.lower is not None and one.upper is not None
    ]
    parts += [
        f"<line x1='{x1:.1f}' y1='{y1}' x2='{x2:.1f}' y2='{y2}' stroke='{OURS}' stroke-width='1' "
        "stroke-dasharray='2 3'/>",
        f"<circle cx='{x1:.1f}' cy='{y1}' r='5' fill='{WHITE}' stroke='{OURS}'/>",
        f"<circle cx='{x2:.1f}' cy='{y2}' r='5' fill='{OURS}'/>",
    ]
    return _picture(parts, WIDTH, HEIGHT)


def _picture(parts: Sequence[str], width: int, height: int) -> str:
    drawn = (
        f"<svg xmlns='http://www.w3.org/2000/svg' width='{width}' "
        f"height='{height}'>{''.join(parts)}</svg>"
    )
    picture = base64.b64encode(drawn.encode()).decode()
    return f"data:image/svg+xml;base64,{picture}"


def _path(places: Sequence[tuple[float, float]], look: str) -> str:
    if len(places) < 2:
        return ""
    return (
        f"<polyline fill='none' {look} points='{' '.join(f'{x:.1f},{y:.1f}' for x, y in places)}'/>"
    )
