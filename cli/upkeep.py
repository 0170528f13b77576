"""Verbs for the upkeep of a store: rebuild, check, forget, snapshots."""

import getpass
from pathlib import Path
from typing import Annotated

import typer

from cli.options import DEFAULT_STORE, By, Json, LoadId, StorePath, say
from cli.output import show
from cli.remedies import with_remedy
from loaders.check import Finding, check
from loaders.forget import forget
from loaders.undo import forgotten_words, preview_rebuild, rebuild
from metrics.load_impact import Headline, headlines_told, look_into
from packs.kept import damaged, has_packs
from store import audit
from store.snapshot import read
from store.spark.parquet import write_export
from store.writer import Store


def rebuild_command(
    store: StorePath = DEFAULT_STORE,
    by: By = "",
    as_json_document: Json = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Try it and say what would move; publish nothing.")
    ] = False,
) -> None:
    """Make the figures again from the archive."""
    if dry_run:
        seen: list[Headline] = []
        seconds = preview_rebuild(Store(store), say, look_into(Store(store), seen))
        lines = [
            f"A rebuild works, and takes about {seconds:.0f} seconds. Nothing was published.",
            *headlines_told(seen),
        ]
        document = {
            "seconds": round(seconds, 1),
            "headlines": [entry.model_dump(mode="json") for entry in seen],
        }
        return show(as_json_document, document, "\n".join(lines))
    number = rebuild(Store(store), by or getpass.getuser(), say)
    words = f"Rebuilt from the archive as snapshot {number}. {forgotten_words(Store(store))}"
    return show(as_json_document, {"snapshot": number}, words.strip())


def check_command(store: StorePath = DEFAULT_STORE, as_json_document: Json = False) -> None:
    """Check every file of the store, a line each; exit 3 where anything is wrong."""
    findings = list(check(Store(store)))
    if has_packs(Store(store).folder):
        faults = [Finding("packs", words) for words in damaged(Store(store).folder)]
        findings += faults or [Finding("packs")]
    lines = [
        f"ok     {one.what}" if one.is_well else f"WRONG  {one.what}: {_fault(one)}"
        for one in findings
    ]
    show(
        as_json_document,
        [{"what": one.what, "is_well": one.is_well, "fault": _fault(one)} for one in findings],
        "\n".join(lines),
    )
    if any(not one.is_well for one in findings):
        raise typer.Exit(3)


def _fault(finding: Finding) -> str | None:
    return with_remedy(finding.fault, finding.remedy) if finding.fault is not None else None


def forget_command(
    load_id: LoadId,
    store: StorePath = DEFAULT_STORE,
    by: By = "",
    as_json_document: Json = False,
    now: Annotated[
        bool,
        typer.Option(
            "--now", help="Its rows leave the figures too, and older snapshots that hold them go."
        ),
    ] = False,
) -> None:
    """Remove the archive of a load, when its retention ends. The ledger keeps its line."""
    said = forget(Store(store), load_id, by or getpass.getuser(), now, say)
    show(
        as_json_document,
        {"load_id": load_id, "said": said, "snapshot": Store(store).current()},
        said,
    )


def export_command(
    folder: Annotated[Path, typer.Argument(help="A folder to be made, outside the store.")],
    store: StorePath = DEFAULT_STORE,
    as_json_document: Json = False,
) -> None:
    """The newest snapshot as Parquet in a new folder, by force and year, for another engine."""
    snapshot = read(Store(store))
    written = write_export(snapshot, folder, say)
    audit.record(
        Store(store).folder,
        audit.Line(
            audit.DISCLOSURE, f"export to {folder}", getpass.getuser(), snapshot=snapshot.number
        ),
    )
    rows = {name: table.rows for name, table in written.tables.items()}
    show(
        as_json_document,
        {"folder": str(folder), "snapshot": snapshot.number, "rows": rows},
        f"Snapshot {snapshot.number} is in {folder}: {len(rows)} tables, {written.rows:,} rows. "
        "Whoever can read that folder can read the crimes: keep it as the store is kept.",
    )


def snapshots(store: StorePath = DEFAULT_STORE, as_json_document: Json = False) -> None:
    """The snapshots that can still be read."""
    current = Store(store).current()
    found = [
        {"snapshot": number, "is_current": number == current} for number in Store(store).kept()
    ]
    show(
        as_json_document,
        found,
        "\n".join(f"{row['snapshot']}{'  current' if row['is_current'] else ''}" for row in found),
    )
