"""Reference lists that come with the program: `data/reference/<name>.csv`, each row as text."""

import csv
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "data" / "reference"


@cache
def reference(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a list, each as a dictionary of column to text; nobody may change them."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))
