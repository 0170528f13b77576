"""Conforming: the rows of `text_row` typed, spelled and judged by the SQL of their format, then
stored. A row at a time nowhere.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

import sql
from loaders.contracts import (
    Changes,
    ExportFormat,
    LoadOptions,
    NotKnown,
    OlderThan,
    Problem,
    UnknownLabel,
)
from loaders.declared_rows import add_problems
from loaders.errors import AmbiguousFile, NothingKept, UnknownCode
from loaders.formats import VALUE_LISTS
from loaders.garbled_names import repair
from loaders.labels.resolve import with_proposals
from loaders.typed_rows import type_rows
from loaders.versions import key_rows, newer_load, store_versions
from sql import Connection, Relation, column, constant, function
from store.remedies import Remedy

Ask = Callable[[Connection, ExportFormat, list[Problem], LoadOptions], None]
MACROS = (
    "text",
    "days",
    "codes",
    "quarters",
    "names",
    "pseudonym",
    "orders",
    "court",
)  # those of text first
TECHNICAL = (
    "row_number",
    "line",
    "problem",
    "warning",
    "sent_row",
    "thing",
    "fingerprint",
    "is_excluded",
)


@dataclass(frozen=True)
class LoadNumber:
    """A load and the act that it belongs to."""

    load_id: int
    act: int


@dataclass(frozen=True)
class Span:
    """The first and last day of the rows of a load, and the day the data stands at."""

    first_day: date | None
    last_day: date | None
    as_at: date


@dataclass(frozen=True)
class Arrival:
    """What became of the rows of one load."""

    kept: int
    set_aside: int
    as_at: date
    first_day: date | None
    last_day: date | None
    problems: list[Problem]
    unknown: list[UnknownLabel]
    not_known: NotKnown | None
    unmapped: int
    changes: Changes | None = None  # known once it was held against what the store has
    sample: list[dict[str, str]] = field(default_factory=list)


def prepare(con: Connection) -> None:
    """Make the macros, the lookups and the room to work in; once for each draft."""
    con.execute("attach ':memory:' as work")
    con.execute("create table work.spelling (field varchar, sent varchar, spelled varchar)")
    for name in MACROS:
        sql.run(con, f"loading/macros_{name}")
    sql.run(con, "loading/code_lookups", lists=VALUE_LISTS)
    sql.run(con, "loading/macros_declared")  # they look into the lookups
    sql.run(con, "loading/next_version")
    add_problems(con)
    metrics = sql.names("metrics")
    shares = [name for name in metrics if _is_share(name)]
    sql.run(con, "loading/metric_names", metrics=metrics, shares=shares)


def _is_share(metric: str) -> bool:
    """Is a metric a part divided by its whole?

    Its query has a denominator, and it is no length of time and no count per thing.
    """
    query = sql.text(f"metrics/{metric}")
    has_whole = re.search(r"(?<!bigint\)) as denominator", query) is not None
    return has_whole and not metric.startswith("days_") and "_per_" not in metric


def add_codes(con: Connection, options: LoadOptions) -> None:
    """Let the sender's own labels mean what `--code` says, for this load only."""
    sql.run(con, "loading/code_lookups", lists=VALUE_LISTS)
    for label, code in options.code_map.items():
        upper = code.upper()
        known = sql.rows(con, "loading/code_is_known", code=upper, lists=VALUE_LISTS)
        if not known[0]["meanings"]:
            raise UnknownCode(
                f"There is no outcome and no offence {code!r}: the label {label!r} would be mapped "
                "to nothing."
            )
        sql.run(con, "loading/delete_outcome_label", label=label, code=upper)
        sql.run(con, "loading/delete_offence_label", label=label, code=upper)
        sql.run(con, "loading/insert_outcome_label", label=label, code=upper)
        sql.run(con, "loading/insert_offence_label", label=label, code=upper)
        sql.run(con, "loading/delete_word_label", label=label, code=code, lists=VALUE_LISTS)
        sql.run(con, "loading/insert_word_label", label=label, code=code, lists=VALUE_LISTS)


def conform(
    con: Connection,
    export_format: ExportFormat,
    number: LoadNumber,
    options: LoadOptions,
    ask: Ask | None = None,
) -> Arrival:
    """Type, judge and store the rows of `text_row`; `ask` may refuse them first.

    Raises LoadError.
    """
    text = con.view("text_row")
    load_id = constant(number.load_id).cast("INTEGER").alias("load_id")
    text.select(load_id, *map(column, text.columns)).create_view("row_of_load")
    type_rows(con, export_format, "arrival")
    con.execute("drop view row_of_load")
    judge_whole_file(con, export_format)
    spell(con, export_format)
    key_rows(con, export_format)
    arrival = judge(con, export_format, number.load_id, options)
    if ask:
        ask(con, export_format, arrival.problems, options)
    loads = sql.rows(con, "loading/loads_of_table", row_table=export_format.row_table)
    changes: dict[str, Any] = {"new": arrival.kept, "changed": 0, "unchanged": 0}
    if export_format.is_wide or loads:
        changes = sql.rows(con, "loading/count_changes", row_table=export_format.row_table)[0]
    newer = newer_load(con, export_format.row_table, loads, arrival.as_at, number.act)
    older_than = OlderThan.model_validate(newer) if newer else None
    sample = [_in_words(row) for row in sql.rows(con, "loading/preview_rows")]
    store_versions(con, export_format, number.load_id, is_first=not loads)
    found = Changes.model_validate(changes | {"older_than": older_than})
    return replace(arrival, changes=found, sample=sample)


