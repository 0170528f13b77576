"""Snapshots that a link was made from: they stay readable however many come after, so that the link
shows tomorrow what it showed today.

A mark for each, an empty file beside the snapshots. To forget a load takes the marks away: then the
older snapshots, which still hold its rows, go as the others do.
"""

from pathlib import Path

from store.files import put_if_absent

FOLDER = "linked"


def keep(store_folder: Path, number: int) -> None:
    """Keep a snapshot, for a link to it was made."""
    folder = store_folder / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    put_if_absent(folder / f"{number:06d}", b"")


def kept(store_folder: Path) -> set[int]:
    """The numbers of the snapshots that links were made from."""
    folder = store_folder / FOLDER
    names = [path.name for path in folder.iterdir()] if folder.is_dir() else []
    return {int(name) for name in names if name.isdecimal()}


def let_go(store_folder: Path) -> None:
    """Keep none of them any longer."""
    for number in kept(store_folder):
        (store_folder / FOLDER / f"{number:06d}").unlink(missing_ok=True)
