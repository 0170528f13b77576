"""Words of the command line: what was typed, parsed, and answers as JSON, CSV or a table."""

import csv
import json
import re
import sys
from collections.abc import Iterable, Sequence
from datetime import date

from pydantic import ValidationError

from metrics.answer_table import as_json, as_table
from metrics.contracts import Answer, Cut
from metrics.errors import BadQuestion

EARLIEST = date(1900, 1, 1)  # arithmetic on days goes a year or so further back


def cut_from(
    words: dict[str, str],
    by: str,
    filters: list[tuple[str, str]],
    window: tuple[date | None, date | None],
) -> Cut:
    """A Cut from typed words; different dimensions are AND, the same one repeated is OR.

    Raises BadQuestion.
    """
    where: dict[str, tuple[str, ...]] = {}
    for name, value in filters:
        where[name] = (*where.get(name, ()), value)
    dimensions = tuple(part.strip() for part in by.split(",") if part.strip())
    try:
        return Cut.model_validate(
            words | {"by": dimensions, "where": where, "from_day": window[0], "to_day": window[1]}
        )
    except ValidationError as problem:
        first = problem.errors()[0]
        raise BadQuestion(
            f"{first['loc'][0]}: {first['input']!r} is not known; {first['msg'].lower()}."
        ) from None


def _share(share: float | None) -> str:
    """The share of cases whose outcome is not known: 67.1 %."""
    return f"{share * 100:.1f} %" if share else ""


def day(text: str | None, option: str) -> date | None:
    """A day as YYYY-MM-DD; raises BadQuestion."""
    try:
        found = date.fromisoformat(text) if text else None
    except ValueError:
        raise BadQuestion(f"{option} {text!r} is not a day: write it as 2026-08-31.") from None
    if found and found < EARLIEST:
        raise BadQuestion(
            f"{option} {text!r} is before any figure: write a day from {EARLIEST} on."
        )
    return found


def month(text: str | None, option: str) -> date | None:
    """The first day of a month as YYYY-MM; raises BadQuestion."""
    if text is not None and not re.fullmatch(r"\d{4}-\d{2}", text):
        raise BadQuestion(f"{option} {text!r} is not a month: write it as 2026-08.")
    return day(f"{text}-01", option) if text else None


def readable(words: list[str]) -> list[str]:
    """Words of the command line, names of files among them, as they are; raises BadQuestion where
    one is not text: no table can hold it.
    """
    for word in words:
        if not word.isascii() and any("\ud800" <= mark <= "\udfff" for mark in word):
            raise BadQuestion(
                f"{word!r} is not text in UTF-8. Where it is the name of a file, rename the file."
            )
    return words


def split_pair(text: str, option: str) -> tuple[str, str]:
    """`left=right`, split at the first `=`; raises BadQuestion."""
    left, mark, right = text.partition("=")
    if not mark or not left.strip():
        raise BadQuestion(f"{option} {text!r} lacks its '=': write name=value.")
    return left.strip(), right


def pairs(items: list[str] | None, option: str) -> dict[str, str]:
    """Several `left=right`; a label may hold an `=`, our side never does."""
    found = {}
    for item in items or []:
        left, mark, right = item.rpartition("=")
        if not mark or not left.strip() or not right.strip():
            raise BadQuestion(f"{option} {item!r} lacks a side of its '='.")
        found[left.strip()] = right.strip()
    return found


def show(as_json_document: bool, document: object, lines: str) -> None:
    """The same answer for a program or for a person, on standard output."""
    if as_json_document:
        print_json(document)
    else:
        print(lines)


def print_json(found: object) -> None:
    """One JSON document on standard output."""
    print(json.dumps(found, ensure_ascii=False, default=str, indent=1))


def print_csv(heads: Sequence[str], cells: Iterable[Sequence[object]]) -> None:
    """A CSV on standard output.

    A lone carriage return is quoted, which Python 3.11 does not do: to most readers it ends a row.
    """
    plain = csv.writer(sys.stdout, lineterminator="\n")
    quoted = csv.writer(sys.stdout, lineterminator="\n", quoting=csv.QUOTE_ALL)
    plain.writerow(heads)
    for row in cells:
        (quoted if any("\r" in str(cell) for cell in row) else plain).writerow(row)


def print_answer(answer: Answer, output: str) -> None:
    """An answer as one JSON document, as CSV, or as a table for the eye."""
    if output == "json":
        return print_json(as_json(answer))
    heads, cells = as_table(answer)
    if output == "csv":
        return print_csv(heads, cells)
    table: list[list[object]] = [list(heads), *cells]
    if any(value.not_known for value in answer.values):
        for row, share in zip(
            table, ["not known", *(_share(value.not_known) for value in answer.values)], strict=True
        ):
            row.append(share)
    return print("\n".join("  ".join(f"{cell!s:>14}" for cell in row) for row in table))
