"""The careful reader: cell by cell, every record checked against the header, every oddity with its
line.

For files in which a quick reader could go wrong without a word. It writes what it read as a clean
file in our own field names, so that everything after it is the same whichever reader was used.
"""

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import md5
from io import StringIO
from pathlib import Path

from loaders.reading.encoding import Received, lines_of
from loaders.reading.layout import Layout

EXAMPLE = "EXAMPLE ROW"  # with which the first cell of an example row of a template begins
LONGEST_CELL = 100_000
LONGEST_RECORD_LINES = 200
SENT_SHOWN = 500
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
TEXT_MARK = re.compile(r"""="([^"]*)"\s*|'(\d.*)""", re.DOTALL)
Held = Callable[[str], set[str]]  # what the store holds already in one of our fields
csv.field_size_limit(1 << 24)


@dataclass(frozen=True)
class Record:
    """One record: the physical line it starts on, its cells, or what is wrong with it."""

    line: int
    cells: list[str]
    problem: str | None = None
    sent: str | None = None


def read_records(received: Received, layout: Layout) -> Iterator[Record]:
    """Every record below the header, blank ones too (no cells)."""
    raw = list(lines_of(received.path))
    while raw and not raw[-1].strip(b"\0\r"):
        if b"\0" in raw.pop():
            received.warnings.append(
                "The file ends in zero bytes, as after an interrupted copy: check that its last "
                "rows are there."
            )
    lines = [_decode(line) for line in raw]
    width = _width(lines[layout.header_line :], layout)
    if width > len(layout.headers):
        received.warnings.append(
            "Every row ends in one separator more than the header: check that no cell has moved."
        )
    at = layout.header_line
    while at < len(lines):
        text, used = _record_at(lines, at, layout.delimiter, width)
        yield _judge(at + 1, text, layout, width, received.has_undefined)
        at += used


def write_clean(received: Received, layout: Layout, target: Path, held: Held) -> tuple[int, int]:
    """Write the records as a clean CSV of line, problem, sent and our fields; the number of
    records, and of blank ones among them.
    """
    fields = layout.format.names
    count = blank = 0
    with target.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n")
        for record in read_records(received, layout):
            count += 1
            if record.problem:
                sent = _ours(record.sent or "", layout)
                out.writerow(
                    [
                        record.line,
                        record.problem,
                        sent,
                        *_key_cells(record.sent or "", layout, held),
                        *([""] * layout.format.has_split),
                    ]
                )
            elif not any(cell.strip() for cell in record.cells):
                blank += 1
            elif layout.is_wide:
                out.writerows([record.line, "", "", *row] for row in layout.rows_of(record.cells))
            else:
                plain = list(map(_as_text, record.cells))
                cells = [
                    plain[layout.positions[name]] if name in layout.positions else ""
                    for name in fields
                ]
                out.writerow([record.line, "", "", *cells, *_split_of(plain, layout)])
    return count, blank


def _as_text(cell: str) -> str:
    """A cell without what tells a spreadsheet that it is text: ="01", or an apostrophe before a
    digit.
    """
    if cell[:1] not in ("=", "'"):
        return cell
    found = TEXT_MARK.fullmatch(cell)
    return (found[1] or found[2]) if found else cell


def _split_of(cells: Sequence[str], layout: Layout) -> list[str]:
    """What tells rows of one count apart in columns that are not stored, as a hash."""
    if not layout.format.has_split:
        return []
    splitting = [cells[position] for position in layout.splitting]
    text = "|".join(splitting)
    return [md5(text.encode(), usedforsecurity=False).hexdigest() if splitting else ""]


def _ours(sent: str, layout: Layout) -> str | None:
    """What may be kept of a row that could not be read: nothing where the file has columns that we
    do not store as sent.
    """
    if not layout.is_kept_whole:
        return None
    return layout.delimiter.join(sent.split(layout.delimiter)[: len(layout.headers)])[:SENT_SHOWN]


