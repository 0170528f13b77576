"""The word lists of `value_label.csv`: what the words of a column can mean."""

import csv
import re
from functools import cache

from loaders.formats.columns import header_key
from store.writer import REFERENCE

# what a word may be followed by where the rest only says more: "Charged - remanded"
DETAIL = re.compile(r"\s+[-–—:(/]|[:(;,]")
NUMBERED = re.compile(r"\s*\d{1,2}\s*(?:[-–—:.)=]|\s)\s*(?=[A-Za-z])")
DENIAL = re.compile(
    r"\b(no|not|non|never|without|refused|declined|reversed|un\w+)\b", re.IGNORECASE
)


def word_before_detail(word_list: str, label: str) -> str | None:
    """The meaning of what stands before a dash, a colon or a bracket; None where the list does not
    have it, or where what follows may deny it.
    """
    numbered = NUMBERED.match(label)
    if numbered:  # the words say it: "1 - Completely satisfied" may count from either end
        return _words(word_list).get(header_key(label[numbered.end() :]))
    found = DETAIL.search(label)
    if found is None or DENIAL.search(label[found.end() :]):
        return None
    return _words(word_list).get(header_key(label[: found.start()]))


@cache
def meanings(word_list: str) -> tuple[str, ...]:
    """What the words of a list mean, each once, in the order of the list."""
    return tuple(dict.fromkeys(_words(word_list).values()))


def _words(word_list: str) -> dict[str, str]:
    """Each word of a list, by its key, with what it means."""
    return _lists().get(word_list, {})


@cache
def _lists() -> dict[str, dict[str, str]]:
    lists: dict[str, dict[str, str]] = {}
    with (REFERENCE / "value_label.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            lists.setdefault(row["list"], {})[row["sent"]] = row["meaning"]
    return lists
