"""Outcomes 15 and 16: the whole mix of outcomes as one stack, so that what leaves one and enters
another is seen.
"""

import streamlit as st

from charts import reading
from charts.bars import stack
from charts.escaping import for_plot
from charts.journey import falling_bars
from metrics.catalogue import metric_named
from metrics.cohort_journey import journey, rows_of
from metrics.contracts import Cut
from metrics.freshness import as_at, last_complete_month
from metrics.periods import months_after
from metrics.scope import Chosen
from metrics.scorecard import Window, in_window
from metrics.wording import change_words, figure_words, period_words, share
from store.snapshot import Snapshot
from views.parts import filters, measure_maturity, measure_trend, page
from views.parts.figures import answer, figures_of, shown_snapshot
from views.parts.page import Page

PAGE = Page("Outcomes 15 and 16", address="outcomes", order=3)

PARTS = {
    "charge_rate_closed": "Charged (1, 1A)",
    "outcome_15_rate": "Outcome 15: evidence, victim supports",
    "outcome_16_rate": "Outcome 16: victim does not support",
    "outcome_14_rate": "Outcome 14: victim does not support, no suspect",
    "outcome_18_rate": "Outcome 18: no suspect",
    "outcome_21_rate": "Outcome 21: not in public interest",
}
ACROSS = {"Over time": None, "By area": "area", "By offence": "vawg_group", "By team": "team"}


def draw() -> None:
    """Draw the page."""
    snapshot = shown_snapshot()
    day = as_at(snapshot, "closed_outcome", "force") if snapshot else None
    if snapshot is None or day is None:
        return page.empty("Outcomes 15 and 16", "No crime outcomes are loaded yet.")
    page.head(
        "Outcomes 15 and 16", snapshot, "closed basis: by the day an outcome was assigned", day
    )
    offence = filters.offence_pills()
    left, middle, right = st.columns([2.2, 1.3, 1], vertical_alignment="center")
    with left:
        across = ACROSS[filters.one_of("Across", tuple(ACROSS), "across")]
    with middle:
        months = filters.period_pills()
    with right:
        area = filters.area_choice(snapshot, "charge_rate_closed")
    chosen = Chosen(offence=offence, area=area, months=months)
    _mix(snapshot, chosen, across)
    _journey(snapshot, chosen)
    for name in ("outcome_15_rate", "outcome_16_rate", "victim_not_supporting_rate"):
        measure_trend.draw(snapshot, name, chosen)
    measure_maturity.draw(snapshot, chosen, measure_maturity.WITHDRAWN)
    st.caption(
        "Outcomes 14 and 16 by how long a crime had been open. That more victims no longer support "
        "the longer it takes is seen here, not why: delay and withdrawal share causes."
    )
    page.link("What reviewers found in a sample of them", "dip-sample", {})
    page.foot([metric_named("outcome_15_rate"), metric_named("outcome_16_rate")], "force")
    return None


def _journey(snapshot: Snapshot, chosen: Chosen) -> None:
    """One cohort from recorded to convicted."""
    found = journey(figures_of(snapshot), chosen)
    if found is None:
        return
    named = (
        f"{share(found.linked)} of charged crimes are named by a court case"
        if found.linked is not None
        else "no court results are loaded"
    )
    page.block(
        found.finding,
        f"{chosen.in_words} · one cohort, each crime once, followed for a year at least · {named}",
        falling_bars(found),
        page.Table(
            ["Stage", "Crimes", "Of all", "Of the stage before", "Median days", "Left since"],
            rows_of(found),
            "cohort-journey",
        ),
        reading.OF_JOURNEY,
    )


def _mix(snapshot: Snapshot, chosen: Chosen, across: str | None) -> None:
    day = as_at(snapshot, "closed_outcome", "force")
    if day is None:
        return
    stop = months_after(last_complete_month(day), 1)
    cut = Cut(
        grain="all" if across else "month",
        by=(across,) if across else (),
        where=chosen.where(metric_named("charge_rate_closed")),
        from_day=months_after(stop, -(12 if across else chosen.months)),
        to_day=stop,
    )
    found = {name: answer(snapshot, name, cut) for name in PARTS}
    places = [
        value for value in found["charge_rate_closed"].values if (value.denominator or 0) >= 10
    ]
    names = [
        (value.by.get(across) or "not known") if across else f"{value.period:%b %Y}"
        for value in places
    ]
    counted = {
        name: {(value.period, *value.by.values()): value.numerator or 0 for value in one.values}
        for name, one in found.items()
    }
    shares: dict[str, list[float | None]] = {}
    for name, label in PARTS.items():
        shares[label] = [
            counted[name].get((value.period, *value.by.values()), 0) / (value.denominator or 1)
            for value in places
        ]
    shares["All other outcomes"] = [
        1 - sum(column[at_] or 0 for column in list(shares.values())) for at_ in range(len(places))
    ]
    window = Window(months_after(stop, -12), stop)
    rows = [
        [name, *(share(column[at_]) for column in shares.values()), value.denominator]
        for at_, (name, value) in enumerate(zip(names, places, strict=True))
    ]
    end = period_words("month", months_after(stop, -1))
    span = window.words if across else f"{len(places)} months to {end}"
    page.block(
        _sentence(snapshot, chosen, window),
        f"Share of all outcomes assigned · {chosen.offence_words} · {span} · closed basis",
        stack([for_plot(name[:1].upper() + name[1:]) for name in names], list(shares.items())),
        page.Table(
            [filters_head(across), *shares, "Outcomes assigned"],
            rows,
            f"outcome-mix-{across or 'month'}",
        ),
    )


def filters_head(across: str | None) -> str:
    """The head of the first column."""
    return {None: "Month", "area": "Area", "team": "Team", "vawg_group": "Offence"}[across]


def _sentence(snapshot: Snapshot, chosen: Chosen, window: Window) -> str:
    """What moved in the mix in a year: charges, 15 and 16 beside each other."""
    parts = []
    for name, words in (
        ("charge_rate_closed", "charges"),
        ("outcome_15_rate", "outcome 15"),
        ("outcome_16_rate", "outcome 16"),
    ):
        metric = metric_named(name)
        cut = Cut(where=chosen.where(metric))
        now, before = (
            in_window(figures_of(snapshot), metric, cut, span)
            for span in (window, window.year_before())
        )
        if now is not None:
            change = change_words(metric, now, before)
            parts.append(
                f"{words} {figure_words(metric, now)}" + (f" ({change})" if change else "")
            )
    return f"In the {window.words}, against the 12 before: {', '.join(parts)}."
