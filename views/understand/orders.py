"""Protection orders: a mark for each, how often they come, and how long it is since the last."""

from collections import Counter
from datetime import date, timedelta

import streamlit as st

from charts.dots import marks
from charts.waits import waits
from metrics.catalogue import metric_named
from metrics.contracts import Cut
from metrics.freshness import as_at, last_complete_month
from metrics.periods import Grain, months_after
from metrics.scope import EVERYWHERE, Chosen, areas_of
from metrics.statistics.control_charts import GChart, event_gaps, g_chart
from metrics.wording import day_words, days
from store.snapshot import Snapshot
from views.parts import filters, measure_topics, measure_trend, page
from views.parts.figures import answer, shown_snapshot
from views.parts.load_report import table
from views.parts.page import Page

PAGE = Page("Protection orders", address="orders", order=6)

GRANTED, AFTER = "Stalking Protection Orders", "Steps, other orders, breaches"
AFTER_MEASURES = (
    "stalking_considered",
    "notification_kept",
    "order_breaches_recorded",
    "breach_charged",
    "reported_again_after_order",
    "dvpo_per_100_dvpn",
)


def draw() -> None:
    """Draw the page."""
    snapshot = shown_snapshot()
    day = as_at(snapshot, "order_event", "force") if snapshot else None
    if snapshot is None or day is None:
        return page.empty("Protection orders", "No order register is loaded yet.")
    page.head(
        "Protection orders",
        snapshot,
        "Stalking Protection Orders, by the day they were granted",
        day,
    )
    view = filters.one_of("View", (GRANTED, AFTER), "view")
    left, right = st.columns([3, 1], vertical_alignment="center")
    with right:
        area = filters.area_choice(snapshot, "orders_granted")
    if view == AFTER:
        return _after(snapshot, area, day)
    with left:
        months = filters.period_pills()
    chosen = Chosen(offence="All crime", area=area, months=months, grain="quarter")
    granted = snapshot.rows("reports/orders_granted", area=None if area == EVERYWHERE else area)
    shown = [row for row in granted if isinstance(row["day"], date)]
    if not shown:
        st.info("No order was granted here.")
        return None
    _now(snapshot, chosen, day, [row["day"] for row in shown if isinstance(row["day"], date)])
    _time_line(shown, chosen, day)
    _waits([row["day"] for row in shown if isinstance(row["day"], date)], day, area)
    series: tuple[tuple[str, Grain], ...] = (
        ("orders_granted", "quarter"),
        ("order_grant_rate", "year"),
        ("orders_per_1000_stalking", "quarter"),
        ("order_length", "year"),
        ("order_breach_rate", "year"),
    )
    for name, grain in series:
        measure_trend.draw(
            snapshot,
            name,
            Chosen(offence="All crime", area=area, months=max(months, 48), grain=grain),
        )
    page.foot(
        [
            metric_named("orders_granted"),
            metric_named("days_per_order"),
            metric_named("days_between_orders"),
        ],
        "force",
    )
    return None


def _after(snapshot: Snapshot, area: str, day: date) -> None:
    """The steps of an order, every other kind, what is in force, breaches, and what came after."""
    _funnel(snapshot, area, day)
    _in_force(snapshot, area, day)
    _other_orders(snapshot, area, day)
    _breach_crimes(snapshot, area, day)
    for name in AFTER_MEASURES:
        chosen = Chosen(offence="All crime", area=area, months=48, grain="year")
        measure_trend.draw(snapshot, name, chosen)
    page.foot([metric_named(name) for name in AFTER_MEASURES], "force")


def _year(area: str, day: date) -> tuple[dict[str, object], str]:
    """The last twelve whole months in an area, as a query takes them and in words."""
    stop = months_after(last_complete_month(day), 1)
    span: dict[str, object] = {
        "from_day": months_after(stop, -12),
        "to_day": stop,
        "area": areas_of(area),
    }
    return span, f"12 months to {day_words(stop - timedelta(days=1))}"


