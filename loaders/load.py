"""The act of loading: exports in, as one line of the ledger and one snapshot, or not at all."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import sql
from loaders.archive_repair import mend_archives
from loaders.batch import Batch
from loaders.changes import (
    Moves,
    choice_words,
    likely_code,
    loss_words,
    needs_yes,
    offences_words,
    older_words,
    unknown_ends,
    unknown_offences,
    unknown_words,
)
from loaders.conform import prepare
from loaders.contracts import LoadOptions, LoadReport
from loaders.errors import (
    AlreadyLoaded,
    DoesNotAddUp,
    LoadError,
    NeedsYes,
    OlderExtract,
    UnknownOutcomes,
)
from loaders.ledger import Ledger, now
from loaders.ledger_entries import Act
from loaders.load_file import LoadedFile, LoadTarget, drop_refused, load_file
from loaders.pseudonyms import PersonKey
from loaders.reading.encoding import Received, receive
from loaders.reading.temporary_files import TemporaryFiles
from loaders.reading.unpacking import IsKnown, Source, is_known_header, unpacked
from loaders.saved_formats import check_name, save, with_saved
from loaders.transaction import (
    Look,
    Progress,
    commit,
    loads_into,
    looking,
    tables_of,
    with_room,
    writing,
)
from loaders.versions import settle
from store.errors import in_words
from store.remedies import Remedy
from store.snapshot import read
from store.writer import Draft, Store

NOTHING_MOVES = (
    "Loading it changes nothing that counts: a newer load says otherwise of its rows, "
    "or does not hold them."
)
Done = list[LoadedFile]
Way = Callable[[Store, Ledger, Progress], AbstractContextManager[Path]]
Files = Sequence[Source] | Batch
ReadFiles = tuple[Batch, list[Received]]
__all__ = ["Batch", "Source", "load", "preview"]


@dataclass(frozen=True)
class Drafted:
    """An act in a draft that is not published yet: its files, and the key of their ids."""

    draft: Draft
    act: Act
    files: Done
    key: PersonKey


@with_room
def load(
    store: Store, sources: Files, options: LoadOptions, progress: Progress = lambda _: None
) -> list[LoadReport]:
    """Load `sources` as one act. Raises LoadError, StoreError; then nothing has changed.

    Of a batch the files that can be read are loaded, and it keeps the refusals of the others.
    An export whose own archive is damaged is not loaded again: it mends that archive.
    """
    ledger, batch = Ledger(store), _batch(sources)
    _check(options)
    with in_words(store.folder), store.workspace() as reading, TemporaryFiles(reading) as room:
        received = _received(store, batch, room, options, progress)
        if mended := mend_archives(ledger, received, options.loaded_by, progress):
            received = [item for item in received if item.sha256 not in mended]
        reports = _load(ledger, (batch, received), options, progress) if received else []
    return [*mended.values(), *reports]


def _load(
    ledger: Ledger, files: ReadFiles, options: LoadOptions, progress: Progress
) -> list[LoadReport]:
    with _drafted(ledger, writing, files, options, progress) as drafted:
        _refuse_older(drafted.files, options)
        _refuse_unknown(drafted.files, options)
        _refuse_offences(drafted.files, options)
        _refuse_loss(drafted.files, options)
        entries = [file.entry for file in drafted.files]
        save(ledger.store, entries[0], drafted.act.at)
        progress("Publishing")
        drafted.key.keep()
        mark = drafted.key.mark if any(entry.persons for entry in entries) else None
        act = drafted.act.model_copy(update={"loads": entries, "key_mark": mark})
        commit(ledger.store, ledger, drafted.draft, act)
    return [file.report for file in drafted.files]


@with_room
def preview(
    store: Store,
    sources: Files,
    options: LoadOptions,
    progress: Progress = lambda _: None,
    look: Look | None = None,
) -> list[LoadReport]:
    """What `load` would do, nothing written; `look` is shown the snapshot it would make.

    Raises LoadError, StoreError.
    """
    batch = _batch(sources)
    _check(options)
    with in_words(store.folder), store.workspace() as reading, TemporaryFiles(reading) as room:
        received = _received(store, batch, room, options, progress)
        files = (batch, received)
        with _drafted(Ledger(store), looking, files, options, progress) as drafted:
            reports = [file.report for file in drafted.files]
            if look:
                progress("Working out the figures")
                with store.peek(drafted.draft) as snapshot:
                    look(snapshot, tables_of(reports))
    return [report.model_copy(update={"load_id": None, "snapshot": None}) for report in reports]


@contextmanager
def _drafted(
    ledger: Ledger, way: Way, files: ReadFiles, options: LoadOptions, progress: Progress
) -> Iterator[Drafted]:
    """The received files in a draft, under the lock (`writing`) or beside it (`looking`)."""
    batch, received = files
    with way(ledger.store, ledger, progress) as work:
        received = batch.loaded(_not_loaded(ledger, batch, received, options))
        key = PersonKey(ledger)
        act = Act(act=ledger.next_act(), verb="load", at=now(), by=options.loaded_by)
        with ledger.store.draft(
            act.act, work, coming=sum(item.path.stat().st_size for item in received)
        ) as draft:
            prepare(draft.con)
            key.use(draft.con)
            moves = Moves(draft)
            done: Done = []
            for item in received:
                progress(f"Checking {item.file_name}")
                load_id = ledger.next_load() + len(done)
                target = LoadTarget(ledger.store, draft, act, load_id, way is writing)
                with batch.each(partial(drop_refused, draft, load_id)):
                    done.append(load_file(target, item, options))
            yield Drafted(draft, act, _settled(draft, moves, batch.loaded(done), progress), key)


def _is_known(store: Store, options: LoadOptions) -> IsKnown:
    """Is a table one that these options, or a saved format, let us read?"""

    def kind(lines: list[str], file_name: str) -> str | None:
        return is_known_header(lines, file_name, with_saved(store, lines, file_name, options)[0])

    return kind


def _check(options: LoadOptions) -> None:
    if options.as_at and options.as_at > now().date():
        raise LoadError(f"The data cannot stand at {options.as_at}: that day is still to come.")
    if options.save_format is not None:
        check_name(options.save_format)


def _batch(sources: Files) -> Batch:
    return sources if isinstance(sources, Batch) else Batch(list(sources), is_all_or_none=True)


def _received(
    store: Store, batch: Batch, room: TemporaryFiles, options: LoadOptions, progress: Progress
) -> list[Received]:
    """Each source as text to be read by its path; the same file twice is refused."""
    found: dict[str, Received] = {}
    batch.refused.clear()  # of an attempt with less memory
    for sent in batch.sources:
        with batch.each():
            for source in unpacked([sent], room, options.sheet, _is_known(store, options)):
                progress(f"Reading {source.file_name}")
                item = receive(source.path, source.file_name, room)
                if item.sha256 in found:
                    raise AlreadyLoaded(
                        f"{item.file_name} is the same file as {found[item.sha256].file_name}. "
                        "Load one of them."
                    )
                item.warnings.extend(source.notes)
                item.saved_on = source.saved_on
                found[item.sha256] = item
    return batch.loaded(list(found.values()))


def _not_loaded(
    ledger: Ledger, batch: Batch, received: Sequence[Received], options: LoadOptions
) -> list[Received]:
    """The files that the store does not hold.

    Raises AlreadyLoaded where it holds one of them, and all are to load or none.
    """
    past: dict[str, list[dict[str, Any]]] = {}
    for row in read(ledger.store).loads if ledger.store.current() else []:
        past.setdefault(str(row["sha256"]), []).append(row)
    found = []
    for item in received:
        with batch.each():
            for row in past.get(item.sha256, []):
                if row["counts"] or (_is_same(ledger, row, options) and not row["forgotten_at"]):
                    raise _already(item.file_name, row)
            found.append(item)
    return found


def _is_same(ledger: Ledger, row: dict[str, Any], options: LoadOptions) -> bool:
    """Was this file loaded with the same words about it?

    With others it may be loaded again once it is undone.
    """
    said = {
        "format",
        "header_map",
        "code_map",
        "force_name",
        "as_at",
        "date_order",
        "sheet",
        "is_full",
        "period",
        "reference",
    }
    entry = ledger.entries().get(row["load_id"])
    return entry is not None and entry.asked.model_dump(include=said) == options.model_dump(
        include=said
    )


def _already(file_name: str, row: dict[str, Any]) -> AlreadyLoaded:
    remedy = None if row["counts"] else Remedy("undo_undo", value=str(row["load_id"]))
    return AlreadyLoaded(
        f"{file_name} is already in the store: it is load {row['load_id']} of "
        f"{row['received_at']:%-d %B %Y}{', which was undone' if remedy else ''}.",
        remedy,
    )


def _settled(draft: Draft, moves: Moves, done: Done, progress: Progress) -> Done:
    """Every table that was loaded into worked out anew; the first report of
    each says what moves.
    """
    told: Done = []
    seen: set[str] = set()
    for file in done:
        entry, report = file.entry, file.report
        (row_table,) = tables_of([report])
        if row_table not in seen:
            progress(f"Working out what changes in {entry.file_name}")
            settle(draft.con, row_table, loads_into(row_table, [one.report for one in done]))
            moved = moves.of(row_table)
            idle = (
                [NOTHING_MOVES]
                if not moved and not moves.is_first and report.new + report.changed
                else []
            )
            report = report.model_copy(update={"moved": moved, "notes": [*report.notes, *idle]})
        seen.add(row_table)
        told.append(LoadedFile(entry, report))
    for row in sql.rows(draft.con, "loading/row_counts_that_fail"):
        raise DoesNotAddUp(
            f"{row['file_name']} does not add up, which is a fault of this program: {row}. "
            "Nothing was loaded; report it."
        )
    return told


def _refuse_older(done: Done, options: LoadOptions) -> None:
    for report in (file.report for file in done):
        if report.older_than and not options.may_be_older:
            raise OlderExtract(older_words(report), Remedy("yes"))


def _refuse_unknown(done: Done, options: LoadOptions) -> None:
    for report in (file.report for file in done):
        if report.not_known and needs_yes(report) and not options.may_be_unknown:
            label = next(iter(unknown_ends(report)), "Their label")
            words = unknown_words(report) + choice_words(report, options.code_map)
            raise UnknownOutcomes(
                words, label, report.not_known, report.unknown, likely_code(report, label)
            )


def _refuse_offences(done: Done, options: LoadOptions) -> None:
    for report in (file.report for file in done):
        if not options.may_be_unknown and (words := offences_words(report)):
            label = next(iter(unknown_offences(report)), "Their label")
            code = likely_code(report, label)
            raise NeedsYes(words, Remedy("codes_or_yes", label=label, value=code))


def _refuse_loss(done: Done, options: LoadOptions) -> None:
    for report in (file.report for file in done):
        if not options.may_be_older and (words := loss_words(report)):
            raise NeedsYes(words, Remedy("yes"))
