"""The pages of each meeting's pack, in their order."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from metrics.catalogue import metric_named, metrics
from metrics.contracts import Cut
from metrics.dip_sample import lowest_words, reopened_words, results, samples, yes_words
from metrics.meetings import QUARTERLY_CHARTS
from metrics.periods import months_after
from metrics.scope import Chosen
from metrics.scorecard import window_of
from metrics.weekly_counts import HeadedTable, counted, expiring, overdue
from metrics.wording import period_words, share
from packs.contents import Chart, Line, Page, Table
from packs.measures import page_of
from packs.request import Request, period_label
from packs.summary_pages import areas, beside, month_on_a_page, rows_of, to_talk_about, volume

Build = Callable[[Request], Page | None]
CHARGES = ("charge_rate_recorded", "charge_rate_closed", "charged_within_30", "charged_within_180")
OUTCOMES = {
    "charge_rate_closed": "Charged",
    "outcome_15_rate": "Outcome 15",
    "outcome_16_rate": "Outcome 16",
    "outcome_14_rate": "Outcome 14",
    "outcome_18_rate": "Outcome 18",
    "outcome_21_rate": "Outcome 21",
}
VICTIMS = (
    "outcome_16_rate",
    "outcome_14_rate",
    "repeat_victim_rate",
    "repeat_suspect_rate",
    "referral_reached",
    "marac_repeats",
    "survivors_satisfied",
    "survey_response_rate",
)
ORDERS = (
    "days_per_order",
    "order_grant_rate",
    "order_breach_rate",
    "orders_per_100_stalking",
    "notification_kept",
    "dvpo_per_100_dvpn",
)
POWERS = (
    "arrests_per_100_da",
    "va_share",
    "bail_share",
    "bail_lapsed",
    "disclosed_within_28",
)
COURTS = (
    "conviction_rate_completed",
    "lost_before_verdict",
    "days_charge_to_disposal",
    "custody_rate",
    "cps_decided_within_28",
    "cps_rejected_at_triage",
)
TIMES = ("days_to_charge", "days_to_outcome")
SCRUTINISED = (
    "crimes_recorded",
    "charge_rate_recorded",
    "charge_rate_closed",
    "outcome_15_rate",
    "outcome_16_rate",
    "orders_granted",
    "conviction_rate_court",
)


def monthly(request: Request, area_names: Sequence[str]) -> list[Page]:
    """The twelve pages of the force performance day, but for those before and after the figures."""
    rows = rows_of(request)
    pages = [
        to_talk_about(request, rows),
        month_on_a_page(request, rows, "The month on a page"),
        page_of(request, "crimes_recorded", "Volume", volume(request)),
        page_of(request, "charged_within_90", "Charges", beside(request, CHARGES, "Charge rates")),
        outcomes(request),
        page_of(request, "outcome_15_rate", "Outcome 15"),
        page_of(request, "outcome_16_rate", "Outcome 16"),
        timeliness(request),
        page_of(
            request,
            "victim_not_supporting_rate",
            "Victims staying with us",
            beside(request, VICTIMS, "Victims"),
        ),
        page_of(request, "orders_granted", "Protective powers", beside(request, ORDERS, "Orders")),
        *_powers(request),
        page_of(request, "conviction_rate_court", "Courts", beside(request, COURTS, "Courts")),
    ]
    if request.is_whole and area_names:
        pages.append(areas(request, area_names))
    return pages


def _powers(request: Request) -> list[Page]:
    """Arrest, bail and the disclosure scheme, where their exports are loaded."""
    page = page_of(
        request, POWERS[0], "Arrest, bail, disclosure", beside(request, POWERS[1:], "Powers")
    )
    return [page] if page.chart else []


def weekly(request: Request, area_names: Sequence[str]) -> list[Page]:
    """New signals, the counts of the weeks, what is overdue, which orders expire."""
    force = replace(request, chosen=Chosen(request.chosen.offence))
    (week, _), late = (
        counted(force.figures, force.chosen, force.day),
        overdue(force.figures, force.chosen, force.day),
    )
    orders = expiring(force.figures)
    tables = [("Counts of the weeks", week), ("Open for long", late)]
    pages = [to_talk_about(force, rows_of(force), is_new=True)]
    pages += [_headed(force, name, table) for name, table in tables]
    if orders:
        pages.append(_headed(force, "Orders that expire", orders))
    return pages


def quarterly(request: Request, area_names: Sequence[str]) -> list[Page]:
    """A control chart of every headline measure, those of the review's page first."""
    others = [one.id for one in metrics() if one.headline and one.id not in QUARTERLY_CHARTS]
    rows = rows_of(request)
    pages = [
        to_talk_about(request, rows),
        month_on_a_page(request, rows, "The quarter on a page"),
    ]
    charts = [
        page_of(request, name, metric_named(name).title) for name in (*QUARTERLY_CHARTS, *others)
    ]
    pages += [page for page in charts if page.chart]
    if request.is_whole and area_names:
        pages.append(areas(request, area_names))
    return pages


