"""A published snapshot, as readers see it: read-only, locked down, with today's relations and metrics as views."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
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


SHORT = 200  # rows of a register, or of a check, that are kept in memory
LARGEST = 10**12  # more acts than there can be; the name of a file may not be longer than 255 bytes
# What no connection of ours may do, whoever writes: fetch code, or take a Python variable for a table. And what does not fit into memory
# is written to the disk encrypted, under a key that DuckDB makes for the connection and keeps in memory only: a page of memory may still
# hold what stood there before, be it a column that is not stored. (Said when connecting: SET is refused while another reader spills.)
CLOSED: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False, "autoload_known_extensions": False, "allow_community_extensions": False,
    "allow_persistent_secrets": False, "python_enable_replacements": False, "python_scan_all_frames": False,
    "force_mbedtls_unsafe": True, "temp_file_encryption": True,
}  # fmt: skip


class Snapshot:
    """One published snapshot, opened read-only and locked down; safe to share between threads."""

    def __init__(self, store: "Store", number: int, path: Path | None = None) -> None:
        self.number = number
        self._store = store
        self._kept: dict[str, list[dict[str, Any]]] = {}
        path = path or store.path(number)
        if number > LARGEST or not path.is_file():
            kept = ", ".join(map(str, store.kept()[-5:])) or "none"
            raise UnknownSnapshot(f"Snapshot {number} is not kept in this store; the newest are {kept}.")
        with in_words(store.folder, number):
            self._open(path)

    def _open(self, path: Path) -> None:
        spill = str(self._store.tmp / "spill")
        self._con = duckdb.connect(":memory:", config=CLOSED | {"threads": 2, "temp_directory": spill})
        with _by_a_passing_name(self._store, path) as name:
            self._con.execute("attach $path as snap (read_only)", {"path": str(name)})
        _show_tables(self._con)
        _create_views(self._con, [f"base/{name}" for name in sql.names("base")])
        _create_views(self._con, [f"metrics/{name}" for name in sql.names("metrics")])
        _lock_down(self._con, spill)

    def rows(self, query: str, /, **values: object) -> list[dict[str, Any]]:
        """The rows of a named query, or of a stored table where no query has that name. Short ones are kept: a snapshot never changes."""
        if not values and query in self._kept:
            return [dict(row) for row in self._kept[query]]
        found = self._asked(query, **values)
        if not values and len(found) <= SHORT:
            self._kept[query] = [dict(row) for row in found]
        return found

    def _asked(self, query: str, /, **values: object) -> list[dict[str, Any]]:
        with in_words(self._store.folder, self.number), self._con.cursor() as cursor:
            cursor.execute("begin transaction read only")
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
    path = store.path(min(wanted, LARGEST))
    with _opening:
        key = (path, path.stat().st_mtime_ns if path.is_file() else 0)
        if key not in _open:
            _open[key] = Snapshot(store, wanted)
            while len(_open) > 4:
                _open.pop(next(iter(_open)))
        return _open[key]


@contextmanager
def _by_a_passing_name(store: "Store", path: Path) -> Iterator[Path]:
    """Another name of the file `path`, gone afterwards.

    SQL may read an attached file as text, and write over it, by the name it was attached by; by one that leads nowhere it cannot.
    """
    with ExitStack() as stack:
        try:
            name = stack.enter_context(store.workspace()) / path.name
            name.hardlink_to(path)
        except OSError:  # a disk that cannot be written to, or that knows one name for a file
            name = path
        yield name


def _lock_down(con: duckdb.DuckDBPyConnection, spill: str) -> None:
    """From here on no file but those of the spill can be reached, and nothing of this can be changed. The order matters."""
    con.execute("set variable spill = $1", [spill])
    con.execute("set allowed_directories = [getvariable('spill')]")
    con.execute("set enable_external_access = false")
    con.execute("set lock_configuration = true")


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
