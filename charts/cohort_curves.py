"""Curves of cohorts: shares by days since recording, a line for each cohort."""

from collections.abc import Sequence
from typing import Any

from charts.escaping import for_plot
from charts.theme import COHORTS


def cohort_lines(
    lines: Sequence[tuple[str, Sequence[int], Sequence[float], bool]],
) -> list[dict[str, Any]]:
    """Shares by days since recording, a line a cohort: (name, days, shares, is it still open).

    The newest stands out.
    """
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "name": for_plot(name),
            "x": list(days),
            "y": list(shares),
            "line": {
                "color": COHORTS[at % len(COHORTS)],
                "width": 2.8 if at == 0 else 1.6,
                "shape": "hv",
                "dash": "dot" if is_open else "solid",
            },
            "hovertemplate": f"{for_plot(name)}<br>day %{{x}}: %{{y:.1%}}<extra></extra>",
        }
        for at, (name, days, shares, is_open) in enumerate(lines)
    ]
