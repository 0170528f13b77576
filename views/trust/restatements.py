"""Restatements: what each kept snapshot said of the same past months, a revision triangle."""

from datetime import date

import streamlit as st

from metrics.catalogue import metrics
from metrics.contracts import Cut, Metric, Value
from metrics.freshness import as_at, last_complete_month
from metrics.measure import freshness
from metrics.naming import subject
from metrics.periods import months_after
from metrics.relations import OF_OUTCOMES
from metrics.wording import figure_words
from store.errors import StoreError
from store.snapshot import Snapshot, read
from views.parts import page
from views.parts.figures import answer
from views.parts.load_report import table
from web.sign_in import store

MONTHS, SNAPSHOTS = 12, 8


def section(snapshot: Snapshot) -> None:
    """The revision triangle: a past month's figure in each kept snapshot since."""
    day = as_at(snapshot, "recorded_outcome", "force")
    if day is None:
        return
    names = {
        metric.title: metric
        for metric in metrics()
        if metric.unit == "rate" and metric.relation in OF_OUTCOMES
    }
    st.header("How past months have moved since", anchor=False)
    chosen = names[str(st.selectbox("Measure", tuple(names), key="restated"))]
    stop = months_after(last_complete_month(day), 1)
    cut = Cut(
        grain="month", where={"vawg": ("yes",)}, from_day=months_after(stop, -MONTHS), to_day=stop
    )
    kept = [number for number in store().kept() if number <= snapshot.number]
    columns: list[tuple[str, dict[date, Value]]] = []
    for number in kept:
        found = _values(number, chosen, cut)
        if found and (not columns or found != columns[-1][1]):
            columns.append((_column(number), found))
    columns = columns[: -SNAPSHOTS - 1 : -1]
    months = sorted({month for _, found in columns for month in found}, reverse=True)
    rows = [
        [f"{month:%B %Y}", *(_cell(chosen, found.get(month)) for _, found in columns)]
        for month in months
    ]
    st.markdown(_furthest(chosen, columns))
    st.caption(
        f"{chosen.title}, {subject()}, {chosen.day_words}: each row a month, each column a "
        "snapshot that moved a figure, the newest first. "
        "Months marked open were still maturing: their figures move as cases are decided, not "
        "because they were restated."
    )
    heads = ["Month", *(head for head, _ in columns)]
    table(heads, rows, "Figures of past months in each snapshot")
    text = page.csv_text(page.Table(heads, rows, "restated"))
    page.download("CSV", "restated.csv", text, "download:figures")


def _furthest(metric: Metric, columns: list[tuple[str, dict[date, Value]]]) -> str:
    """Which month, judged already in an older snapshot, has moved furthest to the newest one."""
    moves = []
    for month in {month for _, found in columns for month in found}:
        seen = [
            found[month]
            for _, found in columns
            if month in found and found[month].status == "final" and found[month].value is not None
        ]
        if len(seen) > 1:
            moves.append((abs((seen[0].value or 0) - (seen[-1].value or 0)), month, seen))
    moved = max(moves, key=lambda one: one[0], default=None)
    if moved is None or moved[0] == 0:
        return "**No month that was already final has moved between the snapshots that are kept.**"
    _, month, seen = moved
    words = f"from {figure_words(metric, seen[-1])} to {figure_words(metric, seen[0])}"
    return f"**Of the months already final, {month:%B %Y} has moved furthest: {words}.**"


def _values(number: int, metric: Metric, cut: Cut) -> dict[date, Value]:
    try:
        return {
            value.period: value
            for value in answer(read(store(), number), metric.id, cut).values
            if value.period
        }
    except StoreError:  # swept away since, or damaged: the others still tell
        return {}


def _column(number: int) -> str:
    found = freshness(read(store(), number)).get("crime_row", {}).get("as_at")
    return (
        f"As at {found:%-d %b %Y} · {number}" if isinstance(found, date) else f"Snapshot {number}"
    )


def _cell(metric: Metric, value: Value | None) -> str:
    if value is None or value.denominator is None:
        return "–"
    counts = f"{value.numerator:,} of {value.denominator:,}"
    is_open = ", open" if value.status == "provisional" else ""
    return (
        f"{figure_words(metric, value)} ({counts}{is_open})"
        if value.value is not None
        else f"{counts}{is_open}"
    )
