"""What changed since the last meeting: signals that started or ended, figures restated, loads
since.
"""

import streamlit as st

from charts.escaping import for_markdown
from metrics.freshness import as_at
from metrics.last_meeting import earlier, last_meeting
from metrics.scope import Chosen
from metrics.snapshot_changes import Changes, LoadSince, compared
from metrics.wording import day_words
from store.snapshot import read
from views.parts import filters, page
from views.parts.figures import figures_of, shown_snapshot
from views.parts.load_report import KINDS, table
from views.parts.page import Page
from views.parts.scorecard import Point, talk, then_and_now
from web.sign_in import store

PAGE = Page("Since the last meeting", address="since", order=4)


def draw() -> None:
    """Draw the page."""
    snapshot = shown_snapshot()
    if snapshot is None:
        return page.empty("Since the last meeting", "Nothing is loaded yet.")
    page.head(
        "Since the last meeting",
        snapshot,
        "what started, what ended, what was restated",
        as_at(snapshot, "recorded_outcome", "force"),
    )
    found = list(earlier(store(), snapshot))
    kept = {
        f"{day_words(day)} (snapshot {number})" if day else f"snapshot {number}": number
        for number, day in found
    }
    if not kept:
        st.info(
            "This is the only snapshot that is kept: there is nothing earlier to set it against."
        )
        return None
    offence = filters.offence_pills()
    names, numbers = list(kept), list(kept.values())
    before = last_meeting(store(), snapshot)
    usual = numbers.index(before) if before in numbers else 0
    left, _ = st.columns([1, 2])
    with left:
        picked = str(
            st.selectbox(
                "Set against the data as they stood at",
                names,
                index=usual,
                key="since",
                bind="query-params",
            )
        )
    then = read(store(), kept[picked])
    changes = compared(figures_of(snapshot), figures_of(then), Chosen(offence=offence))
    _draw(changes, picked)
    return None


def _draw(changes: Changes, since: str) -> None:
    if changes.signals:
        st.html(
            talk(
                [Point(one.kind, one.sentence, one.link) for one in changes.signals],
                f"{len(changes.signals)} changed",
            )
        )
    else:
        st.markdown(f"**No signal started or ended** since the data of {for_markdown(since)}.")
    if changes.steps:
        st.header("From the figure that meeting saw to today's.", anchor=False)
        st.html(then_and_now(changes.steps))
    if changes.absent:
        st.caption(
            for_markdown(
                f"Nothing was loaded then of: {', '.join(changes.absent)}. "
                "These cannot be compared."
            )
        )
    count = len(changes.restated)
    st.header(
        f"{count} {'figure' if count == 1 else 'figures'} of the last meeting "
        f"{'has' if count == 1 else 'have'} been restated."
        if count
        else "No figure of the last meeting has been restated.",
        anchor=False,
    )
    if changes.restated:
        table(
            ["Measure", "Span judged then", "Then", "Now", "Moved by"],
            [[one.measure, one.span, one.then, one.now, one.step] for one in changes.restated],
            "Figures restated",
        )
        st.caption(
            "The same span asked again: later loads have added to it or changed it. Newer spans "
            "are on the meeting's own page."
        )
    many = len(changes.loads)
    st.header(f"{many or 'No'} {'load' if many == 1 else 'loads'} since.", anchor=False)
    if changes.loads:
        table(
            ["Load", "Kind", "File", "Received", "What it brought", "State"],
            [_load_cells(one) for one in changes.loads],
            "Loads since",
        )


def _load_cells(load: LoadSince) -> list[str]:
    kind = KINDS.get(load.format, load.format)
    return [
        str(load.load_id),
        kind,
        load.file_name,
        f"{load.received_at:%-d %B %Y}",
        load.brought,
        load.state,
    ]
