"""Why a file is not an export we know, in words: what it lacks, and whether a mapping could mend
that.
"""

import re
from collections.abc import Callable, Sequence

from loaders.contracts import LoadOptions
from loaders.errors import LoadError, UnknownFormat, UnreadableFile
from loaders.reading.layout import DAY, Header, Layout, likely_header, split_line
from store.remedies import Remedy

NUMBER = re.compile(
    r"\s*-?[\d,]+(\.\d+)?\s*%?\s*|\s*(\[[a-z]{1,4}\]|\.\.|[-:~*])?\s*", re.IGNORECASE
)
COUNTED = re.compile(
    r"\b(totals?|numbers? of|counts?|rates?|average|mean|median|percent(age)?|per cent|%"
    r"|convicted|sentenced|proceeded)\b",
    re.IGNORECASE,
)
# text of other kinds, and what it is
OTHER_KINDS = {
    r"\s*(\{|\[\s*([{[\"\d]|$))": "JSON",
    r"\s*<(\?xml|[A-Za-z]+[ >])": "XML",
}
SEPARATED = (
    "Save the export as CSV, with the names of its columns in the first line and commas, "
    "semicolons, tabs or upright lines between them."
)
NEEDED = "A row for each case is needed: each crime, each application for an order, each defendant."


def missing(layout: Layout, options: LoadOptions) -> list[str]:
    """The required fields that no column is."""
    if layout.is_wide and len(layout.positions) > 3:
        return []
    gaps = [name for name in layout.format.required if name not in layout.positions]
    for column in layout.format.columns:
        other = column.words if column.may_be_words else column.instead
        if column.name in gaps and other in layout.positions:
            gaps.remove(column.name)
    if options.reference and layout.format.reference in gaps:
        gaps.remove(str(layout.format.reference))
    return gaps


def no_header(
    lines: list[str], layouts: Callable[[Header], list[Layout]], file_name: str
) -> LoadError:
    """Why no line is a header of ours: a page, not a table at all, or a table of something else."""
    first = next((line for line in lines if line.strip()), "")
    if re.match(r"\s*<(!doctype|html)", first, re.IGNORECASE):
        return UnreadableFile(
            f"{file_name} is a web page, not a CSV export. Download the export itself."
        )
    kind = next((what for rule, what in OTHER_KINDS.items() if re.match(rule, first)), None)
    if kind:
        return UnreadableFile(f"{file_name} is {kind}, not CSV text. {SEPARATED}")
    header = likely_header(lines)
    if header is None:
        shown = f" Its first line is {first[:120]!r}." if first.isprintable() else ""
        return UnknownFormat(f"{file_name} has no header of column names.{shown} {SEPARATED}")
    rows = [split_line(line[:20000], header.delimiter) for line in lines[header.last :]]
    return unknown(layouts(header), rows, file_name)


def unknown(layouts: list[Layout], rows: list[list[str]], file_name: str) -> UnknownFormat:
    """What the nearest format lacks; with advice to map only where columns are left that could be
    what is missing.
    """
    nearest = max(layouts, key=lambda layout: len(layout.positions) / len(layout.format.required))
    if not nearest.positions and any(map(DAY.fullmatch, nearest.headers)):
        return UnknownFormat(
            f"{file_name} has no names of columns: its first line is a row like the others. "
            f"{SEPARATED}"
        )
    gaps = missing(nearest, LoadOptions())
    named = ", ".join(f"{name!r}" for name in gaps)
    lacks = f"the column {named}" if len(gaps) == 1 else f"the columns {named}"
    has = ", ".join(repr(header) for header in nearest.headers[:20])
    if _is_table_of_counts(nearest, rows):
        return UnknownFormat(
            f"{file_name} is a table of counts that this program does not know. {NEEDED} Its "
            f"columns: {has}."
        )
    if gaps == [nearest.format.reference]:
        return UnknownFormat(
            f"{file_name} lacks {lacks} of {nearest.format.title}. Its columns: {has}.",
            Remedy("map_reference", field=gaps[0]),
        )
    if not _could_be_mapped(nearest, gaps, rows) and 2 * len(gaps) < len(nearest.format.required):
        return UnknownFormat(
            f"{file_name} is nearly an export of the kind {nearest.format.title}, but lacks "
            f"{lacks}, and none of its columns can be that. Its columns: {has}.",
            Remedy("add_column"),
        )
    if not _could_be_mapped(nearest, gaps, rows):
        return UnknownFormat(
            f"{file_name} is not an export we know: it is a table of counts, or of cases of "
            f"another kind. {NEEDED} "
            f"Nearest: {nearest.format.title}; it lacks {lacks}, and none of its "
            f"columns can be that. Its columns: {has}."
        )
    return UnknownFormat(
        f"{file_name} is not an export we know. Nearest: {nearest.format.title}; it lacks "
        f"{lacks}. Its columns: {has}.",
        Remedy("add_column"),
    )


def _is_table_of_counts(layout: Layout, rows: list[list[str]]) -> bool:
    """Are the columns that are no field of ours numbers, with headers that count?"""
    spare = [at for at in range(len(layout.headers)) if at not in layout.positions.values()]
    counts = [
        at
        for at in spare
        if (cells := _cells(rows, at))
        and all(map(NUMBER.fullmatch, cells))
        and any(map(str.isdigit, "".join(cells)))
    ]
    counted = [at for at in counts if COUNTED.search(layout.headers[at])]
    return bool(counted) and 2 * len(counts) > len(spare) - len(counts) or len(counted) > 2


def _could_be_mapped(layout: Layout, gaps: Sequence[str], rows: list[list[str]]) -> bool:
    """Is there for each missing field a column left over whose cells could be it?

    Without rows nobody can tell.
    """
    spare = {
        at: _cells(rows, at)
        for at, header in enumerate(layout.headers)
        if at not in layout.positions.values() and header.strip()
    }
    if not any(spare.values()):
        return len(spare) >= len(gaps)
    days = [name for name in gaps if name in layout.format.days]
    keys = [
        name for name in gaps if name == layout.format.reference or name in layout.format.persons
    ]
    holds_days = [
        at
        for at, cells in spare.items()
        if cells and sum(map(bool, map(DAY.fullmatch, cells))) * 2 > len(cells)
    ]
    others = [at for at in spare if at not in holds_days]
    holds_keys = [at for at in others if _are_keys(spare[at])]
    return (
        len(holds_days) >= len(days)
        and len(holds_keys) >= len(keys)
        and len(others) >= len(gaps) - len(days)
    )


def _are_keys(cells: list[str]) -> bool:
    """Could these be references or ids: with a digit in each, mostly different?"""
    has_digits = all(
        re.search(r"\d", cell) and not re.fullmatch(r"\d{1,3}(\.\d+)?", cell) for cell in cells
    )
    return bool(cells) and has_digits and 2 * len(set(cells)) > len(cells)


def _cells(rows: list[list[str]], at: int) -> list[str]:
    return [row[at].strip() for row in rows if at < len(row) and row[at].strip()]
