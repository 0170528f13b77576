"""Labels of one file that no lookup has, put into the lookups: as they stand, by their key, and
then by what they mean.
"""

from collections.abc import Callable
from functools import partial

import sql
from loaders.contracts import CodeProposal, ExportFormat, UnknownLabel
from loaders.labels.offences import propose_offence, read_offence
from loaders.labels.outcomes import propose_outcome, read_outcome
from loaders.labels.phrases import propose_word, read_word
from sql import Connection

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
    **{field: partial(propose_word, field) for field in WORDS},
}


def resolve(con: Connection, entry: ExportFormat) -> None:
    """Look up every code and label of `row_to_resolve`; a label that is not listed is read by its
    meaning.
    """
    if f"{entry.name}_lookups" not in sql.names("formats"):
        return
    sql.run(con, f"formats/{entry.name}_lookups")
    for row in sql.rows(con, "loading/labels_without_meaning"):
        field, sent = str(row["field"]), str(row["sent"])
        if code := READERS[field](sent):
            said = {"sent": sent, "code": code}
            if field in WORDS:
                sql.run(con, "loading/set_word", field=field, **said)
            else:
                sql.run(con, f"loading/set_{field}", **said)


def with_proposals(unknown: list[UnknownLabel]) -> list[UnknownLabel]:
    """The unknown labels, each with the code that it is likely to mean."""
    return [
        one.model_copy(update={"proposal": PROPOSERS[one.field](one.sent)})
        if one.field in PROPOSERS
        else one
        for one in unknown
    ]
