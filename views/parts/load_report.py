"""What a load did, or would do, for a person to judge: the file, its rows, what changes, what is
wrong and where.
"""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from charts.escaping import for_markdown
from loaders.changes import moves_in_words
from loaders.contracts import LoadReport
from loaders.formats import FORMATS
from metrics.load_impact import Headline, headline_words
from metrics.naming import subject
from metrics.wording import day_words
from views.parts.load_wording import field_words, problem_words

KINDS = {entry.name: entry.title for entry in FORMATS}
DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "upright lines"}
SENTENCES = 8
SCREENFUL = 20  # rows up to which a table is drawn whole


def show(report: LoadReport, is_preview: bool) -> None:
    """Draw one report."""
    with st.container(border=True):
        _what_it_is(report)
        columns = st.columns(6)
        counts = (
            ("Rows", report.rows),
            ("Kept", report.kept),
            ("Set aside", report.set_aside),
            ("New", report.new),
            ("Changed", report.changed),
            ("Unchanged", report.unchanged),
        )
        for column, (label, count) in zip(columns, counts, strict=True):
            column.metric(label, f"{count:,}")
        for note in report.notes:
            st.warning(for_markdown(note))
        _moves(report)
        if report.problems:
            rows = [
                [
                    problem.kind.replace("_", " ").capitalize(),
                    problem_words(problem.sentence, problem.remedy),
                    f"{problem.rows:,}",
                    ", ".join(f"{line:,}" for line in problem.first_lines),
                ]
                for problem in report.problems
            ]
            table(
                ["What became of them", "Why", "Rows", "First lines"],
                rows,
                "Rows set aside and warnings, by reason",
            )
        if is_preview and report.sample:
            heads = list(dict.fromkeys(name for row in report.sample for name in row))
            with st.expander("The first rows, as they would be stored", expanded=True):
                rows = [[row.get(name, "") for name in heads] for row in report.sample]
                table(
                    [field_words(name) for name in heads],
                    rows,
                    "The first rows as they would be stored",
                )
        _columns(report)


def _what_it_is(report: LoadReport) -> None:
    span = (
        f"{day_words(report.first_day)} to {day_words(report.last_day)}" if report.first_day else ""
    )
    encoding = {"utf-8": "UTF-8", "cp1252": "Windows-1252"}.get(
        report.encoding, report.encoding.upper()
    )
    parts = [
        f"**{for_markdown(report.file_name)}**",
        KINDS[report.format],
        span,
        f"data as at {day_words(report.as_at)}",
        f"{encoding}, columns separated by {DELIMITERS.get(report.delimiter, 'a mark of its own')}",
    ]
    st.markdown(" · ".join(part for part in parts if part))
    if report.saved_format:
        st.caption(f"Recognised as the saved format {for_markdown(report.saved_format)}.")


def _moves(report: LoadReport) -> None:
    sentences = moves_in_words(report.moved)
    for sentence in sentences[:SENTENCES]:
        st.markdown(f"- {for_markdown(sentence)}")
    if len(sentences) > SENTENCES:
        with st.expander(f"{len(sentences) - SENTENCES} more months"):
            st.text("\n".join(sentences[SENTENCES:]))


def _columns(report: LoadReport) -> None:
    with st.expander("How each column was understood"):
        pairs = [[theirs, field_words(ours)] for ours, theirs in report.columns.items()]
        table(["Column in the file", "Understood as"], pairs, "Columns of the file")
        if report.dropped:
            st.caption(f"Not stored: {for_markdown(', '.join(report.dropped))}")
        st.caption(f"Force: {for_markdown(report.force_name)} where the file does not say.")


def headline_table(headlines: list[Headline]) -> None:
    """The headline figures before and after, those that move first."""
    if not headlines:
        return
    moving = [entry for entry in headlines if entry.moves]
    span = f"twelve months from {day_words(headlines[0].from_day)}, {subject()}"
    if not moving:
        st.caption(f"No headline figure moves ({span}).")
        return
    st.markdown(f"**Headline figures that move** ({span})")
    rows = [
        [
            entry.title,
            headline_words(entry.unit, entry.before),
            headline_words(entry.unit, entry.after),
        ]
        for entry in moving
    ]
    table(["Measure", "Before", "After"], rows, "Headline figures before and after")


def table(heads: Sequence[str], rows: Sequence[Sequence[object]], alt: str) -> None:
    """A plain table; every cell shows as text."""
    found = pd.DataFrame([[str(cell) for cell in row] for row in rows], columns=pd.Index(heads))
    st.dataframe(
        found,
        hide_index=True,
        width="stretch",
        height="content" if len(rows) <= SCREENFUL else 400,
        alt=alt,
    )
