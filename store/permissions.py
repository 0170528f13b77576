"""A store is for its owner alone: what a process makes in it is private, and a store that others
can reach is refused.

Nothing in it can be encrypted, so the rights on its files are what stands between it and the other
people on the machine.
"""

import os
import shlex
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from store.errors import StoreError, in_words

OTHERS = 0o077  # the rights of anybody but the owner
# DuckDB takes a path with one of these for a pattern of several files, or for columns named by
# their folders
PATTERN = "*?[]{}="
_found_private: set[Path] = set()


def keep_private() -> None:
    """Whatever this process makes from now on is for its owner alone: DuckDB makes its files and
    its spill as the process does.
    """
    os.umask(OTHERS)


def refuse_if_open_to_others(folder: Path) -> None:
    """Raises StoreError, naming the first path in `folder` that is not its owner's alone.

    A store that does not exist yet is fine.
    """
    if marks := [mark for mark in PATTERN if mark in str(folder)]:
        raise StoreError(
            f"A store cannot lie in {folder}: a name with {marks[0]} in it could mean other "
            "files. Rename that folder."
        )
    with in_words(folder):
        _close_if_empty(folder)
        root = folder.resolve()
        for path, found in _all_in(folder):
            if fault := _fault(path, found, (folder, root)):
                raise StoreError(fault)


def refuse_once(folder: Path) -> None:
    """The same, for the many that read: once in each process for a store that was found private."""
    if folder not in _found_private:
        refuse_if_open_to_others(folder)
        if folder.exists():
            _found_private.add(folder)


def _close_if_empty(folder: Path) -> None:
    """A folder made beforehand, as people make folders: nothing was in it that anybody could have
    read, so it is made private.
    """
    if (
        folder.is_dir()
        and not any(folder.iterdir())
        and (found := folder.stat()).st_uid == os.geteuid()
        and found.st_mode & OTHERS
    ):
        folder.chmod(0o700)


def _all_in(folder: Path) -> Iterator[tuple[Path, os.stat_result]]:
    """The folder and all in it, each before what it holds; links are not followed, but for the
    folder itself.
    """
    waiting = [folder]
    while waiting:
        path = waiting.pop()
        with suppress(FileNotFoundError):  # a loader at work has just removed it
            found = path.stat() if path == folder else path.lstat()
            yield path, found
            if stat.S_ISDIR(found.st_mode):
                waiting.extend(sorted(path.iterdir(), reverse=True))


def _fault(path: Path, found: os.stat_result, store: tuple[Path, Path]) -> str | None:
    """What is wrong with one path of `store` (as it was named, and where it really lies), in a
    sentence that says how to mend it.
    """
    folder, root = store
    if path == folder and not stat.S_ISDIR(found.st_mode):
        return f"{folder} is a file, and a store is a folder: name another one with --store."
    if found.st_uid != os.geteuid():
        return (
            f"{path} belongs to another user, and a store is for one user only: run vawg as "
            "its owner, or give the store to you with chown."
        )
    if stat.S_ISLNK(found.st_mode):
        is_ours = (
            path.relative_to(folder).parts[0] == "tmp" and path.parent.parent != folder
        )  # a loader at work links to what it reads
        if is_ours or path.resolve().is_relative_to(root):
            return None
        return (
            f"{path} is a link that leads out of the store: remove it, or put what it leads to "
            "in its place."
        )
    if found.st_mode & OTHERS:
        return (
            f"{path} is open to other users of this machine: close the store to them with "
            f"chmod -R go-rwx {shlex.quote(str(folder))}."
        )
    return None
