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
from metrics.wording import period_words

Tone = Literal["better", "worse", "neither", "none"]


@dataclass(frozen=True)
class Judged:
    """The final values of one series, in order, and their chart.

    A series that has been re-based is judged from there on; what went before is in `earlier`, each
    phase with limits of its own, to be drawn and not to be judged.
    """

    metric: Metric
    grain: str
    values: tuple[Value, ...]
    chart: Chart
    earlier: tuple["Judged", ...] = ()

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
        before = _chart_of(self.metric, self.values[:-1]).latest
        return before is None or before.is_high != latest.is_high

    @property
    def stood_for(self) -> int:
        """How many months up to the latest point have all been part of a signal that way."""
        latest = self.chart.latest
        if latest is None:
            return 0
        covered = {
            at
            for one in self.chart.signals
            if one.is_high == latest.is_high
            for at in range(one.start, one.end + 1)
        }
        last = len(self.values) - 1
        points = next((back for back in range(last + 1) if last - back not in covered), last + 1)
        return points * (3 if self.grain == "quarter" else 1)

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
            len(self.values),
        )
        moved = tuple(
            replace(one, start=max(one.start - first, 0), end=one.end - first)
            for one in self.chart.signals
            if one.end >= first
        )
        chart = replace(self.chart, limits=self.chart.limits[first:], signals=moved)
        earlier = tuple(phase for one in self.earlier if (phase := one.since(day)).values)
        return replace(self, values=self.values[first:], chart=chart, earlier=earlier)

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
        if not self.values:
            return f"no final {unit} yet since its limits were re-based"
        if self.is_trial:
            many = f"{len(self.values)} {unit}{'' if len(self.values) == 1 else 's'} in a row"
            return f"{many} {'is' if len(self.values) == 1 else 'are'} too few for control limits"
        signal = self.chart.latest
        if signal is None:
            return "within its usual range"
        length = signal.end - signal.start + 1
        side, way, high = (
            ("above", "rising", "high") if signal.is_high else ("below", "falling", "low")
        )
        period = self.values[-1].period
        when = period_words(self.grain, period) if period else f"the latest {unit}"
        return {
            "outside": f"{high}er than its usual range in {when}",
            "shift": f"{side} its mean for {length} {unit}s",
            "trend": f"{length} {unit}s {way} in a row",
            "two_of_three": f"unusually {high} in at least two of the last three {unit}s",
        }[signal.rule]


def judge(
    metric: Metric,
    grain: str,
    values: Sequence[Value],
    rebased: Sequence[date] = (),
    start: date | None = None,
) -> Judged | None:
    """The final values of a series on their chart: P′ or XmR for rates, c for rare counts, XmR for
    other counts and days.

    None without a final value, and of days per event: the count of events is judged, and its
    inverse would say the same again.

    Give it the whole series: what is judged must not hang on what is shown. Nothing that begins
    before `start` is judged. A period that is missing, not final or on too few cases breaks the
    series, for neighbours that are no neighbours make no run: only the periods since the last such
    gap are judged. On each day of `rebased`, the re-bases of the register, a new phase begins with
    limits of its own: nothing re-bases by itself.
    """
    if metric.shape == "window":
        return None
    days, phases, last = sorted(rebased), [list[Value]()], None
    for value in values:
        if start and value.period and value.period < start:
            continue
        while days and value.period and days[0] <= value.period:
            phases.append([])
            del days[0]
        if value.status == "final" and value.value is not None:
            if not _is_next(grain, last, value):
                phases[-1] = []
            phases[-1].append(value)
            last = value
        elif value.status == "too_few":
            phases[-1] = []
    *before, latest = [Judged(metric, grain, tuple(one), _chart_of(metric, one)) for one in phases]
    earlier = tuple(one for one in before if one.values)
    return replace(latest, earlier=earlier) if latest.values or earlier else None


def _is_next(grain: str, last: Value | None, value: Value) -> bool:
    """Does a value follow the last one without a period between them?"""
    return (
        last is None
        or last.period is None
        or value.period is None
        or end_of(grain, last.period) == value.period
    )


def _chart_of(metric: Metric, settled: Sequence[Value]) -> Chart:
    if not settled:
        return Chart("run", 0.0, (), ())
    if metric.unit == "rate":
        return chart_of(
            [value.numerator or 0 for value in settled],
            [value.denominator or 1 for value in settled],
        )
    if metric.shape == "count" and metric.base.is_rare:
        return c_chart([value.numerator or 0 for value in settled])
    return xmr([value.value or 0.0 for value in settled])
