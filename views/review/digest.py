"""Digest: what is new since the last meeting, on one page, to be read or taken away."""

import streamlit as st

from charts.escaping import for_markdown
from metrics.catalogue import metrics
from metrics.freshness import as_at
from packs.digest import NOTHING, as_html, as_text, digest
from views.parts import page
from views.parts.figures import figures_of, shown_snapshot
from views.parts.meeting_notes import today
from views.parts.page import Page
from web.sign_in import store

PAGE = Page("Digest", address="digest", order=7, is_prerendered=False)


def draw() -> None:
    """Draw the page."""
    snapshot = shown_snapshot()
    if snapshot is None:
        return page.empty("Digest", "Nothing is loaded yet.")
    day = as_at(snapshot, "recorded_outcome", "force")
    page.head("Digest", snapshot, "what is new since the last meeting", day)
    titles = {metric.title: metric.id for metric in metrics()}
    picked = st.multiselect("Of these measures alone", tuple(titles), placeholder="All that lead")
    only = [titles[title] for title in picked]
    found = digest(store(), figures_of(snapshot), today(), only)
    for section in found.sections:
        many = len(section.lines)
        st.header(f"{section.title}: {many}" if many else section.title, anchor=False)
        if section.lines:
            st.markdown("\n".join(f"- {for_markdown(line)}" for line in section.lines))
        else:
            st.caption(NOTHING)
    st.caption(for_markdown(found.foot))
    with st.container(horizontal=True):
        page.download("HTML", "digest.html", as_html(found).encode(), "download:figures")
        page.download("Text", "digest.txt", as_text(found), "download:figures")
    return None
