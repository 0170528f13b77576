"""Filters that go with the reader from page to page, and come back with the page.

Streamlit clears the address where another page is chosen in the sidebar. On the way back it takes
the filters of the address for those of the page that was left, where both pages have them, and
drops them.
"""

import streamlit as st

CARRIED = ("offences", "area", "period", "snapshot")
LEFT, FILTERS, REGAINED = "page that was left", "filters of pages", "filters regained"


def begin(address: str) -> bool:
    """Before a page is drawn: put the filters of the page that was left into its address, but for
    those that it names itself. Is it reached by Back?
    """
    for name, value in st.session_state.pop(REGAINED, {}).items():
        st.session_state[name] = value
    left = st.session_state.get(LEFT, address)
    st.session_state[LEFT] = address
    if left == address:
        return False
    for name, value in st.session_state.get(FILTERS, {}).get(left, {}).items():
        st.query_params.setdefault(name, value)
    context = st.runtime.scriptrunner.get_script_run_ctx()
    return context is not None and context.is_history_navigation


def end(address: str, is_back: bool) -> None:
    """After a page was drawn: keep its filters. Where Back has lost them the page is drawn again,
    as it was left.
    """
    now = {name: value for name, value in st.query_params.items() if name in CARRIED}
    kept = st.session_state.setdefault(FILTERS, {})
    lost = {name: value for name, value in kept.get(address, {}).items() if name not in now}
    if is_back and lost:
        st.session_state[REGAINED] = lost
        st.rerun()
    kept[address] = now
