"""Every metric on a million crimes, by month: CPU milliseconds, beside a bare count(*) group by of
the same table.

It would have measured the wrong thing if the rows were not in, if the answer were empty or of other
crimes, or if it came from what the program remembers of a snapshot and no query ran. Each of these
is asserted: all rows are kept, the months of each crime metric add up to what was loaded, and each
timed question runs its query anew.
"""

import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from benchmarks import sample_million
from loaders.contracts import LoadOptions
from loaders.load import Source, load
from metrics.catalogue import metrics
from metrics.contracts import Answer, Cut, Metric
from metrics.measure import measure
from store.cache import FILTERED, MEMORY
from store.snapshot import Snapshot
from store.writer import Store

ROWS, ROUNDS = 1_000_000, 3
Found = TypeVar("Found")
VAWG = Cut(grain="month", where={"vawg": ("yes",)})


class Counting(Snapshot):
    """A snapshot that counts how often its rows are really gone through."""

    asked = 0

    def rows(self, query: str, /, **values: object) -> list[dict[str, Any]]:
        """As a snapshot's."""
        self.asked += query == "summarise"
        return super().rows(query, **values)


def main() -> None:
    """Print each metric's best of three."""
    with tempfile.TemporaryDirectory() as name:
        file = sample_million.write(Path(name) / "million.csv", ROWS)
        store = Store(Path(name) / "store")
        report = load(store, [Source(file, file.name)], LoadOptions())[0]
        assert report.kept == ROWS, f"{report.kept:,} of {ROWS:,} rows are in the store"
        snapshot = Counting(store, report.snapshot or 0)
        print(f"snapshot: {store.path(snapshot.number).stat().st_size / 1e6:.0f} MB")
        rival, areas = best(
            partial(
                snapshot.rows,
                "reports/dimension_values",
                metric="charge_rate_recorded",
                source="force",
                dimension="area",
            )
        )
        assert sum(row["rows"] for row in areas) == ROWS, "the rival counted something else"
        print(f"a count by area, {rival * 1000:.0f} ms of CPU")
        for entry in metrics():
            if entry.base.supplies["force"].table == "crime_row" and "vawg" in entry.dimensions():
                before = snapshot.asked
                took, answer = best(partial(measure, snapshot, entry.id, VAWG))
                if not any(value.denominator or value.numerator for value in answer.values):
                    print(f"{entry.id:<28} the file does not hold what it needs")
                    continue
                assert snapshot.asked - before >= ROUNDS, f"{entry.id} was remembered, not asked"
                check(snapshot, entry, answer)
                print(
                    f"{entry.id:<28} {took * 1000:6.0f} ms  {took / rival:4.1f} × a count by area"
                )


def check(snapshot: Snapshot, entry: Metric, answer: Answer) -> None:
    """Stop where an answer is of nothing, or of other crimes than were loaded."""
    shown = [value for value in answer.values if value.value is not None]
    assert len(shown) >= 24, f"{entry.id}: {len(shown)} months with a figure"
    if entry.shape == "rate":
        whole = measure(snapshot, entry.id, VAWG.but(grain="all")).values[0]
        assert (
            entry.follow_days
            or sum(value.denominator or 0 for value in answer.values) == whole.denominator
        ), entry.id
        assert (whole.denominator or 0) > ROWS / 50, f"{entry.id} is of {whole.denominator} crimes"


def best(work: Callable[[], Found]) -> tuple[float, Found]:
    """The least CPU seconds of three, nothing remembered, all threads; and
    what came of the last.
    """
    taken = []
    for _ in range(ROUNDS):
        MEMORY.forget()
        FILTERED.forget()
        start = time.process_time()
        found = work()
        taken.append(time.process_time() - start)
    return min(taken), found


if __name__ == "__main__":
    main()
