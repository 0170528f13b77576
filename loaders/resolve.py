"""Labels of one file that no lookup has, put into the lookups: as they stand, by their key, and then by what they mean."""

import sql
from loaders.contracts import ExportFormat, UnknownLabel
from loaders.outcome_labels import propose_outcome, read_outcome
from sql import Connection


def resolve(con: Connection, entry: ExportFormat) -> None:
    """Look up every code and label of `row_to_resolve`; a label of an outcome that is not listed is read by its meaning."""
    if f"resolve_{entry.name}" not in sql.names("conform"):
        return
    sql.run(con, f"conform/resolve_{entry.name}")
    for row in sql.rows(con, "conform/outcomes_to_read"):
        if code := read_outcome(str(row["sent"])):
            sql.run(con, "conform/set_outcome_read", sent=row["sent"], code=code)


def with_proposals(unknown: list[UnknownLabel]) -> list[UnknownLabel]:
    """The unknown labels, each with the code that it is likely to mean."""
    return [one.model_copy(update={"proposal": propose_outcome(one.sent)}) if one.field.startswith("outcome") else one for one in unknown]
