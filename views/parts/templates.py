"""HTML of the pages: Jinja2 templates beside this file, every value in them escaped."""

from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from store.installation import ROOT

ENVIRONMENT = Environment(
    loader=FileSystemLoader(ROOT / "views" / "parts"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def render(name: str, **values: object) -> str:
    """The text of `<name>.html` with these values; a value that is missing is a fault."""
    return _template(name).render(values)


@cache
def _template(name: str) -> Template:
    return ENVIRONMENT.get_template(f"{name}.html")
