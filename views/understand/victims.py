"""Victims and suspects: who comes back, how cases end for whom, and what is known of whom."""

from datetime import date

import streamlit as st

from charts.bars import stack
from charts.escaping import for_plot
from metrics.catalogue import metric_named
from metrics.disparity import ENOUGH, known_words, share_known, too_few_known_words
from metrics.freshness import as_at, last_complete_month
from metrics.naming import named
from metrics.periods import months_after
from metrics.scope import Chosen
from metrics.scorecard import Window
from metrics.wording import share
from store.snapshot import Snapshot
from views.parts import filters, group_comparison, measure_trend, page
from views.parts.figures import figures_of, shown_snapshot
from views.parts.page import Page

PAGE = Page("Victims and suspects", address="victims", order=8)

AGAIN, ENDS, KNOWN = "Who comes back", "How cases end, for whom", "What is known of victims"
REPEATS = ("repeat_victim_rate", "repeat_suspect_rate", "serial_suspect_rate")
MEASURES = (
    "charge_rate_closed",
    "outcome_15_rate",
    "outcome_16_rate",
    "victim_not_supporting_rate",
)
TRAITS = {
    "Sex": "victim_sex",
    "Age": "victim_age_band",
    "Ethnicity": "victim_ethnicity",
    "Disability": "victim_disability",
    "Religion or belief": "victim_religion",
    "Sexual orientation": "victim_sexual_orientation",
}
STATES = {
    "known": "Known",
    "declined": "Declined to say",
    "not_asked": "Not asked, or not stated",
    "blank": "Blank",
}
ACROSS = {"Each characteristic": None, "By area": "area", "By team": "team", "By month": "month"}
FILTERS = ("vawg", "vawg_group", "domestic_abuse")


def draw() -> None:
    """Draw the page."""
    snapshot = shown_snapshot()
    day = as_at(snapshot, "recorded_outcome", "force") if snapshot else None
    if snapshot is None or day is None:
        return page.empty("Victims and suspects", "No crime outcomes are loaded yet.")
    page.head("Victims and suspects", snapshot, "persons by their pseudonyms", day)
    view = filters.one_of("View", (AGAIN, ENDS, KNOWN), "view")
    if view == AGAIN:
        _again(snapshot)
    elif view == ENDS:
        _ends(snapshot)
    else:
        _known(snapshot, day)
    return None


def _again(snapshot: Snapshot) -> None:
    """Repeat victims, repeat and serial suspects."""
    for name in REPEATS:
        metric = metric_named(name)
        measure_trend.draw(snapshot, name, Chosen(offence="All VAWG").for_metric(metric))
    st.caption(
        "The first year of an export looks back on less than 365 days: it finds fewer repeats than "
        "there were."
    )
    page.foot([metric_named(name) for name in REPEATS], "force")


def _ends(snapshot: Snapshot) -> None:
    """One measure by one characteristic of the victim."""
    offence = filters.offence_pills()
    titles = {metric_named(name).title: metric_named(name) for name in MEASURES}
    metric = titles[filters.one_of("Measure", tuple(titles), "measure")]
    trait = filters.one_of("Characteristic", tuple(TRAITS), "characteristic")
    chosen = Chosen(offence=offence)
    known = share_known(figures_of(snapshot), _named(trait), chosen)
    if known is None or known < ENOUGH:
        st.info(too_few_known_words(trait, known))
    elif not group_comparison.groups(snapshot, metric, chosen, TRAITS[trait]):
        st.info("Fewer than two groups of victims are large enough to compare.")
    else:
        st.caption(known_words(trait, known))
    page.foot([metric], "force")


def _known(snapshot: Snapshot, day: date) -> None:
    """Known, declined, not asked or blank: of all characteristics, or of one by place or month."""
    offence = filters.offence_pills()
    across = ACROSS[filters.one_of("Across", tuple(ACROSS), "across")]
    trait = filters.one_of("Characteristic", tuple(TRAITS), "characteristic") if across else None
    stop = months_after(last_complete_month(day), 1)
    span = Window(months_after(stop, -12), stop)
    rows = snapshot.rows(
        "reports/characteristic_states",
        by=across,
        characteristic=_named(trait) if trait else None,
        from_day=span.start,
        to_day=span.stop,
        **Chosen(offence=offence).allowed(metric_named("charge_rate_recorded"), FILTERS),
    )
    if not rows:
        st.info("No crimes were recorded in the last twelve months.")
        return
    names = [_row_name(row["name"], row["characteristic"], across) for row in rows]
    shares = {
        words: [row[state] / row["crimes"] for row in rows] for state, words in STATES.items()
    }
    worst = min(range(len(rows)), key=lambda at: rows[at]["known"] / rows[at]["crimes"])
    table = page.Table(
        ["Of", *STATES.values(), "Crimes"],
        [
            [name, *(share(column[at]) for column in shares.values()), f"{rows[at]['crimes']:,}"]
            for at, name in enumerate(names)
        ],
        f"characteristics-known-{across or 'all'}",
    )
    page.block(
        f"{names[worst]}{f', {trait.lower()}' if trait else ''}: known for "
        f"{share(shares['Known'][worst])} of victims, the least.",
        f"Share of crimes recorded · {named(offence)} · {span.words} · a victim counts with each "
        "crime",
        stack([for_plot(name) for name in names], list(shares.items())),
        table,
    )
    page.foot([metric_named(f"characteristic_known_{_named(trait or 'Ethnicity')}")], "force")


def _named(trait: str) -> str:
    """A characteristic as its measures are named: age, not age band."""
    return TRAITS[trait].removeprefix("victim_").removesuffix("_band")


def _row_name(name: str | None, characteristic: str, across: str | None) -> str:
    if across is None:
        return next(name for name in TRAITS if _named(name) == characteristic)
    if across == "month" and name:
        return f"{date.fromisoformat(name):%b %Y}"
    return name or f"{across} not known"
