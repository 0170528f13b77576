"""A file as it was sent, made into UTF-8 text whose traps are known. No cell is read here."""

import codecs
import gzip
import hashlib
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

from loaders.errors import UnreadableFile
from loaders.reading.temporary_files import TemporaryFiles

CHUNK = 1 << 20
SIZE_LIMIT = 4 << 30  # bytes of text in one export
BOMB_SIZE, BOMB_RATIO = 64 << 20, 200  # a compressed file beyond both is no export
CONTROL = bytes(set(range(32)) - {9, 10, 13}) + b"\x7f"
BYTE_ORDER_MARKS = (
    codecs.BOM_UTF8,
    codecs.BOM_UTF32_LE,
    codecs.BOM_UTF32_BE,
    codecs.BOM_UTF16_LE,
    codecs.BOM_UTF16_BE,
)
IN_EXCEL = "In Excel choose Save As, CSV UTF-8, and load that."
THE_EXPORT = "Ask for the export itself, as CSV."
MAGIC = {  # how files of other kinds begin: what they are, and what to do
    b"PK\x03\x04": ("an Excel workbook or a zip archive", IN_EXCEL),
    b"\xd0\xcf\x11\xe0": ("an old (.xls) or password-protected Excel workbook", IN_EXCEL),
    b"%PDF": ("a PDF document", THE_EXPORT),
    b"PAR1": ("a Parquet file", THE_EXPORT),
    b"SQLite format 3\0": ("a database", THE_EXPORT),
    b"7z\xbc\xaf": ("a 7-Zip archive", "Unpack it and load the export that it holds."),
    b"Rar!\x1a": ("a RAR archive", "Unpack it and load the export that it holds."),
    b"\x89PNG": ("a picture", THE_EXPORT),
    b"GIF8": ("a picture", THE_EXPORT),
    b"\xff\xd8\xff": ("a picture", THE_EXPORT),
}


@dataclass
class Received:
    """One export on disk: `path` holds UTF-8 text, the other facts say what stood in the file as
    sent.
    """

    path: Path
    file_name: str
    sha256: str
    room: TemporaryFiles
    encoding: str = "utf-8"
    is_mixed: bool = False
    has_undefined: bool = False  # bytes that its encoding does not know
    warnings: list[str] = field(default_factory=list)
    saved_on: date | None = None  # by its own account

    @cached_property
    def has_odd_line_ends(self) -> bool:
        """Is there no line feed among its first bytes, or a return without one?"""
        head = _head(self.path)
        pairs = head.count(b"\r\n") + (head.endswith(b"\r"))
        return b"\n" not in head or head.count(b"\r") != pairs


def receive(source: Path, file_name: str, room: TemporaryFiles) -> Received:
    """Take in `source`, called `file_name` by its sender, with files of `room`.

    Raises UnreadableFile.
    """
    head = _head(source)
    if not _is_text(head):
        raise UnreadableFile(f"{file_name} is empty: there is not one row in it. Export it again.")
    for magic, (what, mend) in MAGIC.items():
        if head.startswith(magic):
            raise UnreadableFile(f"{file_name} is {what}, not CSV text. {mend}")
    sha256, is_utf8 = _read_through(source)
    if head.startswith(b"\x1f\x8b"):
        text = room.new()
        _unpack(source, text, file_name)
        room.drop(source)
        if _head(text).startswith(b"\x1f\x8b"):
            raise UnreadableFile(
                f"{file_name} is an archive inside another. Unpack it once and load that."
            )
        _, is_utf8 = _read_through(text)
    else:
        text = room.open(source)
    received = Received(path=text, file_name=file_name, sha256=sha256, room=room)
    _decide_encoding(received, is_utf8)
    if not _ends_with_newline(received.path):
        received.warnings.append(
            "The last row has no line end: the file may have been cut there. Check its last row."
        )
    return received


def lines_of(path: Path) -> Iterator[bytes]:
    """The physical lines of a text file without their line feeds, whatever ends them; a return
    before one stays.
    """
    with path.open("rb") as file:
        data = file.read()
    data = data.removeprefix(codecs.BOM_UTF8)
    pairs = data.count(b"\r\n")
    if data.count(b"\r") - pairs > data.count(
        b"\n"
    ):  # line ends are returns; a stray line feed is one too
        yield from data.replace(b"\r\n", b"\r").replace(b"\n", b"\r").split(b"\r")
    else:
        yield from data.split(b"\n")


