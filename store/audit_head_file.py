"""Files that hold a head of the audit record: `head.json` beside the lines, one on another disk."""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from store.audit_lines import FIRST
from store.files import put_in_place

VARIABLE = "VAWG_AUDIT_HEAD"
MOST = 4096  # bytes of a head; what is longer is another file


@dataclass(frozen=True)
class Head:
    """A line's number and hash, and the hash of the first line, which tells records apart."""

    number: int = 0
    hash: str = FIRST
    record: str = ""


@dataclass(frozen=True)
class Outside:
    """What `head.json` says of the file on another disk: its path, number and last fault."""

    path: str = ""
    number: int = 0
    fault: str = ""


def read_start(path: Path) -> bytes:
    """The first bytes of a file; what is none, such as a pipe without a writer, is not opened."""
    path.stat()
    if not path.is_file():
        return b""
    with path.open("rb") as file:
        return file.read(MOST)


def written_outside(outside: Outside, head: Head) -> Outside:
    """The head on another disk, written if it can be; what came of that."""
    try:
        put_in_place(Path(outside.path), json.dumps(asdict(head)).encode())
    except OSError as problem:
        return Outside(outside.path, outside.number, os.strerror(problem.errno or 5))
    return Outside(outside.path, head.number)


def not_written(outside: Outside) -> str:
    """The sentence for a head that could not be written."""
    number = outside.number
    newest = f"the newest there is number {number}" if number else "none is there yet"
    words = f"The head could not be written to {outside.path}"
    return f"{words} ({VARIABLE}; {outside.fault}): {newest}."


def row_of(data: bytes) -> Mapping[str, object] | None:
    """What a head's file says; None where it says nothing that we would write."""
    try:
        row = json.loads(data)
        is_ours = type(row["number"]) is int and isinstance(row["hash"], str)
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return row if is_ours else None


def head_of(row: Mapping[str, object]) -> Head:
    """The head in a file that says one."""
    return Head(int(str(row["number"])), str(row["hash"]), str(row.get("record") or ""))


def outside_of(row: Mapping[str, object]) -> Outside:
    """Heads of before there was a file outside have none; one changed by hand counts as none."""
    said = row.get("outside")
    try:
        is_ours = isinstance(said, dict) and type(said["number"]) is int
        return Outside(**said) if isinstance(said, dict) and is_ours else Outside()
    except (TypeError, KeyError):
        return Outside()