def _breach_crimes(snapshot: Snapshot, area: str, day: date) -> None:
    """Breaches that were recorded as crimes, by offence."""
    span, words = _year(area, day)
    rows = snapshot.rows("reports/breach_crimes", **span)
    if not rows:
        return
    crimes, charged = (sum(row[key] for row in rows) for key in ("crimes", "charged"))
    heading = measure_topics.Heading(
        f"{crimes:,} breaches recorded as crimes, {charged:,} of them charged so far.",
        f"{area} · recorded in {words} · a breach of "
        "a domestic violence protection order is contempt and no crime; one of a domestic abuse "
        "protection order is a crime, so the series jumps where those begin",
        ("Offence", "Crimes", "Charged so far"),
    )
    cells = [[row["offence"], f"{row['crimes']:,}", f"{row['charged']:,}"] for row in rows]
    measure_topics.headed_table(heading, cells, "Breaches recorded as crimes")


def _funnel(snapshot: Snapshot, area: str, day: date) -> None:
    """How many orders came how far, and how long each step took."""
    span, words = _year(area, day)
    rows = snapshot.rows("reports/order_funnel", **span)
    first = max(rows[0]["orders"], 1)
    granted = next(row["orders"] for row in rows if row["step"] == "Granted")
    heading = measure_topics.Heading(
        f"Of {rows[0]['orders']:,} Stalking Protection Orders considered, {granted:,} have "
        "been granted so far.",
        f"{area} · considered in {words} · a step "
        "without a day in the register is not counted · interim and full orders are one each",
        ("Step", "Orders", "Of those considered", "Median days from the step before"),
    )
    cells = [
        [
            row["step"],
            f"{row['orders']:,}",
            f"{row['orders'] / first:.0%}",
            "" if row["median_days"] is None else f"{row['median_days']:,.0f}",
        ]
        for row in rows
        if row["orders"]
    ]
    measure_topics.headed_table(heading, cells, "Steps of an order")


def _in_force(snapshot: Snapshot, area: str, day: date) -> None:
    rows = snapshot.rows("reports/orders_in_force", day=day, area=areas_of(area))
    total, soon = (sum(row[key] for row in rows) for key in ("in_force", "ending_soon"))
    heading = measure_topics.Heading(
        f"{total:,} orders and notices are in force, {soon:,} of them ending within 60 days.",
        f"{area} · at {day_words(day)} · granted or made by a court, not discharged, not at "
        "their end",
        ("Type", "In force", "Ending within 60 days", "Without an end"),
    )
    keys = ("in_force", "ending_soon", "without_end")
    cells = [[row["order_type"], *(f"{row[key]:,}" for key in keys)] for row in rows]
    measure_topics.headed_table(heading, cells, "Orders in force")


def _other_orders(snapshot: Snapshot, area: str, day: date) -> None:
    """Every kind of order and notice of the last twelve months, and their breaches."""
    span, words = _year(area, day)
    rows = snapshot.rows("reports/order_types", **span)
    said = ("order_type", "stage", "origin")
    counts = ("decided", "granted", "made_by_court", "refused", "with_requirements", "with_tag")
    keys = (*said, *counts)
    st.header(
        f"{sum(row['decided'] for row in rows):,} decisions on orders and notices of every kind in "
        f"{words}.",
        anchor=False,
    )
    st.caption(
        "By type, stage and who asked for the order. Orders that a court makes of its own motion "
        "or for a victim are counted here and in no measure of Stalking Protection Orders."
    )
    heads = ["Type", "Stage", "Asked for by", "Decided", "Granted", "Made by court", "Refused"]
    heads += ["With requirements", "With a tag"]
    cells = [[str(row[key]).replace("_", " ") for key in keys] for row in rows]
    table(heads, cells, "Orders and notices of every kind")
    breaches = snapshot.rows("reports/order_breaches", **span)
    if not breaches:
        return
    kinds: Counter[object] = Counter()
    for row in breaches:
        kinds[row["breach_kind"]] += row["breaches"]
    ((kind, count),) = kinds.most_common(1)
    st.header(
        f"{sum(row['breaches'] for row in breaches):,} breaches recorded; the commonest kind is "
        f"{str(kind).replace('_', ' ')} ({count:,}).",
        anchor=False,
    )
    st.caption(
        "By the day of the breach. A failure to notify is not a contact: the kinds stand apart."
    )
    table(
        ["Type of order", "Kind of breach", "Breaches", "Orders breached"],
        [
            [row["order_type"], str(row["breach_kind"]).replace("_", " "), *counts]
            for row in breaches
            for counts in [(row["breaches"], row["orders"])]
        ],
        "Breaches by kind",
    )


