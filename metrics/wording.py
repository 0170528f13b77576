"""Numbers, days and findings in British words."""

from collections.abc import Iterable
from datetime import date, timedelta

from metrics.contracts import PER, Metric, Value
from metrics.periods import end_of
from metrics.statistics.change import Change, change

MINUS = "\u2212"
SUPPRESSED = "[c]"  # the sign of the Government Analysis Function for a figure that is confidential


def day_words(day: date | None) -> str:
    """31 August 2026."""
    return f"{day.day} {day:%B %Y}" if day else "not known"


def period_words(grain: str, start: date | None) -> str:
    """May 2026; April to June 2026; 2025/26; week of 3 August 2026; all time."""
    if start is None:
        return "all time"
    if grain == "week":
        return f"week of {day_words(start)}"
    if grain == "year":
        return f"{start.year}/{(start.year + 1) % 100:02d}"
    if grain == "quarter":
        return f"{start:%B} to {end_of(grain, start) - timedelta(days=1):%B %Y}"
    return f"{start:%B %Y}"


def share(value: float | None, places: int = 1) -> str:
    """18.4 %; 18 % where `places` is 0."""
    return "not shown" if value is None else f"{value * 100:.{places}f} %"


def days(value: float | None) -> str:
    """9.6 days; 74 days."""
    return (
        "not shown"
        if value is None
        else f"{value:.1f} days"
        if value < 20
        else f"{value:,.0f} days"
    )


def months(value: float | None) -> str:
    """24 months; 9.6 months."""
    if value is None:
        return "not shown"
    return f"{value:,.0f} months" if value >= 20 or value == round(value) else f"{value:.1f} months"


def amount(unit: str, value: float | None) -> str:
    """A value in its unit: 18.4 %; 1,204; 12.3; 9.6 days; 24 months."""
    if value is None:
        return "not shown"
    if unit == "rate":
        return share(value)
    if unit == "count":
        return f"{value:,.0f}"
    if unit in PER:
        return f"{value:,.1f}"
    return months(value) if unit == "months" else days(value)


def figure_words(metric: Metric, value: Value) -> str:
    """The value of a metric in its unit; 4 of 9 where a rate would rest on too few."""
    if value.status == "not_supplied":
        return "not supplied"
    if value.status == "suppressed":
        return SUPPRESSED
    if value.status == "too_few":
        return "too few" if value.numerator is None else f"{value.numerator} of {value.denominator}"
    return amount(metric.unit, value.value)


FOR_ANOTHER = "hidden so that a small number elsewhere cannot be worked out"
TOO_FEW = "too few to show, or hidden so that such a number cannot be worked out"


def status_words(value: Value) -> str:
    """How far a value may be trusted, or why it is not shown."""
    if value.status != "suppressed":
        return value.status.replace("_", " ")
    return FOR_ANOTHER if value.is_hidden_for_another else TOO_FEW


def hidden_words(values: Iterable[Value]) -> str:
    """How many of some values are hidden, and why; empty where none is."""
    hidden = [value for value in values if value.status == "suppressed"]
    for_another = sum(value.is_hidden_for_another for value in hidden)
    found = ((len(hidden) - for_another, TOO_FEW), (for_another, FOR_ANOTHER))
    return "; ".join(f"{number} {words}" for number, words in found if number)


def interval_words(metric: Metric, value: Value) -> str:
    """15.9–21.2, in the unit of the figure; empty where there is none."""
    if value.lower is None or value.upper is None:
        return ""
    if metric.unit == "rate":
        return f"{value.lower * 100:.1f}–{value.upper * 100:.1f}"
    low, high = (
        f"{bound:,.0f}" if bound >= 100 else f"{bound:.1f}" for bound in (value.lower, value.upper)
    )
    return f"{low}–{high}"


def resting_words(metric: Metric, value: Value) -> str:
    """What a figure rests on: 95 of 812 recorded; and how much of that has an outcome that is not
    known.
    """
    doubt = f"; outcome not known for {share(value.not_known)}" if value.not_known else ""
    return _counts_words(metric, value) + doubt


def _counts_words(metric: Metric, value: Value) -> str:
    if value.denominator is None:
        return metric.per
    if value.numerator is None:
        return f"of {value.denominator:,} {metric.per}"
    if metric.shape == "ratio":
        return f"{value.numerator:,} {metric.numerator} on {value.denominator:,} {metric.per}"
    if metric.shape == "window":
        return f"{value.denominator:,} granted in {value.numerator:,} days"
    return f"{value.numerator:,} of {value.denominator:,} {metric.per}"


def change_words(metric: Metric, now: Value, before: Value | None) -> str:
    """+2.6 pts; +9 days; empty where one of the two is not shown."""
    if before is None or now.value is None or before.value is None:
        return ""
    return _step(metric, now.value - before.value)


def _step(metric: Metric, step: float) -> str:
    step = round(step, 3 if metric.unit == "rate" else 1)
    sign = "+" if step >= 0 else MINUS
    if metric.unit == "rate":
        return f"{sign}{abs(step) * 100:.1f} pts"
    return f"{sign}{amount(metric.unit, abs(step))}"


def _number(bound: float, is_share: bool) -> str:
    """A step or its bound without its unit: +2.6; −12."""
    shown = round(bound * 100 if is_share else bound, 1)
    return f"{'+' if shown >= 0 else MINUS}{abs(shown):.1f}"


def step_words(metric: Metric, found: Change) -> str:
    """+2.6 pts; of counts +64.0 %."""
    return f"{_number(found.step, True)} %" if found.is_relative else _step(metric, found.step)


def bounds_words(metric: Metric, found: Change) -> str:
    """(+0.4 to +4.8); empty where there are none."""
    return _bounds(found, found.is_relative or metric.unit == "rate")


def _bounds(found: Change, is_share: bool) -> str:
    if found.lower is None or found.upper is None:
        return ""
    return f"({_number(found.lower, is_share)} to {_number(found.upper, is_share)})"


def unsettled_words(found: Change) -> str:
    """What follows a change whose bounds span none."""
    return "" if found.is_settled else ", not settled"


def relative_words(found: Change) -> str:
    """+5.8 % (+3.0 to +8.7), of a count."""
    return f"{_number(found.step, True)} % {_bounds(found, True)}{unsettled_words(found)}"


def changed(metric: Metric, now: Value, before: Value | None) -> str:
    """+2.6 pts (+0.4 to +4.8); empty where one of the two is not shown."""
    found = change(metric, now, before) if before is not None else None
    if found is None:
        return ""
    step = f"{step_words(metric, found)} {bounds_words(metric, found)}".strip()
    return step + unsettled_words(found)


def unjudged_words(metric: Metric) -> str:
    """Why a measure has no signal: too few of its periods can be judged, or none ever is, for its
    count has the chart.
    """
    if metric.shape == "window":
        return "not judged"
    return f"too few {'quarters' if metric.base.is_rare else 'months'}"


def plural(count: int, what: str) -> str:
    """1 month; 1,204 months."""
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 11th."""
    suffix = (
        "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    )
    return f"{number}{suffix}"
