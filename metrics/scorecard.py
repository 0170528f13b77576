"""Scorecard: every headline measure as a row of words, from the figures of one snapshot."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from metrics.catalogue import metrics
from metrics.contracts import Cut, Metric, Value
from metrics.data_span import begins_words, first_period
from metrics.figures import Figures
from metrics.freshness import as_at, last_complete_month
from metrics.periods import Grain, end_of, months_after, start_of
from metrics.rebasing import Proposal, proposal, rebased
from metrics.scope import Chosen, scope_words
from metrics.series_start import carries_from
from metrics.statistics.change import Change, change
from metrics.statistics.signals import Judged, judge
from metrics.targets import target_of, target_words, verdict_words
from metrics.wording import (
    bounds_words,
    figure_words,
    interval_words,
    period_words,
    resting_words,
    step_words,
    unjudged_words,
    unsettled_words,
)

LONG_KNOWN = 12  # months after which a signal that still stands is no news


@dataclass(frozen=True)
class RowWords:
    """One metric of a scorecard, all of it in words but the trend."""

    title: str
    basis: str
    link: str
    figure: str
    interval: str
    resting: str
    change: str
    yardstick: str
    trend: Sequence[Value]
    trend_words: str
    is_charted: bool = True  # no: said beside a measure that has the chart
    signal: str = ""  # ▲ H, ▼ L, ∿, or nothing where there are too few points
    unjudged: str = ""  # what stands in the place of a signal where there is none
    tone: str = "none"
    target: str = ""  # the target and, on its own line, whether it is met
    verdict: str = ""
    counter: str = ""  # the measure watched beside the target


@dataclass(frozen=True)
class ScorecardRow:
    """A row of the scorecard, and the sentence of its signal where it has one."""

    metric: str
    row: RowWords
    words: str  # of the rule that fired; empty where none did
    said: str  # the same, with the name of the measure
    is_new: bool
    proposal: Proposal | None = None  # a re-base that the series asks for
    stood_for: int = 0  # months up to now in which the signal has stood

    @property
    def is_known(self) -> bool:
        """Has its signal stood for so long that it is no news?"""
        return not self.is_new and self.stood_for >= LONG_KNOWN


@dataclass(frozen=True)
class Window:
    """The span a headline figure is for."""

    start: date
    stop: date

    @property
    def words(self) -> str:
        """August 2026, or 12 months to August 2026."""
        last = months_after(self.stop, -1)
        return (
            period_words("month", last)
            if self.start == last
            else f"12 months to {period_words('month', last)}"
        )

    def year(self) -> "Window":
        """The twelve months that end with this span."""
        return Window(months_after(self.stop, -12), self.stop)

    def year_before(self) -> "Window":
        """The same span a year earlier."""
        return Window(months_after(self.start, -12), months_after(self.stop, -12))


def window_of(metric: Metric, day: date, provisional_days: int) -> Window:
    """The latest span of a metric that can be judged at `day`: of crimes whose outcomes are waited
    for, the last that have all been followed for `provisional_days`.
    """
    stop = months_after(last_complete_month(day), 1)
    if metric.follow_days is not None:
        stop = min(stop, start_of("month", day - timedelta(days=metric.follow_days - 1)))
    elif metric.matures:
        stop = min(stop, start_of("month", day - timedelta(days=provisional_days - 1)))
    return Window(months_after(stop, -metric.base.months_judged), stop)


def headline(
    figures: Figures, metric: Metric, chosen: Chosen, is_beside: bool = False
) -> ScorecardRow | None:
    """One row; None where nothing of its source is loaded.

    A measure that is watched beside another shows no third one.
    """
    day = as_at(figures.snapshot, metric.relation, "force")
    if day is None:
        return None
    window = window_of(metric, day, figures.provisional_days)
    cut = Cut(where=chosen.where(metric))
    now = in_window(figures, metric, cut, window)
    if now is None:
        return None
    year = year_of(figures, metric, cut, window)
    is_rare = metric.base.is_rare
    grain, back = ("quarter", 36) if is_rare else ("month", 24)
    since = cut.but(
        grain=grain,
        from_day=start_of(grain, months_after(last_complete_month(day), 1 - back)),
        to_day=months_after(last_complete_month(day), 1),
    )
    trend = [value for value in figures.ask(metric.id, since).values if value.value is not None]
    control = control_of(figures, metric, chosen)
    latest = control.chart.latest if control else None
    found = target_of(figures.snapshot, metric, day, chosen)
    aim = float(str(found["target"])) if found else None
    signal = sign_of(control)
    words = control.in_words() if control and latest else ""
    said = f"{metric.title}: {words}." if words else ""
    beside = counter_words(figures, found, chosen) if found and not is_beside else ""
    middle = " (middle half)" if metric.shape in ("median", "gap") else ""
    row = RowWords(
        title=metric.title,
        basis=f"{scope_words(metric, chosen)} · {metric.day_words}",
        link=link_of(metric, chosen),
        figure=figure_words(metric, now),
        interval=f"{interval_words(metric, now)}{middle}".strip(),
        resting=f"{resting_words(metric, now)}, {window.words}",
        change=step_words(metric, year.change) if year.change else "",
        yardstick=(
            (bounds_words(metric, year.change) + unsettled_words(year.change)).removeprefix(", ")
            if year.change
            else begins_words(year.begins)
        ),
        trend=trend,
        trend_words=f"{metric.title}, {len(trend)} {grain}s, now {figure_words(metric, now)}",
        is_charted=metric.shape != "window" and control is not None,
        signal=signal,
        unjudged=unjudged_words(metric),
        tone=control.tone(latest) if control else "none",
        target=target_words(metric, aim) if aim is not None else "",
        counter=beside,
        verdict=verdict_words(metric, control, aim) if aim is not None else "",
    )
    is_new = control is not None and control.is_new and _is_first_told(control, day)
    offer = proposal(figures.snapshot, control, chosen)
    stood_for = control.stood_for if control else 0
    return ScorecardRow(metric.id, row, words, said, is_new, offer, stood_for)


def control_of(figures: Figures, metric: Metric, chosen: Chosen) -> Judged | None:
    """The whole series of a measure on its control chart, by which it is judged on every page; None
    where nothing of it can be.
    """
    day = as_at(figures.snapshot, metric.relation, "force")
    if day is None:
        return None
    stop = months_after(last_complete_month(day), 1)
    grain: Grain = "quarter" if metric.base.is_rare else "month"
    whole = Cut(where=chosen.where(metric), grain=grain, to_day=stop)
    return judge(
        metric,
        grain,
        figures.ask(metric.id, whole).values,
        rebased(figures.snapshot, metric, chosen),
        carries_from(figures.snapshot, metric),
    )


def sign_of(control: Judged | None) -> str:
    """The signal of a series as a shape and a letter; nothing with too few points."""
    if control is None or control.is_trial:
        return ""
    latest = control.chart.latest
    return "∿" if latest is None else "▲ H" if latest.is_high else "▼ L"


def judged_now(figures: Figures, metric: Metric, chosen: Chosen) -> tuple[Value, Window] | None:
    """The latest figure of a measure that can be judged, as the scorecard says it, and its span."""
    day = as_at(figures.snapshot, metric.relation, "force")
    if day is None:
        return None
    window = window_of(metric, day, figures.provisional_days)
    value = in_window(figures, metric, Cut(where=chosen.where(metric)), window)
    return (value, window) if value is not None else None


def _is_first_told(judged: Judged, day: date) -> bool:
    """Was the latest point not judged a month ago yet? A quarter ends once in three reviews."""
    period = judged.values[-1].period
    if judged.grain == "month" or period is None:
        return True
    return end_of(judged.grain, period) > last_complete_month(day)


def counter_words(figures: Figures, target: dict[str, object], chosen: Chosen) -> str:
    """The counter-measure of a target, which may pay for it: its figure and its signal."""
    name = target["counter_metric"]
    entry = next((one for one in metrics() if one.id == name), None)
    told = headline(figures, entry, chosen, is_beside=True) if entry else None
    if told is None or entry is None:
        return ""
    words = told.words or "no signal"
    return f"beside it must not get worse: {entry.title}, {told.row.figure}, {words}"


@dataclass(frozen=True)
class Year:
    """The twelve months that end with a span, and what has changed on the twelve before."""

    window: Window
    now: Value | None
    change: Change | None
    begins: date | None = None  # the first month there is, where the year before is not whole

    def words(self, metric: Metric) -> str:
        """18.4 % in 12 months, +2.6 pts (+0.4 to +4.8) on the 12 before; empty without a change."""
        if self.now is None or self.change is None:
            return ""
        step = f"{step_words(metric, self.change)} {bounds_words(metric, self.change)}".rstrip()
        year = f"{figure_words(metric, self.now)} in {self.window.words}"
        return f"{year}, {step} on the 12 before{unsettled_words(self.change)}"


def year_of(figures: Figures, metric: Metric, cut: Cut, window: Window) -> Year:
    """The twelve months that end with `window` beside the twelve before.

    What crimes came to is known of both for equally long: of the earlier year, as it was known a
    year earlier.
    """
    year = window.year()
    day = as_at(figures.snapshot, metric.relation, "force")
    is_followed = metric.matures and metric.follow_days is None
    then = cut.but(known_until=a_year_before(day)) if is_followed and day else cut
    now = in_window(figures, metric, cut, year)
    before = in_window(figures, metric, then, year.year_before())
    start, first = carries_from(figures.snapshot, metric), first_period(figures, metric)
    begins = max((one for one in (start, first) if one is not None), default=date.min)
    if year.year_before().start < begins:
        before = None  # a year that is not whole is no yardstick
    found = change(metric, now, before) if now and before else None
    return Year(year, now, found, first if first and year.year_before().start < first else None)


def a_year_before(day: date) -> date:
    """The same day of the year before; of 29 February the 28th."""
    return day.replace(year=day.year - 1, day=min(day.day, 28 if day.month == 2 else 31))


def in_window(figures: Figures, metric: Metric, cut: Cut, window: Window) -> Value | None:
    """The value of a metric over one span."""
    found = figures.ask(metric.id, cut.but(from_day=window.start, to_day=window.stop)).values
    return found[0] if found and found[0].status != "not_supplied" else None


def link_of(metric: Metric, chosen: Chosen) -> str:
    """The page on which this metric is studied, with the same filters."""
    return (
        f"measure?{urlencode({'id': metric.id, 'offences': chosen.offence, 'area': chosen.area})}"
    )
