"""A pack as one HTML file that needs nothing beside it and prints to A4."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from packs.contents import Cell, Chart, Pack, Told, text_of
from packs.svg import svg

_templates = Environment(
    loader=FileSystemLoader(Path(__file__).parent),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def written(pack: Pack) -> bytes:
    """The pack as the bytes of an .html, in UTF-8."""
    page = _templates.get_template("pack.html")
    made: str = page.render(pack=pack, cell=cell, picture=picture)
    return made.encode()


def picture(chart: Chart) -> Markup:
    """A chart as SVG; every word of it is escaped where it is made."""
    return Markup(svg(chart))  # noqa: S704 - see packs/svg.py


def cell(value: Cell) -> Markup:
    """A cell: a figure with its exact number beside its words."""
    if isinstance(value, Told) and value.number is not None:
        return Markup('<data value="{}">{}</data>').format(repr(value.number), value.words)
    return Markup("{}").format(text_of(value))
