"""Dip samples: which crimes were drawn, of which stratum, with which seed, and on which day."""

from loaders.contracts import ExportFormat
from loaders.formats.columns import FORCE, day, text

FORMAT = ExportFormat(
    name="dip_sample",
    title="Dip samples drawn",
    order=16,
    row_table="dip_sample_row",
    thing=("sample_id", "crime_reference"),
    as_at=("drawn_on",),
    is_register=True,
    columns=(
        text("crime_reference", "crime number", required=True),
        text("sample_id", "sample", required=True),
        text("stratum", required=True),
        text("stratum_size", "crimes in the stratum", required=True),
        text("seed", required=True),
        day("drawn_on", "drawn", required=True),
        day("sampled_month", "month sampled", required=True),
        FORCE,
    ),
)
