"""Heads of the audit record: number and hash of its newest line, so that no cut can be hidden.

They are kept in three places: beside the lines (`head.json`), in the memory of each process that
wrote or looked, and in the file that VAWG_AUDIT_HEAD names, on another disk. Whoever writes a line
compares them first. A head is never lowered: where one knows of more lines than there are, the
record says so in a line of its own and goes on behind the highest number that was ever given.
"""

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path

from store.audit_head_file import (
    VARIABLE,
    Head,
    Outside,
    head_of,
    not_written,
    outside_of,
    read_start,
    row_of,
    written_outside,
)
from store.audit_lines import FIRST, LONGEST, Line, newest_first, oldest
from store.files import put_in_place

SHOWN = 16  # characters of a hash that a sentence quotes
_seen: dict[Path, Head] = {}  # the newest line that this process knows of, by store


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
    """The end of the lines compared with every head that is known. Only under the record's lock."""
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


def keep(standing: Standing, folder: Path, line: Line) -> None:
    """Keep the head of a line just written: outside first, for `head.json` says how that went."""
    standing.tail = line
    standing.newest = Head(line.number, line.hash, standing.newest.record or line.hash)
    if standing.is_written_outside:
        standing.outside = written_outside(standing.outside, standing.newest)
    keep_inside(standing, folder)
    _seen[folder] = standing.newest


def keep_inside(standing: Standing, folder: Path) -> None:
    """Write `head.json`."""
    row = asdict(standing.newest) | {"outside": asdict(standing.outside)}
    put_in_place(folder / "audit" / "head.json", json.dumps(row).encode())
    standing.inside = standing.newest


def remember(standing: Standing, folder: Path) -> None:
    """Keep in this process's memory what it was shown: put back later, it is told."""
    if not standing.harm:
        _seen[folder] = standing.newest


def is_known(folder: Path, head: Head) -> bool:
    """Does the record hold this line, or name it as removed?

    Of what is missing between two lines the chain itself tells.
    """
    later = None
    for line in newest_first(folder):
        if line.number <= head.number:
            return line.number < head.number or head.hash in (line.hash, later)
        later = line.before
    return True


def _look_inside(standing: Standing, folder: Path) -> None:
    try:
        data = (folder / "audit" / "head.json").read_bytes()
    except FileNotFoundError:
        if standing.tail.number > 1:  # after the first line, a crash may have come before its head
            lines = standing.tail.number
            standing.blame(f"The record's head.json was removed: {lines} lines had been written.")
        return
    row = row_of(data)
    if row is None:
        standing.blame("The record's head.json cannot be read: it was cut, emptied or overwritten.")
        return
    head, standing.outside = head_of(row), outside_of(row)
    standing.inside = head
    behind = standing.tail.number - head.number
    if behind > 1:
        ends = f"it ends at {head.number}, the record at {standing.tail.number}"
        standing.blame(f"An old copy of head.json was put back: {ends}.")
    elif behind == 1 and standing.tail.before != head.hash:
        last = standing.tail.number
        standing.blame(f"Number {last} does not follow number {head.number} as it was written.")
    else:
        _compare(standing, head, folder)


def _compare(standing: Standing, head: Head, folder: Path) -> None:
    """One head with the lines there are."""
    if head.number > standing.tail.number:
        where = f"The record ends at number {standing.tail.number}, but {head.number} were written"
        standing.blame(f"{where}: its end was cut off, or an old copy was put back.")
        standing.raise_to(head)
    elif not is_known(folder, head):
        begins = head.hash[:SHOWN]
        standing.blame(f"Number {head.number} is not the line written, whose hash begins {begins}.")
        standing.raise_to(head)


def _look_outside(standing: Standing, folder: Path, path: Path) -> None:
    """The head on another disk. A file that we did not write is left as it is."""
    if Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder)):
        words = f"{VARIABLE} names a file in the store itself, {path}"
        standing.trouble.append(f"{words}: name one on another disk.")
        return
    before = standing.outside if standing.outside.path == str(path) else Outside(str(path))
    standing.outside = before
    if before.fault:
        standing.trouble.append(not_written(before))
    try:
        row = row_of(read_start(path))
    except FileNotFoundError:
        _missing_outside(standing, path)
        return
    except OSError as problem:
        words = f"The head in {path} ({VARIABLE}) cannot be read"
        why = os.strerror(problem.errno or 5)
        standing.trouble.append(f"{words} ({why}): see that its disk is there.")
        return
    if row is None:
        words = f"{path} ({VARIABLE}) holds no head of a record"
        standing.trouble.append(f"{words}: name another file, or remove this one.")
        return
    _compare_outside(standing, folder, head_of(row))


def _compare_outside(standing: Standing, folder: Path, head: Head) -> None:
    path, before = standing.outside.path, standing.outside.number
    if head.record and head.record != standing.newest.record:
        standing.lasting.append(
            f"{path} ({VARIABLE}) holds the head of another record, at number {head.number}: this "
            "record was begun anew, or that file is another store's. Then name another; once "
            "acknowledged, it is written over."
        )
        return
    standing.is_written_outside = True
    if head.number < before:
        words = f"An old copy of the head was put back in {path}"
        standing.blame(f"{words}: number {head.number}, where {before} was written.")
    _compare(standing, head, folder)


def _missing_outside(standing: Standing, path: Path) -> None:
    if not path.parent.is_dir():
        words = f"There is no folder {path.parent} for the head ({VARIABLE})"
        standing.trouble.append(f"{words}: see that its disk is there.")
    elif standing.outside.number:
        standing.lasting.append(
            f"There is no head in {path} ({VARIABLE}), where number {standing.outside.number} was "
            "written: see that its disk is there. If the file was removed, acknowledge that; then "
            "it is written anew."
        )
    else:
        standing.is_written_outside = True
