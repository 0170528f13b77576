"""The pages there are, in the three sections of the sidebar."""

from typing import Any

import streamlit as st

from sql import settings
from sql.faults import StoreError
from views import (
    charges,
    compare,
    data,
    definitions,
    measured,
    meeting,
    orders,
    outcomes,
    programmes,
    quality,
    quarterly,
    register_page,
    review,
    since,
    weekly,
)
from views.asking import store
from views.words import for_markdown, page_words


def show() -> None:
    """The page that was asked for; where the store cannot be read, a sentence in its place."""
    try:
        navigation().run()
    except StoreError as problem:
        st.error(for_markdown(page_words(str(problem))))


def navigation() -> Any:
    """Streamlit's navigation over every page."""
    force = settings.of(store().folder).force_name
    sections = {
        "Review": [
            st.Page(review.page, title="Monthly performance day", url_path="review", default=True),
            st.Page(weekly.page, title="Weekly meeting", url_path="weekly"),
            st.Page(quarterly.page, title="Quarterly review", url_path="quarterly"),
            st.Page(since.page, title="Since the last meeting", url_path="since"),
            st.Page(measured.page, title="One measure", url_path="measure", visibility="hidden"),
            st.Page(meeting.page, title="Meeting mode", url_path="meeting", visibility="hidden"),
        ],
        "Understand": [
            st.Page(charges.page, title="Charges and convictions", url_path="charges"),
            st.Page(outcomes.page, title="Outcomes 15 and 16", url_path="outcomes"),
            st.Page(orders.page, title="Protection orders", url_path="orders"),
            st.Page(compare.page, title="Compare forces", url_path="compare"),
            st.Page(programmes.page, title="Did it work?", url_path="programmes"),
        ],
        "Trust": [
            st.Page(definitions.page, title="Definitions", url_path="definitions"),
            st.Page(data.page, title="Data", url_path="data"),
            st.Page(register_page.page, title="Registers", url_path="registers"),
            st.Page(quality.page, title="Data quality", url_path="quality"),
        ],
    }
    chosen = st.navigation(sections, expanded=True)
    st.sidebar.caption(f"{for_markdown(force)} · violence against women and girls")
    st.sidebar.caption("Local mode: no sign-in, this machine only.")
    return chosen
