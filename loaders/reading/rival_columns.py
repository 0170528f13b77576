"""Several columns that could be one field: which of them is it, told by what
is in them, or asked.
"""

import re
from dataclasses import replace

from loaders.contracts import Column, LoadOptions
from loaders.errors import AmbiguousFile, UnreadableFile
from loaders.formats import header_key
from loaders.reading.layout import Layout
from store.remedies import Remedy

CODE = re.compile(
    r"\s*((outcome|type|code|oc|t)[ .:-]*)*0*\d{1,3}[A-Za-z]{0,2}(/\d{1,3})?(\.0+)?\s*",
    re.IGNORECASE,
)


def choose(layout: Layout, rows: list[list[str]], file_name: str, options: LoadOptions) -> Layout:
    """`layout` with one column for each field.

    Raises UnreadableFile for a header that stands twice, AmbiguousFile to ask which.
    """
    mapped = {header_key(theirs) for theirs in options.header_map}
    for column in layout.format.columns:
        if column.name not in layout.positions:
            continue
        _refuse_twins(layout, column, file_name)
        if header_key(layout.columns[column.name]) in mapped:
            continue
        layout = _chosen(layout, column, rows, file_name)
    return layout


def _refuse_twins(layout: Layout, column: Column, file_name: str) -> None:
    keys = [header_key(header) for header in layout.headers]
    if keys.count(keys[layout.positions[column.name]]) > 1:
        raise UnreadableFile(
            f"{file_name} has a duplicate column: {layout.columns[column.name]!r} stands there "
            "twice. Remove one of the two."
        )


def _chosen(layout: Layout, column: Column, rows: list[list[str]], file_name: str) -> Layout:
    """`layout` with the right one of the columns that could be `column`."""
    chosen = layout.positions[column.name]
    rivals = [at for at in _rivals(layout, column) if _cells(rows, at) or not rows]
    if not rivals:
        return layout
    if not _cells(rows, chosen) and rows and len(rivals) == 1:
        return _with(layout, column.name, rivals[0])
    candidates = [chosen, *rivals]
    coded = [at for at in candidates if _are_codes(_cells(rows, at))]
    if column.words and len(coded) == 1:
        words = column.words
        layout = _with(layout, column.name, coded[0])
        spare = [at for at in candidates if at != coded[0]]
        is_free = words in layout.format.names and words not in layout.positions
        return _with(layout, words, spare[0]) if is_free else layout
    if header_key(layout.headers[chosen]) == header_key(column.name):
        return layout
    ranks = {at: column.rank(header_key(layout.headers[at]), header_key) for at in candidates}
    first = min(candidates, key=lambda at: ranks[at])
    if list(ranks.values()).count(ranks[first]) == 1:
        left = ", ".join(repr(layout.headers[at]) for at in candidates if at != first)
        note = f"The column {layout.headers[first]!r} was read as {column.name}; not read: {left}."
        return replace(_with(layout, column.name, first), notes=(*layout.notes, note))
    if len({tuple(_cells(rows, at)) for at in candidates}) == 1 and any(_cells(rows, chosen)):
        return layout
    raise AmbiguousFile(
        f"{file_name} has two columns that could be {column.name}: "
        f"{layout.columns[column.name]!r} and "
        f"{layout.headers[rivals[0]]!r}.",
        Remedy("map", field=column.name, label=layout.columns[column.name]),
    )


def _rivals(layout: Layout, column: Column) -> list[int]:
    wanted = {header_key(name) for name in (column.name, *column.synonyms)}
    used = set(layout.positions.values())
    return [
        at
        for at, header in enumerate(layout.headers)
        if header_key(header) in wanted and at not in used
    ]


def _with(layout: Layout, name: str, position: int) -> Layout:
    return replace(layout, positions=layout.positions | {name: position})


def _are_codes(cells: list[str]) -> bool:
    return bool(cells) and sum(map(bool, map(CODE.fullmatch, cells))) > 0.8 * len(cells)


def _cells(rows: list[list[str]], at: int) -> list[str]:
    return [row[at].strip() for row in rows if at < len(row) and row[at].strip()]
