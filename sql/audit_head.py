"""Heads of the audit record: number and hash of its newest line, kept where a cut record cannot hide that it was longer.

They are kept in three places: beside the lines (`head.json`), in the memory of each process that
wrote or looked, and in the file that VAWG_AUDIT_HEAD names, on another disk. Whoever writes a line
compares them first. A head is never lowered: where one knows of more lines than there are, the
record says so in a line of its own and goes on behind the highest number that was ever given.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from sql.audit_lines import FIRST, LONGEST, Line, newest_first, oldest
from sql.private import put_in_place

VARIABLE = "VAWG_AUDIT_HEAD"
SHOWN = 16  # characters of a hash that a sentence quotes
MOST = 4096  # bytes of a head; what is longer is another file
_seen: dict[Path, "Head"] = {}  # the newest line that this process knows of, by store


@dataclass(frozen=True)
class Head:
    """A line's number and hash, and the hash of its record's first line, by which records are told apart."""

    number: int = 0
    hash: str = FIRST
    record: str = ""


@dataclass(frozen=True)
class Outside:
    """What `head.json` says of the file that VAWG_AUDIT_HEAD names: where it is, which number it holds, what went wrong."""

    path: str = ""
    number: int = 0
    fault: str = ""


@dataclass
class Standing:
    """What the heads say of where the record ends.

    `harm` is put on record by whoever writes next, for writing does away with what shows it;
    `lasting` goes on showing until it is acknowledged, and `trouble` until it is mended.
    """

    tail: Line
    newest: Head = field(default_factory=Head)  # the record goes on behind it
    inside: Head = field(default_factory=Head)
    outside: Outside = field(default_factory=Outside)
    is_written_outside: bool = False
    harm: list[str] = field(default_factory=list)
    lasting: list[str] = field(default_factory=list)
    trouble: list[str] = field(default_factory=list)

    def blame(self, words: str) -> None:
        """Something to be put on record, once, in the length that a line has for it."""
        if words[:LONGEST] not in self.harm:
            self.harm.append(words[:LONGEST])

    def raise_to(self, head: Head) -> None:
        """Go on behind this line, unless a newer one is known."""
        if head.number >= self.newest.number:
            self.newest = Head(head.number, head.hash, self.newest.record or head.record)


def standing(folder: Path) -> Standing:
    """The end of the lines compared with every head that is known. Under the record's lock, or the two may not belong together."""
    first = oldest(folder)
    none = Line(kind="", what="", who="", at="", hash=FIRST)
    found = Standing(next(newest_first(folder), none))
    found.newest = Head(found.tail.number, found.tail.hash)
    _look_inside(found, folder)
    record = found.inside.record or (first.hash if first else "")
    found.newest = Head(found.newest.number, found.newest.hash, record)
    if (remembered := _seen.get(folder)) is not None:
        _compare(found, remembered, folder)
    if named := os.environ.get(VARIABLE, "").strip():
        _look_outside(found, folder, Path(named).absolute())
    return found


def keep(found: Standing, folder: Path, line: Line) -> None:
    """Keep the head of a line that was just written: outside first, so that `head.json` can say whether that went well."""
    found.tail = line
    found.newest = Head(line.number, line.hash, found.newest.record or line.hash)
    if found.is_written_outside:
        found.outside = _written_outside(found.outside, found.newest)
    keep_inside(found, folder)
    _seen[folder] = found.newest


def keep_inside(found: Standing, folder: Path) -> None:
    """Write `head.json`."""
    row = asdict(found.newest) | {"outside": asdict(found.outside)}
    put_in_place(folder / "audit" / "head.json", json.dumps(row).encode())
    found.inside = found.newest


def remember(found: Standing, folder: Path) -> None:
    """Keep in this process's memory what it was shown: put back later, it is told."""
    if not found.harm:
        _seen[folder] = found.newest


def is_known(folder: Path, head: Head) -> bool:
    """Does the record hold this line, or name it as removed? Of what is missing between two lines the chain itself tells."""
    later = None
    for line in newest_first(folder):
        if line.number <= head.number:
            return line.number < head.number or head.hash in (line.hash, later)
        later = line.before
    return True


