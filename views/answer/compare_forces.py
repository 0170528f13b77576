"""Compare forces: every force on one metric, ours marked, with intervals; never without basis, year
and offences.
"""

from datetime import date

import streamlit as st

from charts import reading
from charts.dots import dots
from charts.funnel import funnel_chart
from charts.tile_map import fifth_of, tile_map
from metrics.catalogue import metrics
from metrics.contracts import Cut, Metric, Value
from metrics.denominators import LEFT_OUT, WAYS, Standing
from metrics.freshness import as_at
from metrics.naming import named
from metrics.peer_groups import pooled_rate, similar_mean
from metrics.periods import months_after
from metrics.scope import NATIONAL, OFFENCES
from metrics.standing import RECORDED, highest_of, standing_in, standing_words
from metrics.statistics.funnel import FEWEST, Place, funnel, places, side
from metrics.wording import (
    figure_words,
    interval_words,
    ordinal,
    period_words,
    resting_words,
    share,
)
from store import settings
from store.audit import COMBINATION
from store.snapshot import Snapshot
from views.parts import filters, page, scope_note
from views.parts.figures import answer, figures_of, shown_snapshot
from views.parts.load_report import table
from views.parts.page import Page
from web.sign_in import store

PAGE = Page("Compare forces", address="compare", order=11, audit_kind=COMBINATION)

POLICE_UK = (
    "data.police.uk can show how many crimes a force recorded and how many outcomes were a charge, "
    "month by month. It cannot show outcomes 15 and 16: one label, unable to prosecute suspect, "
    "stands for 14, 15 and 16. It has no offence below violence and sexual offences as a whole, so "
    "nothing here is VAWG; what a court did later is left out of the outcomes."
)
MOST_FORCES = 30  # under which a map would show gaps
IN_ORDER, ON_A_MAP = "In order", "On a map"
SOURCES = {
    "Home Office": "home_office",
    "Crown Prosecution Service": "cps",
    "data.police.uk": "police_uk",
}


def draw() -> None:
    """Draw the page."""
    snapshot = shown_snapshot()
    supplied = [
        name
        for name, key in SOURCES.items()
        if snapshot
        and any(
            as_at(snapshot, metric.relation, key) for metric in metrics() if key in metric.sources
        )
    ]
    if snapshot is None or not supplied:
        return page.empty(
            "Compare forces",
            "No national table is loaded yet: Home Office outcomes open data or CPS outcomes.",
        )
    slot = st.container()
    picked = filters.one_of("Source", supplied, "source")
    source = SOURCES[picked]
    with slot:
        fresh = max(
            (
                day
                for metric in metrics()
                if source in metric.sources and (day := as_at(snapshot, metric.relation, source))
            ),
            default=None,
        )
        page.head("Compare forces", snapshot, "published figures of every force", fresh)
    compared = [metric for metric in metrics() if source in metric.sources]
    # rates first: a count says how large a force is
    compared.sort(key=lambda metric: metric.unit != "rate")
    choices = {metric.title: metric for metric in compared}
    filters.say_unknown("Measure", tuple(choices), "compared")
    left, right = st.columns([3, 1], vertical_alignment="center")
    title = left.selectbox(
        "Measure", tuple(choices), key="compared", bind="query-params", label_visibility="collapsed"
    )
    metric = choices[str(title)]
    where = _where(snapshot, metric, source)
    answers = answer(
        snapshot, metric.id, Cut.model_validate({"source": source, "grain": "year"})
    ).values
    labels = {
        period_words("year", value.period): value.period
        for value in reversed(answers)
        if value.period
    }
    year = labels[
        str(
            right.selectbox(
                "Financial year",
                tuple(labels),
                key="year",
                bind="query-params",
                label_visibility="collapsed",
            )
        )
    ]
    _one_year(snapshot, metric, where, (source, year))
    if source == "police_uk":
        st.caption(named(POLICE_UK))
    page.foot([metric], source)
    return None


def _one_year(
    snapshot: Snapshot,
    metric: Metric,
    where: tuple[str, dict[str, tuple[str, ...]]],
    of: tuple[str, date],
) -> None:
    """Every force in one year of one source: in order, as a funnel, and by each denominator."""
    source, year = of
    cut = Cut.model_validate(
        {
            "source": source,
            "by": ("force_name",),
            "where": where[1],
            "from_day": year,
            "to_day": months_after(year, 12),
        }
    )
    values = [
        value
        for value in answer(snapshot, metric.id, cut).values
        if value.by["force_name"] not in LEFT_OUT
    ]
    found = [(str(value.by["force_name"]), value) for value in values if value.value is not None]
    if not found:
        st.info("No force has enough of these cases in that year.")
        return
    scope = f"{where[0]}, {period_words('year', year)}"
    by_value = sorted(found, key=lambda row: -(row[1].value or 0))
    is_map = len(by_value) >= MOST_FORCES and (
        filters.one_of("Shown", (IN_ORDER, ON_A_MAP), "shown") == ON_A_MAP
    )
    if is_map:
        _map(metric, by_value, scope)
    else:
        _ranked(metric, by_value, scope, source, scope_note.elsewhere(source, where[0]))
    if metric.unit == "rate" and all(value.status == "final" for _, value in found):
        _funnel(metric, found, scope)
    if source == "home_office" and metric.id.startswith("charge_rate"):
        _claim(snapshot, where, year)


