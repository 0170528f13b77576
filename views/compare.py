"""Compare forces: every force on one metric, ours marked, with intervals; never without basis, year and offences."""

import streamlit as st

from metrics.catalogue import metrics
from metrics.contracts import Cut, Metric, Value
from metrics.periods import months_after
from sql import settings
from sql.snapshot import Snapshot
from views import filters, frame
from views.asking import answer, as_at, snapshot, store
from views.charts import dots
from views.words import figure_words, interval_words, ordinal, period_words, resting_words

SOURCES = {"Home Office": "home_office", "Crown Prosecution Service": "cps"}
FEWEST = 30


def page() -> None:
    """Draw the page."""
    at = snapshot()
    supplied = [
        name for name, key in SOURCES.items() if at and any(as_at(at, entry.relation, key) for entry in metrics() if key in entry.sources)
    ]
    if at is None or not supplied:
        return frame.empty("Compare forces", "No national table is loaded yet: Home Office outcomes open data or CPS outcomes.")
    slot = st.container()
    source = SOURCES[
        str(
            st.pills(
                "Source", supplied, default=supplied[0], required=True, key="source", bind="query-params", label_visibility="collapsed"
            )
        )
    ]
    with slot:
        fresh = max((day for entry in metrics() if source in entry.sources and (day := as_at(at, entry.relation, source))), default=None)
        frame.head("Compare forces", at, "published figures of every force", fresh)
    choices = {entry.title: entry for entry in metrics() if source in entry.sources}
    left, right = st.columns([3, 1], vertical_alignment="center")
    title = left.selectbox("Measure", tuple(choices), key="compared", bind="query-params", label_visibility="collapsed")
    entry = choices[str(title)]
    where = _where(at, entry, source)
    years = sorted({value.period for value in answer(at, entry.id, Cut(source=source, grain="year")).values if value.period}, reverse=True)  # type: ignore[arg-type]
    labels = {period_words("year", year): year for year in years}
    year = labels[str(right.selectbox("Financial year", tuple(labels), key="year", bind="query-params", label_visibility="collapsed"))]
    cut = Cut(source=source, by=("force_name",), where=where[1], from_day=year, to_day=months_after(year, 12))  # type: ignore[arg-type]
    found = [(str(value.by["force_name"]), value) for value in answer(at, entry.id, cut).values if value.value is not None]
    if not found:
        st.info("No force has enough of these cases in that year.")
        return None
    _ranked(entry, sorted(found, key=lambda row: -(row[1].value or 0)), f"{where[0]}, {period_words('year', year)}", source)
    frame.foot([entry], source)
    return None


def _where(at: Snapshot, entry: Metric, source: str) -> tuple[str, dict[str, tuple[str, ...]]]:
    """The offences compared, in words and as a filter."""
    if source == "home_office":
        name = filters.offence_pills(("Stalking", *(name for name in filters.NATIONAL if name != "Stalking")))
        return name, filters.OFFENCES[name]
    groups = sorted({value.by["offence_group"] or "" for value in answer(at, entry.id, Cut(source="cps", by=("offence_group",))).values})
    first = groups.index("Sexual offences") if "Sexual offences" in groups else 0
    name = str(st.selectbox("Offence category", groups, index=first, key="category", bind="query-params", label_visibility="collapsed"))
    return name, {"offence_group": (name,)}


def _ranked(entry: Metric, rows: list[tuple[str, Value]], scope: str, source: str) -> None:
    ours = settings.of(store().folder).force_name
    names = [name for name, _ in rows]
    table = frame.Table(
        ["Place by value", "Force", entry.title, "95 % interval", "Counted", "Out of", "Status"],
        [
            [place, name, figure_words(entry, value), interval_words(entry, value), value.numerator, value.denominator]
            + [value.status.replace("_", " ")]
            for place, (name, value) in enumerate(rows, 1)
        ],
        f"forces-{entry.id.replace('_', '-')}",
    )  # fmt: skip
    small = sum((value.denominator or 0) < FEWEST for _, value in rows)
    grey = f"{scope} · {entry.day_words} · {frame.SOURCES[source]} · by value; a force on few cases stands high or low by chance"
    grey += f" ({small} here rest on fewer than {FEWEST})" if small else ""
    if any(value.status == "provisional" for _, value in rows):
        grey += " · cases of that year were still open in every force when this was published: the figures rise later"
    if ours not in names:
        frame.block(f"{ours} is not in this table; {len(rows)} forces are.", grey, dots(entry, rows, ours), table)
        return
    mine = dict(rows)[ours]
    near = sum((value.lower or 0) <= (mine.upper or 0) and (value.upper or 0) >= (mine.lower or 0) for name, value in rows if name != ours)
    sentence = (
        f"{ours}: {figure_words(entry, mine)} ({interval_words(entry, mine)}; {resting_words(entry, mine)}), "
        f"{ordinal(names.index(ours) + 1)} of {len(rows)} by value; {near} others have intervals that overlap with it."
    )
    frame.block(sentence, grey, dots(entry, rows, ours), table)
