"""What speaks for rolling a programme out, and what against, as a table."""

from collections.abc import Sequence

import streamlit as st

from charts.escaping import for_markdown
from metrics.roll_out import Point, summary
from views.parts.load_report import table


def draw_roll_out(weighed: Sequence[Point], name: str) -> None:
    """The points of a programme, each with what the figures say."""
    st.header(summary(weighed), anchor=False)
    st.caption(
        for_markdown(
            f"{name} · what is to be weighed, not what is to be decided. Begun in one area after "
            "another, on days written down, it can be judged again."
        )
    )
    table(
        ["What to weigh", "What the figures say", "For or against"],
        [[one.question, one.answer, one.side] for one in weighed],
        "Points for and against",
    )
