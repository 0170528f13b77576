"""Check of a whole store: every file of it that can be held against something, a line each."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from loaders.errors import KeyMissing
from loaders.ledger import Ledger
from loaders.pseudonyms import PersonKey
from loaders.saved_formats import saved_formats
from store import settings, sign_ins
from store.audit_check import faults_of
from store.errors import StoreError
from store.permissions import refuse_if_open_to_others
from store.remedies import Remedy
from store.snapshot import Snapshot, read
from store.writer import Store

CODE_LISTS = ("outcome", "outcome_label", "offence", "offence_label", "force_label", "scope_line")
REBUILD = Remedy("rebuild")


@dataclass(frozen=True)
class Finding:
    """One thing that was checked: what it is, and what is wrong with it, if anything is."""

    what: str
    fault: str | None = None
    remedy: Remedy | None = None

    @property
    def is_well(self) -> bool:
        """Whether nothing was found."""
        return self.fault is None


def check(store: Store) -> Iterator[Finding]:
    """Everything that can be checked, each as soon as it is known. Nothing is changed."""
    ledger = Ledger(store)
    yield _of("rights on the store's files", lambda: refuse_if_open_to_others(store.folder))
    yield _of("settings.json", lambda: settings.of(store.folder))
    yield _of("archive/formats.json", lambda: saved_formats(store))
    yield _of("people.json", lambda: sign_ins.people(store.folder))
    yield _of("CURRENT", store.current)
    found = _of("archive/ledger.jsonl", lambda: _check_ledger(ledger))
    yield found
    if found.is_well or ledger.file.is_readable():
        yield _of("the key of person ids", lambda: PersonKey(ledger).check())
        yield from _archives(ledger)
    yield from _snapshots(store)
    newest = _of("the newest snapshot against the ledger", lambda: _check_loads(store, ledger))
    yield newest
    if newest.is_well:
        yield _of("the code lists of the newest snapshot", lambda: _check_lists(store))
    faults = faults_of(store.folder)
    yield Finding("the audit record", " ".join(faults) or None)


def _of(what: str, act: Callable[[], object]) -> Finding:
    try:
        act()
    except (StoreError, KeyMissing) as problem:
        return Finding(what, str(problem), problem.remedy)
    return Finding(what)


def _check_ledger(ledger: Ledger) -> None:
    """Raises StoreError where lines cannot be read, or are lost, or the head that shows it is not
    there.
    """
    ledger.begun()
    content = ledger.file.content()
    if content.lost:
        raise StoreError(
            f"archive/ledger.jsonl lacks its last {len(content.lost)} lines, which its head "
            "holds: the next act that writes puts them back."
        )
    if content.lines and not ledger.file.has_head():
        raise StoreError(
            f"archive/{ledger.file.head_path.name}, which shows whether the ledger's end was cut "
            "off, is "
            "missing or cannot be read: the next act that writes makes it again."
        )
    ledger.check_numbers(None)


def _archives(ledger: Ledger) -> Iterator[Finding]:
    for name in ledger.strange_archives():
        yield Finding(f"archive/{name}", f"archive/{name} is of no load that the ledger names.")
    for load_id in ledger.entries():
        if load_id not in ledger.forgotten():
            yield Finding(f"archive/{load_id:06d}.parquet", ledger.fault_of(load_id))


def _snapshots(store: Store) -> Iterator[Finding]:
    for number in store.kept():
        yield _of(f"snapshots/{number:06d}.duckdb", Snapshot(store, number).read_whole)


def _check_loads(store: Store, ledger: Ledger) -> None:
    """Raises StoreError where the newest snapshot tells of other loads than the ledger."""
    current = store.current()
    if current is None:
        return
    if ledger.newest_snapshot() > current:
        raise StoreError(
            f"The ledger goes on to act {ledger.newest_snapshot()}, after snapshot {current}.",
            REBUILD,
        )
    counts = dict.fromkeys(ledger.entries(), True)
    for act in ledger.acts():
        if act.load_id and act.verb in ("undo", "redo"):
            counts[act.load_id] = act.verb == "redo"
    forgotten = ledger.forgotten()
    rows = read(store).loads
    told = {row["load_id"]: bool(row["counts"]) for row in rows}
    for load_id in counts.keys() | told.keys():
        differs = counts.get(load_id) != told.get(load_id) and load_id not in forgotten
        if differs or (load_id in told) != (load_id in counts):
            raise StoreError(
                f"The newest snapshot and the ledger do not agree on load {load_id}: run vawg "
                "rebuild."
            )


def _check_lists(store: Store) -> None:
    """Raises StoreError where a code list of the newest snapshot says a line twice, which counts
    every row that is joined to it twice.
    """
    if store.current() is None:
        return
    snapshot = read(store)
    for table in CODE_LISTS:
        lines = [tuple(row.values()) for row in snapshot.rows(table)]
        if len(lines) != len(set(lines)):
            raise StoreError(f"The list {table} of the newest snapshot is doubled.", REBUILD)
