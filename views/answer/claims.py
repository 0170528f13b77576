"""Claims made in public, judged anew by every load: holds, no longer holds, holds only on another
basis, not settled, cannot be tested; each with the figure that says so.
"""

import streamlit as st

from charts.escaping import for_markdown
from charts.theme import TONES
from loaders.formats import claim_register
from metrics.catalogue import metrics
from metrics.claims import Verdict, head_words
from metrics.freshness import as_at
from metrics.naming import named
from metrics.scope import OFFENCES
from metrics.wording import day_words
from store import settings
from views.parts import page
from views.parts.claim_points import claim_verdicts
from views.parts.figures import shown_snapshot
from views.parts.page import Page
from views.parts.register_entry import EDIT, form_key, say_what_was_written, write_entries
from views.parts.templates import render
from web.sign_in import here, store

PAGE = Page("Claims", address="claims", order=13)

# of each status: a mark, and a tone of `charts.theme.TONES`
LOOKS = {
    "holds": ("✓", "better"),
    "no longer holds": ("✗", "worse"),
    "holds only on another basis": ("◐", "neither"),
    "not settled": ("∿", "none"),
    "cannot be tested": ("–", "none"),
}
KINDS = {
    "At least": "at_least",
    "At most": "at_most",
    "Highest of all forces": "highest",
    "Rose by": "rose_by",
    "Cannot be tested": "not_testable",
}


def draw() -> None:
    """Draw the page."""
    snapshot = shown_snapshot()
    if snapshot is None:
        return page.empty("Claims", "Nothing is loaded yet.")
    day = as_at(snapshot, "recorded_outcome", "force")
    page.head("Claims", snapshot, "what was said in public, and whether it holds", day)
    say_what_was_written()
    force = settings.of(store().folder).force_name
    found = claim_verdicts(snapshot, force)
    st.header(head_words(found), anchor=False)
    st.html(render("claims", rows=[_line(one) for one in found]))
    heads = ["Claim", "What was said", "By", "On", "Status", "By which figure"]
    rows = [
        [
            one.claim.claim_id,
            one.claim.words,
            one.claim.said_by,
            day_words(one.claim.said_on),
            one.status,
            one.sentence,
        ]
        for one in found
    ]
    cited = (
        f"{force}, Raising the Bar: claims, data as at {day_words(day)}, "
        f"snapshot {snapshot.number}."
    )
    notes = [("Cite as", cited)]
    table = page.Table(heads, rows, "claims", notes=notes)
    page.download("CSV", "claims.csv", page.csv_text(table), table.deed)
    st.caption(
        "A claim holds where the latest figure, rounded as the claim is, is as good as it. It is "
        "not settled where the 95 % interval still reaches it. “The highest” asks for 95 % "
        "certainty of being first of all forces. Claims from newspapers are judged by today's "
        f"figures, not by those of the day. Cite as: {for_markdown(cited)}"
    )
    if here().may(EDIT):
        _form()
    return None


def _line(one: Verdict) -> tuple[object, ...]:
    mark, tone = LOOKS[one.status]
    said = day_words(one.claim.said_on)
    return one.claim, said, mark, TONES[tone], one.status, one.sentence, one.link


def _form() -> None:
    """Write a claim down, or put a public one right by its reference."""
    titles = {metric.title: metric.id for metric in metrics()}
    with st.expander("Write down a claim"), st.form(form_key("claim")):
        words = st.text_input("What was said", max_chars=200, placeholder="No names of people")
        left, middle, right = st.columns(3)
        reference = left.text_input("Reference", max_chars=20, placeholder="C1")
        who = middle.text_input("Said by", placeholder="The role or the body")
        day = right.date_input("Said on", format="DD/MM/YYYY")
        left, middle, right, last = st.columns([2, 1.2, 1, 1])
        measure = titles[str(left.selectbox("Measure", tuple(titles)))]
        kind = KINDS[str(middle.selectbox("Kind of claim", tuple(KINDS)))]
        figure = right.text_input("Figure", placeholder="98 %, or 7 for days")
        months = last.number_input("Months", 1, 120, 12)
        offences = st.selectbox("Offences", tuple(OFFENCES), format_func=named)
        if st.form_submit_button("Write it down"):
            entry = {"claim_id": reference, "claim_words": words, "said_by": who, "said_on": day}
            entry |= {"metric": measure, "comparator": kind, "claimed_figure": figure}
            write_entries(
                claim_register.FORMAT.name,
                {**entry, "window_months": months, "offences": offences},
            )
