"""Charges and convictions: one measure at a time, over time, on its own basis."""

import streamlit as st

from metrics.catalogue import metric
from views import cohorts, filters, frame, trends
from views.asking import as_at, snapshot

MEASURES = (
    "charge_rate_recorded",
    "charged_within_90",
    "charge_rate_closed",
    "conviction_rate_court",
    "conviction_rate_completed",
    "days_to_charge",
    "days_to_outcome",
)


def page() -> None:
    """Draw the page."""
    at = snapshot()
    if at is None:
        return frame.empty("Charges and convictions", "Nothing is loaded yet.")
    titles = {metric(name).title: name for name in MEASURES}
    frame.head("Charges and convictions", at, "one measure at a time", as_at(at, "recorded_outcome", "force"))
    chosen_title = st.pills("Measure", tuple(titles), default=next(iter(titles)), required=True, key="measure", bind="query-params",
                            label_visibility="collapsed")  # fmt: skip
    name = titles[str(chosen_title)]
    offence = filters.offence_pills()
    left, middle, right = st.columns([2.2, 1.3, 1], vertical_alignment="center")
    with left:
        by = filters.breakdown_pills()
    with middle:
        months = filters.period_pills()
    with right:
        area = filters.area_choice(at, "charge_rate_recorded")
    chosen = filters.Chosen(offence=offence, area=area, months=months, by=by).for_metric(metric(name))
    trends.draw(at, name, chosen)
    if name in ("charge_rate_recorded", "charged_within_90"):
        cohorts.draw(at, chosen)
    if name.startswith("charge_rate"):
        frame.link("How this compares with other forces", "compare", {"offences": offence, "compared": metric(name).title})
    frame.foot([metric(name)], "force")
    return None
