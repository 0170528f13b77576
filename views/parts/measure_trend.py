"""One metric over time, with its finding, broken down or not: what several pages show."""

import streamlit as st

from charts import reading
from charts.base import Figure
from charts.small_multiples import panels
from charts.time_series import Series, mark_target, trend
from metrics.catalogue import metric_named
from metrics.contracts import Answer, Cut, Metric, Value
from metrics.decisions import decided
from metrics.events import annotations, breaks
from metrics.freshness import as_at
from metrics.measure_finding import (
    Ask,
    basis_words,
    cut_of,
    finding,
    judge_chosen,
    nothing_words,
    signal_words,
    start_suffix,
)
from metrics.rebasing import rebases
from metrics.scope import BY_WORDS, Chosen
from metrics.scorecard import in_window, window_of, year_of
from metrics.statistics.signals import Judged
from metrics.targets import target_of
from store.snapshot import Snapshot
from views.parts import page, scope_note
from views.parts.figures import answer, figures_of, shown_snapshot

MOST_PANELS = 6


def draw(snapshot: Snapshot, name: str, chosen: Chosen) -> None:
    """A chart of one metric from the force's own export, headed by what it shows; a sentence where
    there is none.
    """
    metric, drawn = metric_named(name), prepare(snapshot, name, chosen)
    if isinstance(drawn, str):
        st.info(drawn)
        return
    if chosen.by and chosen.by not in metric.dimensions("force"):
        st.caption(f"This measure is not known by {BY_WORDS[chosen.by]}: the whole force is shown.")
    page.block(drawn.finding, drawn.grey, drawn.figure, drawn.table, drawn.reading)


def prepare(snapshot: Snapshot, name: str, chosen: Chosen) -> page.DrawnChart | str:
    """The chart of one metric, or a sentence that says why there is none."""
    metric = metric_named(name)
    ask = Ask(metric, chosen)
    day = as_at(snapshot, metric.relation, "force")
    if day is None:
        return (
            f"{metric.title}: nothing loaded yet. Load the export on the Data page, or see its "
            "template there."
        )
    cut = cut_of(ask, day)
    found = answer(snapshot, name, cut)
    window = window_of(metric, day, figures_of(snapshot).provisional_days)
    base = Cut(where=chosen.where(metric))
    now = in_window(figures_of(snapshot), metric, base, window)
    year = year_of(figures_of(snapshot), metric, base, window)
    if now is None or not any(value.value is not None for value in found.values):
        return nothing_words(figures_of(snapshot), ask, found.values, window, now)
    events = (
        rebases(snapshot, metric, chosen)
        + annotations(snapshot, chosen)
        + decided(snapshot, metric, chosen)
        + breaks(snapshot, metric, chosen)
    )
    lines = series_of(found)
    everything = () if ask.by else answer(snapshot, name, cut.but(from_day=None)).values
    judged = judge_chosen(snapshot, ask, everything)
    if (
        everything and everything[0].period
    ):  # a period before the first that anything is known of is no period of none
        begun = everything[0].period
        lines = [
            Series(
                one.name, [value for value in one.values if value.period and value.period >= begun]
            )
            for one in lines
        ]
    shown = judged.since(cut.from_day) if judged is not None else None
    drawn = (
        panels(metric, cut.grain, lines)
        if ask.by
        else trend(metric, cut.grain, lines[0], events, shown)
    )
    aim = target_of(snapshot, metric, day, chosen)
    if aim is not None and not ask.by:
        mark_target(drawn, metric, float(str(aim["target"])))
    return page.DrawnChart(
        finding(metric, window, now, year) + signal_words(judged),
        basis_words(ask, now, judged, scope_note.small_print(shown_snapshot(), [metric]))
        + start_suffix(snapshot, metric),
        drawn,
        page.table_of(metric, found, name.replace("_", "-")),
        reading.OF_PANELS if ask.by else _reading(metric, shown, drawn, lines[0]),
    )


def _reading(metric: Metric, judged: Judged | None, drawn: Figure, line: Series) -> str:
    """How to read the chart of one line."""
    has_open = any(value.status == "provisional" for value in line.values)
    return reading.of_trend(metric, judged, drawn, has_open)


def series_of(answer: Answer) -> list[Series]:
    """The lines of an answer: one, or the six largest of its breakdown."""
    if not answer.cut.by:
        return [Series("", answer.values)]
    key = answer.cut.by[0]
    groups: dict[str, list[Value]] = {}
    for value in answer.values:
        groups.setdefault(value.by.get(key) or "not known", []).append(value)
    sizes = {
        name: sum(value.denominator or value.numerator or 0 for value in values)
        for name, values in groups.items()
    }
    largest = sorted(sizes, key=lambda name: -sizes[name])[:MOST_PANELS]
    return [Series(name, groups[name]) for name in largest]
