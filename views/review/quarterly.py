"""The quarterly review: control charts of what matters most, how cohorts mature, and where to look further."""

from dataclasses import replace

import streamlit as st

from metrics.catalogue import metric
from views import cohorts, filters, frame, trends
from views.asking import as_at, snapshot

CHARTS = ("charged_within_90", "outcome_15_rate", "outcome_16_rate", "conviction_rate_court")


def page() -> None:
    """Draw the page."""
    at = snapshot()
    day = as_at(at, "recorded_outcome", "force") if at else None
    if at is None or day is None:
        return frame.empty("Quarterly review", "No crime outcomes are loaded yet.")
    frame.head("Quarterly review", at, "is it signal or noise, and where is it heading", day)
    offence = filters.offence_pills()
    left, right = st.columns([3, 1], vertical_alignment="center")
    with left:
        months = filters.period_pills()
    with right:
        area = filters.area_choice(at, "charge_rate_recorded")
    for name in CHARTS:
        is_rare = metric(name).relation == "case_result"
        chosen = filters.Chosen(offence=offence, area=area, months=months)
        trends.draw(at, name, replace(chosen, months=max(months, 48), grain="quarter") if is_rare else chosen)
    cohorts.draw(at, filters.Chosen(offence=offence, area=area))
    frame.link("Where this stands among other forces", "compare", {"offences": offence})
    frame.link("Did it work? Programmes beside the areas where they had not begun", "programmes", {"offences": offence})
    frame.meeting_link("quarterly", offence)
    frame.foot([metric(name) for name in CHARTS], "force")
    return None
