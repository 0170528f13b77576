"""The acts: load, undo, bring back, rebuild. Each is one line in the ledger and one snapshot."""

import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import sql
from loaders.arrive import Arrival, add_codes, arrive, prepare, settle
from loaders.contracts import LoadOptions, LoadReport
from loaders.errors import AlreadyLoaded, LoadError, UnknownLoad
from loaders.formats import BY_NAME
from loaders.ledger import Act, Ledger, LoadEntry, now
from loaders.receive import Received, receive
from loaders.stage import day_order, set_context, stage, stage_archive
from sql import settings
from sql.store import Draft, Store, read

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Source:
    """An export to be loaded: where it lies, and the name its sender gave it."""

    path: Path
    file_name: str


def load(
    store: Store, sources: Sequence[Source], options: LoadOptions, dry_run: bool = False, progress: Progress = lambda _: None
) -> list[LoadReport]:
    """Load `sources` as one act, or with `dry_run` say what that would do. Raises LoadError, StoreError."""
    if options.as_at and options.as_at > now().date():
        raise LoadError(f"The data cannot stand at {options.as_at}: that day is still to come.")
    ledger = Ledger(store)
    with _writing(store, ledger) as work:
        received = [_received(store, ledger, source, work / str(at), progress) for at, source in enumerate(sources)]
        _refuse_twins(received)
        act = Act(act=ledger.next_act(), verb="load", at=now(), by=options.loaded_by)
        first = ledger.next_load()
        with store.draft(act.act) as draft:
            prepare(draft.con)
            done = []
            for at, item in enumerate(received):
                progress(f"Checking {item.file_name}")
                done.append(_take_in(store, draft, item, (act, first + at), options))
            for row_table in {BY_NAME[entry.format].row_table for entry, _ in done}:
                settle(draft.con, row_table)
            if not dry_run:
                progress("Publishing")
                _commit(store, ledger, draft, act.model_copy(update={"loads": [entry for entry, _ in done]}))
    if dry_run:
        return [report.model_copy(update={"load_id": None, "snapshot": None}) for _, report in done]
    return [report for _, report in done]


def set_counts(store: Store, load_id: int, counts: bool, by: str) -> int:
    """Undo a load (`counts` False) or bring it back; the number of the new snapshot. Doing it twice changes nothing."""
    ledger = Ledger(store)
    known = {row["load_id"]: row for row in read(store).loads} if store.current() else {}
    if load_id not in known:
        newest = f" The newest is {max(known)}." if known else ""
        raise UnknownLoad(f"There is no load {load_id} in this store.{newest}")
    if known[load_id]["counts"] == counts:
        return store.current() or 0
    with _writing(store, ledger):
        act = Act(act=ledger.next_act(), verb="redo" if counts else "undo", at=now(), by=by, load_id=load_id)
        with store.draft(act.act) as draft:
            _apply_counts(draft, act)
            _commit(store, ledger, draft, act)
    return act.act


def rebuild(store: Store, by: str, progress: Progress = lambda _: None) -> int:
    """Make the figures again from the archive alone; the number of the new snapshot."""
    ledger = Ledger(store)
    with _writing(store, ledger, may_rebuild=False):
        return _rebuild(store, ledger, by, progress)


def _rebuild(store: Store, ledger: Ledger, by: str, progress: Progress) -> int:
    act = Act(act=ledger.next_act(), verb="rebuild", at=now(), by=by)
    with store.draft(act.act, fresh=True) as draft:
        prepare(draft.con)
        for past in ledger.acts():
            progress(f"Act {past.act}: {past.verb}")
            if past.verb == "load":
                _replay(store, ledger, draft, past)
            elif past.verb != "rebuild":
                _apply_counts(draft, past, prepared=True)
        _commit(store, ledger, draft, act)
    return act.act


@contextmanager
def _writing(store: Store, ledger: Ledger, may_rebuild: bool = True) -> Iterator[Path]:
    """Hold the lock, with crashes swept up and the snapshot fit to be changed; a folder to work in."""
    with store.lock():
        ledger.settle()
        store.sweep()
        if may_rebuild and store.is_outdated():
            _rebuild(store, ledger, "another version of the program", lambda _: None)
        work = Path(tempfile.mkdtemp(dir=store.tmp))
        try:
            yield work
        finally:
            shutil.rmtree(work, ignore_errors=True)
            store.sweep()  # a dry run or a refusal leaves nothing of the file behind


def _received(store: Store, ledger: Ledger, source: Source, work: Path, progress: Progress) -> Received:
    progress(f"Reading {source.file_name}")
    work.mkdir()
    received = receive(source.path, source.file_name, work)
    for past in read(store).loads if store.current() else []:
        if past["sha256"] == received.sha256:
            how = "" if past["counts"] else f", which was undone; vawg undo {past['load_id']} brings it back"
            raise AlreadyLoaded(
                f"{source.file_name} is already in the store: it is load {past['load_id']} of {past['received_at']:%-d %B %Y}{how}."
            )
    return received


