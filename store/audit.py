"""The audit record: a line for each thing somebody did, sealed with the hash of the line before.

Lines are appended for ever. Article 25 of Directive (EU) 2016/680 and section 62 of the Data
Protection Act 2018 name what is to be logged: collection, alteration, consultation, disclosure,
combination and erasure. Sign-ins and refusals are logged beside them. No line holds a word of a
victim or a suspect: it names loads, pages and files of ours.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from pathlib import Path

from filelock import FileLock, Timeout

from store import audit_head
from store.audit_head import Standing
from store.audit_lines import Line, append, files, lines, sealed, within_limits
from store.errors import StoreBusy, in_words

__all__ = [
    "HERE",
    "KINDS",
    "Line",
    "add",
    "files",
    "lines",
    "locked",
    "record",
    "with_what_it_lost",
]
COLLECTION, ALTERATION, CONSULTATION, DISCLOSURE, COMBINATION, ERASURE = KINDS = (
    "collection",
    "alteration",
    "consultation",
    "disclosure",
    "combination",
    "erasure",
)
SIGN_IN, REFUSAL = "sign-in", "refusal"
# what befell the record itself, and who has seen that
FAULT, ACKNOWLEDGEMENT = ("fault", "acknowledgement")
WRITER = "the record"  # who writes of its own faults
WAIT = 30  # seconds for others who write
BUSY = "Others have been writing the audit record for half a minute. Do it again in a moment."
COMMAND_LINE: tuple[str, tuple[str, ...]] = ("command line", ())
HERE = ContextVar("HERE", default=COMMAND_LINE)  # the page, and the roles of who is on it


def record(folder: Path, line: Line) -> Line:
    """A new line of the record of the store in `folder`, as sealed.

    One that names no page, or no roles, has those of HERE: an act of the loaders does not know from
    where it was asked for. Raises StoreError where it cannot be written.
    """
    folder = folder.absolute()
    with in_words(folder), locked(folder):
        return add(with_what_it_lost(folder), folder, line)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the record's lock; raises StoreBusy where others hold it too long."""
    audit = folder / "audit"
    audit.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = FileLock(audit / "lock", timeout=WAIT, mode=0o600)
    try:
        lock.acquire()
    except Timeout:
        raise StoreBusy(BUSY) from None
    try:
        yield
    finally:
        lock.release()


def with_what_it_lost(folder: Path) -> Standing:
    """Where the record ends, once a lost end is on record. Only under the lock."""
    found = audit_head.standing(folder)
    if not found.harm and found.tail.number == found.inside.number + 1:
        # a crash came between line and head: caught up, so that a head lags by one at most
        audit_head.keep_inside(found, folder)
    for words in found.harm:
        add(found, folder, Line(FAULT, words, WRITER))
    return found


def add(standing: Standing, folder: Path, line: Line) -> Line:
    """Seal and append a line behind the newest one known. Only under the lock."""
    page, roles = HERE.get()
    line = within_limits(replace(line, page=line.page or page, roles=line.roles or roles))
    line = sealed(replace(line, number=standing.newest.number + 1, before=standing.newest.hash))
    append(folder, line, standing.tail.at)
    audit_head.keep(standing, folder, line)
    return line
