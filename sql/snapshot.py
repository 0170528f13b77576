"""A published snapshot, as readers see it: read-only, locked down, with today's relations and metrics as views."""

from functools import cache, cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

import duckdb
from duckdb.sqltypes import DuckDBPyType

import sql
from sql.faults import UnknownSnapshot, in_words

if TYPE_CHECKING:
    from sql.store import Store


class Snapshot:
    """One published snapshot, opened read-only and locked down; safe to share between threads."""

    def __init__(self, store: "Store", number: int, path: Path | None = None) -> None:
        self.number = number
        self._store = store
        path = path or store.path(number)
        if not path.is_file():
            kept = ", ".join(map(str, store.kept()[-5:])) or "none"
            raise UnknownSnapshot(f"Snapshot {number} is not kept in this store; the newest are {kept}.")
        with in_words(store.folder, number):
            self._open(path)

    def _open(self, path: Path) -> None:
        self._con = duckdb.connect(":memory:", config={"threads": 2, "temp_directory": str(self._store.tmp / "spill")})
        self._con.execute("attach $path as snap (read_only)", {"path": str(path)})
        _show_tables(self._con)
        _create_views(self._con, [f"base/{name}" for name in sql.names("base")])
        _create_views(self._con, [f"metrics/{name}" for name in sql.names("metrics")])
        self._con.execute("set autoinstall_known_extensions = false; set autoload_known_extensions = false")
        self._con.execute("set enable_external_access = false")
        self._con.execute("set lock_configuration = true")

    def rows(self, query: str, /, **values: object) -> list[dict[str, Any]]:
        """The rows of a named query, or all of a stored table where no query has that name."""
        with in_words(self._store.folder, self.number), self._con.cursor() as cursor:
            if (sql.FOLDER / f"{query}.sql").is_file():
                return sql.rows(cursor, query, **values)
            return sql.rows(cursor, "whole_table", table=query)

    def close(self) -> None:
        """Let go of the file."""
        self._con.close()

    @cached_property
    def loads(self) -> list[dict[str, Any]]:
        """The ledger of loads as this snapshot knows it, oldest first."""
        return self.rows("loads")


_open: dict[tuple[Path, int], Snapshot] = {}
_opening = Lock()


def read(store: "Store", number: int | None = None) -> Snapshot:
    """Snapshot `number`, or the newest; raises UnknownSnapshot. The last four are kept open."""
    wanted = number if number is not None else store.current()
    if wanted is None:
        raise UnknownSnapshot("This store holds nothing yet. Load an export first.")
    with _opening:
        key = (store.path(wanted), store.path(wanted).stat().st_mtime_ns if store.path(wanted).is_file() else 0)
        if key not in _open:
            _open[key] = Snapshot(store, wanted)
            while len(_open) > 4:
                _open.pop(next(iter(_open)))
        return _open[key]


def _show_tables(con: duckdb.DuckDBPyConnection) -> None:
    """A view of each stored table. What an older version of the program did not store yet is empty, so that its snapshots can be read."""
    stored: dict[str, set[str]] = {}
    for table, name in con.execute("select table_name, column_name from duckdb_columns() where database_name = 'snap'").fetchall():
        stored.setdefault(table, set()).add(name)
    for table in stored.keys() - _schema().keys():
        con.table(f"snap.main.{table}").create_view(table)
    lacking = [table for table, columns in _schema().items() if table not in stored or not stored[table] >= {name for name, _ in columns}]
    if lacking:
        con.execute("attach ':memory:' as empty; use empty")
        sql.run(con, "schema")
        con.execute("use memory")
    for table, columns in _schema().items():
        if table not in stored:
            con.table(f"empty.main.{table}").create_view(table)
            continue
        absent = [(name, kind) for name, kind in columns if name not in stored[table]]
        found = con.table(f"snap.main.{table}")
        nothing = [sql.constant(None).cast(kind).alias(name) for name, kind in absent]
        (found.select(*map(sql.column, found.columns), *nothing) if nothing else found).create_view(table)


@cache
def _schema() -> dict[str, list[tuple[str, DuckDBPyType]]]:
    """The columns of each table as this version of the program stores them."""
    with duckdb.connect(":memory:") as con:
        sql.run(con, "schema")
        tables = [name for (name,) in con.execute("select table_name from duckdb_tables()").fetchall()]
        return {name: list(zip(con.table(name).columns, con.table(name).types, strict=True)) for name in tables}


def _create_views(con: duckdb.DuckDBPyConnection, queries: list[str]) -> None:
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
