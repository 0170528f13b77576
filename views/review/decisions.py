"""Decisions of the meetings: open ones first, overdue ones marked, and at the due day the figure
then and now.
"""

import streamlit as st

from loaders.formats import decision_register
from metrics.decisions import Decision, decisions, head_words, then_and_now
from metrics.freshness import as_at
from metrics.scope import EVERYWHERE
from metrics.wording import day_words
from packs.contents import MEETINGS
from store.snapshot import Snapshot
from views.parts import page
from views.parts.figures import figures_of, shown_snapshot
from views.parts.meeting_notes import today
from views.parts.page import Page
from views.parts.register_entry import EDIT, form_key, say_what_was_written, write_entries
from views.parts.templates import render
from web.sign_in import here

PAGE = Page("Decisions", address="decisions", order=5, is_prerendered=False)
STATES = ("open", "done", "dropped", "superseded")


def draw() -> None:
    """Draw the page."""
    snapshot = shown_snapshot(is_at_once=True)
    if snapshot is None:
        return page.empty("Decisions", "Nothing is loaded yet.")
    page.head(
        "Decisions",
        snapshot,
        "what was decided, who owns it, and what the figure was and is",
        as_at(snapshot, "recorded_outcome", "force"),
    )
    say_what_was_written()
    found, now = decisions(snapshot), today()
    if not found:
        st.info(
            "No decision is written down yet. Each measure's page has a form for one, and so has "
            "meeting mode: press D on a chart."
        )
        return None
    st.header(head_words(found, now), anchor=False)
    st.html(render("decisions", rows=[_line(snapshot, one) for one in found]))
    without = sum(not one.expected for one in found)
    closed = [one for one in found if not one.is_open]
    st.caption(
        f"{len(found)} decisions, {len(closed)} closed"
        + (f"; {without} without an expected effect" if without else "")
        + ". The difference is that of two figures; it does not say why."
    )
    _download(snapshot, found)
    if here().may(EDIT):
        _close(found)
    return None


def _line(snapshot: Snapshot, one: Decision) -> tuple[object, ...]:
    made = f"{MEETINGS.get(one.meeting, one.meeting)}, {day_words(one.held_on)}"  # type: ignore[call-overload]
    words = then_and_now(figures_of(snapshot), one, today())
    return one, one.chosen.in_words, made, one.state_words(today()), one.is_overdue(today()), words


def _download(snapshot: Snapshot, found: list[Decision]) -> None:
    heads = ["Decision", "Meeting", "Held on", "Measure", "For", "Decided", "Owner", "Due on"]
    heads += ["Expected", "State", "Then and now", "What came of it"]
    rows = [
        [
            one.decision_id,
            one.meeting,
            day_words(one.held_on),
            one.title,
            f"{one.chosen.offence_words}, {one.chosen.area}",
            one.words,
            one.owner,
            day_words(one.due_on),
            one.expected,
            one.state_words(today()),
            then_and_now(figures_of(snapshot), one, today()),
            one.came_of_it,
        ]
        for one in found
    ]
    table = page.Table(heads, rows, "decisions")
    page.download("CSV", "decisions.csv", page.csv_text(table), table.deed)


def _close(found: list[Decision]) -> None:
    """Change the state of a decision: a new version of its entry, the old one is kept."""
    named = {f"{one.decision_id}: {one.words}": one for one in found}
    with st.expander("Close a decision, or open it again"), st.form(form_key("close")):
        one = named[str(st.selectbox("Decision", tuple(named)))]
        left, right = st.columns([1, 3], vertical_alignment="bottom")
        state = left.selectbox("State", STATES, 1)
        came = right.text_input("What came of it", max_chars=200, placeholder="No names of people")
        if st.form_submit_button("Write it down"):
            write_entries(decision_register.FORMAT.name, _again(one, str(state), came))


def _again(one: Decision, state: str, came: str) -> dict[str, object]:
    """The entry of a decision with another state; the figure that was frozen stays."""
    then, window = one.then, one.window
    counts = {
        "value_then": then.value if then else None,
        "counted_then": then.numerator if then else None,
        "out_of_then": then.denominator if then else None,
        "snapshot_then": one.snapshot,
    }
    known: dict[str, object] = {
        name: repr(value) for name, value in counts.items() if value is not None
    }
    if window:
        known |= {"judged_from": window.start, "judged_to": window.stop}
    return {
        "decision_id": one.decision_id,
        "meeting": one.meeting,
        "held_on": one.held_on,
        "metric": one.metric,
        "what_was_decided": one.words,
        "owner_role": one.owner,
        "due_on": one.due_on,
        "expected": one.expected,
        "status": state,
        "closed_on": today() if state != "open" else "",
        "what_came_of_it": came,
        "offences": one.chosen.offence,
        "area": "" if one.chosen.area == EVERYWHERE else one.chosen.area,
        **known,
    }