def _look_inside(found: Standing, folder: Path) -> None:
    try:
        data = (folder / "audit" / "head.json").read_bytes()
    except FileNotFoundError:
        if found.tail.number > 1:  # after the first line, a crash may have come before its head
            found.blame(f"The record's head.json was removed: {found.tail.number} lines had been written.")
        return
    row = _row(data)
    if row is None:
        found.blame("The record's head.json cannot be read: it was cut, emptied or written by something else.")
        return
    head, found.outside = _head(row), _outside(row)
    found.inside = head
    behind = found.tail.number - head.number
    if behind > 1:
        found.blame(f"An old copy of head.json was put back: it ends at {head.number}, the record at {found.tail.number}.")
    elif behind == 1 and found.tail.before != head.hash:
        found.blame(f"Number {found.tail.number} does not follow number {head.number} as it was written.")
    else:
        _compare(found, head, folder)


def _compare(found: Standing, head: Head, folder: Path) -> None:
    """One head with the lines there are."""
    if head.number > found.tail.number:
        where = f"The record ends at number {found.tail.number}, but {head.number} were written"
        found.blame(f"{where}: its end was cut off, or an old copy was put back.")
        found.raise_to(head)
    elif not is_known(folder, head):
        found.blame(f"Number {head.number} is not the line that was written, whose hash begins {head.hash[:SHOWN]}.")
        found.raise_to(head)


def _look_outside(found: Standing, folder: Path, path: Path) -> None:
    """The head on another disk. A file that we did not write is left as it is."""
    if Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder)):
        found.trouble.append(f"{VARIABLE} names a file in the store itself, {path}: name one on another disk.")
        return
    before = found.outside if found.outside.path == str(path) else Outside(str(path))
    found.outside = before
    if before.fault:
        found.trouble.append(_not_written(before))
    try:
        row = _row(_read(path))
    except FileNotFoundError:
        _missing_outside(found, path)
        return
    except OSError as problem:
        why = os.strerror(problem.errno or 5)
        found.trouble.append(f"The head in {path} ({VARIABLE}) cannot be read ({why}): see that its disk is there.")
        return
    if row is None:
        found.trouble.append(f"{path} ({VARIABLE}) holds no head of a record: name another file, or remove this one.")
        return
    _compare_outside(found, folder, _head(row))


def _compare_outside(found: Standing, folder: Path, head: Head) -> None:
    path, before = found.outside.path, found.outside.number
    if head.record and head.record != found.newest.record:
        found.lasting.append(
            f"{path} ({VARIABLE}) holds the head of another record, at number {head.number}: this record was begun "
            "anew, or that file is another store's. Then name another; once acknowledged, it is written over."
        )
        return
    found.is_written_outside = True
    if head.number < before:
        found.blame(f"An old copy of the head was put back in {path}: number {head.number}, where {before} was written.")
    _compare(found, head, folder)


def _missing_outside(found: Standing, path: Path) -> None:
    if not path.parent.is_dir():
        found.trouble.append(f"There is no folder {path.parent} for the head ({VARIABLE}): see that its disk is there.")
    elif found.outside.number:
        found.lasting.append(
            f"There is no head in {path} ({VARIABLE}), where number {found.outside.number} was written: see that its "
            "disk is there. If the file was removed, acknowledge that; then it is written anew."
        )
    else:
        found.is_written_outside = True


def _read(path: Path) -> bytes:
    """The first bytes of a file; what is none, such as a pipe that nobody writes to, is not opened."""
    path.stat()
    if not path.is_file():
        return b""
    with path.open("rb") as file:
        return file.read(MOST)


def _written_outside(outside: Outside, head: Head) -> Outside:
    try:
        put_in_place(Path(outside.path), json.dumps(asdict(head)).encode())
    except OSError as problem:
        return Outside(outside.path, outside.number, os.strerror(problem.errno or 5))
    return Outside(outside.path, head.number)


def _not_written(outside: Outside) -> str:
    newest = f"the newest there is number {outside.number}" if outside.number else "none is there yet"
    return f"The head could not be written to {outside.path} ({VARIABLE}; {outside.fault}): {newest}."


def _row(data: bytes) -> Mapping[str, object] | None:
    """What a head's file says; None where it says nothing that we would write."""
    try:
        row = json.loads(data)
        is_ours = type(row["number"]) is int and isinstance(row["hash"], str)
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return row if is_ours else None


def _head(row: Mapping[str, object]) -> Head:
    return Head(int(str(row["number"])), str(row["hash"]), str(row.get("record") or ""))


def _outside(row: Mapping[str, object]) -> Outside:
    """Heads of before there was a file outside have none; one that was changed by hand counts as none."""
    said = row.get("outside")
    try:
        return Outside(**said) if isinstance(said, dict) and type(said["number"]) is int else Outside()
    except (TypeError, KeyError):
        return Outside()
