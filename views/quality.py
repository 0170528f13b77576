"""Data quality: how fresh, what was set aside, what is not known, what looks wrong, and how past months have moved since."""

from datetime import UTC, date, datetime
from typing import Any

import streamlit as st

import sql
from loaders.formats import FORMATS
from metrics.catalogue import metrics
from metrics.compute import freshness
from metrics.contracts import Cut, Metric, Value
from metrics.periods import months_after
from sql import settings
from sql.faults import StoreError
from sql.snapshot import Snapshot, read
from views import frame
from views.asking import answer, as_at, last_complete_month, snapshot, store
from views.charts import bars
from views.reports import table
from views.words import day_words, field_words, figure_words, for_markdown

SOURCES = {entry.row_table: entry.title for entry in FORMATS}
MONTHS, SNAPSHOTS, SHOWN = 12, 8, 200
CHECKED = {"protection_order": "order", "prosecution": "case"}


def page() -> None:
    """Draw the page."""
    at = snapshot()
    if at is None or not at.loads:
        return frame.empty("Data quality", "Nothing is loaded yet.")
    newest = [row["as_at"] for row in freshness(at).values() if isinstance(row["as_at"], date)]
    frame.head("Data quality", at, "how far the figures can be trusted", max(newest, default=None))
    _fresh(at)
    _set_aside(at)
    _unmapped(at)
    _checks(at)
    _known(at)
    _gaps(at)
    _restated(at)
    return None


def _fresh(at: Snapshot) -> None:
    limits = settings.of(store().folder)
    today = datetime.now(UTC).date()
    rows = []
    late = []
    for row_table, row in freshness(at).items():
        if not isinstance(row["as_at"], date):
            continue
        age = (today - row["as_at"]).days
        state = "■ very late" if age > limits.red_days else "▲ late" if age > limits.amber_days else "● fresh"
        late += [SOURCES[row_table]] if age > limits.amber_days else []
        rows.append([SOURCES[row_table], state, day_words(row["as_at"]), f"{age:,} days"])
    sentence = f"{len(late)} of {len(rows)} sources are late." if late else f"All {len(rows)} sources are fresh."
    st.subheader(sentence, anchor=False)
    st.caption(f"A source is late after {limits.amber_days} days and very late after {limits.red_days}, counted to {day_words(today)}.")
    table(["Source", "State", "Data as at", "Age"], rows, "How fresh each source is")


def _set_aside(at: Snapshot) -> None:
    rows = at.rows("set_aside_by_reason")
    total, sent = sum(row["rows"] for row in rows), sum({row["load_id"]: row["row_count"] for row in rows}.values())
    if not total:
        st.subheader("No row was set aside in any load that counts.", anchor=False)
        return
    loads = list(dict.fromkeys(row["load_id"] for row in reversed(rows)))
    names = [f"Load {number}" for number in loads]
    reasons = list(dict.fromkeys(str(row["sentence"]).partition(";")[0] for row in rows if row["rows"]))
    counts = {
        reason: [sum(row["rows"] for row in rows if row["load_id"] == number and str(row["sentence"]).partition(";")[0] == reason)
                 for number in loads]
        for reason in reasons
    }  # fmt: skip
    everything = [list(row.values()) for row in at.rows("set_aside_all")]
    heads = ["Load", "File", "Line", "Field", "Why, and how to mend it", "What was sent"]
    frame.block(
        f"{total:,} of {sent:,} rows sent were set aside: {total / sent:.2%}.".replace("%", " %"),
        "Rows set aside by load, in the order they were loaded · the CSV lists each with its line, to send back to the data owner",
        bars(names, list(counts.items())), frame.Table(heads, everything, "rows-set-aside"),
    )  # fmt: skip


def _unmapped(at: Snapshot) -> None:
    rows = at.rows("labels_unmapped")
    if not rows:
        st.subheader("Every offence and outcome sent is in the code lists.", anchor=False)
        return
    count = sum(row["rows"] for row in rows)
    st.subheader(f"{len(rows)} {'label is' if len(rows) == 1 else 'labels are'} in no code list, in {count:,} rows.", anchor=False)
    st.caption("An unknown offence is kept, outside every group; a row with an unknown outcome is set aside, for it would change a rate.")
    cells = [[row["kind"].capitalize(), row["sent"], f"{row['rows']:,}", day_words(row["latest"])] for row in rows[:SHOWN]]
    table(["Kind", "As sent", "Rows", "Latest"], cells, "Labels that no code list knows")


def _checks(at: Snapshot) -> None:
    found = {name: at.rows(f"checks/{name}") for name in sql.names("checks")}
    failing = {name: rows for name, rows in found.items() if rows}
    passed = f"{len(found) - len(failing)} of {len(found)} checks find nothing."
    st.subheader(passed, anchor=False)
    for name, rows in sorted(failing.items(), key=lambda one: -len(one[1])):
        words = " ".join(line.removeprefix("-- ") for line in sql.text(f"checks/{name}").splitlines() if line.startswith("-- "))
        with st.expander(f"{len(rows):,} · {for_markdown(words)}"):
            heads = [field_words(head) for head in rows[0]]
            cells = [["" if cell is None else cell for cell in row.values()] for row in rows]
            table(heads, cells[:SHOWN], words)
            if len(rows) > SHOWN:
                st.caption(f"The first {SHOWN} of {len(rows):,}; the CSV has them all.")
            text = frame.csv_text(frame.Table(heads, cells, name))
            st.download_button("CSV", text, f"{name}.csv", "text/csv", key=f"csv-{name}", type="tertiary", on_click="ignore")


