"""Registry of the formats: every module of this folder that has a FORMAT, found by presence."""

from importlib import import_module
from pkgutil import iter_modules

import sql
from loaders.contracts import ExportFormat
from loaders.formats.columns import header_key

__all__ = ["BY_NAME", "FORMATS", "VALUE_LISTS", "has_query", "header_key"]


def _found() -> list[ExportFormat]:
    modules = [import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__)]
    formats = [module.FORMAT for module in modules if hasattr(module, "FORMAT")]
    return sorted(formats, key=lambda entry: entry.order)


FORMATS = tuple(_found())
BY_NAME = {entry.name: entry for entry in FORMATS}
# the lists of value_label.csv in which the words of a file are looked up
VALUE_LISTS = sorted({one.values for entry in FORMATS for one in entry.columns if one.values})


def has_query(export_format: ExportFormat) -> bool:
    """Has a format a query of its own?"""
    return export_format.name in sql.names("formats")
