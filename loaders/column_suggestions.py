"""For a file whose headers are not ours: which of its columns is likely which of our fields, by
name and by what is in it.
"""

import csv
import difflib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from loaders.contracts import Column, ExportFormat, LoadOptions
from loaders.errors import LoadError
from loaders.formats import BY_NAME, FORMATS, VALUE_LISTS, header_key
from loaders.reading.encoding import receive
from loaders.reading.headers import find_layout
from loaders.reading.layout import likely_header, split_line
from loaders.reading.staging import first_lines
from loaders.reading.temporary_files import TemporaryFiles
from loaders.reading.unpacking import Source, unpacked
from store.writer import REFERENCE, Store

SAMPLE = 200
# below the first nothing is proposed; from the second on a name alone tells
SURE, CLEAR = (0.55, 0.8)
DAY = re.compile(
    r"\s*(\d{1,2}[-/. ](\d{1,2}|[A-Za-z]{3,9})[-/. ]\d{2,4}|\d{4}-\d{2}-\d{2}|[2-6]\d{4})"
    r"([T ]\d{1,2}:.*)?\s*"
)
REFERENCE_SHAPE = re.compile(r"\s*(?=.*\d)[\w/.-]{4,30}\s*")


@dataclass(frozen=True)
class Proposal:
    """A first look at a file: its columns, a few rows, and for each of our fields the column it is
    likely to be.
    """

    format: ExportFormat
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    likely: dict[str, str]


def propose(store: Store, source: Source, options: LoadOptions) -> Proposal | None:
    """A first look at `source`, as `options.format`, as what it is or else as the nearest; None
    where it has no columns. Raises LoadError.
    """
    with store.workspace() as work, TemporaryFiles(work) as room:
        (first, *_) = unpacked([source], room, options.sheet)
        lines = first_lines(receive(first.path, first.file_name, room))
    table = _table(lines)
    if table is None:
        return None
    headers, rows = table
    wanted = BY_NAME.get(options.format or "") or _recognised(lines, first.file_name, options)
    guesses = [
        (export_format, _likely(export_format, headers, rows))
        for export_format in (
            [wanted]
            if wanted
            else [export_format for export_format in FORMATS if not export_format.is_register]
        )
    ]
    export_format, likely = max(
        guesses,
        key=lambda guess: (
            sum(name in guess[1] for name in guess[0].required) / len(guess[0].required)
        ),
    )
    return Proposal(export_format, headers, rows, likely)


def _recognised(lines: list[str], file_name: str, options: LoadOptions) -> ExportFormat | None:
    """What a file is that was refused for something else than its columns."""
    try:
        return find_layout(lines, file_name, options).format
    except LoadError:
        return None


def _table(lines: Sequence[str]) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]] | None:
    """The likeliest header, and the rows below it that are as wide."""
    header = likely_header(lines)
    if header is None:
        return None
    cells = [split_line(line[:20000], header.delimiter) for line in lines[header.last :]]
    rows = [tuple(row) for row in cells if len(row) == len(header.cells)]
    return header.cells, tuple(rows[:SAMPLE])


def _likely(
    export_format: ExportFormat, headers: tuple[str, ...], rows: tuple[tuple[str, ...], ...]
) -> dict[str, str]:
    """Our fields with their likeliest headers: the surest pair first, each column once."""
    scores = []
    for at, header in enumerate(headers):
        cells = [row[at].strip() for row in rows if row[at].strip()]
        holds_days = _holds_days(cells)
        for column in export_format.columns:
            name, content = _by_name(column, header), _by_content(column, cells)
            if (column.is_day and name < CLEAR) or (not column.is_day and holds_days):
                continue  # days are told apart by what they are called, or else by their order
            score = (
                0.8 * name
                if content is None
                else 0.6 * name + 0.4 * content
                if name > 0.5
                else content * 0.7
            )
            scores.append((score, column.name, header))
    found: dict[str, str] = {}
    for score, field, header in sorted(scores, key=lambda one: -one[0]):
        if score >= SURE and field not in found and header not in found.values() and header:
            found[field] = header
    return found | _days_in_order(export_format, headers, rows, found)


def _days_in_order(
    export_format: ExportFormat,
    headers: tuple[str, ...],
    rows: tuple[tuple[str, ...], ...],
    found: dict[str, str],
) -> dict[str, str]:
    """The columns of days with no telling name, from the left, for the days of the format that have
    none, in its order.
    """
    fields = [name for name in export_format.days if name not in found]
    filled = {
        header: [row[at].strip() for row in rows if row[at].strip()]
        for at, header in enumerate(headers)
    }
    columns = [
        header
        for header, cells in filled.items()
        if header and header not in found.values() and _holds_days(cells)
    ]
    return dict(zip(fields, columns, strict=False))


def _holds_days(cells: list[str]) -> bool:
    return bool(cells) and sum(
        bool(DAY.fullmatch(cell)) and not cell.isdigit() for cell in cells
    ) > 0.8 * len(cells)


def _by_name(column: Column, header: str) -> float:
    """How much a header looks like the field's own name or a synonym, 0 to 1; a name within a
    longer one is nearly as good.
    """
    key, words = header_key(header), set(re.findall(r"[a-z0-9]+", header.lower()))
    if any(
        set(re.findall(r"[a-z0-9]+", name.lower())) <= words
        for name in (column.name.replace("_", " "), *column.synonyms)
    ):
        return 0.9
    return max(
        (
            difflib.SequenceMatcher(None, key, header_key(name)).ratio()
            for name in (column.name, *column.synonyms)
        ),
        default=0.0,
    )


def _by_content(column: Column, cells: list[str]) -> float | None:
    """How much the cells look like the field, 0 to 1; None where its content says nothing."""
    if not cells:
        return None
    rule = DAY.fullmatch if column.is_day else _rules().get(column.values or column.name)
    if rule is None:
        return None
    share = sum(bool(rule(cell)) for cell in cells) / len(cells)
    return share * (len(set(cells)) / len(cells)) if column.name.endswith("_reference") else share


@cache
def _rules() -> dict[str, Callable[[str], object]]:
    """What a cell of a field, or of a list of words, looks like."""
    outcomes = _words("outcome.csv", "outcome_code") | _words("outcome_label.csv", "label")
    offences = _words("offence.csv", "offence_class") | _words("offence_label.csv", "label")
    forces = _words("force_label.csv", "label")
    lists = {name: _words("value_label.csv", "sent", name) for name in VALUE_LISTS}
    return {
        "crime_reference": REFERENCE_SHAPE.fullmatch,
        "application_reference": REFERENCE_SHAPE.fullmatch,
        "case_reference": REFERENCE_SHAPE.fullmatch,
        "outcome_code": lambda cell: header_key(cell) in outcomes,
        "outcome_type": lambda cell: header_key(cell) in outcomes,
        "offence_code": lambda cell: (
            header_key(cell) in offences or re.fullmatch(r"0*\d{1,3}[A-Z]?(/\d{1,2})?", cell)
        ),
        "force_name": lambda cell: header_key(cell) in forces,
        "victim_age": lambda cell: cell.isdigit() and int(cell) < 121,
        **{name: partial(_is_word_of, words) for name, words in lists.items()},
    }


def _is_word_of(words: frozenset[str], cell: str) -> bool:
    return header_key(cell) in words


def _words(file: str, column: str, kind: str | None = None) -> frozenset[str]:
    with (Path(REFERENCE) / file).open(encoding="utf-8", newline="") as text:
        return frozenset(
            header_key(row[column])
            for row in csv.DictReader(text)
            if kind in (None, row.get("list"))
        )
