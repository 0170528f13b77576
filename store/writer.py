"""The store: numbered immutable snapshots, one writer under a lock, readers that never wait.

A store is a folder: `archive/`, `snapshots/000042.duckdb`, `CURRENT`, `tmp/`. A writer copies the
newest snapshot to a new name, changes the copy in one transaction and moves `CURRENT` to it in one
rename, so a crash at any instant leaves the last snapshot as it was.
"""

import errno
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from time import time

import duckdb
from filelock import FileLock, Timeout

import sql
from store import linked_snapshots, settings
from store.current import current_number, kept_numbers
from store.errors import RecordDamaged, StoreBusy, in_words
from store.files import flush, put_in_place
from store.permissions import keep_private, refuse_if_open_to_others, refuse_once
from store.schema import create_tables, schema_version
from store.snapshot import CLOSED, Snapshot, read

ALIVE = ".alive"  # locked in a folder of tmp for as long as its process lives
# where readers spill, and the seconds after which what is left there is a dead reader's
SPILL, SPILL_LIFE = ("spill", 6 * 3600)
# bytes; times the text, the snapshot; share of the machine
LEAST_ROOM, TIMES_TEXT, TIMES_STORED, MOST_ROOM = (300e6, 2.5, 6, 0.8)
KEPT = 24  # the newest snapshots that stay; DESIGN.md, "The store"
REFERENCE = Path(__file__).parent.parent / "data" / "reference"


@dataclass(frozen=True)
class Draft:
    """A snapshot being written: `con` is open on it read-write until it is published."""

    number: int
    con: duckdb.DuckDBPyConnection
    path: Path


