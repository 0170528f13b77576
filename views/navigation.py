"""The pages there are, in the sections of the sidebar; each person gets theirs, and a sentence in place of the others."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import streamlit as st

from sql import audit, settings
from sql.faults import StoreError
from views import (
    admin,
    charges,
    compare,
    data,
    definitions,
    frame,
    measured,
    meeting,
    orders,
    outcomes,
    programmes,
    quality,
    quarterly,
    record,
    register_page,
    review,
    scrutiny,
    since,
    weekly,
)
from views.asking import number_shown
from views.desk import desk
from views.person import Person, here, is_local, sign_out, store
from views.person import record as write_down
from views.words import for_markdown, page_words

NARROW = """<style>[data-testid="stSidebarHeader"]{height:1.2rem;margin:0}
[data-testid="stSidebarNavLink"]{margin:0;min-height:1.55rem;padding-top:0;padding-bottom:0}[data-testid="stSidebarUserContent"]{padding-top:0.4rem}</style>"""
LOOK_EVERY = 10  # seconds between two looks at whether a sign-in still counts


@dataclass(frozen=True)
class Entry:
    """One page: where it stands in the sidebar, its title, its address and what draws it."""

    section: str
    title: str
    address: str
    draw: Callable[[], None]
    is_hidden: bool = False
    kind: str = audit.CONSULTATION
    is_drawn_ahead: bool = True  # its figures are worked out before anybody looks (`views.ahead`)


ENTRIES = (
    Entry("Review", "Monthly performance day", "review", review.page),
    Entry("Review", "Weekly meeting", "weekly", weekly.page),
    Entry("Review", "Quarterly review", "quarterly", quarterly.page),
    Entry("Review", "Since the last meeting", "since", since.page),
    Entry("Review", "One measure", "measure", measured.page, is_hidden=True),
    Entry("Review", "Meeting mode", "meeting", meeting.page, is_hidden=True),
    Entry("Understand", "Charges and convictions", "charges", charges.page),
    Entry("Understand", "Outcomes 15 and 16", "outcomes", outcomes.page),
    Entry("Understand", "Protection orders", "orders", orders.page),
    Entry("Understand", "Compare forces", "compare", compare.page, kind=audit.COMBINATION),
    Entry("Understand", "Did it work?", "programmes", programmes.page, kind=audit.COMBINATION),
    Entry("Understand", "Trends for scrutiny", "trends", scrutiny.page, is_drawn_ahead=False),
    Entry("Trust", "Definitions", "definitions", definitions.page),
    Entry("Trust", "Data", "data", data.page, is_drawn_ahead=False),
    Entry("Trust", "Registers", "registers", register_page.page, is_drawn_ahead=False),
    Entry("Trust", "Data quality", "quality", quality.page),
    Entry("Administer", "Settings and retention", "settings", admin.page, is_drawn_ahead=False),
    Entry("Administer", "Audit record", "audit", record.page, is_drawn_ahead=False),
)


def show() -> None:
    """The page that was asked for; where the store cannot be read, a sentence in its place."""
    try:
        desk().wait()
        person = here()
        _kept_out(person) if person.why else _navigation(person)
    except StoreError as problem:
        st.error(for_markdown(page_words(str(problem))))


def _navigation(person: Person) -> None:
    """Streamlit's navigation over every page, and the page that was asked for."""
    first = next(entry for entry in ENTRIES if person.may(f"page:{entry.address}") and not entry.is_hidden)
    sections: dict[str, list[Any]] = {}
    aside: list[Any] = [st.Page(first.draw, title=first.title, url_path=first.address, visibility="hidden")]
    for entry in ENTRIES:
        if not person.may(f"page:{entry.address}"):
            draw = partial(_refused, person, entry.title, entry.address)
            aside.append(st.Page(draw, title=entry.title, url_path=entry.address, visibility="hidden"))
        elif entry.is_hidden:
            aside.append(st.Page(entry.draw, title=entry.title, url_path=entry.address, visibility="hidden"))
        else:  # the first is at the bare address; `aside` has it under its own
            name = "start" if entry is first else entry.address
            page = st.Page(entry.draw, title=entry.title, url_path=name, default=entry is first)
            sections.setdefault(entry.section, []).append(page)
    sections[first.section] += aside
    chosen = st.navigation(sections, expanded=True)
    address = chosen.url_path or first.address
    audit.HERE.set((address, person.roles))
    _sidebar(person)
    if person.may(f"page:{address}"):
        _consulted(person, next(entry for entry in ENTRIES if entry.address == address))
    chosen.run()


def _sidebar(person: Person) -> None:
    force = for_markdown(settings.of(store().folder).force_name)
    st.html(NARROW)
    if is_local():
        st.sidebar.caption(f"{force} · local mode: no sign-in, this machine only")
        return
    st.sidebar.caption(f"{force} · {for_markdown(person.name)}, {', '.join(person.roles)}")
    if st.sidebar.button("Sign out", key="sign-out"):
        _sign_out(person)
    with st.sidebar:
        _still_here(person)


def _sign_out(person: Person) -> None:
    """End the sign-in in every tab and on every server, then here."""
    sign_out(person)
    st.logout()


@st.fragment(run_every=LOOK_EVERY)
def _still_here(person: Person) -> None:
    """A tab that is left open shows nothing more once its sign-in has expired, was ended, or lost a role."""
    if here().roles != person.roles:
        st.rerun(scope="app")


def _consulted(person: Person, entry: Entry) -> None:
    """Each page that is opened, once for each snapshot, is in the audit record."""
    seen = (entry.address, number_shown())
    if st.session_state.get("consulted") != seen:
        st.session_state["consulted"] = seen
        try:
            write_down(person, entry.kind, entry.title, entry.address, seen[1])
        except StoreError as problem:
            st.warning(f"This visit could not be recorded. {for_markdown(str(problem))}")


def _refused(person: Person, title: str, address: str) -> None:
    """A page of another role: one sentence, and a line in the record."""
    write_down(person, audit.REFUSAL, f"the page {title}", address)
    st.html(frame.WIDTH)
    st.title(title, anchor=False)
    st.write(f"This page is not for your role ({', '.join(person.roles)}). {_whom_to_ask()}")


def _kept_out(person: Person) -> None:
    """Somebody without a role, or nobody yet: one sentence, and the way in."""
    if person.why == "expired":
        st.logout()
    addresses = ("sign-in", *(entry.address for entry in ENTRIES))
    ways = [st.Page(_way_in, title="Raising the Bar", url_path=address, default=address == "sign-in") for address in addresses]
    st.navigation(ways, position="hidden").run()


def _way_in() -> None:
    person = here()
    st.html(frame.WIDTH)
    st.title("Raising the Bar", anchor=False)
    if person.why == "no role":
        st.write(f"You are signed in as {for_markdown(person.name)}, but nobody has given you a role here yet. {_whom_to_ask()}")
        if st.button("Sign out"):
            _sign_out(person)
        return
    if person.why == "ended":
        st.write("Your sign-in was ended.")
    st.write("How the force deals with violence against women and girls. Sign in with your work account.")
    if st.button("Sign in", type="primary"):
        st.login()


def _whom_to_ask() -> str:
    return f"Ask {for_markdown(settings.of(store().folder).whom_to_ask)}."
