"""Options that verbs share, and progress on standard error."""

from pathlib import Path
from typing import Annotated

import typer

from store.installation import default_store

StorePath = Annotated[
    Path, typer.Option("--store", envvar="VAWG_STORE", help="The store's folder.")
]
Json = Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")]
By = Annotated[str, typer.Option("--by", help="Who does this, for the ledger.")]
ForceName = Annotated[
    str | None,
    typer.Option("--force-name", help="The force whose export this is, where it does not say so."),
]
AsAt = Annotated[
    str | None,
    typer.Option("--as-at", help="YYYY-MM-DD: the day to which the export is complete."),
]
DateOrder = Annotated[
    str | None,
    typer.Option("--date-order", help="dmy or mdy, where the days of a file could be either."),
]
SourceName = Annotated[
    str,
    typer.Option(
        "--source", help="Whose export: force, or a published one: home_office, cps, police_uk."
    ),
]
Grain = Annotated[
    str, typer.Option("--grain", help="A row for each week, month, quarter or year, or for all.")
]
Audience = Annotated[
    str,
    typer.Option("--audience", help="force, or scrutiny: rounded, and small numbers hidden."),
]
SnapshotNumber = Annotated[
    int | None,
    typer.Option("--snapshot", help="As the figures stood in this snapshot; without it, now."),
]
Offences = Annotated[
    str,
    typer.Option("--offences", help="Of these offences alone, such as Stalking; else all VAWG."),
]
Area = Annotated[str, typer.Option("--area", help="Of this area alone, as the export names it.")]
Port = Annotated[int, typer.Option("--port", help="The port to serve on.")]
Address = Annotated[
    str,
    typer.Option("--address", help="The address to serve on; another than this needs sign-in."),
]
LoadId = Annotated[int, typer.Argument(help="The number of a load, as vawg loads shows it.")]
DEFAULT_STORE = default_store()


def say(text: str) -> None:
    """Progress, on standard error."""
    typer.echo(text, err=True)
