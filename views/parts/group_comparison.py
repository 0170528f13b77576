"""Groups against each other: areas or teams of our own force over one span, and a few named forces
over time.
"""

from datetime import date

import streamlit as st

from charts.comparison import sides_chart
from charts.dots import dots
from metrics.contracts import Cut, Metric, Value
from metrics.denominators import LEFT_OUT
from metrics.freshness import as_at
from metrics.naming import named
from metrics.scope import BY_WORDS, NATIONAL, OFFENCES, Chosen, scope_words
from metrics.scorecard import in_window, window_of
from metrics.statistics.case_mix import unlike_the_rest
from metrics.wording import figure_words, interval_words, share
from store import settings
from store.snapshot import Snapshot
from views.parts import page, scope_note
from views.parts.figures import answer, choices, figures_of
from web.sign_in import store

# the forces with a unit like ours: METRICS.md, "Pilot areas"
BESIDE = ("Hampshire", "Metropolitan Police")
MOST = 5


def groups(snapshot: Snapshot, metric: Metric, chosen: Chosen, dimension: str) -> bool:
    """Rates or medians of areas, teams or other groups over the latest twelve months that can be
    judged: each with its interval, and who differs from the whole.

    Whether there was anything to compare.
    """
    day = as_at(snapshot, metric.relation, "force")
    if day is None or dimension not in metric.dimensions("force"):
        return False
    span = window_of(metric, day, figures_of(snapshot).provisional_days).year()
    cut = Cut(by=(dimension,), where=chosen.where(metric), from_day=span.start, to_day=span.stop)
    found = [
        (str(value.by[dimension]), value)
        for value in answer(snapshot, metric.id, cut).values
        if value.by[dimension] and value.value is not None
    ]
    whole = in_window(figures_of(snapshot), metric, cut.but(by=()), span)
    if len(found) < 2 or whole is None:
        return False
    rows = sorted(found, key=lambda row: -(row[1].value or 0))
    is_rate = metric.unit == "rate"
    sentence = _unlike_words(rows, dimension) if is_rate else _ends_words(metric, rows)
    cells = [
        [
            name,
            figure_words(metric, value),
            interval_words(metric, value),
            value.numerator,
            value.denominator,
        ]
        for name, value in rows
    ]
    table = page.Table(
        [
            BY_WORDS[dimension].capitalize(),
            metric.title,
            "95 % interval" if is_rate else "Middle half",
            "Counted",
            "Out of",
        ],
        cells,
        f"by-{dimension}",
    )
    how = (
        "each with its 95 % interval, judged against the others at 5 % over all of them; their "
        "mixes of offences differ"
        if is_rate
        else "each with the middle half of its cases"
    )
    grey = f"{scope_words(metric, chosen)} · {metric.day_words} · {span.words} · {how}"
    page.block(sentence, grey, dots(metric, [*rows, ("Whole force", whole)], "Whole force"), table)
    return True


def _unlike_words(rows: list[tuple[str, Value]], dimension: str) -> str:
    """Which groups have a rate unlike that of the others."""
    what = {"area": "areas", "team": "teams"}.get(dimension, "groups")
    above, below = unlike_the_rest(
        {name: (value.numerator or 0, value.denominator or 0) for name, value in rows}
    )
    told = [
        f"{' and '.join(names)} {'is' if len(names) == 1 else 'are'} {side}"
        for names, side in ((above, "above"), (below, "below"))
        if names
    ]
    if not told:
        return f"No {what[:-1]} clearly differs from the others: what differs could be chance."
    return f"{'; '.join(told)} the other {what}: unlikely to be chance."


def _ends_words(metric: Metric, rows: list[tuple[str, Value]]) -> str:
    """The longest and the shortest, of medians, which no test here tells apart."""
    (most, long), (least, short) = rows[0], rows[-1]
    return (
        f"{metric.title}: {figure_words(metric, long)} for {most}, "
        f"{figure_words(metric, short)} for {least}."
    )


def forces(snapshot: Snapshot, metric: Metric, offence: str) -> None:
    """A few named forces by quarter, ours first, from the published tables."""
    ours = settings.of(store().folder).force_name
    known = [
        name
        for name in choices(snapshot, metric.id, "home_office", "force_name")
        if name not in LEFT_OUT
    ]
    if offence not in NATIONAL:
        st.info(
            "Home Office tables do not say which crimes are domestic abuse. Choose other offences."
        )
        return
    others = sorted(name for name in known if name != ours)
    chosen = st.multiselect(
        "Forces beside ours",
        others,
        default=[name for name in BESIDE if name in others],
        max_selections=MOST,
        key="forces",
        bind="query-params",
    )
    where = {
        **OFFENCES[offence],
        "force_name": tuple(name for name in (ours, *chosen) if name in known),
    }
    if not where["force_name"]:
        st.info("No published table names these forces.")
        return
    cut = Cut(source="home_office", grain="quarter", by=("force_name",), where=where)
    lines: dict[str, list[tuple[date, tuple[int, int]]]] = {}
    for value in answer(snapshot, metric.id, cut).values:
        if value.period and value.denominator and value.status == "final":
            lines.setdefault(str(value.by["force_name"]), []).append(
                (value.period, (value.numerator or 0, value.denominator))
            )
    sides = [(name, lines[name]) for name in (ours, *chosen) if name in lines]
    if not sides:
        st.info("No quarter of these forces can be judged yet.")
        return
    totals = {
        name: (sum(one for _, (one, _) in points), sum(out_of for _, (_, out_of) in points))
        for name, points in sides
    }
    words = "; ".join(
        f"{name} {share(one / out_of)} of {out_of:,}" for name, (one, out_of) in totals.items()
    )
    cells = [
        [name, day.isoformat(), one, out_of, share(one / out_of)]
        for name, points in sides
        for day, (one, out_of) in points
    ]
    differs = scope_note.elsewhere("home_office", offence)
    page.block(
        f"Over all quarters shown: {words}.",
        f"{metric.title} · {named(offence)} · {metric.day_words} · Home Office open data, by "
        f"quarter · only quarters that can be judged{f'. {differs}' if differs else ''}",
        sides_chart(metric, sides),
        page.Table(
            ["Force", "Quarter from", "Counted", "Out of", metric.title],
            cells,
            "forces-side-by-side",
        ),
    )
