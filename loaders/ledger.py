"""The record of every act: a line per act in `archive/ledger.jsonl`, and what each load read beside it.

A line is written before the act and a second one after it, so that a crash between the two can be told from
either: an act whose snapshot is not there never happened.
"""

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from loaders.contracts import Contract, LoadOptions, LoadReport
from loaders.formats import BY_NAME
from sql import audit
from sql.faults import StoreError
from sql.store import Store


class LoadEntry(Contract):
    """One load in an act: what a rebuild needs to do it again from the archive."""

    load_id: int
    format: str
    file_name: str
    sha256: str
    blank: int
    date_order: Literal["dmy", "mdy"] | None
    force_name: str
    encoding: str
    delimiter: str
    columns: dict[str, str]
    notes: list[str] = []
    dropped: list[str]
    options: LoadOptions
    saved_format: str | None = None
    said: LoadOptions | None = None  # what the person said, where a saved format added to it

    @property
    def persons(self) -> list[str]:
        """The fields of its file that hold ids of persons."""
        return [name for name in BY_NAME[self.format].persons if name in self.columns]

    @property
    def asked(self) -> LoadOptions:
        """The options as the person gave them."""
        return self.said or self.options


class Act(Contract):
    """One act: a load of one or more files, an undo, a bringing back, a rebuild, or the removal of a load's archive."""

    act: int
    verb: Literal["load", "undo", "redo", "rebuild", "forget"]
    at: datetime
    by: str
    loads: list[LoadEntry] = []
    load_id: int | None = None
    report: LoadReport | None = None  # of a load that is forgotten, for its archive can no longer give it
    key_mark: str | None = None  # which key the ids of persons were hashed with, where it hashed any


class Ledger:
    """The acts of one store."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.path = store.archive / "ledger.jsonl"

    def lines(self) -> list[dict[str, Any]]:
        """Every line, as written; a last line cut by a crash is left out."""
        if not self.path.is_file():
            return []
        found = []
        for line in self.path.read_text(encoding="utf-8").split("\n"):
            try:
                found.append(json.loads(line))
            except json.JSONDecodeError:
                continue
        return found

    def acts(self) -> list[Act]:
        """The acts that were published, oldest first."""
        published = {line["published"] for line in self.lines() if "published" in line}
        return [Act.model_validate(line) for line in self.lines() if "verb" in line and line["act"] in published]

    def key_marks(self) -> set[str]:
        """The marks of the keys that ids of persons in this store were hashed with: one, or none yet."""
        return {line["key_mark"] for line in self.lines() if line.get("key_mark")}

    def forgotten(self) -> dict[int, LoadReport]:
        """The loads whose archive was removed, each with the report it had."""
        return {act.load_id or 0: act.report for act in self.acts() if act.verb == "forget" and act.report}

    def begin(self, act: Act) -> None:
        """Write the act's line before anything is changed."""
        self._append(act.model_dump(mode="json"))

    def end(self, act: int, is_published: bool) -> None:
        """Say what became of an act: in the audit record too, if it happened."""
        if is_published:
            self._audit(next(Act.model_validate(line) for line in self.lines() if line.get("act") == act and "verb" in line))
        self._append({"published" if is_published else "abandoned": act})

    def next_act(self) -> int:
        """The number of the next act and of its snapshot; never one that was used."""
        used = [line["act"] for line in self.lines() if "act" in line]
        return max([*used, self.store.current() or 0], default=0) + 1

    def next_load(self) -> int:
        """The number of the next load; never one that was used, published or not."""
        return max((load["load_id"] for line in self.lines() for load in line.get("loads", [])), default=0) + 1

    def settle(self) -> None:
        """Close the acts that a crash left open: published if the snapshot is there, else abandoned. Raises StoreError."""
        lines = self.lines()
        if (self.store.current() or 0) > max((line["act"] for line in lines if "act" in line), default=0):
            raise StoreError(
                f"The archive of the store in {self.store.folder} is older than its snapshots, as when two backups are mixed. "
                "Restore archive/ of the newer one; without it, remove CURRENT and snapshots/, and run vawg rebuild."
            )
        closed = {line.get("published", line.get("abandoned")) for line in lines}
        for line in lines:
            if "verb" in line and line["act"] not in closed:
                is_published = line["act"] <= (self.store.current() or 0)
                self.end(line["act"], is_published)
                if not is_published:
                    self._sweep(line)
        for load_id in self.forgotten():
            self.archived(load_id).unlink(missing_ok=True)

    def archived(self, load_id: int) -> Path:
        """Where the archive keeps what a load read."""
        return self.store.archive / f"{load_id:06d}.parquet"

    def _sweep(self, line: dict[str, Any]) -> None:
        for load in line.get("loads", []):
            self.archived(load["load_id"]).unlink(missing_ok=True)

    def _audit(self, act: Act) -> None:
        """Loads by number and kind: what the file was called may tell of a person."""
        what = {"undo": f"load {act.load_id} undone", "redo": f"load {act.load_id} brought back", "rebuild": "rebuilt from the archive",
                "forget": f"archive of load {act.load_id} removed"}  # fmt: skip
        kinds = {"rebuild": audit.COMBINATION, "forget": audit.ERASURE}
        if act.verb != "load":
            audit.record(self.store.folder, audit.Line(kinds.get(act.verb, audit.ALTERATION), what[act.verb], act.by, snapshot=act.act))
        for entry in act.loads:
            kind = audit.ALTERATION if BY_NAME[entry.format].is_register else audit.COLLECTION
            words = f"load {entry.load_id} taken in: {entry.format}, sha256 {entry.sha256[:12]}"
            audit.record(self.store.folder, audit.Line(kind, words, act.by, snapshot=act.act))

    def _append(self, line: dict[str, Any]) -> None:
        with self.path.open("a", encoding="utf-8") as file:
            if file.tell() and not self.path.read_bytes().endswith(b"\n"):
                file.write("\n")
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
            file.flush()
            os.fsync(file.fileno())
        self.path.chmod(0o600)


def now() -> datetime:
    """The moment of an act, in UTC."""
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0)
