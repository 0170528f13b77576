"""The frame of a page: title and grey line, a chart with its words, its table and CSV beneath, the
foot.
"""

import csv
import hashlib
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from charts.base import Figure
from charts.escaping import for_markdown, for_spreadsheet
from metrics.contracts import Answer, Metric, Value
from metrics.freshness import is_invented
from metrics.scope import BY_WORDS
from metrics.wording import (
    SUPPRESSED,
    day_words,
    figure_words,
    interval_words,
    period_words,
    status_words,
)
from store import linked_snapshots
from store.audit import CONSULTATION
from store.snapshot import Snapshot
from views.parts import scope_note
from views.parts.drawing import draw_figure
from views.parts.figures import EXACT, is_newer_coming, shown_snapshot
from views.parts.templates import render
from web.downloads import File, offer
from web.sign_in import here, store

SOURCES = {
    "force": "force export",
    "home_office": "Home Office open data",
    "cps": "Crown Prosecution Service tables",
    "police_uk": "data.police.uk",
}


@dataclass(frozen=True)
class Page:
    """What the sidebar and the audit record say of a page; its section is the
    folder of its file.
    """

    title: str
    address: str
    order: int  # in its section
    is_hidden: bool = False  # reached from other pages only
    audit_kind: str = CONSULTATION
    is_prerendered: bool = True  # its figures are worked out before anybody looks (`web.warm_up`)


@dataclass(frozen=True)
class Table:
    """The table behind a chart: heads in words, cells as shown."""

    heads: Sequence[str]
    rows: Sequence[Sequence[object]]
    name: str
    deed: str = "download:figures"  # what somebody must be allowed to take it away
    notes: Sequence[tuple[str, str]] = ()  # what a file of it says beneath: source, dates and so on


@dataclass(frozen=True)
class DrawnChart:
    """A chart with the words above it and the table behind it."""

    finding: str
    grey: str
    figure: Figure
    table: Table
    reading: str = ""  # how to read it, in one line


def set_style() -> None:
    """Set the width, the type and the print layout of a page."""
    st.html(render("page_style"))


def head(title: str, snapshot: Snapshot, scope_note: str, fresh: date | None) -> None:
    """What this is and how fresh."""
    set_style()
    st.title(title, anchor=False)
    parts = [
        scope_note,
        f"data as at {day_words(fresh)}" if fresh else "",
        f"snapshot {snapshot.number}",
    ]
    if is_newer_coming(snapshot):
        parts.append("newer data are in: they show here within a minute")
    if is_invented(snapshot):
        parts.append("**invented sample data**")
    words, copy = st.columns([5, 1.6], vertical_alignment="center")
    words.caption(" · ".join(part for part in parts if part))
    with copy:
        _copy_link(snapshot)


def _copy_link(snapshot: Snapshot) -> None:
    """A button for a link to this page with its filters and its snapshot, which is kept from then
    on. The script of the document (web/document.js) copies it at the same click.
    """
    if here().may(EXACT):
        with st.container(key=f"copy-link-{snapshot.number}"):
            st.button(
                "Copy link to exactly this view",
                type="tertiary",
                help="With these filters and these figures, whatever is loaded later.",
                on_click=_keep_linked,
                args=(snapshot.number,),
            )


def _keep_linked(number: int) -> None:
    linked_snapshots.keep(store().folder, number)
    st.toast(f"The link is copied. It will show snapshot {number}, whatever is loaded later.")


def empty(title: str, what: str) -> None:
    """An empty page says what is missing and how to bring it."""
    set_style()
    st.title(title, anchor=False)
    st.write(f"{what} Load an export on the Data page, or take its template there.")


def block(finding: str, grey: str, figure: Figure, table: Table, reading: str = "") -> None:
    """A chart with its finding above it, and how to read it, its table and CSV beneath."""
    picture(finding, grey, figure, table.name)
    if reading:
        st.caption(for_markdown(reading))
    under(table)


def picture(finding: str, grey: str, figure: Figure, name: str) -> None:
    """A chart with its finding above it; `name` is its own on the page."""
    st.header(for_markdown(finding), anchor=False)
    st.caption(for_markdown(grey))
    draw_figure(figure, f"chart-{name}", f"{finding} {grey}")


