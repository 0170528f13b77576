"""One measure, whole: over time, by area, team and offence, how its cases mature, among other
forces, and what it means.
"""

from dataclasses import replace

import streamlit as st

from charts.escaping import for_markdown
from metrics.catalogue import metric_named
from metrics.contracts import Metric
from metrics.errors import BadQuestion
from metrics.freshness import as_at
from metrics.scope import EVERYWHERE, Chosen
from store.snapshot import Snapshot
from views.parts import (
    filters,
    group_comparison,
    measure_maturity,
    measure_trend,
    meeting_notes,
    page,
    rebase_offer,
)
from views.parts.figures import shown_snapshot
from views.parts.load_wording import refusal_words
from views.parts.page import Page
from views.parts.register_entry import say_what_was_written
from views.trust.definitions import draw_definition

PAGE = Page("One measure", address="measure", order=5, is_hidden=True)

OVER_TIME, MATURITY, FORCES, MEANING = "Over time", "How cases mature", "Other forces", "Definition"
VIEWS = {"By area": "area", "By team": "team", "By offence": "vawg_group"}


def draw() -> None:
    """Draw the page of the measure that the address names."""
    snapshot = shown_snapshot()
    if snapshot is None:
        return page.empty("One measure", "Nothing is loaded yet.")
    try:
        metric = metric_named(st.query_params.get("id", "charge_rate_recorded"))
    except BadQuestion as problem:
        st.title("One measure", anchor=False)
        st.info(for_markdown(refusal_words(problem)))
        return page.link("The monthly table of every measure", "./", {})
    page.head(metric.title, snapshot, metric.day_words, as_at(snapshot, metric.relation, "force"))
    say_what_was_written()
    names = views_of(snapshot, metric)
    view = filters.one_of("View", names, "view")
    if view == MEANING:
        draw_definition(metric)
        return None
    _draw(snapshot, metric, view)
    st.caption(for_markdown(f"{metric.meaning} {metric.mind}"))
    page.link("The monthly table of every measure", "./", {})
    return None


def _draw(snapshot: Snapshot, metric: Metric, view: str) -> None:
    """One view of a measure, below the filters that it has."""
    is_by_offence = not {"vawg", "vawg_group"}.isdisjoint(metric.dimensions())
    offence = filters.offence_pills() if is_by_offence else Chosen().offence
    if view == FORCES:
        group_comparison.forces(snapshot, metric, offence)
        page.link("Every force, ranked", "compare", {"offences": offence, "compared": metric.title})
        return
    left, right = st.columns([3, 1], vertical_alignment="center")
    with left:
        months = filters.period_pills() if view != MATURITY else Chosen().months
    with right:
        area = (
            filters.area_choice(snapshot, "charge_rate_recorded")
            if view in (OVER_TIME, MATURITY)
            else EVERYWHERE
        )
    chosen = Chosen(offence=offence, area=area, months=months).for_metric(metric)
    if view == MATURITY:
        measure_maturity.draw(snapshot, chosen)
        return
    measure_trend.draw(snapshot, metric.id, replace(chosen, by=VIEWS.get(view)))
    if view == OVER_TIME:
        rebase_offer.draw(snapshot, metric.id, chosen)
        meeting_notes.comment(snapshot, metric, chosen)
    if view in ("By area", "By team"):
        group_comparison.groups(snapshot, metric, chosen, VIEWS[view])


def views_of(snapshot: Snapshot, metric: Metric) -> list[str]:
    """What can be shown of a measure with what is loaded."""
    dimensions = metric.dimensions("force")
    names = [OVER_TIME, *(name for name, dimension in VIEWS.items() if dimension in dimensions)]
    if metric.relation == "recorded_outcome":
        names.append(MATURITY)
    if "home_office" in metric.sources and as_at(snapshot, metric.relation, "home_office"):
        names.append(FORCES)
    return [*names, MEANING]
