"""Funding: each award with how much of it and of its time has gone, and when it ends.

Never pounds for each outcome: money and result are set beside each other, and neither is divided by
the other.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from metrics.catalogue import metrics
from metrics.wording import day_words
from store.snapshot import Snapshot

MONTH, SOON = 30.4, 92  # days


@dataclass(frozen=True)
class Award:
    """One award at a day."""

    fund: str
    awarded_by: str
    amount: float
    starts_on: date
    ends_on: date
    spent: float | None
    spent_as_at: date | None
    outputs: str
    renewal_on: date | None
    programme: str = ""  # that it pays for, as the register of programmes names it

    def ends_soon(self, day: date) -> bool:
        """Does it end within three months of a day?"""
        return 0 <= (self.ends_on - day).days <= SOON

    @property
    def spent_share(self) -> float | None:
        """Of the award, what is spent; None where it is not said."""
        return self.spent / self.amount if self.spent is not None and self.amount else None

    def time_share(self, day: date) -> float:
        """Of its time, what has gone by a day."""
        whole = (self.ends_on - self.starts_on).days + 1
        return min(max((day - self.starts_on).days / whole, 0.0), 1.0)

    def end_words(self, day: date) -> str:
        """30 September 2026, in 30 days; 31 March 2027, in 7 months; 31 March 2026, over."""
        left = (self.ends_on - day).days
        if left < 0:
            return f"{day_words(self.ends_on)}, over"
        days = "1 day" if left == 1 else f"{left} days"
        wait = days if left <= 2 * MONTH else f"{round(left / MONTH)} months"
        return f"{day_words(self.ends_on)}, in {wait}"

    @property
    def renewal(self) -> str:
        """When it is decided whether the money goes on."""
        return day_words(self.renewal_on) if self.renewal_on else "no day is named"


def awards(snapshot: Snapshot) -> list[Award]:
    """Every award of the funding register, those that end first before."""
    found = [
        Award(
            str(row["fund"]),
            str(row["awarded_by"]),
            float(row["amount"] or 0),
            row["starts_on"],
            row["ends_on"],
            None if row["spent_to_date"] is None else float(row["spent_to_date"]),
            row["spent_as_at"],
            _in_titles(str(row["outputs_promised"] or "")),
            row["renewal_decision_on"],
            str(row["programme"] or ""),
        )
        for row in snapshot.rows("funding")
    ]
    return sorted(found, key=lambda one: (one.ends_on, one.fund))


def awards_of(found: Sequence[Award], programme: str) -> list[Award]:
    """Those of the awards that name a programme."""
    return [one for one in found if one.programme.casefold() == programme.casefold()]


def _in_titles(words: str) -> str:
    """Words with the titles of measures where their ids stand."""
    titles = {one.id: one.title for one in metrics()}
    return re.sub(r"\w+", lambda found: titles.get(found[0], found[0]), words)
