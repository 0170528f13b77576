"""Differences between two snapshots: signals that started or ended, figures
restated, loads since.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from metrics.catalogue import metrics
from metrics.contracts import Cut, Metric, Value
from metrics.figures import Figures
from metrics.freshness import as_at
from metrics.rebasing import rebased
from metrics.scope import Chosen
from metrics.scorecard import ScorecardRow, headline, in_window, link_of, window_of
from metrics.wording import MINUS, change_words, figure_words, interval_words, resting_words


@dataclass(frozen=True)
class SignalChange:
    """A signal that differs between two snapshots."""

    kind: str  # Started, Ended, Re-based, No data at the last meeting
    sentence: str
    link: str


@dataclass(frozen=True)
class Restatement:
    """A figure of the span that was judged then, as it was and as it is, in words."""

    measure: str
    span: str
    then: str
    now: str
    step: str


@dataclass(frozen=True)
class Seen:
    """The latest final figure of a measure as a meeting sees it, in words with its interval, and
    its span.
    """

    value: Value
    words: str
    span: str


@dataclass(frozen=True)
class Step:
    """From the figure that the last meeting saw to today's."""

    measure: str
    link: str
    then: Seen
    now: Seen


@dataclass(frozen=True)
class LoadSince:
    """A load that only one of the two snapshots counts."""

    load_id: int
    format: str  # its name among the formats
    file_name: str
    received_at: datetime
    brought: str
    state: str


@dataclass(frozen=True)
class Changes:
    """What differs between two snapshots."""

    signals: list[SignalChange]
    steps: list[Step]
    restated: list[Restatement]
    loads: list[LoadSince]
    absent: list[str]  # titles of the measures of which nothing was loaded then


def compared(now: Figures, then: Figures, chosen: Chosen) -> Changes:
    """Every headline measure in two snapshots, the newer first."""
    signals, steps, restated, absent = [], [], [], []
    for metric in (metric for metric in metrics() if metric.headline):
        if restatement := _restated(now, then, metric, chosen):
            restated.append(restatement)
        if step := _step(now, then, metric, chosen):
            steps.append(step)
        row_now, row_then = headline(now, metric, chosen), headline(then, metric, chosen)
        if row_now is not None and row_then is None:
            absent.append(metric.title)
        has_new_limits = rebased(now.snapshot, metric, chosen) != rebased(
            then.snapshot, metric, chosen
        )
        if row_now is not None and (found := _signal(metric, row_now, row_then, has_new_limits)):
            signals.append(found)
    counted_then = {row["load_id"]: row["counts"] for row in then.snapshot.loads}
    loads = [
        _load(row, row["load_id"] not in counted_then)
        for row in now.snapshot.loads
        if counted_then.get(row["load_id"]) != row["counts"]
    ]
    return Changes(signals, steps, restated, loads, absent)


def _signal(
    metric: Metric, now: ScorecardRow, then: ScorecardRow | None, has_new_limits: bool
) -> SignalChange | None:
    """How the signal of a measure differs, if it does."""
    link = now.row.link
    if then is None:
        return SignalChange("No data at the last meeting", now.said, link) if now.said else None
    if has_new_limits:
        words = "its limits are worked out anew, so its signals cannot be compared"
        return SignalChange("Re-based", f"{metric.title}: {words}", link)
    if then.said and not now.said:
        return SignalChange("Ended", f"{metric.title}: no longer {then.words}.", link)
    if now.said and (not then.said or then.row.signal != now.row.signal):
        return SignalChange("Started", now.said, link)
    return None


def _load(row: dict[str, Any], is_new: bool) -> LoadSince:
    state = "brought back since" if row["counts"] else "undone since"
    return LoadSince(
        load_id=row["load_id"],
        format=row["format"],
        file_name=row["file_name"],
        received_at=row["received_at"],
        brought=f"{row['new_count']:,} new, {row['changed_count']:,} changed" if is_new else "",
        state="" if is_new and row["counts"] else state,
    )


def _step(now: Figures, then: Figures, metric: Metric, chosen: Chosen) -> Step | None:
    """None where one of the two meetings had no figure."""
    before, after = (_seen(figures, metric, chosen) for figures in (then, now))
    if before is None or after is None:
        return None
    return Step(metric.title, link_of(metric, chosen), before, after)


def _seen(figures: Figures, metric: Metric, chosen: Chosen) -> Seen | None:
    day = as_at(figures.snapshot, metric.relation, "force")
    if day is None:
        return None
    window = window_of(metric, day, figures.provisional_days)
    value = in_window(figures, metric, Cut(where=chosen.where(metric)), window)
    if value is None or value.value is None:
        return None
    between = interval_words(metric, value)
    words = figure_words(metric, value) + (f" ({between})" if between else "")
    return Seen(value, words, window.words)


def _restated(now: Figures, then: Figures, metric: Metric, chosen: Chosen) -> Restatement | None:
    """The figure of the span that was judged then, where it has been restated since."""
    day = as_at(then.snapshot, metric.relation, "force")
    if day is None:
        return None
    window, cut = window_of(metric, day, then.provisional_days), Cut(where=chosen.where(metric))
    value_then, value_now = (in_window(one, metric, cut, window) for one in (then, now))
    if value_then is None or value_now is None or _counts(value_then) == _counts(value_now):
        return None
    step = change_words(metric, value_now, value_then)
    step = step.replace(f"{MINUS}0.0", "+0.0").replace("+0.0 pts", "under 0.1 pts")
    return Restatement(
        metric.title, window.words, _figure(metric, value_then), _figure(metric, value_now), step
    )


def _counts(value: Value) -> tuple[int | None, int | None, float | None]:
    return value.numerator, value.denominator, value.value


def _figure(metric: Metric, value: Value) -> str:
    return f"{figure_words(metric, value)} ({resting_words(metric, value)})"
