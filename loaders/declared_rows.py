"""Rows of a format that has no query of its own, typed and judged by what its columns declare.

A required cell that is empty or cannot be read sets its row aside, as does a day in the future
where none may be; of any other cell the row is kept without it, with a warning.
"""

from collections.abc import Iterator, Sequence
from functools import cache

import sql
from loaders.contracts import Column, ExportFormat
from loaders.formats import FORMATS, has_query
from loaders.value_lists import meanings
from sql import Connection, Expression, Relation, case, coalesce, column, constant, function

# before the name of a column: its cell as it was sent, what a list has of it, its month
SENT, FOUND, MONTH = "sent_", "found_", "month_"
FLAG = "flag"  # the list of words for yes and no


def declared_rows(con: Connection, export_format: ExportFormat) -> Relation:
    """The rows of `row_of_load` typed and judged, as the queries of `sql/formats` give them.

    Cells are read into a table first: what is written out wherever it stands, as a macro is, takes
    longer to plan than to run.
    """
    con.execute("drop table if exists work.cell_read")
    _read_cells(con, export_format).create("work.main.cell_read")
    read = con.table("work.main.cell_read")
    typed = read.select(*map(column, read.columns), *_typed(export_format))
    problem = coalesce(column("read_problem"), *_problems(export_format))
    warning = function("joined_words", function("list_value", *_warnings(export_format)))
    judged = typed.select(
        *map(column, typed.columns),
        problem.alias("problem"),
        warning.alias("warning"),
        _unresolved(export_format).alias("is_unresolved"),
    )
    is_told = function("is_present", coalesce(column("problem"), column("warning")))
    return judged.select(
        *map(column, judged.columns),
        case(is_told, column("row_text")).alias("sent_row"),
    )


def _read_cells(con: Connection, export_format: ExportFormat) -> Relation:
    """Every cell as it was sent, its days, words and codes read, and which are spoiled."""
    shared = con.table("context").select(
        column("load_id"),
        column("received_on"),
        column("day_order"),
        column("force_name").alias("own_force"),
    )
    rows = con.view("row_of_load")
    read = [
        column("load_id"),
        column("line"),
        column("problem").alias("read_problem"),
        function("sent_text", column("row_of_load")).alias("row_text"),
        *(column(name).alias(f"{SENT}{name}") for name in export_format.names),
    ]
    joined = rows.select(*read).join(shared, "load_id")
    days = function("days_of", _list(export_format.days), column("day_order"))
    months = [one.name for one in export_format.columns if one.is_month]
    found = [
        days.alias("days"),
        function("spoiled_of", _list(_texts(export_format))).alias("spoiled"),
    ]
    found += [
        function("month_of", column(f"{SENT}{name}"), column("day_order")).alias(f"{MONTH}{name}")
        for name in months
    ]
    for one in export_format.columns:
        sent = column(f"{SENT}{one.name}")
        if one.values:
            word = function("word_found", constant(one.values), sent)
            found.append(word.alias(f"{FOUND}{one.name}"))
        elif one.codes == "offence":
            found.append(function("offence_found", sent).alias(f"{FOUND}{one.name}"))
    return joined.select(*map(column, joined.columns), *found)


def _list(names: Sequence[str]) -> Expression:
    return function("list_value", constant(""), *(column(f"{SENT}{name}") for name in names))


def _texts(export_format: ExportFormat) -> list[str]:
    """The fields that a spreadsheet may have spoiled: references and the like."""
    return [
        one.name
        for one in export_format.columns
        if one.required and not (one.is_day or one.is_number or one.is_person or one.values)
    ]


def problems_of(export_format: ExportFormat) -> Iterator[tuple[str, str, str, str, str]]:
    """The lines of `problem.csv` that a format without a query needs: problem, field, sentence,
    remedy, and whether it is a label that no list knows.
    """
    for one in export_format.columns:
        for kind, sentence in _sentences(export_format, one):
            yield _id(export_format, kind, one), one.name, sentence, "", "no"
        if one.values and one.name != "domestic_abuse":
            words = f"The {_words(one)} is in words that no list knows: kept and counted as unknown"
            remedy = "" if one.values == FLAG else f"code {meanings(one.values)[0]}"
            is_label = "yes" if remedy else "no"
            yield _unknown(export_format, one), one.name, words, remedy, is_label


def _sentences(export_format: ExportFormat, one: Column) -> Iterator[tuple[str, str]]:
    """What can be wrong with a cell, by kind, but for words that no list knows."""
    words, end = _words(one), "" if one.required else ": the row is kept without it"
    if one.required:
        yield "no", f"The row has no {words}"
    if one.is_day:
        form = "2025-12, or 2025/26 Q3" if one.is_month else "31/12/2025"
        yield "unreadable", f"The {words} cannot be read{end}; write it as {form}"
        yield "future", f"The {words} is in the future"
    elif one.is_number:
        kind = "whole number" if one.is_count else "number"
        yield "unreadable", f"The {words} is no {kind} of 0 or more{end}"
    elif not one.values and (one.required or one.is_person):
        yield (
            "mangled",
            f"A spreadsheet has turned the {words} into a number such as 1.23E+05; export it again "
            "as text",
        )
    if one.not_before:
        earlier = next(it for it in export_format.columns if it.name == one.not_before)
        yield "early", f"The {words} is before the {_words(earlier)}"


