"""What every act shares: the writer's lock, a swept store, the way to publish, and the replay of
all acts from the archive.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import wraps
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar, cast

import sql
from loaders.conform import prepare
from loaders.contracts import LoadReport
from loaders.errors import Forgotten
from loaders.formats import BY_NAME
from loaders.ledger import Ledger, checksums_of, now
from loaders.ledger_entries import Act
from loaders.pseudonyms import PersonKey
from loaders.rebuild import Replay
from loaders.versions import settle
from store.errors import CurrentLost, RecordDamaged, StoreError, TooLittleMemory, in_words
from store.files import flush
from store.remedies import Remedy
from store.snapshot import Snapshot, read
from store.writer import Draft, Store

UNPACKED = 8  # times as long as its archive a text is
# what making loads again takes, to say how long it will be
SECONDS_A_LOAD, ROWS_A_SECOND = (0.1, 100_000)
Progress = Callable[[str], None]
Values = ParamSpec("Values")
Done = TypeVar("Done")
Look = Callable[[Snapshot, list[str]], None]


def with_room(
    act: Callable[Concatenate[Store, Values], Done],
) -> Callable[Concatenate[Store, Values], Done]:
    """Does an act anew with all the memory of the machine, where the share it is given at first was
    too little.
    """

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
def writing(
    store: Store, ledger: Ledger, progress: Progress = lambda _: None, may_rebuild: bool = True
) -> Iterator[Path]:
    """Hold the lock, with crashes swept up and the snapshot fit to be changed; a folder to work in.

    Without `may_rebuild` the newest snapshot may be lost, damaged or of another version. Raises
    StoreError.
    """
    with in_words(store.folder, _number(store)), store.lock(progress):
        current = ledger.settle()
        store.sweep(current)
        if may_rebuild:
            if current is None:
                raise CurrentLost(_behind(store, ledger), Remedy("rebuild"))
            if store.is_outdated():
                _upgrade(store, ledger, progress)
        with store.workspace() as work:
            yield work


@contextmanager
def looking(store: Store, ledger: Ledger, progress: Progress = lambda _: None) -> Iterator[Path]:
    """A folder to try something in, beside any writer; only a store that another version made needs
    the lock first.
    """
    if store.is_outdated():
        with writing(store, ledger, progress):
            pass
    with in_words(store.folder, store.current()), store.workspace() as work:
        yield work


def commit(store: Store, ledger: Ledger, draft: Draft, act: Act) -> None:
    """Write the act's line, put its archives in their place, publish."""
    made = sorted(draft.path.parent.glob("*.parquet"))
    ledger.begin(act.model_copy(update={"archives": act.archives | checksums_of(made)}))
    place_archives(ledger, made, act)
    store.publish(draft)
    with suppress(
        OSError, StoreError
    ):  # it is published; where the line cannot be written now, the next writer closes the act
        ledger.end(act.act, is_published=True)


def place_archives(ledger: Ledger, made: Sequence[Path], act: Act) -> None:
    """Put archives in their place. What a load reads is never put over what another one read."""
    fresh = {ledger.archived(entry.load_id).name for entry in act.loads}
    for path in made:
        target = ledger.store.archive / path.name
        if path.name in fresh and target.exists():
            raise RecordDamaged(
                f"archive/{path.name} is there already, and no archive is written over."
            )
        path.chmod(0o600)
        path.rename(target)
    if made:
        flush(ledger.store.archive)


def replay_all(
    store: Store, ledger: Ledger, work: Path, by: str, progress: Progress = lambda _: None
) -> int:
    """Make the newest snapshot again from the archive; its number. Raises RecordDamaged."""
    act = Act(act=ledger.next_act(), verb="rebuild", at=now(), by=by)
    with replayed(store, ledger, work, act, progress) as (draft, act, key):
        key.keep()
        commit(store, ledger, draft, act)
    return act.act


@contextmanager
def replayed(
    store: Store, ledger: Ledger, work: Path, act: Act, progress: Progress
) -> Iterator[tuple[Draft, Act, PersonKey]]:
    """A draft with everything that the ledger tells, and the act that says so.

    Raises RecordDamaged.
    """
    key = PersonKey(ledger)
    known = _refuse_damaged(ledger)
    packed = sum(path.stat().st_size for path in store.archive.glob("*.parquet"))
    with store.draft(act.act, work, fresh=True, coming=UNPACKED * packed) as draft:
        prepare(draft.con)
        Replay(ledger, draft, key, progress).run()
        yield draft, act.model_copy(update={"key_mark": key.mark, "archives": known}), key


def apply_counts(draft: Draft, act: Act) -> None:
    """Let a load count, or not."""
    for row in sql.rows(
        draft.con, "loading/set_load_counts", load_id=act.load_id, counts=act.verb == "redo"
    ):
        settle(draft.con, str(row["row_table"]))


def _number(store: Store) -> int | None:
    """The newest snapshot's number; None where there is none or it is not known."""
    try:
        return store.current()
    except CurrentLost:
        return None


def _behind(store: Store, ledger: Ledger) -> str:
    """Why the newest snapshot is in doubt. Raises CurrentLost where the store itself can say it."""
    return (
        f"The newest figures of the store in {store.folder} are those of snapshot "
        f"{store.current()}, but the newest in "
        f"its ledger is {ledger.newest_snapshot()}. Nothing was changed."
    )


def _upgrade(store: Store, ledger: Ledger, progress: Progress) -> None:
    """Make a snapshot of this version from the archive; the old ones stay readable meanwhile."""
    if forgotten := ledger.forgotten():
        raise Forgotten(
            "This store was made by another version of the program, and the archive of load "
            f"{', '.join(map(str, forgotten))} was removed: a rebuild goes on without it.",
            Remedy("rebuild"),
        )
    loads = [row for row in read(store).loads if row["row_count"]]
    seconds = SECONDS_A_LOAD * len(loads) + sum(row["row_count"] for row in loads) / ROWS_A_SECOND
    progress(
        f"This store was made by another version of the program: its {len(loads)} loads are made "
        "again "
        f"from the archive, which takes about {max(seconds, 1):,.0f} seconds"
    )
    with store.workspace() as work:
        replay_all(store, ledger, work, "another version of the program", progress)


def _refuse_damaged(ledger: Ledger) -> dict[int, str]:
    """The SHA-256 of archives whose checksum nobody kept yet.

    Raises RecordDamaged where one is not as it was.
    """
    kept = [load_id for load_id in ledger.entries() if load_id not in ledger.forgotten()]
    if faults := [fault for load_id in kept if (fault := ledger.fault_of(load_id))]:
        raise RecordDamaged(" ".join(faults))
    return checksums_of(
        ledger.archived(load_id) for load_id in kept if load_id not in ledger.checksums()
    )


def tables_of(reports: Sequence[LoadReport]) -> list[str]:
    """The tables that these loads fill, each once."""
    return list(dict.fromkeys(BY_NAME[report.format].row_table for report in reports))


def loads_into(row_table: str, reports: Sequence[LoadReport]) -> list[int]:
    """The loads of an act that fill one table."""
    return [
        report.load_id
        for report in reports
        if report.load_id and BY_NAME[report.format].row_table == row_table
    ]
