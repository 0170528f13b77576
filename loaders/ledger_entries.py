"""Lines of the ledger: an act, and the loads in it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from pydantic import ValidationError

from loaders.contracts import Changes, Contract, LoadOptions, LoadReport
from loaders.formats import BY_NAME
from store.errors import RecordDamaged
from store.hash_chain import BEFORE, RESTORE


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
    changes: Changes | None = None  # none for a load made before they were kept

    @property
    def persons(self) -> list[str]:
        """The fields of its file that hold ids of persons."""
        return [name for name in BY_NAME[self.format].persons if name in self.columns]

    @property
    def asked(self) -> LoadOptions:
        """The options as the person gave them."""
        return self.said or self.options

    def without_words(self) -> "LoadEntry":
        """The same load without a label, a header or a note of its file: what stays of one that is
        forgotten.
        """
        bare: dict[str, dict[str, str]] = {"header_map": {}, "code_map": {}}
        said = self.said.model_copy(update=bare) if self.said else None
        return self.model_copy(
            update={
                "columns": dict.fromkeys(self.columns, ""),
                "notes": [],
                "dropped": [],
                "options": self.options.model_copy(update=bare),
                "said": said,
            }
        )


class Act(Contract):
    """One act: a load of files, an undo, a bringing back, a rebuild, or what befalls a load's
    archive.

    `mend` writes a damaged archive again from the original export; it makes no snapshot.
    """

    act: int
    verb: Literal["load", "undo", "redo", "rebuild", "forget", "mend"]
    at: datetime
    by: str
    loads: list[LoadEntry] = []
    load_id: int | None = None
    report: LoadReport | None = None  # of a forgotten load, whose archive can no longer give it
    key_mark: str | None = None  # of the key under which it hashed ids of persons, if it did
    archives: dict[int, str] = {}  # the SHA-256 of each archive that this act wrote, by its load
    is_purged: bool = False  # of a load that is forgotten: its rows left the figures too

    @property
    def has_snapshot(self) -> bool:
        """Whether the act published a snapshot."""
        return self.verb != "mend"


@dataclass(frozen=True)
class ActLoad:
    """A load and the act it belongs to."""

    act: Act
    entry: LoadEntry


def act_of(line: dict[str, Any], number: int) -> Act:
    """The act that a line tells; raises RecordDamaged naming line and field."""
    try:
        return Act.model_validate({name: value for name, value in line.items() if name != BEFORE})
    except ValidationError as problem:
        error = problem.errors(include_url=False)[0]
        field = ".".join(str(part) for part in error["loc"])
        later = error["type"] == "extra_forbidden"
        why = (
            "which this version of the program does not know: a later one wrote it, so use that"
            if later
            else error["msg"]
        )
        raise RecordDamaged(
            f"Line {number} of archive/ledger.jsonl, field {field}: {why}. {RESTORE}"
        ) from None


def scrubbed(line: dict[str, Any], load_ids: set[int]) -> dict[str, Any]:
    """A line of the ledger without the words of the files of some loads."""
    if not any(load["load_id"] in load_ids for load in line.get("loads", [])):
        return line
    entries = [LoadEntry.model_validate(load) for load in line["loads"]]
    bare = [entry.without_words() if entry.load_id in load_ids else entry for entry in entries]
    return line | {"loads": [entry.model_dump(mode="json") for entry in bare]}
