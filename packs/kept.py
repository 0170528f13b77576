"""Packs as they were made: each is kept with its values, words and definitions, so that it can be
made again whatever has been loaded or defined since.

A file for each in `packs/` of the store, numbered, never written over. It holds figures and words,
no row of an export; the snapshot that it was made from is kept too, until a load is forgotten.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from packs.contents import Head, Pack
from store import audit, linked_snapshots
from store.errors import StoreError, in_words
from store.files import put_if_absent

FOLDER = "packs"
Say = Callable[[str], None]
Shape = TypeVar("Shape", bound=BaseModel)
TRIES = 1000  # numbers that others may take while we look for a free one


class NoSuchPack(StoreError):
    """A pack that the store does not hold, or that cannot be read; its text says which are."""


@dataclass(frozen=True)
class Kept:
    """A pack with its number."""

    number: int
    pack: Pack


class ListedHead(Head):
    """The head of a pack as it is read for a list: without its pages, which take longer."""

    model_config = ConfigDict(frozen=True, extra="ignore")


@dataclass(frozen=True)
class Listed:
    """The head of a pack with its number."""

    number: int
    pack: Head

    @property
    def line(self) -> dict[str, object]:
        """What a list of packs says of it."""
        pack = self.pack
        return {
            "pack": self.number,
            "meeting": pack.meeting,
            "audience": pack.audience,
            "offences": pack.offences,
            "area": pack.area,
            "snapshot": pack.snapshot,
            "data_as_at": pack.data_as_at.isoformat() if pack.data_as_at else None,
            "made_at": pack.made_at.isoformat(),
            "made_by": pack.made_by,
        }


def keep(store_folder: Path, pack: Pack) -> int:
    """Keep a pack under the next number, and say in the audit record that it was made."""
    folder = store_folder / FOLDER
    data = pack.model_dump_json(indent=1).encode()
    with in_words(store_folder):
        folder.mkdir(mode=0o700, exist_ok=True)
        first = max(_numbers(store_folder), default=0) + 1
        number = next(
            one for one in range(first, first + TRIES) if put_if_absent(_path(folder, one), data)
        )
        linked_snapshots.keep(store_folder, pack.snapshot)
    words = f"pack {number}: {pack.meeting}, {pack.scope}, for {pack.audience}"
    line = audit.Line(audit.DISCLOSURE, words, pack.made_by, snapshot=pack.snapshot)
    audit.record(store_folder, line)
    return number


def read_kept(store_folder: Path, number: int) -> Kept:
    """A pack as it was made. Raises NoSuchPack."""
    return Kept(number, _read(store_folder, number, Pack))


def all_kept(store_folder: Path, say: Say = lambda _: None) -> Iterator[Listed]:
    """The head of every pack that can be read, the newest first; `say` is told of each that
    cannot.
    """
    for number in sorted(_numbers(store_folder), reverse=True):
        try:
            yield Listed(number, _read(store_folder, number, ListedHead))
        except NoSuchPack as problem:
            say(str(problem))


def damaged(store_folder: Path) -> Iterator[str]:
    """A sentence for each pack that cannot be read whole."""
    for number in sorted(_numbers(store_folder)):
        try:
            read_kept(store_folder, number)
        except NoSuchPack as problem:
            yield str(problem)


def has_packs(store_folder: Path) -> bool:
    """Was any pack made?"""
    return bool(_numbers(store_folder))


def _read(store_folder: Path, number: int, shape: type[Shape]) -> Shape:
    path = _path(store_folder / FOLDER, number)
    try:
        return shape.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        known = _numbers(store_folder)
        there = f"The packs are {min(known)} to {max(known)}." if known else "None is made yet."
        raise NoSuchPack(f"There is no pack {number}. {there}") from None
    except ValidationError:
        raise NoSuchPack(
            f"Pack {number} cannot be read: {path.name} in packs/ of the store is damaged, or of a "
            "newer version of the program. Take it from a backup."
        ) from None


def _numbers(store_folder: Path) -> list[int]:
    folder = store_folder / FOLDER
    names = [path.stem for path in folder.glob("*.json")] if folder.is_dir() else []
    return [int(name) for name in names if name.isdecimal()]


def _path(folder: Path, number: int) -> Path:
    return folder / f"{number:06d}.json"
