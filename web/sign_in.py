"""Who is here: the person of this run or request, from their sign-in; on a machine without sign-in,
whoever sits at it.
"""

import getpass
import os
import time
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import streamlit as st

from store import audit, audit_refusals
from store.installation import default_store
from store.sign_ins import SignIn, end, standing
from store.writer import Store
from web.roles import ROLES, VISITOR, may

NEEDED = ("redirect_uri", "cookie_secret", "client_id", "client_secret", "server_metadata_url")
FROM_ENVIRONMENT = (
    "VAWG_AUTH_"  # VAWG_AUTH_REDIRECT_URI and so on, each as NEEDED names it in secrets.toml
)


@dataclass(frozen=True)
class Person:
    """Somebody, signed in or not. `why` says what keeps out a person without a role."""

    subject: str = ""
    name: str = ""
    roles: tuple[str, ...] = ()
    why: str = "signed out"

    def may(self, deed: str) -> bool:
        """May this person do this?"""
        return may((*self.roles, VISITOR), deed)


def store() -> Store:
    """The store this dashboard shows."""
    return Store(Path(os.environ.get("VAWG_STORE") or default_store()))


def take_sign_in(environment: MutableMapping[str, str]) -> None:
    """Take the sign-in's settings from the environment, where containers have them; each goes
    before the one in secrets.toml.

    They are gone from the environment afterwards, so that no process that this one starts inherits
    them.
    """
    given = {
        name: value
        for name in NEEDED
        if (value := environment.pop(f"{FROM_ENVIRONMENT}{name.upper()}", ""))
    }
    if given:
        written = {} if is_local() else dict(st.secrets["auth"])
        st.secrets.merge_programmatic_secrets({"auth": written | given})
        is_local.cache_clear()


@cache  # decided at the start, with the address to serve; Streamlit looks for the file each time
def is_local() -> bool:
    """Is there no sign-in? Then this is local mode: this machine only, and whoever sits at it may
    do everything.
    """
    return not (st.secrets.load_if_toml_exists() and "auth" in st.secrets)


def lacks() -> list[str]:
    """What the sign-in still needs in `[auth]` of secrets.toml before anybody can sign in."""
    if is_local():
        return []
    auth = st.secrets["auth"]
    found = [name for name in NEEDED if not auth.get(name)]
    return found or (
        ["a cookie_secret of at least 32 characters"]
        if len(str(auth["cookie_secret"])) < 32
        else []
    )


def here() -> Person:
    """The person of this run."""
    return of_claims({} if is_local() else st.user.to_dict())


def of_claims(claims: Mapping[str, object]) -> Person:
    """The person whom a sign-in's claims name: none of them once it has expired or was ended; with
    the roles of the newest sign-in.
    """
    if is_local():
        return Person("local", _login(), ROLES, "")
    if not claims.get("is_logged_in") or not claims.get("sub"):
        return Person()
    if _number(claims.get("exp")) <= time.time():
        return Person(why="expired")
    sent = claims.get("roles") or ()
    named = {str(role).casefold() for role in (sent if isinstance(sent, list | tuple) else [sent])}
    name = str(
        claims.get("name")
        or claims.get("email")
        or claims.get("preferred_username")
        or claims["sub"]
    )
    roles = tuple(role for role in ROLES if role in named)
    shown = SignIn(str(claims["sub"]), name, _number(claims.get("iat")), roles)
    counts, is_new = standing(store().folder, shown)
    if is_new:
        words = f"signed in as {', '.join(shown.roles) or 'nobody: no role'}"
        audit.record(
            store().folder, audit.Line(audit.SIGN_IN, words, shown.name, shown.roles, "sign-in")
        )
    if counts is None:
        return Person(shown.subject, shown.name, why="ended")
    return Person(shown.subject, counts.name, counts.roles, "" if counts.roles else "no role")


def sign_out(person: Person) -> None:
    """End the sign-ins of this person in every tab and on every server."""
    end(store().folder, person.subject)
    record(person, audit.SIGN_IN, "signed out", "sign-in")


def record(
    person: Person, kind: str, what: str, page: str = "", snapshot: int | None = None
) -> None:
    """A line in the audit record of what this person did; of refusals as many as it takes.

    Raises StoreError where it cannot be written.
    """
    line = audit.Line(kind, what, person.name or "not signed in", person.roles, page, snapshot)
    if kind == audit.REFUSAL:
        audit_refusals.refuse(store().folder, line, person.subject)
    else:
        audit.record(store().folder, line)


@cache
def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a user without a name, as containers have
        return "local"


def _number(claim: object) -> int:
    return int(claim) if isinstance(claim, int | float) else 0
