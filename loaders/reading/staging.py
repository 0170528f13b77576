"""From a received file to `text_row`: a view of text columns in our own field names, with line
numbers.
"""

import os
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from itertools import islice
from pathlib import Path

import sql
from loaders.contracts import DateOrder, ExportFormat, LoadOptions
from loaders.errors import AmbiguousFile, NeedsYes, UnreadableFile
from loaders.reading.csv_records import Held, is_example, write_clean
from loaders.reading.csv_shape import plain_rows
from loaders.reading.encoding import Received, lines_of
from loaders.reading.headers import SEARCHED_LINES, find_layout
from loaders.reading.layout import Layout
from sql import Connection, Expression, Relation, coalesce, column, constant, function
from store.remedies import Remedy

NOTHING = constant(None)
LINES = 10**12  # more than a file has; a line's number and its load's in one
HASHED = (
    "_hashed"  # what the archive adds to the name of a field whose ids it holds as keyed hashes
)


@dataclass(frozen=True)
class Staged:
    """A file whose rows stand in `text_row`: how it lies, and how many records were counted in it,
    blank ones too.
    """

    layout: Layout
    blank: int
    records: int


@dataclass(frozen=True)
class Shared:
    """What every row of one load shares."""

    load_id: int
    received_on: date
    force_name: str
    day_order: DateOrder


def first_lines(received: Received) -> list[str]:
    """The lines in which a header is looked for."""
    if received.has_odd_line_ends:
        raw = [line.removesuffix(b"\r") for line in islice(lines_of(received.path), SEARCHED_LINES)]
    else:
        with received.path.open("rb") as file:
            raw = [line.rstrip(b"\r\n") for line in islice(file, SEARCHED_LINES)]
    return [line.decode("utf-8", errors="replace").lstrip("\ufeff") for line in raw]


def stage(con: Connection, received: Received, lines: list[str], options: LoadOptions) -> Staged:
    """Make the view `text_row` of a file that begins with `lines`. Raises LoadError."""
    layout = find_layout(lines, received.file_name, options)
    received.warnings.extend(layout.notes)
    if layout.is_wide:
        layout = replace(layout, period=_period(layout, received.file_name, options))
    elif options.period:
        raise UnreadableFile(
            f"{received.file_name} is read as {layout.format.title}, whose rows have days of "
            "their own.",
            Remedy("no_period"),
        )
    is_odd_above = any(
        line.count('"') % 2 for line in lines[: layout.header_line]
    )  # a quoted line break there moves every line below
    has_examples = any(map(is_example, lines))
    needs_care = is_odd_above or received.is_mixed or received.has_odd_line_ends or has_examples
    if not (needs_care or layout.is_wide):
        count = plain_rows(received.path, layout.header_line, layout.delimiter, len(layout.headers))
        if count is not None:
            _as_text_row(_plain(con, received, layout), received, layout, options)
            return Staged(layout, 0, count)
    clean = received.room.new()
    records, blank = write_clean(received, layout, clean, _held(con, layout.format))
    received.room.drop(received.path)
    received.path = clean
    columns = ["line", "problem", "sent", *layout.format.text_names]
    rows = con.sql(
        sql.text("loading/read_csv_clean"),
        params={"path": str(clean), "columns": dict.fromkeys(columns, "VARCHAR")},
    )
    line = column("line").cast("BIGINT").alias("line")
    _as_text_row(
        rows.select(line, *_text(columns[1:], columns, layout.persons)), received, layout, options
    )
    return Staged(layout, blank, records)


def _as_text_row(rows: Relation, received: Received, layout: Layout, options: LoadOptions) -> None:
    """Make the view `text_row`; where the file has no references, each row's is its number in this
    file.
    """
    field = layout.format.reference
    if options.reference is None or field is None:
        rows.create_view("text_row")
        return
    if field in layout.positions:
        raise UnreadableFile(
            f"{received.file_name} has references, in {layout.columns[field]!r}.",
            Remedy("no_reference"),
        )
    received.warnings.append(
        "The numbers of its rows stand for the references that it does not have: what it says can "
        "never be corrected by a later file, "
        "and a crime that stands in another file too counts twice. Load it once."
    )
    number = function(
        "concat",
        constant("row "),
        column("line").cast("VARCHAR"),
        constant(f" of {received.sha256[:8]}"),
    ).alias(field)
    rows.select(*(number if name == field else column(name) for name in rows.columns)).create_view(
        "text_row"
    )


def _period(layout: Layout, file_name: str, options: LoadOptions) -> str:
    """The period of a file that holds one, as its first day. Raises AmbiguousFile."""
    assert layout.format.wide is not None
    said = options.period
    period = said.isoformat() if said else layout.format.wide.period(file_name)
    if period is None:
        raise AmbiguousFile(
            f"{file_name} does not say which month of which year it is for.", Remedy("period")
        )
    return period


def stage_archive(
    con: Connection, path: Path, layout_format: ExportFormat, plain: Sequence[str]
) -> None:
    """Make the view `text_row` from what an earlier load left in the archive, where the ids in the
    fields `plain` stand as sent.
    """
    rows = con.read_parquet(str(path))
    rows = rows.select(*(column(name).alias(name.removesuffix(HASHED)) for name in rows.columns))
    shown = [
        name for name in rows.columns if not (plain and name == "sent")
    ]  # a row as it was sent may hold an id
    rows.select(
        *_text(("line", "problem", "sent", *layout_format.text_names), shown, plain)
    ).create_view("text_row")


