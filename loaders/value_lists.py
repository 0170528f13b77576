"""The word lists of `value_label.csv`: what the words of a column can mean."""

import csv
from functools import cache

from store.writer import REFERENCE


@cache
def meanings(word_list: str) -> tuple[str, ...]:
    """What the words of a list mean, each once, in the order of the list."""
    with (REFERENCE / "value_label.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["list"] == word_list]
    return tuple(dict.fromkeys(row["meaning"] for row in rows))
