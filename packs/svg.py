"""A chart of a pack as an SVG picture: no script, no font and no file beside it, so that it opens
in a mail and prints.
"""

from collections.abc import Sequence
from html import escape

from charts.theme import DARK, GREY, GRID, OURS, STACKED, WHITE
from packs.axis import scale, spacing
from packs.contents import Chart, Line

WIDE, HIGH = 960, 380
LEFT, RIGHT, TOP, BOTTOM = 62, 16, 14, 66  # room of the axes and of the legend
Ends = tuple[float, float, float]  # where the axis begins and ends, its step
LOOKS = {  # colour, width, dashes
    "final": (OURS, 2.4, ""),
    "open": (OURS, 1.4, "2 4"),
    "mean": (GREY, 1.0, ""),
    "limit": (GREY, 1.0, "6 4"),
    "target": (DARK, 1.6, "12 4"),
    "other": (GREY, 1.4, ""),
}


def svg(chart: Chart) -> str:
    """The chart as one `<svg>` element."""
    drawn = _stack(chart) if chart.kind == "stack" else _lines(chart)
    words = escape(chart.words)
    return (
        f'<svg viewBox="0 0 {WIDE} {HIGH}" role="img" aria-label="{words}" '
        f'xmlns="http://www.w3.org/2000/svg">{"".join(drawn)}</svg>'
    )


def _lines(chart: Chart) -> list[str]:
    ends = scale(chart)
    parts = _axes(chart, ends)
    for line in chart.lines:
        parts += _line(line, len(chart.categories), ends)
    looks = [(line.name, LOOKS[line.role][0], LOOKS[line.role][2]) for line in chart.lines]
    return parts + _legend(looks)


def _line(line: Line, many: int, ends: Ends) -> list[str]:
    colour, width, dash = LOOKS[line.role]
    parts, run = [], list[str]()
    places = [
        None if point is None else (_across(at, many), _up(point, ends))
        for at, point in enumerate(line.points)
    ]
    for place in [*places, None]:
        if place is not None:
            run.append(f"{place[0]:.1f},{place[1]:.1f}")
            continue
        if len(run) > 1:
            dashes = f' stroke-dasharray="{dash}"' if dash else ""
            parts.append(
                f'<polyline fill="none" stroke="{colour}" stroke-width="{width}"{dashes} '
                f'points="{" ".join(run)}"/>'
            )
        run = []
    if line.role in ("final", "open"):
        fill = OURS if line.role == "final" else WHITE
        shown = [place for place in places if place is not None]
        parts += [
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.4" fill="{fill}" stroke="{OURS}"/>'
            for x, y in (shown[1:] if line.role == "open" and len(shown) > 1 else shown)
        ]
    return parts


def _stack(chart: Chart) -> list[str]:
    ends = scale(chart)
    parts = _axes(chart, ends)
    many = len(chart.categories)
    wide = (WIDE - LEFT - RIGHT) / max(many, 1) * 0.7
    for at in range(many):
        below = 0.0
        for place, line in enumerate(chart.lines):
            share = line.points[at] or 0.0
            high = share * (HIGH - TOP - BOTTOM)
            parts.append(
                f'<rect x="{_across(at, many) - wide / 2:.1f}" y="{_up(below + share, ends):.1f}" '
                f'width="{wide:.1f}" height="{high:.1f}" fill="{STACKED[place % len(STACKED)]}"/>'
            )
            below += share
    looks = [(line.name, STACKED[at % len(STACKED)], "") for at, line in enumerate(chart.lines)]
    return parts + _legend(looks)


def _axes(chart: Chart, ends: Ends) -> list[str]:
    low, high, step = ends
    parts = []
    for mark in range(int((high - low) / step + 1e-9) + 1):
        level = low + mark * step
        y = _up(level, ends)
        parts.append(
            f'<line x1="{LEFT}" x2="{WIDE - RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="{GRID}"/>'
            f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{_level(chart, level)}</text>'
        )
    many = len(chart.categories)
    for at in range(many - 1, -1, -spacing(many)):
        words = escape(chart.categories[at])
        parts.append(
            f'<text x="{_across(at, many):.1f}" y="{HIGH - BOTTOM + 20}" '
            f'text-anchor="middle">{words}</text>'
        )
    return parts


def _level(chart: Chart, level: float) -> str:
    if chart.unit == "rate":
        return f"{level * 100:.3g} %"
    return f"{level:,.0f}" if level >= 10 or level == round(level) else f"{level:.1f}"


def _legend(looks: Sequence[tuple[str, str, str]]) -> list[str]:
    parts, x, y = [], float(LEFT), HIGH - 14
    for name, colour, dash in looks:
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        parts.append(
            f'<line x1="{x:.0f}" x2="{x + 24:.0f}" y1="{y}" y2="{y}" stroke="{colour}" '
            f'stroke-width="4"{dashes}/><text x="{x + 30:.0f}" y="{y + 4}">{escape(name)}</text>'
        )
        x += 46 + 7.2 * len(name)
    return parts


def _across(at: int, many: int) -> float:
    return LEFT + (at + 0.5) * (WIDE - LEFT - RIGHT) / max(many, 1)


def _up(level: float, ends: Ends) -> float:
    low, high, _ = ends
    return TOP + (high - level) / (high - low) * (HIGH - TOP - BOTTOM)
