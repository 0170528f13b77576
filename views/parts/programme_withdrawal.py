"""Withdrawals before a programme and since, as two curves by days open."""

from datetime import date

from charts import reading
from charts.base import Figure
from charts.cohort_curves import cohort_lines, figure_of
from metrics.scope import Chosen
from metrics.statistics.programme_effect import Programme
from metrics.withdrawal import HEAD, Withdrawal, around_start
from metrics.wording import share
from store.snapshot import Snapshot
from views.parts import page
from views.parts.programme_tests import joined

DAYS = (30, 60, 90, 180)


def draw_withdrawal(snapshot: Snapshot, programme: Programme, chosen: Chosen, day: date) -> None:
    """The two curves of the areas where a programme began first; nothing on few crimes."""
    found = around_start(snapshot, programme, chosen, day)
    if found is None:
        return
    where = joined(programme.first) or "the whole force"
    page.block(
        found.finding,
        f"{chosen.offence_words}, {where} · share with outcome 14 or 16 by days since recording, "
        "other outcomes competing (Aalen–Johansen) · it shows, and does not say why: delay and "
        "withdrawal share causes",
        _drawn(found),
        page.Table(
            ["Recorded in", "Crimes", *(f"{HEAD} by day {one}" for one in DAYS)],
            [
                [
                    side.span,
                    f"{side.curve.size:,}",
                    *(
                        share(side.curve.at(one, HEAD))
                        if side.curve.followed >= one
                        else "still open"
                        for one in DAYS
                    ),
                ]
                for side in (found.since, found.before)
            ],
            "programme-withdrawal",
        ),
        reading.OF_SIDES,
    )


def _drawn(found: Withdrawal) -> Figure:
    lines = []
    for name, side in (("since it began", found.since), ("12 months before", found.before)):
        days = [0, *(one for one in side.curve.days if 0 < one < found.day), found.day]
        lines.append((name, days, [side.curve.at(one, HEAD) for one in days], False))
    return figure_of(cohort_lines(lines))
