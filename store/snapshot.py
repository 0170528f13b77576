"""A published snapshot, as readers see it: read-only, locked down, with today's relations and
metrics as views.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache, partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, cast

import duckdb
from duckdb.sqltypes import DuckDBPyType

import sql
from store.cache import MEMORY, Key
from store.errors import DamagedSnapshot, UnknownSnapshot, damage_words, in_words
from store.remedies import Remedy
from store.schema import create_tables

if TYPE_CHECKING:
    from store.writer import Store


# queries that make a view each of several tables: of every stored one, of every base relation; and
# what the summarising query asks of a metric, null where its own query does not say it
CURRENT, NOT_KNOWN, METRIC_COLUMNS = "current_rows", "not_known", "metric_columns"
PATTERNS = (CURRENT, NOT_KNOWN, METRIC_COLUMNS)
OPEN = 4  # snapshots that are kept open
SHORT = 200  # rows of a register, or of a check, that are kept in memory
LARGEST = 10**12  # more acts than there can be; the name of a file may not be longer than 255 bytes
# What no connection of ours may do, whoever writes: fetch code, or take a Python variable for a
# table. And what does not fit into memory is written to the disk encrypted, under a key that DuckDB
# makes for the connection and keeps in memory only: a page of memory may still hold what stood
# there before, be it a column that is not stored. (Said when connecting: SET is refused while
# another reader spills.)
CLOSED: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
    "allow_persistent_secrets": False,
    "python_enable_replacements": False,
    "python_scan_all_frames": False,
    "force_mbedtls_unsafe": True,
    "temp_file_encryption": True,
}


Rows = list[dict[str, Any]]


class Snapshot:
    """One published snapshot, read-only and locked down; safe to share between threads.

    Its file is opened when it is first asked.

    What was asked of it before is known without opening it (`store.cache`). Raises StoreError where
    it is not there or damaged.
    """

    def __init__(self, store: "Store", number: int, path: Path | None = None) -> None:
        self.number = number
        self._store = store
        self._path = path or store.path(min(number, LARGEST))
        if number > LARGEST or not self._path.is_file():
            kept = ", ".join(map(str, store.kept()[-5:])) or "none"
            raise UnknownSnapshot(
                f"Snapshot {number} is not kept in this store; the newest are {kept}."
            )
        self.key: Key = (str(self._path), self._path.stat().st_mtime_ns)

    def rows(self, query: str, /, **values: object) -> list[dict[str, Any]]:
        """The rows of a named query, or of a stored table where no query has that name.

        Short ones are kept: a snapshot never changes.
        """
        if values:
            return self._asked(query, **values)
        found = MEMORY.recall(
            (self.key, "rows", query),
            partial(self._asked, query),
            lambda rows: len(cast(Rows, rows)) <= SHORT,
        )
        return [dict(row) for row in cast(Rows, found)]

    def _asked(self, query: str, /, **values: object) -> Rows:
        with self.cursor() as cursor:
            if (sql.FOLDER / f"{query}.sql").is_file():
                return sql.rows(cursor, query, **values)
            return sql.rows(cursor, "reports/whole_table", table=query)

    @contextmanager
    def cursor(self) -> Iterator[sql.Connection]:
        """A way to ask, in a transaction that reads only."""
        with in_words(self._store.folder, self.number), _opened(self).cursor() as cursor:
            cursor.execute("begin transaction read only")
            yield cursor

    def read_whole(self) -> None:
        """Read every value of every stored table, so that damage anywhere in the file shows.

        Raises StoreError.
        """
        with (
            in_words(self._store.folder, self.number),
            duckdb.connect(":memory:", config=CLOSED) as con,
        ):
            with _by_a_passing_name(self._store, self._path) as name:
                con.execute("attach $path as snap (read_only)", {"path": str(name)})
            for (table,) in con.execute(
                "select table_name from duckdb_tables() where database_name = 'snap'"
            ).fetchall():
                stored = con.table(f"snap.main.{table}")
                stored.aggregate("bit_xor(hash(columns(*)))").fetchall()

    def open(self) -> sql.Connection:
        """A new connection to it, locked down."""
        spill = str(self._store.tmp / "spill")
        con = duckdb.connect(":memory:", config=CLOSED | {"threads": 2, "temp_directory": spill})
        with _by_a_passing_name(self._store, self._path) as name:
            con.execute("attach $path as snap (read_only)", {"path": str(name)})
        _show_tables(con)
        _create_current_rows(con)
        relations = [name for name in sql.names("relations") if name not in PATTERNS]
        _create_views(con, [f"relations/{name}" for name in relations])
        _create_unknown_outcomes(con, relations)
        _create_metrics(con)
        _lock_down(con, spill)
        return con

    def close(self) -> None:
        """Let go of the file."""
        with _opening:
            _open.pop(self.key, None)

    @property
    def loads(self) -> Rows:
        """The ledger of loads as this snapshot knows it, oldest first."""
        return self.rows("reports/loads")


_open: dict[Key, sql.Connection] = {}
_opening = Lock()


def _opened(snapshot: Snapshot) -> sql.Connection:
    """The connection of a snapshot.

    The last four are kept; one that is given up goes when the last who asks it is done.
    """
    with _opening:
        con = _open.pop(snapshot.key, None) or snapshot.open()
        _open[snapshot.key] = con
        while len(_open) > OPEN:
            _open.pop(next(iter(_open)))
        return con


def read(store: "Store", number: int | None = None) -> Snapshot:
    """Snapshot `number`, or the newest; raises UnknownSnapshot, DamagedSnapshot, CurrentLost."""
    wanted = number if number is not None else store.current()
    if wanted is None:
        raise UnknownSnapshot("This store holds nothing yet. Load an export first.")
    if number is None and not store.path(min(wanted, LARGEST)).is_file():
        raise DamagedSnapshot(
            damage_words(store.folder, wanted, "is missing from"), Remedy("rebuild")
        )
    return Snapshot(store, wanted)


@contextmanager
def _by_a_passing_name(store: "Store", path: Path) -> Iterator[Path]:
    """Another name of the file `path`, gone afterwards.

    SQL may read an attached file as text, and write over it, by the name it was attached by; by one
    that leads nowhere it cannot.
    """
    with ExitStack() as stack:
        try:
            name = stack.enter_context(store.workspace()) / path.name
            name.hardlink_to(path)
        except OSError:  # a disk that cannot be written to, or that knows one name for a file
            name = path
        yield name


def _lock_down(con: duckdb.DuckDBPyConnection, spill: str) -> None:
    """From here on no file but those of the spill can be reached, and nothing of this can be
    changed. The order matters.
    """
    con.execute("set variable spill = $1", [spill])
    con.execute("set allowed_directories = [getvariable('spill')]")
    con.execute("set enable_external_access = false")
    con.execute("set lock_configuration = true")


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


def _create_metrics(con: duckdb.DuckDBPyConnection) -> None:
    """A view of each metric, with every column that the summarising query asks for."""
    for name in sql.names("metrics"):
        _as_metric(con, con.sql(sql.text(f"metrics/{name}"))).create_view(name)


def _as_metric(con: duckdb.DuckDBPyConnection, rows: sql.Relation) -> sql.Relation:
    known = set(rows.columns)
    asked = con.sql(sql.text(f"relations/{METRIC_COLUMNS}"))
    nothing = [
        sql.constant(None).cast(kind).alias(name)
        for name, kind in zip(asked.columns, asked.types, strict=True)
        if name not in known
    ]
    return rows.select(*map(sql.column, rows.columns), *nothing)


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
