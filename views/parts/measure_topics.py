"""A page of several topics, each with its measures over time or across groups, and what is open
now.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import streamlit as st

from metrics.catalogue import metric_named
from metrics.freshness import as_at
from metrics.scope import NATIONAL, Chosen
from store.snapshot import Snapshot
from views.parts import filters, group_comparison, measure_trend, page
from views.parts.figures import shown_snapshot
from views.parts.load_report import table

Below = Callable[[Snapshot, str, date], None]


@dataclass(frozen=True)
class Topic:
    """Measures that rest on one export, and how they can be cut."""

    name: str
    export: str  # as the Data page calls it
    measures: Sequence[str]
    across: Mapping[str, str] = field(default_factory=dict)
    below: Below | None = None  # what is drawn beneath, for an area and the day the data stands at
    mind: str = ""


@dataclass(frozen=True)
class Heading:
    """A heading with its grey line, and a table."""

    words: str
    grey: str
    heads: Sequence[str]


def draw(title: str, grey: str, topics: Sequence[Topic]) -> None:
    """Draw a page of topics, one of them at a time."""
    snapshot = shown_snapshot()
    days = {one.name: _day(snapshot, one) for one in topics}
    if snapshot is None or not any(days.values()):
        exports = ", ".join(dict.fromkeys(one.export for one in topics))
        page.empty(title, f"None of these exports is loaded yet: {exports}.")
        return
    newest = max(day for day in days.values() if day is not None)
    page.head(title, snapshot, grey, newest)
    names = {one.name: one for one in topics}
    only = next(iter(names)) if len(names) == 1 else None  # a choice of one is none
    topic = names[only or filters.one_of("Topic", tuple(names), "topic")]
    day = days[topic.name]
    if day is None:
        st.info(
            f"No export “{topic.export}” is loaded yet. Its template is on the Data page, with "
            "what each column may hold."
        )
        return
    _draw_topic(snapshot, topic, day)


def _day(snapshot: Snapshot | None, topic: Topic) -> date | None:
    metric = metric_named(topic.measures[0])
    return as_at(snapshot, metric.relation, "force") if snapshot else None


def _draw_topic(snapshot: Snapshot, topic: Topic, day: date) -> None:
    titles = {metric_named(name).title: metric_named(name) for name in topic.measures}
    metric = titles[filters.one_of("Measure", tuple(titles), "measure")]
    offence = "All crime"
    if "vawg" in metric.dimensions("force"):
        offence = filters.offence_pills(NATIONAL)
    left, right = st.columns([4, 1], vertical_alignment="center")
    ways = {"Over time": None} | {
        words: name for words, name in topic.across.items() if name in metric.dimensions("force")
    }
    with left:
        across = ways[filters.one_of("Across", tuple(ways), "across")]
    with right:
        area = filters.area_choice(snapshot, metric.id)
    chosen = Chosen(offence=offence, area=area, by=across).for_metric(metric)
    if across is None:
        measure_trend.draw(snapshot, metric.id, chosen)
    elif not group_comparison.groups(snapshot, metric, chosen, across):
        st.info(f"{metric.title}: fewer than two groups can be told apart here.")
    if topic.below is not None:
        topic.below(snapshot, area, day)
    if topic.mind:
        st.caption(topic.mind)
    page.foot([metric], "force")


def headed_table(heading: Heading, cells: Sequence[Sequence[object]], alt: str) -> None:
    """A heading that says what the table beneath shows."""
    st.header(heading.words, anchor=False)
    st.caption(heading.grey)
    if cells:
        table(list(heading.heads), cells, alt)
