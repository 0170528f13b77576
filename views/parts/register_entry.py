"""Entries of the registers written on a page: each is an export of its own, loaded as any is."""

import csv
from datetime import date, datetime

import streamlit as st

from charts.escaping import for_markdown
from loaders.contracts import LoadOptions, LoadReport
from loaders.errors import AlreadyLoaded, LoadError, NamesSomebody, NothingKept
from loaders.load import Source, load
from loaders.reading.temporary_files import TemporaryFiles
from store.errors import StoreError
from store.remedies import Refusal
from views.parts.load_wording import refusal_words
from views.parts.tab_state import this_tab
from web.sign_in import here, store
from web.warm_up import follow

EDIT = "registers:edit"


def say_what_was_written() -> None:
    """What the last entry of this tab came to, once."""
    if said := this_tab().told(EDIT):
        st.success(said)


def form_key(name: str) -> str:
    """The key of a form: a new one, and so an empty form, after each entry that was written; what
    was refused stays to be mended.
    """
    return f"{name}-{this_tab().done[EDIT]}"


def write_entries(kind: str, *entries: dict[str, object]) -> None:
    """Entries as one export of their own format, loaded like any other, by who may. To be called
    inside a form: where a text looks as if it named somebody, the form asks.
    """
    mine, person = this_tab(), here()
    if not person.may(EDIT):
        return
    rows = [
        {
            name: cell.isoformat() if isinstance(cell, date) else str(cell)
            for name, cell in entry.items()
        }
        for entry in entries
    ]
    try:
        with mine.doing():
            report = _load(kind, rows)
            follow(store(), person.subject)
            mine.say(EDIT, _in_words(report))
    except NamesSomebody as problem:
        _ask_whether_it_names(problem)
        return
    except (LoadError, StoreError) as problem:
        st.error(for_markdown(entry_words(problem)))
        return
    st.rerun()


def _load(kind: str, rows: list[dict[str, str]]) -> LoadReport:
    """The load of these entries; what looks as if it named somebody is loaded where the writer has
    said that it does not. Raises LoadError.
    """
    with store().workspace() as work, TemporaryFiles(work) as room:
        path = room.new()
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([list(rows[0]), *(list(row.values()) for row in rows)])
        source = Source(path, f"{kind} of {datetime.now():%Y-%m-%d %H.%M.%S}.csv")
        options = LoadOptions(format=kind, loaded_by=here().name)
        try:
            (report,) = load(store(), [source], options)
        except NamesSomebody as problem:
            if not st.session_state.get(_names_nobody(problem)):
                raise
            options = options.model_copy(update={"may_be_older": True})
            (report,) = load(store(), [source], options)
        return report


def _names_nobody(problem: NamesSomebody) -> str:
    """The key of the tick that answers just these doubts."""
    return f"names-nobody-{'-'.join(problem.doubts)}"


def _ask_whether_it_names(problem: NamesSomebody) -> None:
    """What looks as if it named somebody, and the tick that says that it does not."""
    words = f"{'; '.join(problem.doubts)}. Nothing here may name a person or a case"
    st.error(for_markdown(f"{words}: reword it, or tick “It names nobody” and write it again."))
    st.checkbox("It names nobody", key=_names_nobody(problem))


def _in_words(report: LoadReport) -> str:
    return (
        "Written down as load "
        f"{report.load_id}{', in place of what was there' if report.changed else ''}. The pages "
        "show it from snapshot "
        f"{report.snapshot} on, once the data have reached its day."
    )


def entry_words(refusal: Refusal) -> str:
    """A refusal as someone reads it who has filled in a form and sent no file."""
    if isinstance(refusal, NothingKept) and refusal.problems:
        return f"Not written down: {refusal.problems[0].sentence}."
    if isinstance(refusal, AlreadyLoaded):
        return "Not written down: just this is in the register already."
    return refusal_words(refusal)