def stage_archives(con: Connection, paths: Sequence[Path], layout_format: ExportFormat) -> None:
    """Make the view `row_of_load` of several archives, in which a line's number tells its load too.

    Where an archive lacks a column, and in which of two names an id is kept, differs from one to
    the next.
    """
    rows = con.read_parquet([str(path) for path in paths], union_by_name=True, filename=True)
    found = set(rows.columns)
    load_id = function(
        "regexp_extract", column("filename"), constant(r"([0-9]+)\.parquet$"), constant(1)
    ).cast("BIGINT")
    names = ("problem", "sent", *layout_format.text_names)
    held = {name: [one for one in (name, f"{name}{HASHED}") if one in found] for name in names}
    text = [
        coalesce(*map(column, held[name]), NOTHING).cast("VARCHAR").alias(name) for name in names
    ]
    line = (load_id * constant(LINES) + column("line")).alias("line")
    rows.select(load_id.cast("INTEGER").alias("load_id"), line, *text).create_view("row_of_load")


def plain_persons(con: Connection, path: Path, persons: Sequence[str]) -> list[str]:
    """Those of the fields `persons` whose ids an archive holds as sent: it was written before they
    were hashed.
    """
    return [
        name for name in persons if f"{name}{HASHED}" not in con.read_parquet(str(path)).columns
    ]


def write_archive(con: Connection, path: Path, persons: Sequence[str]) -> None:
    """Write `text_row` for the archive; the fields `persons` by another name, for their ids are
    hashed.
    """
    rows = con.view("text_row")
    named = [
        column(name).alias(f"{name}{HASHED}") if name in persons else column(name)
        for name in rows.columns
    ]
    rows.select(*named).write_parquet(str(path), compression="zstd")
    with path.open("rb") as file:
        os.fsync(file.fileno())


def day_order(
    con: Connection, layout_format: ExportFormat, options: LoadOptions, file_name: str
) -> DateOrder | None:
    """Day first or month first?

    None where no day is written with slashes; asked where the file does not say.
    """
    totals = Counter[str]()
    are_iso = (
        sql.run(con, "loading/date_columns_are_iso", fields=list(layout_format.days)).fetchall()[0]
        if layout_format.days
        else ()
    )
    for field, is_iso in zip(layout_format.days, are_iso, strict=True):
        if is_iso is not False:  # rows that are not are read by their own shape
            continue
        (shapes,) = sql.rows(con, "loading/date_formats_found", field=field)
        if shapes.pop("is_swapped") and not options.may_be_older:
            raise NeedsYes(
                f"{file_name}: of the days in {field} those in cells of days are all 12 or less, "
                "and those left as text all more: a "
                "spreadsheet of another country seems to have swapped days and months.",
                Remedy("days_as_they_are"),
            )
        if shapes.pop("is_day_second") and not options.date_order:
            raise AmbiguousFile(
                f"{file_name}: its dates seem to be year, day, month. Export them as year, month, "
                "day."
            )
        if shapes.pop("is_year_first") and not options.date_order:
            raise AmbiguousFile(
                f"{file_name}: years of two digits seem to stand first in its dates. Export it "
                "with years of four."
            )
        totals.update({key: count for key, count in shapes.items() if key != "is_swapped"})
    return options.date_order or _told_order(totals, file_name)


def _told_order(totals: Counter[str], file_name: str) -> DateOrder | None:
    if not totals["slashed"]:
        return None
    if bool(totals["day_first"]) == bool(totals["month_first"]):
        why = (
            "some dates can only be day first, and others only month first"
            if totals["day_first"]
            else "no day in it is over 12"
        )
        raise AmbiguousFile(
            f"{file_name}: are its dates day first or month first? {why[0].upper()}{why[1:]}.",
            Remedy("date_order"),
        )
    return "dmy" if totals["day_first"] else "mdy"


def set_context(con: Connection, loads: Sequence[Shared]) -> None:
    """What every row of a load shares, for each of the loads whose rows are typed together."""
    sql.run(con, "loading/load_context")
    for one in loads:
        sql.run(con, "loading/insert_load_context", **vars(one))


def _plain(con: Connection, received: Received, layout: Layout) -> Relation:
    """The rows of a plain file, read by position; nothing is sniffed."""
    names = [f"dropped_{position}" for position in range(len(layout.headers))]
    for name, position in layout.positions.items():
        names[position] = name
    values = {
        "path": str(received.path),
        "columns": dict.fromkeys(names, "VARCHAR"),
        "skip": layout.header_line,
    }
    rows = con.sql(
        sql.text("loading/read_csv_by_position"), params=values | {"delimiter": layout.delimiter}
    )
    text = _text(("problem", "sent", *layout.format.names), layout.positions, layout.persons)
    return rows.select(column("line"), *text, *_split_of(layout))


def _split_of(layout: Layout) -> list[Expression]:
    """What tells rows of one count apart in columns that are not stored, as a hash."""
    if not layout.format.has_split:
        return []
    cells = [coalesce(column(f"dropped_{at}"), constant("")) for at in layout.splitting]
    whole = function("concat_ws", constant("|"), *cells)
    return [(function("md5", whole) if cells else NOTHING.cast("VARCHAR")).alias("split")]


def _text(
    names: Sequence[str], present: Collection[str], persons: Sequence[str]
) -> list[Expression]:
    """The columns `names` of text, empty where they are not `present`; the ids in the fields
    `persons` hashed.
    """
    return [
        NOTHING.cast("VARCHAR").alias(name)
        if name not in present
        else function("pseudonym", column(name)).alias(name)
        if name in persons
        else column(name)
        for name in names
    ]


def _held(con: Connection, export_format: ExportFormat) -> Held:
    """For each of our fields what the store holds in it already, asked when it is first wanted."""

    @cache
    def held(field: str) -> set[str]:
        return {
            str(cell)
            for (cell,) in sql.run(
                con, "loading/values_stored", row_table=export_format.row_table, field=field
            ).fetchall()
        }

    return held
