"""Programmes: where and when something new began."""

from loaders.contracts import ExportFormat
from loaders.formats.columns import AREA, FORCE, TEAM, day, text

FORMAT = ExportFormat(
    name="programme_register",
    title="Programmes",
    order=10,
    row_table="programme_row",
    thing=("programme", "starts_on", "area", "team"),
    as_at=("starts_on",),
    is_register=True,
    columns=(
        text("programme", "programme name", "initiative", required=True),
        day("starts_on", "programme start", "starts", required=True),
        text("phase", "programme phase"),
        text("noted_by", "written by", "entered by", required=True),
        FORCE,
        AREA,
        TEAM,
    ),
)
