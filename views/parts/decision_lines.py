"""Decisions that are open, where the next meeting begins."""

import streamlit as st

from charts.escaping import for_markdown
from metrics.decisions import decisions, head_words
from store.snapshot import Snapshot
from views.parts import page
from views.parts.meeting_notes import today


def say_open_decisions(snapshot: Snapshot) -> None:
    """One line with the way to them; nothing where none is open."""
    found = [one for one in decisions(snapshot) if one.is_open]
    if found:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{for_markdown(head_words(found, today()))}**")
            page.link("See it first" if len(found) == 1 else "See them first", "decisions", {})
