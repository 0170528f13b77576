"""Audit lines: how a line is sealed, written at the end of its month's file, and read again.

One line is one JSON object. Its `hash` is over all the rest of it, and `before` is the hash of the
line before, so a line that was changed no longer has its hash, and what follows a line that was
removed or moved no longer names it.
"""

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

FIRST = "0" * 64  # what the first line names as the hash before it
LONGEST = 300  # characters of any word in a line
BLOCK = 8 << 10  # bytes that are read at once from the end of a file
_bare = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode
WORDS = ("kind", "what", "who", "page", "at", "before", "hash", "seen")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


@dataclass(frozen=True)
class Line:
    """One line: which kind of act on what, by whom with which roles, from which page and snapshot.

    `seen` is in an acknowledgement alone: the hash of every byte of the record before it.
    """

    kind: str
    what: str
    who: str
    roles: tuple[str, ...] = ()
    page: str = ""
    snapshot: int | None = None
    at: str = field(default_factory=_now)
    number: int = 0
    before: str = ""
    hash: str = ""
    seen: str = ""


def within_limits(line: Line) -> Line:
    """The line with no word too long, and no half of a character, which a name may hold."""
    short = {name: getattr(line, name)[:LONGEST] for name in ("what", "who", "page")}
    clean = {name: word.encode("utf-8", "replace").decode() for name, word in short.items()}
    return replace(line, **clean)


def sealed(line: Line) -> Line:
    """The line with the hash of all that it says."""
    return replace(line, hash=hash_of(line))


def hash_of(line: Line) -> str:
    """The hash of all that a line says but its hash."""
    return hashlib.sha256(_bare(_said(line) | {"hash": ""}).encode()).hexdigest()


def parsed(text: str) -> Line | None:
    """The line that a text is; None where it is none."""
    try:
        row = json.loads(text)
        line = Line(**row | {"roles": tuple(row["roles"])})
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    words = [*line.roles, *(getattr(line, name) for name in WORDS)]
    if type(line.number) is not int or not all(isinstance(word, str) for word in words):
        return None
    return line if line.snapshot is None or type(line.snapshot) is int else None


def files(folder: Path, month: str = "") -> list[Path]:
    """The files of the record, one for each month that has lines, oldest first."""
    pattern = month or "[0-9]" * 4 + "-" + "[0-9]" * 2
    return sorted((folder / "audit").glob(f"{pattern}.jsonl"))


def lines(folder: Path, month: str = "") -> Iterator[Line]:
    """The lines, oldest first; those of one month, `2026-11`, if it is given.

    What is no line is left out: the check tells it.
    """
    for path in files(folder, month):
        with path.open(encoding="utf-8", errors="replace") as file:
            for text in file:
                if (line := parsed(text)) is not None:
                    yield line


def newest_first(folder: Path) -> Iterator[Line]:
    """The lines that can be read, newest first, read only as far back as they are asked for."""
    for path in reversed(files(folder)):
        for text in _texts_from_end(path):
            if (line := parsed(text)) is not None:
                yield line


def oldest(folder: Path) -> Line | None:
    """The first line that can be read."""
    return next(lines(folder), None)


def append(folder: Path, line: Line, newest_at: str) -> None:
    """Write a sealed line at the end, whole or not at all: what a full disk cut is taken back."""
    text = json.dumps(_said(line), ensure_ascii=False) + "\n"
    path = folder / "audit" / f"{max(line.at, newest_at)[:7]}.jsonl"
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


def _said(line: Line) -> dict[str, object]:
    """What a line says. Lines of before there were acknowledgements were sealed without `seen`."""
    return {name: value for name, value in vars(line).items() if name != "seen" or value}


def _texts_from_end(path: Path) -> Iterator[str]:
    with path.open("rb") as file:
        left, held = file.seek(0, os.SEEK_END), b""
        while left:
            start = max(0, left - BLOCK)
            file.seek(start)
            head, *whole = (file.read(left - start) + held).split(b"\n")
            yield from (text.decode("utf-8", "replace") for text in reversed(whole) if text)
            left, held = start, head
        if held:
            yield held.decode("utf-8", "replace")
