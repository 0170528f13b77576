"""Data: bring exports in, see what would happen before it counts, take loads back.

Every word of a file shows as text.
"""

from dataclasses import dataclass
from functools import cache, partial
from typing import Any

import streamlit as st

from charts.escaping import for_markdown
from loaders import templates
from loaders.changes import moves_in_words
from loaders.formats import BY_NAME, FORMATS
from loaders.load_reports import report_of, rows_set_aside
from metrics.freshness import is_invented
from metrics.wording import day_words
from store.cache import remembered
from store.snapshot import Snapshot
from views.parts import load_report, page
from views.parts.figures import shown_snapshot
from views.parts.load_wording import field_words, problem_words, refusal_words
from views.parts.page import Page
from views.parts.progress import finish, was_stopped
from views.parts.tab_state import this_tab
from views.trust import upload
from web.sign_in import here, store
from web.tasks import Counted, let_count, look_at_counts
from web.warm_up import follow
from web.worker import WorkerJob

PAGE = Page("Data", address="data", order=2, is_prerendered=False)

KINDS = {entry.title: entry for entry in FORMATS}
COUNTS = "counts"
INVENTED = " · **invented sample data**"
YES = "said-yes"


@dataclass(frozen=True)
class Yes:
    """Yes was said: to undoing a load that counts, or to bringing one back, as `snapshot` would
    become.

    `done` is how many such acts this tab had done before: a second click on the same button follows
    its own act.
    """

    load_id: int
    counts: bool
    snapshot: int | None
    done: int


def draw() -> None:
    """Draw the page."""
    page.set_style()
    st.title("Data", anchor=False)
    snapshot = shown_snapshot(is_at_once=True)
    st.caption(
        f"snapshot {snapshot.number}{INVENTED if is_invented(snapshot) else ''}"
        if snapshot
        else "This store holds nothing yet: bring a first export."
    )
    upload.section()
    if snapshot is not None and snapshot.loads:
        _loads(snapshot)
    _templates()


def _loads(snapshot: Snapshot) -> None:
    st.header("Loads", anchor=False)
    st.caption(
        "Every load is kept. An undone load can be brought back; doing either makes a new snapshot."
    )
    heads = ["Load", "State", "Kind", "By", "File", "Data as at", "Rows", "Set aside", "When (UTC)"]
    rows = [
        [
            row["load_id"],
            _state(row),
            load_report.KINDS[str(row["format"])],
            row["loaded_by"],
            row["file_name"],
            day_words(row["as_at"]),
            f"{row['row_count']:,}",
            f"{row['set_aside']:,}",
            f"{row['received_at']:%-d %b %Y %H:%M}",
        ]
        for row in reversed(snapshot.loads)
    ]
    load_report.table(heads, rows, "Every load")
    _one_load(snapshot)


def _state(row: dict[str, Any]) -> str:
    states = ["counts" if row["counts"] else "undone"]
    states += ["invented"] if row["is_invented"] else []
    states += [f"archive removed {row['forgotten_at']:%-d %b %Y}"] if row["forgotten_at"] else []
    return ", ".join(states)


def _one_load(snapshot: Snapshot) -> None:
    """One load: see what undoing it would move, undo it or bring it back, read its report, take
    what it set aside.
    """
    left, right, _ = st.columns([3, 1.6, 1.4], vertical_alignment="bottom")
    known = {row["load_id"]: row for row in reversed(snapshot.loads)}
    chosen = left.selectbox(
        "A load",
        tuple(known),
        format_func=lambda number: f"{number}: {known[number]['file_name']}",
        key="load",
    )
    if chosen is None:
        return
    counts = bool(known[chosen]["counts"])
    # the key holds the state, so that a double click does not undo and bring back at once
    asked = f"asked-{chosen}-{counts}"
    if right.button(
        "Undo this load" if counts else "Bring this load back", key=f"undo-{chosen}-{counts}"
    ):
        st.session_state[asked] = True
    st.session_state.pop(f"asked-{chosen}-{not counts}", None)
    if said := this_tab().told(COUNTS):
        st.success(said)
    yes: Yes | None = st.session_state.pop(YES, None)
    if (
        yes is not None
        and yes.done == this_tab().done[COUNTS]
        and bool(known[yes.load_id]["counts"]) != yes.counts
    ):
        st.info(_done_already(yes.load_id, not yes.counts, snapshot.number))
    if st.session_state.get(asked):
        _confirm(int(chosen), counts, asked, yes)
    with st.expander(f"Report of load {chosen}"):
        load_report.show(report_of(snapshot, chosen), is_preview=False)
        if _count_set_aside(snapshot, chosen):
            words = "Rows set aside, as CSV for the data owner"
            page.download_later(
                words,
                f"set-aside-load-{chosen}.csv",
                snapshot,
                partial(_set_aside, snapshot, chosen),
                "download:rows",
            )


