"""What the tests of faults run in a process, or a namespace of mounts, of their own: `python -m
tests.support.fault_injection WHAT FOLDER`. Prints JSON.
"""

import json
import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from loaders.contracts import LoadOptions
from loaders.errors import LoadError
from loaders.load import Source, load
from metrics.contracts import Cut
from metrics.measure import measure
from store.errors import StoreError
from store.snapshot import read
from store.writer import Store


def count(store: Store) -> int | None:
    values = measure(read(store), "charge_rate_recorded", Cut()).values
    return values[0].denominator if values else None


def attempt(store: Store, file: Path, progress: Callable[[str], None] = lambda _: None) -> str:
    """Load a file: "loaded", or the sentence of refusal."""
    try:
        load(store, [Source(file, file.name)], LoadOptions(), progress)
    except (LoadError, StoreError) as problem:
        return str(problem)
    return "loaded"


def kills(folder: Path) -> list[float]:
    """A hundred copies of the store, a loader killed in each, at a hundred moments of its life."""
    file = folder / "big.csv"
    spare = folder / "spare"
    shutil.copytree(folder / "store", spare)
    begun = time.monotonic()
    child(spare, file).join()
    life = time.monotonic() - begun
    moments = [life * at / 100 for at in range(100)]
    for at, moment in enumerate(moments):
        target = folder / f"killed-{at}"
        shutil.copytree(folder / "store", target)
        running = child(target, file)
        time.sleep(moment)
        if running.pid and running.is_alive():
            os.kill(running.pid, signal.SIGKILL)
        running.join()
    return moments


def child(store: Path, file: Path) -> multiprocessing.Process:
    started = multiprocessing.get_context("fork").Process(target=attempt, args=(Store(store), file))
    started.start()
    return started


def full_disk(folder: Path) -> list[dict[str, object]]:
    """Load onto disks with less and less room: what was said, and what the
    store says afterwards.
    """
    found = []
    for room in (0, 16, 200, 1000, 2000, 3000, 4000, 6000, 30_000):
        disk = folder / f"disk-{room}"
        disk.mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", str(disk)], check=True)
        store = Store(disk / "store")
        shutil.copytree(folder / "store", store.folder)
        free = shutil.disk_usage(disk).free
        (disk / "ballast").write_bytes(b"0" * (free - room * 1024))
        said = attempt(store, folder / "big.csv")
        after = count(store)
        (disk / "ballast").unlink()
        again = attempt(store, folder / "big.csv") if said != "loaded" else "loaded"
        found.append(
            {"room": room, "said": said, "after": after, "again": again, "at_last": count(store)}
        )
        subprocess.run(["umount", "-l", str(disk)], check=True)
    return found


def read_only(folder: Path) -> dict[str, object]:
    """A store on a disk that cannot be written to."""
    disk = folder / "disk"
    shutil.copytree(folder / "store", disk / "store")
    subprocess.run(["mount", "--bind", str(disk), str(disk)], check=True)
    subprocess.run(["mount", "-o", "remount,bind,ro", str(disk)], check=True)
    store = Store(disk / "store")
    return {"said": attempt(store, folder / "big.csv"), "after": count(store)}


def drive_gone(folder: Path) -> list[dict[str, object]]:
    """The drive of the store goes away at each step of a load, and comes back."""
    found = []
    for step in ("Reading", "Checking", "Working out", "Publishing"):
        real, drive = folder / f"real-{step}", folder / f"drive-{step}"
        shutil.copytree(folder / "store", real / "store")
        drive.mkdir()
        subprocess.run(["mount", "--bind", str(real), str(drive)], check=True)

        def unplug(text: str, step: str = step, drive: Path = drive) -> None:
            if text.startswith(step):
                subprocess.run(["umount", "-l", str(drive)], check=True)

        said = attempt(Store(drive / "store"), folder / "big.csv", unplug)
        back = Store(real / "store")
        found.append(
            {
                "step": step,
                "said": said,
                "after": count(back),
                "again": attempt(back, folder / "big.csv"),
                "at_last": count(back),
            }
        )
    return found


if __name__ == "__main__":
    print(
        json.dumps(
            {
                "kills": kills,
                "full_disk": full_disk,
                "read_only": read_only,
                "drive_gone": drive_gone,
            }[sys.argv[1]](Path(sys.argv[2]))
        )
    )
