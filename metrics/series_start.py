"""Where a series begins to carry a verdict.

An extract that begins on one day holds, at first, only outcomes that came quickly: rates and
durations of what ended in its first months are those of quick cases, and move until slow ones are
in it too. So a period counts in a verdict from the day on which nine in ten outcomes could have
been seen, by the force's own curve of days to an outcome.
"""

from datetime import date, timedelta

from metrics.contracts import Metric
from metrics.freshness import as_at
from metrics.statistics.cohorts import cumulative_incidence
from metrics.wording import day_words
from store.cache import remembered
from store.snapshot import Snapshot

SEEN = 0.9  # of outcomes, that could have been seen
ENDED, YEAR = "ended", 365
FEWEST = 100  # cases that a curve is made of
WHAT = {"closed_outcome": "crimes", "case_result": "cases"}  # what ends, by base relation
PERSONS = ("victim_crime", "suspect_crime")  # which look back a year


def carries_from(snapshot: Snapshot, metric: Metric) -> date | None:
    """The first day from which a series of the force's own figures carries a verdict; None where
    every day does, the last day there is where none does yet.
    """
    day = as_at(snapshot, metric.relation, "force")
    if day is None:
        return None
    if metric.relation in PERSONS:
        first, _ = _start(snapshot, "crimes", day)
        return first + timedelta(days=YEAR) if first else None
    if metric.relation not in WHAT:
        return None
    first, wait = _start(snapshot, WHAT[metric.relation], day)
    if first is None:
        return None
    return date.max if wait is None else first + timedelta(days=wait)


def start_words(snapshot: Snapshot, metric: Metric) -> str:
    """Which periods are left out of every verdict, and why; empty where none is."""
    found = carries_from(snapshot, metric)
    if found is None:
        return ""
    why = (
        "there is a year to look back on"
        if metric.relation in PERSONS
        else "nine in ten outcomes could have been seen"
    )
    if found == date.max:
        return "not judged yet: the export is too young to tell when its slow cases are in it"
    return f"judged from {day_words(found)} on, when {why}"


@remembered
def _start(snapshot: Snapshot, what: str, day: date) -> tuple[date | None, int | None]:
    """The first day of an export, None where it holds too few, and how many days later nine in ten
    outcomes could have been seen; None where it is too young to tell.
    """
    rows = snapshot.rows("reports/days_to_end", of=what, as_at=day)
    if sum(row["cases"] for row in rows) < FEWEST:
        return None, None
    curve = cumulative_incidence(
        [(row["days"], ENDED if row["is_ended"] else None, row["cases"]) for row in rows]
    )
    ended = curve.incidence.get(ENDED, ())
    if not ended or (curve.followed < YEAR and ended[-1] < SEEN):
        return rows[0]["first_day"], None
    wait = next(
        at for at, share in zip(curve.days, ended, strict=True) if share >= SEEN * ended[-1]
    )
    return rows[0]["first_day"], wait
