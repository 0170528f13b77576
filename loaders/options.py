"""What a person typed about a file, checked against what there is before any file is opened."""

from loaders.contracts import LoadOptions
from loaders.errors import LoadError
from loaders.formats import BY_NAME
from loaders.saved_formats import saved_formats
from store.writer import Store


class WrongOption(LoadError):
    """Something was asked for that does not exist: wrong usage, not a refused file."""


def options_from(store: Store, **typed: object) -> LoadOptions:
    """The options as `LoadOptions` names them. Raises WrongOption."""
    if typed.get("date_order") not in (None, "dmy", "mdy"):
        raise WrongOption("--date-order is dmy or mdy.")
    if typed.get("reference") not in (None, "row-number"):
        raise WrongOption("--reference is row-number.")
    names = [*BY_NAME, *(saved.name for saved in saved_formats(store))]
    if typed.get("format") is not None and typed["format"] not in names:
        raise WrongOption(
            f"There is no format {typed['format']!r}; the formats are {', '.join(names)}."
        )
    options = LoadOptions.model_validate(typed)
    for ours in options.header_map.values():
        if not any(ours in export_format.names for export_format in BY_NAME.values()):
            raise WrongOption(f"--map: we have no field {ours!r}; vawg template FORMAT lists them.")
    twice = [
        ours
        for ours in options.header_map.values()
        if list(options.header_map.values()).count(ours) > 1
    ]
    if twice:
        raise WrongOption(f"--map: two columns are named for {twice[0]!r}. Name one.")
    return options
