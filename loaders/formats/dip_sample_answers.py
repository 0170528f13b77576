"""Answers of a dip sample: a row for each crime, reviewer and question of the checklist."""

from loaders.contracts import ExportFormat
from loaders.formats.columns import FORCE, day, text

FORMAT = ExportFormat(
    name="dip_sample_answers",
    title="Dip sample answers",
    order=17,
    row_table="dip_sample_answer_row",
    thing=("sample_id", "crime_reference", "reviewer_kind", "question"),
    as_at=("reviewed_on",),
    is_register=True,
    columns=(
        text("crime_reference", "crime number", required=True),
        text("sample_id", "sample", required=True),
        text("question", required=True),
        text("answer", required=True),
        text("reviewer_kind", "reviewer", required=True),
        day("reviewed_on", "reviewed", required=True),
        FORCE,
    ),
)
