"""One measure over time: which cut is asked, what its chart is headed with, and what stands under
the heading. Said once for pages, slides and packs.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from metrics.contracts import Cut, Metric, Value
from metrics.data_span import not_yet_words
from metrics.figures import Figures
from metrics.freshness import last_complete_month
from metrics.naming import subject
from metrics.periods import Grain, months_after, start_of
from metrics.rebasing import rebased
from metrics.scope import BY_WORDS, PERIODS, Chosen, scope_words
from metrics.scorecard import Window, Year
from metrics.series_start import carries_from, start_words
from metrics.statistics.signals import Judged, judge
from metrics.wording import figure_words, interval_words, resting_words
from store.snapshot import Snapshot


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


def finding(metric: Metric, window: Window, now: Value, year: Year) -> str:
    """The latest figure, and what its twelve months are beside the twelve before."""
    told = year.words(metric)
    if told and window == year.window:
        return f"{metric.title}: {told}."
    first = f"{metric.title}: {figure_words(metric, now)} in {window.words}."
    return f"{first} {told[0].upper()}{told[1:]}." if told else first


def signal_words(judged: Judged | None) -> str:
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


def basis_words(ask: Ask, now: Value, judged: Judged | None, outside: str = "") -> str:
    """The line under a finding: what it rests on, the scope, the basis, and
    how to read the chart; `outside` is what stands outside the scope of VAWG.
    """
    metric, grain = ask.metric, ask.grain
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
    return (
        f"{resting_words(metric, now)}{between} · {scope_words(metric, ask.chosen)} · "
        f"{metric.day_words} · chart by {grain} · {unit}"
        + (f". {outside}" if outside and subject() in scope_words(metric, ask.chosen) else "")
    )


def start_suffix(snapshot: Snapshot, metric: Metric) -> str:
    """From when on the series is judged, where that is not its first day."""
    words = start_words(snapshot, metric)
    return f" · {words}" if words else ""


def nothing_words(
    figures: Figures, ask: Ask, found: Sequence[Value], window: Window, now: Value | None
) -> str:
    """Why a chart of a measure has no point: no period can be judged yet, each rests on too few
    cases, or there are none; and the figure of the latest `window`, where that has one.
    """
    metric = ask.metric
    if now is not None and now.value is not None:
        figure = f"{figure_words(metric, now)} ({resting_words(metric, now)}) in {window.words}"
        return f"{metric.title}: {figure}. No single {ask.grain} has enough cases for a chart."
    if young := not_yet_words(figures, metric, figures.provisional_days):
        return f"{metric.title}: {young}."
    if any(value.denominator or value.numerator for value in found):
        return f"{metric.title}: too few cases for a figure in any period shown."
    return f"{metric.title}: no such cases in this period."
