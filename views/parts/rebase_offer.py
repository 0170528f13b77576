"""A re-base that a measure asks for: why, what it would do, and the form that writes it down."""

import streamlit as st

from charts.escaping import for_markdown
from charts.time_series import Series, trend
from loaders.formats import rebase_register
from metrics.catalogue import metric_named
from metrics.contracts import Value
from metrics.events import Event
from metrics.freshness import as_at
from metrics.measure_finding import Ask, cut_of, judge_chosen
from metrics.rebasing import Proposal, proposal
from metrics.scope import EVERYWHERE, Chosen, scope_words
from metrics.wording import day_words
from store.snapshot import Snapshot
from views.parts import page
from views.parts.figures import answer
from views.parts.register_entry import EDIT, form_key, write_entries
from web.sign_in import here


def draw(snapshot: Snapshot, name: str, chosen: Chosen) -> None:
    """The offer of a re-base under the chart of a measure; nothing where none is called for."""
    ask = Ask(metric_named(name), chosen)
    everything = _whole_series(snapshot, ask)
    offer = proposal(snapshot, judge_chosen(snapshot, ask, everything), chosen)
    if offer is None:
        return
    st.markdown(f"**A re-base is proposed.** {for_markdown(offer.why)}")
    with st.expander(f"What a re-base from {day_words(offer.day)} would do"):
        _preview(snapshot, ask, everything, offer)
        if here().may(EDIT):
            _form(ask, offer)
        else:
            st.caption("Analysts write re-bases down: ask one of them, with a reason and a name.")


def _whole_series(snapshot: Snapshot, ask: Ask) -> list[Value]:
    day = as_at(snapshot, ask.metric.relation, "force")
    if day is None:
        return []
    return list(answer(snapshot, ask.metric.id, cut_of(ask, day).but(from_day=None)).values)


def _preview(snapshot: Snapshot, ask: Ask, everything: list[Value], offer: Proposal) -> None:
    """The whole series as it would be judged: both phases, each with its limits."""
    judged = judge_chosen(snapshot, ask, everything, offer.day)
    if judged is None:
        return
    line = Event(offer.day, "re-based from here")
    drawn = trend(ask.metric, ask.grain, Series("", everything), [line], judged)
    page.picture(
        f"{ask.metric.title}, re-based from {day_words(offer.day)}: {judged.in_words()}.",
        f"{scope_words(ask.metric, ask.chosen)} · a preview: nothing is changed yet · dashed: "
        "limits of each phase, from its own points",
        drawn,
        "rebase-preview",
    )


def _form(ask: Ask, offer: Proposal) -> None:
    chosen = ask.chosen
    with st.form(form_key("rebase-offer"), border=False):
        left, middle, right = st.columns([1, 2, 1])
        day = left.date_input("Re-base from", offer.day, format="DD/MM/YYYY")
        why = middle.text_input("Reason", offer.reason, max_chars=120)
        who = right.text_input("Approved by", placeholder="Force performance board")
        st.caption(
            f"For {scope_words(ask.metric, chosen)} alone. The Data page takes it back like any "
            "load."
        )
        if st.form_submit_button("Re-base it"):
            write_entries(
                rebase_register.FORMAT.name,
                {
                    "metric": ask.metric.id,
                    "rebased_from": day,
                    "reason": why,
                    "approved_by": who,
                    "offences": chosen.offence,
                    "area": "" if chosen.area == EVERYWHERE else chosen.area,
                },
            )
