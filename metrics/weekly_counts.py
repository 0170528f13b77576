"""Counts of the weekly meeting: what was counted in each week, what is overdue, which orders
expire.
"""

import math
from dataclasses import dataclass
from datetime import date, timedelta

from metrics.catalogue import metric_named
from metrics.contracts import Cut
from metrics.data_span import first_period
from metrics.figures import Figures
from metrics.freshness import as_at
from metrics.periods import start_of
from metrics.scope import Chosen
from metrics.statistics.control_charts import c_chart, xmr
from metrics.summary import Filters
from metrics.wording import day_words, plural
from store.snapshot import Snapshot

EXPIRY_SHOWN = timedelta(days=60)  # ahead, in which orders that expire are listed
WEEKS, YEAR = 8, 52  # weeks that are told, and that the usual range rests on
NO_DATA = "no data"  # of a week before an export begins, or after it ends
COUNTS = (  # what is counted: a name, the metric, and which of its counts
    ("Crimes recorded", "charge_rate_recorded", "denominator"),
    ("Charges", "charge_rate_closed", "numerator"),
    ("Outcome 15", "outcome_15_rate", "numerator"),
    ("Outcome 16", "outcome_16_rate", "numerator"),
    ("All outcomes assigned", "charge_rate_closed", "denominator"),
    ("People given a Stalking Protection Order", "orders_granted", "numerator"),
)


@dataclass(frozen=True)
class HeadedTable:
    """A table with the sentence that heads it."""

    finding: str
    heads: list[str]
    rows: list[list[str]]


@dataclass(frozen=True)
class WeeklyCounts:
    """What was counted in each week of a year, the oldest first; None before an export begins."""

    name: str
    weeks: list[tuple[date, int | None]]
    is_rare: bool

    @property
    def usual(self) -> tuple[int, int] | None:
        """The range in which the counts of the weeks lie by their control chart; None where there
        are too few for one.
        """
        known = [count for _, count in self.weeks if count is not None]
        if not known:
            return None
        chart = c_chart(known) if self.is_rare else xmr(known)
        if chart.kind == "run":
            return None
        limits = chart.limits[-1]
        return max(math.ceil(limits.lower), 0), math.floor(limits.upper)

    @property
    def range_words(self) -> str:
        """196 to 283; that there are too few weeks."""
        return f"{self.usual[0]:,} to {self.usual[1]:,}" if self.usual else "too few weeks"

    @property
    def verdict(self) -> str:
        """Is the latest week higher or lower than usual? Empty where it is neither."""
        latest, usual = self.weeks[-1][1], self.usual
        if latest is None or usual is None or usual[0] <= latest <= usual[1]:
            return ""
        return "higher than usual" if latest > usual[1] else "lower than usual"

    def shown(self, many: int) -> list[str]:
        """The counts of the latest weeks, the newest first, as a table says them."""
        counts = [count for _, count in reversed(self.weeks[-many:])]
        return [NO_DATA if count is None else f"{count:,}" for count in counts]


def weekly(figures: Figures, chosen: Chosen, day: date) -> list[WeeklyCounts]:
    """Every count of the weekly meeting over the latest year of whole weeks."""
    stop = start_of("week", day + timedelta(days=1))
    weeks = [stop - timedelta(days=7 * back) for back in range(YEAR, 0, -1)]
    found = []
    for name, metric_id, side in COUNTS:
        metric = metric_named(metric_id)
        cut = Cut(grain="week", where=chosen.where(metric), from_day=weeks[0], to_day=stop)
        counts = {
            value.period: getattr(value, side) for value in figures.ask(metric_id, cut).values
        }
        fresh = as_at(figures.snapshot, metric.relation, "force")
        first = first_period(figures, metric, "week")
        known = [
            (week, counts.get(week) or 0)
            if fresh and first and first <= week and week + timedelta(days=6) <= fresh
            else (week, None)
            for week in weeks
        ]
        found.append(WeeklyCounts(name, known, metric.base.is_rare))
    return found


