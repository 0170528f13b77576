"""A published snapshot, as readers see it: read-only, locked down, with today's relations and
metrics as views.
"""

import os
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from functools import partial
from importlib import import_module
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, cast

import duckdb

import sql
from store.cache import FILTERED, MEMORY, Key
from store.errors import (
    DamagedSnapshot,
    NotAnExport,
    UnknownEngine,
    UnknownSnapshot,
    damage_words,
    in_words,
)
from store.remedies import Remedy
from store.snapshot_views import Reader, read_by, show_tables

if TYPE_CHECKING:
    from store.writer import Store


EXPORT = "export.json"  # what tells a folder that was written for another engine
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
        asked = [
            (name, tuple(value) if isinstance(value, list) else value)
            for name, value in values.items()
        ]
        found = (FILTERED if values else MEMORY).recall(
            (self.key, "rows", query, *asked),
            partial(self._asked, query, **values),
            lambda rows: len(cast(Rows, rows)) <= SHORT,
        )
        return [dict(row) for row in cast(Rows, found)]

    def _asked(self, query: str, /, **values: object) -> Rows:
        is_named = (sql.FOLDER / f"{query}.sql").is_file()
        spoken = read_by(query) if is_named else frozenset({query})
        spoken |= {value for value in values.values() if isinstance(value, str)}
        with self.cursor(spoken) as cursor:
            if is_named:
                return sql.rows(cursor, query, **values)
            return sql.rows(cursor, "reports/whole_table", table=query)

    @contextmanager
    def cursor(self, views: Iterable[str] | None = None) -> Iterator[sql.Connection]:
        """A way to ask, in a transaction that reads only, the views that are named; None for all
        but the metrics.
        """
        with in_words(self._store.folder, self.number), _opened(self).cursor(views) as cursor:
            cursor.execute("begin transaction read only")
            yield cursor

    @contextmanager
    def _bare(self) -> Iterator[sql.Connection]:
        """Its stored tables alone, without the views, which take ten times as long to make."""
        with (
            in_words(self._store.folder, self.number),
            duckdb.connect(":memory:", config=CLOSED) as con,
        ):
            with _by_a_passing_name(self._store, self._path) as name:
                con.execute("attach $path as snap (read_only)", {"path": str(name)})
            yield con

    @contextmanager
    def unlocked(self) -> Iterator[sql.Connection]:
        """A connection of its own that sees its tables as this version knows them, and may write
        files: for what leaves the store as a whole.
        """
        with self._bare() as con:
            show_tables(con)
            yield con

    def stood_at(self, row_table: str) -> date | None:
        """The day at which the loads of a table stand that count; None where there is none."""

        def asked() -> Rows:
            with self._bare() as con:
                loads = con.table("snap.main.load").filter(sql.column("counts"))
                of_table = loads.filter(sql.column("row_table") == sql.constant(row_table))
                return [{"as_at": of_table.aggregate("max(as_at)").fetchall()[0][0]}]

        found = MEMORY.recall((self.key, "stood at", row_table), asked, lambda _: True)
        return cast("date | None", cast(Rows, found)[0]["as_at"])

    def read_whole(self) -> None:
        """Read every value of every stored table, so that damage anywhere in the file shows.

        Raises StoreError.
        """
        with self._bare() as con:
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
        show_tables(con)
        _lock_down(con, spill)
        return con

    def close(self) -> None:
        """Let go of the file."""
        with _opening:
            _open.pop(self.key, None)

    @property
    def store_folder(self) -> Path:
        """The folder of its store."""
        return self._store.folder

    def path_of(self, number: int) -> Path:
        """Where another snapshot of the same store lies."""
        return self._store.path(number)

    @property
    def loads(self) -> Rows:
        """The ledger of loads as this snapshot knows it, oldest first."""
        return self.rows("reports/loads")


_open: dict[Key, Reader] = {}
_opening = Lock()


def _opened(snapshot: Snapshot) -> Reader:
    """The reader of a snapshot.

    The last four are kept; one that is given up goes when the last who asks it is done.
    """
    with _opening:
        reader = _open.pop(snapshot.key, None) or Reader(snapshot.open())
        _open[snapshot.key] = reader
        while len(_open) > OPEN:
            _open.pop(next(iter(_open)))
        return reader


def read(store: "Store", number: int | None = None, engine: str | None = None) -> Snapshot:
    """Snapshot `number`, or the newest, its figures asked of an engine: `duckdb` or `spark`, by
    default what VAWG_ENGINE says. Raises UnknownSnapshot, DamagedSnapshot, CurrentLost,
    UnknownEngine.
    """
    engine = engine or os.environ.get("VAWG_ENGINE") or "duckdb"
    if engine == "duckdb" and is_export(store.folder):
        raise NotAnExport(f"{store.folder} was written for Spark: say --engine spark.")
    if engine == "duckdb":
        return read_by_duckdb(store, number)
    if engine != "spark":
        raise UnknownEngine(f"There is no engine {engine!r}: it is duckdb or spark.")
    try:
        spark = import_module("store.spark.engine")  # it takes seconds, and is not there in service
    except ModuleNotFoundError as missing:
        raise UnknownEngine(
            f"The engine spark needs the package {missing.name}, which is not installed here. "
            "make setup-spark installs it beside the program, in .venv-spark."
        ) from None
    return cast(Snapshot, spark.of_store(store, number))


def is_export(folder: Path) -> bool:
    """Was this folder written by `vawg export`, and is no store?"""
    return (folder / EXPORT).is_file()


def read_by_duckdb(store: "Store", number: int | None = None) -> Snapshot:
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
