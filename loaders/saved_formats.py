"""Formats that this store has been taught: how one sender's export spells our fields and codes,
under a name.
"""

import json
import re
from datetime import datetime
from pathlib import Path

from pydantic import TypeAdapter

from loaders.contracts import Contract, DateOrder, LoadOptions
from loaders.errors import AmbiguousFile, UnknownFormat
from loaders.formats import BY_NAME, header_key
from loaders.ledger_entries import LoadEntry
from loaders.reading.headers import DELIMITERS, SEARCHED_LINES
from loaders.reading.layout import split_line
from store.files import put_in_place
from store.remedies import Remedy
from store.settings import parsed
from store.writer import Store


class SavedFormat(Contract):
    """A mapping by name. A file that has all of `headers` is recognised as it."""

    name: str
    format: str
    headers: tuple[str, ...]  # the header keys of the columns it understood
    header_map: dict[str, str]
    code_map: dict[str, str]
    date_order: DateOrder | None
    force_name: str | None
    saved_by: str
    saved_at: datetime


FORMATS = TypeAdapter(list[SavedFormat])


def saved_formats(store: Store) -> list[SavedFormat]:
    """The formats this store was taught, oldest first. Raises WrongSetting."""
    path = _path(store)
    return parsed(path.read_bytes(), FORMATS, f"archive/{path.name}") if path.is_file() else []


def check_name(name: str) -> str:
    """`name` as a format may be called; raises UnknownFormat."""
    plain = name.strip()
    if not re.fullmatch(r"[\w][\w .,()&'/-]{0,59}", plain) or plain in BY_NAME:
        raise UnknownFormat(
            f"A saved format cannot be called {name!r}: use letters, digits and spaces, and no "
            "name of a built-in format."
        )
    return plain


def save(store: Store, load_entry: LoadEntry, moment: datetime) -> None:
    """Teach the store how the file of `entry` was understood, under the name its options give; that
    name's format is replaced.
    """
    options = load_entry.options
    if options.save_format is None:
        return
    taught = SavedFormat(
        name=check_name(options.save_format),
        format=load_entry.format,
        headers=tuple(sorted(map(header_key, load_entry.columns.values()))),
        header_map={
            theirs: ours
            for ours, theirs in load_entry.columns.items()
            if ours in BY_NAME[load_entry.format].names
        },
        code_map=options.code_map,
        date_order=options.date_order,
        force_name=options.force_name,
        saved_by=options.loaded_by,
        saved_at=moment,
    )
    kept = [known for known in saved_formats(store) if known.name != taught.name]
    formats = [known.model_dump(mode="json") for known in (*kept, taught)]
    put_in_place(_path(store), json.dumps(formats, ensure_ascii=False, indent=1).encode())


def with_saved(
    store: Store, lines: list[str], file_name: str, options: LoadOptions
) -> tuple[LoadOptions, str | None]:
    """`options` with what a saved format adds, and its name; as they are where none is recognised.

    Raises AmbiguousFile.
    """
    known = saved_formats(store)
    if options.format is not None:
        known = [entry for entry in known if entry.name == options.format]
        return (_merged(options, known[0]), known[0].name) if known else (options, None)
    found = [entry for entry in known if _has(lines, set(entry.headers))]
    if not found:
        return options, None
    widest = max(len(entry.headers) for entry in found)
    best = [entry for entry in found if len(entry.headers) == widest]
    if (
        len(
            {
                (entry.format, *sorted(entry.header_map.items()), *sorted(entry.code_map.items()))
                for entry in best
            }
        )
        > 1
    ):
        names = " or ".join(repr(entry.name) for entry in best)
        raise AmbiguousFile(
            f"{file_name} could be of the saved format {names}.",
            Remedy("format", value=repr(best[0].name)),
        )
    return _merged(options, best[-1]), best[-1].name


def _merged(options: LoadOptions, saved_format: SavedFormat) -> LoadOptions:
    """What the person says beats what was saved."""
    said = {header_key(theirs) for theirs in options.header_map}
    fields = set(options.header_map.values())
    heads = {
        theirs: ours
        for theirs, ours in saved_format.header_map.items()
        if header_key(theirs) not in said and ours not in fields
    }
    return options.model_copy(
        update={
            "format": saved_format.format,
            "header_map": heads | options.header_map,
            "code_map": saved_format.code_map | options.code_map,
            "date_order": options.date_order or saved_format.date_order,
            "force_name": options.force_name or saved_format.force_name,
        }
    )


def _has(lines: list[str], headers: set[str]) -> bool:
    """Does one of the first lines hold all of these headers?"""
    return any(
        headers <= {header_key(cell) for cell in split_line(line[:20000], delimiter)}
        for line in lines[:SEARCHED_LINES]
        for delimiter in DELIMITERS
        if delimiter in line or len(headers) == 1
    )


def _path(store: Store) -> Path:
    return store.archive / "formats.json"
