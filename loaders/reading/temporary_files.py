"""Files without a name: what a load unpacks, translates or cleans holds columns that are never
stored, and must not outlive it.

A file without a name goes with the process that made it, however that ends: a killed loader leaves
nothing of it in the store.
"""

import tempfile
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from store.installation import OPEN_FILES

MOST_OPEN = 600  # a process may have some thousand files open


class TemporaryFiles:
    """A room for files without a name, each known by a path that only this process can use, for as
    long as the room is open.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._files: dict[Path, IO[bytes]] = {}

    def new(self) -> Path:
        """An empty file, to be written and read by its path.

        Where the system has no such files it has a name until the folder goes.
        """
        if not OPEN_FILES.is_dir():
            return Path(tempfile.mkstemp(dir=self.folder)[1])
        return self._opened(tempfile.TemporaryFile(dir=self.folder))

    def open(self, path: Path) -> Path:
        """A file that is there already, by a path in which no reader finds a
        pattern or an ending.
        """
        if path in self._files:
            return path
        if not OPEN_FILES.is_dir() or len(self._files) > MOST_OPEN:
            link = Path(tempfile.mkdtemp(dir=self.folder)) / "export"
            link.symlink_to(path.absolute())
            return link
        return self._opened(path.open("rb"))

    def drop(self, path: Path) -> None:
        """Let go of a file of this room; of any other nothing happens."""
        if path in self._files:
            self._files.pop(path).close()

    def handles(self) -> list[int]:
        """The numbers of its files, for a process that is to inherit them: they have the same paths
        there.
        """
        return [file.fileno() for file in self._files.values()]

    def _opened(self, file: IO[bytes]) -> Path:
        path = OPEN_FILES / str(file.fileno())
        self._files[path] = file
        return path

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for path in list(self._files):
            self.drop(path)
