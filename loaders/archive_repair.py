"""Mending of a damaged archive from the original export that it was read from."""

from collections.abc import Callable, Sequence

from loaders.conform import add_codes, prepare
from loaders.contracts import LoadReport
from loaders.formats import BY_NAME
from loaders.ledger import Ledger, checksums_of, now
from loaders.ledger_entries import Act, LoadEntry
from loaders.load_file import store_rows
from loaders.pseudonyms import PersonKey
from loaders.reading.encoding import Received
from loaders.reading.staging import first_lines, stage, stage_archive, write_archive
from loaders.transaction import place_archives
from store.errors import in_words

Progress = Callable[[str], None]


def mend_archives(
    ledger: Ledger, received: Sequence[Received], by: str, progress: Progress
) -> dict[str, LoadReport]:
    """Write the archives again that are damaged and whose export is `received`; by its SHA-256, the
    load's report.

    It works without a snapshot, for a rebuild may be what waits for it. Raises LoadError,
    StoreError.
    """
    found = _damaged(ledger, received)
    if not found:
        return {}
    with in_words(ledger.store.folder), ledger.store.lock(progress):
        ledger.settle()
        return {
            item.sha256: _mend(ledger, entry, item, by)
            for item, entry in _damaged(ledger, received)
        }


def _damaged(ledger: Ledger, received: Sequence[Received]) -> list[tuple[Received, LoadEntry]]:
    """The exports that a load was read from whose archive is not as it was, each with that load."""
    exports = {item.sha256: item for item in received}
    entries = [entry for entry in ledger.entries().values() if entry.sha256 in exports]
    return [(exports[entry.sha256], entry) for entry in entries if ledger.fault_of(entry.load_id)]


def _mend(ledger: Ledger, load_entry: LoadEntry, item: Received, by: str) -> LoadReport:
    """Read the export as it was read then, and put what it says in the archive."""
    store = ledger.store
    act = Act(act=ledger.next_act(), verb="mend", at=now(), by=by, load_id=load_entry.load_id)
    key = PersonKey(ledger)
    with store.workspace() as work, store.draft(act.act, work, fresh=True) as draft:
        prepare(draft.con)
        key.use(draft.con)
        stage(draft.con, item, first_lines(item), load_entry.options)
        path = work / ledger.archived(load_entry.load_id).name
        write_archive(draft.con, path, load_entry.persons)
        if load_entry.persons:
            stage_archive(draft.con, path, BY_NAME[load_entry.format], [])
        add_codes(draft.con, load_entry.options)
        report = store_rows(draft, load_entry, act)
        key.keep()
        ledger.begin(
            act.model_copy(update={"archives": checksums_of([path]), "key_mark": key.mark})
        )
        place_archives(ledger, [path], act)
        ledger.end(act.act, is_published=True)
    note = (
        f"The archive of load {load_entry.load_id} was damaged and is written again. The figures "
        "are as they were."
    )
    return report.model_copy(update={"snapshot": None, "notes": [*report.notes, note]})
