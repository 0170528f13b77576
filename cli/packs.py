"""Verbs for packs: make one, make one again, compare two, list them."""

import getpass
import os
from pathlib import Path
from typing import Annotated

import typer

from cli.options import (
    DEFAULT_STORE,
    Area,
    Audience,
    By,
    Json,
    Offences,
    SnapshotNumber,
    StorePath,
    say,
)
from cli.output import day, print_json, show
from metrics.disclosure.scrutiny import only_newest
from metrics.errors import BadQuestion, MetricError
from metrics.figures import figures_at
from metrics.last_meeting import standings
from metrics.naming import call_as_set
from packs import pdf
from packs.compare import asking, compared
from packs.files import KINDS, bytes_of
from packs.kept import all_kept, keep, read_kept
from packs.make import MARKS, PAGES, pack_of, request_for
from store import settings
from store.errors import UnknownSnapshot
from store.snapshot import Snapshot, read
from store.writer import Store
from web.roles import check_exact


def pack_command(
    meeting: Annotated[str, typer.Argument(help="weekly, monthly or quarterly.")] = "",
    out: Annotated[
        Path | None, typer.Option("--out", help="The file to write: .pptx, .xlsx, .html or .pdf.")
    ] = None,
    store: StorePath = DEFAULT_STORE,
    audience: Audience = "force",
    offences: Offences = "",
    area: Area = "",
    as_at_day: Annotated[
        str | None,
        typer.Option("--as-at", help="From the newest kept snapshot that stood at that day."),
    ] = None,
    snapshot: SnapshotNumber = None,
    again: Annotated[
        int | None, typer.Option("--again", help="The number of a pack: the same figures again.")
    ] = None,
    compare: Annotated[
        tuple[int, int] | None,
        typer.Option("--compare", help="Two numbers of packs: what moved, and why."),
    ] = None,
    by: By = "",
    as_json_document: Json = False,
) -> None:
    """What a meeting takes away, as PowerPoint, Excel, HTML or PDF; kept as it was made."""
    home = _as_it_is_called(store)
    if compare is not None:
        return _compare(home, compare, as_json_document)
    out = _can_be_made(out)
    if again is not None:
        kept = read_kept(home.folder, again)
        check_exact(kept.pack.audience, "force")
        number, pack = kept.number, kept.pack
    else:
        if meeting not in PAGES or audience not in MARKS:
            raise BadQuestion(
                f"Say vawg pack {' or '.join(PAGES)}, with --audience {' or '.join(MARKS)}."
            )
        check_exact(audience, "force")
        chosen = _snapshot(home, snapshot, as_at_day)
        only_newest(audience, chosen.number if snapshot or as_at_day else None, home.current())
        days = settings.of(store).provisional_days
        request = request_for(meeting, audience, figures_at(chosen, days), offences, area)
        pack = pack_of(request, home.folder, by or getpass.getuser())
        number = keep(home.folder, pack)
    data = bytes_of(pack, out.suffix.casefold())
    try:
        out.write_bytes(data)
    except OSError as problem:
        raise MetricError(
            f"{out} cannot be written: {os.strerror(problem.errno or 0)}. The pack itself is kept: "
            f"vawg pack --again {number} --out FILE makes it."
        ) from None
    document = {
        "pack": number,
        "file": str(out),
        "pages": len(pack.pages),
        "snapshot": pack.snapshot,
    }
    return show(
        as_json_document,
        document,
        f"Pack {number}: {len(pack.pages)} pages in {out}, from snapshot {pack.snapshot}.",
    )


def _can_be_made(out: Path | None) -> Path:
    """The file that was named, asked before a pack is kept. Raises BadQuestion, CannotMake."""
    if out is None or out.suffix.casefold() not in KINDS:
        raise BadQuestion(f"Say --out FILE, and end its name in {', '.join(KINDS)}.")
    if out.suffix.casefold() == ".pdf":
        pdf.needed()
    return out


def _snapshot(store: Store, number: int | None, as_at_day: str | None) -> Snapshot:
    """The newest snapshot, the one that is named, or the newest that stood at a day."""
    wanted = day(as_at_day, "--as-at")
    if wanted is None:
        return read(store, number)
    for kept, stood in standings(store):
        if stood is not None and stood <= wanted:
            return read(store, kept)
    raise UnknownSnapshot(
        f"No kept snapshot stood at {wanted:%-d %B %Y} or before. vawg packs lists the packs that "
        "were made, each of which can be made again."
    )


def _as_it_is_called(folder: Path) -> Store:
    """The store, with its subject called as its settings say."""
    call_as_set(folder)
    return Store(folder)


def _compare(store: Store, numbers: tuple[int, int], as_json_document: bool) -> None:
    then, now = (read_kept(store.folder, number).pack for number in numbers)
    for pack in (then, now):
        check_exact(pack.audience, "force")
    if then.audience != now.audience:
        raise BadQuestion(
            f"Pack {numbers[0]} is for {then.audience}, pack {numbers[1]} for {now.audience}: each "
            "is told other figures, so they cannot be compared."
        )
    days = settings.of(store.folder).provisional_days
    moved = compared(then, now, asking(store, then, days))
    lines = [
        f"{one.measure}, {one.span}: {one.then} → {one.now}. Moved by {'; '.join(one.causes)}."
        for one in moved
    ]
    show(
        as_json_document,
        [vars(one) | {"causes": list(one.causes)} for one in moved],
        "\n".join(lines or ["No figure that both packs tell has moved."]),
    )


def packs_command(store: StorePath = DEFAULT_STORE, as_json_document: Json = False) -> None:
    """The packs that were made, the newest first."""
    found = [kept.line for kept in all_kept(Store(store).folder, say)]
    if as_json_document:
        return print_json(found)
    for one in found:
        typer.echo(
            f"{one['pack']:>4}  {one['made_at']}  {one['meeting']:<9}  {one['audience']:<8}  "
            f"{one['offences']}, {one['area']}  snapshot {one['snapshot']}  {one['made_by']}"
        )
    return None
