"""How to read a chart, in one line beneath it: a word for every mark and band that is drawn, and
where its axis begins.
"""

from math import floor, log10

from charts.base import Figure
from metrics.contracts import Metric
from metrics.statistics.signals import Judged
from metrics.wording import amount

START = "How to read it: "
EMPTY = 0.35  # of the height, that may be empty below the lowest value before the axis is cut
ROOM = 0.12  # of the span, above and below it


def axis_range(metric: Metric, levels: list[float]) -> tuple[float, float] | None:
    """From where to where a control chart goes, to take the room that it needs; None where it may
    begin at 0.
    """
    if not levels:
        return None
    low, high = min(levels), max(levels)
    span = high - low
    if span <= 0 or low <= EMPTY * high:
        return None
    step = 0.01 if metric.unit == "rate" else 10 ** floor(log10(span))
    start = floor(max(low - ROOM * span, 0) / step) * step
    top = high + ROOM * span
    return start, min(top, 1.0) if metric.unit == "rate" else top


def of_trend(metric: Metric, judged: Judged | None, figure: Figure, has_open: bool) -> str:
    """Of a line over time, with what stands in its figure."""
    has_limits = judged is not None and not judged.is_trial
    band = "the middle half of the cases" if metric.shape == "median" else "its 95 % interval"
    shapes = figure["layout"].get("shapes", [])
    begins = figure["layout"]["yaxis"].get("range", (0.0,))[0]
    parts = [
        "grey line: the mean; between the dashed lines: the usual range; ▲ ▼ a signal, blue "
        "better, orange worse, purple where neither is better by itself"
        if has_limits
        else f"band: {band}"
        if metric.shape in ("rate", "count", "median")
        else "",
        "hollow, dotted: not final yet" if has_open else "",
        "upright line: an entry of the register or a change of recording"
        if any(one["x0"] == one["x1"] for one in shapes)
        else "",
        "level line with words: the target"
        if any(one["x0"] != one["x1"] for one in shapes)
        else "",
        f"the axis begins at {amount(metric.unit, begins) if begins else 0}",
    ]
    return START + "; ".join(part for part in parts if part) + "."


OF_FORCES = (
    f"{START}a dot for each force, with its 95 % interval; dark: this force; dotted upright lines: "
    "all forces together, and the most similar; the axis begins at 0."
)
OF_FUNNEL = (
    f"{START}a dot for each force by how many cases it rests on; between the lines chance alone "
    "would keep all but 1 in 20 (inner) or 1 in 500 (outer); dark: this force."
)
OF_TILES = (
    f"{START}a square for each force, darker the higher the fifth of forces it is in; grey: no "
    "figure. A shade is a place in an order, and says nothing of chance: the funnel does."
)
OF_PANELS = f"{START}the largest groups on one scale that begins at 0; hollow: not final yet."
OF_COHORTS = (
    f"{START}each line is one quarter of recording; the higher at the same day, the more by then; "
    "a steeper line is a quicker one; the axis begins at 0."
)
OF_SIDES = (
    f"{START}the higher at the same day, the more victims no longer supported action by then; each "
    "crime of both lines has been followed to their last day; the axis begins at 0."
)
OF_EFFECTS = (
    f"{START}a dot for each effect with its 95 % interval; one that crosses the upright line at 0 "
    "could be chance. The grey tests look for an effect where nothing began: they should find none."
)
OF_JOURNEY = (
    f"{START}each bar is the same crimes, as far as they came; under it, how those left that came "
    "no further. Days: to an arrest and a charge since recording, to the end of a case since the "
    "charge; a charged crime counts as arrested or interviewed, and its suspect as named. It shows "
    "where crimes leave, not why: delay and withdrawal share causes. Pale: "
    "fewer than nine in ten charged crimes are named by a court case."
)
