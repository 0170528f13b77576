"""The awards that pay for programmes, as a table."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from metrics.funding import Award
from metrics.wording import day_words, share
from views.parts.load_report import table


def draw_awards(found: Sequence[Award], day: date) -> None:
    """What the money is, how much of it and of its time has gone, and when it ends."""
    if not found:
        return
    ending = [one for one in found if one.ends_soon(day)]
    st.header(
        f"{len(found)} awards, {len(ending)} of them ending within three months.", anchor=False
    )
    st.caption(
        f"At {day_words(day)}. Money stands beside results and is never divided by them: what an "
        "award bought cannot be read from a rate."
    )
    heads = ["Fund", "Award", "Spent", "Time gone", "Ends", "Promised", "Renewal decided"]
    cells = [
        [
            one.fund,
            f"£{one.amount:,.0f}",
            "not said" if one.spent_share is None else share(one.spent_share),
            share(one.time_share(one.spent_as_at or day)),
            one.end_words(day),
            one.outputs or "nothing written down",
            one.renewal,
        ]
        for one in found
    ]
    table(heads, cells, "Awards")
