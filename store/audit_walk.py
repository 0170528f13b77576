"""A walk along the audit record, line by line, from where this process last read it.

Every byte is behind every answer, but only new lines are parsed: what was read before is remembered
in this process (how far, the last hash, a SHA-256 of each file up to there), where nobody who can
write the store's files can reach it. Where the bytes are no longer those, all is read anew. A month
that has ended is not even hashed again while the system says that its file was not touched.
"""

import hashlib
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from store import audit
from store.audit_lines import FIRST, Line, files, hash_of, parsed

MOST = 200  # faults that are told one by one
BLOCK = 1 << 20  # bytes hashed at once
TICK = 2_000_000_000  # nanoseconds in which a second change may leave the times of the first
ACTS = (audit.COLLECTION, audit.ALTERATION, audit.ERASURE)
REBUILT = "rebuilt from the archive"
_remembered: dict[Path, "Walk"] = {}


@dataclass
class Part:
    """One file as far as it was read: bytes, lines, their hash, and what the system said of it."""

    path: Path
    size: int
    stamp: tuple[int, ...]
    lines: int = 0
    digest: Any = field(default_factory=hashlib.sha256)

    def copy(self) -> "Part":
        """The same, to read further without it."""
        return replace(self, digest=self.digest.copy())

    def passed(self, text: bytes, is_ended: bool) -> None:
        """A line was read."""
        whole = text + b"\n" * is_ended
        self.size, self.lines = self.size + len(whole), self.lines + 1
        self.digest.update(whole)


@dataclass
class Walk:
    """The lines as far as they were read, oldest first, and what was wrong with them."""

    number: int = 0
    before: str = FIRST
    count: int = 0
    faults: list[str] = field(default_factory=list)
    untold: int = 0  # faults beyond those told one by one
    acts: set[int] = field(default_factory=set)
    settled: int = 0  # the newest act there was when somebody acknowledged what was missing
    acknowledged: Line | None = None
    seen: Any = field(default_factory=hashlib.sha256)  # of all bytes, as acknowledgements hold it
    parts: list[Part] = field(default_factory=list)

    def copy(self) -> "Walk":
        """The same, to go further without it."""
        walk = replace(self, faults=[*self.faults], acts={*self.acts}, seen=self.seen.copy())
        walk.parts = [part.copy() for part in self.parts]
        return walk

    def take(self, text: bytes, place: str) -> None:
        """Read one line, at a place such as `line 3 of 2026-11.jsonl`."""
        line = parsed(text.decode("utf-8", "replace"))
        if line is None:
            self._blame(f"Where {place} should be is no line of the record.")
        else:
            self._follow(line, f"{place}, number {line.number},")
        self.seen.update(text + b"\n")

    def _follow(self, line: Line, place: str) -> None:
        is_whole = hash_of(line) == line.hash
        is_next = (line.before, line.number) == (self.before, self.number + 1)
        says_why = is_whole and line.kind == audit.FAULT and line.number > self.number
        if not is_next and not says_why:
            self._blame(f"Before {place} something was removed, added or moved.")
        if not is_whole:
            self._blame(f"What stands in {place} is not as it was written.")
        elif line.kind == audit.FAULT:
            self._blame(line.what)
        elif line.kind == audit.ACKNOWLEDGEMENT:
            self._settle(line)
        elif line.snapshot is not None and (line.kind in ACTS or line.what == REBUILT):
            self.acts.add(line.snapshot)
        self.number, self.before, self.count = line.number, line.hash, self.count + 1

    def _settle(self, line: Line) -> None:
        """What was wrong before an acknowledgement is settled while all before it is as it was."""
        if line.seen == self.seen.hexdigest():
            self.faults, self.untold = [], 0
            self.settled, self.acknowledged = max(self.settled, line.snapshot or 0), line
        else:
            where = f"What {line.who} acknowledged in number {line.number}"
            self._blame(f"{where} is not as it was then.")

    def _blame(self, words: str) -> None:
        if len(self.faults) < MOST:
            self.faults.append(words)
        else:
            self.untold += 1


def parts(folder: Path) -> list[Part]:
    """The files of the record as they are now."""
    found = []
    for path in files(folder):
        stat = path.stat()
        stamp = (stat.st_ino, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns)
        found.append(Part(path, stat.st_size, stamp))
    return found


def walked(folder: Path, now: list[Part], is_full: bool) -> Walk:
    """The record read to its end: from where it was read before, if all before is the same."""
    walk = Walk() if is_full else _remembered.get(folder, Walk()).copy()
    if not _is_as_it_was(walk.parts, now):
        walk = Walk()
    torn: tuple[bytes, str] | None = None
    for at, part in enumerate(now):
        if at == len(walk.parts):
            walk.parts.append(Part(part.path, 0, ()))
        mine = walk.parts[at]
        for text, is_ended in _pieces(mine, part.size):
            place = f"line {mine.lines + 1} of {part.path.name}"
            if not is_ended and at == len(now) - 1:
                torn = (text, place)  # its end may be still to come, so it is not remembered
                break
            walk.take(text, place)
            mine.passed(text, is_ended)
        mine.stamp = part.stamp if _has_rested(part.stamp) else ()
    _remembered[folder] = walk
    if torn is None:
        return walk
    beyond = walk.copy()
    beyond.take(*torn)
    return beyond


def _is_as_it_was(before: list[Part], now: list[Part]) -> bool:
    """Do the files begin with the bytes that were read, and did none but the last of them grow?"""
    if [part.path for part in before] != [part.path for part in now[: len(before)]]:
        return False
    for at, (old, new) in enumerate(zip(before, now, strict=False)):
        if old.stamp and old.stamp == new.stamp:
            continue
        if new.size < old.size or (new.size > old.size and at < len(before) - 1):
            return False
        if _digest(old.path, old.size) != old.digest.hexdigest():
            return False
    return True


def _has_rested(stamp: tuple[int, ...]) -> bool:
    """Do the file's times lie far enough back for any later change to show in them?"""
    return time.time_ns() - max(stamp[2:]) > TICK


def _digest(path: Path, size: int) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while size and (data := file.read(min(BLOCK, size))):
            digest.update(data)
            size -= len(data)
    return digest.hexdigest()


def _pieces(part: Part, end: int) -> Iterator[tuple[bytes, bool]]:
    """The lines from where a file was read up to a size; whether each has its end."""
    with part.path.open("rb") as file:
        left = end - file.seek(part.size)
        while left > 0 and (data := file.readline(left)):
            left -= len(data)
            yield data.removesuffix(b"\n"), data.endswith(b"\n")
