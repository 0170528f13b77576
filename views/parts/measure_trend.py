"""One metric over time, with its finding, broken down or not: what several pages show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st

from charts import reading
from charts.base import Figure
from charts.small_multiples import panels
from charts.time_series import Series, mark_target, trend
from metrics.catalogue import metric_named
from metrics.contracts import Answer, Cut, Metric, Value
from metrics.data_span import not_yet_words
from metrics.events import annotations, breaks
from metrics.freshness import as_at, last_complete_month
from metrics.periods import Grain, months_after, start_of
from metrics.rebasing import rebased, rebases
from metrics.scope import BY_WORDS, PERIODS, Chosen, scope_words
from metrics.scorecard import Window, Year, in_window, window_of, year_of
from metrics.series_start import carries_from, start_words
from metrics.statistics.signals import Judged, judge
from metrics.targets import target_of
from metrics.wording import figure_words, interval_words, resting_words
from store.snapshot import Snapshot
from views.parts import page, scope_note
from views.parts.figures import answer, figures_of, shown_snapshot

MOST_PANELS = 6


@dataclass(frozen=True)
class Ask:
    """A metric, the filters chosen for it, and the source."""

    metric: Metric
    chosen: Chosen

    @property
    def by(self) -> str | None:
        """The breakdown, where this metric has it."""
        return self.chosen.by if self.chosen.by in self.metric.dimensions("force") else None

    @property
    def grain(self) -> Grain:
        """Quarters where there is a breakdown, for small groups."""
        return "quarter" if self.by and self.chosen.grain == "month" else self.chosen.grain


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
        young = not_yet_words(figures_of(snapshot), metric, figures_of(snapshot).provisional_days)
        return f"{metric.title}: {young or 'no such cases in this period'}."
    events = (
        rebases(snapshot, metric, chosen)
        + annotations(snapshot, chosen)
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
        _finding(metric, window, now, year) + _signal(judged),
        _grey(ask, now, cut.grain, judged) + _start(snapshot, metric),
        drawn,
        page.table_of(metric, found, name.replace("_", "-")),
        reading.OF_PANELS if ask.by else _reading(metric, shown, drawn, lines[0]),
    )


def _reading(metric: Metric, judged: Judged | None, drawn: Figure, line: Series) -> str:
    """How to read the chart of one line."""
    has_open = any(value.status == "provisional" for value in line.values)
    return reading.of_trend(metric, judged, drawn, has_open)


def judge_chosen(
    snapshot: Snapshot, ask: Ask, everything: Sequence[Value], *more: date
) -> Judged | None:
    """The whole series on its chart, by the re-bases of the register for what is chosen; as it
    would be with `more` of them.
    """
    return judge(
        ask.metric,
        ask.grain,
        everything,
        [*rebased(snapshot, ask.metric, ask.chosen), *more],
        carries_from(snapshot, ask.metric),
    )


def _finding(metric: Metric, window: Window, now: Value, year: Year) -> str:
    """The latest figure, and what its twelve months are beside the twelve before."""
    told = year.words(metric)
    if told and window == year.window:
        return f"{metric.title}: {told}."
    first = f"{metric.title}: {figure_words(metric, now)} in {window.words}."
    return f"{first} {told[0].upper()}{told[1:]}." if told else first


def cut_of(ask: Ask, day: date) -> Cut:
    """Whole periods, up to the last complete month."""
    stop = months_after(last_complete_month(day), 1)
    grain = ask.grain
    everything = ask.chosen.months >= PERIODS["All"]
    start = None if everything else start_of(grain, months_after(stop, -ask.chosen.months))
    return Cut(
        grain=grain,
        by=(ask.by,) if ask.by else (),
        where=ask.chosen.where(ask.metric),
        from_day=start,
        to_day=stop,
    )


def _start(snapshot: Snapshot, metric: Metric) -> str:
    """From when on the series is judged, where that is not its first day."""
    words = start_words(snapshot, metric)
    return f" · {words}" if words else ""


def _signal(judged: Judged | None) -> str:
    """The sentence of the rule that fired, if one did."""
    return (
        f" Over {_since(judged)}: {judged.in_words()}."
        if judged is not None and judged.chart.latest
        else ""
    )


def _since(judged: Judged) -> str:
    """Which points a verdict rests on."""
    count = len(judged.values)
    if judged.earlier:
        return f"the {count} {judged.grain}s since its limits were re-based"
    return f"all {count} {judged.grain}s"


def _grey(ask: Ask, now: Value, grain: str, judged: Judged | None) -> str:
    """The line under a finding: what it rests on, the scope, the basis, and
    how to read the chart.
    """
    metric = ask.metric
    between = f" ({interval_words(metric, now)})" if interval_words(metric, now) else ""
    band = {
        "median": "the band is the middle half of the cases",
        "gap": "medians",
        "window": "no band: few orders",
    }
    unit = band.get(metric.shape, "the band is the 95 % interval")
    if judged is not None:
        kinds = {"xmr": "XmR", "p_prime": "Laney P′", "c": "c"}
        limits = (
            f"mean and limits from {'the last ' if judged.earlier else ''}"
            f"{len(judged.values)} {grain}s "
            f"({kinds.get(judged.chart.kind, '')} chart)"
        )
        if judged.earlier and judged.is_trial:
            unit = "dashed: limits of the phase before"
        unit = (
            f"{unit}; {judged.in_words()}"
            if judged.is_trial
            else limits + ("" if judged.chart.latest else f", {judged.in_words()}")
        )
    if ask.by:
        unit = f"whole force above; below by {BY_WORDS[ask.by]}, the six largest, one scale"
    outside = (
        scope_note.small_print(shown_snapshot(), [metric])
        if "VAWG" in scope_words(metric, ask.chosen)
        else ""
    )
    return (
        f"{resting_words(metric, now)}{between} · {scope_words(metric, ask.chosen)} · "
        f"{metric.day_words} · chart by {grain} · {unit}" + (f". {outside}" if outside else "")
    )


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