class Store:
    """One store folder. Cheap to make: nothing is opened or created until it is needed.

    Raises StoreError where others can reach it.
    """

    def __init__(self, folder: Path) -> None:
        keep_private()
        self.folder = Path(folder).absolute()
        refuse_once(self.folder)
        self.archive = self.folder / "archive"
        self.snapshots = self.folder / "snapshots"
        self.tmp = self.folder / "tmp"
        self.is_roomy = False
        self._identity: os.stat_result | None = (
            None  # of the folder, while something is at work in it
        )
        self._busy: duckdb.DuckDBPyConnection | None = None

    def current(self) -> int | None:
        """The number of the newest snapshot; None for a store that holds nothing yet.

        Raises CurrentLost.
        """
        return current_number(self.folder)

    def kept(self) -> list[int]:
        """The numbers of the snapshots that can still be read, oldest first."""
        return kept_numbers(self.folder)

    def path(self, number: int) -> Path:
        """Where snapshot `number` lies."""
        return self.snapshots / f"{number:06d}.duckdb"

    @contextmanager
    def lock(self, progress: Callable[[str], None] = lambda _: None) -> Iterator[None]:
        """Hold the writer's lock, after waiting for whoever has it, which `progress` is told.

        Raises StoreBusy after the seconds that the store's settings allow, and StoreError where
        others can reach the store.
        """
        refuse_if_open_to_others(self.folder)
        self._make_folders()
        seconds = settings.of(self.folder).wait_seconds
        lock = FileLock(self.folder / "lock")
        try:
            try:
                lock.acquire(timeout=0)
            except Timeout:
                progress(f"Waiting for another load to finish, {seconds} seconds at most")
                lock.acquire(timeout=seconds)
        except Timeout:
            raise StoreBusy(
                f"Somebody else is loading into this store, and had not finished after {seconds} "
                "seconds. "
                "Nothing was changed: try again later, or set wait_seconds higher in settings.json."
            ) from None
        try:
            yield
        finally:
            lock.release()

    @contextmanager
    def workspace(self) -> Iterator[Path]:
        """A folder inside the store to work in, gone at the end; a dead process's is swept up by
        the next writer.
        """
        self._make_folders()
        with self._making():
            folder = Path(tempfile.mkdtemp(dir=self.tmp))
            alive = FileLock(folder / ALIVE)
            alive.acquire()
        before, self._identity = self._identity, self.folder.stat()
        try:
            yield folder
        finally:
            self._identity = before
            shutil.rmtree(folder, ignore_errors=True)
            alive.release()

    @contextmanager
    def draft(
        self, number: int, work: Path, fresh: bool = False, coming: int = 0
    ) -> Iterator[Draft]:
        """A copy in `work` of the newest snapshot (an empty one if `fresh`) to be changed;
        `coming`: bytes of text to be read into it.

        It takes memory in proportion to both, so that who looks at pages on the same machine keeps
        theirs; any where the store `is_roomy`. Raises StoreError, TooLittleMemory.
        """
        path = work / f"{number:06d}.duckdb"
        current = None if fresh else self.current()
        with in_words(self.folder, current):
            if current is not None:
                shutil.copyfile(self.path(current), path)
            con = duckdb.connect(
                str(path),
                config=CLOSED | {"temp_directory": str(work / "spill")} | self._room(coming),
            )
            con.execute(
                "set enable_progress_bar = true; set enable_progress_bar_print = false; set "
                "progress_bar_time = 0"
            )
            self._busy = con
            try:
                if current is None:
                    create_tables(con)
                    con.execute(
                        "insert into made_by values ($1, $2)",
                        [duckdb.__version__, schema_version()],
                    )
                _load_reference(con)
                yield Draft(number, con, path)
            finally:
                self._busy = None
                con.close()

    def share_done(self) -> float | None:
        """How much of the statement that a draft of this Store is running is done, 0 to 1; for
        another thread to show.
        """
        share = -1.0
        with suppress(duckdb.ConnectionException):  # it may be closed at any moment
            share = self._busy.query_progress() / 100 if self._busy else share
        return share if 0 <= share <= 1 else None

    def interrupt(self) -> None:
        """Stop the statement that a draft of this Store is running, from another thread: its act
        raises Stopped.
        """
        with suppress(duckdb.ConnectionException):
            if self._busy:
                self._busy.interrupt()

    @contextmanager
    def peek(self, draft: Draft) -> Iterator[Snapshot]:
        """`draft` as readers would see it; it can be neither changed nor published after that."""
        draft.con.execute("checkpoint")
        draft.con.close()
        snapshot = Snapshot(self, draft.number, draft.path)
        try:
            yield snapshot
        finally:
            snapshot.close()

    def publish(self, draft: Draft) -> None:
        """Make `draft` the current snapshot: checkpoint, close, rename, then move CURRENT."""
        draft.con.execute("checkpoint")
        draft.con.close()
        draft.path.chmod(0o600)
        flush(draft.path)
        if self.path(draft.number).exists():
            raise RecordDamaged(
                f"Snapshot {draft.number} is there already, and no snapshot is written over."
            )
        draft.path.rename(self.path(draft.number))
        put_in_place(self.folder / "CURRENT", f"{draft.number:06d}\n".encode())
        for number in set(self.kept()[:-KEPT]) - linked_snapshots.kept(self.folder):
            self.path(number).unlink(missing_ok=True)

    def is_outdated(self) -> bool:
        """Was the newest snapshot made by another DuckDB or another schema?

        Then it must be rebuilt to be changed.
        """
        current = self.current()
        if current is None:
            return False
        made_by = read(self, current).rows("made_by")
        return [(row["duckdb_version"], row["schema_version"]) for row in made_by] != [
            (duckdb.__version__, schema_version())
        ]

    def sweep(self, current: int | None) -> None:
        """Remove what a killed process left half made. Only under the writer's lock.

        With `current` None it is in doubt which snapshot is the newest, and all of them stay.
        """
        for number in self.kept() if current is not None else []:
            if number > (current or 0):
                self.path(number).unlink(missing_ok=True)
        for left in self.tmp.iterdir():
            if left.is_file():
                left.unlink(missing_ok=True)
            elif left.name == SPILL:
                _unlink_old(left)
            else:
                with self._making():
                    if _is_dead(left):
                        shutil.rmtree(left, ignore_errors=True)

    def _making(self) -> FileLock:
        """Held from making a folder to work in until it is locked: who sweeps up takes none in
        between for a dead process's.
        """
        return FileLock(self.folder / "workspace.lock", mode=0o600)

    def _room(self, coming: int) -> dict[str, str]:
        """The memory that a draft may take before it goes on the disk; docs/decisions.md, "Memory
        of a load".
        """
        stored = max((self.path(number).stat().st_size for number in self.kept()[-1:]), default=0)
        wanted = LEAST_ROOM + TIMES_TEXT * coming + TIMES_STORED * stored
        whole = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
        return (
            {}
            if self.is_roomy or wanted > MOST_ROOM * whole
            else {"memory_limit": f"{wanted / 1e6:.0f}MB"}
        )

    def _make_folders(self) -> None:
        """The folders of the store.

        What was a drive may be an empty folder by now: no new store is begun there.
        """
        if self._identity and not (
            self.folder.exists() and os.path.samestat(self.folder.stat(), self._identity)
        ):
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(self.folder))
        for folder in (self.folder, self.archive, self.snapshots, self.tmp):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def _is_dead(folder: Path) -> bool:
    """Has the process gone that worked in this folder of tmp?"""
    try:
        with FileLock(folder / ALIVE, timeout=0):
            return True
    except Timeout:
        return False
    except (FileNotFoundError, FileExistsError):
        return False  # it has just finished, and its folder went before or while it was looked at


def _unlink_old(folder: Path) -> None:
    for left in folder.iterdir():
        if time() - left.stat().st_mtime > SPILL_LIFE:
            left.unlink(missing_ok=True)


def _load_reference(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("set variable reference_folder = $1", [str(REFERENCE)])
    sql.run(con, "loading/reference_tables")
    sql.run(con, "loading/vawg_scope_by_sex")
