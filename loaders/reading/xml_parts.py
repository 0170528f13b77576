"""Bounded reading of the XML parts of a workbook: each is streamed, and nothing of it is kept but
what a handler keeps.

A part is written by whoever sent the file. No tree is built of it, no entity is expanded, and no
tag, text or depth may grow beyond a stated bound, so that memory does not depend on what the file
claims.
"""

import posixpath
import zipfile
from functools import lru_cache
from typing import Any
from xml.parsers import expat

CHUNK = 1 << 16
MOST_TAG = 1 << 20  # bytes from one event to the next
MOST_DEPTH = 64
MOST_TEXT = 100_000  # characters of one cell; a spreadsheet holds 32,767
MAIN = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
PACKING = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # others reserve memory as they please
Attributes = dict[str, str]


class TooMuch(Exception):
    """A workbook passes a bound; its text goes on from the file's name: "holds …"."""


class Enough(Exception):
    """What was looked for is found: the rest of a part need not be read."""


class Handler:
    """What is made of a part. Names come without their namespace if it is the spreadsheet's own."""

    def start(self, name: str, attributes: Attributes) -> None:
        """A tag opens."""

    def end(self, name: str) -> None:
        """A tag closes."""

    def text(self, words: str) -> None:
        """Some of the text in a tag."""


class Text:
    """The text of one cell as it comes in pieces."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.length = 0

    def add(self, words: str) -> None:
        """Raises TooMuch for a text that no spreadsheet holds."""
        self.length += len(words)
        if self.length > MOST_TEXT:
            raise TooMuch(
                f"holds a cell of more than {MOST_TEXT:,} characters, which no spreadsheet writes."
            )
        self.pieces.append(words)

    def take(self) -> str:
        """The whole text; the next one begins."""
        found = "".join(self.pieces)
        self.pieces, self.length = [], 0
        return found


class _Depth:
    """How deep tags are nested; passes on what lies within the bound."""

    def __init__(self, handler: Handler) -> None:
        self.handler, self.depth = handler, 0

    def start(self, name: str, attributes: Attributes) -> None:
        self.depth += 1
        if self.depth > MOST_DEPTH:
            raise TooMuch(
                f"has tags nested more than {MOST_DEPTH} deep, which no spreadsheet writes."
            )
        self.handler.start(_local(name), attributes)

    def end(self, name: str) -> None:
        self.depth -= 1
        self.handler.end(_local(name))


def read_part(packed: zipfile.ZipFile, name: str, handler: Handler) -> None:
    """Stream one part through `handler`, until it raises Enough.

    Raises TooMuch, ValueError, ExpatError.
    """
    if packed.getinfo(name).compress_type not in PACKING:
        raise ValueError(name)
    parser: Any = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    depth = _Depth(handler)
    parser.StartElementHandler, parser.EndElementHandler = depth.start, depth.end
    parser.CharacterDataHandler = handler.text
    parser.StartDoctypeDeclHandler = _refuse_doctype
    fed = 0
    with packed.open(name) as part:
        try:
            while chunk := part.read(CHUNK):
                parser.Parse(chunk, False)
                fed += len(chunk)
                if fed - parser.CurrentByteIndex > MOST_TAG:
                    raise TooMuch(
                        f"has a tag of more than {MOST_TAG >> 20} MB, which no spreadsheet writes."
                    )
            parser.Parse(b"", True)
        except Enough:
            return


@lru_cache(maxsize=1000)
def _local(name: str) -> str:
    space, _, local = name.rpartition(" ")
    return local if space in MAIN else name


def _refuse_doctype(*_: object) -> None:
    raise ValueError("a workbook declares no document type")


class Relations(Handler):
    """The parts that a part names: of each id its kind and its path in the file."""

    MOST, LONGEST = 5000, 2000  # relations, and characters of a path

    def __init__(self, packed: zipfile.ZipFile, part: str) -> None:
        folder, base = posixpath.split(part)
        self.folder = folder
        self.found: dict[str, tuple[str, str]] = {}
        read_part(packed, posixpath.join(folder, "_rels", f"{base}.rels"), self)

    def start(self, name: str, attributes: Attributes) -> None:
        """One relation."""
        if name.endswith(" Relationship") and attributes.get("TargetMode") != "External":
            values = [attributes[key] for key in ("Id", "Type", "Target")]
            if len(self.found) >= self.MOST or max(map(len, values)) > self.LONGEST:
                raise TooMuch(
                    f"is made of more than {self.MOST:,} parts, or of parts with names that no "
                    "spreadsheet writes."
                )
            path = posixpath.normpath(posixpath.join("/", self.folder, values[2])).lstrip("/")
            self.found[values[0]] = (values[1].rpartition("/")[2], path)

    def of_kind(self, kind: str) -> str | None:
        """The path of the first part of a kind, `styles` for one; None if there is none."""
        return next((path for found, path in self.found.values() if found == kind), None)
