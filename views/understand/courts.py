"""Courts: how cases end, how long they take by plea and court, what is open, and sentences."""

import streamlit as st

from metrics.catalogue import metric_named
from metrics.freshness import as_at
from metrics.scope import NATIONAL, Chosen, areas_of
from metrics.wording import day_words
from store.snapshot import Snapshot
from views.parts import filters, group_comparison, measure_trend, page
from views.parts.figures import shown_snapshot
from views.parts.load_report import table
from views.parts.page import Page

PAGE = Page("Courts", address="courts", order=10)

MEASURES = (
    "conviction_rate_court",
    "conviction_rate_completed",
    "lost_before_verdict",
    "days_charge_to_disposal",
    "custody_rate",
    "custody_months",
)
ACROSS = {
    "Over time": None,
    "By team": "team",
    "By area": "area",
    "By plea": "plea",
    "By kind of court": "court_kind",
    "By court": "court",
}


def draw() -> None:
    """Draw the page."""
    snapshot = shown_snapshot()
    day = as_at(snapshot, "case_result", "force") if snapshot else None
    if snapshot is None or day is None:
        return page.empty("Courts", "No court results are loaded yet.")
    page.head("Courts", snapshot, "by the day a case ended", day)
    titles = {metric_named(name).title: metric_named(name) for name in MEASURES}
    metric = titles[filters.one_of("Measure", tuple(titles), "measure")]
    offence = filters.offence_pills(NATIONAL)
    left, right = st.columns([4, 1], vertical_alignment="center")
    with left:
        across = ACROSS[filters.one_of("Across", tuple(ACROSS), "across")]
    with right:
        area = filters.area_choice(snapshot, "conviction_rate_court")
    chosen = Chosen(offence=offence, area=area, by=across).for_metric(metric)
    if across is None:
        measure_trend.draw(snapshot, metric.id, chosen)
    elif not group_comparison.groups(snapshot, metric, chosen, across):
        st.info(f"{metric.title}: fewer than two groups can be told apart here.")
    if across == "team":
        _linked(snapshot)
    _open(snapshot, area)
    page.foot([metric], "force")
    return None


def _linked(snapshot: Snapshot) -> None:
    """A case has the team of its crime: of how many cases that is known."""
    (row,) = snapshot.rows("reports/cases_linked_to_crimes")
    st.caption(
        f"A case has the team that its crime had. {row['linked']:,} of {row['cases']:,} finished "
        "cases name a crime of the crime export; the others have no team here."
    )


def _open(snapshot: Snapshot, area: str) -> None:
    """What has been waiting for a court, and for how long."""
    day = as_at(snapshot, "case_result", "force")
    rows = snapshot.rows("reports/open_cases_by_age", as_at=day, area=areas_of(area))
    if not rows:
        st.header("No case is open.", anchor=False)
        return
    over = sum(row["over_180"] for row in rows)
    total = sum(row["open_cases"] for row in rows)
    st.header(f"{total:,} cases are open, {over:,} of them for more than 180 days.", anchor=False)
    st.caption(f"all offences · {area} · days since the charge, at {day_words(day)}")
    keys = ("open_cases", "over_90", "over_180", "over_365", "oldest")
    cells = [
        [row["court_kind"], *(f"{row[key]:,}" for key in keys), f"{row['median_age']:,.0f}"]
        for row in rows
    ]
    heads = ["Court", "Open", "Over 90 days", "Over 180 days", "Over a year", "Oldest, days"]
    table([*heads, "Median age, days"], cells, "Open court cases by age")