def _funnel(metric: Metric, rows: list[tuple[str, Value]], scope: str) -> None:
    """Is a force further from the others than its number of cases explains?

    Only where every figure is final.
    """
    ours = settings.of(store().folder).force_name
    counts = {name: (value.numerator or 0, value.denominator or 0) for name, value in rows}
    limits = funnel(list(counts.values()))
    sides = {name: side(limits, top, bottom) for name, (top, bottom) in counts.items()}
    outside = [name for name, where in sides.items() if where != "inside"]
    words = {
        "inside": "inside the 99.8 % limits",
        "above": "above the upper 99.8 % limit",
        "below": "below the lower 99.8 % limit",
    }
    sentence = (
        f"{ours} is {words[sides[ours]]} of the funnel"
        if ours in counts
        else "Forces beside the limits of the funnel"
    )
    form = (
        "arcsine limits, widened because forces differ more than chance explains"
        if limits.is_over_dispersed
        else "normal limits"
    )
    grey = (
        f"{scope} · {metric.day_words} · each force by its number of cases · limits of 95 % and "
        f"99.8 % round {share(limits.centre)}: {form}"
    )
    cells = [[name, *counts[name], sides[name]] for name in counts]
    beside = f"{len(outside)} of {len(rows)} forces {'is' if len(outside) == 1 else 'are'} outside"
    table = page.Table(["Force", "Counted", "Out of", "99.8 % limits"], cells, "funnel")
    page.block(
        f"{sentence}; {beside}.", grey, funnel_chart(rows, ours, limits), table, reading.OF_FUNNEL
    )


def _map(metric: Metric, by_value: list[tuple[str, Value]], scope: str) -> None:
    """Where high and low figures lie."""
    ours = settings.of(store().folder).force_name
    (_, top), (_, bottom) = by_value[0], by_value[-1]
    fifths = fifth_of(by_value)
    table = page.Table(
        ["Force", metric.title, "Fifth of forces"],
        [[name, figure_words(metric, value), fifths[name] + 1] for name, value in by_value],
        "map-of-forces",
    )
    page.block(
        f"From {figure_words(metric, bottom)} to {figure_words(metric, top)}: where the high and "
        "the low figures lie.",
        f"{scope} · {metric.day_words} · a square for each force, about where it lies; framed: "
        f"{ours}",
        tile_map(metric, by_value, ours),
        table,
        reading.OF_TILES,
    )


def _claim(snapshot: Snapshot, where: tuple[str, dict[str, tuple[str, ...]]], year: date) -> None:
    """The same claim under each fair denominator, side by side."""
    ours = settings.of(store().folder).force_name
    found, is_open = standing_in(figures_of(snapshot), ours, where[1], year)
    if not found:
        return
    st.header(standing_words(ours, found, is_open), anchor=False)
    st.caption(
        f"{where[0]}, {period_words('year', year)} · British Transport Police left out · ranks "
        f"rest on at least {FEWEST} cases"
    )
    rows = [
        [
            one.way,
            share(one.numerator / one.denominator),
            f"{one.numerator:,} of {one.denominator:,}",
            *_place_words(one, is_open and one.way.startswith(RECORDED)),
        ]
        for one in found
    ]
    table(
        [
            "What is counted",
            ours,
            "Rests on",
            "By value",
            "Rank, 95 % interval",
            "Chance of being first",
        ],
        rows,
        "One claim, four ways",
    )


def _place_words(one: Standing, is_open: bool) -> list[str]:
    """Place by value, rank and the chance of being first; of a year still open, none of them."""
    if is_open:
        return ["still open", "still open", ""]
    if one.place is None:
        return [ordinal(one.by_value), "too few", ""]
    rank = f"{ordinal(one.place.median)} ({ordinal(one.place.lower)} to {ordinal(one.place.upper)})"
    return [ordinal(one.by_value), rank, share(one.place.chance_first, 0)]


