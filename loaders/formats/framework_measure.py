"""Framework measures: what somebody else asks, and the measure of ours that answers it."""

from loaders.contracts import ExportFormat
from loaders.formats.columns import FORCE, day, free, text

FORMAT = ExportFormat(
    name="framework_measure",
    title="What others ask",
    order=32,
    row_table="framework_row",
    thing=("force_name", "framework", "their_number"),
    as_at=("since",),
    is_register=True,
    columns=(
        text("framework", "name of framework", "asked by", required=True),
        text(
            "their_number",
            "number",
            "measure no",
            "ref",
            "measure number",
            "reference",
            required=True,
        ),
        text(
            "their_words",
            "words",
            "description",
            "what is asked",
            "measure as they word it",
            required=True,
        ),
        text("metric", "measure", "our measure"),
        text("cut", "cut of the measure", "offences"),
        free("how_it_fits", "fit", "why it fits"),
        day("since", "day it applies from", "asked since", is_ahead=True),
        text("source", "source document"),
        FORCE,
    ),
)