def _refuse_twins(received: Sequence[Received]) -> None:
    seen: dict[str, str] = {}
    for item in received:
        if item.sha256 in seen:
            raise AlreadyLoaded(f"{item.file_name} is the same file as {seen[item.sha256]}. Load one of them.")
        seen[item.sha256] = item.file_name


def _take_in(store: Store, draft: Draft, item: Received, numbers: tuple[Act, int], options: LoadOptions) -> tuple[LoadEntry, LoadReport]:
    act, load_id = numbers
    try:
        layout, blank = stage(draft.con, item, options, item.path.parent)
        add_codes(draft.con, options)
        order = day_order(draft.con, layout.format, options, item.file_name)
        entry = LoadEntry(
            load_id=load_id, format=layout.format.name, file_name=item.file_name, sha256=item.sha256,
            blank=blank, date_order=order,
            force_name=_force(draft, options.force_name or settings.of(store.folder).force_name),
            encoding=item.encoding, delimiter=layout.delimiter, columns=layout.columns, dropped=layout.dropped,
            notes=item.warnings, options=options,
        )  # fmt: skip
        archive = store.tmp / f"{load_id:06d}.parquet"
        draft.con.view("text_row").write_parquet(str(archive), compression="zstd")
        report = _store(draft, entry, act)
    except LoadError as problem:
        raise type(problem)(_naming(item.file_name, str(problem))) from None
    finally:
        draft.con.execute("drop view if exists keyed_arrival")
        draft.con.execute("drop view if exists text_row")
    return entry, report


def _store(draft: Draft, entry: LoadEntry, act: Act) -> LoadReport:
    """Arrive the rows of `text_row` and write the load's line."""
    kind = BY_NAME[entry.format]
    set_context(draft.con, act.at.date(), entry.force_name, entry.date_order)
    arrival = arrive(draft.con, kind, entry.load_id, entry.options)
    report = _report(entry, arrival, act.act)
    sql.run(
        draft.con, "conform/add_load", load_id=entry.load_id, act=act.act, format=entry.format, row_table=kind.row_table,
        file_name=entry.file_name, sha256=entry.sha256, received_at=act.at, loaded_by=act.by, as_at=arrival.as_at,
        is_full=entry.options.is_full, is_invented=entry.options.is_invented, rows=report.rows, kept=report.kept,
        set_aside=report.set_aside, blank=report.blank, new=report.new, changed=report.changed, unchanged=report.unchanged,
        report=report.model_dump_json(),
    )  # fmt: skip
    return report


def _report(entry: LoadEntry, arrival: Arrival, snapshot: int) -> LoadReport:
    return LoadReport(
        load_id=entry.load_id, snapshot=snapshot, format=entry.format, file_name=entry.file_name, sha256=entry.sha256,
        as_at=arrival.as_at, rows=arrival.kept + arrival.set_aside + entry.blank, kept=arrival.kept,
        set_aside=arrival.set_aside, blank=entry.blank, new=arrival.new, changed=arrival.changed,
        unchanged=arrival.unchanged, problems=arrival.problems, columns=entry.columns, dropped=entry.dropped,
        encoding=entry.encoding, delimiter=entry.delimiter, date_order=entry.date_order, force_name=entry.force_name,
        notes=entry.notes,
    )  # fmt: skip


def _commit(store: Store, ledger: Ledger, draft: Draft, act: Act) -> None:
    ledger.begin(act)
    for entry in act.loads:
        (store.tmp / f"{entry.load_id:06d}.parquet").rename(ledger.archived(entry.load_id))
        ledger.archived(entry.load_id).chmod(0o600)
    store.publish(draft)
    ledger.end(act.act, is_published=True)


def _apply_counts(draft: Draft, act: Act, prepared: bool = False) -> None:
    if not prepared:
        prepare(draft.con)
    changed = sql.rows(draft.con, "conform/set_counts", load_id=act.load_id, counts=act.verb == "redo")
    for row in changed:
        settle(draft.con, str(row["row_table"]))


def _replay(store: Store, ledger: Ledger, draft: Draft, act: Act) -> None:
    for entry in act.loads:
        stage_archive(draft.con, ledger.archived(entry.load_id), BY_NAME[entry.format])
        add_codes(draft.con, entry.options)
        _store(draft, entry, act)
        draft.con.execute("drop view keyed_arrival")
        draft.con.execute("drop view text_row")
    for row_table in {BY_NAME[entry.format].row_table for entry in act.loads}:
        settle(draft.con, row_table)


def _force(draft: Draft, name: str) -> str:
    """A force's name as the reference spells it; a name it does not know stays as it is."""
    return str(sql.rows(draft.con, "conform/force_named", name=name)[0]["force_name"])


def _naming(file_name: str, sentence: str) -> str:
    return sentence if file_name in sentence else f"{file_name}: {sentence}"
