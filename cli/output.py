"""Words of the command line: what was typed, parsed, and answers as JSON, CSV or a table."""

import csv
import json
import re
import sys
from collections.abc import Iterable, Sequence
from datetime import date

from pydantic import ValidationError
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from metrics.answer_table import as_json, as_table
from metrics.catalogue import metric_named
from metrics.contracts import Answer, Cut
from metrics.errors import BadQuestion
from metrics.wording import (
    SUPPRESSED,
    day_words,
    figure_words,
    hidden_words,
    interval_words,
    period_words,
)

PIPED_WIDTH = 200  # columns of a table that does not go to a terminal
NOT_RECORDED = "not recorded"
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
    if output == "csv":
        return print_csv(*as_table(answer))
    console = Console(width=None if sys.stdout.isatty() else PIPED_WIDTH)
    console.print(_for_the_eye(answer))
    if words := hidden_words(answer.values):
        console.print(f"{SUPPRESSED}: {words}.", markup=False)
    return None


def _for_the_eye(answer: Answer) -> Table:
    """An answer as a table for a terminal: figures in the words of the pages."""
    entry, by = metric_named(answer.metric), answer.cut.by
    state = f"data as at {day_words(answer.data_as_at)}" if answer.data_as_at else "no data loaded"
    bounds = "Middle half" if entry.shape in ("median", "gap") else "95 % interval"
    has_unknown = any(value.not_known for value in answer.values)
    table = Table(
        title=f"{entry.title}, {state}",
        title_justify="left",
        box=SIMPLE_HEAD,
    )
    for name in ("Period", *(name.replace("_", " ").capitalize() for name in by)):
        table.add_column(name)
    for name in ("Figure", bounds, "Numerator", "Denominator"):
        table.add_column(name, justify="right")
    table.add_column("Status")
    if has_unknown:
        table.add_column("Not known", justify="right")
    for value in answer.values:
        cells = [
            period_words(answer.cut.grain, value.period) if answer.data_as_at else "",
            *(value.by.get(name) or NOT_RECORDED for name in by),
            figure_words(entry, value),
            interval_words(entry, value),
            *(_count(number) for number in (value.numerator, value.denominator)),
            value.status.replace("_", " "),
        ]
        table.add_row(*map(escape, cells), *([_share(value.not_known)] if has_unknown else []))
    return table


def _count(number: int | None) -> str:
    return "" if number is None else f"{number:,}"
