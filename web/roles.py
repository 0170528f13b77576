"""Who may do what: one table, one function, and no to everything that is not in the table.

`docs/data-protection.md` says it in words.
"""

import os
from collections.abc import Iterable

ANALYST, LEADER, SCRUTINY, ADMIN, VISITOR = "analyst", "leader", "scrutiny", "admin", "visitor"
# as the sign-in provider names them; everybody is a visitor, signed in or not
ROLES = (ANALYST, LEADER, SCRUTINY, ADMIN)
FORCE = (ANALYST, LEADER)


def _each(kind: str, names: str, *roles: str) -> dict[str, frozenset[str]]:
    return {f"{kind}:{name}": frozenset(roles) for name in names.split()}


ALLOWED: dict[str, frozenset[str]] = {
    **_each(
        "page",
        "review weekly quarterly since measure meeting recorded charges outcomes orders courts "
        "victims compare programmes registers quality packs claims "
        "decisions digest recommendations dip-sample "
        "powers partners survivors framework",
        *FORCE,
    ),
    **_each("page", "data", ANALYST),
    **_each("page", "trends", ANALYST, LEADER, SCRUTINY),
    **_each("page", "definitions", *ROLES),
    **_each("page", "settings audit", ADMIN),
    **_each("figures", "exact", *FORCE),
    **_each("rows", "see", ANALYST),
    **_each("registers", "edit", ANALYST),
    **_each("packs", "make", *FORCE),
    **_each("download", "figures", *FORCE),
    **_each("download", "rows template", ANALYST),
    **_each("download", "trends", ANALYST, LEADER, SCRUTINY),
    **_each("download", "audit", ADMIN),
    **_each("verb", "demo serve", ANALYST, ADMIN),
    **_each("verb", "load undo rows template watch export", ANALYST),
    **_each("verb", "digest", *FORCE),
    **_each("verb", "loads snapshots", ANALYST, LEADER, ADMIN),
    **_each("verb", "rebuild check", ANALYST, ADMIN),
    **_each("verb", "forget", ADMIN),
    **_each("verb", "measure pack packs", ANALYST, LEADER, SCRUTINY),
    **_each("verb", "metrics define", *ROLES),
    **_each(
        "route",
        "/ /static /scripts /_stcore/health /healthz /_stcore/host-config /_stcore/stream "
        "/_stcore/bidi-components",
        VISITOR,
    ),
    **_each(
        "route", "/auth/login /auth/logout /oauth2callback /download", VISITOR
    ),  # a download asks again who may have it
    **_each("route", "/_stcore/upload_file", ANALYST),
    **_each(
        "route",
        "/media /component /_stcore/metrics /_stcore/allowed-message-origins "
        "/_stcore/script-health-check /_stcore/agent",
    ),
}


class NotAllowed(Exception):
    """What somebody's role does not allow; its text is a sentence for them."""


def may(roles: Iterable[str], deed: str) -> bool:
    """May a person with these roles do this? A deed that the table does not name is nobody's."""
    return not ALLOWED.get(deed, frozenset()).isdisjoint(roles)


def route_of(path: str) -> str:
    """The deed of asking for an address: its longest prefix in the table.

    Under `/_stcore`, what is unknown is nobody's.
    """
    parts = path.rstrip("/").split("/")
    for length in range(len(parts), 1, -1):
        deed = f"route:{'/'.join(parts[:length])}"
        if deed in ALLOWED:
            return deed
    return "route:unknown" if parts[1:2] == ["_stcore"] else "route:/"


def check_verb(verb: str) -> None:
    """Raises NotAllowed where VAWG_ROLE names a role that may not use a verb of the command line.

    This keeps from mistakes, not from attack: who can read the store's files needs no verb. Without
    VAWG_ROLE every verb is there.
    """
    role = os.environ.get("VAWG_ROLE")
    if role is not None and not may([role], f"verb:{verb}"):
        raise NotAllowed(
            f"vawg {verb} is not for the role {role!r} that VAWG_ROLE names. Ask an analyst, or "
            "an administrator."
        )


def check_exact(audience: str, source: str) -> None:
    """Raises NotAllowed where VAWG_ROLE names a role that is told the force's own figures only as
    the scrutiny audience is.
    """
    role = os.environ.get("VAWG_ROLE")
    if (
        role is not None
        and audience == "force"
        and source == "force"
        and not may([role], "figures:exact")
    ):
        raise NotAllowed(
            f"The role {role!r} is told the force's own figures with small numbers hidden: say "
            "--audience scrutiny."
        )
