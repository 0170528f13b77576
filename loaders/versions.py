"""Versions of things: keyed arrivals stored once each, and which versions of a table count."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import sql
from loaders.contracts import ExportFormat
from sql import Connection, column, function

KEYS = ("version_id", "thing", "fingerprint")  # of a stored table, beside what it says


def key_rows(con: Connection, export_format: ExportFormat) -> None:
    """Make the view `keyed_arrival`: the arrived rows with the hash of what they are and of what
    they say. How a reference is spelled is neither.

    64-bit hashes: among a million crimes the odds of one collision are 1 in 37 million.
    """
    stored = [name for name in con.table(export_format.row_table).columns if name not in KEYS]
    hashed = export_format.hashed_as
    shown = ("line", "problem", "warning", "sent_row", *stored)
    con.table("work.main.arrival").select(
        column("rowid").alias("row_number"),
        *map(column, shown),
        function("hash", *(column(hashed.get(name, name)) for name in export_format.thing)).alias(
            "thing"
        ),
        function("hash", *(column(hashed.get(name, name)) for name in stored)).alias("fingerprint"),
    ).create_view("keyed_arrival")


def store_versions(
    con: Connection, export_format: ExportFormat, load_id: int, is_first: bool
) -> None:
    """Store the rows that `keyed_arrival` keeps, and on which line of the load each stood."""
    next_version = int(con.execute("select next_version()").fetchall()[0][0])
    columns = con.table(export_format.row_table).columns
    values: dict[str, object] = {"next_version": next_version}
    if is_first:
        sql.run(con, "loading/insert_first_sightings", load_id=load_id, **values)
        arrivals = con.sql(sql.text("loading/first_versions"), params=values)
    else:
        values["row_table"] = export_format.row_table
        sql.run(con, "loading/insert_sightings", load_id=load_id, **values)
        arrivals = con.sql(sql.text("loading/new_versions"), params=values)
    arrivals.select(*map(column, columns)).insert_into(export_format.row_table)


def settle(con: Connection, row_table: str, loaded: Sequence[int] = ()) -> None:
    """Work out which versions of one table count, now that the loads `loaded` are in; with a single
    load all of them do.

    A load that stands at the latest day overrules all others, so what they say of other things need
    not be worked out again; but for a full extract with things that could not be read, which brings
    older versions of those back.
    """
    loads = sql.rows(con, "loading/loads_of_table", row_table=row_table)
    newest = [load for load in loads if load["counts"]][-1:]
    is_newest = bool(loaded) and [load["load_id"] for load in newest] == list(loaded)
    if is_newest and len(loads) > 1 and not newest[0]["protects"]:
        sql.run(con, "loading/reinstate_versions", load_id=loaded[0])
        sql.run(con, "loading/supersede_older_versions", row_table=row_table, load_id=loaded[0])
        return
    sql.run(con, "loading/clear_superseded", row_table=row_table)
    if len(loads) > 1 or any(not load["counts"] for load in loads):
        sql.run(con, "loading/supersede_versions", row_table=row_table)


def newer_load(
    con: Connection, row_table: str, loads: list[dict[str, Any]], as_at: date, act: int
) -> dict[str, Any] | None:
    """The load of a later day than `as_at` that says otherwise of the arrived rows, asked before
    they are stored; loads of the same act are no such load.
    """
    counting = [load for load in loads if load["counts"]]
    if all(load["as_at"] <= as_at or load["act"] == act for load in counting):
        return None
    query = "loading/newer_load_that_differs"
    older = sql.rows(con, query, row_table=row_table, as_at=as_at, act=act)
    return older[0] if older else None
