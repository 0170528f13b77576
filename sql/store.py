"""The store: numbered immutable snapshots, one writer under a lock, readers that never wait.

A store is a folder: `archive/`, `snapshots/000042.duckdb`, `CURRENT`, `tmp/`. A writer copies the newest
snapshot to a new name, changes the copy in one transaction and moves `CURRENT` to it in one rename, so a
crash at any instant leaves the last snapshot as it was.
"""

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any

import duckdb
from filelock import FileLock, Timeout

import sql

KEPT = 24  # the newest snapshots that stay; DESIGN.md, "The store"
REFERENCE = Path(__file__).parent.parent / "data" / "reference"


class StoreError(Exception):
    """The store cannot do what was asked; its text is a sentence for the person who asked."""


class StoreBusy(StoreError):
    """Another writer holds the lock."""


class UnknownSnapshot(StoreError):
    """A snapshot was asked for that is not kept."""


@dataclass(frozen=True)
class Draft:
    """A snapshot being written: `con` is open on it read-write until it is published."""

    number: int
    con: duckdb.DuckDBPyConnection


class Store:
    """One store folder. Cheap to make: nothing is opened or created until it is needed."""

    def __init__(self, folder: Path) -> None:
        self.folder = Path(folder).absolute()
        self.archive = self.folder / "archive"
        self.snapshots = self.folder / "snapshots"
        self.tmp = self.folder / "tmp"

    def current(self) -> int | None:
        """The number of the newest snapshot; None for a store that holds nothing yet."""
        try:
            return int((self.folder / "CURRENT").read_text().strip())
        except FileNotFoundError:
            return None

    def kept(self) -> list[int]:
        """The numbers of the snapshots that can still be read, oldest first."""
        return sorted(int(path.stem) for path in self.snapshots.glob("[0-9]*.duckdb"))

    def path(self, number: int) -> Path:
        """Where snapshot `number` lies."""
        return self.snapshots / f"{number:06d}.duckdb"

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the writer's lock; raises StoreBusy where another writer has it."""
        self._make_folders()
        try:
            with FileLock(self.folder / "lock", timeout=30):
                yield
        except Timeout:
            raise StoreBusy("Somebody else is loading into this store. Try again when they have finished.") from None

    @contextmanager
    def draft(self, number: int, fresh: bool = False) -> Iterator[Draft]:
        """A copy of the newest snapshot (an empty one if `fresh`) to be changed; swept up unless published."""
        self._make_folders()
        path = self.tmp / f"{number:06d}.{os.getpid()}.duckdb"
        current = self.current()
        if current is not None and not fresh:
            shutil.copyfile(self.path(current), path)
        con = duckdb.connect(str(path), config={"temp_directory": str(self.tmp / "spill")})
        try:
            if current is None or fresh:
                sql.run(con, "schema")
                con.execute("insert into made_by values ($1, $2)", [duckdb.__version__, schema_version()])
            _load_reference(con)
            yield Draft(number, con)
        finally:
            con.close()
            for left in self.tmp.glob(f"{path.name}*"):
                with suppress(FileNotFoundError):
                    left.unlink()

    def publish(self, draft: Draft) -> None:
        """Make `draft` the current snapshot: checkpoint, close, rename, then move CURRENT."""
        source = Path(draft.con.execute("select path from duckdb_databases() where path is not null").fetchall()[0][0])
        draft.con.execute("checkpoint")
        draft.con.close()
        source.chmod(0o600)
        _flush(source)
        source.rename(self.path(draft.number))
        pointer = self.folder / "CURRENT.new"
        pointer.write_text(f"{draft.number:06d}\n")
        _flush(pointer)
        pointer.rename(self.folder / "CURRENT")
        _flush(self.folder)
        for number in self.kept()[:-KEPT]:
            self.path(number).unlink(missing_ok=True)

    def is_outdated(self) -> bool:
        """Was the newest snapshot made by another DuckDB or another schema? Then it must be rebuilt to be changed."""
        current = self.current()
        if current is None:
            return False
        made_by = read(self, current).rows("made_by")
        return [(row["duckdb_version"], row["schema_version"]) for row in made_by] != [(duckdb.__version__, schema_version())]

    def sweep(self) -> None:
        """Remove what a killed writer left half made. Only under the lock."""
        current = self.current() or 0
        for number in self.kept():
            if number > current:
                self.path(number).unlink(missing_ok=True)
        for left in (*self.tmp.glob("*.duckdb*"), *self.tmp.glob("*.parquet")):
            left.unlink(missing_ok=True)

    def _make_folders(self) -> None:
        for folder in (self.folder, self.archive, self.snapshots, self.tmp):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)


class Snapshot:
    """One published snapshot, opened read-only and locked down; safe to share between threads."""

    def __init__(self, store: Store, number: int) -> None:
        self.number = number
        path = store.path(number)
        if not path.is_file():
            kept = ", ".join(map(str, store.kept()[-5:])) or "none"
            raise UnknownSnapshot(f"Snapshot {number} is not kept in this store; the newest are {kept}.")
        self._con = duckdb.connect(":memory:", config={"threads": 2, "temp_directory": str(store.tmp / "spill")})
        self._con.execute("attach $path as snap (read_only)", {"path": str(path)})
        for (table,) in self._con.execute("select table_name from duckdb_tables() where database_name = 'snap'").fetchall():
            self._con.table(f"snap.main.{table}").create_view(table)
        _create_views(self._con, [f"base/{name}" for name in sql.names("base")])
        _create_views(self._con, [f"metrics/{name}" for name in sql.names("metrics")])
        self._con.execute("set autoinstall_known_extensions = false; set autoload_known_extensions = false")
        self._con.execute("set enable_external_access = false")
        self._con.execute("set lock_configuration = true")

    def rows(self, query: str, /, **values: object) -> list[dict[str, Any]]:
        """The rows of a named query, or all of a stored table where no query has that name."""
        with self._con.cursor() as cursor:
            if (sql.FOLDER / f"{query}.sql").is_file():
                return sql.rows(cursor, query, **values)
            return sql.rows(cursor, "whole_table", table=query)

    @cached_property
    def loads(self) -> list[dict[str, Any]]:
        """The ledger of loads as this snapshot knows it, oldest first."""
        return self.rows("loads")


_open: dict[tuple[Path, int], Snapshot] = {}
_opening = Lock()


def read(store: Store, number: int | None = None) -> Snapshot:
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


def schema_version() -> str:
    """A short hash of the schema and the loading SQL: another one means that snapshots must be rebuilt."""
    return hashlib.sha256(sql.text("schema").encode()).hexdigest()[:12]


def _load_reference(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("set variable reference_folder = $1", [str(REFERENCE)])
    sql.run(con, "reference")
    sql.run(con, "scope_line")


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


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
