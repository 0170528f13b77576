"""Recommendations of inspectors and super-complaints, each with the evidence of today; what is
marked complete and has got worse is said first.
"""

from collections.abc import Iterator

import streamlit as st

from charts.theme import TONES
from metrics.freshness import as_at
from metrics.recommendations import (
    Evidence,
    Recommendation,
    evidence_of,
    head_words,
    recommendations,
)
from metrics.wording import day_words
from views.parts import page
from views.parts.figures import figures_of, shown_snapshot
from views.parts.meeting_notes import today
from views.parts.page import Page
from views.parts.scorecard import TONE_WORDS, Icon
from views.parts.templates import render

PAGE = Page("Recommendations", address="recommendations", order=14)


def draw() -> None:
    """Draw the page."""
    snapshot = shown_snapshot()
    if snapshot is None:
        return page.empty("Recommendations", "Nothing is loaded yet.")
    day = as_at(snapshot, "recorded_outcome", "force")
    words = "what inspectors asked for, and what the figures show"
    page.head("Recommendations", snapshot, words, day)
    figures = figures_of(snapshot)
    found = [(one, evidence_of(figures, one)) for one in recommendations(snapshot)]
    worse = [one for one, shown in found if any(item.warning for item in shown)]
    st.header(head_words([one for one, _ in found], len(worse), today()), anchor=False)
    found.sort(key=lambda pair: pair[0] not in worse)
    for source in dict.fromkeys(one.source for one, _ in found):
        st.subheader(source, anchor=False)
        rows = [_line(one, shown) for one, shown in found if one.source == source]
        st.html(render("recommendations", rows=rows))
    _strands([one for one, _ in found])
    _download([one for one, _ in found])
    st.caption(
        "The recommendations that are built in are summarised in our own words; the reports have "
        "the published wording. States, owners and further recommendations are loaded as CSV on "
        "the Data page (template recommendation_register). Complete is what the force says; only "
        "the inspectorate closes a recommendation."
    )
    return None


def _line(one: Recommendation, shown: list[Evidence]) -> tuple[object, ...]:
    icons = [(item, Icon(item.signal, TONES[item.tone], TONE_WORDS[item.tone])) for item in shown]
    return one, one.state_words(today()), icons


def _strands(found: list[Recommendation]) -> None:
    """Which strand of the strategy has no evidence."""
    strands: dict[str, set[str]] = {
        "Our Behaviour": set(),
        "Prevention and Engagement": set(),
        "Safety in Public": set(),
        "Communications": set(),
    }
    for one in found:
        strands.setdefault(one.strand or "no strand named", set()).update(one.evidence)
    without = [name for name, ids in strands.items() if not ids]
    if without:
        st.markdown(f"**No measure here shows these strands: {', '.join(without)}.**")


def _download(found: list[Recommendation]) -> None:
    """The table that a commissioner publishes."""
    heads = [
        "Rec No.",
        "Recommendation",
        "Sub recommendation",
        "Rec. Owner",
        "Initial action plan response",
        f"{today():%B %Y} update",
        "State",
        "Report",
    ]
    table = page.Table(heads, list(_rows(found)), "recommendations")
    page.download("CSV", "recommendations.csv", page.csv_text(table), table.deed)


def _rows(found: list[Recommendation]) -> Iterator[list[object]]:
    for one in found:
        published = f", {day_words(one.published_on)}" if one.published_on else ""
        yield [
            one.number,
            one.words,
            one.sub_number,
            one.owner,
            one.response,
            one.update,
            one.state_words(today()),
            f"{one.source}{published}",
        ]
