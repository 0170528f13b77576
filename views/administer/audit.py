"""The audit record, for administrators: who did what, when, from which page; with filters, as CSV,
and whether the chain holds.
"""

import hashlib
from collections.abc import Sequence

import streamlit as st

from charts.escaping import for_markdown
from store import audit, audit_refusals
from store.audit_check import Look, acknowledge, look
from store.audit_lines import LONGEST
from store.errors import StoreError
from views.parts import page
from views.parts.load_report import table
from views.parts.load_wording import refusal_words
from views.parts.page import Page
from views.parts.tab_state import this_tab
from web.sign_in import here, store

PAGE = Page("Audit record", address="audit", order=2, is_prerendered=False)

OTHERS = (audit.SIGN_IN, audit.REFUSAL, audit.FAULT, audit.ACKNOWLEDGEMENT)
KINDS = ("Everything", *(kind.capitalize() for kind in (*audit.KINDS, *OTHERS)))
SHOWN = 500
SENTENCES = 5
ACKNOWLEDGED = "acknowledged"


def draw() -> None:
    """Draw the page."""
    page.set_style()
    st.title("Audit record", anchor=False)
    st.caption(
        "Who did what, when and from which page. Lines are added, never changed; each is sealed "
        "with the hash of the one before."
    )
    folder = store().folder
    _chain()
    months = [path.stem for path in reversed(audit.files(folder))]
    if not months:
        st.info("Nothing has been recorded yet.")
        return
    left, middle, right = st.columns(3)
    month = str(left.selectbox("Month", months))
    kind = str(middle.selectbox("Kind of act", KINDS))
    found = [
        line
        for line in audit.lines(folder, month)
        if kind in ("Everything", line.kind.capitalize())
    ]
    who = str(right.selectbox("Who", ("Everybody", *sorted({line.who for line in found}))))
    shown = [line for line in reversed(found) if who in ("Everybody", line.who)]
    heads = ["Number", "When (UTC)", "Kind", "What", "Who", "Roles", "Page", "Snapshot"]
    cells = [
        [
            line.number,
            line.at.replace("T", " ").removesuffix("Z"),
            line.kind.capitalize(),
            line.what,
            line.who,
            ", ".join(line.roles),
            line.page,
            "" if line.snapshot is None else line.snapshot,
        ]
        for line in shown
    ]
    st.header(f"{len(shown):,} {'line' if len(shown) == 1 else 'lines'}", anchor=False)
    table(heads, cells[:SHOWN], "The audit record")
    if len(cells) > SHOWN:
        st.caption(f"The newest {SHOWN}; the CSV has them all.")
    whole = [[*row, line.before, line.hash] for row, line in zip(cells, shown, strict=True)]
    text = page.csv_text(page.Table([*heads, "Hash before", "Hash"], whole, "audit"))
    page.download("CSV", f"audit-{month}.csv", text, "download:audit")


def _chain() -> None:
    """Does the chain hold? If so its newest hash, to be written down; if not, what is wrong."""
    folder = store().folder
    is_full = st.button(
        "Read every line again",
        help="Else only what is new since this server last looked is read word by word.",
    )
    with st.spinner("Checking the record …", show_time=True):
        found = look(folder, is_full)
    if said := this_tab().told(ACKNOWLEDGED):
        st.success(said)
    _tell(found.trouble, "The record's head is not kept as it should be.")
    if found.harm:
        _tell(found.harm, "The record is not as it was written.")
        _acknowledgement(found)
    else:
        settled = found.acknowledged
        words = "none changed, none missing"
        if settled is not None:
            words = f"none changed or missing since number {settled.number}"
        newest = f"Its newest hash begins {found.hash[:16]}."
        st.success(f"The chain holds: {found.count:,} lines, {words}. {newest}")
    if waiting := audit_refusals.counted(folder):
        words = f"Not in it yet: {waiting:,} more refusals of this hour"
        st.caption(f"{words}, which this server counts and puts in one line.")


def _tell(faults: Sequence[str], head: str) -> None:
    if not faults:
        return
    more = f" And {len(faults) - SENTENCES} more." if len(faults) > SENTENCES else ""
    st.error(f"{head} {for_markdown(' '.join(faults[:SENTENCES]))}{more}")
    if more:
        with st.expander("All of it"):
            st.text("\n".join(faults))


def _acknowledgement(look: Look) -> None:
    """Somebody says how the record came to be as it is. Once more is found the form is another."""
    shown = hashlib.sha256("\n".join(look.harm).encode()).hexdigest()
    with st.form(f"acknowledge-{shown}"):
        st.caption(
            "This stays here until an administrator acknowledges it. If a backup was restored, say "
            "which and why. Who acknowledges, when and why is a line of the record; what is found "
            "later is shown again."
        )
        why = st.text_input("How the record came to be as it is", max_chars=LONGEST)
        if not st.form_submit_button("Acknowledge"):
            return
    mine, person = this_tab(), here()
    try:
        with mine.doing():
            line = acknowledge(store().folder, person.name, why, look.harm)
            mine.say(ACKNOWLEDGED, f"Acknowledged, in number {line.number}.")
    except StoreError as problem:
        st.error(for_markdown(refusal_words(problem)))
        return
    st.rerun()
