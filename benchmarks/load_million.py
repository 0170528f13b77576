"""Load a million crimes, against a bare CREATE TABLE AS SELECT * FROM read_csv of the same file. CPU seconds, one warm process."""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb

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
    """The rival."""
    with duckdb.connect(str(folder / f"bare{at}.duckdb")) as con:
        con.execute("create table t as select * from read_csv($file)", {"file": str(file)})


def main() -> None:
    """Print the best of three of each, and the ratio."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = million.write(folder / "million.csv")
        print(f"{file.stat().st_size / 1e6:.0f} MB, 1,000,000 rows")
        archived: list[float] = []
        write = duckdb.DuckDBPyRelation.write_parquet

        def timed(self: duckdb.DuckDBPyRelation, *words: object, **options: object) -> None:
            archived.append(cpu(lambda: write(self, *words, **options)))

        duckdb.DuckDBPyRelation.write_parquet = timed  # type: ignore[method-assign]
        rival = min(cpu(lambda at=at: bare(file, folder, at)) for at in range(ROUNDS))
        source = loading.Source(file, file.name)
        ours = [cpu(lambda at=at: loading.load(Store(folder / f"store{at}"), [source], LoadOptions())) for at in range(ROUNDS)]
        best = min(range(ROUNDS), key=lambda at: ours[at] - archived[at])
        published = ours[best] - archived[best]
        print(f"bare CREATE TABLE AS: {rival:.2f} s; validated and published: {published:.2f} s; archive: {archived[best]:.2f} s")
        print(f"ratio: {rival / published:.2f} of the bare table's speed ({rival / ours[best]:.2f} with the archive)")


if __name__ == "__main__":
    main()
