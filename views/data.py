"""Data: bring exports in, see what would happen before it counts, take loads back. Every word of a file shows as text."""

import getpass
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from loaders.contracts import LoadOptions, LoadReport
from loaders.errors import LoadError
from loaders.formats import FORMATS
from loaders.ledger_view import report_of, rows_set_aside
from loaders.load import Source, load, set_counts
from sql.faults import StoreError
from sql.snapshot import Snapshot
from views import frame
from views.asking import snapshot, store
from views.words import day_words, for_markdown

KINDS = {entry.title: entry for entry in FORMATS}
TITLES = {entry.name: entry.title for entry in FORMATS}
ORDERS = {"As the file shows": None, "Day first (31/12/2025)": "dmy", "Month first (12/31/2025)": "mdy"}


def page() -> None:
    """Draw the page."""
    st.html(frame.WIDTH)
    st.title("Data", anchor=False)
    at = snapshot()
    st.caption(f"Snapshot {at.number}" if at else "This store holds nothing yet: bring a first export.")
    _upload()
    if at is not None and at.loads:
        _loads(at)
    _templates()


def _upload() -> None:
    st.subheader("Bring an export", anchor=False)
    sent = st.file_uploader(
        "One or several exports: .csv or .csv.gz", accept_multiple_files=True, key=f"upload-{st.session_state.get('upload', 0)}"
    )
    if done := st.session_state.pop("done", None):
        for report in done:
            st.success(
                f"Load {report.load_id}: {for_markdown(report.file_name)} is in. The figures are those of snapshot {report.snapshot}."
            )
            _report(report)
    if not sent:
        return
    with st.expander("What the file does not say itself"):
        left, middle, right = st.columns(3)
        order = ORDERS[str(left.selectbox("Dates", tuple(ORDERS)))]
        force = middle.text_input("Force, where the file has no such column", placeholder="the store's own")
        full = right.checkbox("A full extract: crimes it no longer holds leave the figures")
    options = LoadOptions.model_validate(
        {"date_order": order, "force_name": force.strip() or None, "is_full": full, "loaded_by": getpass.getuser()}
    )
    reports = _try(sent, options, dry_run=True)
    if reports is None:
        return
    st.write("**This is what would happen.** Nothing is written until you load it.")
    for report in reports:
        _report(report)
    if st.button("Load into the store", type="primary") and (done := _try(sent, options, dry_run=False)):
        st.session_state["done"] = done
        st.session_state["load"] = done[-1].load_id
        st.session_state["upload"] = st.session_state.get("upload", 0) + 1
        st.rerun()


def _try(sent: list[Any], options: LoadOptions, dry_run: bool) -> list[LoadReport] | None:
    """Load the uploaded files, or say what that would do; a refusal is one sentence on the page."""
    store().tmp.mkdir(mode=0o700, parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix="upload-", dir=store().tmp))
    try:
        sources = []
        for number, file in enumerate(sent):
            path = work / f"{number}.csv"
            path.write_bytes(file.getbuffer())
            sources.append(Source(path, Path(file.name).name))
        with st.status("Reading", expanded=False) as status:
            reports = load(store(), sources, options, dry_run, lambda text: status.update(label=for_markdown(text)))
            status.update(label="Checked" if dry_run else "Loaded", state="complete")
        return reports
    except (LoadError, StoreError) as problem:
        st.error(for_markdown(str(problem)))
        return None
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _report(report: LoadReport) -> None:
    """One report: what the file is, what became of its rows, what is wrong and where."""
    title = TITLES[report.format]
    with st.container(border=True):
        st.markdown(f"**{for_markdown(report.file_name)}** · {title} · data as at {day_words(report.as_at)} · {report.encoding.upper()}")
        columns = st.columns(6)
        for column, (label, count) in zip(
            columns,
            (("Rows", report.rows), ("Kept", report.kept), ("Set aside", report.set_aside), ("New", report.new),
             ("Changed", report.changed), ("Unchanged", report.unchanged)), strict=True,
        ):  # fmt: skip
            column.metric(label, f"{count:,}")
        for note in report.notes:
            st.warning(for_markdown(note))
        if report.problems:
            rows = [
                [problem.kind.replace("_", " "), problem.sentence, f"{problem.rows:,}", ", ".join(map(str, problem.first_lines))]
                for problem in report.problems
            ]
            st.dataframe(_frame(["What became of them", "Why", "Rows", "First lines"], rows), hide_index=True, width="stretch",
                         alt="Rows set aside and warnings, by reason")  # fmt: skip
        with st.expander("How each column was understood"):
            pairs = [[theirs, ours.replace("_", " ")] for ours, theirs in report.columns.items()]
            st.dataframe(
                _frame(["Column in the file", "Understood as"], pairs), hide_index=True, width="stretch", alt="Columns of the file"
            )
            if report.dropped:
                st.caption(f"Not stored: {for_markdown(', '.join(report.dropped))}")
            st.caption(f"Force: {for_markdown(report.force_name)} where the file does not say.")