def under(table: Table) -> None:
    """The table and its CSV, one click away."""
    left, right, _ = st.columns([1, 1, 6], vertical_alignment="center")
    text = csv_text(table)
    shown = left.toggle("Table", key=f"table-{table.name}")
    with right:
        download("CSV", f"{table.name}.csv", text, table.deed)
    if shown:
        frame = pd.DataFrame(
            [[str(cell) if cell is not None else "" for cell in row] for row in table.rows],
            columns=list(table.heads),
        )
        st.dataframe(
            frame,
            hide_index=True,
            width="stretch",
            alt=f"The figures behind {table.name.replace('-', ' ')}",
        )


def download(words: str, name: str, content: str | bytes, deed: str) -> None:
    """A link to a file that gives it to this person alone, while they may have it; nothing for whom
    may not.
    """
    raw = content.encode() if isinstance(content, str) else content
    _offered(words, name, hashlib.sha256(raw).hexdigest(), content, deed)


def download_later(
    words: str, name: str, snapshot: Snapshot, made: Callable[[], str | bytes], deed: str
) -> None:
    """The same for a long file, made of a snapshot alone and only once somebody takes it."""
    _offered(
        words, name, hashlib.sha256(repr((snapshot.key, name)).encode()).hexdigest(), made, deed
    )


def _offered(
    words: str, name: str, mark: str, content: str | bytes | Callable[[], str | bytes], deed: str
) -> None:
    person = here()
    if person.may(deed):
        stem, _, kind = name.rpartition(".")
        page, at = st.session_state.get("consulted", ("", None))
        token = offer(
            File(person.subject, deed, f"{stem}-{mark[:8]}.{kind}", mark, content, page, at)
        )
        st.html(render("link", address=f"download/{token}", words=words, is_download=True))


def link(words: str, page: str, filters: dict[str, str]) -> None:
    """A plain link to another page, in the same tab, with filters in its address."""
    address = f"{page}?{urlencode(filters)}"
    st.html(render("link", address=address, words=words, is_download=False))


def meeting_link(kind: str, snapshot: Snapshot, filters: dict[str, str]) -> None:
    """The way into meeting mode: the same filters, and the same figures until the meeting is left,
    whatever is loaded or undone meanwhile.
    """
    pinned = {"snapshot": str(snapshot.number)} if here().may(EXACT) else {}
    back = {"pinned": "yes"} if "snapshot" in st.query_params else {}
    link(
        "Meeting mode: full screen, arrow keys",
        "meeting",
        {"kind": kind, **filters, **pinned, **back},
    )


def csv_text(table: Table) -> str:
    """The table as CSV, defused for spreadsheets."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(table.heads)
    writer.writerows([for_spreadsheet(cell) for cell in row] for row in table.rows)
    if table.notes:
        writer.writerows([[], *([for_spreadsheet(cell) for cell in row] for row in table.notes)])
    return out.getvalue()


def table_of(metric: Metric, answer: Answer, name: str) -> Table:
    """An answer as a table in words, with its true counts."""
    rows = [
        [
            period_words(answer.cut.grain, value.period),
            *(value.by.get(key) or "not known" for key in answer.cut.by),
            figure_words(metric, value),
            interval_words(metric, value),
            *_counts(value),
            status_words(value),
        ]
        for value in answer.values
    ]
    heads = [
        "Period",
        *(BY_WORDS.get(key, key).capitalize() for key in answer.cut.by),
        metric.title,
        "95 % interval",
        "Counted",
        "Out of",
        "Status",
    ]
    if metric.shape in ("median", "gap"):
        heads[-4] = "Middle half"
    return Table(heads, rows, name)


def _counts(value: Value) -> tuple[object, object]:
    return (
        (SUPPRESSED, SUPPRESSED)
        if value.status == "suppressed"
        else (value.numerator, value.denominator)
    )


def foot(metrics: Sequence[Metric], source: str) -> None:
    """How it was counted."""
    st.divider()
    for metric in metrics:
        st.caption(f"{metric.title} ({metric.day_words}): {metric.meaning} {metric.mind}")
    st.caption(f"Source: {SOURCES[source]}. Intervals are 95 %: Wilson for rates, Byar for counts.")
    if source == "force" and (words := scope_note.small_print(shown_snapshot(), metrics)):
        st.caption(for_markdown(words))
