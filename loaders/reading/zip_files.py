"""What a zip archive holds: the exports in it, within bounds."""

import gzip
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath
from xml.parsers.expat import ExpatError

from loaders.errors import UnreadableFile
from loaders.reading.encoding import BOMB_RATIO, BOMB_SIZE, SIZE_LIMIT
from loaders.reading.file_times import day_of_member
from loaders.reading.temporary_files import TemporaryFiles

CHUNK = 1 << 22
BOOKS = (".xlsx", ".xlsm", ".ods")
EXPORTS = (".csv", ".txt", ".tsv", ".gz", ".fods", *BOOKS)
LITTER = ("__macosx/", ".ds_store", "thumbs.db", "desktop.ini")
MOST_MEMBERS = 500
END_RECORD = (1 << 16) + 100  # bytes at the end of a zip in which that record stands
MOST_DIRECTORY = 4 << 20  # bytes of the list of what is in a zip, which is read whole
BROKEN = (
    ExpatError,
    StopIteration,
    KeyError,
    ValueError,
    SyntaxError,
    zipfile.BadZipFile,
    AttributeError,
    TypeError,
    EOFError,
    RuntimeError,
    zlib.error,
    lzma.LZMAError,
    IndexError,
)


@dataclass(frozen=True)
class Source:
    """An export to be loaded: where it lies, and the name its sender gave it."""

    path: Path
    file_name: str
    notes: tuple[str, ...] = ()  # what was odd about unpacking it
    saved_on: date | None = None  # by its own account


def is_zip(path: Path) -> bool:
    """Does a file begin as zip archives do?"""
    with path.open("rb") as file:
        return file.read(4) in (b"PK\x03\x04", b"PK\x05\x06")


def members(source: Source, room: TemporaryFiles) -> list[Source]:
    """The exports in a zip; a workbook, which is a zip itself, stays one."""
    with opened(source) as packed:
        names = [
            info
            for info in packed.infolist()
            if not info.is_dir() and not _is_litter(info.filename)
        ]
        if any(info.filename == "[Content_Types].xml" for info in names) or is_opendocument(packed):
            return [source]
        if not names or len(names) > MOST_MEMBERS:
            raise UnreadableFile(
                f"{source.file_name} is a zip archive of {len(names)} files; it has to hold "
                f"between 1 and {MOST_MEMBERS}."
            )
        for info in names:
            if not info.filename.lower().endswith(EXPORTS):
                raise UnreadableFile(
                    f"{source.file_name} is a zip archive that holds "
                    f"{PurePosixPath(info.filename).name}, no CSV export. Take it out."
                )
        found, left = [], max(BOMB_SIZE, BOMB_RATIO * source.path.stat().st_size)
        for info in names:
            found.append(_extracted(packed, info, source, room.new()))
            left -= _unpacked_size(found[-1].path, left)
            if left < 0:
                raise UnreadableFile(
                    f"{source.file_name} unpacks to a size no CSV export has. Send the CSV itself."
                )
        return found


def is_opendocument(packed: zipfile.ZipFile) -> bool:
    """Is an archive an OpenDocument spreadsheet?"""
    return (
        "content.xml" in packed.namelist()
        and "mimetype" in packed.namelist()
        and b"opendocument" in packed.read("mimetype")[:200]
    )


def _unpacked_size(path: Path, most: int) -> int:
    """The bytes of a file, of a compressed one those that it unpacks to; beyond `most` they are not
    counted.
    """
    with path.open("rb") as file:
        if file.read(2) != b"\x1f\x8b":
            return path.stat().st_size
    size = 0
    with (
        suppress(EOFError, zlib.error, gzip.BadGzipFile),
        gzip.open(path) as packed,
    ):  # who reads it says that it is damaged
        while size <= most and (chunk := packed.read(CHUNK)):
            size += len(chunk)
    return size


def _is_litter(name: str) -> bool:
    return any(mark in name.lower() for mark in LITTER)


@contextmanager
def opened(source: Source) -> Iterator[zipfile.ZipFile]:
    """An archive open to be read. Raises UnreadableFile where it is damaged or holds too much."""
    try:
        if _directory_size(source.path) > MOST_DIRECTORY:
            raise UnreadableFile(
                f"{source.file_name} holds more files than an export has. Send the CSV itself."
            )
        with zipfile.ZipFile(source.path) as packed:
            yield packed
    except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError) as problem:
        if (
            isinstance(problem, OSError)
            and not isinstance(problem, zipfile.BadZipFile | EOFError)
            and problem.errno is not None
        ):
            raise
        raise UnreadableFile(
            f"{source.file_name} is not a whole Excel workbook or zip archive, and not CSV text "
            "either. Send it again."
        ) from None


def _directory_size(path: Path) -> int:
    """The bytes of a zip's list of its files, which stands before the record that ends it; 0 where
    there is none.
    """
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(max(0, size - END_RECORD))
        end = file.read()
    at = end.rfind(b"PK\x05\x06")
    short = int.from_bytes(end[at + 12 : at + 16], "little") if at >= 0 else 0
    if (long := end.rfind(b"PK\x06\x06", 0, max(at, 0))) < 0:
        return short
    return max(short % 0xFFFFFFFF, int.from_bytes(end[long + 40 : long + 48], "little"))


def _extracted(
    packed: zipfile.ZipFile, info: zipfile.ZipInfo, source: Source, target: Path
) -> Source:
    """One member, with a limit on its size."""
    if info.flag_bits & 1:
        raise UnreadableFile(
            f"{source.file_name} is a zip archive with a password. Send it without one, by a safe "
            "way."
        )
    size = 0
    try:
        with packed.open(info) as inside, target.open("wb") as out:
            while chunk := inside.read(CHUNK):
                size += len(chunk)
                if size > SIZE_LIMIT or (
                    size > BOMB_SIZE and size > BOMB_RATIO * max(info.compress_size, 1)
                ):
                    raise UnreadableFile(
                        f"{source.file_name} unpacks to a size no CSV export has. Send the CSV "
                        "itself."
                    )
                out.write(chunk)
    except BROKEN:
        raise UnreadableFile(
            f"{source.file_name} is damaged: {PurePosixPath(info.filename).name} in it cannot be "
            "read. Zip it again."
        ) from None
    if is_zip(target) and not info.filename.lower().endswith(BOOKS):
        raise UnreadableFile(
            f"{source.file_name} is a zip archive in a zip archive. Send the CSV itself."
        )
    return Source(target, PurePosixPath(info.filename).name, saved_on=day_of_member(info))


def is_within(unpacked: int, sent: int) -> bool:
    """Is this the size of what an export of `sent` bytes holds, and not of a bomb?"""
    return unpacked <= SIZE_LIMIT and (unpacked <= BOMB_SIZE or unpacked <= BOMB_RATIO * sent)