def _words(one: Column) -> str:
    """What a column is called in a sentence."""
    return one.synonyms[0] if one.is_day or one.values else one.name.replace("_", " ")


def add_problems(con: Connection) -> None:
    """Add to the sentences of `problem.csv` those of the formats without a query."""
    columns = zip(*_all_problems(), strict=True)
    names = ("problems", "fields", "sentences", "remedies", "labels")
    sql.run(con, "loading/insert_problems", **dict(zip(names, map(list, columns), strict=True)))


@cache
def _all_problems() -> tuple[tuple[str, str, str, str, str], ...]:
    return tuple(line for one in FORMATS if not has_query(one) for line in problems_of(one))


def _typed(export_format: ExportFormat) -> Iterator[Expression]:
    for one in export_format.columns:
        yield _cell(export_format, one).alias(one.name)
        if one.codes == "offence":
            yield function("meaning_found", column(f"{FOUND}{one.name}")).alias("offence_class")
    reference = function("known", column(f"{SENT}{export_format.names[0]}"))
    yield function("folded_reference", reference).alias("reference_key")
    if "crime_reference" in export_format.names:
        crime = function("known", column(f"{SENT}crime_reference"))
        yield function("thing_of", _force(), crime).alias("crime_thing")


def _cell(export_format: ExportFormat, one: Column) -> Expression:
    sent, found = column(f"{SENT}{one.name}"), column(f"{FOUND}{one.name}")
    if one.is_day:
        at = export_format.days.index(one.name) + 2  # the first is a blank
        day = function("list_extract", column("days"), constant(at))
        return column(f"{MONTH}{one.name}") if one.is_month else day
    if one.is_number:
        return function("number_of", sent, constant(one.is_count))
    if one.values == FLAG:
        return function("flag_found", found)
    if one.values:
        is_said = function("is_not", function("is_blank", sent))
        return coalesce(function("meaning_found", found), case(is_said, constant("unknown")))
    if one.name == "force_name":
        return _force()
    return function("known" if one.is_person or one.required else "optional", sent)


def _force() -> Expression:
    sent = column(f"{SENT}force_name")
    return coalesce(function("force_of", sent), function("known", sent), column("own_force"))


def _problems(export_format: ExportFormat) -> Iterator[Expression]:
    """The first problem of a row, by which it is set aside."""
    for one in export_format.columns:
        sent, cell = column(f"{SENT}{one.name}"), column(one.name)
        if one.is_day and one.required:
            yield _if(function("is_day_lost", sent, cell), _id(export_format, "unreadable", one))
        elif one.is_number and one.required:
            yield _if(
                function("is_number_lost", sent, cell),
                _id(export_format, "unreadable", one),
            )
        elif one.is_person:
            yield _if(function("is_person_spoiled", cell), _id(export_format, "mangled", one))
        elif one.required and not one.values and not one.is_number:
            at = _texts(export_format).index(one.name) + 2
            spoiled = function("list_extract", column("spoiled"), constant(at))
            yield _if(spoiled, _id(export_format, "mangled", one))
        if one.required:
            yield _if(function("is_missing", cell), _id(export_format, "no", one))
        if one.not_before:
            yield _if(
                function("is_after", column(one.not_before), cell), _id(export_format, "early", one)
            )
        if one.is_day and not one.is_ahead:
            yield _if(
                function("is_after", cell, column("received_on")), _id(export_format, "future", one)
            )


def _warnings(export_format: ExportFormat) -> Iterator[Expression]:
    """What is said of a row that is kept."""
    for one in export_format.columns:
        sent, cell = column(f"{SENT}{one.name}"), column(one.name)
        found = column(f"{FOUND}{one.name}")
        if one.is_day and not one.required:
            yield _if(function("is_day_lost", sent, cell), _id(export_format, "unreadable", one))
        elif one.is_number and not one.required:
            yield _if(
                function("is_number_lost", sent, cell),
                _id(export_format, "unreadable", one),
            )
        elif one.values:
            yield _if(function("is_unlisted", sent, found), _unknown(export_format, one))
        elif one.codes == "offence":
            yield _if(function("is_unlisted", sent, found), "unknown_offence")


def _unresolved(export_format: ExportFormat) -> Expression:
    """Is there a word or a code in a row that was not looked up yet?"""
    coded = (one for one in export_format.columns if one.values or one.codes == "offence")
    found = [
        function("is_unresolved", column(f"{SENT}{one.name}"), column(f"{FOUND}{one.name}"))
        for one in coded
    ]
    return function("is_any", function("list_value", constant(False), *found))


def _id(export_format: ExportFormat, kind: str, one: Column) -> str:
    """The name of a problem, in which its format has a part: each words it in its own way."""
    return f"{kind}_{one.name}_of_{export_format.name}"


def _unknown(export_format: ExportFormat, one: Column) -> str:
    if one.name == "domestic_abuse":
        return "unreadable_flag"
    return _id(export_format, "unknown", one)


def _if(condition: Expression, problem: str) -> Expression:
    return case(condition, constant(problem))