def _now(snapshot: Snapshot, chosen: Chosen, day: date, granted: list[date]) -> None:
    stop = months_after(last_complete_month(day), 1)
    cut = Cut(
        where=chosen.where(metric_named("orders_granted")),
        from_day=months_after(stop, -12),
        to_day=stop,
    )
    year, before = (
        answer(snapshot, "orders_granted", one).values
        for one in (cut, cut.but(from_day=months_after(stop, -24), to_day=months_after(stop, -12)))
    )
    rate, rate_before = (
        answer(snapshot, "days_per_order", one).values
        for one in (cut, cut.but(from_day=months_after(stop, -24), to_day=months_after(stop, -12)))
    )
    gaps = answer(snapshot, "days_between_orders", cut).values
    since = (day - max(granted)).days
    pace = g_chart(event_gaps([one for one in granted if one >= day - timedelta(days=365)]))
    columns = st.columns(4)
    total = f"{year[0].value:,.0f}" if year and year[0].value is not None else "0"
    per_week = (
        f"people; {(year[0].value or 0) * 7 / 365:.1f} a week; {before[0].value or 0:,.0f} in the "
        "year before"
        if year and before
        else ""
    )
    columns[0].metric("Granted, 12 months", total, border=True)
    columns[0].caption(per_week)
    columns[1].metric("One order every", days(rate[0].value) if rate else "not shown", border=True)
    columns[1].caption(
        f"one every {days(rate_before[0].value)} in the year before"
        if rate_before and rate_before[0].value
        else ""
    )
    columns[2].metric(
        "Median gap between orders", days(gaps[0].value) if gaps else "not shown", border=True
    )
    columns[2].caption("between distinct days of grant; 12 months")
    columns[3].metric("Since the last order", f"{since} days", border=True)
    is_long = pace is not None and pace.is_silent(since)
    usual = f"; a wait of up to {pace.upper:.0f} days is usual at this year's pace" if pace else ""
    rare = _rarity(pace, since) if pace else 0
    words = f"; unusual at this year's pace: about {rare} in 100" if is_long else usual
    columns[3].caption(f"granted on {day_words(max(granted))}{words}")


def _rarity(chart: GChart, days_waited: int) -> int:
    """How many in a hundred waits are as long; at least one."""
    return max(round(chart.silence(days_waited) * 100), 1)


def _waits(granted: list[date], day: date, area: str) -> None:
    """The g-chart of the waits of the last twelve months."""
    year = [one for one in granted if one >= day - timedelta(days=365)]
    gaps = event_gaps(year)
    chart = g_chart(gaps)
    if chart is None:
        return
    days_of = sorted(set(year))
    over = sum(gap > chart.upper for gap in gaps)
    page.block(
        f"{over or 'No'} wait{'' if over == 1 else 's'} between orders in the last 12 months "
        f"{'was' if over == 1 else 'were'} unusually long; the longest took {max(gaps)} days.",
        f"Days between distinct days of grant · {area} · above the upper limit of the g-chart "
        f"({chart.upper:.0f} days) a wait is unusual: about {_rarity(chart, round(chart.upper))} "
        "in 100 are as long · hollow: the wait that goes on",
        waits(year, chart, day),
        page.Table(
            ["Granted on", "Days since the one before"],
            [[day_words(one), gap] for one, gap in zip(days_of[1:], gaps, strict=True)],
            "waits-between-orders",
        ),
    )


def _time_line(rows: list[dict[str, object]], chosen: Chosen, day: date) -> None:
    first = min(row["day"] for row in rows if isinstance(row["day"], date))
    start = max(first, months_after(last_complete_month(day), 1 - chosen.months))
    shown = [row for row in rows if isinstance(row["day"], date) and row["day"] >= start]
    dates = [row["day"] for row in shown if isinstance(row["day"], date)]
    kinds = [str(row["order_kind"]) for row in shown]
    places = [str(row["area"] or "area not known") for row in shown]
    full = kinds.count("full")
    table = page.Table(
        ["Granted on", "Kind", "Area", "Team"],
        [
            [day_words(one), kind, place, row["team"]]
            for one, kind, place, row in zip(dates, kinds, places, shown, strict=True)
        ],
        "orders-granted-on",
    )
    page.block(
        f"{full} full and {len(kinds) - full} interim orders since {day_words(start)}: one mark "
        "each.",
        "By the day of grant; an interim and a full order for one person are two marks · "
        f"{chosen.area}",
        marks(dates, places, kinds),
        table,
    )
