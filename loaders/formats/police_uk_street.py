"""data.police.uk street level: a row for each crime and each case of anti-social behaviour of a
month, with the last outcome that is known of it.
"""

from loaders.contracts import ExportFormat
from loaders.formats.columns import text

FORMAT = ExportFormat(
    name="police_uk_street",
    title="data.police.uk street level",
    order=21,
    row_table="police_uk_street_row",
    thing=("force_name", "month", "crime_reference", "occurrence"),
    as_at=("month",),
    period_days="month",
    columns=(
        text("month", "month recorded", required=True, is_day=True, is_month=True),
        text(
            "force_name",
            "falls within",
            "reported by",
            required=True,
            ranks=(("falls within",), ("reported by",)),
        ),
        text("crime_type", "crime type", required=True),
        text("crime_reference", "crime id"),
        text("last_outcome", "last outcome category", values="police_uk_outcome"),
    ),
)