def _key_cells(sent: str, layout: Layout, held: Held) -> list[str]:
    """The cells that name the thing of a row that could not be read, where they stand: a full
    extract does hold that thing.

    In such a row any text may stand there. Where that may be text which we do not store, it is kept
    only if the store holds it already; a person's id will be hashed.
    """
    cells = sent.split(layout.delimiter)
    found = {
        name: cells[layout.positions[name]].strip('"')
        for name in layout.format.thing
        if name in layout.format.names and layout.positions.get(name, len(cells)) < len(cells)
    }
    is_free = layout.is_kept_whole
    kept = {
        name: cell
        for name, cell in found.items()
        if is_free or name in layout.persons or cell.strip() in held(name)
    }
    return [kept.get(name, "") for name in layout.format.names]


def _decode(line: bytes) -> str | None:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _width(lines: list[str | None], layout: Layout) -> int:
    """How many cells a row has: the header's number, or one more where every row ends in a
    delimiter.
    """
    width = len(layout.headers)
    counts = Counter(
        (len(cells), cells[-1] == "")
        for line in lines[:2000]
        if line
        and line.strip()
        and (cells := _split(line.removesuffix("\r"), layout.delimiter)) is not None
    )
    total = sum(counts.values())
    return width + 1 if total and counts[(width + 1, True)] == total else width


def _split(text: str, delimiter: str) -> list[str] | None:
    """The cells of a record, strictly; None where its quotes do not close or
    have text after them.
    """
    if '"' not in text:
        return text.split(delimiter)
    try:
        rows = list(csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        return None
    return rows[0] if len(rows) == 1 else None


def _record_at(
    lines: list[str | None], at: int, delimiter: str, width: int
) -> tuple[str | None, int]:
    """The text of the record that starts on line `at`, and how many lines it takes.

    A quoted cell may hold line breaks. It is followed only while it ends in a record of the right
    width and none of the lines it would swallow is a whole record itself: else the quote was never
    closed.
    """
    text = lines[at]
    first = None if text is None else text.removesuffix("\r")
    if first is None or text is None or '"' not in first or _split(first, delimiter) is not None:
        return first, 1
    for used in range(2, LONGEST_RECORD_LINES):
        more = lines[at + used - 1] if at + used - 1 < len(lines) else None
        if more is None or len(text) > LONGEST_CELL * 4:
            break
        if '"' not in more and len(more.split(delimiter)) == width:
            break
        text = f"{text}\n{more}"
        cells = _split(text.removesuffix("\r"), delimiter)
        if cells is not None:
            return (text.removesuffix("\r"), used) if len(cells) == width else (first, 1)
    return first, 1


def is_example(line: str) -> bool:
    """Is it an example row of a template?"""
    return line.lstrip(' "\t').upper().startswith(EXAMPLE)


def _judge(line: int, text: str | None, layout: Layout, width: int, has_undefined: bool) -> Record:
    """The record of one text, or the first thing that is wrong with it."""
    if text is None:
        return Record(line, [], "bad_encoding", "")
    header = [cell.strip() for cell in layout.headers]
    cells = _split(text, layout.delimiter)
    if cells is None:
        return Record(line, [], "broken_quote", text)
    if all(not cell.strip() for cell in cells):
        return Record(line, [])
    faults = (
        ("example_row", is_example(text)),
        ("bad_encoding", "\ufffd" in text and has_undefined),
        ("ragged_row", len(cells) != width or (width > len(header) and cells[-1] != "")),
        ("long_cell", max(map(len, cells)) > LONGEST_CELL),
        ("control_character", CONTROL.search(text) is not None),
        (
            "header_repeated",
            [" ".join(cell.split()) for cell in cells[: len(header)]]
            == [" ".join(cell.split()) for cell in header],
        ),
    )
    problem = next((name for name, is_so in faults if is_so), None)
    return Record(
        line, [] if problem else cells, problem, CONTROL.sub("\ufffd", text) if problem else None
    )
