"""Labels of one file that no lookup has, put into the lookups: as they stand, by their key, and
then by what they mean.
"""

from collections.abc import Callable, Sequence
from functools import partial

import sql
from loaders.contracts import CodeProposal, ExportFormat, UnknownLabel
from loaders.formats import has_query
from loaders.labels.offences import propose_offence, read_offence
from loaders.labels.outcomes import propose_outcome, propose_status, read_outcome
from loaders.labels.phrases import propose_word, read_word
from loaders.value_lists import word_before_detail
from sql import Connection, coalesce, column, constant, function

CODE_FIELDS = ("outcome_code", "offence_code")  # whose codes have a lookup of their own
WORDS = ("result", "decision", "order_kind")
READERS: dict[str, Callable[[str], str | None]] = {
    "outcome_code": read_outcome,
    "offence_code": read_offence,
    **{field: partial(read_word, field) for field in WORDS},
}
PROPOSERS: dict[str, Callable[[str], CodeProposal]] = {
    "outcome_code": propose_outcome,
    "outcome_type": propose_outcome,
    "offence_code": propose_offence,
    "crime_status": propose_status,
    **{field: partial(propose_word, field) for field in WORDS},
}


def resolve(con: Connection, export_format: ExportFormat) -> None:
    """Look up every code and label of `row_to_resolve`; one that is not listed is read by its
    meaning.
    """
    coded = [one for one in export_format.columns if one.codes or one.values]
    for one in coded:
        cell = column(one.name)
        if one.may_be_words and one.words:
            cell = coalesce(function("nullif", cell, constant("")), column(one.words))
        cells = con.view("row_to_resolve").select(cell.alias("cell")).distinct()
        cells.create_view("cell_to_resolve")
        if one.codes:
            sql.run(con, f"loading/resolve_{one.codes}")
        else:
            sql.run(con, "loading/resolve_value", list=one.values)
        con.execute("drop view cell_to_resolve")
    plain = () if has_query(export_format) else tuple(one.values for one in coded if one.values)
    for row in sql.rows(con, "loading/labels_without_meaning") if coded else []:
        _read(con, str(row["field"]), str(row["sent"]), plain)


def _read(con: Connection, field: str, sent: str, plain: Sequence[str]) -> None:
    """Put a label into its lookup by its meaning, where that can be told; in the `plain` lists by
    what stands before a detail.
    """
    reader = READERS.get(field) or (partial(word_before_detail, field) if field in plain else None)
    code = reader(sent) if reader else None
    if code is None:
        return
    if field in CODE_FIELDS:
        sql.run(con, f"loading/set_{field}", sent=sent, code=code)
    else:
        sql.run(con, "loading/set_word", field=field, sent=sent, code=code)


def with_proposals(export_format: ExportFormat, unknown: list[UnknownLabel]) -> list[UnknownLabel]:
    """The unknown labels of a format, each with the code that it is likely to mean."""
    lists = {one.name: one.values or one.name for one in export_format.columns}
    return [
        one.model_copy(update={"proposal": PROPOSERS[named](one.sent)})
        if (named := lists.get(one.field, one.field)) in PROPOSERS
        else one
        for one in unknown
    ]
