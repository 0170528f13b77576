"""Commentary: what the owner of a measure says of it, for one meeting on data of one day."""

from loaders.contracts import ExportFormat
from loaders.formats.columns import AREA, FORCE, OFFENCES, day, free, text

FORMAT = ExportFormat(
    name="commentary_register",
    title="Commentary",
    order=14,
    row_table="commentary_row",
    thing=("metric", "meeting", "about_data_of", "offences", "area"),
    as_at=("about_data_of",),
    is_register=True,
    columns=(
        text("metric", "measure", "metric id", required=True),
        text("meeting", "meeting kind", required=True),
        day("about_data_of", "data as at", required=True),
        free("commentary", "narrative", "comment", required=True),
        free("said_by", "owner", "role", required=True),
        day("said_on", "day", required=True),
        OFFENCES,
        FORCE,
        AREA,
    ),
)
