"""Data quality: how fresh, what was set aside, what is not known, what looks wrong, and how past
months have moved since.
"""

from datetime import date
from functools import partial
from typing import Any

import streamlit as st

import sql
from charts.bars import bars
from charts.escaping import for_markdown
from metrics.catalogue import metrics
from metrics.freshness import as_at, last_complete_month
from metrics.measure import freshness
from metrics.naming import subject
from metrics.wording import day_words, plural, share
from packs.source_ages import FRESH, SOURCES, Age, ages
from store.cache import remembered
from store.snapshot import Rows, Snapshot
from views.parts import page, scope_note
from views.parts.figures import shown_snapshot
from views.parts.load_report import table
from views.parts.load_wording import field_words, problem_words
from views.parts.page import Page
from views.trust import restatements
from web.sign_in import here, store

PAGE = Page("Data quality", address="quality", order=4)

SHOWN = 200
BARS, WELL_KNOWN = 16, 0.9
LISTED = " · the CSV lists each with its line, for the data owner"


def draw() -> None:
    """Draw the page: what matters most in one sentence, then what needs mending, then the rest."""
    snapshot = shown_snapshot()
    if snapshot is None or not snapshot.loads:
        return page.empty("Data quality", "Nothing is loaded yet.")
    newest = [
        row["as_at"]
        for table_, row in freshness(snapshot).items()
        if isinstance(row["as_at"], date) and table_ in SOURCES
    ]
    page.head(
        "Data quality", snapshot, "how far the figures can be trusted", max(newest, default=None)
    )
    checks = {name: _found(snapshot, name) for name in sql.names("checks")}
    found = ages(snapshot, store().folder)
    st.info(_verdict(snapshot, found, checks))
    _fresh(found)
    _checks(snapshot, checks)
    _gaps(snapshot)
    _set_aside(snapshot)
    _unmapped(snapshot)
    _outside(snapshot)
    _known(snapshot)
    restatements.section(snapshot)
    return None


@remembered
def _found(snapshot: Snapshot, check: str) -> tuple[int, Rows]:
    """How many rows a check finds, and the first of them: there may be thousands."""
    rows = snapshot.rows(f"checks/{check}")
    return len(rows), rows[:SHOWN]


def _verdict(snapshot: Snapshot, found: list[Age], checks: dict[str, tuple[int, Rows]]) -> str:
    """What a reader must know before any figure."""
    late = [age for age in found if age.state != FRESH]
    aside = sum(
        row["rows"]
        for row in snapshot.rows("reports/rows_set_aside_by_reason")
        if row["is_current"]
    )
    failing = sum(bool(count) for count, _ in checks.values())
    labels = len(snapshot.rows("reports/unmapped_labels"))
    parts = [
        f"{len(late)} of {len(found)} sources {'is' if len(late) == 1 else 'are'} late"
        if late
        else "every source is fresh",
        f"{failing} of {len(checks)} checks {'finds' if failing == 1 else 'find'} something"
        if failing
        else "every check finds nothing",
        f"{aside:,} rows are set aside" if aside else "no row of the newest extracts is set aside",
        f"{labels:,} labels are in no code list" if labels else "every label is in the code lists",
    ]
    words = "; ".join(parts)
    return f"**{words[0].upper()}{words[1:]}.**"


def _fresh(found: list[Age]) -> None:
    late = [age.source for age in found if age.state != FRESH]
    words = ", ".join(late)
    st.header(f"Late: {words}." if late else f"All {len(found)} sources are fresh.", anchor=False)
    rows = [
        [
            age.source,
            age.state,
            day_words(age.as_at),
            f"{age.days:,} days",
            f"{age.amber} and {age.red} days",
        ]
        for age in found
    ]
    st.caption(
        "A source is late after the first of the two limits, and very late after the second. "
        "National tables come out quarterly."
    )
    table(["Source", "State", "Data as at", "Age", "Limits"], rows, "How fresh each source is")


