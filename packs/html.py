"""A pack as one HTML file that needs nothing beside it and prints to A4."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from packs.contents import Cell, Pack, Told, text_of
from packs.svg import svg

TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def written(pack: Pack) -> bytes:
    """The pack as the bytes of an .html, in UTF-8."""
    page = TEMPLATES.get_template("pack.html")
    made: str = page.render(pack=pack, number=number, text_of=text_of, svg=svg)
    return made.encode()


def number(value: Cell) -> str | None:
    """The exact number of a figure; None of any other cell, and where it is not shown."""
    known = value.number if isinstance(value, Told) else None
    return None if known is None else repr(known)
