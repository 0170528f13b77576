"""Acts on what was loaded before: undo, redo and rebuild."""

from time import monotonic

import sql
from loaders.changes import Moves
from loaders.conform import prepare
from loaders.contracts import Move
from loaders.errors import Forgotten
from loaders.ledger import Ledger, now
from loaders.ledger_entries import Act
from loaders.load_reports import load_line
from loaders.transaction import (
    Look,
    Progress,
    apply_counts,
    commit,
    looking,
    replay_all,
    replayed,
    with_room,
    writing,
)
from store.snapshot import read
from store.writer import Store


@with_room
def set_counts(
    store: Store, load_id: int, counts: bool, by: str, progress: Progress = lambda _: None
) -> int:
    """Undo a load (`counts` False) or bring it back; the number of the new snapshot.

    Doing it twice changes nothing: how the load stands is asked under the writer's lock.
    """
    ledger = Ledger(store)
    load_line(read(store), load_id)  # an unknown load is refused without waiting for anybody
    with writing(store, ledger, progress) as work:
        snapshot = read(store)
        line = load_line(snapshot, load_id)
        if line["counts"] == counts:
            return snapshot.number
        if (
            counts
            and line["forgotten_at"]
            and not snapshot.rows(
                "reports/rows_of_load", row_table=line["row_table"], load_id=load_id
            )
        ):
            raise Forgotten(
                f"Load {load_id} cannot be brought back: its archive was removed on "
                f"{line['forgotten_at']:%-d %B %Y}."
            )
        act = _counting(ledger, load_id, counts, by)
        with store.draft(act.act, work) as draft:
            prepare(draft.con)
            apply_counts(draft, act)
            commit(store, ledger, draft, act)
    return act.act


@with_room
def preview_counts(
    store: Store, load_id: int, counts: bool, look: Look | None = None
) -> list[Move]:
    """What undoing a load, or bringing it back, would move; nothing is written."""
    ledger = Ledger(store)
    row_table = str(load_line(read(store), load_id)["row_table"])
    with looking(store, ledger) as work:
        act = _counting(ledger, load_id, counts, "")
        with store.draft(act.act, work) as draft:
            prepare(draft.con)
            moves = Moves(draft)
            apply_counts(draft, act)
            moved = moves.of(row_table)
            if look:
                with store.peek(draft) as snapshot:
                    look(snapshot, [row_table])
    return moved


@with_room
def rebuild(store: Store, by: str, progress: Progress = lambda _: None) -> int:
    """Make the figures again from the archive alone; the number of the new snapshot.

    Raises RecordDamaged.
    """
    ledger = Ledger(store)
    with writing(store, ledger, progress, may_rebuild=False) as work:
        return replay_all(store, ledger, work, by, progress)


@with_room
def preview_rebuild(
    store: Store, progress: Progress = lambda _: None, look: Look | None = None
) -> float:
    """Try a rebuild, and publish nothing; the seconds it took.

    `look` is shown the snapshot it would make.
    """
    begun = monotonic()
    ledger = Ledger(store)
    act = Act(act=ledger.next_act(), verb="rebuild", at=now(), by="")
    with store.workspace() as work, replayed(store, ledger, work, act, progress) as (draft, _, _):
        seconds = monotonic() - begun
        tables = [str(row["row_table"]) for row in sql.rows(draft.con, "loading/tables_loaded")]
        if look:
            with store.peek(draft) as snapshot:
                look(snapshot, tables)
    return seconds


def _counting(ledger: Ledger, load_id: int, counts: bool, by: str) -> Act:
    return Act(
        act=ledger.next_act(), verb="redo" if counts else "undo", at=now(), by=by, load_id=load_id
    )


def forgotten_words(store: Store) -> str:
    """What a rebuild of this store leaves out, in a sentence; empty where it leaves out nothing."""
    numbers = sorted(Ledger(store).forgotten())
    if not numbers:
        return ""
    return f"Left out, for its archive was removed: load {', '.join(map(str, numbers))}."
