"""What a meeting writes down on a measure: a decision, or commentary; each is an entry of its
register.
"""

from datetime import UTC, date, datetime, timedelta

import streamlit as st

from charts.escaping import for_markdown
from loaders.formats import commentary_register, decision_register
from metrics.commentary import commentary_of
from metrics.contracts import Metric
from metrics.decisions import decisions
from metrics.freshness import as_at
from metrics.scope import EVERYWHERE, Chosen
from metrics.scorecard import judged_now
from packs.contents import MEETINGS
from store.snapshot import Snapshot
from views.parts.figures import figures_of
from views.parts.register_entry import EDIT, form_key, write_entries
from web.sign_in import here

USUAL = timedelta(days=31)  # until a decision is due, where nobody says otherwise
WORDS = 60  # of commentary that fit on a slide


def today() -> date:
    """The day it is."""
    return datetime.now(UTC).date()


def decide(snapshot: Snapshot, metric: Metric, chosen: Chosen, meeting: str) -> None:
    """A form for a decision on a measure; the figure of this moment is frozen with it."""
    if not here().may(EDIT):
        return
    name = f"decision-{metric.id}"
    with st.form(form_key(name), border=False):
        words = st.text_input(
            f"What was decided on “{metric.title}”", max_chars=200, placeholder="No names of people"
        )
        left, middle, right = st.columns([2, 1.2, 2], vertical_alignment="bottom")
        owner = left.text_input("Owner's role", placeholder="Detective superintendent, HRU")
        due = middle.date_input("Due on", today() + USUAL, format="DD/MM/YYYY")
        expected = right.text_input("Expected effect", placeholder="up 2 points by March")
        if st.form_submit_button("Write the decision down"):
            write_entries(
                decision_register.FORMAT.name,
                _entry(snapshot, metric, chosen, meeting)
                | {"what_was_decided": words, "owner_role": owner}
                | {"due_on": due, "expected": expected},
            )


def _entry(snapshot: Snapshot, metric: Metric, chosen: Chosen, meeting: str) -> dict[str, object]:
    """What the program writes of a decision by itself: when, on what, and the figure then."""
    held = today()
    many = sum(one.held_on == held for one in decisions(snapshot))
    entry: dict[str, object] = {
        "decision_id": f"{held:%Y-%m-%d}/{many + 1}",
        "meeting": meeting,
        "held_on": held,
        "metric": metric.id,
        "status": "open",
        "offences": chosen.offence,
        "area": "" if chosen.area == EVERYWHERE else chosen.area,
        "snapshot_then": snapshot.number,
    }
    if (found := judged_now(figures_of(snapshot), metric, chosen)) is None:
        return entry
    value, window = found
    counts = {
        "value_then": value.value,
        "counted_then": value.numerator,
        "out_of_then": value.denominator,
    }
    known = {name: repr(one) for name, one in counts.items() if one is not None}
    return entry | known | {"judged_from": window.start, "judged_to": window.stop}


def comment(snapshot: Snapshot, metric: Metric, chosen: Chosen) -> None:
    """What the owner says of a measure on these data, and a form for it."""
    day = as_at(snapshot, "recorded_outcome", "force")
    if day is None:
        return
    say(snapshot, metric.id, "monthly", chosen)
    if not here().may(EDIT):
        return
    name = f"commentary-{metric.id}"
    with st.expander("Comment on it, or write a decision down"):
        with st.form(form_key(name), border=False):
            words = st.text_area(
                f"Commentary of its owner, {WORDS} words at most", max_chars=600, height=90
            )
            left, right = st.columns([2, 1.4], vertical_alignment="bottom")
            by = left.text_input("Role", placeholder="Head of the Harm Reduction Unit")
            meeting = right.selectbox("For the", tuple(MEETINGS), 1)
            if st.form_submit_button("Comment"):
                write_entries(
                    commentary_register.FORMAT.name,
                    {
                        "metric": metric.id,
                        "meeting": meeting,
                        "about_data_of": day,
                        "commentary": words,
                        "said_by": by,
                        "said_on": today(),
                        "offences": chosen.offence,
                        "area": "" if chosen.area == EVERYWHERE else chosen.area,
                    },
                )
        st.divider()
        decide(snapshot, metric, chosen, "monthly")


def say(snapshot: Snapshot, key: str, meeting: str, chosen: Chosen) -> None:
    """What the owner says, where there is something."""
    if said := commentary_of(snapshot, key, meeting, chosen):
        words = f"“{said.words}” {said.by}, {said.on:%-d %B %Y}"
        st.markdown(f"**Owner's commentary:** {for_markdown(words)}")
