"""The quarterly review: control charts of what matters most, how cohorts mature, and where to look
further.
"""

from dataclasses import replace

import streamlit as st

from metrics.catalogue import metric_named
from metrics.freshness import as_at
from metrics.meetings import QUARTERLY_CHARTS
from metrics.scope import PERIODS, Chosen
from views.parts import filters, late_sources, measure_maturity, measure_trend, pack_files, page
from views.parts.figures import shown_snapshot
from views.parts.page import Page

PAGE = Page("Quarterly review", address="quarterly", order=3)


def draw() -> None:
    """Draw the page."""
    snapshot = shown_snapshot()
    day = as_at(snapshot, "recorded_outcome", "force") if snapshot else None
    if snapshot is None or day is None:
        return page.empty("Quarterly review", "No crime outcomes are loaded yet.")
    page.head("Quarterly review", snapshot, "is it signal or noise, and where is it heading", day)
    late_sources.say_late_or_young(snapshot)
    offence = filters.offence_pills()
    left, right = st.columns([3, 1], vertical_alignment="center")
    with left:
        months = filters.period_pills()
    with right:
        area = filters.area_choice(snapshot, "charge_rate_recorded")
    for name in QUARTERLY_CHARTS:
        is_rare = metric_named(name).base.is_rare
        chosen = Chosen(offence=offence, area=area, months=months)
        measure_trend.draw(
            snapshot,
            name,
            replace(chosen, months=max(months, 48), grain="quarter") if is_rare else chosen,
        )
    measure_maturity.draw(snapshot, Chosen(offence=offence, area=area))
    page.link("Where this stands among other forces", "compare", {"offences": offence})
    page.link(
        "Did it work? Programmes beside the areas where they had not begun",
        "programmes",
        {"offences": offence},
    )
    period = next(name for name, length in PERIODS.items() if length == months)
    pack_files.ways_out(
        "quarterly",
        snapshot,
        Chosen(offence=offence, area=area),
        {"offences": offence, "area": area, "period": period},
    )
    page.foot([metric_named(name) for name in QUARTERLY_CHARTS], "force")
    return None
