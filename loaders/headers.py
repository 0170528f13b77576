"""Which line is the header, what separates the cells, and which format the headers are."""

import csv
import re
from dataclasses import dataclass

from loaders.contracts import ExportFormat, LoadOptions
from loaders.errors import AmbiguousFile, LoadError, UnknownFormat, UnreadableFile
from loaders.formats import BY_NAME, CPS_OUTCOMES, FORMATS, header_key

DELIMITERS = (",", ";", "\t", "|")
SEARCHED_LINES = 60
DAY = re.compile(r"\d{1,4}[-/.](\d{1,2}|[A-Za-z]{3,9})[-/.]\d{1,4}([T ]\d{1,2}:.*)?")
CPS_HEADER = re.compile(r"^Number of (.+?) (Convictions|Unsuccessful)$", re.IGNORECASE)


@dataclass(frozen=True)
class Layout:
    """How the table lies in the file: `positions` maps our field to the column it stands in, from 0."""

    format: ExportFormat
    header_line: int  # physical, from 1
    delimiter: str
    headers: tuple[str, ...]
    positions: dict[str, int]

    @property
    def columns(self) -> dict[str, str]:
        """Our field → their header."""
        return {name: self.headers[position] for name, position in self.positions.items()}

    @property
    def dropped(self) -> list[str]:
        """Their headers that we do not store."""
        used = set(self.positions.values())
        return [header for position, header in enumerate(self.headers) if position not in used and header.strip()]

    @property
    def has_more_columns(self) -> bool:
        """Has the file columns that we do not store, be they without a name?"""
        return len(self.positions) < len([header for header in self.headers if header.strip()]) or any(
            not header.strip() for header in self.headers[:-1]
        )

    @property
    def persons(self) -> list[str]:
        """Our fields of the file that hold ids of persons."""
        return [name for name in self.format.persons if name in self.positions]

    @property
    def is_kept_whole(self) -> bool:
        """Is every column kept as it was sent? Only then may a row be shown whose cells may have moved."""
        return not self.has_more_columns and not self.persons

    @property
    def is_wide(self) -> bool:
        """Do several columns of one line make several rows?"""
        return self.format.is_wide and "month" not in self.positions


def find_layout(lines: list[str], file_name: str, options: LoadOptions) -> Layout:
    """The layout of the table that starts in `lines`; raises a LoadError that says what is missing."""
    formats = [_named(options.format)] if options.format else list(FORMATS)
    best = _best_header(lines, formats, options)
    if best is None:
        raise _no_header(lines, formats, file_name, options)
    number, delimiter, cells = best
    layouts = [_layout(entry, (number, delimiter, cells), options) for entry in formats]
    whole = [layout for layout in layouts if not _missing(layout)]
    if not whole:
        raise _unknown(layouts, file_name)
    whole.sort(key=lambda layout: len(layout.positions), reverse=True)
    if len(whole) > 1 and len(whole[0].positions) == len(whole[1].positions):
        raise AmbiguousFile(
            f"{file_name} could be {whole[0].format.title} or {whole[1].format.title}: say which with --format {whole[0].format.name}."
        )
    _refuse_doubles(whole[0], file_name, options)
    absent = [theirs for theirs in options.header_map if header_key(theirs) not in map(header_key, whole[0].headers)]
    if absent:
        raise UnknownFormat(
            f"{file_name} has no column {absent[0]!r}, which its mapping names. Its columns: {', '.join(whole[0].headers)}."
        )
    _refuse_rows_above(whole[0], lines, file_name)
    strange = [ours for ours in options.header_map.values() if ours not in whole[0].format.names]
    if strange:
        raise UnknownFormat(f"{file_name} is read as {whole[0].format.title}, which has no field {strange[0]!r} for the mapping to name.")
    return whole[0]


def _refuse_rows_above(layout: Layout, lines: list[str], file_name: str) -> None:
    """A row of data above the header is no title: the file is sorted with its header in it, or two files are one."""
    for number, line in enumerate(lines[: layout.header_line - 1], start=1):
        cells = [cell.strip() for cell in split_line(line[:20000], layout.delimiter)]
        if abs(len(cells) - len(layout.headers)) < 2 and sum(bool(DAY.fullmatch(cell)) for cell in cells) and sum(map(bool, cells)) > 2:
            raise UnreadableFile(
                f"{file_name} has rows above its header, the first on line {number}; the header is on line {layout.header_line}. "
                "Put the header first, or load its two parts as two files."
            )


def split_line(line: str, delimiter: str) -> list[str]:
    """The cells of one physical line, leniently: for looking for a header only."""
    return next(csv.reader([line.replace("\r", " ").replace("\0", " ")], delimiter=delimiter), [])


def _named(name: str) -> ExportFormat:
    if name not in BY_NAME:
        raise UnknownFormat(f"There is no format {name!r}; the formats are {', '.join(BY_NAME)}.")
    return BY_NAME[name]


