"""Replay of the ledger into an empty draft, from the archive alone.

Small loads are typed many at once, for working out how to type them costs more than typing them.
What counts is worked out at the end: it hangs on all loads, not on the order in which they came.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import sql
from loaders.conform import (
    add_codes,
    judge,
    judge_whole_file,
    spell,
    spelled_fields,
)
from loaders.formats import BY_NAME
from loaders.ledger import Ledger
from loaders.ledger_entries import Act, ActLoad, LoadEntry
from loaders.load_file import remember, report_arrival, shared_of, store_rows
from loaders.pseudonyms import PersonKey
from loaders.reading.staging import (
    LINES,
    plain_persons,
    set_context,
    stage_archive,
    stage_archives,
    write_archive,
)
from loaders.typed_rows import type_rows
from loaders.versions import key_rows, settle, store_versions
from store.errors import archive_words
from store.writer import Draft

# loads typed at once; bytes of an archive from which a load is typed alone
TOGETHER, LARGE = (100, 2_000_000)
Progress = Callable[[str], None]


@dataclass
class Replay:
    """A replay under way: where to, and with which key."""

    ledger: Ledger
    draft: Draft
    key: PersonKey
    progress: Progress
    forgotten: frozenset[int] = field(default_factory=frozenset)

    def run(self) -> None:
        """Do every published act again."""
        acts = self.ledger.acts()
        forgotten = self.ledger.forgotten()
        self.forgotten = frozenset(forgotten)
        loads = [ActLoad(act, entry) for act in acts for entry in act.loads]
        entries = [load.entry for load in loads]
        tables = list(dict.fromkeys(BY_NAME[entry.format].row_table for entry in entries))
        is_known = all(entry.changes for entry in entries if entry.load_id not in forgotten)
        for load in loads:
            load_id = load.entry.load_id
            if load_id in forgotten:
                remember(self.draft, load.entry, load.act, forgotten[load_id])
                sql.run(self.draft.con, "loading/set_load_counts", load_id=load_id, counts=False)
        kept = [load for load in loads if load.entry.load_id not in forgotten]
        for group in self._groups(kept) if is_known else []:
            self.progress(
                f"Act {group[0].act.act} of {acts[-1].act}: load {group[0].entry.load_id}"
            )
            self._load(group)
        for act in acts:
            self._act(act, is_known)
        for row_table in tables:
            settle(self.draft.con, row_table)

    def _act(self, act: Act, is_loaded: bool) -> None:
        """Do an act again; its loads too, where it was not kept what they changed among what
        counted by then.
        """
        con = self.draft.con
        for entry in [] if is_loaded else act.loads:
            if entry.load_id not in self.forgotten:
                self.progress(f"Act {act.act}: load {entry.load_id}")
                self._load_alone(ActLoad(act, entry))
                settle(con, BY_NAME[entry.format].row_table)
        if act.verb == "forget":
            sql.run(con, "loading/mark_archive_removed", load_id=act.load_id, forgotten_at=act.at)
        elif act.verb in ("undo", "redo") and act.load_id not in self.forgotten:
            for row in sql.rows(
                con, "loading/set_load_counts", load_id=act.load_id, counts=act.verb == "redo"
            ):
                if not is_loaded:
                    settle(con, str(row["row_table"]))

    def _groups(self, loads: Sequence[ActLoad]) -> Iterator[list[ActLoad]]:
        """The loads in their order, those of one kind that follow each other
        in its table together.
        """
        waiting: dict[str, list[ActLoad]] = {}
        kinds: dict[str, object] = {}
        for load in loads:
            entry = load.entry
            table = BY_NAME[entry.format].row_table
            kind = self._kind(entry)
            group = waiting.get(table, [])
            if group and (kind is None or kinds[table] != kind or len(group) == TOGETHER):
                yield waiting.pop(table)
            kinds[table] = kind
            waiting.setdefault(table, []).append(load)
        yield from waiting.values()

    def _kind(self, load_entry: LoadEntry) -> object:
        """What loads must share to be typed together; None for one that is typed alone."""
        path = self.ledger.archived(load_entry.load_id)
        is_alone = path.stat().st_size > LARGE or BY_NAME[load_entry.format].is_wide
        return (
            None
            if is_alone
            else (load_entry.format, tuple(sorted(load_entry.options.code_map.items())))
        )

    def _load(self, group: Sequence[ActLoad]) -> None:
        """Do loads of one kind again."""
        if len(group) == 1:
            return self._load_alone(group[0])
        con, kind = self.draft.con, BY_NAME[group[0].entry.format]
        paths = [self.ledger.archived(load.entry.load_id) for load in group]
        if any(
            plain_persons(con, path, load.entry.persons)
            for path, load in zip(paths, group, strict=True)
        ):
            for load in group:
                self._load_alone(load)
            return None
        with archive_words(paths[0].parent):
            stage_archives(con, paths, kind)
            set_context(con, [shared_of(load.act, load.entry) for load in group])
            add_codes(con, group[0].entry.options)
            type_rows(con, kind, "typed")
            con.execute("drop view row_of_load")
        must_spell = self._must_spell(kind.row_table, spelled_fields(con, kind))
        for load in group:
            self._keep(load, must_spell)
        con.execute("drop view keyed_arrival")
        return None

    def _must_spell(self, row_table: str, names: Sequence[str]) -> bool:
        con = self.draft.con
        return any(
            sql.rows(con, "loading/name_spellings_differ", field=name, row_table=row_table)[0][
                "differ"
            ]
            for name in names
        )

    def _keep(self, load: ActLoad, must_spell: bool) -> None:
        """Store the rows of one load of those typed together."""
        con, entry = self.draft.con, load.entry
        kind = BY_NAME[entry.format]
        con.execute("drop table if exists work.arrival")
        con.sql(
            sql.text("loading/typed_rows_of_load"),
            params={"load_id": entry.load_id, "lines": LINES},
        ).create("work.main.arrival")
        judge_whole_file(con, kind)
        if must_spell:
            spell(con, kind)
        con.execute("drop view if exists keyed_arrival")
        key_rows(con, kind)
        arrival = judge(con, kind, entry.load_id, entry.options)
        store_versions(con, kind, entry.load_id, is_first=False)
        report_arrival(self.draft, load, arrival, entry.changes)

    def _load_alone(self, load: ActLoad) -> None:
        """Do one load again. An archive of the days when ids of persons were kept as sent is
        written anew, hashed.
        """
        act, entry = load.act, load.entry
        con, archived = self.draft.con, self.ledger.archived(entry.load_id)
        with archive_words(archived):
            plain = plain_persons(con, archived, entry.persons)
            if plain:
                self.key.use(con)
            stage_archive(con, archived, BY_NAME[entry.format], plain)
            if plain:
                write_archive(con, self.draft.path.parent / archived.name, entry.persons)
            add_codes(con, entry.options)
            store_rows(self.draft, entry, act)
            con.execute("drop view keyed_arrival; drop view text_row")
