"""Order breaches: a row for each recorded breach of a protective order."""

from loaders.contracts import ExportFormat
from loaders.formats.columns import AREA, FORCE, TEAM, day, name, text

FORMAT = ExportFormat(
    name="order_breaches",
    title="Order breaches",
    order=4,
    row_table="order_breach_row",
    thing=("force_name", "order_reference", "breached_on", "breach_kind", "crime_reference"),
    hashed_as={"order_reference": "reference_key"},
    as_at=("breached_on",),
    has_quiet_times=True,
    columns=(
        text(
            "order_reference",
            "order ref",
            "order number",
            "SPO reference",
            "application reference",
            required=True,
        ),
        day("breached_on", "breach date", "date of breach", "date breached", required=True),
        text(
            "breach_kind",
            "kind of breach",
            "breach type",
            "type of breach",
            required=True,
            values="breach_kind",
        ),
        text("crime_reference", "crime number", "crime ref", "crime reference number", "crime no"),
        name("breach_outcome", "outcome of breach", "outcome"),
        FORCE,
        AREA,
        TEAM,
    ),
)
