"""Is a file plain? Every row as wide as the header, every quote where a quote may stand, no line
break inside one.

Only such a file may be read by position, without a look at each cell. Each line is counted: totals
would let a row that is too short hide behind one that is too long.
"""

import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from loaders.reading.encoding import CONTROL

CHUNK = 1 << 22
QUOTE = 34
LONGEST_LINE = 100_000  # a longer one has a cell for the careful reader to judge


def plain_rows(path: Path, header_line: int, delimiter: str, width: int) -> int | None:
    """How many lines stand after `header_line`, if each holds exactly `width` cells in well-formed
    quotes; else None.
    """
    mark = delimiter.encode()
    marks = {mark[0], 10, QUOTE, *CONTROL} - {9} | {mark[0]}
    rest = bytes(set(range(256)) - marks)
    line = mark * (width - 1) + b"\n"
    ends: set[bool] = set()
    rows = 0
    for block in _blocks(path, header_line, ends):
        if block is None:
            return None
        returns = block.count(b"\r\n") if b"\r" in block else 0
        ends.add(returns > 0)
        if (
            len(ends) > 1
            or (returns and not returns == block.count(b"\n") == block.count(b"\r"))
            or (not returns and b"\r" in block)
        ):
            return None  # line ends of two kinds
        shape = block.translate(None, rest)
        count, odd = divmod(len(shape), len(line))
        is_even = (
            not odd and shape == line * count
        )  # no quote and no control character, every line of the right width
        if not is_even and not _has_whole_lines(block, mark, width):
            return None
        if _has_long_line(block) or _has_empty_row(block, mark, width):
            return None
        if _has_text_mark(block, mark):
            return None
        rows += count if is_even else block.count(b"\n")
    return rows or None


def _blocks(path: Path, header_line: int, ends: set[bool]) -> Iterator[bytes | None]:
    """The file below its header in blocks of whole lines; None where a line is longer than may be.

    `ends`: do lines end in CRLF?
    """
    left = b""
    with path.open("rb") as file:
        for line in islice(file, header_line):
            if b"\r" in line.removesuffix(b"\r\n") or len(line.translate(None, CONTROL)) != len(
                line
            ):
                yield None
                return
            ends.add(line.endswith(b"\r\n"))
        while chunk := file.read(CHUNK):
            cut = chunk.rfind(b"\n") + 1
            if not cut and len(left) + len(chunk) > LONGEST_LINE:
                yield None
                return
            if cut:
                yield left + chunk[:cut]
            left = chunk[cut:] if cut else left + chunk
    if left:
        yield left + (b"\r\n" if ends == {True} else b"\n")


def _has_long_line(block: bytes) -> bool:
    """Is a line longer than may be?

    Looked for in strides, each from one line end to the last within reach.
    """
    at = 0
    while at + LONGEST_LINE < len(block):
        end = block.rfind(b"\n", at, at + LONGEST_LINE)
        if end < 0:
            return True
        at = end + 1
    return False


def _has_empty_row(block: bytes, mark: bytes, width: int) -> bool:
    """Is there a row without a word in any cell, as spreadsheets leave below their last?"""
    gaps = b" \t".replace(mark, b"")
    first = gaps + b'"' + mark
    if block[:1] not in first and not re.search(b"\n[" + first + b"]", block):
        return False  # nearly always, and found out in a tenth of the time
    cell = b'(?:[%s]|"[%s]*")*' % (gaps, gaps)
    cells = cell + (re.escape(mark) + cell) * (width - 1)
    return re.search(rb"(?m)^" + cells + rb"\r?$", block) is not None


def _has_text_mark(block: bytes, mark: bytes) -> bool:
    """Does a cell begin as a spreadsheet says that it is text: with =" or an apostrophe?

    A single byte is looked for first, which is found out ten times as fast.
    """
    return (b"=" in block and b'="' in block) or (
        b"'" in block and (mark + b"'" in block or b"\n'" in block)
    )


def _has_whole_lines(block: bytes, mark: bytes, width: int) -> bool:
    """Is every line of a block with quotes in it, which ends in a line feed, of the right width?"""
    codes = np.frombuffer(block, dtype=np.uint8)
    if b'"' not in block or len(block.translate(None, CONTROL)) != len(block):
        return False
    if block.startswith((b"\n", b"\r\n")) or b"\n\n" in block or b"\n\r\n" in block:
        return False
    ends = np.flatnonzero(codes == 10)
    separators = np.flatnonzero(codes == mark[0])
    inside = _inside_quotes(codes, mark)
    if inside is None or inside[ends].any():
        return False
    before = np.searchsorted(separators[~inside[separators]], ends)
    return bool((np.diff(before, prepend=0) == width - 1).all())


def _inside_quotes(codes: NDArray[np.uint8], mark: bytes) -> NDArray[np.bool_] | None:
    """Which bytes stand inside quotes; None where a quote stands where none may."""
    at = np.flatnonzero(codes == QUOTE)
    if len(at) % 2:
        return None
    opening, closing = at[0::2], at[1::2]
    may_precede = np.isin(codes[opening - 1], (mark[0], 10, QUOTE)) | (opening == 0)
    may_follow = np.isin(codes[closing + 1], (mark[0], 10, 13, QUOTE))
    if not (may_precede.all() and may_follow.all()):
        return None
    steps = np.zeros(len(codes), dtype=np.int8)
    steps[opening] = 1
    steps[closing] = -1
    inside: NDArray[np.bool_] = np.cumsum(steps, dtype=np.int8) == 1
    return inside
