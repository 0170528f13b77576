"""From `text_row` to the tables: typed, judged, matched with what is there.

All of it in SQL, a row at a time nowhere.
"""

import re
from collections.abc import Callable, Sequence
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
from loaders.errors import AmbiguousFile, NothingKept, UnknownCode
from loaders.labels.resolve import resolve, with_proposals
from sql import Connection, column, constant, function

SPELLED = (
    "area",
    "team",
    "crime_status",
    "victim_ethnicity",
    "victim_disability",
    "victim_religion",
    "victim_sexual_orientation",
)


# how a case ended
ENDED = {
    "crime_row": "outcome_code",
    "prosecution_row": "result",
    "protection_order_row": "decision",
}
Ask = Callable[[Connection, ExportFormat, list[Problem], LoadOptions], None]
HEAD = 10_000  # rows in which most codes and labels of a file are met


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
    """Make the words, the lookups and the room to work in; once for each draft."""
    con.execute("attach ':memory:' as work")
    con.execute("create table work.spelling (field varchar, sent varchar, spelled varchar)")
    sql.run(con, "loading/macros_text")
    sql.run(con, "loading/macros_days")
    sql.run(con, "loading/macros_codes")
    sql.run(con, "loading/macros_pseudonym")
    sql.run(con, "loading/code_lookups")
    sql.run(con, "loading/next_version")
    metrics = sql.names("metrics")
    sql.run(
        con,
        "loading/metric_names",
        metrics=metrics,
        shares=[name for name in metrics if _is_share(name)],
    )


def _is_share(metric: str) -> bool:
    """Is a metric a part divided by its whole?

    Its query has a denominator, and it is no length of time and no count per thing.
    """
    has_whole = (
        re.search(r"(?<!bigint\)) as denominator", sql.text(f"metrics/{metric}")) is not None
    )
    return has_whole and not metric.startswith("days_") and "_per_" not in metric


def add_codes(con: Connection, options: LoadOptions) -> None:
    """Let the sender's own labels mean what `--code` says, for this load only."""
    sql.run(con, "loading/code_lookups")
    for label, code in options.code_map.items():
        if not sql.rows(con, "loading/code_is_known", code=code.upper())[0]["meanings"]:
            raise UnknownCode(
                f"There is no outcome and no offence {code!r}: --code '{label}={code}' maps a "
                "label to nothing."
            )
        sql.run(con, "loading/delete_outcome_label", label=label, code=code.upper())
        sql.run(con, "loading/delete_offence_label", label=label, code=code.upper())
        sql.run(con, "loading/insert_outcome_label", label=label, code=code.upper())
        sql.run(con, "loading/insert_offence_label", label=label, code=code.upper())
        sql.run(con, "loading/delete_word_label", label=label, code=code)
        sql.run(con, "loading/insert_word_label", label=label, code=code)


def arrive(
    con: Connection,
    entry: ExportFormat,
    numbers: tuple[int, int],
    options: LoadOptions,
    ask: Ask | None = None,
) -> Arrival:
    """Type, judge and store the rows of `text_row` as the load and act of `numbers`; `ask` may
    refuse them first. Raises LoadError.
    """
    text = con.view("text_row")
    text.select(
        constant(numbers[0]).cast("INTEGER").alias("load_id"), *map(column, text.columns)
    ).create_view("row_of_load")
    type_rows(con, entry, "arrival")
    con.execute("drop view row_of_load")
    judge_whole(con, entry)
    spell(con, entry)
    key(con, entry)
    arrival = judge(con, entry, numbers[0], options)
    if ask:
        ask(con, entry, arrival.problems, options)
    loads = sql.rows(con, "loading/loads_of_table", row_table=entry.row_table)
    changes: dict[str, Any] = {"new": arrival.kept, "changed": 0, "unchanged": 0}
    if entry.is_wide or loads:
        changes = sql.rows(con, "loading/count_changes", row_table=entry.row_table)[0]
    older = _older_than(con, entry, loads, (arrival.as_at, numbers[1]))
    sample = [_in_words(row) for row in sql.rows(con, "loading/preview_rows")]
    store_versions(con, entry, numbers[0], is_first=not loads)
    return replace(
        arrival, changes=Changes.model_validate(changes | {"older_than": older}), sample=sample
    )


