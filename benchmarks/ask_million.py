"""Every metric on a million crimes, by month: milliseconds, beside a bare count(*) group by of the same table."""

import tempfile
import time
from pathlib import Path

from benchmarks import million
from loaders.contracts import LoadOptions
from loaders.load import Source, load
from metrics.catalogue import metrics
from metrics.compute import measure
from metrics.contracts import Cut
from sql.snapshot import read
from sql.store import Store


def main() -> None:
    """Print each metric's best of three."""
    with tempfile.TemporaryDirectory() as name:
        file = million.write(Path(name) / "million.csv")
        store = Store(Path(name) / "store")
        load(store, [Source(file, file.name)], LoadOptions())
        snapshot = read(store)
        print(f"snapshot: {store.path(snapshot.number).stat().st_size / 1e6:.0f} MB")
        rival = min(
            _seconds(lambda: snapshot.rows("filter_values", metric="charge_rate_recorded", source="force", dimension="area"))
            for _ in range(3)
        )
        for entry in metrics():
            if "crime" not in entry.example.format:
                continue
            cut = Cut(grain="month", where={"vawg": ("yes",)})
            took = min(_seconds(lambda entry=entry, cut=cut: measure(snapshot, entry.id, cut)) for _ in range(3))
            print(f"{entry.id:<28} {took * 1000:6.0f} ms  {took / rival:4.1f} × a count by area")


def _seconds(work: object) -> float:
    start = time.perf_counter()
    work()  # type: ignore[operator]
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
