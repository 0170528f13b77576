"""The pages there are, in the sections of the sidebar; each person gets theirs, and a sentence in
place of the others.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import streamlit as st

from charts.escaping import for_markdown
from metrics.naming import call_as_set
from store import audit, settings
from store.errors import StoreError
from views.parts import carried_filters, page
from views.parts.figures import number_shown
from views.parts.load_wording import refusal_words
from views.parts.page import Page
from views.parts.tab_state import this_tab
from views.parts.templates import render
from web.sign_in import Person, here, is_local, sign_out, store
from web.sign_in import record as write_down

LOOK_EVERY = 10  # seconds between two looks at whether a sign-in still counts


# folders of views, in the order of the sidebar
SECTIONS = ("review", "understand", "answer", "trust", "administer")


@dataclass(frozen=True)
class Entry:
    """A page in its section, and what draws it."""

    section: str
    page: Page
    draw: Callable[[], None]


@cache
def entries() -> tuple[Entry, ...]:
    """Every page there is: the modules of the sections that have a PAGE, in the order of the
    sidebar.
    """
    found = []
    for section in SECTIONS:
        package = import_module(f"views.{section}")
        names = [f"{package.__name__}.{module.name}" for module in iter_modules(package.__path__)]
        modules = [module for module in map(import_module, names) if hasattr(module, "PAGE")]
        found += [
            Entry(section.capitalize(), module.PAGE, module.draw)
            for module in sorted(modules, key=lambda module: module.PAGE.order)
        ]
    return tuple(found)


def show() -> None:
    """The page that was asked for; where the store cannot be read, a sentence in its place."""
    try:
        this_tab().wait()
        call_as_set(store().folder)
        person = here()
        _kept_out(person) if person.why else _navigation(person)
    except StoreError as problem:
        st.error(for_markdown(refusal_words(problem)))


def _navigation(person: Person) -> None:
    """Streamlit's navigation over every page, and the page that was asked for."""
    first = next(
        entry
        for entry in entries()
        if person.may(f"page:{entry.page.address}") and not entry.page.is_hidden
    )
    sections: dict[str, list[Any]] = {}
    aside: list[Any] = [
        st.Page(
            first.draw, title=first.page.title, url_path=first.page.address, visibility="hidden"
        )
    ]
    for entry in entries():
        if not person.may(f"page:{entry.page.address}"):
            draw = partial(_refused, person, entry.page.title, entry.page.address)
            aside.append(
                st.Page(
                    draw, title=entry.page.title, url_path=entry.page.address, visibility="hidden"
                )
            )
        elif entry.page.is_hidden:
            aside.append(
                st.Page(
                    entry.draw,
                    title=entry.page.title,
                    url_path=entry.page.address,
                    visibility="hidden",
                )
            )
        else:  # the first is at the bare address; `aside` has it under its own
            name = "start" if entry is first else entry.page.address
            page = st.Page(
                entry.draw, title=entry.page.title, url_path=name, default=entry is first
            )
            sections.setdefault(entry.section, []).append(page)
    sections[first.section] += aside
    chosen = st.navigation(sections, expanded=True)
    address = chosen.url_path or first.page.address
    audit.HERE.set((address, person.roles))
    _sidebar(person)
    is_back = carried_filters.begin(address)
    if person.may(f"page:{address}"):
        _consulted(person, next(entry for entry in entries() if entry.page.address == address))
    chosen.run()
    carried_filters.end(address, is_back)


def _sidebar(person: Person) -> None:
    force = for_markdown(settings.of(store().folder).force_name)
    st.html(render("sidebar_style"))
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
    """A tab that is left open shows nothing more once its sign-in has expired, was ended, or lost a
    role.
    """
    if here().roles != person.roles:
        st.rerun(scope="app")


def _consulted(person: Person, entry: Entry) -> None:
    """Each page that is opened, once for each snapshot, is in the audit record."""
    seen = (entry.page.address, number_shown())
    if st.session_state.get("consulted") != seen:
        st.session_state["consulted"] = seen
        try:
            write_down(person, entry.page.audit_kind, entry.page.title, entry.page.address, seen[1])
        except StoreError as problem:
            st.warning(f"This visit could not be recorded. {for_markdown(refusal_words(problem))}")


def _refused(person: Person, title: str, address: str) -> None:
    """A page of another role: one sentence, and a line in the record."""
    write_down(person, audit.REFUSAL, f"the page {title}", address)
    page.set_style()
    st.title(title, anchor=False)
    st.write(f"This page is not for your role ({', '.join(person.roles)}). {_whom_to_ask()}")


def _kept_out(person: Person) -> None:
    """Somebody without a role, or nobody yet: one sentence, and the way in."""
    if person.why == "expired":
        st.logout()
    addresses = ("sign-in", *(entry.page.address for entry in entries()))
    ways = [
        st.Page(_way_in, title="Raising the Bar", url_path=address, default=address == "sign-in")
        for address in addresses
    ]
    st.navigation(ways, position="hidden").run()


def _way_in() -> None:
    person = here()
    page.set_style()
    st.title("Raising the Bar", anchor=False)
    if person.why == "no role":
        st.write(
            f"You are signed in as {for_markdown(person.name)}, but nobody has given you a role "
            f"here yet. {_whom_to_ask()}"
        )
        if st.button("Sign out"):
            _sign_out(person)
        return
    if person.why == "ended":
        st.write("Your sign-in was ended.")
    st.write(
        "How the force deals with violence against women and girls. Sign in with your work account."
    )
    if st.button("Sign in", type="primary"):
        st.login()


def _whom_to_ask() -> str:
    return f"Ask {for_markdown(settings.of(store().folder).whom_to_ask)}."
