"""Is a file plain? Every row as wide as the header, every quote where a quote may stand, no line break inside one.

Only such a file may be read by position, without a look at each cell. Each line is counted: totals would let a row
that is too short hide behind one that is too long.
"""

from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

CHUNK = 1 << 22
QUOTE = 34
LONGEST_LINE = 100_000  # a longer one has a cell for the careful reader to judge


def is_plain(path: Path, header_line: int, delimiter: str, width: int) -> bool:
    """Do the lines after `header_line` hold exactly `width` cells each, in well-formed quotes?"""
    with path.open("rb") as file:
        list(islice(file, header_line))
        left = b""
        while chunk := file.read(CHUNK):
            cut = chunk.rfind(b"\n") + 1
            if not cut and len(left) + len(chunk) > LONGEST_LINE:
                return False
            if cut and not _has_whole_lines(left + chunk[:cut], delimiter.encode(), width):
                return False
            left = chunk[cut:] if cut else left + chunk
    return not left or _has_whole_lines(left + b"\n", delimiter.encode(), width)


def _has_whole_lines(block: bytes, mark: bytes, width: int) -> bool:
    """Is every line of a block, which ends in a line feed, of the right width? A blank line never is."""
    codes = np.frombuffer(block, dtype=np.uint8)
    ends = np.flatnonzero(codes == 10)
    separators = np.flatnonzero(codes == mark[0])
    lengths = np.diff(ends, prepend=-1)
    if lengths.max() > LONGEST_LINE or (lengths == 1).any() or b"\n\r\n" in block:
        return False
    if b'"' in block:
        inside = _inside_quotes(codes, mark)
        if inside is None or inside[ends].any():
            return False
        separators = separators[~inside[separators]]
    before = np.searchsorted(separators, ends)
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
