"""How the first scrutiny question after a load grows with the number of areas: the same crimes,
parted among more and more of them.

    python -m benchmarks.scrutiny_by_areas
"""

import csv
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from loaders.contracts import LoadOptions
from loaders.load import Source, load
from metrics.disclosure.scrutiny import tellable
from metrics.measure import measure
from store.snapshot import read
from store.writer import Store

CRIMES, DAYS, SEED, AREAS = 40_000, 730, 20261126, (4, 8, 16, 32)
RELATIONS = ("recorded_outcome", "closed_outcome")


def export(path: Path, areas: int) -> None:
    """Crimes of two years in so many areas."""
    random = np.random.default_rng(SEED)
    first = date(2024, 4, 1)
    rows = []
    for at in range(CRIMES):
        day = first + timedelta(days=int(random.integers(0, DAYS)))
        outcome = str(random.choice(["1", "15", "16", "18", ""], p=[0.15, 0.25, 0.35, 0.15, 0.1]))
        closed = day + timedelta(days=int(random.integers(1, 200)))
        offence = str(random.choice(["8Q", "8L", "19C", "105A"], p=[0.3, 0.4, 0.1, 0.2]))
        ended = str(closed) if outcome else ""
        rows.append([f"N{at}", str(day), offence, outcome, ended, f"Area {at % areas}", "HRU"])
    head = [
        "crime_reference",
        "recorded_on",
        "offence_code",
        "outcome_code",
        "outcome_on",
        "area",
        "team",
    ]
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([head, *rows])


def seconds(folder: Path, areas: int) -> tuple[float, int]:
    """How long the first question of both relations takes, and how many counts it weighs."""
    path, store = folder / f"{areas}.csv", Store(folder / f"store-{areas}")
    export(path, areas)
    load(store, [Source(path, path.name)], LoadOptions(as_at=date(2026, 3, 31)))
    snapshot = read(store)
    begun = time.process_time()
    found = [tellable(snapshot, relation, measure) for relation in RELATIONS]
    took = time.process_time() - begun
    assert all(len(one.told) for one in found), "figures were told"
    return took, sum(len(one.known.facts) for one in found)


def main() -> None:
    """Print the table."""
    print(f"{'areas':>6} {'counts':>9} {'CPU s':>7} {'to the row before':>18}")
    before = 0.0
    with tempfile.TemporaryDirectory() as folder:
        for areas in AREAS:
            took, counts = seconds(Path(folder), areas)
            ratio = f"{took / before:.2f}" if before else ""
            print(f"{areas:6} {counts:9,} {took:7.2f} {ratio:>18}")
            before = took


if __name__ == "__main__":
    main()
