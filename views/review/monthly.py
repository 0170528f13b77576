"""Raising the Bar: every headline metric as a row.

Figures from `measure`, one per window and one for the trend.
"""

import streamlit as st

from metrics.catalogue import metrics
from metrics.freshness import as_at
from metrics.no_signals import no_signal_words
from metrics.scope import DEFAULT, Chosen
from metrics.scorecard import ScorecardRow, headline
from metrics.talking_points import to_talk_about
from store.snapshot import Snapshot
from views.parts import filters, late_sources, pack_files, page
from views.parts.area_grid import grid
from views.parts.claim_points import turned_claims
from views.parts.decision_lines import say_open_decisions
from views.parts.figures import choices, figures_of, shown_snapshot
from views.parts.page import Page
from views.parts.scorecard import balance, point_of, scorecard, talk

PAGE = Page("Monthly performance day", address="review", order=1)


MEASURES, BY_AREA = "Every measure", "Every measure by area"


def draw() -> None:
    """Draw the page."""
    snapshot = shown_snapshot()
    if snapshot is None:
        return page.empty("Raising the Bar", "Nothing is loaded yet.")
    days = [day for metric in metrics() if (day := as_at(snapshot, metric.relation, "force"))]
    page.head(
        "Raising the Bar: monthly performance day",
        snapshot,
        "every headline measure",
        max(days, default=None),
    )
    late_sources.say_late_or_young(snapshot)
    left, right = st.columns([4, 1], vertical_alignment="center")
    with left:
        offence = filters.offence_pills()
    with right:
        area = filters.area_choice(snapshot, "charge_rate_recorded")
    chosen = Chosen(offence=offence, area=area)
    rows = [
        row
        for metric in metrics()
        if metric.headline and (row := headline(figures_of(snapshot), metric, chosen))
    ]
    missing = sorted(
        {
            metric.title
            for metric in metrics()
            if metric.headline and as_at(snapshot, metric.relation, "force") is None
        }
    )
    if rows:
        say_open_decisions(snapshot)
        _talk(snapshot, rows, chosen)
        _measures(snapshot, rows, chosen)
    pack_files.ways_out("monthly", snapshot, chosen, {"offences": offence, "area": area})
    if missing:
        st.caption(
            f"Not loaded yet: {', '.join(missing)}. Load the exports on the Data page, or see "
            "their templates there."
        )
    st.caption(
        "Intervals are 95 %: Wilson for rates, Byar for counts; for days the middle half of the "
        "cases. A change is of twelve months against the twelve before, crimes followed equally "
        "long; “not settled” where its 95 % interval spans none. "
        "Signals are those of NHS Making Data Count control charts, from 13 final points on: ▲ H "
        "high, ▼ L low, ∿ none; blue better, "
        "orange worse, purple where neither way is better by itself."
    )
    return None


def _talk(snapshot: Snapshot, rows: list[ScorecardRow], chosen: Chosen) -> None:
    """Claims that have turned, then the signals."""
    points, known = to_talk_about(rows)
    claims = turned_claims(snapshot) if chosen == DEFAULT else []
    if points or known or claims:
        told = [*claims, *(point_of(row) for row in points)]
        st.html(talk(told, balance(points, len(claims)), known))
    else:
        st.markdown(f"**{no_signal_words([row.row for row in rows])}**")


def _measures(snapshot: Snapshot, rows: list[ScorecardRow], chosen: Chosen) -> None:
    """Every measure of what is chosen, or of each area."""
    areas = choices(snapshot, "charge_rate_recorded", "force", "area")
    view = (
        filters.one_of("Measures or areas", [MEASURES, BY_AREA], "table")
        if len(areas) > 1
        else MEASURES
    )
    if view == BY_AREA:
        st.html(grid(figures_of(snapshot), chosen.offence, sorted(areas)))
    else:
        st.html(
            scorecard([row.row for row in rows], "24 months or 12 quarters · hollow = not final")
        )
