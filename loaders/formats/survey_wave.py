"""Survey waves: a row for each answer to one question by one group, in totals only."""

from loaders.contracts import ExportFormat
from loaders.formats.columns import AREA, FORCE, count, text

FORMAT = ExportFormat(
    name="survey_wave",
    title="Survivor feedback",
    order=10,
    row_table="survey_row",
    thing=(
        "force_name",
        "wave",
        "survey_group",
        "question",
        "answer_code",
        "mode",
        "sex",
        "age_band",
        "ethnicity_group",
        "area",
        "by_whom",
    ),
    as_at=("wave",),
    period_days="month",
    columns=(
        text(
            "wave",
            "survey wave",
            "survey month",
            "month",
            "quarter",
            "wave month",
            "period",
            required=True,
            is_day=True,
            is_month=True,
        ),
        text(
            "survey_group",
            "group",
            "crime group",
            "survey",
            "cohort",
            required=True,
            values="survey_group",
        ),
        text(
            "question", "question asked", "question code", required=True, values="survey_question"
        ),
        text(
            "answer_code",
            "answer",
            "response",
            "answer given",
            required=True,
            values="survey_answer",
        ),
        count(
            "responses", "number of responses", "no of responses", "count", "answers", required=True
        ),
        count("sampled", "sample", "sample size", "invited"),
        count("ineligible", "not eligible"),
        count("contacted", "reached"),
        count("refused", "declined"),
        count("unsafe_to_contact", "unsafe", "not safe to contact"),
        text("mode", "survey mode", "channel", "how asked", "method", values="survey_mode"),
        text(
            "by_whom",
            "asked by",
            "supplier",
            "surveyed by",
            "carried out by",
            values="survey_asker",
        ),
        count("weeks_since_contact", "weeks since report"),
        text("sex", "sex of respondent", "gender"),
        text("age_band", "age group", "age"),
        text("ethnicity_group", "ethnicity", "ethnic group"),
        FORCE,
        AREA,
    ),
)
