"""data.police.uk outcomes: a row for each outcome of a month, by force.

One label stands for outcomes 14, 15 and 16; one crime may have several rows, a charge and then a
sentence, or one a suspect.
"""

from loaders.contracts import ExportFormat
from loaders.formats.columns import text

FORMAT = ExportFormat(
    name="police_uk_outcomes",
    title="data.police.uk outcomes",
    order=20,
    row_table="police_uk_outcome_row",
    thing=("force_name", "crime_reference", "month", "occurrence"),
    as_at=("month",),
    period_days="month",
    columns=(
        text("crime_reference", "crime id", required=True),
        text("month", "outcome month", required=True, is_day=True, is_month=True),
        text(
            "force_name",
            "falls within",
            "reported by",
            required=True,
            ranks=(("falls within",), ("reported by",)),
        ),
        text("outcome", "outcome type", required=True, values="police_uk_outcome"),
    ),
)