def _is_text(head: bytes) -> bool:
    """Is there more in the first bytes of a file than a byte order mark and blank lines?"""
    mark = next((mark for mark in BYTE_ORDER_MARKS if head.startswith(mark)), b"")
    return bool(head.removeprefix(mark).strip(b" \t\r\n"))


def _head(path: Path, size: int = 1 << 16) -> bytes:
    with path.open("rb") as file:
        return file.read(size)


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk


def _unpack(source: Path, target: Path, file_name: str) -> None:
    """Decompress, with a limit: a bomb fills a disk, a cut download ends in the middle."""
    sent, size = source.stat().st_size, 0
    try:
        with gzip.open(source) as packed, target.open("wb") as out:
            while chunk := packed.read(CHUNK):
                size += len(chunk)
                if size > SIZE_LIMIT or (size > BOMB_SIZE and size > BOMB_RATIO * sent):
                    raise UnreadableFile(
                        f"{file_name} unpacks to a size no CSV export has. Send the CSV itself."
                    )
                out.write(chunk)
    except (EOFError, zlib.error, gzip.BadGzipFile):
        raise UnreadableFile(
            f"{file_name} is half a file: its compressed data ends early. Download it again."
        ) from None


def _decide_encoding(received: Received, is_utf8: bool) -> None:
    """UTF-8, UTF-16 or Windows-1252; what is not UTF-8 is written again as UTF-8."""
    head = _head(received.path)
    if head.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise UnreadableFile(
            f"{received.file_name} is in the encoding UTF-32, which no export has. Save it as CSV "
            "UTF-8."
        )
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _transcode(received, "utf-16")
    zeros = head.count(0)
    if (
        zeros
        and zeros > len(head) * 0.3
        and head[1::2].count(0) > 0.8 * len(head[1::2])
        and head[::2].count(0) < zeros * 0.1
    ):
        return _transcode(received, "utf-16-le")
    if (
        zeros
        and zeros > len(head) * 0.3
        and head[::2].count(0) > 0.8 * len(head[::2])
        and head[1::2].count(0) < zeros * 0.1
    ):
        return _transcode(received, "utf-16-be")
    if zeros == len(head):
        raise UnreadableFile(
            f"{received.file_name} holds no text, only zero bytes: it is not a CSV file. Export "
            "it again."
        )
    if not is_utf8:
        good = head.startswith(codecs.BOM_UTF8) or any(
            not line.isascii() and _decodes(line) for line in lines_of(received.path)
        )
        if good:
            received.is_mixed = True
        else:
            _transcode(received, "cp1252")
    return None


def _read_through(path: Path) -> tuple[str, bool]:
    """The SHA-256 of a file, and whether it is UTF-8: both in one reading, for large files a pass
    costs.
    """
    digest = hashlib.sha256()
    decoder = codecs.getincrementaldecoder("utf-8")()
    is_utf8 = True
    for chunk in _chunks(path):
        digest.update(chunk)
        try:
            if is_utf8 and (not chunk.isascii() or decoder.getstate()[0]):
                decoder.decode(chunk)
        except UnicodeDecodeError:
            is_utf8 = False
    with suppress(UnicodeDecodeError):
        decoder.decode(b"", final=True)
        return digest.hexdigest(), is_utf8
    return digest.hexdigest(), False


def _decodes(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _transcode(received: Received, encoding: str) -> None:
    target = received.room.new()
    decoder = codecs.getincrementaldecoder(encoding)(
        errors="strict" if encoding.startswith("utf") else "replace"
    )
    try:
        with target.open("wb") as out:
            for chunk in _chunks(received.path):
                out.write(decoder.decode(chunk).encode("utf-8"))
            out.write(decoder.decode(b"", final=True).encode("utf-8"))
    except UnicodeDecodeError:
        raise UnreadableFile(
            f"{received.file_name} is in no encoding that we can read. Save it as CSV UTF-8."
        ) from None
    received.room.drop(received.path)
    received.path, received.encoding = target, encoding
    if encoding == "cp1252" and any("\ufffd".encode() in chunk for chunk in _chunks(target)):
        received.has_undefined = received.is_mixed = True


def _ends_with_newline(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(max(path.stat().st_size - CHUNK, 0))
        return file.read().rstrip(b"\0").endswith((b"\n", b"\r"))
