"""Who has signed in: for each subject the newest sign-in, its roles, and whether it was ended. No more than that is kept of a person.

An old tab carries the roles of the day it was opened; what counts is the newest sign-in that any server of this store has seen.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from filelock import FileLock

from sql.faults import in_words
from sql.private import in_place, put_in_place


@dataclass(frozen=True)
class SignIn:
    """A sign-in: whose, when the provider issued it (seconds since 1970), with which roles, and whether it was ended since."""

    subject: str
    name: str
    issued_at: int
    roles: tuple[str, ...]
    is_ended: bool = False


def standing(folder: Path, shown: SignIn) -> tuple[SignIn, bool]:
    """What counts of a sign-in that somebody shows: the newest of that person; and whether it is seen here for the first time."""
    known = people(folder).get(shown.subject)
    if known is not None and shown.issued_at <= known.issued_at:
        return known, False
    with _writing(folder) as found:
        newest = found.get(shown.subject)
        is_new = newest is None or shown.issued_at > newest.issued_at
        if newest is None or is_new:
            newest = found[shown.subject] = shown
    return newest, is_new


def end(folder: Path, subject: str) -> None:
    """End every sign-in of a person that was issued until now: no tab and no link of theirs gives anything until they sign in again."""
    with _writing(folder) as found:
        if subject in found:
            found[subject] = replace(found[subject], is_ended=True)


def people(folder: Path) -> dict[str, SignIn]:
    """The newest sign-in of each subject."""
    return dict(in_place(folder / "people.json", _parsed) or {})


def _parsed(data: bytes) -> dict[str, SignIn]:
    return {row["subject"]: SignIn(**row | {"roles": tuple(row["roles"])}) for row in json.loads(data)}


@contextmanager
def _writing(folder: Path) -> Iterator[dict[str, SignIn]]:
    """The people, to be changed under a lock and put in place in one rename."""
    with in_words(folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with FileLock(folder / "people.lock", timeout=30, mode=0o600):
            found = people(folder)
            yield found
            put_in_place(folder / "people.json", json.dumps([asdict(one) for one in found.values()]).encode())
