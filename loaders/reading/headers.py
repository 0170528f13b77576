"""Which line is the header, what separates the cells, and which format the headers are."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from loaders.contracts import ExportFormat, LoadOptions
from loaders.errors import AmbiguousFile, UnknownFormat, UnreadableFile
from loaders.formats import BY_NAME, FORMATS, header_key
from loaders.reading.layout import DAY, DELIMITERS, Header, Layout, split_line
from loaders.reading.rival_columns import choose
from loaders.reading.unknown_headers import missing, no_header, unknown
from store.remedies import Remedy

__all__ = ["DELIMITERS", "SEARCHED_LINES", "Layout", "find_layout", "split_line"]

SEARCHED_LINES = 60
MOST_COLUMNS = 1000
MOST_BREAKS = 40  # lines that one header may take


def find_layout(lines: list[str], file_name: str, options: LoadOptions) -> Layout:
    """The layout of the table that starts in `lines`; raises a LoadError that
    says what is missing.
    """
    _refuse_too_wide(lines, file_name)
    formats = [_named(options.format)] if options.format else list(FORMATS)
    header = _best_header(lines, formats, options)
    if header is None:
        raise no_header(
            lines, lambda header: [_layout(entry, header, options) for entry in formats], file_name
        )
    layouts = [_layout(entry, header, options) for entry in formats]
    rows = [split_line(line[:20000], header.delimiter) for line in lines[header.last :]]
    whole = [layout for layout in layouts if not missing(layout, options)]
    if not whole:
        raise unknown(layouts, rows, file_name)
    whole.sort(key=lambda layout: len(layout.positions), reverse=True)
    if len(whole) > 1 and len(whole[0].positions) == len(whole[1].positions):
        raise AmbiguousFile(
            f"{file_name} could be {whole[0].format.title} or {whole[1].format.title}.",
            Remedy("format", value=whole[0].format.name),
        )
    _refuse_strange_map(whole[0], file_name, options)
    _refuse_rows_above(whole[0], lines, file_name)
    found = _without_loose_end(choose(whole[0], rows, file_name, options), rows)
    return _with_unnamed(found, rows)


def _without_loose_end(layout: Layout, rows: list[list[str]]) -> Layout:
    """The layout without a separator at the end of its header that no row has."""
    *headers, last = layout.headers
    widths = {len(row) for row in rows if any(map(str.strip, row))}
    if last.strip() or widths != {len(headers)} or len(headers) in layout.positions.values():
        return layout
    return replace(layout, headers=tuple(headers))


def _with_unnamed(layout: Layout, rows: list[list[str]]) -> Layout:
    """The layout with a word of warning where a column that has cells has no name."""
    used = set(layout.positions.values())
    unnamed = [
        str(at + 1)
        for at, header in enumerate(layout.headers)
        if not header.strip()
        and at not in used
        and any(map(str.strip, (cell for row in rows for cell in row[at : at + 1])))
    ]
    if not unnamed:
        return layout
    which = "Column" if len(unnamed) == 1 else "Columns"
    verbs = ("has", "was") if len(unnamed) == 1 else ("have", "were")
    words = (
        f"{which} {', '.join(unnamed)} {verbs[0]} no name in the header and {verbs[1]} not stored."
    )
    return replace(layout, notes=(*layout.notes, words))


def _refuse_strange_map(layout: Layout, file_name: str, options: LoadOptions) -> None:
    """A mapping that names a column or a field that is not there."""
    absent = [
        theirs
        for theirs in options.header_map
        if header_key(theirs) not in map(header_key, layout.headers)
    ]
    if absent:
        raise UnknownFormat(
            f"{file_name} has no column {absent[0]!r}, which its mapping names. Its columns: "
            f"{', '.join(layout.headers)}."
        )
    strange = [ours for ours in options.header_map.values() if ours not in layout.format.names]
    if strange:
        raise UnknownFormat(
            f"{file_name} is read as {layout.format.title}, which has no field {strange[0]!r} for "
            "the mapping to name."
        )


def _refuse_too_wide(lines: list[str], file_name: str) -> None:
    """A table as wide as this is a matrix, or a sheet with stray cells far to the right."""
    widths = [max(map(line.count, DELIMITERS)) + 1 for line in lines if line.strip()]
    if sum(width > MOST_COLUMNS for width in widths) * 2 > len(widths):
        raise UnreadableFile(
            f"{file_name} has {max(widths):,} columns, and no export has more than "
            f"{MOST_COLUMNS:,}. Export only those that are needed."
        )


def _refuse_rows_above(layout: Layout, lines: list[str], file_name: str) -> None:
    """A row of data above the header is no title: the file is sorted with its header in it, or two
    files are one.
    """
    for number, line in enumerate(lines[: layout.first_line - 1], start=1):
        cells = [cell.strip() for cell in split_line(line[:20000], layout.delimiter)]
        if abs(len(cells) - len(layout.headers)) < 2 and _is_data(cells, layout):
            raise UnreadableFile(
                f"{file_name} has rows above its header, the first on line {number}; the header "
                f"is on line {layout.header_line}. "
                "Put the header first, or load its two parts as two files."
            )


def _is_data(cells: list[str], layout: Layout) -> bool:
    """Has a line what a row has: days where days belong, and in its other needed fields something
    that is neither a day nor a title?
    """
    placed = {name: cells[at] for name, at in layout.positions.items() if at < len(cells)}
    days = [placed.get(name, "") for name in layout.format.days]
    needed = [
        placed.get(name, "")
        for name in layout.format.required
        if name not in layout.format.days and "outcome" not in name
    ]
    return any(map(DAY.fullmatch, days)) and all(
        cell and not cell.endswith(":") and not DAY.fullmatch(cell) for cell in needed
    )


def _named(name: str) -> ExportFormat:
    if name not in BY_NAME:
        raise UnknownFormat(f"There is no format {name!r}; the formats are {', '.join(BY_NAME)}.")
    return BY_NAME[name]


def _best_header(
    lines: list[str], formats: list[ExportFormat], options: LoadOptions
) -> Header | None:
    """The line, of the first sixty, in which most cells are headers that we know."""
    best: tuple[int, Header] | None = None
    for first, last, text in _header_lines(lines[:SEARCHED_LINES]):
        for delimiter in DELIMITERS:
            cells = tuple(
                cell.strip().lstrip("\ufeff") for cell in split_line(text[:20000], delimiter)
            )
            if len(cells) < 2:
                continue
            header = Header(first, last, delimiter, cells)
            known = max(len(_layout(entry, header, options).positions) for entry in formats)
            if known >= 2 and (best is None or known > best[0]):
                best = (known, header)
    return best[1] if best else None


def _header_lines(lines: list[str]) -> Iterator[tuple[int, int, str]]:
    """Each line; and where a quote stays open on it, the lines up to the one
    that closes it as one.
    """
    for at, line in enumerate(lines):
        yield at + 1, at + 1, line
        if line.count('"') % 2:
            text = line
            for used, more in enumerate(lines[at + 1 : at + MOST_BREAKS], start=2):
                text = f"{text} {more.strip()}"
                if text.count('"') % 2 == 0:
                    yield at + 1, at + used, text
                    break


def _layout(export_format: ExportFormat, header: Header, options: LoadOptions) -> Layout:
    cells = header.cells
    mapped = {header_key(theirs): ours for theirs, ours in options.header_map.items()}
    found: dict[str, int] = {}
    taken: set[int] = set()
    keys = [header_key(cell) for cell in cells]
    if export_format.wide and (positions := export_format.wide.positions(cells)):
        return Layout(export_format, header.last, header.delimiter, cells, positions, header.first)
    for position, key in enumerate(keys):
        if key in mapped and mapped[key] in export_format.names:
            found[mapped[key]] = position
            taken.add(position)
    for column in export_format.columns:
        ranks = _ranks(column.name, column.synonyms)
        matches = [
            at
            for at, key in enumerate(keys)
            if key in ranks
            or (column.patterns and any(re.fullmatch(rule, key) for rule in column.patterns))
        ]
        for position in sorted(matches, key=lambda at: ranks.get(keys[at], len(ranks))):
            if keys[position] and position not in taken and column.name not in found:
                found[column.name] = position
                taken.add(position)
    return Layout(export_format, header.last, header.delimiter, cells, found, header.first)


@cache
def _ranks(name: str, synonyms: tuple[str, ...]) -> dict[str, int]:
    """The place of each spelling of a field, by its key: the surest come first."""
    keys = dict.fromkeys(map(header_key, (name, *synonyms)))
    return {key: at for at, key in enumerate(keys)}
