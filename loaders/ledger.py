"""Ledger of every act: a line per act in `archive/ledger.jsonl`, and what each load read beside it.

A line is written before the act and a second one after it, so that a crash between the two can be
told from either: an act whose snapshot is not there never happened. Lines are chained by hash
(store.hash_chain), acts and loads are numbered without gaps, and the SHA-256 of each archive stands
in the line of the act that wrote it.
"""

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from loaders.contracts import LoadReport
from loaders.formats import BY_NAME
from loaders.ledger_entries import Act, LoadEntry, act_of, scrubbed
from store import audit
from store.errors import CurrentLost, RecordDamaged
from store.hash_chain import RESTORE, ChainedFile
from store.writer import Store

CHUNK = 1 << 20  # bytes read at once


class Ledger:
    """The acts of one store. Every method raises RecordDamaged where the ledger is not whole."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.path = store.archive / "ledger.jsonl"
        self.file = ChainedFile(self.path)
        self._begun: tuple[object, list[Act]] = (None, [])

    def begun(self) -> list[Act]:
        """The acts whose line was written, whatever became of them, oldest first."""
        lines = self.file.read()
        if self._begun[0] is not lines:  # the same list as long as the file is the same
            acts = [act_of(line, number) for number, line in enumerate(lines, 1) if "verb" in line]
            self._begun = (lines, acts)
        return self._begun[1]

    def acts(self) -> list[Act]:
        """The acts that were published, oldest first."""
        published = {line.get("published") for line in self.file.read()}
        return [act for act in self.begun() if act.act in published]

    def key_marks(self) -> set[str]:
        """The marks of the keys that ids of persons in this store were hashed with: one, or none
        yet.
        """
        return {act.key_mark for act in self.begun() if act.key_mark}

    def forgotten(self) -> dict[int, LoadReport]:
        """The loads whose archive was removed, each with the report it had."""
        return {
            act.load_id or 0: act.report
            for act in self.acts()
            if act.verb == "forget" and act.report
        }

    def entries(self) -> dict[int, LoadEntry]:
        """The loads of the acts that were published, by number."""
        return {entry.load_id: entry for act in self.acts() for entry in act.loads}

    def checksums(self) -> dict[int, str]:
        """The SHA-256 that each archive must have, by its load; none for one written before they
        were kept.
        """
        found: dict[int, str] = {}
        for act in self.acts():
            found |= act.archives
        return found

    def begin(self, act: Act) -> None:
        """Write the act's line before anything is changed."""
        self.file.append(act.model_dump(mode="json"), is_first_of_act=True)

    def end(self, act: int, is_published: bool) -> None:
        """Say what became of an act: in the audit record too, if it happened."""
        if is_published:
            self._audit(next(one for one in self.begun() if one.act == act))
        self.file.append({"published" if is_published else "abandoned": act}, is_first_of_act=False)

    def next_act(self) -> int:
        """The number of the next act and of its snapshot; never one that was used."""
        return max([*(act.act for act in self.begun()), *self.store.kept()], default=0) + 1

    def next_load(self) -> int:
        """The number of the next load; never one that was used, published or not."""
        return max((entry.load_id for act in self.begun() for entry in act.loads), default=0) + 1

    def settle(self) -> int | None:
        """Put the record in order after a crash, under the writer's lock; the newest snapshot's
        number.

        None where that is in doubt. Raises RecordDamaged where what stands there cannot be the
        whole record.
        """
        self.file.mend()
        try:
            current = self.store.current() or 0
        except CurrentLost:
            current = None
        self.check_numbers(current)
        for act in self._open():
            is_published = self._happened(act, current)
            self.end(act.act, is_published)
            if not is_published:
                self._sweep(act)
        self.finish_forgetting()
        if strange := self.strange_archives():
            raise RecordDamaged(
                f"The archive of the store in {self.store.folder} holds {', '.join(strange)}, of "
                "which its ledger "
                f"says nothing: the ledger is not whole. {RESTORE}"
            )
        is_known = current is not None and self.newest_snapshot() <= current <= self.next_act()
        return current if is_known else None

    def newest_snapshot(self) -> int:
        """The number of the newest snapshot that was published; 0 before there is one."""
        return max((act.act for act in self.acts() if act.has_snapshot), default=0)

    def check_numbers(self, current: int | None) -> None:
        """Raises RecordDamaged where acts or loads are missing, or snapshots are newer than the
        ledger.
        """
        begun = self.begun()
        kept = self.store.kept()
        known = self.newest_snapshot()
        is_misread = current and current not in kept and known in kept  # CURRENT itself is damaged
        newest = max([*kept, 0 if is_misread else current or 0], default=0)
        if newest > max((act.act for act in begun), default=0):
            raise RecordDamaged(
                f"The archive of the store in {self.store.folder} is older than its snapshots, as "
                "when two backups "
                f"are mixed or its ledger is lost. {RESTORE}"
            )
        for what, numbers in (
            ("act", [act.act for act in begun]),
            ("load", [entry.load_id for act in begun for entry in act.loads]),
        ):
            gaps = [number for number, found in enumerate(numbers, 1) if number != found]
            if gaps:
                raise RecordDamaged(
                    f"The ledger of the store says nothing of {what} {gaps[0]}. {RESTORE}"
                )

    def strange_archives(self) -> list[str]:
        """The archives that no line of the ledger names."""
        known = {self.archived(entry.load_id).name for act in self.begun() for entry in act.loads}
        return sorted(
            path.name for path in self.store.archive.glob("*.parquet") if path.name not in known
        )

    def archived(self, load_id: int) -> Path:
        """Where the archive keeps what a load read."""
        return self.store.archive / f"{load_id:06d}.parquet"

    def fault_of(self, load_id: int) -> str | None:
        """What is wrong with the archive of a load, in a sentence that says what can be done; None
        if nothing is.
        """
        path = self.archived(load_id)
        if load_id in self.forgotten():
            return None
        wanted = self.checksums().get(load_id)
        if not path.is_file():
            what = "is missing"
        elif wanted is None or sha256_of(path) == wanted:
            return None
        else:
            what = "is not as it was written"
        entry = self.entries().get(load_id)
        original = f" (SHA-256 {entry.sha256[:12]}…)" if entry else ""
        name = entry.file_name if entry else "the export"
        return (
            f"archive/{path.name}, what load {load_id} read, {what}. The original export "
            f"{name}{original}, loaded again, mends it; so does that file from a backup."
        )

    def _open(self) -> list[Act]:
        closed = {line.get("published", line.get("abandoned")) for line in self.file.read()}
        return [act for act in self.begun() if act.act not in closed]

    def _happened(self, act: Act, current: int | None) -> bool:
        """Whether an act that a crash left open was carried out."""
        if not act.has_snapshot:
            return all(
                self.archived(load_id).is_file() and sha256_of(self.archived(load_id)) == wanted
                for load_id, wanted in act.archives.items()
            )
        return self.store.path(act.act).is_file() if current is None else act.act <= current

    def _sweep(self, act: Act) -> None:
        for entry in act.loads:
            self.archived(entry.load_id).unlink(missing_ok=True)

    def finish_forgetting(self) -> None:
        """Remove what is left of forgotten loads: archives, their files' words, older snapshots."""
        entries = self.entries()
        forgotten = self.forgotten()
        for load_id in forgotten:
            self.archived(load_id).unlink(missing_ok=True)
        if wordy := {one for one in forgotten if entries[one] != entries[one].without_words()}:
            self.file.rewrite([scrubbed(line, wordy) for line in self.file.read()])
        for number in self.purged_snapshots():
            self.store.path(number).unlink(missing_ok=True)

    def purged_snapshots(self) -> list[int]:
        """The snapshots still there that hold a load which was to leave all of them."""
        acts = self.acts()
        made_by = {entry.load_id: act.act for act in acts for entry in act.loads}
        purged = [(made_by[act.load_id or 0], act.act) for act in acts if act.is_purged]
        return [
            number
            for number in self.store.kept()
            if any(loaded <= number < left for loaded, left in purged)
        ]

    def _audit(self, act: Act) -> None:
        """Loads by number and kind: what the file was called may tell of a person."""
        what = {
            "undo": f"load {act.load_id} undone",
            "redo": f"load {act.load_id} brought back",
            "rebuild": "rebuilt from the archive",
            "forget": f"archive of load {act.load_id} removed",
            "mend": f"archive of load {act.load_id} written again from its original export",
        }
        kinds = {"rebuild": audit.COMBINATION, "forget": audit.ERASURE}
        if act.verb != "load":
            kind = kinds.get(act.verb, audit.ALTERATION)
            audit.record(
                self.store.folder, audit.Line(kind, what[act.verb], act.by, snapshot=act.act)
            )
        for entry in act.loads:
            kind = audit.ALTERATION if BY_NAME[entry.format].is_register else audit.COLLECTION
            words = f"load {entry.load_id} taken in: {entry.format}, sha256 {entry.sha256[:12]}"
            audit.record(self.store.folder, audit.Line(kind, words, act.by, snapshot=act.act))


def now() -> datetime:
    """The moment of an act, in UTC."""
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0)


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal digits."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def checksums_of(paths: Iterable[Path]) -> dict[int, str]:
    """The SHA-256 of each archive, by the load that its name says."""
    return {int(path.stem): sha256_of(path) for path in paths}
