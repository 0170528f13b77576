"""What others ask: each thing that a strategy, an inspectorate or a board asks for, the measure
that answers it, and what nothing here can.
"""

import streamlit as st

from metrics.coverage import Asked, asked, by_framework
from metrics.scope import Chosen
from metrics.scorecard import link_of
from store.snapshot import Snapshot
from views.parts import filters, page
from views.parts.figures import shown_snapshot
from views.parts.page import Page
from views.parts.templates import render

PAGE = Page("What others ask", address="framework", order=15, is_prerendered=False)


def draw() -> None:
    """Draw the page."""
    snapshot = shown_snapshot()
    if snapshot is None:
        return page.empty("What others ask", "Nothing is loaded yet.")
    page.head("What others ask", snapshot, "what the framework asks for, and what answers it", None)
    groups = by_framework(asked(snapshot))
    found = [one for rows in groups.values() for one in rows]
    states = [one.state(snapshot) for one in found]
    without = len([one for one in states if one.startswith("no")])
    st.header(
        f"Of {len(states)} questions asked, {states.count('answered')} are answered and "
        f"{states.count('partly answered')} answered in part; "
        f"{without or 'none'} cannot be answered from the exports loaded.",
        anchor=False,
    )
    name = filters.one_of("Asked by", tuple(groups), "asked")
    _table(snapshot, groups[name])
    st.caption(
        "In words of ours: the reports have their own. What a board or an inspectorate asks of "
        "this force is loaded as CSV on the Data page (template framework_measure)."
    )
    return None


def _table(snapshot: Snapshot, rows: list[Asked]) -> None:
    found = [
        (
            one,
            one.state(snapshot),
            [(metric.title, link_of(metric, Chosen())) for metric in one.measures],
        )
        for one in rows
    ]
    st.html(render("asked", rows=found))
