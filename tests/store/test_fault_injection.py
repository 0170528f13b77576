"""Faults, for real: killed loaders, full disks, flipped bytes, read-only and vanished drives.

Nothing published is lost or half changed.
"""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from loaders.contracts import LoadOptions, LoadReport
from loaders.ledger import Ledger
from loaders.load import Source, load
from loaders.undo import rebuild, set_counts
from store.errors import DamagedSnapshot, StoreError, TooLittleMemory
from store.remedies import Remedy
from store.snapshot import read
from store.writer import Store
from tests.store.test_store import OLD
from tests.support.fault_injection import attempt, count

Load = Callable[..., LoadReport]
ROOT = Path(__file__).parent.parent.parent
ROWS = 20_000
UNSHARE = ["unshare", "--user", "--map-root-user", "--mount"]


@pytest.fixture
def ready(store: Store, load_table: Load, tmp_path: Path) -> Path:
    """A folder with a store of three crimes, and an export of many."""
    load_table(OLD, "old.csv")
    write(tmp_path / "big.csv", "B")
    return tmp_path


def write(path: Path, name: str) -> Path:
    rows = "".join(f"{name}{row},2025-01-06,8Q,1,2025-02-03\n" for row in range(ROWS))
    path.write_text("crime_reference,recorded_on,offence_code,outcome_code,outcome_on\n" + rows)
    return path


def run(what: str, folder: Path, *before: str) -> list[dict]:
    """Run one of `tests.support.fault_injection` in a process of its own; in a namespace of mounts
    where `before` says so.
    """
    done = subprocess.run(
        [*before, sys.executable, "-m", "tests.support.fault_injection", what, str(folder)],
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def needs_mounts() -> None:
    if subprocess.run([*UNSHARE, "true"], capture_output=True).returncode:
        pytest.skip("this machine allows no namespace of mounts")


def test_killed_at_a_hundred_moments(ready: Path) -> None:
    run("kills", ready)
    counts = []
    for at in range(100):
        store = Store(ready / f"killed-{at}")
        counts.append(stored(store))
        assert counts[-1] in (3, ROWS + 3), f"before or after, never between: {at}"
        if at % 10:
            continue  # a figure is asked for, and the next writer tried, on every tenth
        assert count(store) == counts[-1]
        set_counts(store, 1, False, "test")
        assert count(store) == {3: None, ROWS + 3: ROWS}[counts[-1]]
        assert not any(path.is_file() for path in store.tmp.rglob("*")), (
            "what was half made is swept up"
        )
        archived = {path.stem for path in store.archive.glob("*.parquet")}
        assert archived == {
            f"{load.load_id:06d}" for act in Ledger(store).acts() for load in act.loads
        }
    assert counts[0] == 3
    assert 5 < counts.count(3) <= 100


def stored(store: Store) -> int:
    """The crimes in the newest snapshot, at less cost than by asking for a figure."""
    with duckdb.connect(str(store.path(store.current() or 0)), read_only=True) as con:
        return int(con.execute("select count(*) from crime_row").fetchall()[0][0])


def test_a_full_disk_at_each_step(ready: Path) -> None:
    needs_mounts()
    found = run("full_disk", ready, *UNSHARE)
    for one in found:
        assert one["said"] == "loaded" or "disk of the store is full" in one["said"], one
        assert one["after"] == (ROWS + 3 if one["said"] == "loaded" else 3), one
        assert (one["again"], one["at_last"]) == ("loaded", ROWS + 3), one
    assert {one["said"] == "loaded" for one in found} == {True, False}


def test_a_store_that_cannot_be_written_to(ready: Path) -> None:
    needs_mounts()
    found = run("read_only", ready, *UNSHARE)
    assert "cannot be written to" in found["said"]
    assert found["after"] == 3


def test_the_drive_goes_away_in_the_middle(ready: Path) -> None:
    needs_mounts()
    for one in run("drive_gone", ready, *UNSHARE):
        assert one["said"] == "loaded" or "could not be reached" in one["said"], one
        assert one["after"] == (ROWS + 3 if one["said"] == "loaded" else 3), one
        assert one["at_last"] == ROWS + 3, one


def test_a_flipped_byte_is_said_and_mended(ready: Path) -> None:
    original = ready / "store"
    size = Store(original).path(1).stat().st_size
    damaged = 0
    for at in range(0, size, max(size // 24, 1)):
        store = Store(ready / f"flipped-{at}")
        shutil.copytree(original, store.folder)
        data = bytearray(store.path(1).read_bytes())
        data[at] ^= 0x10
        store.path(1).write_bytes(data)
        try:
            assert count(store) == 3
            assert (
                len(read(store).rows("reports/current_rows_of_table", row_table="crime_row")) == 3
            )
        except DamagedSnapshot as problem:
            damaged += 1
            assert problem.remedy == Remedy("rebuild")
            rebuild(store, "test")
            assert count(store) == 3
    assert damaged > 2


def test_the_snapshot_before_a_damaged_one_still_answers(ready: Path, load_table: Load) -> None:
    load_table(OLD.replace("N", "M"), "more.csv")
    store = Store(ready / "store")
    store.path(2).write_bytes(b"\0" * 8192 + store.path(2).read_bytes()[8192:])
    with pytest.raises(DamagedSnapshot, match="snapshot 1"):
        read(store).rows("reports/loads")
    with pytest.raises(StoreError):
        attempt_strictly(store, ready / "big.csv")
    assert len(read(store, 1).rows("reports/current_rows_of_table", row_table="crime_row")) == 3


def attempt_strictly(store: Store, file: Path) -> None:
    said = attempt(store, file)
    if said != "loaded":
        raise StoreError(said)


def test_two_people_committing_at_once(ready: Path) -> None:
    files = [write(ready / f"{name}.csv", name) for name in "XY"]
    code = (
        "import sys; from pathlib import Path; from store.writer import Store; from "
        "tests.support.fault_injection import attempt; "
        "print(attempt(Store(Path(sys.argv[1])), Path(sys.argv[2])))"
    )
    running = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(ready / "store"), str(file)],
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        for file in files
    ]
    assert [process.communicate()[0].strip() for process in running] == ["loaded", "loaded"]
    store = Store(ready / "store")
    assert count(store) == 2 * ROWS + 3
    assert sorted(row["act"] for row in read(store).loads) == [1, 2, 3]


def test_an_act_that_does_not_fit_into_its_share_of_memory_is_done_with_all_of_it(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[dict[str, str]] = []
    whole = Store._room

    def room(self: Store, coming: int) -> dict[str, str]:
        given.append(whole(self, coming) and {"memory_limit": "24MB"})
        return given[-1]

    monkeypatch.setattr(Store, "_room", room)
    report = load(store, [Source(many(tmp_path / "many.csv"), "many.csv")], LoadOptions())[0]
    assert (report.kept, store.current()) == (60_000, 1)
    assert given == [{"memory_limit": "24MB"}, {}]


def test_what_does_not_fit_into_the_machine_is_said_and_nothing_is_changed(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Store, "_room", lambda *_: {"memory_limit": "24MB"})
    with pytest.raises(TooLittleMemory, match="more memory than this machine has"):
        load(store, [Source(many(tmp_path / "many.csv"), "many.csv")], LoadOptions())
    assert store.current() is None


def many(path: Path) -> Path:
    rows = (f"{at}/25,2025-01-06,8Q,1,2025-02-03" for at in range(60_000))
    path.write_text(
        "crime_reference,recorded_on,offence_code,outcome_code,outcome_on\n"
        + "\n".join(rows)
        + "\n",
        encoding="utf-8",
    )
    return path
