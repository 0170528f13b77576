"""What a question costs as a store grows: one force's million crimes, then those of ten and of
sixty forces, on this machine. `python -m benchmarks.growth [MILLIONS …]`; docs/scale.md.

It would have measured the wrong thing if the crimes of the other forces were not in, or if a
question of one force were answered of all. Both are asserted.
"""

import sys
import tempfile
import time
from pathlib import Path

from benchmarks import sample_million
from loaders.contracts import LoadOptions
from loaders.load import Source, load
from metrics.contracts import Answer, Cut
from metrics.measure import measure
from store.cache import FILTERED, MEMORY
from store.snapshot import Snapshot
from store.writer import Store

ROWS, ROUNDS = 1_000_000, 3
FIRST = "Force 0"
QUESTIONS = {
    "charge rate, closed, by month, one force": ("charge_rate_closed", "month", True, ()),
    "the same by area and year": ("charge_rate_closed", "year", True, ("area",)),
    "days to charge, by month, one force": ("days_to_charge", "month", True, ()),
    "charge rate, closed, by month, all forces": ("charge_rate_closed", "month", False, ()),
    "the same, each force": ("charge_rate_closed", "year", False, ("force_name",)),
}


def main() -> None:
    """Print, for each size, the file, and the milliseconds of each question, best of three."""
    sizes = [int(word) for word in sys.argv[1:]] or [1, 10, 60]
    with tempfile.TemporaryDirectory() as name:
        file = sample_million.write(Path(name) / "million.csv", ROWS)
        store = Store(Path(name) / "store")
        store.is_roomy = True
        report = load(store, [Source(file, file.name)], LoadOptions(force_name=FIRST))[0]
        assert report.kept == ROWS
        millions = 1
        for size in sizes:
            grow(store, millions, size)
            millions = size
            snapshot = Snapshot(store, store.current() or 0)
            print(f"{size} million: {store.path(snapshot.number).stat().st_size / 1e6:,.0f} MB")
            for words, (metric, grain, is_one, by) in QUESTIONS.items():
                where = {"force_name": (FIRST,)} if is_one else {}
                cut = Cut.model_validate({"grain": grain, "where": where, "by": by})
                first, _, answer = best(snapshot, metric, cut, True)
                check(answer, ROWS * (1 if is_one else size))
                clock, cpu, again = best(snapshot, metric, cut, False)
                assert again == answer
                print(
                    f"  {words:<44} first {first * 1000:6.0f} ms, then {clock * 1000:6.0f} ms, "
                    f"{cpu * 1000:6.0f} ms of CPU"
                )


def grow(store: Store, millions: int, size: int) -> None:
    """Put the crimes of further forces beside the first's, each with its million, as one act."""
    if size == millions:
        return
    number = (store.current() or 0) + 1
    with store.workspace() as work, store.lock(), store.draft(number, work) as draft:
        for force in range(millions, size):
            draft.con.execute(
                "insert into crime_row select * replace (version_id + $1 * $2 as version_id, "
                "hash(thing, $1) as thing, 'Force ' || $1 as force_name) "
                "from crime_row where force_name = $3",
                [force, ROWS, FIRST],
            )
        store.publish(draft)


def best(snapshot: Snapshot, metric: str, cut: Cut, is_first: bool) -> tuple[float, float, Answer]:
    """The least seconds by the clock and of CPU, and the answer: the first question of a snapshot,
    or a later one, when the names of forces and the shares not known are remembered.
    """
    rounds = []
    for _ in range(ROUNDS):
        FILTERED.forget()
        for key in list(MEMORY._kept):
            if is_first or "_months" in key:
                del MEMORY._kept[key]
        clock, cpu = time.perf_counter(), time.process_time()
        answer = measure(snapshot, metric, cut)
        rounds.append((time.perf_counter() - clock, time.process_time() - cpu, answer))
    return min(rounds, key=lambda one: one[0])


def check(answer: Answer, crimes: int) -> None:
    """Stop where an answer is not of as many crimes as were asked about."""
    counted = sum(value.denominator or value.numerator or 0 for value in answer.values)
    assert 0 < counted <= crimes, (counted, crimes)
    if answer.metric == "charge_rate_closed":
        assert counted > crimes * 0.8, (counted, crimes)


if __name__ == "__main__":
    main()
