"""Forgetting of a load: its archive for good, and on demand every row that only it held, in every
snapshot.
"""

import shutil
from pathlib import Path

import sql
from loaders.contracts import LoadReport
from loaders.errors import Forgotten
from loaders.ledger import Ledger, now
from loaders.ledger_entries import Act
from loaders.load_reports import load_line, report_of
from loaders.transaction import Progress, commit, with_room, writing
from loaders.versions import settle
from sql import column, constant
from store import linked_snapshots
from store.errors import in_words
from store.snapshot import read
from store.writer import Draft, Store

OF_A_LOAD = ("sighting", "row_set_aside")  # tables whose rows belong to one load


@with_room
def forget(
    store: Store,
    load_id: int,
    by: str,
    is_purged: bool = False,
    progress: Progress = lambda _: None,
) -> str:
    """Remove the archive of a load for good; a sentence that says what can no longer be made again.

    With `is_purged` its rows leave the figures too, but for those that another load holds, and
    every older snapshot that holds them is removed. Raises UnknownLoad, Forgotten.
    """
    ledger = Ledger(store)
    load_line(read(store), load_id)
    with writing(store, ledger, progress) as work:
        line = load_line(read(store), load_id)
        if line["forgotten_at"] and not (
            is_purged and ledger.path.is_file() and not _was_purged(ledger, load_id)
        ):
            raise Forgotten(
                f"The archive of load {load_id} was already removed, on "
                f"{line['forgotten_at']:%-d %B %Y}."
            )
        act = Act(
            act=ledger.next_act(),
            verb="forget",
            at=now(),
            by=by,
            load_id=load_id,
            report=_without_cells(report_of(read(store), load_id)),
            is_purged=is_purged,
        )
        linked_snapshots.let_go(store.folder)
        lost = _purged(store, ledger, work, act) if is_purged else _marked(store, ledger, work, act)
        with in_words(store.folder):
            gone = ledger.purged_snapshots()
            ledger.finish_forgetting()
    return _words(line, lost, gone if is_purged else None)


def _marked(store: Store, ledger: Ledger, work: Path, act: Act) -> int:
    """Publish a snapshot in which the load has no archive; how many of its rows no other load
    holds.
    """
    with store.draft(act.act, work) as draft:
        (lost,) = sql.rows(draft.con, "loading/count_versions_only_in_load", load_id=act.load_id)
        _mark(draft, act)
        sql.run(draft.con, "loading/clear_sent_text", load_id=act.load_id)
        sql.run(draft.con, "loading/clear_outcome_sent", load_id=act.load_id)
        commit(store, ledger, draft, act)
    return int(lost["things"])


def _purged(store: Store, ledger: Ledger, work: Path, act: Act) -> int:
    """Publish a snapshot written anew without the load, for freed pages of a file keep what stood
    there.
    """
    old = work / "old.duckdb"
    shutil.copyfile(store.path(store.current() or 0), old)
    with store.draft(act.act, work, fresh=True) as draft:
        draft.con.execute("attach $path as old (read_only)", {"path": str(old)})
        sql.run(draft.con, "loading/versions_only_in_load", load_id=act.load_id)
        lost = int(draft.con.table("version_only_in").aggregate("count(*)").fetchall()[0][0])
        for table in [name for (name,) in sql.run(draft.con, "loading/tables_stored").fetchall()]:
            _copy(draft, table, act.load_id or 0)
        _mark(draft, act)
        sql.run(draft.con, "loading/set_load_counts", load_id=act.load_id, counts=False)
        for row in sql.rows(draft.con, "loading/tables_loaded"):
            settle(draft.con, str(row["row_table"]))
        draft.con.execute("detach old")
        old.unlink()
        commit(store, ledger, draft, act)
    return lost


def _copy(draft: Draft, table: str, load_id: int) -> None:
    """The rows of a table of the old snapshot that do not leave with the load.

    A code list stays as the draft has written it.
    """
    if draft.con.table(table).limit(1).fetchall():
        return
    kept = draft.con.table(f"old.main.{table}")
    if table in OF_A_LOAD:
        kept = kept.filter(column("load_id") != constant(load_id))
    elif "version_id" in kept.columns:
        kept = kept.filter("version_id not in (select version_id from version_only_in)")
    kept.insert_into(table)


def _mark(draft: Draft, act: Act) -> None:
    sql.run(draft.con, "loading/mark_archive_removed", load_id=act.load_id, forgotten_at=act.at)
    report = act.report.model_dump_json() if act.report else None
    sql.run(draft.con, "loading/replace_load_report", load_id=act.load_id, report=report)


def _was_purged(ledger: Ledger, load_id: int) -> bool:
    return any(act.is_purged and act.load_id == load_id for act in ledger.acts())


def _without_cells(report: LoadReport) -> LoadReport:
    """A report without a cell, a header or a label of the file."""
    bare = {
        "unknown": [],
        "sample": [],
        "notes": [],
        "dropped": [],
        "columns": dict.fromkeys(report.columns, ""),
    }
    return report.model_copy(update=bare)


def _words(line: dict[str, object], lost: int, gone: list[int] | None) -> str:
    """What became of the load, and which links no longer open."""
    head = f"The archive of load {line['load_id']} ({line['file_name']}) is removed."
    if gone is None:
        return (
            f"{head} Its {line['kept']:,} rows still count in today's figures, but a rebuild "
            "cannot make "
            f"them again: {lost:,} of them no other load holds. What it set aside keeps line, "
            "field and "
            "reason, not what was sent. Older snapshots hold its rows until they are pruned, or "
            "until "
            f"vawg forget {line['load_id']} --now."
        )
    numbers = ", ".join(map(str, gone))
    closed = (
        f"Snapshot{'s' if len(gone) > 1 else ''} {numbers} held it and "
        f"{'are' if len(gone) > 1 else 'is'} removed: links to {'them' if len(gone) > 1 else 'it'} "
        "no longer open."
        if gone
        else ""
    )
    return f"{head} The {lost:,} rows that no other load holds left the figures. {closed}".strip()