@remembered
def _count_set_aside(snapshot: Snapshot, load_id: int) -> int:
    return len(rows_set_aside(snapshot, load_id))


def _set_aside(snapshot: Snapshot, load_id: int) -> str:
    """The rows that a load set aside, as CSV."""
    heads = ["Line", "Field", "What was sent", "Why, and how to mend it"]
    cells = [
        [
            row["line"],
            field_words(row["field"]),
            row["sent"],
            problem_words(row["how_to_mend"], row["remedy"]),
        ]
        for row in rows_set_aside(snapshot, load_id)
    ]
    return page.csv_text(page.Table(heads, cells, f"set-aside-load-{load_id}"))


def _confirm(load_id: int, counts: bool, asked: str, yes: Yes | None) -> None:
    """What would move, and the button that does it."""
    if was_stopped(f"look-{asked}"):
        return
    with st.container(border=True):
        work = WorkerJob(look_at_counts, store(), load_id, not counts)
        finish(work, f"look-{asked}")
        if work.result is None:
            st.error(for_markdown(refusal_words(work.refusal)))
            return
        moved, found = work.result
        st.markdown(
            f"**{'Undoing' if counts else 'Bringing back'} load {load_id} would do this.** The "
            "load stays in the ledger either way."
        )
        for sentence in moves_in_words(moved)[:12] or ["No row that counts would change."]:
            st.markdown(f"- {for_markdown(sentence)}")
        load_report.headline_table(found)
        left, right, _ = st.columns([1.2, 1, 4])
        now = store().current()
        words = "Yes, undo it" if counts else "Yes, bring it back"
        meant = Yes(load_id, counts, now, this_tab().done[COUNTS])
        clicked = left.button(
            words, type="primary", key=f"yes-{asked}", on_click=_agree, args=(meant,)
        )
        if clicked and (yes is None or yes.snapshot == now):
            _set_counts(load_id, not counts)
        elif clicked:
            st.warning(
                "The store has changed since you looked. This is what it would do now; say yes "
                "again."
            )
        if right.button("Leave it", key=f"no-{asked}"):
            st.session_state.pop(asked)
            st.rerun()


def _agree(yes: Yes) -> None:
    st.session_state[YES] = yes


def _set_counts(load_id: int, counts: bool) -> None:
    mine, person = this_tab(), here()
    work = WorkerJob(let_count, store(), load_id, counts, person.name)
    with mine.doing():
        try:
            finish(work, f"count-{load_id}-{counts}")
        finally:
            if work.result is not None:
                follow(store(), person.subject)
                mine.say(COUNTS, _done(load_id, counts, work.result))
    if work.result is None:
        st.error(for_markdown(refusal_words(work.refusal)))
        return
    st.rerun()


def _done(load_id: int, counts: bool, came_of_it: Counted) -> str:
    if not came_of_it.is_ours:
        return _done_already(load_id, counts, came_of_it.snapshot)
    return (
        f"Load {load_id} is {_verb(counts)}. The figures are those of snapshot "
        f"{came_of_it.snapshot}."
    )


def _done_already(load_id: int, counts: bool, snapshot: int) -> str:
    """Somebody else was quicker, in another tab or at the command line."""
    return (
        f"Load {load_id} was {_verb(counts)} already: your click changed nothing. The figures "
        f"are those of snapshot {snapshot}."
    )


def _verb(counts: bool) -> str:
    return "brought back" if counts else "undone"


def _templates() -> None:
    st.header("Templates", anchor=False)
    st.caption(
        "An export with our headers, two example rows to delete, and what each column may hold: on "
        "a second sheet, or as a file of its own. A file with these columns always loads; other "
        "spellings of most are known."
    )
    for title, entry in KINDS.items():
        name, deed = f"{entry.name}-template", "download:template"
        words, plain, book, values = st.columns([3, 1, 1, 2], vertical_alignment="center")
        words.markdown(title)
        with plain:
            page.download("CSV", f"{name}.csv", templates.as_csv(entry), deed)
        with book:
            page.download("Excel", f"{name}.xlsx", _workbook(entry.name), deed)
        with values:
            allowed = templates.allowed_as_csv(entry)
            page.download("Allowed values, CSV", f"{entry.name}-allowed-values.csv", allowed, deed)


@cache
def _workbook(name: str) -> bytes:
    return templates.as_workbook(BY_NAME[name])
