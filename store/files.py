"""Small files written whole or not at all, and read again only once another is
put in their place.
"""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar, cast

Thing = TypeVar("Thing")
_kept: dict[
    Path, tuple[tuple[int, int, int], object]
] = {}  # what small files said, by which file it was


def put_in_place(path: Path, data: bytes) -> None:
    """Write a small file whole or not at all, whatever happens in between: beside its place, to the
    disk, then there in one rename.
    """
    fresh = path.with_name(f"{path.name}.new")
    _to_disk(fresh, data)
    fresh.rename(path)
    flush(path.parent)


def put_if_absent(path: Path, data: bytes) -> bool:
    """The same where there is no such file yet; of two who write at once the first stands. Whether
    it was this one.
    """
    fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
    _to_disk(fresh, data)
    try:
        path.hardlink_to(fresh)
    except FileExistsError:
        return False
    finally:
        fresh.unlink()
    flush(path.parent)
    return True


def _to_disk(path: Path, data: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def in_place(path: Path, parsed: Callable[[bytes], Thing]) -> Thing | None:
    """What a small file says, None where there is none.

    Read again only once another is put in its place: pages ask at every figure.
    """
    try:
        found = path.stat()
        stamp = (found.st_ino, found.st_mtime_ns, found.st_size)
        if (kept := _kept.get(path)) is None or kept[0] != stamp:
            kept = _kept[path] = (stamp, parsed(path.read_bytes()))
    except FileNotFoundError:
        return None
    return cast(Thing, kept[1])


def flush(path: Path) -> None:
    """Have the disk hold what was written to a file, or which names a folder has."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
