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
DEFAULT_STORE = default_store()


def say(text: str) -> None:
    """Progress, on standard error."""
    typer.echo(text, err=True)