def _set_aside(snapshot: Snapshot) -> None:
    rows = snapshot.rows("reports/rows_set_aside_by_reason")
    if not any(row["rows"] for row in rows):
        st.header("No row was set aside in any load that counts.", anchor=False)
        return
    now = [row for row in rows if row["is_current"]]
    aside, sent = (
        sum(row["rows"] for row in now),
        sum({row["load_id"]: row["row_count"] for row in now}.values()),
    )
    loads = {row["load_id"]: row for row in reversed(rows)}
    names = [f"Load {number}, {row['as_at']:%-d %b %Y}" for number, row in loads.items()][-BARS:]
    reasons = list(dict.fromkeys(_reason(row) for row in rows if row["rows"]))
    counts = [
        (
            reason,
            [
                sum(
                    row["rows"]
                    for row in rows
                    if row["load_id"] == number and _reason(row) == reason
                )
                for number in loads
            ][-BARS:],
        )
        for reason in reasons
    ]
    of_sent = f" ({share(aside / sent, 2)})" if aside else ""
    page.block(
        f"{aside:,} of the {sent:,} rows of the newest extracts are set aside{of_sent}.",
        "Rows set aside by every load that counts, in the order they came"
        + (LISTED if here().may("rows:see") else ""),
        bars(names, counts),
        _aside_table(snapshot, names, counts),
    )


def _aside_table(
    snapshot: Snapshot, names: list[str], counts: list[tuple[str, list[int]]]
) -> page.Table:
    """The rows set aside, each with its line; for who may not see rows, how
    many for each reason.
    """
    if not here().may("rows:see"):
        found = [
            [name, *(numbers[place] for _, numbers in counts)] for place, name in enumerate(names)
        ]
        return page.Table(
            ["Load", *(reason for reason, _ in counts)], found, "rows-set-aside-by-reason"
        )
    heads = ["Load", "File", "Line", "Field", "Why, and how to mend it", "What was sent"]
    cells = [
        [
            row["load_id"],
            row["file_name"],
            row["line"],
            field_words(row["field"]) if row["field"] else "",
            problem_words(row["sentence"], row["remedy"]),
            row["sent"],
        ]
        for row in snapshot.rows("reports/rows_set_aside_current")
    ]
    return page.Table(heads, cells, "rows-set-aside", "download:rows")


def _reason(row: dict[str, Any]) -> str:
    return problem_words(str(row["sentence"]), None).partition(";")[0]


def _unmapped(snapshot: Snapshot) -> None:
    rows = snapshot.rows("reports/unmapped_labels")
    if not rows:
        st.header("Every offence and outcome sent is in the code lists.", anchor=False)
        return
    count = sum(row["rows"] for row in rows)
    st.header(
        f"{len(rows)} {'label is' if len(rows) == 1 else 'labels are'} in no code list, in "
        f"{count:,} rows.",
        anchor=False,
    )
    st.caption(
        "An unknown offence is kept, outside every group. A crime whose outcome is not known is "
        "kept and never counted as charged; "
        "its figures are provisional."
    )
    cells = [
        [row["kind"].capitalize(), row["sent"], f"{row['rows']:,}", day_words(row["latest"])]
        for row in rows[:SHOWN]
    ]
    table(["Kind", "As sent", "Rows", "Latest"], cells, "Labels that no code list knows")


def _outside(snapshot: Snapshot) -> None:
    """The offences that no line of the VAWG scope has, and the court cases that name no crime."""
    rows = snapshot.rows("reports/offences_outside_scope")
    if not rows:
        return
    st.header(
        f"{len(rows)} offences of the last twelve months stand outside every line of the "
        f"{subject()} scope.",
        anchor=False,
    )
    st.caption(for_markdown(scope_note.small_print(snapshot, metrics())))
    cells = [
        [
            row["description"] or row["offence_code"],
            "yes" if row["is_known"] else "no",
            f"{row['crimes']:,}",
        ]
        for row in rows[:SHOWN]
    ]
    title = f"Offences outside the {subject()} scope"
    table(["Offence", "In the code lists", "Crimes"], cells, title)