def _best_header(lines: list[str], formats: list[ExportFormat], options: LoadOptions) -> tuple[int, str, tuple[str, ...]] | None:
    """The line, of the first sixty, in which most cells are headers that we know."""
    best: tuple[int, int, str, tuple[str, ...]] | None = None
    for number, line in enumerate(lines[:SEARCHED_LINES], start=1):
        for delimiter in DELIMITERS:
            cells = tuple(cell.strip().lstrip("\ufeff") for cell in split_line(line[:20000], delimiter))
            if len(cells) < 2:
                continue
            known = max(len(_layout(entry, (number, delimiter, cells), options).positions) for entry in formats)
            if known >= 2 and (best is None or known > best[0]):
                best = (known, number, delimiter, cells)
    return best[1:] if best else None


def _layout(entry: ExportFormat, header: tuple[int, str, tuple[str, ...]], options: LoadOptions) -> Layout:
    number, delimiter, cells = header
    mapped = {header_key(theirs): ours for theirs, ours in options.header_map.items()}
    found: dict[str, int] = {}
    taken: set[int] = set()
    keys = [header_key(cell) for cell in cells]
    if entry is CPS_OUTCOMES and sum(bool(CPS_HEADER.match(cell)) for cell in cells) > 2:
        positions = _cps_positions(cells)
        return Layout(entry, number, delimiter, cells, {"area": max(min(positions.values()) - 1, 0)} | positions)
    for position, key in enumerate(keys):
        if key in mapped and mapped[key] in entry.names:
            found[mapped[key]] = position
            taken.add(position)
    for column in entry.columns:
        wanted = [header_key(column.name), *map(header_key, column.synonyms)]
        for position in sorted(range(len(keys)), key=lambda at: wanted.index(keys[at]) if keys[at] in wanted else len(wanted)):
            is_match = keys[position] in wanted or any(re.fullmatch(rule, keys[position]) for rule in column.patterns)
            if is_match and keys[position] and position not in taken and column.name not in found:
                found[column.name] = position
                taken.add(position)
    return Layout(entry, number, delimiter, cells, found)


def _cps_positions(cells: tuple[str, ...]) -> dict[str, int]:
    return {cell: position for position, cell in enumerate(cells) if CPS_HEADER.match(cell) or cell.startswith("Percentage of")}


def _no_header(lines: list[str], formats: list[ExportFormat], file_name: str, options: LoadOptions) -> LoadError:
    """Why no line is a header of ours: a page, not a table at all, or a table of something else."""
    first = next((line for line in lines if line.strip()), "")
    if re.match(r"\s*<(!doctype|html)", first, re.IGNORECASE):
        return UnreadableFile(f"{file_name} is a web page, not a CSV export. Download the export itself.")
    delimiter = max(DELIMITERS, key=first.count)
    cells = tuple(split_line(first, delimiter))
    if len(cells) < 2 or first.lstrip().startswith(("{", "[")):
        return UnknownFormat(f"{file_name} has no header of column names: it is not a CSV export. Its first line is {first[:120]!r}.")
    return _unknown([_layout(entry, (1, delimiter, cells), options) for entry in formats], file_name)


def _missing(layout: Layout) -> list[str]:
    if layout.is_wide and len(layout.positions) > 3:
        return []
    gaps = [name for name in layout.format.required if name not in layout.positions]
    if "offence_code" in gaps and "offence_description" in layout.positions:
        gaps.remove("offence_code")
    return gaps


def _unknown(layouts: list[Layout], file_name: str) -> UnknownFormat:
    nearest = max(layouts, key=lambda layout: len(layout.positions) / len(layout.format.required))
    lacks = ", ".join(f"{name!r}" for name in _missing(nearest))
    has = ", ".join(repr(header) for header in nearest.headers[:20])
    totals = "total" in " ".join(nearest.headers).lower()
    seems = " It seems to be a table of totals, and we need a row for each case." if totals else ""
    return UnknownFormat(
        f"{file_name} is not an export we know.{seems} Nearest: {nearest.format.title}; it lacks the column {lacks}. "
        f"Its columns: {has}. Name them with --map 'Their Header=our_field', or add the column."
    )


def _refuse_doubles(layout: Layout, file_name: str, options: LoadOptions) -> None:
    """The same header twice, or two headers that both could be one field and neither is its exact name."""
    keys = [header_key(header) for header in layout.headers]
    mapped = {header_key(theirs) for theirs in options.header_map}
    for column in layout.format.columns:
        if column.name not in layout.positions:
            continue
        chosen = keys[layout.positions[column.name]]
        if keys.count(chosen) > 1:
            raise UnreadableFile(
                f"{file_name} has a duplicate column: {layout.columns[column.name]!r} stands there twice. Remove one of the two."
            )
        wanted = {header_key(name) for name in (column.name, *column.synonyms)}
        used = set(layout.positions.values())
        rivals = [at for at, key in enumerate(keys) if key in wanted and at not in used]
        if rivals and chosen != header_key(column.name) and chosen not in mapped:
            raise AmbiguousFile(
                f"{file_name} has two columns that could be {column.name}: {layout.columns[column.name]!r} and "
                f"{layout.headers[rivals[0]]!r}. Say which with --map '{layout.columns[column.name]}={column.name}'."
            )
