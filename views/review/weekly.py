"""The weekly meeting: counts, days since, what is overdue, new signals. No weekly percentages: they are noise."""

from dataclasses import dataclass
from datetime import date, timedelta

import streamlit as st

from metrics.catalogue import metric, metrics
from metrics.contracts import Cut
from metrics.periods import start_of
from sql.snapshot import Snapshot
from views import filters, frame, review
from views.asking import answer, as_at, snapshot
from views.marks import talk
from views.reports import table
from views.words import day_words, for_markdown

WEEKS = 8
COUNTS = (  # what is counted: a name, the metric, and which of its counts
    ("Crimes recorded", "charge_rate_recorded", "denominator"), ("Charges", "charge_rate_closed", "numerator"),
    ("Outcome 15", "outcome_15_rate", "numerator"), ("Outcome 16", "outcome_16_rate", "numerator"),
    ("All outcomes assigned", "charge_rate_closed", "denominator"), ("People given a protection order", "orders_granted", "numerator"),
)  # fmt: skip


def page() -> None:
    """Draw the page."""
    at = snapshot()
    day = as_at(at, "recorded_outcome", "force") if at else None
    if at is None or day is None:
        return frame.empty("Weekly meeting", "No crime outcomes are loaded yet.")
    frame.head("Weekly meeting", at, "counts, what is overdue, and what is new", day)
    offence = filters.offence_pills()
    chosen = filters.Chosen(offence=offence)
    _new(at, chosen)
    week, late, orders = counted(at, chosen, day), overdue(at, chosen, day), expiring(at)
    st.subheader(week.finding, anchor=False)
    st.caption(
        f"{offence}, but for orders, which are all for stalking · charges are of crimes of any day · whole weeks from Monday, the "
        "newest first · one week against another is mostly chance"
    )
    table(week.heads, week.rows, "Counts by week")
    st.subheader(late.finding, anchor=False)
    st.caption(f"{offence} · open crimes by team, at {day_words(day)}")
    table(late.heads, late.rows, "Open crimes by team and age")
    if orders:
        st.subheader(orders.finding, anchor=False)
        if orders.rows:
            table(orders.heads, orders.rows, "Orders that expire soon")
        st.caption(for_markdown(f"Order register as at {day_words(as_at(at, 'order_event', 'force'))}; a subject is not named here."))
    frame.meeting_link("weekly", offence)
    frame.foot([metric("charge_rate_recorded"), metric("charge_rate_closed"), metric("orders_granted")], "force")
    return None


def _new(at: Snapshot, chosen: filters.Chosen) -> None:
    rows = [row for entry in metrics() if entry.headline and (row := review.headline(at, entry, chosen))]
    told = [row for row in rows if row.is_new]
    if told:
        st.html(talk([("New", row.said, row.row.link) for row in told]))
    else:
        judged = sum(bool(row.row.signal) for row in rows)
        words = f"No new signal in the {judged} measures that can be judged" if judged else "No measure can be judged here"
        st.markdown(f"**{words}.** What goes on from earlier months is on the monthly page.")


@dataclass(frozen=True)
class Told:
    """A table with the sentence that heads it."""

    finding: str
    heads: list[str]
    rows: list[list[str]]


def counted(at: Snapshot, chosen: filters.Chosen, day: date, weeks_shown: int = WEEKS) -> Told:
    """What was counted in each of the latest whole weeks."""
    stop = start_of("week", day + timedelta(days=1))
    weeks = [stop - timedelta(days=7 * back) for back in range(1, weeks_shown + 1)]
    rows = []
    for name, metric_id, side in COUNTS:
        entry = metric(metric_id)
        cut = Cut(grain="week", where=chosen.where(entry), from_day=weeks[-1], to_day=stop)
        found = {value.period: getattr(value, side) for value in answer(at, metric_id, cut).values}
        fresh = as_at(at, entry.relation, "force")
        known = [week for week in weeks if fresh is not None and week + timedelta(days=6) <= fresh]
        seen = {week: found.get(week) or 0 for week in known}
        mean = f"{sum(seen.values()) / len(seen):,.1f}" if seen else ""
        rows.append([name, *(f"{seen[week]:,}" if week in seen else "not supplied" for week in weeks), mean])
    finding = f"{chosen.offence}, week of {day_words(weeks[0])}: {rows[0][1]} crimes recorded, {rows[1][1]} charges."
    return Told(finding, ["Counted", *(f"{week:%-d %b}" for week in weeks), f"Mean of {weeks_shown}"], rows)


def overdue(at: Snapshot, chosen: filters.Chosen, day: date) -> Told:
    """What has been open for long, by team."""
    rows = at.rows("open_by_age", as_at=day, **chosen.allowed(metric("charge_rate_recorded"), ("vawg", "vawg_group", "domestic_abuse")))
    over = sum(row["over_180"] for row in rows)
    cells = [[str(row["team"]), *(f"{row[key]:,}" for key in ("open_crimes", "over_90", "over_180", "over_365"))] for row in rows]
    heads = ["Team", "Open", "Over 90 days", "Over 180 days", "Over a year"]
    return Told(f"{over:,} crimes have been open for more than 180 days.", heads, cells)


def expiring(at: Snapshot) -> Told | None:
    """Days since the last protection order, and the orders that expire soon; None without an order register."""
    granted_day = as_at(at, "order_event", "force")
    if granted_day is None:
        return None
    granted = [row["day"] for row in at.rows("orders_granted_on", area=None)]
    rows = at.rows("orders_expiring", as_at=granted_day)
    since = f"{(granted_day - max(granted)).days} days since the last protection order" if granted else "No protection order yet"
    cells = [[day_words(row["expires_on"]), row["order_kind"], row["area"] or "", row["team"] or ""] for row in rows]
    return Told(f"{since}; {len(rows)} expire within sixty days.", ["Expires on", "Kind", "Area", "Team"], cells)