def judge(con: Connection, entry: ExportFormat, load_id: int, options: LoadOptions) -> Arrival:
    """Set aside what `keyed_arrival` holds that cannot be kept, and count the rest.

    Raises NothingKept.
    """
    if entry.is_wide:
        sql.run(con, "loading/whole_lines_only")
    sql.run(con, "loading/duplicate_rows")
    sql.run(con, "loading/mark_duplicate_rows")
    sql.run(con, "loading/insert_rows_set_aside", load_id=load_id, key_field=entry.thing[-1])
    problems = [Problem.model_validate(row) for row in sql.rows(con, "loading/problem_counts")]
    unknown = (
        with_proposals(
            [UnknownLabel.model_validate(row) for row in sql.rows(con, "loading/unknown_labels")]
        )
        if problems
        else []
    )
    set_aside = sum(
        problem.rows
        for problem in problems
        if problem.kind == "set_aside" and problem.problem != "line_set_aside"
    )
    kept = _kept(con, entry)
    if not kept:
        raise NothingKept(_nothing_kept(problems), unknown)
    first_day, last_day, as_at = _days(con, entry, options)
    return Arrival(
        kept=kept,
        set_aside=set_aside,
        as_at=as_at,
        first_day=first_day,
        last_day=last_day,
        problems=problems,
        unknown=unknown,
        not_known=_not_known(con, entry),
        unmapped=int(str(sql.rows(con, "loading/unmapped_rows")[0]["rows"])),
    )


def settle(con: Connection, row_table: str, loaded: Sequence[int] = ()) -> None:
    """Work out which versions of one table count, now that the loads `loaded` are in; with a single
    load all of them do.

    A load that stands at the latest day overrules all others, so what they say of other things need
    not be worked out again; but for a full extract with things that could not be read, which brings
    older versions of those back.
    """
    loads = sql.rows(con, "loading/loads_of_table", row_table=row_table)
    newest = [load for load in loads if load["counts"]][-1:]
    if (
        loaded
        and len(loads) > 1
        and [one["load_id"] for one in newest] == list(loaded)
        and not newest[0]["protects"]
    ):
        sql.run(con, "loading/reinstate_versions", load_id=loaded[0])
        sql.run(con, "loading/supersede_older_versions", row_table=row_table, load_id=loaded[0])
        return
    sql.run(con, "loading/clear_superseded", row_table=row_table)
    if len(loads) > 1 or any(not load["counts"] for load in loads):
        sql.run(con, "loading/supersede_versions", row_table=row_table)


def type_rows(con: Connection, entry: ExportFormat, table: str) -> None:
    """Make a table of `work` of what `row_of_load` says, typed; once more where a code or label
    stands beyond the first rows, which had to be resolved first.
    """
    for rows in (con.view("row_of_load").limit(HEAD), con.view("row_of_load")):
        rows.create_view("row_to_resolve")
        resolve(con, entry)
        con.execute("drop view row_to_resolve")
        con.execute("drop table if exists work.typed; drop table if exists work.arrival")
        con.sql(sql.text(f"formats/{entry.name}")).create(f"work.main.{table}")
        if (
            not con.table(f"work.main.{table}")
            .filter("is_unresolved")
            .aggregate("count(*)")
            .fetchall()[0][0]
        ):
            return


def judge_whole(con: Connection, entry: ExportFormat) -> None:
    """Judge in `work.arrival` what only the rows of a load together show."""
    if f"{entry.name}_whole_file" in sql.names("formats"):
        sql.run(con, f"formats/{entry.name}_whole_file")


def spell(con: Connection, entry: ExportFormat) -> None:
    """Give the names in `work.arrival` one spelling each."""
    con.execute("delete from work.spelling")
    spelled = spelled_fields(con, entry)
    for name in spelled:
        sql.run(con, "loading/name_spellings", field=name, row_table=entry.row_table)
    if "area" in spelled:
        sql.run(con, "loading/lookalike_names")
    if spelled and con.execute("select count(*) from work.spelling").fetchall()[0][0]:
        sql.run(con, f"loading/respell_{entry.row_table}")


def spelled_fields(con: Connection, entry: ExportFormat) -> list[str]:
    """The columns of a format that hold names which must have one spelling."""
    if entry.row_table == "national_outcome_row" or entry.is_register:
        return []
    return [name for name in con.table(entry.row_table).columns if name in SPELLED]


