"""A folder that is watched: exports that are dropped in are loaded, and moved to `done` or, with
the sentence that says why, to `refused`; a monthly pack that is due is made.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from cli.load_report import report_lines
from cli.options import say
from cli.remedies import refusal_words
from loaders.contracts import LoadOptions
from loaders.errors import AlreadyLoaded, LoadError
from loaders.load import Source, load
from loaders.reading.file_times import day_of_file
from metrics.figures import figures_at
from metrics.freshness import as_at
from metrics.periods import start_of
from packs.contents import Head
from packs.files import bytes_of, file_name
from packs.kept import all_kept, keep
from packs.make import pack_of, request_for
from store import settings
from store.errors import StoreError
from store.snapshot import read
from store.writer import Store

DONE, REFUSED, PACKS, LOCK = "done", "refused", "packs", ".vawg-watch.lock"
ENDINGS = (".csv", ".gz", ".zip", ".xlsx", ".xlsm", ".ods", ".fods")
HALF = ("~$", ".")  # how the name of a file begins that another program is still at


class WatchedTwice(StoreError):
    """Another watcher has the folder."""


@dataclass
class Watch:
    """A folder, the store that its exports go to, and what was seen of each file at the last
    look: only one that is the same at two looks is whole.
    """

    folder: Path
    store: Store
    by: str
    seen: dict[Path, tuple[int, int]] = field(default_factory=dict)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold the folder. Raises WatchedTwice where another watcher has it."""
        for name in (DONE, REFUSED):
            (self.folder / name).mkdir(exist_ok=True)
        lock = FileLock(self.folder / LOCK, timeout=0)
        try:
            lock.acquire()
        except Timeout:
            raise WatchedTwice(
                f"Another vawg watch has {self.folder}. One is enough: end it first."
            ) from None
        try:
            yield
        finally:
            lock.release()

    def look(self) -> int:
        """Take every file that is whole, the oldest first; how many were taken."""
        files = [path for path in self.folder.iterdir() if _is_export(path)]
        marks = {path: _mark(path) for path in files}
        whole = [path for path, mark in marks.items() if mark and self.seen.get(path) == mark]
        self.seen = {path: mark for path, mark in marks.items() if mark}
        whole.sort(key=lambda path: marks[path] or (0, 0))
        taken = sum(self._take(path) for path in whole if not is_open_elsewhere(path))
        if taken:
            self._packs()
        return taken

    def _take(self, path: Path) -> bool:
        """Load one file and move it; leave it for the next look where the store cannot take it."""
        options = LoadOptions(loaded_by=self.by)
        try:
            reports = load(
                self.store, [Source(path, path.name, saved_on=day_of_file(path))], options
            )
        except AlreadyLoaded as problem:  # by hand, or by a watcher that was killed in between
            self._move(path, DONE, refusal_words(problem))
        except LoadError as problem:
            self._move(path, REFUSED, refusal_words(problem))
        except StoreError as problem:  # busy, or a full disk: no fault of the file
            say(f"{path.name} waits: {refusal_words(problem)}")
            return False
        else:
            lines = [line for report in reports for line in report_lines(report)]
            self._move(path, DONE, "\n".join(lines))
        return True

    def _move(self, path: Path, where: str, report: str) -> None:
        """Move a file, with its report beside it, under a name that no other has."""
        stamp = f"{datetime.now(UTC):%Y-%m-%d-%H%M%S}"
        target = self.folder / where / f"{stamp}-{path.name}"
        number = 1
        while target.exists():
            number += 1
            target = self.folder / where / f"{stamp}-{number}-{path.name}"
        (target.parent / f"{target.name}.txt").write_text(f"{report}\n", encoding="utf-8")
        path.rename(target)
        self.seen.pop(path, None)
        say(f"{path.name}: {where}. {report.splitlines()[0] if report else ''}")

    def _packs(self) -> None:
        """Make the monthly pack of a month that has none yet."""
        snapshot = read(self.store)
        day = as_at(snapshot, "recorded_outcome", "force")
        wanted = ("monthly", "force", day and start_of("month", day))
        if day is None or wanted in [_due(one.pack) for one in all_kept(self.store.folder)]:
            return
        figures = figures_at(snapshot, settings.of(self.store.folder).provisional_days)
        pack = pack_of(request_for("monthly", "force", figures), self.store.folder, self.by)
        number = keep(self.store.folder, pack)
        (self.folder / PACKS).mkdir(exist_ok=True)
        path = self.folder / PACKS / file_name(pack, number, ".pptx")
        path.write_bytes(bytes_of(pack, ".pptx"))
        say(f"Pack {number}: {path.name}, from snapshot {pack.snapshot}.")

    def run(self, seconds: float, is_once: bool = False) -> None:
        """Look every so many seconds until the program is ended; or until all is taken once."""
        with self.alone():
            self.look()
            while True:
                time.sleep(seconds)
                self.look()
                if is_once and not any(_is_export(path) for path in self.folder.iterdir()):
                    return


def _due(pack: Head) -> tuple[str, str, date | None]:
    """What a pack was due for: a meeting, an audience, the month of its data."""
    return pack.meeting, pack.audience, pack.data_as_at and start_of("month", pack.data_as_at)


def _is_export(path: Path) -> bool:
    is_whole = not path.name.startswith(HALF) and path.suffix.casefold() in ENDINGS
    return is_whole and path.is_file() and not path.is_symlink()


def is_open_elsewhere(path: Path) -> bool:
    """Does another process of this machine still have the file open? As far as /proc tells us."""
    try:
        wanted = path.stat()
    except FileNotFoundError:
        return False
    for held in Path("/proc").glob("[0-9]*/fd/*"):
        try:
            found = held.stat()
        except OSError:  # it has ended, or is somebody else's
            continue
        if (found.st_ino, found.st_dev) == (wanted.st_ino, wanted.st_dev):
            return True
    return False


def _mark(path: Path) -> tuple[int, int] | None:
    """When a file was last written, and its size; None where it has gone or is empty."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return (found.st_mtime_ns, found.st_size) if found.st_size else None
