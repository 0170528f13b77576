"""CURRENT, the file that names the newest snapshot, and what stands against it.

A store whose CURRENT is lost is not an empty store: whoever took it for one would begin anew and
sweep the snapshots away. So a number is believed only where nothing in the store contradicts it.
"""

import json
from pathlib import Path

from store.errors import CurrentLost
from store.remedies import Remedy

LEDGER = Path("archive", "ledger.jsonl")


def kept_numbers(folder: Path) -> list[int]:
    """The numbers of the snapshot files in the store, oldest first."""
    found = (folder / "snapshots").glob("*.duckdb")
    return sorted(int(path.stem) for path in found if path.stem.isascii() and path.stem.isdecimal())


def current_number(folder: Path) -> int | None:
    """The number of the newest snapshot; None for a store that holds nothing.

    Raises CurrentLost.
    """
    try:
        text = (folder / "CURRENT").read_bytes().strip()
    except FileNotFoundError:
        if kept_numbers(folder) or (folder / LEDGER).is_file() or any(_archives(folder)):
            raise CurrentLost(_words(folder, "is lost"), Remedy("rebuild")) from None
        return None
    number = int(text) if text.isdigit() and len(text) <= 18 else 0
    if not number:
        raise CurrentLost(_words(folder, "holds no number"), Remedy("rebuild"))
    newer = [kept for kept in kept_numbers(folder) if kept > number]
    if newer and _is_published(folder, newer[-1]):
        raise CurrentLost(
            _words(folder, f"names snapshot {number}, but {newer[-1]} is newer"), Remedy("rebuild")
        )
    return number


def _is_published(folder: Path, number: int) -> bool:
    """Whether the ledger says that this snapshot was published: else a crash left its file."""
    try:
        lines = (folder / LEDGER).read_text(encoding="utf-8", errors="replace").split("\n")
    except FileNotFoundError:
        return False
    for line in reversed(lines):
        try:
            if json.loads(line).get("published") == number:
                return True
        except (ValueError, AttributeError):
            continue
    return False


def _archives(folder: Path) -> list[Path]:
    return list((folder / "archive").glob("*.parquet"))


def _words(folder: Path, what: str) -> str:
    return (
        f"The file CURRENT of the store in {folder} {what}, so the newest figures are not known. "
        "Nothing was changed."
    )
