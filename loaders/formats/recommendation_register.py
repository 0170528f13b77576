"""Recommendations: what an inspectorate or a super-complaint asked for, who owns it, how far it is,
and the measures that would show it.
"""

from loaders.contracts import ExportFormat
from loaders.formats.columns import FORCE, OFFENCES, day, free, text

FORMAT = ExportFormat(
    name="recommendation_register",
    title="Recommendations",
    order=15,
    row_table="recommendation_row",
    thing=("recommended_by", "rec_no", "sub_no"),
    as_at=("status_on",),
    is_register=True,
    columns=(
        text("rec_no", "rec no", "recommendation number", "number", required=True),
        text("recommended_by", "recommendation source", "report", required=True),
        text("recommendation", "what is recommended", required=True),
        text("sub_no", "sub recommendation", "sub number"),
        day("published_on", "published"),
        text("owner_role", "rec owner", "recommendation owner", "owner", required=True),
        text("status", "state", required=True),
        day("status_on", "status day", required=True),
        day("due_on", "due"),
        text("strand", "strategy strand"),
        free("response", "initial action plan response", "initial constabulary response"),
        text("evidence_metrics", "evidence", "measures"),
        free("latest_update", "update"),
        OFFENCES,
        FORCE,
    ),
)
