"""The registers: targets, annotations, re-bases and programmes, with who wrote each and when.

Each entry is a load, and can be undone.
"""

from datetime import date

import streamlit as st

from loaders.formats import (
    annotation_register,
    programme_register,
    rebase_register,
    target_register,
)
from metrics.catalogue import metric_named, metrics
from metrics.contracts import Metric
from metrics.freshness import as_at
from metrics.naming import named
from metrics.scope import EVERYWHERE, OFFENCES, Chosen
from metrics.targets import is_sound, target_words
from metrics.wording import day_words
from store.snapshot import Snapshot
from views.parts import page
from views.parts.figures import choices, shown_snapshot
from views.parts.load_report import table
from views.parts.page import Page
from views.parts.register_entry import EDIT, form_key, say_what_was_written, write_entries
from web.sign_in import here

PAGE = Page("Registers", address="registers", order=3, is_prerendered=False)

NONE = "Nothing"


def draw() -> None:
    """Draw the page."""
    snapshot = shown_snapshot(is_at_once=True)
    if snapshot is None:
        return page.empty("Registers", "Nothing is loaded yet.")
    page.head(
        "Registers",
        snapshot,
        "targets, annotations, programmes and re-bases: what was decided, and what happened",
        None,
    )
    say_what_was_written()
    _targets(snapshot)
    _annotations(snapshot)
    _programmes(snapshot)
    _rebases(snapshot)
    words = (
        "Each entry is a load: the Data page says who made it and when, and takes it back. "
        "All of them may come as CSV too."
    )
    st.caption(
        words if here().may(EDIT) else "Analysts write the registers: ask one of them for a change."
    )
    return None


def _targets(snapshot: Snapshot) -> None:
    rows = sorted(snapshot.rows("target"), key=lambda row: (row["metric"], row["applies_from"]))
    known = {metric.id for metric in metrics()}
    cells = [
        [
            metric_named(row["metric"]).title,
            target_words(metric_named(row["metric"]), row["target"]),
            day_words(row["applies_from"]),
            row["set_by"],
            scope_of(row),
            metric_named(row["counter_metric"]).title if row["counter_metric"] in known else "",
        ]
        for row in rows
        if row["metric"] in known
    ]
    st.header(f"{len(cells)} {'target' if len(cells) == 1 else 'targets'}", anchor=False)
    if cells:
        table(
            ["Measure", "Target", "From", "Set by", "For", "Must not get worse"], cells, "Targets"
        )
    titles = {metric.title: metric for metric in metrics() if metric.better != "neither"}
    beside = {NONE: "", **{metric.title: metric.id for metric in metrics()}}
    if not here().may(EDIT):
        return
    with st.expander("Set a target"), st.form(form_key("target")):
        upper, other = st.columns(2)
        chosen = titles[str(upper.selectbox("Measure", tuple(titles)))]
        counter = beside[str(other.selectbox("Must not get worse", tuple(beside)))]
        cut = _scope_inputs(snapshot, "target")
        left, middle, right = st.columns(3)
        figure = left.text_input("Target", placeholder="20 %, or 60 for days")
        day = middle.date_input("From", _today(snapshot), format="DD/MM/YYYY")
        who = right.text_input("Set by", placeholder="Chief officers")
        if st.form_submit_button("Set it"):
            if wrong := _unsound(chosen, figure):
                st.error(wrong)
                return
            write_entries(
                target_register.FORMAT.name,
                {
                    "metric": chosen.id,
                    "target": figure,
                    "applies_from": day,
                    "set_by": who,
                    "counter_metric": counter,
                    **cut,
                },
            )


def _annotations(snapshot: Snapshot) -> None:
    rows = sorted(snapshot.rows("annotation"), key=lambda row: row["happened_on"], reverse=True)
    st.header(f"{len(rows)} {'annotation' if len(rows) == 1 else 'annotations'}", anchor=False)
    if rows:
        cells = [
            [day_words(row["happened_on"]), row["what_happened"], scope_of(row), row["noted_by"]]
            for row in rows
        ]
        table(["Day", "What happened", "To", "Noted by"], cells, "Annotations")
    if not here().may(EDIT):
        return
    with st.expander("Note what happened"), st.form(form_key("annotation")):
        words = st.text_input(
            "What happened",
            max_chars=120,
            placeholder="Specialist prosecutors embedded; no names of people",
        )
        cut = _scope_inputs(snapshot, "annotation")
        left, right = st.columns(2)
        day = left.date_input("Day", _today(snapshot), format="DD/MM/YYYY")
        who = right.text_input("Noted by", placeholder="Harm Reduction Unit")
        if st.form_submit_button("Note it"):
            write_entries(
                annotation_register.FORMAT.name,
                {"happened_on": day, "what_happened": words, "noted_by": who, **cut},
            )


def scope_of(row: dict[str, object]) -> str:
    """Which offences and area an entry speaks of."""
    return named(f"{row['offences'] or Chosen().offence}, {str(row['area'] or EVERYWHERE)}")


