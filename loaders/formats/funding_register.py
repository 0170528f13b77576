"""Funding register: a row for each award, with what it promised and what is spent."""

from loaders.contracts import ExportFormat
from loaders.formats.columns import FORCE, day, free, number, text

FORMAT = ExportFormat(
    name="funding_register",
    title="Funding",
    order=31,
    row_table="funding_row",
    thing=("force_name", "fund", "awarded_on"),
    as_at=("awarded_on", "spent_as_at"),
    is_register=True,
    columns=(
        text(
            "fund",
            "name of fund",
            "fund name",
            "grant name",
            "grant",
            "funding stream",
            required=True,
        ),
        text("awarded_by", "funder", "awarding body", "granted by", required=True),
        day("awarded_on", "award date", "date of award", "date awarded", required=True),
        number(
            "amount",
            "award",
            "award amount",
            "award value",
            "amount awarded",
            "value",
            required=True,
        ),
        day(
            "starts_on",
            "start date",
            "start",
            "funding starts",
            "from",
            required=True,
            is_ahead=True,
        ),
        day(
            "ends_on",
            "end date",
            "end",
            "funding ends",
            "until",
            required=True,
            is_ahead=True,
            not_before="starts_on",
        ),
        free("purpose", "what it is for"),
        text("programme", "name of programme", "project"),
        number("match_funding", "match", "match funded"),
        number("spent_to_date", "spent", "spend", "spend to date"),
        day("spent_as_at", "spend date", "spend as at"),
        free("outputs_promised", "outputs", "promised outputs"),
        day("renewal_decision_on", "renewal decision", "decision on renewal", is_ahead=True),
        FORCE,
    ),
)