def _known(at: Snapshot) -> None:
    if "crime_row" not in freshness(at):
        return
    (row,) = at.rows("fields_known")
    crimes = row.pop("crimes")
    if not crimes:
        return
    shares = sorted(((field_words(name), count / crimes) for name, count in row.items()), key=lambda one: one[1])
    gaps = [name for name, share in shares if share < 0.9]
    words = (
        f"{len(gaps)} of {len(shares)} fields are known for fewer than nine crimes in ten." if gaps else "Every field is nearly complete."
    )
    st.subheader(words, anchor=False)
    st.caption(f"Of {crimes:,} crimes recorded in the last twelve months of data. Not stated and refused do not count as known.")
    heads = ["Field", "Known", "Not known"]
    cells = [[name, f"{share:.1%}".replace("%", " %"), f"{round((1 - share) * crimes):,}"] for name, share in shares]
    table(heads, cells, "How complete each field is")


def _gaps(at: Snapshot) -> None:
    day = as_at(at, "recorded_outcome", "force")
    if day is None:
        return
    last = last_complete_month(day)
    empty, jumps = at.rows("months_without"), at.rows("sudden_jumps", last_month=last.year * 12 + last.month - 1)
    st.subheader(f"{len(empty)} months without a crime in an area, {len(jumps)} sudden jumps.", anchor=False)
    st.caption("A jump is a month more than a third, and four standard deviations of a count, from the median of the twelve before.")
    for row in empty[:SHOWN]:
        st.markdown(f"- {for_markdown(row['area'])} has no crime recorded in {row['month']:%B %Y}.")
    for row in jumps[:SHOWN]:
        st.markdown(
            f"- {for_markdown(row['area'])} recorded {row['crimes']:,} crimes in {row['month']:%B %Y}; usual is {row['usual']:,.0f}."
        )


def _restated(at: Snapshot) -> None:
    """The revision triangle: a past month's figure in each kept snapshot since."""
    day = as_at(at, "recorded_outcome", "force")
    if day is None:
        return
    names = {entry.title: entry for entry in metrics() if entry.unit == "rate" and entry.relation in ("recorded_outcome", "closed_outcome")}
    st.subheader("How past months have moved since", anchor=False)
    chosen = names[str(st.selectbox("Measure", tuple(names), key="restated"))]
    stop = months_after(last_complete_month(day), 1)
    cut = Cut(grain="month", where={"vawg": ("yes",)}, from_day=months_after(stop, -MONTHS), to_day=stop)
    kept = [number for number in store().kept() if number <= at.number]
    columns: list[tuple[str, dict[date, Value]]] = []
    for number in kept:
        found = _values(number, chosen, cut)
        if found and (not columns or found != columns[-1][1]):
            columns.append((_column(number), found))
    columns = columns[-SNAPSHOTS:]
    months = sorted({month for _, found in columns for month in found}, reverse=True)
    rows = [[f"{month:%B %Y}", *(_cell(chosen, found.get(month)) for _, found in columns)] for month in months]
    st.markdown(_furthest(chosen, columns))
    st.caption(f"{chosen.title}, VAWG, {chosen.day_words}: each row a month, each column a snapshot that moved a figure, the oldest first.")
    heads = ["Month", *(head for head, _ in columns)]
    table(heads, rows, "Figures of past months in each snapshot")
    text = frame.csv_text(frame.Table(heads, rows, "restated"))
    st.download_button("CSV", text, "restated.csv", "text/csv", key="csv-restated", type="tertiary", on_click="ignore")


def _furthest(metric: Metric, columns: list[tuple[str, dict[date, Value]]]) -> str:
    """Which month has moved furthest between the first and the last snapshot that have it."""
    moves = []
    for month in {month for _, found in columns for month in found}:
        seen = [found[month] for _, found in columns if month in found and found[month].value is not None]
        if len(seen) > 1:
            moves.append((abs((seen[-1].value or 0) - (seen[0].value or 0)), month, seen))
    if not moves or max(moves, key=lambda one: one[0])[0] == 0:
        return "No month has moved between the snapshots that are kept."
    _, month, seen = max(moves, key=lambda one: one[0])
    return f"**{month:%B %Y} has moved furthest: from {figure_words(metric, seen[0])} to {figure_words(metric, seen[-1])}.**"


def _values(number: int, metric: Metric, cut: Cut) -> dict[date, Value]:
    try:
        return {value.period: value for value in answer(read(store(), number), metric.id, cut).values if value.period}
    except StoreError:  # swept away since, or damaged: the others still tell
        return {}


def _column(number: int) -> str:
    found = freshness(read(store(), number)).get("crime_row", {}).get("as_at")
    return f"As at {found:%-d %b %Y} · {number}" if isinstance(found, date) else f"Snapshot {number}"


def _cell(metric: Metric, value: Value | None) -> Any:
    if value is None or value.denominator is None:
        return "–"
    return (
        f"{figure_words(metric, value)} ({value.numerator:,} of {value.denominator:,})"
        if value.value is not None
        else figure_words(metric, value)
    )
