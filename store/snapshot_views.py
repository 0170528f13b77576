"""The views of an open snapshot: its tables as this version of the program knows them, the rows
that count, the base relations and the metrics.
"""

import re
from collections.abc import Iterable
from functools import cache
from threading import Lock

import duckdb
from duckdb.sqltypes import DuckDBPyType

import sql
from store.schema import create_tables, statements_of

# queries that make a view each of several tables: of every stored one, of every base relation; and
# what the summarising query asks of a metric, null where its own query does not say it
CURRENT, NOT_KNOWN, METRIC_COLUMNS = "current_rows", "not_known", "metric_columns"
PATTERNS = (CURRENT, NOT_KNOWN, METRIC_COLUMNS)


class Reader:
    """An open snapshot. A view is made when a query first speaks of it, since to make all takes
    longer than most questions.
    """

    def __init__(self, con: sql.Connection) -> None:
        self.con = con
        self._made: set[str] = set()
        self._asking = Lock()

    def cursor(self, words: Iterable[str] | None) -> sql.Connection:
        """A cursor that sees the views among `words`, and those made before; None for every one but
        the metrics.
        """
        wanted = _plain_views() if words is None else words
        with self._asking:
            for name in sorted(set(wanted) - self._made):
                self._make(name)
        return self.con.cursor()

    def _make(self, name: str) -> None:
        """Make a view after those that its query speaks of; a word that is no view is passed
        over.
        """
        if name in self._made:
            return
        self._made.add(name)
        try:
            if (rows := self._rows_of(name)) is not None:
                rows.create_view(name)
        except duckdb.Error:
            self._made.discard(name)  # asked for again, it is tried again
            raise

    def _rows_of(self, name: str) -> sql.Relation | None:
        if (query := query_of(name)) is not None:
            for read in read_by(query):
                self._make(read)
            rows = self.con.sql(sql.text(query))
            return _as_metric(self.con, rows) if query.startswith("metrics/") else rows
        if f"{name}_row" in _schema():
            values = {"row_table": f"{name}_row"}
            return self.con.sql(sql.text(f"relations/{CURRENT}"), params=values)
        relation = name.removeprefix(f"{NOT_KNOWN}_")
        if relation == name or query_of(relation) is None:
            return None
        self._make(relation)
        if "is_not_known" not in self.con.view(relation).columns:
            return None
        rows = self.con.sql(sql.text(f"relations/{NOT_KNOWN}"), params={"relation": relation})
        return _as_metric(self.con, rows)


@cache
def read_by(query: str) -> frozenset[str]:
    """What a query reads by name: tables, views, and the parts that it names itself."""
    return frozenset(re.findall(r"\b(?:from|join) ([a-z_]+)", statements_of(sql.text(query))))


def query_of(view: str) -> str | None:
    """The query of a view that is one for itself: of a base relation or a metric."""
    places = (f"relations/{view}", f"metrics/{view}")
    found = (name for name in places if (sql.FOLDER / f"{name}.sql").is_file())
    return None if view in PATTERNS else next(found, None)


def _plain_views() -> set[str]:
    """Every view but the metrics."""
    current = (table.removesuffix("_row") for table in _schema() if table.endswith("_row"))
    relations = [name for name in sql.names("relations") if name not in PATTERNS]
    return {*current, *relations, *(f"{NOT_KNOWN}_{name}" for name in relations)}


def show_tables(con: sql.Connection) -> None:
    """A view of each stored table of the attached snapshot.

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


def _as_metric(con: duckdb.DuckDBPyConnection, rows: sql.Relation) -> sql.Relation:
    known = set(rows.columns)
    asked = con.sql(sql.text(f"relations/{METRIC_COLUMNS}"))
    nothing = [
        sql.constant(None).cast(kind).alias(name)
        for name, kind in zip(asked.columns, asked.types, strict=True)
        if name not in known
    ]
    return rows.select(*map(sql.column, rows.columns), *nothing)