def counted(
    figures: Figures, chosen: Chosen, day: date, weeks_shown: int = WEEKS
) -> tuple[HeadedTable, list[WeeklyCounts]]:
    """What was counted in each of the latest whole weeks, as a table and over a year."""
    found = weekly(figures, chosen, day)
    weeks = [week for week, _ in reversed(found[0].weeks[-weeks_shown:])]
    rows = [[one.name, *one.shown(weeks_shown), one.range_words] for one in found]
    finding = (
        f"{chosen.offence_words}, week of {day_words(weeks[0])}: {rows[0][1]} crimes recorded, "
        f"{rows[1][1]} charges."
    )
    unusual = [f"{one.name.lower()} {one.verdict}" for one in found if one.verdict]
    if unusual:
        finding += f" {'; '.join(unusual).capitalize()}."
    elif any(one.usual for one in found):
        finding += " No count is outside its usual range."
    heads = ["Counted", *(f"{week:%-d %b}" for week in weeks), "Usual range"]
    return HeadedTable(finding, heads, rows), found


LONG_OPEN = 180  # days after which an open crime is listed
LISTED = ("Crime reference", "Recorded on", "Days open", "Offence", "Area", "Team")


def _of_crimes(chosen: Chosen) -> Filters:
    return chosen.allowed(
        metric_named("charge_rate_recorded"), ("vawg", "vawg_group", "domestic_abuse")
    )


def long_open(snapshot: Snapshot, chosen: Chosen, day: date) -> list[list[object]]:
    """The crimes behind the count of those open for long, the oldest first: for analysts alone."""
    rows = snapshot.rows(
        "reports/open_crimes_listed", as_at=day, over=LONG_OPEN, **_of_crimes(chosen)
    )
    return [
        [
            row["crime_reference"],
            day_words(row["recorded_on"]),
            row["days_open"],
            row["offence"],
            row["area"],
            row["team"],
        ]
        for row in rows
    ]


def overdue(figures: Figures, chosen: Chosen, day: date) -> HeadedTable:
    """What has been open for long, by team."""
    rows = figures.snapshot.rows("reports/open_crimes_by_age", as_at=day, **_of_crimes(chosen))
    over = sum(row["over_180"] for row in rows)
    cells = [
        [
            str(row["team"]),
            *(f"{row[key]:,}" for key in ("open_crimes", "over_90", "over_180", "over_365")),
        ]
        for row in rows
    ]
    heads = ["Team", "Open", "Over 90 days", "Over 180 days", "Over a year"]
    return HeadedTable(f"{over:,} crimes have been open for more than 180 days.", heads, cells)


def expiring(figures: Figures) -> HeadedTable | None:
    """Days since the last Stalking Protection Order, and those that expire soon; None without an
    order register.
    """
    granted_day = as_at(figures.snapshot, "order_event", "force")
    if granted_day is None:
        return None
    granted = [row["day"] for row in figures.snapshot.rows("reports/orders_granted", area=None)]
    until = granted_day + EXPIRY_SHOWN
    rows = figures.snapshot.rows("reports/orders_expiring", as_at=granted_day, until=until)
    quiet = (granted_day - max(granted)).days if granted else 0
    since = (
        f"{plural(quiet, 'day')} since the last Stalking Protection Order"
        if granted
        else "No Stalking Protection Order yet"
    )
    cells = [
        [day_words(row["expires_on"]), row["order_kind"], row["area"] or "", row["team"] or ""]
        for row in rows
    ]
    return HeadedTable(
        f"{since}, as at {day_words(granted_day)}; {_expiring_words(len(rows))} by "
        f"{day_words(until)}.",
        ["Expires on", "Kind", "Area", "Team"],
        cells,
    )


def _expiring_words(count: int) -> str:
    return {0: "none expires", 1: "1 expires"}.get(count, f"{count:,} expire")
