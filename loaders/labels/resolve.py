"""Labels of one file that no lookup has, put into the lookups: as they stand, by their key, and then by what they mean."""

from collections.abc import Callable
from functools import partial

import sql
from loaders.contracts import CodeProposal, ExportFormat, UnknownLabel
from loaders.labels import propose_word, read_word
from loaders.offence_labels import propose_offence, read_offence
from loaders.outcome_labels import propose_outcome, read_outcome
from sql import Connection

WORDS = ("result", "decision", "order_kind")
READERS: dict[str, Callable[[str], str | None]] = {
    "outcome_code": read_outcome, "offence_code": read_offence,
    **{field: partial(read_word, field) for field in WORDS},
}  # fmt: skip
PROPOSERS: dict[str, Callable[[str], CodeProposal]] = {
    "outcome_code": propose_outcome, "outcome_type": propose_outcome, "offence_code": propose_offence,
    **{field: partial(propose_word, field) for field in WORDS},
}  # fmt: skip


def resolve(con: Connection, entry: ExportFormat) -> None:
    """Look up every code and label of `row_to_resolve`; a label that is not listed is read by its meaning."""
    if f"resolve_{entry.name}" not in sql.names("conform"):
        return
    sql.run(con, f"conform/resolve_{entry.name}")
    for row in sql.rows(con, "conform/labels_to_read"):
        field, sent = str(row["field"]), str(row["sent"])
        if code := READERS[field](sent):
            said = {"sent": sent, "code": code}
            if field in WORDS:
                sql.run(con, "conform/read_word", field=field, **said)
            else:
                sql.run(con, f"conform/read_{field}", **said)


def with_proposals(unknown: list[UnknownLabel]) -> list[UnknownLabel]:
    """The unknown labels, each with the code that it is likely to mean."""
    return [one.model_copy(update={"proposal": PROPOSERS[one.field](one.sent)}) if one.field in PROPOSERS else one for one in unknown]
