"""What a scrutiny officer asks of a measure, answered from what that audience is told: is it
getting better, how sure is that, how does it compare.

One yardstick, the same as on every page: the control chart says whether a series has moved; how far
is said of twelve months against the twelve before, added up from the months that are told.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from metrics.contracts import Cut, Metric, Value
from metrics.freshness import last_complete_month
from metrics.periods import Grain, end_of, months_after, start_of
from metrics.statistics.change import change
from metrics.statistics.intervals import byar, wilson
from metrics.statistics.signals import judge
from metrics.wording import (
    bounds_words,
    changed,
    figure_words,
    interval_words,
    period_words,
    resting_words,
    step_words,
    unsettled_words,
)

YEAR: dict[Grain, int] = {"month": 12, "quarter": 4}  # periods in a year
BACK = {"month": 24, "quarter": 60, "year": 1200}  # months that a chart goes back
HIDDEN = (
    "[c]: a number from one to four, or one from which such a number elsewhere could be worked "
    "out, is not shown; a gap in the chart. The table says of each which of the two it may be. "
    "Other numbers are rounded to the nearest five, and rates are made from the rounded numbers."
)
NOT_SHOWN = "Twelve months in a row are not shown, by months or by quarters."
TONES = {
    "better": "Yes",
    "worse": "No, it is getting worse",
    "neither": "It has moved; neither way is better by itself",
    "none": "No change that chance does not explain",
}


def getting_better(metric: Metric, values: Sequence[Value], start: date | None = None) -> str:
    """Whether the months told show a signal, by their control chart."""
    judged = judge(metric, "month", values, start=start)
    if judged is None or not judged.values:
        return "Cannot be judged: no month is final yet, or none in a row is shown."
    if judged.is_trial:
        return f"Cannot be judged: {judged.in_words()}."
    latest = judged.chart.latest
    return f"{TONES[judged.tone(latest)]}: {judged.in_words()}."


def how_sure(metric: Metric, told: Mapping[Grain, Sequence[Value]]) -> str:
    """The twelve months to the last final one against the twelve before, with its interval: added
    up from months where all of them are told, else from quarters.
    """
    if metric.shape not in ("rate", "count"):
        return "Medians of months cannot be added up to a year; the chart shows each month."
    if metric.matures and metric.follow_days is None:
        return (
            "A year is not compared with the year before: its crimes have been followed for less "
            "long. A measure with a fixed follow-up, such as one within 90 days, compares years "
            "fairly."
        )
    said = [_two_years(metric, grain, values) for grain, values in told.items()]
    whole = [words for words, is_compared in said if is_compared]
    return next(iter([*whole, *(words for words, _ in said if words)]), NOT_SHOWN)


def _two_years(metric: Metric, grain: Grain, values: Sequence[Value]) -> tuple[str, bool]:
    """A year added up from periods of a grain, in words, and whether the year before is beside
    it.
    """
    last = max((at for at, value in enumerate(values) if value.status == "final"), default=-1)
    stop = last + 1
    now = _year(metric, values[:stop], YEAR[grain])
    before = _year(metric, values[: stop - YEAR[grain]], YEAR[grain]) if now else None
    end = values[last].period
    if now is None or end is None:
        return "", False
    month = period_words("month", months_after(end_of(grain, end), -1))
    between = f" ({interval_words(metric, now)})" if interval_words(metric, now) else ""
    words = f"{figure_words(metric, now)}{between} in 12 months to {month}"
    found = change(metric, now, before) if before else None
    if found is None:
        return f"{words}; the twelve before are not all shown.", False
    step = f"{step_words(metric, found)} {bounds_words(metric, found)}".strip()
    return f"{words}, {step} on the 12 before{unsettled_words(found)}.", True


def _year(metric: Metric, values: Sequence[Value], many: int) -> Value | None:
    """The last periods of so many, added up; None where one of them is not shown."""
    periods = values[-many:]
    if len(periods) < many or any(one.numerator is None for one in periods):
        return None
    top = sum(one.numerator or 0 for one in periods)
    if metric.shape == "count":
        low, high = byar(top) or (None, None)
        told: dict[str, object] = {"numerator": top, "value": float(top)}
    else:
        out_of = sum(one.denominator or 0 for one in periods)
        if not out_of or top > out_of:
            return None
        low, high = wilson(top, out_of) or (None, None)
        told = {"numerator": top, "denominator": out_of, "value": top / out_of}
    return periods[-1].model_copy(update={**told, "lower": low, "upper": high, "status": "final"})


def lattice_cut(
    grain: Grain, by: tuple[str, ...], where: dict[str, tuple[str, ...]], day: date
) -> Cut:
    """Whole periods up to the last complete one at `day`, for the scrutiny audience."""
    stop = start_of(grain, months_after(last_complete_month(day), 1))
    return Cut(
        grain=grain,
        by=by,
        where=where,
        from_day=start_of(grain, months_after(stop, -BACK[grain])),
        to_day=stop,
        audience="scrutiny",
    )


def latest_words(metric: Metric, grain: Grain, values: tuple[Value, ...]) -> tuple[str, str]:
    """The latest figure that is final, and what it rests on; a financial year beside the one
    before. How months have changed is said in the box above, by twelve of them.
    """
    final = [
        place
        for place, value in enumerate(values)
        if value.status == "final" and value.value is not None
    ]
    if not final:
        return f"{metric.title}: no period is final yet.", "still open"
    now = values[final[-1]]
    before = values[final[-1] - 1] if grain == "year" and final[-1] else None
    between = f" ({interval_words(metric, now)})" if interval_words(metric, now) else ""
    text = f"{metric.title}: {figure_words(metric, now)} in {period_words(grain, now.period)}"
    step = changed(metric, now, before)
    sentence = f"{text}, {step} on the year before." if step else f"{text}."
    return sentence, f"{resting_words(metric, now)}{between}"
