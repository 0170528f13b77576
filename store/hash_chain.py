"""Append-only JSON-lines file, each line chained by hash to all that stands before it: the form of
the ledger.

Only the last line may be torn, for a crash can cut nothing else. A second file, the head, holds the
lines of the newest act with the hash of the file before and after each of them: an end that was cut
off is found by it and put back. Lines written before there was a chain are read as they are.
"""

import hashlib
import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from store.errors import RecordDamaged
from store.files import put_in_place

Line = dict[str, Any]
RESTORE = (
    "Nothing was changed, and the figures can be read as before. Restore the whole store from its "
    "newest backup, and load again what came after it."
)
BEFORE = "before"  # in a line: the SHA-256 of every byte that stands before it


@dataclass(frozen=True)
class Head:
    """What stands beside the file: the lines of the newest act, and the file's hash around each."""

    lines: list[str] = field(default_factory=list)
    states: list[str] = field(default_factory=list)  # one more than the lines
    rewritten: str = ""  # the hash of the file that is about to replace this one


@dataclass(frozen=True)
class Content:
    """The whole lines of the file, and what a crash left behind the last of them."""

    lines: list[Line]
    whole: bytes
    torn: bytes
    is_ahead: bool  # lines were written after the head was
    lost: list[str]  # lines that the head holds and the file does not


class ChainedFile:
    """One such file and its head.

    Every method raises RecordDamaged where lines are not as written.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.head_path = path.with_name(f"{path.stem}.head.json")
        self._read: tuple[bytes, Head, Content] | None = None  # the file as it was read last

    def read(self) -> list[Line]:
        """Every whole line, oldest first."""
        return self.content().lines

    def content(self) -> Content:
        """The file, checked line by line and against its head."""
        data = self.path.read_bytes() if self.path.is_file() else b""
        head = self._head()
        if head.lines and _hash(data) == head.states[-1]:
            held = "".join(f"{line}\n" for line in head.lines).encode()
            head = (
                head if data.endswith(held) else Head()
            )  # it is not what was written beside this file
        if self._read is None or self._read[:2] != (data, head):
            self._read = (data, head, self._checked(data, head))
        return self._read[2]

    def _checked(self, data: bytes, head: Head) -> Content:
        end = data.rfind(b"\n") + 1
        whole, torn = data[:end], data[end:]
        if torn and not head.states and _parsed(torn) is not None:
            whole, torn = (
                data + b"\n",
                b"",
            )  # a file of before the chain, whose last line end is lost
        lines, passed = self._lines(whole)
        state = _hash(whole)
        lost: list[str] = []
        is_ahead = False
        if head.states and state not in (head.states[-1], head.rewritten):
            is_ahead = not passed.isdisjoint((head.states[-1], head.rewritten))
            if not is_ahead and state not in head.states:
                raise RecordDamaged(
                    f"{self._name} does not end as it was written: lines of its end were removed "
                    f"or changed. {RESTORE}"
                )
            lost = [] if is_ahead else head.lines[head.states.index(state) :]
        return Content(lines, whole, torn, is_ahead, lost)

    def is_readable(self) -> bool:
        """Whether its lines are as they were written, be its end cut or not."""
        try:
            self.content()
        except RecordDamaged:
            return False
        return True

    def mend(self) -> None:
        """Cut what a crash tore, put back what the head still holds.

        Only under the writer's lock.
        """
        content = self.content()
        if content.torn or content.lost:
            restored = content.whole + "".join(f"{line}\n" for line in content.lost).encode()
            if content.lost and _hash(restored) != self._head().states[-1]:
                raise RecordDamaged(
                    f"{self.head_path.name} holds the end of {self._name} no more. {RESTORE}"
                )
            put_in_place(self.path, restored)

    def append(self, line: Line, is_first_of_act: bool) -> None:
        """Write one line to the disk, then the head. Only under the writer's lock, after `mend`."""
        content = self.content()
        before = _hash(content.whole)
        text = json.dumps(line | {BEFORE: before}, ensure_ascii=False)
        with self.path.open("ab") as file:
            file.write(f"{text}\n".encode())
            file.flush()
            os.fsync(file.fileno())
        self.path.chmod(0o600)
        known = self._head()
        continues = not is_first_of_act and not content.is_ahead and known.states
        lines = [*known.lines, text] if continues else [text]
        states = known.states if continues else [before]
        self._put(Head(lines, [*states, _hash(content.whole + f"{text}\n".encode())]))

    def rewrite(self, lines: list[Line]) -> None:
        """Put other lines in place of all that are there, chained anew: what must be forgotten is
        gone.

        Only under the writer's lock.
        """
        whole = b""
        for line in lines:
            bare = {name: value for name, value in line.items() if name != BEFORE}
            text = json.dumps(bare | {BEFORE: _hash(whole)}, ensure_ascii=False)
            whole += f"{text}\n".encode()
        known = self._head()
        states = known.states or [_hash(self.path.read_bytes())]
        self._put(Head([], states[-1:], _hash(whole)))
        put_in_place(self.path, whole)
        self._put(Head([], [_hash(whole)]))

    def has_head(self) -> bool:
        """Whether there is a head that says how the file ends."""
        self.content()
        return self._read is not None and bool(self._read[1].states)

    def _lines(self, whole: bytes) -> tuple[list[Line], set[str]]:
        """Each line, and the hash of the file before each."""
        lines: list[Line] = []
        passed: set[str] = set()
        chain = hashlib.sha256()
        is_chained = False
        for number, raw in enumerate(whole.split(b"\n")[:-1], 1):
            line = _parsed(raw)
            if line is None:
                raise RecordDamaged(f"Line {number} of {self._name} cannot be read. {RESTORE}")
            if (is_chained or BEFORE in line) and line.get(BEFORE) != chain.hexdigest():
                raise RecordDamaged(
                    f"{self._name} is not as it was written: what stands before line {number} was "
                    f"changed, or that line was. {RESTORE}"
                )
            is_chained = is_chained or BEFORE in line
            lines.append(line)
            passed.add(chain.hexdigest())
            chain.update(raw + b"\n")
        return lines, passed

    def _head(self) -> Head:
        """The head; an empty one where there is none, or none that can be read."""
        try:
            row = json.loads(self.head_path.read_text(encoding="utf-8"))
            head = Head(**row)
            return head if len(head.states) == len(head.lines) + 1 else Head()
        except (OSError, ValueError, TypeError):
            return Head()

    def _put(self, head: Head) -> None:
        put_in_place(self.head_path, json.dumps(vars(head), ensure_ascii=False).encode())

    @property
    def _name(self) -> str:
        return f"{self.path.parent.name}/{self.path.name}"


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _parsed(raw: bytes) -> Line | None:
    try:
        line = json.loads(raw.decode("utf-8"))
    except ValueError:
        return None
    return line if isinstance(line, dict) else None
