"""The views of an open snapshot: its tables as this version of the program knows them, the rows
that count, the base relations and the metrics.
"""

from functools import cache
from threading import Lock

import duckdb
from duckdb.sqltypes import DuckDBPyType

import sql
from store.schema import create_tables

# queries that make a view each of several tables: of every stored one, of every base relation; and
# what the summarising query asks of a metric, null where its own query does not say it
CURRENT, NOT_KNOWN, METRIC_COLUMNS = "current_rows", "not_known", "metric_columns"
PATTERNS = (CURRENT, NOT_KNOWN, METRIC_COLUMNS)


def create_views(con: sql.Connection) -> None:
    """Views of everything in the attached snapshot but the metrics."""
    _show_tables(con)
    _create_current_rows(con)
    relations = [name for name in sql.names("relations") if name not in PATTERNS]
    _create_each(con, [f"relations/{name}" for name in relations])
    _create_unknown_outcomes(con, relations)


class Reader:
    """An open snapshot. A metric becomes a view when it is first asked for, since to make all
    takes longer than most questions.
    """

    def __init__(self, con: sql.Connection) -> None:
        self.con = con
        self._asked: set[str] = set()
        self._asking = Lock()

    def cursor(self, metric: str | None) -> sql.Connection:
        """A cursor that sees a metric, with every column that the summarising query asks for; and
        those that were asked for before. Another name is passed over.
        """
        with self._asking:
            if metric is not None and metric not in self._asked:
                if metric in sql.names("metrics"):
                    rows = self.con.sql(sql.text(f"metrics/{metric}"))
                    _as_metric(self.con, rows).create_view(metric)
                self._asked.add(metric)
        return self.con.cursor()


def _show_tables(con: duckdb.DuckDBPyConnection) -> None:
    """A view of each stored table.

    What an older version of the program did not store yet is empty, so that its snapshots can be
    read.
    """
    stored: dict[str, set[str]] = {}
    for table, name in con.execute(
        "select table_name, column_name from duckdb_columns() where database_name = 'snap'"
    ).fetchall():
        stored.setdefault(table, set()).add(name)
    for table in stored.keys() - _schema().keys():
        con.table(f"snap.main.{table}").create_view(table)
    lacking = [
        table
        for table, columns in _schema().items()
        if table not in stored or not stored[table] >= {name for name, _ in columns}
    ]
    if lacking:
        con.execute("attach ':memory:' as empty; use empty")
        create_tables(con)
        con.execute("use memory")
    for table, columns in _schema().items():
        if table not in stored:
            con.table(f"empty.main.{table}").create_view(table)
            continue
        absent = [(name, kind) for name, kind in columns if name not in stored[table]]
        found = con.table(f"snap.main.{table}")
        nothing = [sql.constant(None).cast(kind).alias(name) for name, kind in absent]
        (found.select(*map(sql.column, found.columns), *nothing) if nothing else found).create_view(
            table
        )


@cache
def _schema() -> dict[str, list[tuple[str, DuckDBPyType]]]:
    """The columns of each table as this version of the program stores them."""
    with duckdb.connect(":memory:") as con:
        create_tables(con)
        tables = [
            name for (name,) in con.execute("select table_name from duckdb_tables()").fetchall()
        ]
        return {
            name: list(zip(con.table(name).columns, con.table(name).types, strict=True))
            for name in tables
        }


def _create_current_rows(con: duckdb.DuckDBPyConnection) -> None:
    """A view of the rows that count for each stored table of versions: `crime` of `crime_row`."""
    for table in _schema():
        if table.endswith("_row"):
            rows = con.sql(sql.text(f"relations/{CURRENT}"), params={"row_table": table})
            rows.create_view(table.removesuffix("_row"))


def _create_unknown_outcomes(con: duckdb.DuckDBPyConnection, relations: list[str]) -> None:
    """A view `not_known_…` of each relation that knows which of its outcomes are not known."""
    for name in relations:
        if "is_not_known" in con.view(name).columns:
            rows = con.sql(sql.text(f"relations/{NOT_KNOWN}"), params={"relation": name})
            _as_metric(con, rows).create_view(f"{NOT_KNOWN}_{name}")


def _as_metric(con: duckdb.DuckDBPyConnection, rows: sql.Relation) -> sql.Relation:
    known = set(rows.columns)
    asked = con.sql(sql.text(f"relations/{METRIC_COLUMNS}"))
    nothing = [
        sql.constant(None).cast(kind).alias(name)
        for name, kind in zip(asked.columns, asked.types, strict=True)
        if name not in known
    ]
    return rows.select(*map(sql.column, rows.columns), *nothing)


def _create_each(con: duckdb.DuckDBPyConnection, queries: list[str]) -> None:
    """Make each query a view named for its file; one that rests on another waits for it."""
    waiting = list(queries)
    while waiting:
        before = len(waiting)
        for query in list(waiting):
            try:
                con.sql(sql.text(query)).create_view(query.rpartition("/")[2])
            except duckdb.CatalogException:
                continue
            waiting.remove(query)
        if len(waiting) == before:
            con.sql(sql.text(waiting[0]))
