"""Settings and retention, for administrators: what differs from force to force, which archives are
due to go, and who has signed in.
"""

from collections.abc import Callable
from datetime import UTC, datetime

import streamlit as st
from pydantic import ValidationError

from charts.escaping import for_markdown
from loaders.errors import LoadError
from loaders.forget import forget
from metrics.periods import months_after
from metrics.wording import day_words
from store import audit, settings
from store.errors import StoreError
from store.settings import Settings
from store.sign_ins import end, people
from store.snapshot import Snapshot
from views.parts import page
from views.parts.figures import shown_snapshot
from views.parts.load_report import table
from views.parts.load_wording import refusal_words
from views.parts.page import Page
from views.parts.tab_state import this_tab
from web.sign_in import here, is_local, record, store
from web.warm_up import follow

PAGE = Page("Settings and retention", address="settings", order=1, is_prerendered=False)

ADMINISTER, REMOVE = "administer", "remove"
WORDS = {
    "force_name": "Our force",
    "subject_name": "What the subject is called (VAWG, VIAWG)",
    "scrutiny_body": "Who scrutinises it",
    "whom_to_ask": "Whom to ask for a role",
    "similar_forces": "Most similar forces, separated by commas (please check them)",
    "smtp_server": "Mail server of the digest, as host:port",
    "smtp_sender": "The digest is from",
    "digest_to": "The digest goes to, separated by commas",
    "provisional_days": "Days until a crime's outcome is final",
    "amber_days": "A source is late after (days)",
    "red_days": "A source is very late after (days)",
    "published_amber_days": "A published table is late after (days)",
    "published_red_days": "A published table is very late after (days)",
    "retention_months": "Months that the archive of a load is kept",
}


SHORT, LONG = 120, 400  # characters of a name, of a list of names
LISTS = ("similar_forces", "digest_to")


def draw() -> None:
    """Draw the page."""
    page.set_style()
    st.title("Settings and retention", anchor=False)
    if said := this_tab().told(ADMINISTER):
        st.success(for_markdown(said))
    _settings()
    snapshot = shown_snapshot(is_at_once=True)
    if snapshot is not None and snapshot.loads:
        _retention(snapshot)
    if not is_local():
        _people()


def _settings() -> None:
    now = settings.of(store().folder)
    st.header("Settings", anchor=False)
    with st.form("settings"):
        columns = st.columns(3)
        values: dict[str, object] = {}
        for place, (name, words) in enumerate(WORDS.items()):
            held = getattr(now, name)
            column = columns[place % 3]
            is_text = isinstance(held, str)
            values[name] = (
                column.text_input(words, held, max_chars=LONG if name in LISTS else SHORT)
                if is_text
                else column.number_input(words, 0, 2000, held)
            )
        if not st.form_submit_button("Save the settings"):
            return
    try:
        wanted = Settings.model_validate(
            {
                name: value.strip() if isinstance(value, str) else value
                for name, value in values.items()
            }
        )
    except ValidationError as problem:
        words = WORDS[str(problem.errors()[0]["loc"][0])]
        st.error(
            f"Not saved: “{words.strip()}” cannot be that. A name needs a letter, and archives "
            "are kept a month at least."
        )
        return
    changed = [name for name in WORDS if getattr(wanted, name) != getattr(now, name)]
    _done(
        lambda: settings.save(store().folder, wanted),
        audit.ALTERATION,
        f"settings changed: {', '.join(changed) or 'none'}",
        "Saved.",
    )


def _retention(snapshot: Snapshot) -> None:
    """Loads whose archive is kept, the oldest first; those past their time are due."""
    meant: tuple[int, int] | None = st.session_state.pop(REMOVE, None)
    if (
        meant is not None and meant[1] == this_tab().done[ADMINISTER]
    ):  # else it is a second click on what this tab has done
        _done(lambda: forget(store(), meant[0], here().name), "", "", "")
    months = settings.of(store().folder).retention_months
    limit = months_after(datetime.now(UTC).date(), -months)
    kept = [row for row in snapshot.loads if not row["forgotten_at"]]
    due = [row for row in kept if row["received_at"].date() < limit]
    st.header(
        f"{len(due)} of {len(kept)} archives are due to be removed."
        if due
        else "No archive is due to be removed.",
        anchor=False,
    )
    st.caption(
        f"What a load read is kept {months} months, so that figures can be made again. Removing "
        "it cannot be undone: "
        "its rows go on counting in today's figures, but a rebuild leaves them out. The ledger "
        "keeps its line."
    )
    rows = [
        [
            row["load_id"],
            "due" if row in due else "kept",
            row["file_name"],
            day_words(row["received_at"].date()),
            f"{row['row_count']:,}",
        ]
        for row in kept
    ]
    table(["Load", "State", "File", "Received on", "Rows"], rows, "Loads whose archive is kept")
    if not kept:
        return
    left, middle, right = st.columns([2, 1.4, 1], vertical_alignment="bottom")
    numbers = [row["load_id"] for row in [*due, *(row for row in kept if row not in due)]]
    chosen = left.selectbox(
        "A load",
        numbers,
        format_func=lambda number: f"Load {number}{' (due)' if number in due else ''}",
    )
    said = middle.text_input(
        f"Write {chosen} to remove its archive for good", key=f"remove-{chosen}"
    )
    words, number = "Remove the archive", int(chosen or 0)
    right.button(
        words,
        disabled=said.strip() != str(chosen),
        on_click=_remove,
        args=(number, this_tab().done[ADMINISTER]),
    )


def _remove(load_id: int, done: int) -> None:
    """The click that was made under this load, whichever the page would choose by now; and what its
    tab had done before.
    """
    st.session_state[REMOVE] = load_id, done


def _people() -> None:
    st.header("Who has signed in", anchor=False)
    st.caption(
        "Roles are given at the sign-in provider and count from the next sign-in. Ending a "
        "sign-in brings that about now."
    )
    known = people(store().folder)
    rows = [
        [
            one.name,
            ", ".join(one.roles) or "no role",
            f"{datetime.fromtimestamp(one.issued_at, UTC):%-d %b %Y %H:%M}",
            "ended" if one.is_ended else "",
        ]
        for one in sorted(known.values(), key=lambda one: -one.issued_at)
    ]
    table(["Name", "Roles", "Newest sign-in (UTC)", "State"], rows, "Who has signed in")
    left, right, _ = st.columns([2, 1, 2], vertical_alignment="bottom")
    subject = left.selectbox("Somebody", tuple(known), format_func=lambda key: known[key].name)
    if subject is not None and right.button("End their sign-ins"):
        _done(
            lambda: end(store().folder, subject),
            audit.ALTERATION,
            f"sign-ins of {known[subject].name} ended",
            "Ended.",
        )


def _done(act: Callable[[], object], kind: str, what: str, words: str) -> None:
    """Do something, put it on record, and say so at the top of the page."""
    mine, person = this_tab(), here()
    try:
        with mine.doing():
            said = act()
            follow(store(), person.subject)
            if kind:
                record(person, kind, what, "settings")
            mine.say(ADMINISTER, words or str(said))
    except (LoadError, StoreError) as problem:
        st.error(for_markdown(refusal_words(problem)))
        return
    st.rerun()
