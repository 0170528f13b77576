"""Court results: a row for each defendant in each case."""

from loaders.contracts import ExportFormat
from loaders.formats.columns import AREA, FORCE, OFFENCE, day, person, text

FORMAT = ExportFormat(
    name="court_results",
    title="Court results",
    order=5,
    row_table="prosecution_row",
    thing=("force_name", "case_reference", "defendant_id"),
    hashed_as={"case_reference": "reference_key"},
    ending="result",
    as_at=("charged_on", "finalised_on"),
    columns=(
        text(
            "case_reference",
            "case number",
            "case ref",
            "case URN",
            "case no",
            "case id",
            required=True,
        ),
        text("crime_reference", "crime number", "crime ref", "crime reference number", "crime no"),
        person(
            "defendant_id",
            "defendant",
            "defendant reference",
            "defendant number",
            "accused id",
            required=True,
        ),
        OFFENCE.model_copy(update={"words": "offence_description"}),
        day("charged_on", "charge date", "date charged", "date of charge", "charged"),
        day(
            "finalised_on",
            "finalisation date",
            "date finalised",
            "finalised",
            "result date",
            "date of result",
            required=True,
        ),
        text("court", "court name", "court house", "hearing court"),
        text("plea", "defendant plea", "plea entered"),
        text(
            "result",
            "case result",
            "court result",
            "verdict",
            "outcome",
            "case outcome",
            "finalisation",
            required=True,
            values="result",
        ),
        text("sentence", "sentence type", "disposal"),
        text(
            "sentence_months",
            "months",
            "custody months",
            "sentence length months",
            "sentence length",
        ),
        FORCE,
        AREA,
    ),
)
