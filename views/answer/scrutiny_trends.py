"""Trends for the body that scrutinises the force: its own figures with small numbers hidden, and
public tables as published.

Whoever opens this page, an analyst too, is shown what the scrutiny audience is told. It offers only
what that audience may ask.
"""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from charts.escaping import for_markdown
from charts.small_multiples import panels
from charts.time_series import trend
from metrics.catalogue import metrics
from metrics.contracts import Answer, Cut, Metric, Value
from metrics.disclosure.cells import grains
from metrics.freshness import as_at
from metrics.naming import named
from metrics.periods import Grain, start_of
from metrics.relations import Source
from metrics.scope import BY_WORDS, NATIONAL, OFFENCES
from metrics.scrutiny_answers import (
    HIDDEN,
    getting_better,
    how_sure,
    latest_words,
    lattice_cut,
)
from metrics.series_start import carries_from
from metrics.standing import standing_in, standing_words
from metrics.wording import (
    hidden_words,
    period_words,
)
from store import settings
from store.snapshot import Snapshot
from views.parts import filters, page
from views.parts.figures import answer, figures_of, shown_snapshot
from views.parts.measure_trend import series_of
from views.parts.page import Page
from views.parts.templates import render
from web.sign_in import store

PAGE = Page("Trends for scrutiny", address="trends", order=16, is_prerendered=False)

SOURCES: dict[str, Source] = {
    "The force's own figures": "force",
    "Home Office, as published": "home_office",
    "CPS, as published": "cps",
}
GRAINS: dict[str, Grain] = {"Months": "month", "Quarters": "quarter", "Financial years": "year"}
PLACES = {"Whole force": None, "By area": "area", "By team": "team"}


def draw() -> None:
    """Draw the page."""
    snapshot = shown_snapshot()
    if snapshot is None:
        return page.empty("Trends for scrutiny", "Nothing is loaded yet.")
    body = for_markdown(settings.of(store().folder).scrutiny_body)
    slot = st.container()
    supplied = [
        words
        for words, key in SOURCES.items()
        if any(
            key in metric.sources and as_at(snapshot, metric.relation, key) for metric in metrics()
        )
    ]
    picked = filters.one_of("Source", supplied, "source")
    source = SOURCES[picked]
    known = {
        metric.title: metric
        for metric in metrics()
        if source in metric.sources
        and (metric.is_told or source != "force")
        and as_at(snapshot, metric.relation, source)
    }
    metric = known[filters.measure_choice(tuple(known), source)]
    day = as_at(snapshot, metric.relation, source)
    with slot:
        page.head(
            "Trends for scrutiny",
            snapshot,
            f"for the {body}" + (f" · data to {day:%B %Y}" if day else ""),
            None,
        )
    if day is not None:
        cut, scope = _chosen(metric, source, day)
        with st.spinner(
            "Working out which figures may be shown. This takes some seconds after each new load."
        ):
            found = answer(snapshot, metric.id, cut)
        if source == "force":
            _answers(snapshot, metric, cut, scope)
        _show(metric, found, scope)
    if source == "force":
        st.caption(HIDDEN)
    page.foot([metric], source)
    return None


def offences(metric: Metric, source: Source) -> dict[str, dict[str, tuple[str, ...]]]:
    """The sets of offences that may be asked of a metric: none where its source does not tell them
    apart.
    """
    known = set(metric.dimensions(source)) & {"vawg", "vawg_group"}
    is_told_one = source == "force"  # two values of a filter at once are not told of our own data
    return {
        name: where
        for name, where in OFFENCES.items()
        if set(where) <= known
        and not (is_told_one and any(len(values) > 1 for values in where.values()))
    }


def _chosen(metric: Metric, source: Source, day: date) -> tuple[Cut, str]:
    """The filters of this metric, and the cut and the words that they make."""
    sets = offences(metric, source)
    offence = filters.offence_pills(tuple(sets)) if len(sets) > 1 else "All crime"
    where = dict(sets.get(offence, {}))
    by: tuple[str, ...] = ()
    left, right = st.columns([1.6, 1], vertical_alignment="center")
    if source == "force":
        places = [
            words
            for words, name in PLACES.items()
            if name is None or name in metric.dimensions(source)
        ]
        with left:
            place = PLACES[filters.one_of("Where", places, "where")]
        by = (place,) if place else ()
    else:
        where["force_name"] = (settings.of(store().folder).force_name,)
    told = grains((*by, *where)) if source == "force" else ("quarter", "year")
    words = [name for name, grain in GRAINS.items() if grain in told]
    with right:
        key = "marks" if words[0] == "Months" else "longer-marks"  # each has its own first choice
        grain = GRAINS[filters.one_of("Each mark is", words, key)]
    return lattice_cut(grain, by, where, day).but(source=source), offence if len(
        sets
    ) > 1 else "all cases"