def _scope_inputs(snapshot: Snapshot, name: str) -> dict[str, object]:
    left, right = st.columns(2)
    offence = left.selectbox("Offences", tuple(OFFENCES), format_func=named, key=f"{name}-offences")
    areas = (EVERYWHERE, *sorted(choices(snapshot, "charge_rate_recorded", "force", "area")))
    area = right.selectbox("Area", areas, key=f"{name}-area")
    return {"offences": offence, "area": "" if area == EVERYWHERE else area}


def _programmes(snapshot: Snapshot) -> None:
    rows = sorted(
        snapshot.rows("programme"),
        key=lambda row: (row["programme"], row["starts_on"], row["area"] or row["team"] or ""),
    )
    count = len({row["programme"] for row in rows})
    st.header(f"{count} {'programme' if count == 1 else 'programmes'}", anchor=False)
    if rows:
        cells = [
            [
                row["programme"],
                day_words(row["starts_on"]),
                row["phase"] or "",
                row["area"] or row["team"] or "Whole force",
                row["noted_by"],
            ]
            for row in rows
        ]
        table(["Programme", "Starts on", "Phase", "Where", "Noted by"], cells, "Programmes")
    areas, teams = (
        choices(snapshot, "charge_rate_recorded", "force", name) for name in ("area", "team")
    )
    places = {
        "Whole force": ("", ""),
        **{name: (name, "") for name in sorted(areas)},
        **{name: ("", name) for name in sorted(teams)},
    }
    if not here().may(EDIT):
        return
    with st.expander("Write down a programme"), st.form(form_key("programme")):
        name = st.text_input("Programme", max_chars=80, placeholder="Early case review")
        where = st.multiselect(
            "Where it starts on that day", tuple(places), placeholder="Areas or teams"
        )
        left, middle, right = st.columns(3)
        day = left.date_input("Starts on", _today(snapshot), format="DD/MM/YYYY")
        phase = middle.text_input("Phase", max_chars=20, placeholder="1")
        who = right.text_input("Noted by", placeholder="Harm Reduction Unit")
        if st.form_submit_button("Write it down"):
            entry = {"programme": name, "starts_on": day, "phase": phase, "noted_by": who}
            if not where:
                st.error("Say where it starts: areas, teams, or the whole force.")
                return
            write_entries(
                programme_register.FORMAT.name,
                *({**entry, "area": places[one][0], "team": places[one][1]} for one in where),
            )


def _rebases(snapshot: Snapshot) -> None:
    rows = sorted(snapshot.rows("rebase"), key=lambda row: row["rebased_from"], reverse=True)
    titles = {metric.title: metric for metric in metrics()}
    names = {metric.id: title for title, metric in titles.items()}
    st.header(f"{len(rows)} {'re-base' if len(rows) == 1 else 're-bases'}", anchor=False)
    if rows:
        cells = [
            [
                names.get(row["metric"], row["metric"]),
                day_words(row["rebased_from"]),
                row["reason"],
                scope_of(row),
                row["approved_by"],
            ]
            for row in rows
        ]
        table(["Measure", "From", "Reason", "For", "Approved by"], cells, "Re-bases")
    if not here().may(EDIT):
        return
    with st.expander("Re-base a measure"), st.form(form_key("rebase")):
        st.caption(
            "From that day on its mean and limits are worked out anew, for these offences and this "
            "area; the points before keep their own limits on the chart and judge nothing. It "
            "needs a reason and a name. The page of a measure shows what a re-base would do."
        )
        chosen = titles[str(st.selectbox("Measure", tuple(titles)))]
        cut = _scope_inputs(snapshot, "rebase")
        left, middle, right = st.columns([1, 2, 1])
        day = left.date_input("From", _today(snapshot), format="DD/MM/YYYY")
        why = middle.text_input("Reason", max_chars=120, placeholder="The recording rule changed")
        who = right.text_input("Approved by", placeholder="Force performance board")
        if st.form_submit_button("Re-base it"):
            write_entries(
                rebase_register.FORMAT.name,
                {
                    "metric": chosen.id,
                    "rebased_from": day,
                    "reason": why,
                    "approved_by": who,
                    **cut,
                },
            )


def _today(snapshot: Snapshot) -> date:
    """The day the figures stand at: what is dated later shows nowhere yet."""
    return as_at(snapshot, "recorded_outcome", "force") or date.today()


def _unsound(metric: Metric, figure: str) -> str:
    """What is wrong with a target before it is written; empty where nothing is."""
    sent = figure.strip().removesuffix("%").strip()
    try:
        value = float(sent) / (100 if figure.strip().endswith("%") else 1)
    except ValueError:
        return "The target is not a number: write 20 %, or 60 for days."
    if is_sound(metric, value):
        return ""
    return (
        f"“{metric.title}” is a share between 0 % and 100 %: write {sent} % for {sent} in a "
        "hundred."
        if metric.unit == "rate"
        else "A target is not below zero."
    )