def scrutiny(request: Request, area_names: Sequence[str]) -> list[Page]:
    """What the scrutiny audience is told: the whole force by month, measure by measure."""
    return [page_of(request, name, metric_named(name).title) for name in SCRUTINISED]


def _headed(request: Request, name: str, table: HeadedTable) -> Page:
    rows = tuple(tuple(_number(cell) for cell in row) for row in table.rows)
    key = name.lower().replace(" ", "-")
    return Page(
        key=key,
        name=name,
        title=table.finding,
        table=Table(name=name, title=table.finding, heads=tuple(table.heads), rows=rows)
        if rows
        else None,
        commentary=request.commentary(key),
    )


def _number(cell: str) -> int | str:
    """A count as a number; anything else as it is."""
    plain = cell.replace(",", "")
    return int(plain) if plain.isascii() and plain.isdecimal() else cell


def timeliness(request: Request) -> Page:
    """Days from recording to charge, and what is open for long by team."""
    late = _headed(request, "Open for long", overdue(request.figures, request.chosen, request.day))
    page = page_of(request, "days_to_charge", "Timeliness", beside(request, TIMES, "Days"))
    behind = (*page.behind, late.table) if late.table and request.is_whole else page.behind
    points = (late.title,) if request.is_whole else ()
    return page.model_copy(update={"behind": behind, "points": points})


def outcomes(request: Request) -> Page:
    """The whole mix of outcomes assigned in each of twelve months, as a stack to one."""
    metric = metric_named("outcome_16_rate")
    day = request.stands_at(metric)
    stop = window_of(metric, day or request.day, request.figures.provisional_days).stop
    cut = Cut(
        grain="month",
        where=request.chosen.where(metric),
        from_day=months_after(stop, -12),
        to_day=stop,
    )
    found = {name: request.ask(name, cut) for name in OUTCOMES}
    months = [one.value.period for one in found["outcome_16_rate"]]
    parts = {
        OUTCOMES[name]: {one.value.period: one.number for one in values}
        for name, values in found.items()
    }
    known = {at: [part.get(at) for part in parts.values()] for at in months}
    rest = {
        at: None if any(one is None for one in row) else max(1 - sum(row), 0.0)  # type: ignore[arg-type]
        for at, row in known.items()
    }
    lines = tuple(
        Line(name=name, role="other", points=tuple(part.get(at) for at in months))
        for name, part in [*parts.items(), ("Other", rest)]
    )
    labels = tuple(period_label("month", at) for at in months)
    table = Table(
        name="Outcome mix",
        title="Outcomes assigned, by month",
        heads=("Month", *OUTCOMES.values()),
        rows=tuple(
            (
                period_words("month", at),
                *(next((f for f in found[name] if f.value.period == at), "") for name in OUTCOMES),
            )
            for at in months
        ),
    )
    latest = {name: part.get(months[-1]) for name, part in parts.items()} if months else {}
    said = "; ".join(
        f"{name.lower()}, {share(value)}" for name, value in latest.items() if value is not None
    )
    when = period_words("month", months[-1]) if months else "the latest month"
    points, reviewed = _dip_sample(request)
    if not said:
        words = "Outcomes: too few were given in any month for shares of them."
        return Page(
            key="outcome-mix",
            name="Outcomes",
            title=words,
            points=points,
            behind=reviewed,
            has_commentary=False,
        )
    return Page(
        key="outcome-mix",
        name="Outcomes",
        points=points,
        title=f"Outcomes given in {when}: {said}.",
        grey="What leaves one outcome may enter another: read the parts together.",
        chart=Chart(
            kind="stack",
            unit="rate",
            categories=labels,
            lines=lines,
            words="Each month's outcomes as shares of all outcomes given in it.",
        ),
        behind=(table, *reviewed),
        commentary=request.commentary("outcome-mix"),
        notes=("Closed basis: by the day an outcome was given.",),
    )


def _dip_sample(request: Request) -> tuple[tuple[str, ...], tuple[Table, ...]]:
    """What reviewers found in the newest sample of outcomes 15 and 16: rates and how many answers
    they rest on, and no reference of a crime.
    """
    snapshot = request.figures.snapshot
    found = samples(snapshot)
    if not found or not request.is_whole or request.audience != "force":
        return (), ()
    sample, month, _, _, many = found[0]
    told = results(snapshot, sample)
    words = lowest_words(told)
    if not words:
        return (), ()
    of = f"Dip sample of {period_words('month', month)}, {many} crimes"
    rows = tuple(
        (
            one.question.words,
            " and ".join(one.question.outcomes),
            yes_words(one.found) if one.found else "no answer yet",
            one.found.answered if one.found else "",
        )
        for one in told
    )
    table = Table(
        name="Dip sample",
        title=f"{of}: yes of yes and no, weighted to all crimes of the month",
        heads=("Question", "Asked of outcomes", "Yes", "Answers"),
        rows=rows,
    )
    return (f"{of}. {words} {reopened_words(snapshot, sample)}",), (table,)
