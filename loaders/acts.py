"""What every act shares: the writer's lock, a swept store, the way to publish, and the replay of all acts from the archive."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import wraps
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar, cast

import sql
from loaders.arrive import add_codes, prepare, settle
from loaders.contracts import LoadReport
from loaders.errors import Forgotten
from loaders.formats import BY_NAME
from loaders.ledger import Act, Ledger, now
from loaders.person_key import PersonKey
from loaders.stage import plain_persons, stage_archive, write_archive
from loaders.take_in import remember, store_rows
from sql.faults import StoreError, TooLittleMemory, in_words
from sql.snapshot import Snapshot
from sql.store import Draft, Store

UNPACKED = 8  # times as long as its archive a text is
Progress = Callable[[str], None]
Values = ParamSpec("Values")
Done = TypeVar("Done")
Look = Callable[[Snapshot, list[str]], None]


def with_room(act: Callable[Concatenate[Store, Values], Done]) -> Callable[Concatenate[Store, Values], Done]:
    """Does an act anew with all the memory of the machine, where the share it is given at first was too little."""

    @wraps(act)
    def done(store: Store, *values: Values.args, **named: Values.kwargs) -> Done:
        try:
            return act(store, *values, **named)
        except TooLittleMemory:
            if store.is_roomy:
                raise
            store.is_roomy = True
            return act(store, *values, **named)

    return cast(Callable[Concatenate[Store, Values], Done], done)


@contextmanager
def writing(store: Store, ledger: Ledger, may_rebuild: bool = True) -> Iterator[Path]:
    """Hold the lock, with crashes swept up and the snapshot fit to be changed; a folder to work in. Raises StoreError."""
    with in_words(store.folder, store.current()), store.lock():
        ledger.settle()
        store.sweep()
        with store.workspace() as work:
            if may_rebuild and store.is_outdated():
                if forgotten := ledger.forgotten():
                    raise Forgotten(
                        "This store was made by another version of the program, and the archive of load "
                        f"{', '.join(map(str, forgotten))} was removed. Run vawg rebuild to go on without it."
                    )
                replay_all(store, ledger, work, "another version of the program")
        with store.workspace() as work:
            yield work


@contextmanager
def looking(store: Store, ledger: Ledger) -> Iterator[Path]:
    """A folder to try something in, beside any writer; only a store that another version made needs the lock first."""
    if store.is_outdated():
        with writing(store, ledger):
            pass
    with in_words(store.folder, store.current()), store.workspace() as work:
        yield work


def commit(store: Store, ledger: Ledger, draft: Draft, act: Act) -> None:
    """Write the act's line, put its archives in their place, publish."""
    ledger.begin(act)
    for made in draft.path.parent.glob("*.parquet"):
        made.chmod(0o600)
        made.rename(store.archive / made.name)
    store.publish(draft)
    with suppress(OSError, StoreError):  # it is published; where the line cannot be written now, the next writer closes the act
        ledger.end(act.act, is_published=True)


def replay_all(store: Store, ledger: Ledger, work: Path, by: str, progress: Progress = lambda _: None) -> int:
    """Make the newest snapshot again from the archive; its number."""
    act = Act(act=ledger.next_act(), verb="rebuild", at=now(), by=by)
    key = PersonKey(ledger)
    packed = sum(path.stat().st_size for path in store.archive.glob("*.parquet"))
    with store.draft(act.act, work, fresh=True, coming=UNPACKED * packed) as draft:
        prepare(draft.con)
        for past in ledger.acts():
            progress(f"Act {past.act}: {past.verb}")
            if past.verb == "load":
                _replay(ledger, draft, past, key)
            elif past.verb == "forget":
                sql.run(draft.con, "conform/forget", load_id=past.load_id, forgotten_at=past.at)
            elif past.verb != "rebuild":
                apply_counts(draft, past)
        key.keep()
        commit(store, ledger, draft, act.model_copy(update={"key_mark": key.mark}))
    return act.act


def apply_counts(draft: Draft, act: Act) -> None:
    """Let a load count, or not."""
    for row in sql.rows(draft.con, "conform/set_counts", load_id=act.load_id, counts=act.verb == "redo"):
        settle(draft.con, str(row["row_table"]))


def tables_of(reports: Sequence[LoadReport]) -> list[str]:
    """The tables that these loads fill, each once."""
    return list(dict.fromkeys(BY_NAME[report.format].row_table for report in reports))


def loads_into(row_table: str, reports: Sequence[LoadReport]) -> list[int]:
    """The loads of an act that fill one table."""
    return [report.load_id for report in reports if report.load_id and BY_NAME[report.format].row_table == row_table]


def _replay(ledger: Ledger, draft: Draft, act: Act, key: PersonKey) -> None:
    """Do an act of loading again. An archive of the days when ids of persons were kept as sent is written anew, with their hashes."""
    reports = []
    forgotten = ledger.forgotten()
    for entry in act.loads:
        if entry.load_id in forgotten:
            remember(draft, entry, act, forgotten[entry.load_id])
            sql.run(draft.con, "conform/set_counts", load_id=entry.load_id, counts=False)
            continue
        archived = ledger.archived(entry.load_id)
        plain = plain_persons(draft.con, archived, entry.persons)
        if plain:
            key.use(draft.con)
        stage_archive(draft.con, archived, BY_NAME[entry.format], plain)
        if plain:
            write_archive(draft.con, draft.path.parent / archived.name, entry.persons)
        add_codes(draft.con, entry.options)
        reports.append(store_rows(draft, entry, act))
        draft.con.execute("drop view keyed_arrival")
        draft.con.execute("drop view text_row")
    for row_table in tables_of(reports):
        settle(draft.con, row_table, loads_into(row_table, reports))
