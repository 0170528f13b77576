"""Verbs that tell and watch by themselves: digest, watch."""

import getpass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from cli.options import DEFAULT_STORE, By, Json, StorePath, say
from cli.output import print_json
from cli.watching import Watch
from loaders.errors import LoadError
from metrics.errors import BadQuestion
from metrics.figures import figures_at
from metrics.naming import call_as_set
from packs.digest import as_html, as_text, digest
from packs.mail import send
from store import audit, settings
from store.snapshot import read
from store.writer import Store
from web.roles import check_exact


def digest_command(
    store: StorePath = DEFAULT_STORE,
    measures: Annotated[
        list[str] | None, typer.Option("--measure", help="Of this measure alone; several may be.")
    ] = None,
    output: Annotated[str, typer.Option("--format", help="text, html or json.")] = "text",
    is_sent: Annotated[
        bool, typer.Option("--send", help="Send it by the mail server of the settings.")
    ] = False,
    as_json_document: Json = False,
) -> None:
    """What is new: signals, claims, decisions due, restatements, late sources, checks."""
    if output not in ("text", "html", "json"):
        raise BadQuestion("--format is text, html or json.")
    check_exact("force", "force")
    held = settings.of(store)
    call_as_set(store)
    figures = figures_at(read(Store(store)), held.provisional_days)
    found = digest(Store(store), figures, datetime.now(UTC).date(), measures or ())
    if is_sent:
        to = send(found, held)
        number = figures.snapshot.number
        line = audit.Line(
            audit.DISCLOSURE, f"digest sent to {len(to)}", getpass.getuser(), snapshot=number
        )
        audit.record(Store(store).folder, line)
        return say(f"Sent to {', '.join(to)}.")
    if as_json_document or output == "json":
        sections = [{"title": one.title, "lines": list(one.lines)} for one in found.sections]
        return print_json({"title": found.title, "sections": sections, "foot": found.foot})
    return typer.echo(as_html(found) if output == "html" else as_text(found), nl=False)


def watch_command(
    folder: Annotated[Path, typer.Argument(help="The folder that exports are dropped into.")],
    store: StorePath = DEFAULT_STORE,
    seconds: Annotated[float, typer.Option("--seconds", min=0.1, help="Between two looks.")] = 10.0,
    once: Annotated[
        bool, typer.Option("--once", help="End when everything that is there is taken.")
    ] = False,
    by: By = "",
) -> None:
    """Load what is dropped into a folder; a file is taken once it is the same at two looks."""
    if not folder.is_dir():
        raise LoadError(f"There is no folder {folder}.")
    say(f"Watching {folder}; what is taken goes to done or refused in it. Ctrl-C ends it.")
    try:
        Watch(folder, Store(store), by or getpass.getuser()).run(seconds, once)
    except KeyboardInterrupt:
        say("Ended.")
