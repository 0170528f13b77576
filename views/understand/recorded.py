"""Crime recorded: how much there is, in the latest month, the financial year and rolling twelve
months, and what part of all crime is VAWG.
"""

from datetime import date

import streamlit as st

from metrics.catalogue import metric_named
from metrics.contracts import Metric
from metrics.freshness import as_at
from metrics.scope import EVERYWHERE, Chosen
from metrics.volumes import Volume, spans_at, volumes
from metrics.wording import day_words
from store.snapshot import Snapshot
from views.parts import filters, measure_trend, page
from views.parts.figures import figures_of, shown_snapshot
from views.parts.load_report import table
from views.parts.page import Page

PAGE = Page("Crimes recorded and charges", address="recorded", order=1)

COUNTS = ("crimes_recorded", "charges", "orders_granted", "applications_granted")


def draw() -> None:
    """Draw the page."""
    snapshot = shown_snapshot()
    day = as_at(snapshot, "recorded_outcome", "force") if snapshot else None
    if snapshot is None or day is None:
        return page.empty("Crimes recorded and charges", "No crime outcomes are loaded yet.")
    page.head("Crimes recorded and charges", snapshot, "counts, not rates", day)
    titles = _loaded(snapshot)
    left, right = st.columns([4, 1], vertical_alignment="center")
    with left:
        metric = titles[filters.one_of("Count", tuple(titles), "count")]
    with right:
        area = filters.area_choice(snapshot, metric.id)
    rows = volumes(figures_of(snapshot), metric, None if area == EVERYWHERE else area)
    fresh = as_at(snapshot, metric.relation, "force")
    if not rows or fresh is None:
        st.info(f"{metric.title}: none in the last two years.")
        return None
    _table(metric, rows, area, fresh)
    chosen = _chosen(metric.id, area)
    measure_trend.draw(snapshot, metric.id, chosen.for_metric(metric))
    if metric.id == "crimes_recorded":
        measure_trend.draw(snapshot, "vawg_share_of_crime", chosen)
    page.foot([metric, metric_named("vawg_share_of_crime")], "force")
    return None


def _loaded(snapshot: Snapshot) -> dict[str, Metric]:
    """The counts whose export is loaded, by their titles."""
    known = [metric_named(name) for name in COUNTS]
    return {one.title: one for one in known if as_at(snapshot, one.relation, "force") is not None}


def _table(metric: Metric, rows: list[Volume], area: str, fresh: date) -> None:
    """Every group of offences in the three spans."""
    st.header(f"{metric.title}, {rows[0].name}: {rows[0].finding}", anchor=False)
    st.caption(
        f"{metric.day_words} · {area} · whole months, data to {day_words(fresh)} · “not settled”: "
        "the 95 % interval of the change spans none · recorded crime is not prevalence: more "
        "recorded may be more reported"
    )
    cells = [
        [row.name, *("no data" if one is None else f"{one:,}" for one in row.counts), row.change]
        for row in rows
    ]
    heads = ["Counted", *spans_at(fresh).heads, "Change, 12 months"]
    table(heads, cells, f"{metric.title} by offence")


def _chosen(metric: str, area: str) -> Chosen:
    """The filters of the charts below the table."""
    if metric in ("crimes_recorded", "charges"):
        offence = filters.offence_pills()
        return Chosen(offence=offence, area=area, months=filters.period_pills())
    return Chosen(offence="All crime", area=area, months=48, grain="quarter")
