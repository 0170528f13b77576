"""Charging file: a row for each submission of one suspect to the Crown Prosecution Service."""

from loaders.contracts import ExportFormat
from loaders.formats.columns import AREA, CRIME, FORCE, TEAM, day, person, text

FORMAT = ExportFormat(
    name="charging_file",
    title="Charging decisions of the CPS",
    order=8,
    row_table="charging_row",
    thing=("force_name", "submission_reference"),
    hashed_as={"submission_reference": "reference_key"},
    as_at=("submitted_on", "decided_on"),
    columns=(
        text(
            "submission_reference",
            "submission number",
            "submission ref",
            "submission id",
            "consultation reference",
            "consultation id",
            required=True,
        ),
        person("suspect_id", "suspect", "suspect reference", "suspect nominal", required=True),
        CRIME.model_copy(update={"required": True}),
        day(
            "submitted_on",
            "submission date",
            "date submitted",
            "date of submission",
            "consultation date",
            required=True,
        ),
        text(
            "kind",
            "submission kind",
            "submission type",
            "type of submission",
            "consultation type",
            "code test",
            required=True,
            values="charging_kind",
        ),
        text(
            "triage", "triage result", "triage outcome", "triage decision", values="charging_triage"
        ),
        text("triage_reason", "reason rejected", "reason for rejection", "triage rejection reason"),
        text(
            "decision", "CPS decision", "charging decision", "outcome", values="charging_decision"
        ),
        day(
            "decided_on",
            "decision date",
            "date of decision",
            "date decided",
            not_before="submitted_on",
        ),
        FORCE,
        AREA,
        TEAM,
    ),
)