def ranks_of(metric: Metric, rows: list[tuple[str, Value]]) -> dict[str, Place]:
    """The rank of each force as an interval; none for what may not be judged yet, or for what is no
    rate.
    """
    if metric.unit != "rate":
        return {}
    return places(
        {
            name: (value.numerator or 0, value.denominator or 0)
            for name, value in rows
            if value.status == "final"
        }
    )


def rank_words(metric: Metric, place: Place | None) -> str:
    """The rank as an interval, and of a charge rate that it is by one denominator of several."""
    if place is None:
        return ""
    one_of = f", by one denominator of {len(WAYS)}" if metric.id.startswith("charge_rate") else ""
    return (
        f"{highest_of(place.lower, place.upper, place.ranked)} forces with at least {FEWEST} "
        f"{metric.per} (95 % interval{one_of})"
    )


def _where(
    snapshot: Snapshot, metric: Metric, source: str
) -> tuple[str, dict[str, tuple[str, ...]]]:
    """The offences compared, in words and as a filter."""
    if source == "home_office":
        name = filters.offence_pills(
            ("Stalking", *(name for name in NATIONAL if name != "Stalking"))
        )
        return named(name), OFFENCES[name]
    groups = sorted(
        {
            value.by["offence_group"] or ""
            for value in answer(
                snapshot, metric.id, Cut(source="cps", by=("offence_group",))
            ).values
        }
    )
    first = groups.index("Sexual offences") if "Sexual offences" in groups else 0
    name = str(
        st.selectbox(
            "Offence category",
            groups,
            index=first,
            key="category",
            bind="query-params",
            label_visibility="collapsed",
        )
    )
    return name, {"offence_group": (name,)}


def _levels(metric: Metric, rows: list[tuple[str, Value]]) -> tuple[list[tuple[str, float]], str]:
    """All forces together and the most similar ones, to be drawn; and how each is made."""
    whole = pooled_rate(rows) if metric.shape == "rate" else None
    if whole is None:
        return [], ""
    held = settings.of(store().folder)
    mean, found, absent = similar_mean(rows, held.similar_forces, held.force_name)
    levels = [("England and Wales", whole)]
    words = f" · England and Wales: the {len(rows)} forces here added up"
    if mean is not None:
        levels.append(("Most similar", mean))
        words += (
            f" · most similar: the mean of {', '.join(found)}, named under Settings and the "
            "force's own to check"
        )
    if absent:
        words += f" · named as similar and not in these figures: {', '.join(absent)}"
    return levels, words


def _ranked(
    metric: Metric, rows: list[tuple[str, Value]], scope: str, source: str, differs: str
) -> None:
    ours = settings.of(store().folder).force_name
    names, ranks = [name for name, _ in rows], ranks_of(metric, rows)
    behind = page.Table(
        [
            "Force",
            "Rank, 95 % interval",
            metric.title,
            "95 % interval",
            "Counted",
            "Out of",
            "Status",
        ],
        [
            [
                name,
                f"{ranks[name].lower} to {ranks[name].upper}" if name in ranks else "not ranked",
                figure_words(metric, value),
                interval_words(metric, value),
                value.numerator,
                value.denominator,
                value.status.replace("_", " "),
            ]
            for name, value in rows
        ],
        f"forces-{metric.id.replace('_', '-')}",
    )
    small = sum(value.denominator is not None and value.denominator < FEWEST for _, value in rows)
    grey = f"{scope} · {metric.day_words} · {page.SOURCES[source]} · by value; " + (
        "a force on few cases stands high or low by chance"
        if metric.unit == "rate"
        else "a count says first how large a force is"
    )
    grey += f" ({small} here rest on fewer than {FEWEST})" if small else ""
    if any(value.status == "provisional" for _, value in rows):
        grey += (
            " · cases of that year were still open in every force when this was published: "
            "the figures rise later"
        )
    levels, beside = _levels(metric, rows)
    grey += beside + (f". {differs}" if differs else "")
    if ours not in names:
        page.block(
            f"{ours} is not in this table; {len(rows)} forces are.",
            grey,
            dots(metric, rows, ours, levels),
            behind,
        )
        return
    mine = dict(rows)[ours]
    near = sum(
        (value.lower or 0) <= (mine.upper or 0) and (value.upper or 0) >= (mine.lower or 0)
        for name, value in rows
        if name != ours
    )
    is_open = any(value.status == "provisional" for _, value in rows)
    rank = "still open, so not ranked" if is_open else rank_words(metric, ranks.get(ours))
    sentence = (
        f"{ours}: {figure_words(metric, mine)} ({interval_words(metric, mine)}; "
        f"{resting_words(metric, mine)}){f', {rank}' if rank else ''}; {near} others "
        "have intervals that overlap with it."
    )
    page.block(sentence, grey, dots(metric, rows, ours, levels), behind, reading.OF_FORCES)
