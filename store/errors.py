"""What can go wrong with a store, and the words for it: each says what happened and how to mend it.

StoreError
├── StoreBusy         another writer holds the lock
├── NotAnExport       a folder is not what `vawg export` wrote, or is that and no store
├── UnknownEngine     an engine was asked for that is not there
├── UnknownSnapshot   a snapshot was asked for that is not kept
├── DamagedSnapshot   a snapshot's file cannot be read
├── CurrentLost       CURRENT is gone or names nothing, so the newest snapshot is not known
├── RecordDamaged     the ledger, or an archive it names, is not as it was written
├── WrongSetting      a small file edited by hand cannot be read
├── TooLittleMemory   the work did not fit into the memory it was given
└── Stopped           the person who asked has stopped it
"""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from store.remedies import Refusal, Remedy

ON_DISK = (
    duckdb.IOException,
    duckdb.FatalException,
    duckdb.SerializationException,
    duckdb.InternalException,
)


class StoreError(Refusal):
    """The store cannot do what was asked; its text is a sentence for the person who asked."""


class StoreBusy(StoreError):
    """Another writer holds the lock."""


class NotAnExport(StoreError):
    """A folder is not what `vawg export` wrote, or it is that and no store."""


class UnknownEngine(StoreError):
    """Another engine than DuckDB was asked for, and is not there."""


class UnknownSnapshot(StoreError):
    """A snapshot was asked for that is not kept."""


class DamagedSnapshot(StoreError):
    """A snapshot's file cannot be read; the archive, or the snapshot before, still can."""


class CurrentLost(StoreError):
    """CURRENT is gone, or names no snapshot: only a rebuild may write until it is back."""


class RecordDamaged(StoreError):
    """The ledger, or an archive that it names, is not as it was written."""


class WrongSetting(StoreError):
    """A small file of the store that people edit cannot be read; the sentence
    names file and field.
    """


class TooLittleMemory(StoreError):
    """The work did not fit into the memory it was given."""


class Stopped(StoreError):
    """Stopped by the person who asked; nothing was written."""


@contextmanager
def in_words(folder: Path, number: int | None = None) -> Iterator[None]:
    """What a disk or a damaged file does to us, as a StoreError that says what happened and how to
    mend it.
    """
    try:
        yield
    except OSError as problem:
        raise StoreError(_disk_words(folder, problem)) from problem
    except duckdb.InterruptException:
        raise Stopped("Stopped. Nothing was written.") from None
    except duckdb.Error as problem:
        raise _of_duckdb(folder, number, problem) from problem


@contextmanager
def archive_words(path: Path) -> Iterator[None]:
    """What a damaged archive does to whoever reads it, as RecordDamaged naming the file."""
    try:
        yield
    except (
        duckdb.InvalidInputException,
        duckdb.SerializationException,
        duckdb.IOException,
    ) as problem:
        if "No space left" in str(problem) or "Could not write" in str(problem):
            raise
        raise RecordDamaged(
            f"archive/{path.name} is damaged. Load the original export again, or restore that "
            "file from a backup."
        ) from problem


def _of_duckdb(folder: Path, number: int | None, problem: duckdb.Error) -> Exception:
    """The StoreError of what DuckDB met on the disk, known by its class or by its words; any other
    error stays what it is: a bug.
    """
    text = str(problem)
    for words, number_of in (
        ("No space left", errno.ENOSPC),
        ("Could not write", errno.ENOSPC),
        ("Read-only", errno.EROFS),
        ("Permission denied", errno.EACCES),
        ("Transport endpoint", errno.ENOTCONN),
    ):
        if words in text:
            return StoreError(_disk_words(folder, OSError(number_of, text)))
    if isinstance(problem, duckdb.OutOfMemoryException):
        return TooLittleMemory(
            "This takes more memory than this machine has for it. Nothing was changed: load the "
            "export in parts, or use a larger one."
        )
    if not isinstance(problem, ON_DISK) and "orrupt" not in text:
        return problem
    if not (folder / "snapshots").is_dir() or (
        number is not None and not _path(folder, number).is_file()
    ):
        return StoreError(_disk_words(folder, OSError(errno.ENOENT, text)))
    return DamagedSnapshot(damage_words(folder, number), Remedy("rebuild") if number else None)


def _disk_words(folder: Path, problem: OSError) -> str:
    """One sentence for what the disk would not do."""
    if problem.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return (
            "The disk of the store is full. Nothing was changed: free some space and do it again."
        )
    if problem.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return (
            f"The store in {folder} cannot be written to. Nothing was changed: ask for the "
            "right to write there."
        )
    return (
        f"The store in {folder} could not be reached ({os.strerror(problem.errno or errno.EIO)}). "
        "What was published before is as it was: see that its drive is there, then do it again."
    )


def damage_words(folder: Path, number: int | None, what: str = "is damaged on") -> str:
    """What to do about a snapshot that cannot be read; `what` says what is wrong with it."""
    if number is None:
        return (
            "The file being made was damaged on its way to the disk. Nothing was changed: do "
            "it again."
        )
    near = range(max(number - 30, 0), min(number, 10**9))
    before = max((at for at in near if _path(folder, at).is_file()), default=None)
    other = f"; the one before it, snapshot {before}, can be read" if before else ""
    return f"Snapshot {number} {what} the disk{other}."


def _path(folder: Path, number: int) -> Path:
    return folder / "snapshots" / f"{number:06d}.duckdb"
