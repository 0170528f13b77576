"""Targets: what a measure is to reach, from which day, and who set it."""

from loaders.contracts import ExportFormat
from loaders.formats.columns import AREA, FORCE, OFFENCES, day, text

FORMAT = ExportFormat(
    name="target_register",
    title="Targets",
    order=7,
    row_table="target_row",
    thing=("metric", "applies_from", "offences", "area"),
    as_at=("applies_from",),
    is_register=True,
    columns=(
        text("metric", "measure", "metric id", required=True),
        text("target", "target value", required=True),
        day("applies_from", "from", "target from", required=True),
        text("set_by", "agreed by", "owner", required=True),
        text("counter_metric", "counter measure", "watched beside it"),
        OFFENCES,
        FORCE,
        AREA,
    ),
)
