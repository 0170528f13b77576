"""Who has signed in: for each subject the newest sign-in, its roles, and until when sign-ins were
ended. No more is kept of a person.

An old tab carries the roles of the day it was opened; what counts is the newest sign-in that any
server of this store has seen. What was ended stays ended: a token issued before that moment is
refused for ever, however often its person signs in again.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from time import time
from typing import Any

from filelock import FileLock

from store.errors import WrongSetting, in_words
from store.files import in_place, put_in_place


@dataclass(frozen=True)
class SignIn:
    """A sign-in: whose, when the provider issued it, with which roles; and when sign-ins of its
    person were last ended, None if never.

    Both times are seconds since 1970.
    """

    subject: str
    name: str
    issued_at: int
    roles: tuple[str, ...]
    ended_at: int | None = None

    @property
    def is_ended(self) -> bool:
        """Was this very sign-in ended?

        One of the same second was: nobody can tell which came first.
        """
        return self.has_ended(self.issued_at)

    def has_ended(self, issued_at: int) -> bool:
        """Is a sign-in of this person that was issued then over?"""
        return self.ended_at is not None and issued_at <= self.ended_at


def standing(folder: Path, shown: SignIn) -> tuple[SignIn | None, bool]:
    """What counts of a sign-in that somebody shows: the newest of that person, None if what they
    show was ended.

    And whether it is seen here for the first time.
    """
    known = people(folder).get(shown.subject)
    if known is not None and (
        shown.issued_at <= known.issued_at or known.has_ended(shown.issued_at)
    ):
        return (None if known.has_ended(shown.issued_at) else known), False
    with _writing(folder) as found:
        newest = found.get(shown.subject)
        if newest is not None and newest.has_ended(shown.issued_at):
            return None, False
        is_new = newest is None or shown.issued_at > newest.issued_at
        if newest is None or is_new:
            newest = found[shown.subject] = replace(
                shown, ended_at=newest.ended_at if newest else None
            )
    return newest, is_new


def end(folder: Path, subject: str) -> None:
    """End every sign-in of a person that was issued until now: no tab and no link of theirs gives
    anything until they sign in again.

    The newest that was seen is among them even where the provider's clock is ahead of this
    machine's.
    """
    with _writing(folder) as found:
        if subject in found:
            known = found[subject]
            found[subject] = replace(
                known, ended_at=max(int(time()), known.issued_at, known.ended_at or 0)
            )


def people(folder: Path) -> dict[str, SignIn]:
    """The newest sign-in of each subject. Raises WrongSetting where the file is damaged."""
    return dict(in_place(folder / "people.json", _parsed) or {})


def _parsed(data: bytes) -> dict[str, SignIn]:
    """Nobody is let in by a file that cannot be read: it may have held that their sign-in was
    ended.
    """
    try:
        return {row["subject"]: _sign_in(row) for row in json.loads(data)}
    except (ValueError, TypeError, KeyError, AttributeError):
        raise WrongSetting(
            "people.json of the store cannot be read, so nobody can be let in: restore it from a "
            "backup, or "
            "remove it and set a new cookie_secret, so that everybody signs in again."
        ) from None


def _sign_in(row: dict[str, Any]) -> SignIn:
    """One person of the file; in one of an older version the newest sign-in
    was ended, or was not.
    """
    if row.pop("is_ended", False):
        row["ended_at"] = row["issued_at"]
    return SignIn(**row | {"roles": tuple(row["roles"])})


@contextmanager
def _writing(folder: Path) -> Iterator[dict[str, SignIn]]:
    """The people, to be changed under a lock and put in place in one rename."""
    with in_words(folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with FileLock(folder / "people.lock", timeout=30, mode=0o600):
            found = people(folder)
            yield found
            put_in_place(
                folder / "people.json", json.dumps([asdict(one) for one in found.values()]).encode()
            )
