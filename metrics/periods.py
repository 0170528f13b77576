"""Periods: weeks from Monday, months, quarters, financial years from 1 April.

A period is named by its first day.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal

Grain = Literal["week", "month", "quarter", "year", "all"]
GRAINS: tuple[Grain, ...] = ("week", "month", "quarter", "year", "all")
MONTHS = {"month": 1, "quarter": 3, "year": 12}


def start_of(grain: str, day: date) -> date:
    """The first day of the period that holds `day`."""
    if grain == "week":
        return day - timedelta(days=day.weekday())
    if grain == "year":
        return date(day.year - (day.month < 4), 4, 1)
    return date(day.year, day.month - (day.month - 1) % MONTHS[grain], 1)


def end_of(grain: str, start: date) -> date:
    """The day after the last day of the period that starts on `start`."""
    return start + timedelta(days=7) if grain == "week" else months_after(start, MONTHS[grain])


def months_after(day: date, months: int) -> date:
    """The first of the month, `months` later (or earlier, below zero)."""
    count = day.year * 12 + day.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


def periods_between(grain: str, start: date, stop: date) -> Iterator[date]:
    """The periods that hold a day from `start` up to, not with, `stop`."""
    period = start_of(grain, start)
    while period < stop:
        yield period
        period = end_of(grain, period)


def mature_until(follow_days: int | None, as_at: object) -> date | None:
    """The first day of the first month whose crimes have not all been followed `follow_days`; None
    where nothing is followed.
    """
    if follow_days is None or not isinstance(as_at, date):
        return None
    return start_of("month", as_at - timedelta(days=follow_days) + timedelta(days=1))
