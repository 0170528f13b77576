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
    for metric in metrics():
        with st.expander(metric.title):
            draw_definition(metric)


def draw_definition(metric: Metric) -> None:
    """Every word we say about one measure, and its worked example."""
    st.write(for_markdown(metric.meaning))
    lines = [f"- **Counts**: {metric.numerator}"] if metric.numerator else []
    lines += [f"- **Out of**: {metric.denominator}"] if metric.denominator else []
    lines += [
        f"- **Mind**: {metric.mind}",
        f"- **Day**: {metric.day_words}",
        f"- **Known from**: {', '.join(SOURCES[name] for name in metric.sources)}",
    ]
    st.markdown("\n".join(lines))
    st.caption("Worked example")
    st.code(metric.example.rows.strip(), language=None)
    st.write(for_markdown(metric.example.arithmetic))
    st.caption(f"On the command line: {metric.id}".replace("_", r"\_"))
