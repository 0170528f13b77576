"""Annotations: what happened on a day and may have moved the figures."""

from loaders.contracts import ExportFormat
from loaders.formats.columns import AREA, FORCE, OFFENCES, day, free, text

FORMAT = ExportFormat(
    name="annotation_register",
    title="Annotations",
    order=8,
    row_table="annotation_row",
    thing=("happened_on", "what_happened", "offences", "area"),
    as_at=("happened_on",),
    is_register=True,
    columns=(
        day("happened_on", "event day", "happened", required=True),
        free("what_happened", "annotation", "event", required=True),
        text("noted_by", "written by", required=True),
        OFFENCES,
        FORCE,
        AREA,
    ),
)