def _loads(at: Snapshot) -> None:
    st.subheader("Loads", anchor=False)
    st.caption("Every load, for ever. An undone load is kept and can be brought back; doing either makes a new snapshot.")
    heads = ["Load", "State", "When (UTC)", "File", "Kind", "Rows", "Set aside", "Data as at", "By"]
    rows = [
        [row["load_id"], ("counts" if row["counts"] else "undone") + (", invented" if row["is_invented"] else ""),
         f"{row['received_at']:%-d %b %Y %H:%M}", row["file_name"], TITLES[str(row["format"])], f"{row['row_count']:,}",
         f"{row['set_aside']:,}", day_words(row["as_at"]), row["loaded_by"]]
        for row in reversed(at.loads)
    ]  # fmt: skip
    st.dataframe(_frame(heads, rows), hide_index=True, width="stretch", alt="Every load")
    _one_load(at)


def _one_load(at: Snapshot) -> None:
    """One load: undo it or bring it back, read its report, take what it set aside."""
    left, right, _ = st.columns([3, 1, 2], vertical_alignment="bottom")
    known = {row["load_id"]: row for row in reversed(at.loads)}
    chosen = left.selectbox("A load", tuple(known), format_func=lambda number: f"{number}: {known[number]['file_name']}", key="load")
    if chosen is None:
        return
    counts = bool(known[chosen]["counts"])
    # the key holds the state, so that a double click does not undo and bring back at once
    if right.button("Undo this load" if counts else "Bring this load back", key=f"undo-{chosen}-{counts}"):
        _set_counts(int(chosen), not counts)
    if said := st.session_state.pop("undone", None):
        st.success(said)
    with st.expander(f"Report of load {chosen}"):
        _report(report_of(at, chosen))
        aside = rows_set_aside(at, chosen)
        if aside:
            heads = ["Line", "Field", "Problem", "Sent", "How to mend it"]
            name = f"set-aside-load-{chosen}"
            text = frame.csv_text(frame.Table(heads, [list(row.values()) for row in aside], name))
            st.download_button("Rows set aside, as CSV for the data owner", text, f"{name}.csv", "text/csv", on_click="ignore")


def _set_counts(load_id: int, counts: bool) -> None:
    try:
        number = set_counts(store(), load_id, counts, getpass.getuser())
    except (LoadError, StoreError) as problem:
        st.error(for_markdown(str(problem)))
        return
    done = "brought back" if counts else "undone"
    st.session_state["undone"] = f"Load {load_id} is {done}. The figures are those of snapshot {number}."
    st.rerun()


def _templates() -> None:
    st.subheader("Templates", anchor=False)
    st.caption("An empty export with our headers. A file with these columns always loads; other spellings of most are known.")
    with st.container(horizontal=True):
        for title, entry in KINDS.items():
            text = ",".join(entry.names) + "\n"
            st.download_button(title, text, f"{entry.name}-template.csv", "text/csv", key=f"template-{entry.name}", on_click="ignore")


def _frame(heads: list[str], rows: list[list[Any]]) -> pd.DataFrame:
    return pd.DataFrame([[str(cell) for cell in row] for row in rows], columns=heads)
