"""Home Office outcomes open data: a row for each force, offence, outcome and quarter."""

from loaders.contracts import ExportFormat
from loaders.formats.columns import text

OUTCOMES = "((total)?numberof)?(force|police)?outcomes?(for|of|assignedto|inrespectof)?(the|all)?"
IN_QUARTER = "(in|during)(the|this|that)?(financial)?quarter(total)?"

FORMAT = ExportFormat(
    name="home_office_outcomes",
    title="Home Office outcomes open data",
    order=2,
    row_table="national_outcome_row",
    thing=("quarter_start", "force_name", "offence_code", "outcome_code"),
    hashed_as={"offence_code": "offence_key"},
    has_split=True,
    as_at=("quarter_start",),
    period_days="quarter",
    columns=(
        text("financial_year", "year", "fin year", required=True),
        text("financial_quarter", "quarter", "fin quarter", required=True),
        text(
            "force_name",
            "force",
            "police force",
            "police force name",
            "police force area",
            "police force area name",
            "PFA",
            "force area",
            required=True,
        ),
        text("offence_description", "offence", "offence name"),
        text("offence_group"),
        text("offence_subgroup", "offence sub group", "offence subgroup name"),
        text(
            "offence_code",
            "home office offence code",
            required=True,
            words="offence_description",
            may_be_words=True,
        ),
        text("outcome_description", "outcome"),
        text("outcome_group"),
        text(
            "outcome_type",
            "outcome code",
            "outcome number",
            required=True,
            codes="outcome",
            words="outcome_description",
        ),
        text(
            "recorded_count",
            "offences",
            "number of offences",
            "recorded",
            required=True,
            patterns=(
                r"forceoutcomesfor(?!.*closed).*recordedin(the)?quarter",
                r"(force)?outcomes.*thatwererecordedin(the)?quarter",
                rf"{OUTCOMES}(offences|crimes)(that|which)?(were)?recorded{IN_QUARTER}",
            ),
        ),
        text(
            "closed_count",
            "closed",
            required=True,
            patterns=(
                r"forceoutcomes(were)?recordedin(the)?quarter",
                r"(force)?outcomes.*closedin(the)?quarter",
                rf"{OUTCOMES}((offences|crimes|investigations|cases)?(that|which)?(were)?(closed|finalised|completed|assigned)"
                rf"|(that|which)?(were)?recorded){IN_QUARTER}",
            ),
        ),
    ),
)
