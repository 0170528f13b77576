"""From which month on a measure is known, and what can be said of so many months.

A month before the first of an export is no month without cases: no year is compared with it, no
week of it counts as none.
"""

from datetime import date, timedelta

from metrics.contracts import Cut, Metric
from metrics.figures import Figures
from metrics.freshness import as_at, last_complete_month
from metrics.periods import Grain, end_of
from metrics.wording import period_words

LINE, SIGNAL, YEAR = 2, 13, 24  # months from which there is a line, a signal, a change on a year


def first_period(figures: Figures, metric: Metric, grain: Grain = "month") -> date | None:
    """The first period of which the force's export holds anything, whatever is filtered."""
    values = figures.ask(metric.id, Cut(grain=grain)).values
    return next((value.period for value in values if value.numerator is not None), None)


def begins_words(first: date | None) -> str:
    """Why a year has none before it."""
    return f"data begin in {period_words('month', first)}" if first else ""


def how_much_words(figures: Figures, metric: Metric) -> str:
    """What there is of a young store, and what comes with which month; empty once all is there."""
    day = as_at(figures.snapshot, metric.relation, "force")
    first = first_period(figures, metric)
    if day is None or first is None:
        return ""
    last = last_complete_month(day)
    months = max((last.year - first.year) * 12 + last.month - first.month + 1, 0)
    steps = [
        (LINE, "a line over time with the second"),
        (SIGNAL, "signals with the thirteenth in a row"),
        (YEAR, "the change on the year before with the twenty-fourth"),
    ]
    coming = [words for needed, words in steps if months < needed]
    if not coming:
        return ""
    begun = period_words("month", first)
    held = (
        "No whole month is loaded yet"
        if not months
        else f"One month is loaded, {begun}"
        if months == 1
        else f"{months} months are loaded, from {begun} on"
    )
    return f"{held}. What comes with more: {'; '.join(coming)}."


def not_yet_words(figures: Figures, metric: Metric, provisional_days: int) -> str:
    """When the first month of a measure will have been followed for long enough; empty where one
    has been.
    """
    followed = metric.follow_days if metric.follow_days is not None else provisional_days
    first = first_period(figures, metric)
    if first is None or not (metric.matures or metric.follow_days is not None):
        return ""
    ready = end_of("month", first) + timedelta(days=followed - 1)
    day = as_at(figures.snapshot, metric.relation, "force")
    if day is None or day >= ready:
        return ""
    return (
        f"no month has been followed for {followed} days yet. The first, "
        f"{period_words('month', first)}, can be judged with data to {ready:%-d %B %Y}"
    )
