"""Every file of a store removed, cut, emptied and flipped: what is said, what a rebuild gives.

Written into docs/reliability.md.

`VAWG_WRITE_DOCS=1` writes the page; without it the test holds the page against what happens.
"""

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from loaders.check import check
from loaders.contracts import LoadOptions
from loaders.errors import LoadError
from loaders.load import Source, load
from loaders.load_reports import stored_rows
from loaders.undo import rebuild
from store import settings, sign_ins
from store.errors import StoreError
from store.snapshot import read
from store.writer import Store
from tests.conftest import csv_of

PAGE = Path(__file__).parent.parent.parent / "docs" / "reliability.md"
BEGIN, END = (
    "<!-- damage table: made by tests/store/test_damage_table.py -->",
    "<!-- end of the damage table -->",
)
CRIMES = (
    "crime_reference | recorded_on | offence_code | outcome_code | victim_id\nN1 | "
    "2025-01-06 | 8Q | 16 | V1\nN2 | 2025-01-09 | 8L | 1 | V2"
)
DAMAGE: dict[str, Callable[[bytes], bytes | None]] = {
    "removed": lambda _: None,
    "cut": lambda data: data[: len(data) // 2],
    "emptied": lambda _: b"",
    "flipped": lambda data: (
        data[: len(data) // 2] + bytes([data[len(data) // 2] ^ 0x01]) + data[len(data) // 2 + 1 :]
        if data
        else b"\x01"
    ),
}
Row = tuple[str, str, str, str, str]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a store of every kind of file, and an export that is not in it yet."""
    folder = tmp_path_factory.mktemp("damage")
    store = Store(folder / "store")
    for name, letter in (("one.csv", "N"), ("two.csv", "M")):
        (folder / name).write_text(csv_of(CRIMES.replace("N", letter)))
        options = LoadOptions(save_format="Records" if letter == "M" else None)
        load(store, [Source(folder / name, name)], options)
    (folder / "more.csv").write_text(csv_of(CRIMES.replace("N", "K")))
    settings.save(store.folder, settings.Settings(wait_seconds=30))
    sign_ins.standing(store.folder, sign_ins.SignIn("ann", "Ann", 1, ("analyst",)))
    return folder


def files_of(store: Path) -> list[str]:
    found = [path.relative_to(store) for path in sorted(store.rglob("*")) if path.is_file()]
    return [
        str(path) for path in found if path.parts[0] != "tmp" and not path.name.endswith("lock")
    ]


def short(problem: Exception, folder: Path) -> str:
    """The first words of a refusal, the same on every machine."""
    text = str(problem).replace(str(folder), "…")
    return re.split(r"(?<=[a-z)])[.:;] | \(SHA", text)[0].rstrip(".")


def attempt(act: Callable[[], object], folder: Path) -> str:
    try:
        act()
    except (StoreError, LoadError) as problem:
        return short(problem, folder)
    return "done"


def crimes(store: Store) -> list[str]:
    return sorted(row["crime_reference"] for row in stored_rows(read(store), None))


def tried(folder: Path, name: str, damage: str) -> Row:
    """What is said of one damaged file: by a check, to a reader, by a rebuild
    and by the next load.
    """
    store = Store(folder / "store")
    path = store.folder / name
    data = DAMAGE[damage](path.read_bytes())
    path.unlink()
    if data is not None:
        path.write_bytes(data)
        path.chmod(0o600)
    found = [finding.what for finding in check(store) if not finding.is_well]
    reading = attempt(lambda: crimes(store), folder)
    reading = "the same figures" if reading == "done" else reading
    again = attempt(lambda: rebuild(store, "test"), folder)
    if again == "done":
        assert crimes(store) == ["M1", "M2", "N1", "N2"], (name, damage)
        again = "the same figures"
    coming = attempt(
        lambda: load(store, [Source(folder / "more.csv", "more.csv")], LoadOptions()), folder
    )
    if coming == "done":
        assert crimes(store) == ["K1", "K2", "M1", "M2", "N1", "N2"], (name, damage)
    return ("; ".join(found) or "nothing", reading, again, coming, "")


def test_every_file_damaged_in_every_way(whole: Path, tmp_path: Path) -> None:
    lines = [
        "| file | damage | `vawg check` finds | who reads | `vawg rebuild` | a load after it |",
        "|---|---|---|---|---|---|",
    ]
    for name in files_of(whole / "store"):
        for damage in DAMAGE:
            folder = tmp_path / f"{name.replace('/', '-')}-{damage}"
            shutil.copytree(whole, folder)
            found, reading, again, coming, _ = tried(folder, name, damage)
            kind = re.sub(r"audit/\d{4}-\d\d", "audit/YYYY-MM", name)
            lines.append(f"| `{kind}` | {damage} | {found} | {reading} | {again} | {coming} |")
            shutil.rmtree(folder)
    table = re.sub(r"audit/\d{4}-\d\d", "audit/YYYY-MM", "\n".join(lines))
    page = PAGE.read_text(encoding="utf-8")
    before, after = page.split(BEGIN)[0], page.split(END)[1]
    wanted = f"{before}{BEGIN}\n{table}\n{END}{after}"
    if os.environ.get("VAWG_WRITE_DOCS"):
        PAGE.write_text(wanted, encoding="utf-8")
    assert page == wanted, "run VAWG_WRITE_DOCS=1 pytest tests/store/test_damage_table.py"
