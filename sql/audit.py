"""The audit record: one line for each thing somebody did, appended for ever, each line sealed with the hash of the one before.

Article 25 of Directive (EU) 2016/680 and section 62 of the Data Protection Act 2018 name what is to be logged: collection, alteration,
consultation, disclosure, combination and erasure. Sign-ins and refusals are logged beside them. No line holds a word of a victim or a
suspect: it names loads, pages and files of ours.
"""

import hashlib
import json
import os
from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock

from sql.faults import in_words
from sql.private import put_in_place

COLLECTION, ALTERATION, CONSULTATION, DISCLOSURE, COMBINATION, ERASURE = KINDS = (
    "collection", "alteration", "consultation", "disclosure", "combination", "erasure",
)  # fmt: skip
SIGN_IN, REFUSAL = "sign-in", "refusal"
FIRST = "0" * 64  # what the first line names as the hash before it
HERE: ContextVar[tuple[str, tuple[str, ...]]] = ContextVar("HERE", default=("command line", ()))  # the page, and the roles of who is on it
LONGEST = 300  # characters of any word in a line


@dataclass(frozen=True)
class Line:
    """One line: what kind of act, what was done to what, by whom with which roles, from which page, at which snapshot."""

    kind: str
    what: str
    who: str
    roles: tuple[str, ...] = ()
    page: str = ""
    snapshot: int | None = None
    at: str = field(default_factory=lambda: datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"))
    number: int = 0
    before: str = ""
    hash: str = ""


def record(folder: Path, line: Line) -> Line:
    """Append a line to the record of the store in `folder`; the line as sealed. Raises StoreError where it cannot be written.

    A line that names no page, or no roles, has those of HERE: an act of the loaders does not know from where it was asked for.
    """
    audit = folder / "audit"
    with in_words(folder):
        audit.mkdir(mode=0o700, parents=True, exist_ok=True)
        with FileLock(audit / "lock", timeout=30, mode=0o600):
            last = _last(audit)
            page, roles = HERE.get()
            line = replace(line, page=line.page or page, roles=line.roles or roles)
            short = {name: getattr(line, name)[:LONGEST] for name in ("what", "who", "page")}
            sealed = _sealed(replace(line, number=last.number + 1, before=last.hash, **short))
            _append(audit / f"{max(sealed.at, last.at)[:7]}.jsonl", json.dumps(asdict(sealed), ensure_ascii=False) + "\n")
            put_in_place(audit / "head.json", json.dumps({"number": sealed.number, "hash": sealed.hash}).encode())
    return sealed


def lines(folder: Path, month: str = "") -> Iterator[Line]:
    """The lines, oldest first; those of one month, `2026-11`, if it is given. What is no line is left out: `breaks` tells it."""
    for path in files(folder, month):
        with path.open(encoding="utf-8", errors="replace") as file:
            for text in file:
                if (line := _parsed(text)) is not None:
                    yield line


def files(folder: Path, month: str = "") -> list[Path]:
    """The files of the record, one for each month that has lines, oldest first."""
    return sorted((folder / "audit").glob(f"{month or '[0-9]' * 4 + '-' + '[0-9]' * 2}.jsonl"))


def breaks(folder: Path) -> list[str]:
    """Where the chain does not hold, in sentences; none where every line is as it was written and none is missing."""
    found: list[str] = []
    before, number = FIRST, 0
    head = head_of(folder)
    seen = FIRST if head[0] == 0 else ""
    for path in files(folder):
        for at, text in enumerate(_texts(path), 1):
            line = _parsed(text)
            if line is None:
                found.append(f"Line {at} of {path.name} is no line of the record.")
                continue
            if (line.before, line.number) != (before, number + 1):
                found.append(f"Before line {at} of {path.name}, number {line.number}, something was removed, added or moved.")
            if _sealed(line).hash != line.hash:
                found.append(f"Line {at} of {path.name}, number {line.number}, is not as it was written.")
            before, number = line.hash, line.number
            seen = before if number == head[0] else seen
    if number < head[0]:
        found.append(f"The record ends at number {number}, but {head[0]} were written: its end was cut off.")
    elif seen != head[1]:
        found.append(f"Number {head[0]} is not the line that was written last.")
    return found


def _texts(path: Path) -> list[str]:
    """The lines of a file as `record` ends them: other marks that end a line elsewhere may stand in a name."""
    *whole, torn = path.read_bytes().decode("utf-8", "replace").split("\n")
    return [*whole, torn] if torn else whole


def _sealed(line: Line) -> Line:
    bare = json.dumps(asdict(replace(line, hash="")), ensure_ascii=False, sort_keys=True)
    return replace(line, hash=hashlib.sha256(bare.encode()).hexdigest())


def _parsed(text: str) -> Line | None:
    try:
        row = json.loads(text)
        return Line(**row | {"roles": tuple(row["roles"])})
    except (ValueError, TypeError, KeyError):
        return None


def head_of(folder: Path) -> tuple[int, str]:
    """The number and hash of the newest line: written down elsewhere, they show later that nothing before them was changed."""
    try:
        row = json.loads((folder / "audit" / "head.json").read_text(encoding="utf-8"))
        return int(row["number"]), str(row["hash"])
    except (OSError, ValueError, KeyError, TypeError):
        return 0, FIRST


def _last(audit: Path) -> Line:
    """The newest line that can be read, from the end of the newest file; a line before the first where there is none."""
    for path in reversed(files(audit.parent)):
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - 16 * LONGEST))
            found = [line for text in file.read().decode("utf-8", "replace").split("\n") if (line := _parsed(text)) is not None]
        if found:
            return found[-1]
    return Line(kind="", what="", who="", at="", hash=FIRST)


def _append(path: Path, text: str) -> None:
    """A whole line or nothing: what a full disk cut is taken back."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(handle, "r+b", buffering=0) as file:
        size = file.seek(0, os.SEEK_END)
        torn = b"\n" if size and os.pread(file.fileno(), 1, size - 1) != b"\n" else b""
        data = torn + text.encode()
        try:
            if file.write(data) != len(data):
                raise OSError(28, "No space left on device")
            os.fsync(file.fileno())
        except OSError:
            file.truncate(size)
            raise
