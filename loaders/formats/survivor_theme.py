"""Survivor themes: what survivors said, what was changed, and the measure it should move."""

from loaders.contracts import ExportFormat
from loaders.formats.columns import FORCE, day, free, text

FORMAT = ExportFormat(
    name="survivor_theme",
    title="You said, we did",
    order=30,
    row_table="theme_row",
    thing=("force_name", "theme", "said_on"),
    as_at=("said_on", "changed_on"),
    is_register=True,
    columns=(
        free("theme", "theme code", "what was said", "you said", required=True),
        day("said_on", "day it was said", "date said", required=True),
        free("what_changed", "change", "we did", "what we did"),
        day("changed_on", "day of the change", "date changed", not_before="said_on"),
        text("metric", "measure", "measure it should move", "metric expected to move"),
        free("what_came", "what came of it", "what came", "result"),
        FORCE,
    ),
)
