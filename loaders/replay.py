"""Replay of the ledger into an empty draft, from the archive alone."""

from collections.abc import Callable

import sql
from loaders.arrive import add_codes, settle
from loaders.formats import BY_NAME
from loaders.ledger import Ledger
from loaders.ledger_lines import Act, LoadEntry
from loaders.person_key import PersonKey
from loaders.stage import plain_persons, stage_archive, write_archive
from loaders.take_in import remember, store_rows
from sql.faults import archive_words
from sql.store import Draft


def replay(ledger: Ledger, draft: Draft, key: PersonKey, progress: Callable[[str], None] = lambda _: None) -> None:
    """Do every published act again. What counts is worked out once, at the end: it hangs on all loads alone."""
    acts = ledger.acts()
    forgotten = ledger.forgotten()
    tables: dict[str, None] = {}
    for act in acts:
        progress(f"Act {act.act} of {acts[-1].act}: {act.verb}")
        for entry in act.loads:
            tables[BY_NAME[entry.format].row_table] = None
            if entry.load_id in forgotten:
                remember(draft, entry, act, forgotten[entry.load_id])
                sql.run(draft.con, "conform/set_counts", load_id=entry.load_id, counts=False)
            else:
                _replay_load(ledger, draft, (act, entry), key)
        if act.verb == "forget":
            sql.run(draft.con, "conform/forget", load_id=act.load_id, forgotten_at=act.at)
        elif act.verb in ("undo", "redo") and act.load_id not in forgotten:
            counts = act.verb == "redo"
            sql.run(draft.con, "conform/set_counts", load_id=act.load_id, counts=counts)
    for row_table in tables:
        settle(draft.con, row_table)


def _replay_load(ledger: Ledger, draft: Draft, load: tuple[Act, LoadEntry], key: PersonKey) -> None:
    """Do a load again. An archive of the days when ids of persons were kept as sent is written anew, hashed."""
    act, entry = load
    archived = ledger.archived(entry.load_id)
    with archive_words(archived):
        plain = plain_persons(draft.con, archived, entry.persons)
        if plain:
            key.use(draft.con)
        stage_archive(draft.con, archived, BY_NAME[entry.format], plain)
        if plain:
            write_archive(draft.con, draft.path.parent / archived.name, entry.persons)
        add_codes(draft.con, entry.options)
        store_rows(draft, entry, act)
        draft.con.execute("drop view keyed_arrival")
        draft.con.execute("drop view text_row")
