"""Targets and annotations: what the force has decided and what happened, with who wrote it and when. Each is a load, and can be undone."""

import csv
import getpass
from datetime import date, datetime

import streamlit as st

from loaders.contracts import LoadOptions
from loaders.errors import LoadError
from loaders.formats import ANNOTATIONS, TARGETS
from loaders.load import Source, load
from metrics.catalogue import metric, metrics
from sql.faults import StoreError
from sql.snapshot import Snapshot
from views import frame
from views.asking import snapshot, store
from views.registers import target_words
from views.reports import table
from views.words import day_words, for_markdown, page_words


def page() -> None:
    """Draw the page."""
    at = snapshot()
    if at is None:
        return frame.empty("Targets and annotations", "Nothing is loaded yet.")
    frame.head("Targets and annotations", at, "what was decided, and what happened", None)
    if said := st.session_state.pop("registered", None):
        st.success(said)
    _targets(at)
    _annotations(at)
    st.caption("Each entry is a load: the Data page says who made it and when, and takes it back. Both may come as CSV too.")
    return None


def _targets(at: Snapshot) -> None:
    rows = sorted(at.rows("target"), key=lambda row: (row["metric"], row["applies_from"]))
    known = {entry.id for entry in metrics()}
    cells = [
        [metric(row["metric"]).title, target_words(metric(row["metric"]), row["target"]), day_words(row["applies_from"]), row["set_by"],
         metric(row["counter_metric"]).title if row["counter_metric"] in known else ""]
        for row in rows if row["metric"] in known
    ]  # fmt: skip
    st.subheader(f"{len(cells)} {'target' if len(cells) == 1 else 'targets'}", anchor=False)
    if cells:
        table(["Measure", "Target", "From", "Set by", "Watched beside it"], cells, "Targets")
    titles = {entry.title: entry for entry in metrics() if entry.better != "neither"}
    with st.expander("Set a target"), st.form("target", clear_on_submit=True):
        chosen = titles[str(st.selectbox("Measure", tuple(titles)))]
        left, middle, right = st.columns(3)
        figure = left.text_input("Target", placeholder="20 %, or 60 for days")
        day = middle.date_input("From", format="DD/MM/YYYY")
        who = right.text_input("Set by", placeholder="Chief officers")
        if st.form_submit_button("Set it"):
            _write(TARGETS.name, {"metric": chosen.id, "target": figure, "applies_from": day, "set_by": who})


def _annotations(at: Snapshot) -> None:
    rows = sorted(at.rows("annotation"), key=lambda row: row["happened_on"], reverse=True)
    st.subheader(f"{len(rows)} {'annotation' if len(rows) == 1 else 'annotations'}", anchor=False)
    if rows:
        cells = [[day_words(row["happened_on"]), row["what_happened"], row["noted_by"]] for row in rows]
        table(["Day", "What happened", "Noted by"], cells, "Annotations")
    with st.expander("Note what happened"), st.form("annotation", clear_on_submit=True):
        words = st.text_input("What happened", max_chars=120, placeholder="Specialist prosecutors embedded; no names of people")
        left, right = st.columns(2)
        day = left.date_input("Day", format="DD/MM/YYYY")
        who = right.text_input("Noted by", placeholder="Harm Reduction Unit")
        if st.form_submit_button("Note it"):
            _write(ANNOTATIONS.name, {"happened_on": day, "what_happened": words, "noted_by": who})


def _write(kind: str, entry: dict[str, object]) -> None:
    """One entry as an export of its own format, loaded like any other."""
    cells = {name: cell.isoformat() if isinstance(cell, date) else str(cell) for name, cell in entry.items()}
    try:
        with store().workspace() as work:
            path = work / "entry.csv"
            with path.open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows([list(cells), list(cells.values())])
            name = f"{kind} of {datetime.now():%Y-%m-%d %H.%M.%S}.csv"
            (report,) = load(store(), [Source(path, name)], LoadOptions(format=kind, loaded_by=getpass.getuser()))
    except (LoadError, StoreError) as problem:
        st.error(for_markdown(page_words(str(problem))))
        return
    st.session_state["registered"] = f"Written down as load {report.load_id}. The pages show it from snapshot {report.snapshot} on."
    st.rerun()
