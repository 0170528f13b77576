"""Counts of the weekly meeting: what was counted in each week, what is overdue, which orders
expire.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from metrics.catalogue import metric_named
from metrics.contracts import Cut
from metrics.data_span import first_period
from metrics.figures import Figures
from metrics.freshness import as_at
from metrics.periods import start_of
from metrics.scope import Chosen
from metrics.wording import day_words

WEEKS = 8
NO_DATA = "no data"  # of a week before an export begins, or after it ends
COUNTS = (  # what is counted: a name, the metric, and which of its counts
    ("Crimes recorded", "charge_rate_recorded", "denominator"),
    ("Charges", "charge_rate_closed", "numerator"),
    ("Outcome 15", "outcome_15_rate", "numerator"),
    ("Outcome 16", "outcome_16_rate", "numerator"),
    ("All outcomes assigned", "charge_rate_closed", "denominator"),
    ("People given a protection order", "orders_granted", "numerator"),
)


@dataclass(frozen=True)
class HeadedTable:
    """A table with the sentence that heads it."""

    finding: str
    heads: list[str]
    rows: list[list[str]]


def counted(figures: Figures, chosen: Chosen, day: date, weeks_shown: int = WEEKS) -> HeadedTable:
    """What was counted in each of the latest whole weeks."""
    stop = start_of("week", day + timedelta(days=1))
    weeks = [stop - timedelta(days=7 * back) for back in range(1, weeks_shown + 1)]
    rows = []
    for name, metric_id, side in COUNTS:
        metric = metric_named(metric_id)
        cut = Cut(grain="week", where=chosen.where(metric), from_day=weeks[-1], to_day=stop)
        found = {value.period: getattr(value, side) for value in figures.ask(metric_id, cut).values}
        fresh = as_at(figures.snapshot, metric.relation, "force")
        first = first_period(figures, metric, "week")
        known = [
            week
            for week in weeks
            if fresh and first and first <= week and week + timedelta(days=6) <= fresh
        ]
        seen = {week: found.get(week) or 0 for week in known}
        mean = f"{sum(seen.values()) / len(seen):,.1f}" if seen else ""
        rows.append(
            [name, *(f"{seen[week]:,}" if week in seen else NO_DATA for week in weeks), mean]
        )
    finding = (
        f"{chosen.offence}, week of {day_words(weeks[0])}: {rows[0][1]} crimes recorded, "
        f"{rows[1][1]} charges."
    )
    return HeadedTable(
        finding, ["Counted", *(f"{week:%-d %b}" for week in weeks), f"Mean of {weeks_shown}"], rows
    )


def overdue(figures: Figures, chosen: Chosen, day: date) -> HeadedTable:
    """What has been open for long, by team."""
    rows = figures.snapshot.rows(
        "reports/open_crimes_by_age",
        as_at=day,
        **chosen.allowed(
            metric_named("charge_rate_recorded"), ("vawg", "vawg_group", "domestic_abuse")
        ),
    )
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
    """Days since the last protection order, and the orders that expire soon; None without an order
    register.
    """
    granted_day = as_at(figures.snapshot, "order_event", "force")
    if granted_day is None:
        return None
    granted = [row["day"] for row in figures.snapshot.rows("reports/orders_granted", area=None)]
    rows = figures.snapshot.rows("reports/orders_expiring", as_at=granted_day)
    since = (
        f"{(granted_day - max(granted)).days} days since the last protection order"
        if granted
        else "No protection order yet"
    )
    cells = [
        [day_words(row["expires_on"]), row["order_kind"], row["area"] or "", row["team"] or ""]
        for row in rows
    ]
    return HeadedTable(
        f"{since}; {_expiring_words(len(rows))} in the next 60 days.",
        ["Expires on", "Kind", "Area", "Team"],
        cells,
    )


def _expiring_words(count: int) -> str:
    return {0: "none expires", 1: "1 expires"}.get(count, f"{count:,} expire")
