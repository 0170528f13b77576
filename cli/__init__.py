"""The `vawg` command: one thin function per verb.

Exit 0 done, 2 wrong usage, 3 refused, 1 a bug.
"""

import getpass
import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from cli import packs as pack_verbs
from cli import telling, upkeep
from cli.load_report import report_lines
from cli.options import (
    DEFAULT_STORE,
    Address,
    AsAt,
    Audience,
    By,
    DateOrder,
    ForceName,
    Grain,
    Json,
    LoadId,
    Port,
    SnapshotNumber,
    SourceName,
    StorePath,
    say,
)
from cli.output import (
    cut_from,
    day,
    month,
    pairs,
    print_answer,
    print_csv,
    print_json,
    readable,
    show,
    split_pair,
)
from cli.remedies import as_document, mended, refusal_words
from loaders.batch import Batch
from loaders.changes import moves_in_words
from loaders.errors import LoadError
from loaders.formats import BY_NAME
from loaders.load import load, preview
from loaders.load_reports import heads_of, ledger_lines, rows_set_aside, stored_rows
from loaders.options import WrongOption, options_from
from loaders.reading.file_times import day_of_file
from loaders.reading.zip_files import Source
from loaders.undo import preview_counts, set_counts
from metrics.catalogue import definitions, metric_named, metrics
from metrics.coverage import coverage
from metrics.disclosure.scrutiny import only_newest
from metrics.errors import BadQuestion, MetricError
from metrics.load_impact import Headline, headlines_told, look_into
from metrics.measure import measure
from store import audit, settings
from store.errors import StoreError
from store.installation import ROOT, check_system, enter, warning, write_document
from store.snapshot import read
from store.writer import Store
from web.roles import NotAllowed, check_exact, check_verb

app = typer.Typer(
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=__doc__
)


@app.callback()
def check_role(context: typer.Context) -> None:
    """Exports in, figures out, a dashboard on them."""
    check_system()
    check_verb(str(context.invoked_subcommand))


@app.command()
def demo(
    store: StorePath = DEFAULT_STORE,
    port: Port = 8501,
    prepare_only: Annotated[
        bool, typer.Option("--prepare-only", help="Make the store and end, without the dashboard.")
    ] = False,
) -> None:
    """A store of invented exports, then the dashboard."""
    if Store(store).current() is None:
        say("Inventing four years of exports of a force the size of Cheshire …")
        import_module("loaders.sample_data").fill(
            Store(store), say
        )  # numpy with it, which no other verb needs
    if not prepare_only:
        serve(store, port)


@app.command()
def serve(
    store: StorePath = DEFAULT_STORE, port: Port = 8501, address: Address = "127.0.0.1"
) -> None:
    """The dashboard on the store; for this machine only, unless sign-in is set up.

    It prints its address when it is up.
    """
    words = [
        sys.executable,
        "-P",
        "-m",
        "streamlit",
        "run",
        str(ROOT / "app.py"),
        "--server.port",
        str(port),
        "--server.address",
        address,
    ]
    say(f"The store is {Store(store).folder}. {warning()}".strip())
    environment = os.environ | {
        "VAWG_STORE": str(Store(store).folder),
        "WEBSOCKETS_MAX_LINE_LENGTH": "65536",
    }  # sign-in cookies are long
    enter()
    os.execve(sys.executable, words, environment)  # noqa: S606 - so that ending us ends it


