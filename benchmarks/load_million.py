"""Load a million crimes (or as many as are asked for) against a bare CREATE TABLE AS SELECT * FROM read_csv, and against pandas.

CPU seconds, one warm process, best of three. Then a monthly full extract of which one row in a hundred changed, and peak memory.
`python -m benchmarks.load_million [ROWS]`
"""

import multiprocessing
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd

from benchmarks import million
from loaders import load as loading
from loaders.contracts import LoadOptions
from sql.store import Store

ROUNDS = 3


def cpu(work: Callable[[], object]) -> float:
    """CPU seconds of `work`, all threads."""
    start = time.process_time()
    work()
    return time.process_time() - start


def bare(file: Path, folder: Path, at: int) -> None:
    """The first rival."""
    with duckdb.connect(str(folder / f"bare{at}.duckdb")) as con:
        con.execute("create table t as select * from read_csv($file)", {"file": str(file)})


def with_pandas(file: Path) -> int:
    """The second rival: the same checks, in memory, stored nowhere."""
    rows = pd.read_csv(file, dtype=str)
    recorded = pd.to_datetime(rows["recorded_on"], errors="coerce", format="%Y-%m-%d")
    outcome = pd.to_datetime(rows["outcome_on"], errors="coerce", format="%Y-%m-%d")
    age = pd.to_numeric(rows["victim_age"], errors="coerce")
    codes = {str(code) for code in range(23)}
    good = (
        rows["crime_reference"].notna() & recorded.notna() & (recorded <= pd.Timestamp.now()) & ~(outcome < recorded)
        & (rows["outcome_code"].isna() | rows["outcome_code"].isin(codes)) & ~(age > 120) & ~rows["crime_reference"].duplicated(keep=False)
    )  # fmt: skip
    return int(good.sum())


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


def _peak(queue: "multiprocessing.Queue[float]", work: Callable[..., object], words: tuple[object, ...]) -> None:
    work(*words)
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    queue.put(int(status["VmHWM"].split()[0]) / 1024)


def ours(file: Path, folder: Path) -> None:
    """One load into a new store."""
    loading.load(Store(folder), [loading.Source(file, file.name)], LoadOptions())


def main() -> None:
    """Print the best of three of each, and the ratios."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = million.write(folder / "crimes.csv", rows)
        print(f"{file.stat().st_size / 1e6:.0f} MB, {rows:,} rows", flush=True)
        archived: list[float] = []
        write = duckdb.DuckDBPyRelation.write_parquet

        def timed(self: duckdb.DuckDBPyRelation, *words: object, **options: object) -> None:
            archived.append(cpu(lambda: write(self, *words, **options)))

        duckdb.DuckDBPyRelation.write_parquet = timed  # type: ignore[method-assign]
        rival = min(cpu(lambda at=at: bare(file, folder, at)) for at in range(ROUNDS))
        frames = min(cpu(lambda: with_pandas(file)) for _ in range(ROUNDS))
        taken = [cpu(lambda at=at: ours(file, folder / f"store{at}")) for at in range(ROUNDS)]
        best = min(range(ROUNDS), key=lambda at: taken[at] - archived[at])
        published = taken[best] - archived[best]
        print(f"bare CREATE TABLE AS {rival:.2f} s; pandas, the same checks, nothing stored {frames:.2f} s")
        print(f"ours, validated and published {published:.2f} s; its archive {archived[best]:.2f} s more")
        print(f"ratio: {rival / published:.2f} of the bare table's speed, {frames / published:.2f} of pandas'")
        store = Store(folder / "store0")
        later = LoadOptions(is_full=True, as_at=date.today())
        source = loading.Source(changed(file, folder / "month.csv"), "month.csv")
        monthly = cpu(lambda: loading.load(store, [source], later))
        print(
            f"monthly full extract, 1 % changed: {monthly - archived[-1]:.2f} s, {(monthly - archived[-1]) / published:.2f} of a first load"
        )
        print(f"peak memory: bare {peak(bare, file, folder, 99):,.0f} MB, ours {peak(ours, file, folder / 'memory'):,.0f} MB")


if __name__ == "__main__":
    main()