def key(con: Connection, entry: ExportFormat) -> None:
    """Make the view `keyed_arrival`: the arrived rows with the hash of what they are and of what
    they say.

    64-bit hashes: among a million crimes the odds of one collision are 1 in 37 million.
    """
    row = column("rowid")
    stored = [
        name
        for name in con.table(entry.row_table).columns
        if name not in ("version_id", "thing", "fingerprint")
    ]
    con.table("work.main.arrival").select(
        row.alias("row_number"),
        *map(column, ("line", "problem", "warning", "sent_row", *stored)),
        function("hash", *map(column, entry.thing)).alias("thing"),
        function("hash", *map(column, stored)).alias("fingerprint"),
    ).create_view("keyed_arrival")


def store_versions(con: Connection, entry: ExportFormat, load_id: int, is_first: bool) -> None:
    """Store the rows that `keyed_arrival` keeps, and on which line of the load each stood."""
    next_version = int(con.execute("select next_version()").fetchall()[0][0])
    columns = con.table(entry.row_table).columns
    if is_first:
        sql.run(con, "loading/insert_first_sightings", load_id=load_id, next_version=next_version)
        arrivals = con.sql(
            sql.text("loading/first_versions"), params={"next_version": next_version}
        )
    else:
        values = {"row_table": entry.row_table, "next_version": next_version}
        sql.run(con, "loading/insert_sightings", load_id=load_id, **values)
        arrivals = con.sql(sql.text("loading/new_versions"), params=values)
    arrivals.select(*map(column, columns)).insert_into(entry.row_table)


def _kept(con: Connection, entry: ExportFormat) -> int:
    count = "count(distinct line) as n" if entry.is_wide else "count(*) as n"
    return int(
        con.table("keyed_arrival").filter("problem is null").aggregate(count).fetchall()[0][0]
    )


def _nothing_kept(problems: list[Problem]) -> str:
    reasons = [
        f" {one.sentence} ({one.rows:,} rows, from line {one.first_lines[0]})."
        for one in problems[:4]
    ]
    worst = "".join(reasons) or " There is no row below the header."
    return f"Not one row could be kept.{worst} Mend the export and load it again."


def _in_words(row: dict[str, object]) -> dict[str, str]:
    """A row as it would be stored, the cells that hold something."""
    technical = (
        "row_number",
        "line",
        "problem",
        "warning",
        "sent_row",
        "thing",
        "fingerprint",
        "is_excluded",
    )
    return {
        name: str(value)
        for name, value in row.items()
        if value is not None and name not in technical
    }


def _not_known(con: Connection, entry: ExportFormat) -> NotKnown | None:
    """How many rows say how the case ended in words that no list knows; None where a format does
    not say it.
    """
    return (
        NotKnown.model_validate(
            sql.rows(con, "loading/unknown_outcomes_of_load", field=ENDED[entry.row_table])[0]
        )
        if entry.row_table in ENDED
        else None
    )


def _older_than(
    con: Connection, entry: ExportFormat, loads: list[dict[str, Any]], stand: tuple[date, int]
) -> OlderThan | None:
    """The load of a later day that says otherwise of these rows, asked before they are stored;
    `stand` is their day and act.
    """
    as_at, act = stand
    if all(load["as_at"] <= as_at or load["act"] == act for load in loads if load["counts"]):
        return None
    older = sql.rows(
        con, "loading/newer_load_that_differs", row_table=entry.row_table, as_at=as_at, act=act
    )
    return OlderThan.model_validate(older[0]) if older else None


def _days(
    con: Connection, entry: ExportFormat, options: LoadOptions
) -> tuple[date | None, date | None, date]:
    """The first and last day of the rows kept, and the day the data stands at: as said, else the
    latest day in the file's own columns.
    """
    kept = con.table("keyed_arrival").filter("problem is null")
    spans = [
        kept.aggregate([function("min", column(name)), function("max", column(name))]).fetchall()[0]
        for name in entry.as_at
    ]
    first, last = spans[0]
    if options.as_at:
        return first, last, options.as_at
    days: list[date] = [latest for _, latest in spans if latest is not None]
    if not days:
        raise AmbiguousFile(
            "Not one kept row holds a day, so the day the data stands at is not known. Say "
            "--as-at YYYY-MM-DD."
        )
    day = max(days)
    if entry.period_days == "day":
        return first, last, day
    months = 3 if entry.period_days == "quarter" else 1
    after = date(day.year + (day.month + months > 12), (day.month + months - 1) % 12 + 1, 1)
    return first, last, after - timedelta(days=1)
