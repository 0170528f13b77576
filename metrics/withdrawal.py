"""Victims who no longer support, by how long a crime has been open, before a programme began and
since. It shows, it does not say why: delay and withdrawal share causes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from metrics.catalogue import metric_named
from metrics.measure import values_of
from metrics.periods import end_of, months_after, start_of
from metrics.scope import Chosen
from metrics.statistics.cohorts import Curve, cumulative_incidence
from metrics.statistics.programme_effect import BEFORE, Programme
from metrics.wording import period_words, share
from store.snapshot import Snapshot

HEAD, OUTCOMES = "Not supported", ("Outcome 14", "Outcome 16")
FOLLOWED = (180, 90, 60, 30)  # days, the longest for which there are crimes enough on either side
FEWEST = 100
RELATED = "charge_rate_recorded"  # a measure of the same crimes, with the same filters
NAMES = ("vawg", "vawg_group", "domestic_abuse", "area", "team")


@dataclass(frozen=True)
class Side:
    """The crimes of one side of the start, and their curve."""

    span: str
    curve: Curve

    def share_by(self, day: int) -> str:
        """The share without the victim's support by a day, and of how many crimes."""
        return f"{share(self.curve.at(day, HEAD))} of {self.curve.size:,} crimes"


@dataclass(frozen=True)
class Withdrawal:
    """Both sides, and the day to which every crime of both has been followed."""

    before: Side
    since: Side
    day: int

    @property
    def finding(self) -> str:
        """By day 120 the victim no longer supported action in 20.1 % of 812 crimes since …"""
        return (
            f"By day {self.day} the victim no longer supported action in "
            f"{self.since.share_by(self.day)} since the programme began, and in "
            f"{self.before.share_by(self.day)} of the 12 months before."
        )


def around_start(
    snapshot: Snapshot, programme: Programme, chosen: Chosen, day: date
) -> Withdrawal | None:
    """The curves of the areas or teams where a programme began first; None on few crimes, or where
    too little has been seen since.
    """
    start = start_of("month", programme.starts_on)
    first = start if start == programme.starts_on else months_after(start, 1)
    where = chosen.allowed(metric_named(RELATED), NAMES)
    if programme.first:
        folded = {name.casefold() for name in programme.first}
        held = values_of(snapshot, RELATED, "force", programme.dimension)
        where = where | {
            programme.dimension: tuple(name for name in held if name.casefold() in folded)
        }
    rows = snapshot.rows(
        "reports/follow_up_days",
        grain="month",
        as_at=day,
        from_day=months_after(start, -BEFORE),
        **where,
    )
    months = sorted({row["cohort"] for row in rows})
    before = [one for one in months if one < start]
    for followed in FOLLOWED if len(before) >= BEFORE else ():
        since = [
            one
            for one in months
            if one >= first and (day - end_of("month", one)).days + 1 >= followed
        ]
        sides = [_side(rows, cohort, day) for cohort in (before, since) if cohort]
        if len(sides) == 2 and min(side.curve.size for side in sides) >= FEWEST:
            return Withdrawal(sides[0], sides[1], followed)
    return None


def _side(rows: Sequence[Mapping[str, Any]], months: Sequence[date], day: date) -> Side:
    cases = [
        (row["days"], HEAD if row["outcome"] in OUTCOMES else row["outcome"], row["crimes"])
        for row in rows
        if row["cohort"] in months
    ]
    followed = (day - end_of("month", months[-1])).days + 1
    span = f"{period_words('month', months[0])} to {period_words('month', months[-1])}"
    return Side(span, cumulative_incidence(cases, followed))
