"""Claims: what was said in public of a figure, by whom, and by which measure it can be tested."""

from loaders.contracts import ExportFormat
from loaders.formats.columns import AREA, FORCE, OFFENCES, day, free, text

FORMAT = ExportFormat(
    name="claim_register",
    title="Claims",
    order=12,
    row_table="claim_row",
    thing=("claim_id",),
    as_at=("said_on",),
    is_register=True,
    columns=(
        text("claim_id", "claim", "claim reference", required=True),
        free("claim_words", "what was said", "claimed", required=True),
        text("said_by", "speaker", required=True),
        day("said_on", "day it was said", required=True),
        text("said_where", "where it was said", "published in"),
        text("metric", "measure", "metric id"),
        text("comparator", "kind of claim", required=True),
        text("claimed_figure", "figure claimed"),
        text("window_months", "months"),
        text("team", "investigating team"),
        OFFENCES,
        FORCE,
        AREA,
    ),
)