def judge_whole_file(con: Connection, export_format: ExportFormat) -> None:
    """Judge in `work.arrival` what only the rows of a load together show."""
    if f"{export_format.name}_whole_file" in sql.names("formats"):
        sql.run(con, f"formats/{export_format.name}_whole_file")


def spelled_fields(con: Connection, export_format: ExportFormat) -> list[str]:
    """The stored columns of a format that hold names which must have one spelling."""
    if export_format.is_register:
        return []
    names = {one.name for one in export_format.columns if one.is_name}
    return [name for name in con.table(export_format.row_table).columns if name in names]


def spell(con: Connection, export_format: ExportFormat) -> None:
    """Give the names in `work.arrival` one spelling each."""
    con.execute("delete from work.spelling")
    fields = _with_names(con.table("work.main.arrival"), spelled_fields(con, export_format))
    repair(con, fields)
    for name in fields:
        sql.run(con, "loading/name_spellings", field=name, row_table=export_format.row_table)
    if "area" in fields:
        sql.run(con, "loading/lookalike_names")
    found = con.execute("select distinct field from work.spelling").fetchall()
    respelled = {str(name) for (name,) in found}
    if not respelled:
        return
    arrival = con.table("work.main.arrival")
    cells = [
        function("canonical", constant(name), column(name)).alias(name)
        if name in respelled
        else column(name)
        for name in arrival.columns
    ]
    arrival.select(*cells).create("work.main.respelled")
    con.execute("drop table work.arrival; alter table work.respelled rename to arrival")


def _with_names(arrival: Relation, fields: list[str]) -> list[str]:
    """Those of the columns that hold a name at all; most exports send few of them."""
    if not fields:
        return []
    (counts,) = arrival.aggregate([function("count", column(name)) for name in fields]).fetchall()
    return [name for name, count in zip(fields, counts, strict=True) if count]


def judge(
    con: Connection, export_format: ExportFormat, load_id: int, options: LoadOptions
) -> Arrival:
    """Set aside what `keyed_arrival` holds that cannot be kept, and count the rest.

    Raises NothingKept.
    """
    if export_format.is_wide:
        sql.run(con, "loading/whole_lines_only")
    sql.run(con, "loading/duplicate_rows")
    sql.run(con, "loading/mark_duplicate_rows")
    sql.run(
        con, "loading/insert_rows_set_aside", load_id=load_id, key_field=export_format.thing[-1]
    )
    problems = [Problem.model_validate(row) for row in sql.rows(con, "loading/problem_counts")]
    labels = sql.rows(con, "loading/unknown_labels") if problems else []
    unknown = with_proposals(export_format, [UnknownLabel.model_validate(row) for row in labels])
    kept = _kept(con, export_format)
    if not kept:
        raise NothingKept(_nothing_kept(problems), problems, unknown)
    span = _span(con, export_format, options)
    return Arrival(
        kept=kept,
        set_aside=sum(
            one.rows
            for one in problems
            if one.kind == "set_aside" and one.problem != "line_set_aside"
        ),
        as_at=span.as_at,
        first_day=span.first_day,
        last_day=span.last_day,
        problems=problems,
        unknown=unknown,
        not_known=_not_known(con, export_format),
        unmapped=int(sql.rows(con, "loading/unmapped_rows")[0]["rows"]),
    )


def _kept(con: Connection, export_format: ExportFormat) -> int:
    count = "count(distinct line) as n" if export_format.is_wide else "count(*) as n"
    rows = con.table("keyed_arrival").filter("problem is null").aggregate(count)
    return int(rows.fetchall()[0][0])


def _nothing_kept(problems: list[Problem]) -> str:
    reasons = [
        f" {one.sentence} ({one.rows:,} rows, from line {one.first_lines[0]})."
        for one in problems[:4]
    ]
    worst = "".join(reasons) or " There is no row below the header."
    return f"Not one row could be kept.{worst}"


def _in_words(row: dict[str, object]) -> dict[str, str]:
    """A row as it would be stored, the cells that hold something."""
    return {
        name: str(value)
        for name, value in row.items()
        if value is not None and name not in TECHNICAL
    }


def _not_known(con: Connection, export_format: ExportFormat) -> NotKnown | None:
    """How many rows say how the case ended in words that no list knows; None where a format does
    not say it.
    """
    if export_format.ending is None:
        return None
    rows = sql.rows(con, "loading/unknown_outcomes_of_load", field=export_format.ending)
    return NotKnown.model_validate(rows[0])


def _span(con: Connection, export_format: ExportFormat, options: LoadOptions) -> Span:
    """The days of the rows kept. The day the data stands at is as said, else the latest day in the
    file's own columns. Raises AmbiguousFile.
    """
    kept = con.table("keyed_arrival").filter("problem is null")
    spans = [
        kept.aggregate([function("min", column(name)), function("max", column(name))]).fetchall()[0]
        for name in export_format.as_at
    ]
    first, last = spans[0]
    if options.as_at:
        return Span(first, last, options.as_at)
    days: list[date] = [latest for _, latest in spans if latest is not None]
    if not days and export_format.is_register:  # what is written down stands at the day it came
        received = con.table("context").aggregate("max(received_on)").fetchall()[0][0]
        return Span(None, None, received)
    if not days:
        raise AmbiguousFile(
            "Not one kept row holds a day, so the day the data stands at is not known.",
            Remedy("as_at"),
        )
    day = max(days)
    if export_format.period_days == "day":
        return Span(first, last, day)
    months = 3 if export_format.period_days == "quarter" else 1
    after = date(day.year + (day.month + months > 12), (day.month + months - 1) % 12 + 1, 1)
    return Span(first, last, after - timedelta(days=1))
