"""Decisions: what a meeting decided on a measure, who owns it, when it is due, and what the figure
was then.
"""

from loaders.contracts import ExportFormat
from loaders.formats.columns import AREA, FORCE, OFFENCES, day, free, text

FORMAT = ExportFormat(
    name="decision_register",
    title="Decisions",
    order=13,
    row_table="decision_row",
    thing=("decision_id",),
    as_at=("held_on",),
    is_register=True,
    columns=(
        text("decision_id", "decision", "decision reference", required=True),
        text("meeting", "meeting kind", required=True),
        day("held_on", "meeting day", required=True),
        text("metric", "measure", "metric id", required=True),
        free("what_was_decided", "decided", "action", required=True),
        free("owner_role", "owner", required=True),
        day("due_on", "due", required=True),
        free("expected", "expected effect"),
        text("status", "state"),
        day("closed_on", "closed"),
        free("what_came_of_it", "outcome of the decision"),
        day("judged_from", "figure from"),
        day("judged_to", "figure to"),
        text("counted_then"),
        text("out_of_then"),
        text("value_then", "figure then"),
        text("snapshot_then"),
        OFFENCES,
        FORCE,
        AREA,
    ),
)
