"""Records of what was told of a snapshot to those who may not see small counts, kept in the store:
every server tells the same, and what was told once stays known of later snapshots.

A record holds numbers of 64 bits, one for each figure; what a figure is cannot be read out of them.
"""

import io
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from store.errors import in_words
from store.files import put_if_absent, put_in_place
from store.snapshot import Snapshot

FOLDER = "told"
Facts = npt.NDArray[np.uint64]
NONE: Facts = np.array([], dtype=np.uint64)


class Known(NamedTuple):
    """What can be known of counts by what was told of any snapshot: each between two numbers, and
    whether it was told itself. In the order of the facts, each once.
    """

    facts: Facts = NONE
    low: Facts = NONE
    high: Facts = NONE
    is_told: Facts = NONE  # 1 or 0


class ToldRecord(NamedTuple):
    """What may be told of one snapshot, which hidden figures are evidently large, and what is known
    by all that was told of it or of any snapshot before.
    """

    told: Facts
    evident: Facts
    known: Known


def merged(parts: Sequence[Known]) -> Known:
    """What is known to one who has been told all of it."""
    facts, low, high, is_told = map(np.concatenate, zip(Known(), *parts, strict=True))
    if not len(facts):
        return Known()
    order = np.argsort(facts, kind="stable")
    starts = np.flatnonzero(np.r_[True, np.diff(facts[order]) > 0])
    return Known(
        facts[order][starts],
        np.maximum.reduceat(low[order], starts),
        np.minimum.reduceat(high[order], starts),
        np.maximum.reduceat(is_told[order], starts),
    )


class ToldRecords:
    """The records of one kind of rows in a store; `version` changes with what is worked out."""

    def __init__(self, snapshot: Snapshot, kind: str, version: str) -> None:
        self._snapshot, self._kind = snapshot, kind
        self._folder = snapshot.store_folder / FOLDER
        self._path = self._folder / f"{snapshot.number:06d}-{kind}-{version}.npz"

    def recall(self) -> ToldRecord | None:
        """The record of this snapshot; None where there is none that can be read."""
        return _read(self._path)

    def known(self) -> Known:
        """What is known by all that was told of any snapshot."""
        return merged([record.known for path in self._paths() if (record := _read(path))])

    def keep(self, record: ToldRecord) -> ToldRecord:
        """Write down what was worked out; the record that stands, which may be another server's.

        Records of snapshots that are gone go with them: what they told is in this one. Raises
        StoreError.
        """
        with in_words(self._snapshot.store_folder, self._snapshot.number):
            older = list(self._paths())
            if (standing := _written(self._path, record)) is not record:
                return standing
            for path in older:
                is_gone = not self._snapshot.path_of(int(path.name[:6])).is_file()
                if (
                    is_gone
                    and (was := _read(path))
                    and np.isin(was.known.facts, record.known.facts).all()
                ):
                    path.unlink(missing_ok=True)
            return record

    def _paths(self) -> Iterator[Path]:
        return self._folder.glob(f"*-{self._kind}-*.npz")


def _written(path: Path, record: ToldRecord) -> ToldRecord:
    """Write a record whole or not at all; of two who write at once the first stands."""
    path.parent.mkdir(mode=0o700, exist_ok=True)
    packed = io.BytesIO()
    np.savez(packed, told=record.told, evident=record.evident, **record.known._asdict())
    if put_if_absent(path, packed.getvalue()):
        return record
    if standing := _read(path):
        return standing
    put_in_place(path, packed.getvalue())  # what stood there was damaged
    return record


def _read(path: Path) -> ToldRecord | None:
    try:
        with np.load(path, allow_pickle=False) as arrays:
            known = Known(*(arrays[name].astype(np.uint64) for name in Known._fields))
            told, evident = (arrays[name].astype(np.uint64) for name in ("told", "evident"))
            return ToldRecord(told, evident, known)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None  # damaged: it is worked out again, of the same snapshot and so the same
