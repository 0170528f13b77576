"""The weekly meeting: counts, days since, what is overdue, new signals.

No weekly percentages: they are noise.
"""

from datetime import date

import streamlit as st

from charts.escaping import for_markdown
from charts.sparkline import HEIGHT, WIDTH, count_line
from metrics.catalogue import metric_named, metrics
from metrics.freshness import as_at
from metrics.naming import named
from metrics.no_signals import no_new_signal_words
from metrics.scope import Chosen
from metrics.scorecard import headline
from metrics.weekly_counts import LISTED, LONG_OPEN, counted, expiring, long_open, overdue
from metrics.wording import day_words
from store import audit
from store.snapshot import Snapshot
from views.parts import filters, late_sources, pack_files, page
from views.parts.figures import figures_of, shown_snapshot
from views.parts.load_report import table
from views.parts.page import Page
from views.parts.scorecard import point_of, talk
from views.parts.templates import render
from web.sign_in import here, record

SEEN = "long-open-seen"
PAGE = Page("Weekly meeting", address="weekly", order=2)


def draw() -> None:
    """Draw the page."""
    snapshot = shown_snapshot()
    day = as_at(snapshot, "recorded_outcome", "force") if snapshot else None
    if snapshot is None or day is None:
        return page.empty("Weekly meeting", "No crime outcomes are loaded yet.")
    page.head("Weekly meeting", snapshot, "counts, what is overdue, and what is new", day)
    late_sources.say_what_is_late(snapshot)
    offence = filters.offence_pills()
    chosen = Chosen(offence=offence)
    _new(snapshot, chosen)
    (week, counts), late, orders = (
        counted(figures_of(snapshot), chosen, day),
        overdue(figures_of(snapshot), chosen, day),
        expiring(figures_of(snapshot)),
    )
    st.header(week.finding, anchor=False)
    st.caption(
        f"{named(offence)}, except orders, which are for stalking only · charges count whenever "
        "the crime was recorded · whole weeks from Monday, the newest first · the band and the "
        "usual range are those of the control chart of a year of weeks: differences within it are "
        "no more than chance"
    )
    lines = [
        (
            row,
            count_line([number for _, number in one.weeks if number is not None], one.usual),
            one.verdict,
        )
        for row, one in zip(week.rows, counts, strict=True)
    ]
    st.html(render("weekly_counts", heads=week.heads, lines=lines, width=WIDTH, height=HEIGHT))
    st.header(late.finding, anchor=False)
    st.caption(f"{named(offence)} · open crimes by team, at {day_words(day)}")
    table(late.heads, late.rows, "Open crimes by team and age")
    _listed(snapshot, chosen, day)
    if orders:
        st.header(orders.finding, anchor=False)
        if orders.rows:
            table(orders.heads, orders.rows, "Orders that expire soon")
        st.caption(
            for_markdown(
                f"Order register as at {day_words(as_at(snapshot, 'order_event', 'force'))}; a "
                "subject is not named here."
            )
        )
    pack_files.ways_out("weekly", snapshot, chosen, {"offences": offence})
    page.foot(
        [
            metric_named("charge_rate_recorded"),
            metric_named("charge_rate_closed"),
            metric_named("orders_granted"),
        ],
        "force",
    )
    return None


def _listed(snapshot: Snapshot, chosen: Chosen, day: date) -> None:
    """From the count to its crimes, for those who may see rows; that they did is on record."""
    person = here()
    if not person.may("rows:see"):
        return
    if not st.toggle(f"List the crimes open for more than {LONG_OPEN} days", key="long-open"):
        st.session_state.pop(SEEN, None)
        return
    cells = long_open(snapshot, chosen, day)
    seen = (snapshot.number, chosen.offence)
    if st.session_state.get(SEEN) != seen:
        st.session_state[SEEN] = seen
        words = f"references of {len(cells)} open crimes, {chosen.offence_words}"
        record(person, audit.DISCLOSURE, words, PAGE.address, snapshot.number)
    table(LISTED, cells, "Crimes that have been open for long")
    listed = page.Table(LISTED, cells, "crimes-open-for-long", "download:rows")
    page.download("CSV", f"{listed.name}.csv", page.csv_text(listed), listed.deed)


def _new(snapshot: Snapshot, chosen: Chosen) -> None:
    rows = [
        row
        for metric in metrics()
        if metric.headline and (row := headline(figures_of(snapshot), metric, chosen))
    ]
    told = [row for row in rows if row.is_new]
    if told:
        st.html(talk([point_of(row) for row in told]))
    else:
        words = no_new_signal_words([row.row for row in rows])
        st.markdown(f"**{words}** Signals that stand from earlier months are on the monthly page.")
