"""The acts on what was loaded before: take back, bring back, make again, forget."""

import sql
from loaders.acts import Look, Progress, apply_counts, commit, looking, replay_all, with_room, writing
from loaders.arrive import prepare
from loaders.contracts import LoadReport, Move
from loaders.errors import Forgotten
from loaders.ledger import Act, Ledger, now
from loaders.ledger_view import load_line
from loaders.moves import Moves
from sql.faults import in_words
from sql.snapshot import read
from sql.store import Store


@with_room
def set_counts(store: Store, load_id: int, counts: bool, by: str) -> int:
    """Undo a load (`counts` False) or bring it back; the number of the new snapshot. Doing it twice changes nothing."""
    ledger = Ledger(store)
    line = load_line(read(store), load_id)
    if line["counts"] == counts:
        return store.current() or 0
    if counts and line["forgotten_at"] and not read(store).rows("rows_of_load", row_table=line["row_table"], load_id=load_id):
        raise Forgotten(f"Load {load_id} cannot be brought back: its archive was removed on {line['forgotten_at']:%-d %B %Y}.")
    with writing(store, ledger) as work:
        act = _counting(ledger, load_id, counts, by)
        with store.draft(act.act, work) as draft:
            prepare(draft.con)
            apply_counts(draft, act)
            commit(store, ledger, draft, act)
    return act.act


@with_room
def preview_counts(store: Store, load_id: int, counts: bool, look: Look | None = None) -> list[Move]:
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
    """Make the figures again from the archive alone; the number of the new snapshot."""
    ledger = Ledger(store)
    with writing(store, ledger, may_rebuild=False) as work:
        return replay_all(store, ledger, work, by, progress)


@with_room
def forget(store: Store, load_id: int, by: str) -> str:
    """Remove the archive of a load for good; a sentence that says what can no longer be made again. Raises UnknownLoad, Forgotten."""
    ledger = Ledger(store)
    line = load_line(read(store), load_id)
    if line["forgotten_at"]:
        raise Forgotten(f"The archive of load {load_id} was already removed, on {line['forgotten_at']:%-d %B %Y}.")
    with writing(store, ledger) as work:
        act = Act(act=ledger.next_act(), verb="forget", at=now(), by=by, load_id=load_id,
                  report=_without_cells(LoadReport.model_validate_json(str(line["report"]))))  # fmt: skip
        with store.draft(act.act, work) as draft:
            (lost,) = sql.rows(draft.con, "conform/only_in", load_id=load_id)
            sql.run(draft.con, "conform/forget", load_id=load_id, forgotten_at=act.at)
            sql.run(draft.con, "conform/forget_sent", load_id=load_id)
            sql.run(draft.con, "conform/forget_outcome_sent", load_id=load_id)
            sql.run(draft.con, "conform/replace_report", load_id=load_id, report=act.report.model_dump_json() if act.report else None)
            commit(store, ledger, draft, act)
        with in_words(store.folder):
            ledger.archived(load_id).unlink(missing_ok=True)
    return (
        f"The archive of load {load_id} ({line['file_name']}) is removed. Its {line['kept']:,} rows still count in today's figures, "
        f"but a rebuild cannot make them again: {lost['things']:,} of them no other load holds. "
        "What it set aside keeps line, field and reason, not what was sent."
    )


def _counting(ledger: Ledger, load_id: int, counts: bool, by: str) -> Act:
    return Act(act=ledger.next_act(), verb="redo" if counts else "undo", at=now(), by=by, load_id=load_id)


def _without_cells(report: LoadReport) -> LoadReport:
    """A report without a cell of the file."""
    return report.model_copy(update={"unknown": [], "sample": []})


def forgotten_words(store: Store) -> str:
    """What a rebuild of this store leaves out, in a sentence; empty where it leaves out nothing."""
    numbers = sorted(Ledger(store).forgotten())
    if not numbers:
        return ""
    return f"Left out, for its archive was removed: load {', '.join(map(str, numbers))}."
