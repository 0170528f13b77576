"""Is a file plain? Every row as wide as the header, every quote where a quote may stand, no line break inside one.

Only such a file may be read by position without looking at each cell: DuckDB's reader, asked to be strict, refuses
a row that is too short, and the count of separators leaves no room for one that is too long.
"""

from itertools import islice
from pathlib import Path

import numpy as np

CHUNK = 1 << 23
QUOTE = 34
LONGEST_LINE = 100_000  # a longer one has a cell for the careful reader to judge


def is_plain(path: Path, header_line: int, delimiter: str, width: int) -> bool:
    """Do the lines after `header_line` hold exactly `width` cells each, as far as bytes can tell?"""
    lines = separators = 0
    mark = delimiter.encode()
    with path.open("rb") as file:
        list(islice(file, header_line))
        left = b""
        while chunk := file.read(CHUNK):
            cut = chunk.rfind(b"\n") + 1
            if not cut:
                return False
            block, left = left + chunk[:cut], chunk[cut:]
            hidden = _separators_in_quotes(block, mark) if b'"' in block else 0
            if hidden is None or _longest_line(block) > LONGEST_LINE or b"\n\n" in block or b"\n\r\n" in block:
                return False
            lines += block.count(b"\n")
            separators += block.count(mark) - hidden
        if len(left) > LONGEST_LINE:
            return False
        if left:
            hidden = _separators_in_quotes(left + b"\n", mark)
            if hidden is None:
                return False
            lines += 1
            separators += left.count(mark) - hidden
    return separators == lines * (width - 1)


def _longest_line(block: bytes) -> int:
    ends = np.flatnonzero(np.frombuffer(block, dtype=np.uint8) == 10)
    return int(np.diff(ends, prepend=-1).max())


def _separators_in_quotes(block: bytes, mark: bytes) -> int | None:
    """How many separators of whole lines stand inside quotes; None where a quote stands where none may."""
    codes = np.frombuffer(block, dtype=np.uint8)
    at = np.flatnonzero(codes == QUOTE)
    if len(at) % 2:
        return None
    opening, closing = at[0::2], at[1::2]
    may_precede = np.isin(codes[opening - 1], (mark[0], 10, QUOTE)) | (opening == 0)
    may_follow = np.isin(codes[closing + 1], (mark[0], 10, 13, QUOTE))
    if not (may_precede.all() and may_follow.all()):
        return None
    if not (closing - opening > 1).any():
        return 0
    steps = np.zeros(len(codes), dtype=np.int8)
    steps[opening] = 1
    steps[closing] = -1
    inside = codes[np.cumsum(steps, dtype=np.int8) == 1]
    return None if (inside == 10).any() else int((inside == mark[0]).sum())
