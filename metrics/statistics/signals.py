"""A series of values judged by its control chart, and what the rule that fired says in words.

Only final values are judged.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from metrics.contracts import Metric, Value
from metrics.periods import end_of
from metrics.statistics.control_charts import Chart, Signal, c_chart, chart_of, xmr

Tone = Literal["better", "worse", "neither", "none"]


@dataclass(frozen=True)
class Judged:
    """The final values of one series, in order, and their chart."""

    metric: Metric
    grain: str
    values: tuple[Value, ...]
    chart: Chart

    @property
    def is_trial(self) -> bool:
        """Are there too few points for limits and an icon?"""
        return self.chart.kind == "run"

    @property
    def is_new(self) -> bool:
        """Was the latest point's signal not there a point before, or did it point the other way?"""
        latest = self.chart.latest
        if latest is None:
            return False
        before = _judge(self.metric, self.grain, self.values[:-1]).chart.latest
        return before is None or before.is_high != latest.is_high

    def since(self, day: date | None) -> "Judged":
        """The same judgement, of the points from `day` on: what is drawn does not change what is
        judged.
        """
        first = next(
            (
                at
                for at, value in enumerate(self.values)
                if day is None or (value.period and value.period >= day)
            ),
            0,
        )
        moved = tuple(
            replace(one, start=max(one.start - first, 0), end=one.end - first)
            for one in self.chart.signals
            if one.end >= first
        )
        chart = replace(self.chart, limits=self.chart.limits[first:], signals=moved)
        return replace(self, values=self.values[first:], chart=chart)

    def tone(self, signal: Signal | None) -> Tone:
        """Is a signal good news? Blue, orange, purple or grey."""
        if signal is None:
            return "none"
        if self.metric.better == "neither":
            return "neither"
        return "better" if signal.is_high == (self.metric.better == "up") else "worse"

    def in_words(self) -> str:
        """What the latest point's rule says; that there is none, where there is none."""
        unit = {"month": "month", "quarter": "quarter", "week": "week", "year": "year"}[self.grain]
        if self.is_trial:
            many = f"{len(self.values)} {unit}{'' if len(self.values) == 1 else 's'} in a row"
            return f"{many} {'is' if len(self.values) == 1 else 'are'} too few for control limits"
        signal = self.chart.latest
        if signal is None:
            return "within its usual range"
        length = signal.end - signal.start + 1
        side, way, limit = (
            ("above", "rising", "upper") if signal.is_high else ("below", "falling", "lower")
        )
        return {
            "outside": f"{side} its {limit} limit in the latest {unit}",
            "shift": f"{side} its mean for {length} {unit}s",
            "trend": f"{length} {unit}s {way} in a row",
            "two_of_three": f"at least 2 of the last 3 {unit}s are beyond the line two thirds of "
            f"the way to the {limit} limit",
        }[signal.rule]


def judge(
    metric: Metric, grain: str, values: Sequence[Value], rebased: Sequence[date] = ()
) -> Judged | None:
    """The final values of a series on their chart: P′ or XmR for rates, c for rare counts, XmR for
    other counts and days.

    None without a final value, and of days per event: the count of events is judged, and its
    inverse would say the same again.

    Give it the whole series: what is judged must not hang on what is shown. A period that is
    missing, not final or on too few cases breaks the series, for neighbours that are no neighbours
    make no run: only the periods since the last such gap are judged. So are only those that begin
    on or after the last day of `rebased`, the re-bases of the register: nothing re-bases by itself.
    """
    if metric.shape == "window":
        return None
    first = max((day for day in rebased), default=None)
    settled: list[Value] = []
    for value in values:
        if first and value.period and value.period < first:
            continue
        if value.status == "final" and value.value is not None:
            settled = [*(settled if _is_next(grain, settled, value) else []), value]
        elif value.status == "too_few":
            settled = []
    return _judge(metric, grain, tuple(settled)) if settled else None


def _is_next(grain: str, settled: Sequence[Value], value: Value) -> bool:
    """Does a value follow the last one without a period between them?"""
    last = settled[-1].period if settled else None
    return last is None or value.period is None or end_of(grain, last) == value.period


def _judge(metric: Metric, grain: str, settled: tuple[Value, ...]) -> Judged:
    if metric.unit == "rate":
        chart = chart_of(
            [value.numerator or 0 for value in settled],
            [value.denominator or 1 for value in settled],
        )
    elif metric.shape == "count" and metric.base.is_rare:
        chart = c_chart([value.numerator or 0 for value in settled])
    else:
        chart = xmr([value.value or 0.0 for value in settled])
    return Judged(metric, grain, settled, chart)
