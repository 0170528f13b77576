"""Charges and convictions: one measure at a time, over time, on its own basis."""

import streamlit as st

from metrics.catalogue import metric_named
from metrics.freshness import as_at
from metrics.scope import Chosen
from views.parts import filters, measure_maturity, measure_trend, page
from views.parts.figures import shown_snapshot
from views.parts.page import Page

PAGE = Page("Charges and convictions", address="charges", order=2)

MEASURES = (
    "charge_rate_recorded",
    "charged_within_90",
    "charge_rate_closed",
    "conviction_rate_court",
    "conviction_rate_completed",
    "days_to_charge",
    "days_to_outcome",
)


def draw() -> None:
    """Draw the page."""
    snapshot = shown_snapshot()
    if snapshot is None:
        return page.empty("Charges and convictions", "Nothing is loaded yet.")
    titles = {metric_named(name).title: name for name in MEASURES}
    page.head(
        "Charges and convictions",
        snapshot,
        "one measure at a time",
        as_at(snapshot, "recorded_outcome", "force"),
    )
    chosen_title = filters.one_of("Measure", tuple(titles), "measure")
    name = titles[chosen_title]
    offence = filters.offence_pills()
    left, middle, right = st.columns([2.2, 1.3, 1], vertical_alignment="center")
    with left:
        by = filters.breakdown_pills()
    with middle:
        months = filters.period_pills()
    with right:
        area = filters.area_choice(snapshot, "charge_rate_recorded")
    chosen = Chosen(offence=offence, area=area, months=months, by=by).for_metric(metric_named(name))
    measure_trend.draw(snapshot, name, chosen)
    if name in ("charge_rate_recorded", "charged_within_90"):
        measure_maturity.draw(snapshot, chosen)
    if name.startswith("charge_rate"):
        page.link(
            "How this compares with other forces",
            "compare",
            {"offences": offence, "compared": metric_named(name).title},
        )
    page.foot([metric_named(name)], "force")
    return None
