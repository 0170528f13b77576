"""How cohorts mature: charges by days since recording, quarter against quarter, and where the
youngest is heading.
"""

from datetime import date, timedelta
from typing import NamedTuple

from charts import reading
from charts.base import Figure
from charts.cohort_curves import cohort_lines, figure_of, forecast_lines
from metrics.catalogue import metric_named
from metrics.freshness import as_at
from metrics.periods import end_of, months_after, start_of
from metrics.scope import Chosen
from metrics.statistics.cohorts import Curve, Nowcast, cumulative_incidence, nowcast
from metrics.summary import Allowed
from metrics.wording import period_words, share
from store.cache import remembered
from store.snapshot import Snapshot
from views.parts import page

FEWEST = 100  # crimes of a quarter, below which a share by day says too much
SHORTEST = 30  # days that the youngest quarter shown has been followed: before, too little is known
SHOWN, BACK, HORIZON, YEAR = 5, 12, 180, 365
DAYS = (30, 60, 90, 180, 365)
NAMES = ("vawg", "vawg_group", "domestic_abuse", "area", "team")
Filters = tuple[tuple[str, Allowed], ...]


class Event(NamedTuple):
    """What a crime may come to, as `reports/follow_up_days` names it, and how that is said."""

    outcomes: tuple[str, ...]
    words: str  # "17.2 % of 812 … by day 90"
    head: str
    name: str  # of the table


CHARGED = Event(("Charged",), "charged", "Charged", "cohorts")
WITHDRAWN = Event(
    ("Outcome 14", "Outcome 16"), "without the victim's support", "Not supported", "withdrawal"
)


def draw(snapshot: Snapshot, chosen: Chosen, event: Event = CHARGED) -> None:
    """The curves of the newest quarters, and a sentence on the youngest beside the same quarter a
    year before.
    """
    drawn = prepare(snapshot, chosen, event)
    if drawn is not None:
        page.block(drawn.finding, drawn.grey, drawn.figure, drawn.table, reading.OF_COHORTS)


def prepare(snapshot: Snapshot, chosen: Chosen, event: Event = CHARGED) -> page.DrawnChart | None:
    """The chart of the curves; None with fewer than two whole quarters."""
    day = as_at(snapshot, "recorded_outcome", "force")
    if day is None:
        return None
    where = tuple(chosen.allowed(metric_named("charge_rate_recorded"), NAMES).items())
    whole, heading = _curves(snapshot, where, day, event), _headings(snapshot, where, day, event)
    newest = list(heading)
    if len(newest) < 2:
        return None
    heads = [
        "Recorded in",
        "Crimes",
        *(f"{event.head} by day {one}" for one in DAYS),
        f"Heading for by day {HORIZON} (95 %)",
        "Past error",
    ]
    table = page.Table(
        heads,
        [_row(whole[cohort], heading[cohort], cohort, event) for cohort in newest],
        event.name,
    )
    return page.DrawnChart(
        _sentence(whole, newest[0], heading[newest[0]], event),
        _grey(chosen, event),
        _drawn(whole, newest, heading[newest[0]], event),
        table,
    )


def _drawn(
    whole: dict[date, Curve], newest: list[date], heading: Nowcast | None, event: Event
) -> Figure:
    lines = []
    for cohort in newest:
        curve = whole[cohort]
        last = min(curve.followed, YEAR)
        days = [0, *(one for one in curve.days if 0 < one < last), last]
        is_open = curve.followed < HORIZON
        name = period_words("quarter", cohort) + (", still open" if is_open else "")
        lines.append((name, days, [curve.at(one, event.head) for one in days], is_open))
    drawn = cohort_lines(lines)
    youngest = whole[newest[0]]
    if heading is not None:
        drawn += forecast_lines(
            f"{period_words('quarter', newest[0])}, where it is heading (95 %)",
            (youngest.followed, youngest.at(youngest.followed, event.head)),
            (HORIZON, heading.share),
            heading.lower,
            heading.upper,
        )
    return figure_of(drawn)


def _sentence(
    whole: dict[date, Curve], youngest: date, heading: Nowcast | None, event: Event
) -> str:
    """The youngest cohort beside the same quarter a year before, at the day to which it has been
    followed.
    """
    before = months_after(youngest, -12)
    now = min(whole[youngest].followed, HORIZON)
    words = (
        f"{period_words('quarter', youngest)}: {_share(whole[youngest], now, event)} {event.words} "
        f"by day {now}"
    )
    if before in whole:
        words += f", against {_share(whole[before], now, event)} by then a year before"
    if heading is not None:
        words += (
            f"; heading for {share(heading.share)} by day {HORIZON} ({share(heading.lower)} "
            f"to {share(heading.upper)}); such forecasts were {heading.past_error * 100:.1f} pts "
            "off on average"
        )
    return f"{words}."


def _share(curve: Curve, day: int, event: Event) -> str:
    """A share and what it rests on; on few crimes the count alone."""
    if curve.size < FEWEST:
        return f"{round(curve.at(day, event.head) * curve.size)} of {curve.size}"
    return f"{share(curve.at(day, event.head))} of {curve.size:,}"


def _grey(chosen: Chosen, event: Event) -> str:
    return (
        f"{chosen.in_words} · share {event.words} by days since recording, other "
        f"outcomes competing (Aalen–Johansen) · quarters of recording followed at least {SHORTEST} "
        f"days · dotted: not yet followed {HORIZON} days · dashed: where the newest is heading "
        "by earlier quarters; it enters no other figure"
    )


def _row(curve: Curve, heading: Nowcast | None, cohort: date, event: Event) -> list[object]:
    return [
        period_words("quarter", cohort),
        f"{curve.size:,}",
        *(
            share(curve.at(one, event.head)) if curve.followed >= one else "still open"
            for one in DAYS
        ),
        f"{share(heading.share)} ({share(heading.lower)} to {share(heading.upper)})"
        if heading
        else "",
        f"{heading.past_error * 100:.1f} pts" if heading else "",
    ]


@remembered
def _curves(snapshot: Snapshot, where: Filters, day: date, event: Event) -> dict[date, Curve]:
    """The curve of each whole quarter of recording that has been followed long enough; `followed`
    is the days that its last crime has been followed.
    """
    first = months_after(start_of("quarter", day), -3 * BACK)
    cases: dict[date, list[tuple[int, str | None, int]]] = {}
    for row in snapshot.rows(
        "reports/follow_up_days", grain="quarter", as_at=day, from_day=first, **dict(where)
    ):
        outcome = event.head if row["outcome"] in event.outcomes else row["outcome"]
        cases.setdefault(row["cohort"], []).append((row["days"], outcome, row["crimes"]))
    curves = {
        cohort: cumulative_incidence(rows, max((day - end_of("quarter", cohort)).days + 1, 0))
        for cohort, rows in cases.items()
        if end_of("quarter", cohort) <= day + timedelta(days=1)
    }
    return {cohort: curve for cohort, curve in curves.items() if curve.followed >= SHORTEST}


@remembered
def _headings(
    snapshot: Snapshot, where: Filters, day: date, event: Event
) -> dict[date, Nowcast | None]:
    """Where each quarter that is shown is heading, by the quarters before it; the newest first."""
    whole = _curves(snapshot, where, day, event)
    return {
        cohort: nowcast(
            whole[cohort],
            [curve for other, curve in whole.items() if other < cohort],
            HORIZON,
            event.head,
        )
        for cohort in sorted(whole, reverse=True)[:SHOWN]
    }