def _checks(snapshot: Snapshot, found: dict[str, tuple[int, Rows]]) -> None:
    failing = sorted(
        ((name, count, rows) for name, (count, rows) in found.items() if count),
        key=lambda one: -one[1],
    )
    if not failing:
        st.header(f"All {len(found)} checks find nothing.", anchor=False)
        return
    st.header(
        f"{len(failing)} of {len(found)} checks {'finds' if len(failing) == 1 else 'find'} "
        "something.",
        anchor=False,
    )
    sees_rows = here().may("rows:see")
    for name, count, rows in failing:
        words = " ".join(
            line.removeprefix("-- ")
            for line in sql.text(f"checks/{name}").splitlines()
            if line.startswith("-- ")
        )
        if not sees_rows:  # they name crimes
            st.markdown(f"- {count:,} · {for_markdown(words)}")
            continue
        with st.expander(f"{count:,} · {for_markdown(words)}"):
            listed = _listed(name, rows)
            table(listed.heads, listed.rows, words)
            if count > SHOWN:
                st.caption(f"The first {SHOWN} of {count:,}; the CSV has them all.")
            page.download_later(
                "CSV", f"{name}.csv", snapshot, partial(_all_found, snapshot, name), "download:rows"
            )


def _listed(check: str, rows: Rows) -> page.Table:
    """What a check finds, in words."""
    cells = [
        [
            day_words(cell) if isinstance(cell, date) else "" if cell is None else cell
            for cell in row.values()
        ]
        for row in rows
    ]
    return page.Table([field_words(head) for head in rows[0]], cells, check)


def _all_found(snapshot: Snapshot, check: str) -> str:
    """All that a check finds, as CSV."""
    return page.csv_text(_listed(check, snapshot.rows(f"checks/{check}")))


def _known(snapshot: Snapshot) -> None:
    if "crime_row" not in freshness(snapshot):
        return
    (row,) = snapshot.rows("reports/field_completeness")
    crimes = row.pop("crimes")
    if not crimes:
        return
    shares = sorted(
        ((field_words(name), count / crimes) for name, count in row.items()), key=lambda one: one[1]
    )
    never = [name for name, share in shares if share == 0]
    badly = [
        f"{name} (known for {share(known, 0)})" for name, known in shares if 0 < known < WELL_KNOWN
    ]
    words = (
        f"Often missing: {', '.join(badly)}."
        if badly
        else "Every field that is sent is nearly complete."
    )
    st.header(words, anchor=False)
    grey = (
        f"Of {crimes:,} crimes recorded in the last twelve months of data. Not stated and "
        "refused do not count as known."
    )
    st.caption(grey + (f" Never sent: {', '.join(never)}." if never else ""))
    cells = [
        [name, share(known), f"{round((1 - known) * crimes):,}"] for name, known in shares if known
    ]
    table(["Field", "Known", "Not known"], cells, "How complete each field is")


def _gaps(snapshot: Snapshot) -> None:
    day = as_at(snapshot, "recorded_outcome", "force")
    if day is None:
        return
    last = last_complete_month(day)
    empty, jumps = (
        snapshot.rows("reports/months_without_crimes"),
        snapshot.rows("reports/sudden_jumps", last_month=last.year * 12 + last.month - 1),
    )
    st.header(
        f"{plural(len(empty), 'month')} without a crime in an area; "
        f"{plural(len(jumps), 'sudden jump')}.",
        anchor=False,
    )
    st.caption(
        "A jump is a month more than a third, and four standard deviations of a count, from the "
        "median of the twelve before."
    )
    for row in empty[:SHOWN]:
        st.markdown(f"- {for_markdown(row['area'])} has no crime recorded in {row['month']:%B %Y}.")
    for row in jumps[:SHOWN]:
        st.markdown(
            f"- {for_markdown(row['area'])} recorded {row['crimes']:,} crimes in "
            f"{row['month']:%B %Y}; usual is {row['usual']:,.0f}."
        )
