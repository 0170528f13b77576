"""Re-bases: from which day the limits of a measure are worked out anew, and why."""

from loaders.contracts import ExportFormat
from loaders.formats.columns import AREA, FORCE, OFFENCES, day, free, text

FORMAT = ExportFormat(
    name="rebase_register",
    title="Re-bases",
    order=9,
    row_table="rebase_row",
    thing=("metric", "rebased_from", "offences", "area"),
    as_at=("rebased_from",),
    is_register=True,
    columns=(
        text("metric", "measure", "metric id", required=True),
        day("rebased_from", "re-based from", "new baseline from", required=True),
        free("reason", "why", required=True),
        text("approved_by", "approved", required=True),
        OFFENCES,
        FORCE,
        AREA,
    ),
)