@app.command("load")
def load_command(
    files: Annotated[list[Path], typer.Argument(help="The exports, as they were sent.")],
    store: StorePath = DEFAULT_STORE,
    export_format: Annotated[
        str | None, typer.Option("--format", help="The format, where the headers could be two.")
    ] = None,
    header_map: Annotated[
        list[str] | None, typer.Option("--map", help="'Their Header=our_field', once for each.")
    ] = None,
    code_map: Annotated[
        list[str] | None, typer.Option("--code", help="'Their label=16', once for each.")
    ] = None,
    force_name: ForceName = None,
    full: Annotated[
        bool,
        typer.Option("--full", help="A full extract: what it no longer holds leaves the figures."),
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would happen; write nothing.")
    ] = False,
    as_at: AsAt = None,
    date_order: DateOrder = None,
    sheet: Annotated[
        str | None,
        typer.Option("--sheet", help="The sheet of a workbook; without it, the one that is known."),
    ] = None,
    save_format: Annotated[
        str | None,
        typer.Option(
            "--save-format", help="Keep this mapping under a name, and know it next time."
        ),
    ] = None,
    period: Annotated[
        str | None,
        typer.Option("--period", help="YYYY-MM: the month of a file that does not say it."),
    ] = None,
    reference: Annotated[
        str | None, typer.Option("--reference", help="row-number, for a file without references.")
    ] = None,
    all_or_none: Annotated[
        bool,
        typer.Option("--all-or-none", help="Of several files, load none where one is refused."),
    ] = False,
    yes: Annotated[
        bool, typer.Option("--yes", help="Load it although a newer one is in or it seems wrong.")
    ] = False,
    by: By = "",
    as_json_document: Json = False,
) -> None:
    """Load one or several exports (.csv, .csv.gz, .zip, .xlsx, .xlsm, .ods, .fods) as one act."""
    options = options_from(
        Store(store),
        format=export_format,
        header_map=pairs(header_map, "--map"),
        code_map=pairs(code_map, "--code"),
        force_name=force_name,
        as_at=day(as_at, "--as-at"),
        date_order=date_order,
        is_full=full,
        sheet=sheet,
        save_format=save_format,
        period=month(period, "--period"),
        reference=reference,
        may_be_older=yes,
        may_be_unknown=yes,
        loaded_by=by or getpass.getuser(),
    )
    if missing := next((file for file in files if not file.is_file()), None):
        raise LoadError(
            f"{missing} is a folder: name the files in it."
            if missing.is_dir()
            else f"There is no file {missing}."
        )
    seen: list[Headline] = []
    named = [Source(file, file.name, saved_on=day_of_file(file)) for file in files]
    sources = Batch(named, is_all_or_none=all_or_none)
    with Console(stderr=True).status("Reading …", spinner="line") as status:
        if dry_run:
            reports = preview(
                Store(store), sources, options, status.update, look_into(Store(store), seen)
            )
        else:
            reports = load(Store(store), sources, options, status.update)
    if as_json_document:
        extra = {"headlines": [entry.model_dump(mode="json") for entry in seen]} if dry_run else {}
        found = [as_document(report) | extra for report in reports]
        print_json(found[0] if len(found) == 1 else found)
    else:
        typer.echo(
            "\n".join(
                [
                    *(line for report in reports for line in report_lines(report)),
                    *headlines_told(seen),
                ]
            )
        )
    for refusal in sources.refused:
        say(refusal_words(refusal))
    if sources.refused:
        raise typer.Exit(3)


@app.command()
def loads(store: StorePath = DEFAULT_STORE, as_json_document: Json = False) -> None:
    """Every load, with who, when and from which file."""
    found = ledger_lines(read(Store(store)))
    if as_json_document:
        return print_json(found)
    for row in found:
        state = "" if row["counts"] else "  (undone)"
        typer.echo(
            f"{row['load_id']:>4}  {row['received_at']}  {row['kept']:>9,} rows  {row['format']}  "
            f"{row['file_name']}  by {row['loaded_by']}{state}"
        )
    return None


@app.command()
def rows(
    load_id: Annotated[str, typer.Argument(help="The number of a load, or current.")],
    store: StorePath = DEFAULT_STORE,
    set_aside: Annotated[
        bool, typer.Option("--set-aside", help="The rows that were not kept, each with its reason.")
    ] = False,
    output: Annotated[str, typer.Option("--format", help="csv or json.")] = "csv",
) -> None:
    """What a load stored, or with --set-aside what it did not keep; `current` for the crimes that
    count now.
    """
    if output not in ("csv", "json") or not (
        load_id == "current" or (load_id.isascii() and load_id.isdecimal() and len(load_id) < 19)
    ):
        raise BadQuestion("Say vawg rows LOAD_ID or vawg rows current, with --format csv or json.")
    if set_aside and load_id == "current":
        raise BadQuestion("Rows set aside belong to a load: say vawg rows LOAD_ID --set-aside.")
    snapshot = read(Store(store))
    number = None if load_id == "current" else int(load_id)
    found = (
        mended(rows_set_aside(snapshot, number))
        if set_aside and number is not None
        else stored_rows(snapshot, number)
    )
    audit.record(
        Store(store).folder,
        audit.Line(
            audit.DISCLOSURE, f"rows of load {load_id}", getpass.getuser(), snapshot=snapshot.number
        ),
    )
    if output == "json":
        return print_json(found)
    heads = heads_of(found, set_aside)
    return print_csv(heads, ([row[head] for head in heads] for row in found))


@app.command()
def template(
    export_format: Annotated[str, typer.Argument(help="A format, such as crime_outcomes.")],
) -> None:
    """An empty export with our headers; without a known format, the formats."""
    if export_format not in BY_NAME:
        raise BadQuestion(
            f"There is no format {export_format!r}; the formats are {', '.join(BY_NAME)}."
        )
    print_csv(list(BY_NAME[export_format].names), [])


