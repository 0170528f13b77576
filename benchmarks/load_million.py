"""Load a million crimes (or as many as are asked for) against a bare CREATE TABLE AS SELECT * FROM
read_csv, and against pandas.

CPU seconds, one warm process, best of three. Then a monthly full extract of which one row in a
hundred changed, and peak memory. `python -m benchmarks.load_million [ROWS]`

It would have measured the wrong thing if a rival, or we, had read or kept fewer rows than the file
has, if a load had been refused as a repetition, if the time of the archive were not that of the
same load, or if the extract of a month later had not changed what it should. Each of these is
asserted; how often a load was tried, for want of memory, is printed.
"""

import multiprocessing
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from benchmarks import sample_million
from benchmarks.rivals.loads import bare, stored, with_pandas
from loaders import load as loading
from loaders.contracts import LoadOptions, LoadReport
from store.snapshot import read
from store.writer import Store

ROUNDS = 3


def cpu(work: Callable[[], object]) -> float:
    """CPU seconds of `work`, all threads."""
    start = time.process_time()
    work()
    return time.process_time() - start


def changed(file: Path, target: Path) -> Path:
    """The extract a month later: one row in a hundred is charged since."""
    with file.open(encoding="utf-8") as old, target.open("w", encoding="utf-8") as new:
        new.write(next(old))
        for at, line in enumerate(old):
            cells = line.rstrip("\n").split(",")
            if at % 100 == 0:
                cells[6], cells[7] = "1", cells[1]
            new.write(",".join(cells) + "\n")
    return target


def peak(work: Callable[..., object], *words: object) -> float:
    """Peak memory of `work` in a process of its own, in MB."""
    queue: multiprocessing.Queue[float] = multiprocessing.get_context("spawn").Queue()
    child = multiprocessing.get_context("spawn").Process(target=_peak, args=(queue, work, words))
    child.start()
    found = queue.get()
    child.join()
    return found


def _peak(
    queue: "multiprocessing.Queue[float]", work: Callable[..., object], words: tuple[object, ...]
) -> None:
    work(*words)
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    queue.put(int(status["VmHWM"].split()[0]) / 1024)


def ours(file: Path, folder: Path) -> LoadReport:
    """One load into a new store."""
    return loading.load(Store(folder), [loading.Source(file, file.name)], LoadOptions())[0]


@contextmanager
def archiving() -> Iterator[list[float]]:
    """The CPU seconds of each archive that is written meanwhile."""
    taken: list[float] = []
    write = duckdb.DuckDBPyRelation.write_parquet

    def written(self: duckdb.DuckDBPyRelation, *words: object, **options: object) -> None:
        taken.append(cpu(lambda: write(self, *words, **options)))

    duckdb.DuckDBPyRelation.write_parquet = written  # type: ignore[method-assign]
    try:
        yield taken
    finally:
        duckdb.DuckDBPyRelation.write_parquet = write  # type: ignore[method-assign]


def rivals(file: Path, folder: Path, rows: int) -> tuple[float, float]:
    """The best CPU seconds of the bare table, and of pandas; both have read all the rows."""
    good: list[int] = []
    bare_best = min(cpu(lambda at=at: bare(file, folder, at)) for at in range(ROUNDS))
    pandas_best = min(cpu(lambda: good.append(with_pandas(file))) for _ in range(ROUNDS))
    assert stored(folder, 0) == (rows, len(sample_million.HEADS)), (
        f"the bare table holds {stored(folder, 0)}"
    )
    assert good == [rows] * ROUNDS, f"pandas found {good} good rows"
    return bare_best, pandas_best


@dataclass(frozen=True)
class Timed:
    """One load: its CPU seconds, those of its archive left out; how often it was tried, for want of
    memory; and what it did.
    """

    seconds: float
    archive: float
    tries: int
    report: LoadReport


def timed(file: Path, folder: Path, options: LoadOptions) -> Timed:
    """Load an export into the store of a folder. Its archive is written in each try."""
    reports: list[LoadReport] = []
    with archiving() as archived:
        taken = cpu(
            lambda: reports.extend(
                loading.load(Store(folder), [loading.Source(file, file.name)], options)
            )
        )
    assert archived, "no archive was written, so its time was not measured"
    return Timed(taken - sum(archived), sum(archived), len(archived), reports[0])


def first_load(file: Path, folder: Path, rows: int) -> Timed:
    """The best of some loads into empty stores; every row is kept and new."""
    loads = [timed(file, folder / f"store{at}", LoadOptions()) for at in range(ROUNDS)]
    assert [(one.report.kept, one.report.new, one.report.set_aside) for one in loads] == [
        (rows, rows, 0)
    ] * ROUNDS
    return min(loads, key=lambda one: one.seconds)


def a_month_later(file: Path, folder: Path, rows: int) -> Timed:
    """The load of the extract of a month later; one row in a hundred has changed by it."""
    options = LoadOptions(is_full=True, as_at=date.today())
    later = timed(changed(file, folder / "month.csv"), folder / "store0", options)
    report = later.report
    assert (report.kept, report.new) == (rows, 0), report
    assert 0.008 * rows < report.changed <= 0.01 * rows, report  # some were charged before
    assert report.changed + report.unchanged == rows, report
    return later


def main() -> None:
    """Print the best of three of each, and the ratios."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = sample_million.write(folder / "crimes.csv", rows)
        print(f"{file.stat().st_size / 1e6:.0f} MB, {rows:,} rows", flush=True)
        rival, frames = rivals(file, folder, rows)
        ours_best = first_load(file, folder, rows)
        published = ours_best.seconds
        print(
            f"bare CREATE TABLE AS {rival:.2f} s; pandas, the same checks, nothing stored "
            f"{frames:.2f} s"
        )
        print(
            f"ours, validated and published {published:.2f} s in tries: {ours_best.tries}; its "
            f"archive {ours_best.archive:.2f} s more"
        )
        print(
            f"ratio: {rival / published:.2f} of the bare table's speed, {frames / published:.2f} "
            "of pandas'"
        )
        monthly = a_month_later(file, folder, rows)
        ratio = monthly.seconds / published
        print(
            f"monthly full extract, 1 % changed: {monthly.seconds:.2f} s in tries: "
            f"{monthly.tries}, {ratio:.2f} of a first load"
        )
        held = peak(bare, file, folder, 99), peak(ours, file, folder / "memory")
        kept = [row["kept"] for row in read(Store(folder / "memory")).rows("reports/loads")]
        assert (stored(folder, 99)[0], kept) == (rows, [rows]), (
            "a process whose memory was measured did not do its work"
        )
        print(f"peak memory: bare {held[0]:,.0f} MB, ours {held[1]:,.0f} MB")


if __name__ == "__main__":
    main()
