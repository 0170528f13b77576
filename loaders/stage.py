"""From a received file to `text_row`: a view of text columns in our own field names, with line numbers."""

from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path

import sql
from loaders.contracts import DateOrder, ExportFormat, LoadOptions
from loaders.errors import AmbiguousFile, UnreadableFile
from loaders.headers import SEARCHED_LINES, Layout, find_layout
from loaders.plain import plain_rows
from loaders.receive import Received, lines_of
from loaders.records import month_in, write_clean
from sql import Connection, column, constant

NOTHING = constant(None)


@dataclass(frozen=True)
class Staged:
    """A file whose rows stand in `text_row`: how it lies, and how many records were counted in it, blank ones too."""

    layout: Layout
    blank: int
    records: int


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
    if layout.is_wide and month_in(received.file_name) is None:
        raise UnreadableFile(
            f"{received.file_name} does not say which month it is for. Name it like principal_offence_category_april_2014.csv."
        )
    is_odd_above = any(line.count('"') % 2 for line in lines[: layout.header_line])  # a quoted line break there moves every line below
    if not (is_odd_above or received.is_mixed or received.has_odd_line_ends or layout.is_wide):
        count = plain_rows(received.path, layout.header_line, layout.delimiter, len(layout.headers))
        if count is not None:
            _stage_plain(con, received, layout)
            return Staged(layout, 0, count)
    clean = received.path.parent / "clean.csv"
    records, blank = write_clean(received, layout, clean)
    columns = ["line", "problem", "sent", *layout.format.names]
    rows = con.sql(sql.text("conform/read_clean"), params={"path": str(clean), "columns": dict.fromkeys(columns, "VARCHAR")})
    line = column("line").cast("BIGINT").alias("line")
    rows.select(line, *map(column, columns[1:])).create_view("text_row")
    return Staged(layout, blank, records)


def stage_archive(con: Connection, path: Path, layout_format: ExportFormat) -> None:
    """Make the view `text_row` from what an earlier load left in the archive."""
    rows = con.read_parquet(str(path))
    present = set(rows.columns)
    text = "VARCHAR"
    rows.select(
        *(column(name) if name in present else NOTHING.cast(text).alias(name) for name in ("line", "problem", "sent", *layout_format.names))
    ).create_view("text_row")


def day_order(con: Connection, layout_format: ExportFormat, options: LoadOptions, file_name: str) -> DateOrder | None:
    """Day first or month first? None where no day is written with slashes; asked where the file does not say."""
    if options.date_order:
        return options.date_order
    totals = {"slashed": 0, "day_first": 0, "month_first": 0}
    are_iso = sql.run(con, "conform/first_days_are_iso", fields=list(layout_format.days)).fetchall()[0] if layout_format.days else ()
    for field, is_iso in zip(layout_format.days, are_iso, strict=True):
        if is_iso is not False:  # rows that are not are read by their own shape
            continue
        (shapes,) = sql.rows(con, "conform/day_shapes", field=field)
        if shapes.pop("is_day_second"):
            raise AmbiguousFile(f"{file_name}: its dates seem to be year, day, month. Export them as year, month, day.")
        if shapes.pop("is_year_first"):
            raise AmbiguousFile(f"{file_name}: years of two digits seem to stand first in its dates. Export it with years of four.")
        for key, count in shapes.items():
            totals[key] += int(str(count))
    if not totals["slashed"]:
        return None
    if bool(totals["day_first"]) == bool(totals["month_first"]):
        why = "some days are over 12 in both places" if totals["day_first"] else "no day in it is over 12"
        raise AmbiguousFile(
            f"{file_name}: are its dates day first or month first? {why[0].upper()}{why[1:]}. Say --date-order dmy or --date-order mdy."
        )
    return "dmy" if totals["day_first"] else "mdy"


def set_context(con: Connection, received_on: date, force_name: str, order: DateOrder | None) -> None:
    """What every row of this load shares."""
    sql.run(con, "conform/context", received_on=received_on, force_name=force_name, day_order=order or "dmy")


def _stage_plain(con: Connection, received: Received, layout: Layout) -> None:
    """Read by position; nothing is sniffed."""
    names = [f"dropped_{position}" for position in range(len(layout.headers))]
    for name, position in layout.positions.items():
        names[position] = name
    values = {"path": str(received.path), "columns": dict.fromkeys(names, "VARCHAR"), "skip": layout.header_line}
    rows = con.sql(sql.text("conform/read_plain"), params=values | {"delimiter": layout.delimiter})
    text = [column(name) if name in layout.positions else NOTHING.cast("VARCHAR").alias(name) for name in layout.format.names]
    rows.select(column("line"), *(NOTHING.cast("VARCHAR").alias(name) for name in ("problem", "sent")), *text).create_view("text_row")
