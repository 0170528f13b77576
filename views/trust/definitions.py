"""Definitions: every metric in words with its worked example, from the catalogue."""

import streamlit as st

from charts.escaping import for_markdown
from metrics.catalogue import metrics
from metrics.contracts import Metric
from views.parts import page
from views.parts.page import SOURCES, Page

PAGE = Page("Definitions", address="definitions", order=1)


def draw() -> None:
    """Draw the page."""
    page.set_style()
    st.title("Definitions", anchor=False)
    st.caption(
        "What each measure counts, out of what, and what to mind. The same words are in "
        "docs/metrics.md."
    )
    for entry in metrics():
        with st.expander(entry.title):
            draw_definition(entry)


def draw_definition(entry: Metric) -> None:
    """Every word we say about one measure, and its worked example."""
    st.write(for_markdown(entry.meaning))
    lines = [f"- **Counts**: {entry.numerator}"] if entry.numerator else []
    lines += [f"- **Out of**: {entry.denominator}"] if entry.denominator else []
    lines += [
        f"- **Mind**: {entry.mind}",
        f"- **Day**: {entry.day_words}",
        f"- **Known from**: {', '.join(SOURCES[name] for name in entry.sources)}",
    ]
    st.markdown("\n".join(lines))
    st.caption("Worked example")
    st.code(entry.example.rows.strip(), language=None)
    st.write(for_markdown(entry.example.arithmetic))
    st.caption(f"On the command line: {entry.id}".replace("_", r"\_"))