@app.command()
def undo(
    load_id: LoadId,
    store: StorePath = DEFAULT_STORE,
    by: By = "",
    as_json_document: Json = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would move; change nothing.")
    ] = False,
) -> None:
    """Take a load back; for a load that was taken back, bring it back."""
    snapshot = read(Store(store))
    known = {row["load_id"]: bool(row["counts"]) for row in snapshot.loads}
    counts = not known.get(load_id, True)
    if dry_run:
        seen: list[Headline] = []
        moved = preview_counts(Store(store), load_id, counts, look_into(Store(store), seen))
        document = {"moved": [move.model_dump(mode="json") for move in moved]}
        document["headlines"] = [entry.model_dump(mode="json") for entry in seen]
        return show(
            as_json_document,
            document,
            "\n".join(
                [*(moves_in_words(moved) or ["Nothing would change."]), *headlines_told(seen)]
            ),
        )
    number = set_counts(Store(store), load_id, counts, by or getpass.getuser())
    done = "brought back" if counts else "undone"
    words = f"Load {load_id} is {done}; the figures are those of snapshot {number}."
    return show(as_json_document, {"load_id": load_id, "counts": counts, "snapshot": number}, words)


app.command("pack")(pack_verbs.pack_command)
app.command("packs")(pack_verbs.packs_command)
app.command("digest")(telling.digest_command)
app.command("watch")(telling.watch_command)
app.command("rebuild")(upkeep.rebuild_command)
app.command("check")(upkeep.check_command)
app.command("forget")(upkeep.forget_command)
app.command("export")(upkeep.export_command)
app.command("snapshots")(upkeep.snapshots)


@app.command("metrics")
def metrics_command(as_json_document: Json = False) -> None:
    """Ids, titles and definitions."""
    if as_json_document:
        keep = {"id", "title", "meaning", "unit", "sources", "basis"}
        print_json(
            [
                metric.model_dump(mode="json", include=keep)
                | {"dimensions": list(metric.dimensions())}
                for metric in metrics()
            ]
        )
        return
    for metric in metrics():
        typer.echo(f"{metric.id:<28} {metric.title}. {metric.meaning}")


@app.command("measure")
def measure_command(
    metric_id: Annotated[str, typer.Argument(help="The id of a metric, as vawg metrics shows it.")],
    store: StorePath = DEFAULT_STORE,
    source: SourceName = "force",
    grain: Grain = "all",
    by: Annotated[
        str,
        typer.Option("--by", help="A row for each area, team, ...; two with a comma between."),
    ] = "",
    where: Annotated[
        list[str] | None, typer.Option("--where", help="dimension=value, such as area=Halton.")
    ] = None,
    from_day: Annotated[
        str | None, typer.Option("--from", help="YYYY-MM-DD: from this day on.")
    ] = None,
    to_day: Annotated[
        str | None, typer.Option("--to", help="YYYY-MM-DD: up to the day before this one.")
    ] = None,
    audience: Audience = "force",
    snapshot: SnapshotNumber = None,
    output: Annotated[str, typer.Option("--format", help="table, csv or json.")] = "table",
    as_json_document: Json = False,
    engine: Annotated[
        str | None, typer.Option("--engine", help="duckdb or spark; VAWG_ENGINE says it too.")
    ] = None,
) -> None:
    """One metric at one cut."""
    if output not in ("table", "csv", "json"):
        raise BadQuestion("--format is table, csv or json.")
    metric_named(metric_id)
    filters = [split_pair(item, "--where") for item in where or []]
    window = (day(from_day, "--from"), day(to_day, "--to"))
    cut = cut_from({"source": source, "grain": grain, "audience": audience}, by, filters, window)
    check_exact(audience, source)
    only_newest(audience, snapshot, Store(store).current())
    answer = measure(
        read(Store(store), snapshot, engine), metric_id, cut, settings.of(store).provisional_days
    )
    print_answer(answer, "json" if as_json_document else output)


@app.command()
def define() -> None:
    """docs/metrics.md and docs/coverage.md, from the catalogue."""
    write_document("docs/metrics.md", definitions())
    write_document("docs/coverage.md", coverage())
    typer.echo(f"{len(metrics())} metrics written to docs/metrics.md")


def main() -> None:
    """Run a verb; a refusal is one sentence on standard error."""
    try:
        app(readable(sys.argv[1:]))
    except (BadQuestion, WrongOption) as problem:
        say(refusal_words(problem))
        sys.exit(2)
    except (LoadError, MetricError, StoreError, NotAllowed) as problem:
        say(refusal_words(problem))
        sys.exit(3)


if __name__ == "__main__":
    main()