def _answers(snapshot: Snapshot, metric: Metric, cut: Cut, scope: str) -> None:
    """Is it getting better, how sure is that, how does it compare: of the whole force, by month."""
    day = as_at(snapshot, metric.relation, "force")
    told = grains(tuple(cut.where))
    if day is None or "month" not in told:
        return
    periods: dict[Grain, Sequence[Value]] = {
        grain: answer(snapshot, metric.id, lattice_cut(grain, (), cut.where, day)).values
        for grain in ("month", "quarter")
    }
    months = periods["month"]
    if all(value.value is None for value in months):
        return
    rows = [
        ("Is it getting better?", getting_better(metric, months, carries_from(snapshot, metric))),
        ("How much, how sure?", how_sure(metric, periods)),
        ("How does it compare?", _compared(snapshot, metric, scope)),
    ]
    below = f"; below by {BY_WORDS[cut.by[0]]}" if cut.by else ""
    head = f"{metric.title} · {named(scope)} · whole force{below}"
    st.html(render("scrutiny_answers", head=head, rows=rows))


def _compared(snapshot: Snapshot, metric: Metric, scope: str) -> str:
    """Where the force stands among all forces in the newest year that the Home Office published."""
    newest = as_at(snapshot, "recorded_outcome", "home_office")
    if not metric.id.startswith("charge_rate") or scope not in NATIONAL or newest is None:
        return "No national figures of this measure and these offences are loaded."
    year = start_of("year", newest)
    ours = settings.of(store().folder).force_name
    found, is_open = standing_in(figures_of(snapshot), ours, OFFENCES[scope], year)
    if not found:
        return "The force is not in the national figures of these offences."
    words = standing_words(ours, found, is_open)
    return f"{words.removesuffix('.')}; {period_words('year', year)}, Home Office."


def _notes(metric: Metric, answer: Answer, scope: str) -> list[tuple[str, str]]:
    """What must stand beside a figure that is taken away and cited."""
    periods = [value.period for value in answer.values if value.period]
    grain = answer.cut.grain
    span = (
        f"{period_words(grain, min(periods))} to {period_words(grain, max(periods))}"
        if periods
        else ""
    )
    force, source = settings.of(store().folder).force_name, page.SOURCES[answer.cut.source]
    is_own = answer.cut.source == "force"
    day = f"data to {answer.data_as_at:%B %Y}" if answer.data_as_at else ""
    cited = [
        force,
        f"Raising the Bar: {metric.title}",
        named(scope),
        *(f"by {BY_WORDS[name]}" for name in answer.cut.by),
        span,
        metric.day_words,
        source,
        day,
        f"snapshot {answer.snapshot}",
        "invented sample data" if answer.is_invented else "",
    ]
    return [
        ("Measure", f"{metric.title}: {metric.meaning}"),
        ("Offences", named(scope)),
        ("Source", source),
        ("Dates", f"{span}, {day}"),
        *((("Rounding and [c]", HIDDEN),) if is_own else ()),
        ("Cite as", ", ".join(part for part in cited if part) + "."),
    ]


def _show(metric: Metric, answer: Answer, scope: str) -> None:
    values = answer.values
    if all(value.value is None for value in values):
        st.info(
            f"{metric.title}: no figure of this choice can be shown. Choose longer periods or a "
            "wider group."
        )
        return
    grain = answer.cut.grain
    lines = series_of(answer)
    drawn = panels(metric, grain, lines) if answer.cut.by else trend(metric, grain, lines[0])
    few = sum(value.status == "too_few" for value in values)
    hidden = hidden_words(values)
    words = f"of {len(values)} figures {hidden}" if hidden else "every figure is shown"
    if 2 * sum(value.status == "suppressed" for value in values) > len(values) and grain != "year":
        words += "; longer periods, above, hide fewer"
    if few:
        words += f"; {few} too few to judge by a rate"
    table = page.table_of(metric, answer, f"trends-{metric.id.replace('_', '-')}")
    notes = _notes(metric, answer, scope)
    table = page.Table(table.heads, table.rows, table.name, "download:trends", notes)
    if answer.cut.by:
        sentence, rest = (
            f"{metric.title}, by {BY_WORDS[answer.cut.by[0]]}.",
            "the six largest, one scale",
        )
    else:
        sentence, rest = latest_words(metric, grain, values)
    page.block(sentence, f"{rest} · {named(scope)} · {metric.day_words} · {words}", drawn, table)
    st.caption(for_markdown(f"Cite as: {notes[-1][1]}"))
