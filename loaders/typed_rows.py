"""Typing: the text of a file's rows read as days, numbers, codes and labels, in one query."""

from collections.abc import Iterator
from contextlib import contextmanager

import sql
from loaders.contracts import ExportFormat
from loaders.declared_rows import declared_rows
from loaders.formats import has_query
from loaders.labels.resolve import resolve
from sql import Connection

HEAD = 10_000  # rows in which most codes and labels of a file are met


def type_rows(con: Connection, export_format: ExportFormat, table: str) -> None:
    """Make a table of `work` of what `row_of_load` says, typed.

    Typed once more where a code or label stands beyond the first rows, which are resolved first.
    """
    for rows in (con.view("row_of_load").limit(HEAD), con.view("row_of_load")):
        rows.create_view("row_to_resolve")
        resolve(con, export_format)
        con.execute("drop view row_to_resolve")
        con.execute("drop table if exists work.typed; drop table if exists work.arrival")
        with _joins_as_written(con):
            typed = (
                con.sql(sql.text(f"formats/{export_format.name}"))
                if has_query(export_format)
                else declared_rows(con, export_format)
            )
            typed.create(f"work.main.{table}")
        unresolved = con.table(f"work.main.{table}").filter("is_unresolved")
        if not unresolved.aggregate("count(*)").fetchall()[0][0]:
            return


@contextmanager
def _joins_as_written(con: Connection) -> Iterator[None]:
    """Joins hash their right side, the lookups, as they are written.

    DuckDB takes a text file for some forty rows and hashes the file instead: of a million rows
    that took 2 GB and twice the time.
    """
    con.execute("set disabled_optimizers = 'join_order,build_side_probe_side'")
    try:
        yield
    finally:
        con.execute("reset disabled_optimizers")
