"""The formats: how each kind of export spells our fields.

A new one is one entry here and one conform query.
"""

import re
import unicodedata
from functools import lru_cache

from loaders.contracts import Column, ExportFormat


@lru_cache(maxsize=4096)
def header_key(header: str) -> str:
    """A header without its case, spacing and punctuation: "Crime  Ref.

    No" and "crime_ref_no" are one.
    """
    plain = unicodedata.normalize("NFKD", header)
    return re.sub(r"[^a-z0-9]+", "", plain.lower())


def _day(name: str, *synonyms: str, required: bool = False) -> Column:
    return Column(name=name, synonyms=synonyms, required=required, is_day=True)


def _text(
    name: str,
    *synonyms: str,
    required: bool = False,
    patterns: tuple[str, ...] = (),
    ranks: tuple[tuple[str, ...], ...] = (),
) -> Column:
    return Column(name=name, synonyms=synonyms, required=required, patterns=patterns, ranks=ranks)


def _person(name: str, *synonyms: str, required: bool = False) -> Column:
    return Column(name=name, synonyms=synonyms, required=required, is_person=True)


FORCE = _text("force_name", "force", "police force", "force area", "reporting force")
AREA = _text(
    "area",
    "local policing area",
    "LPA",
    "LPU",
    "district",
    "BCU",
    "basic command unit",
    "policing area",
    "local policing unit",
    "division",
    "command area",
    ranks=(
        ("area",),
        ("local policing area", "LPA", "policing area"),
        ("LPU", "local policing unit"),
        ("district",),
        ("BCU", "basic command unit", "division", "command area"),
    ),
)
OFFENCES = _text("offences", "scope", "offence group")
TEAM = _text(
    "team",
    "unit",
    "investigating team",
    "owning team",
    "department",
    "oic team",
    "investigation team",
)

CRIME_OUTCOMES = ExportFormat(
    name="crime_outcomes",
    title="Crime outcomes",
    row_table="crime_row",
    thing=("force_name", "crime_reference"),
    as_at=("recorded_on", "outcome_on"),
    columns=(
        _text(
            "crime_reference",
            "crime number",
            "crime ref",
            "crime ref no",
            "crime reference number",
            "crime no",
            "crime id",
            "occurrence number",
            "occurrence no",
            "occurrence ref",
            "URN",
            "NICHE reference",
            "reference",
            "reference number",
            "ref",
            "crime report number",
            required=True,
            ranks=(
                (
                    "crime reference",
                    "crime number",
                    "crime ref",
                    "crime ref no",
                    "crime reference number",
                    "crime no",
                    "crime id",
                    "crime report number",
                ),
                ("occurrence number", "occurrence no", "occurrence ref", "NICHE reference"),
                ("URN", "reference", "reference number", "ref"),
            ),
        ),
        _day(
            "recorded_on",
            "date recorded",
            "recorded date",
            "record date",
            "recorded",
            "crime recorded date",
            "date crime recorded",
            "date of recording",
            "recorded on date",
            "created date",
            "crimed date",
            required=True,
        ),
        _text(
            "offence_code",
            "offence",
            "HO offence code",
            "home office code",
            "HO code",
            "home office offence code",
            "offence class",
            "HO class",
            "home office class",
            "HO classification",
            "crime code",
            "offence type",
            "HOCR code",
            "HO subcode",
            "classification",
            required=True,
        ),
        _text(
            "offence_description",
            "offence desc",
            "offence title",
            "offence name",
            "crime description",
            "offence label",
        ),
        _text("crime_status", "status", "record status", "crime record status"),
        FORCE,
        AREA,
        TEAM,
        _text(
            "outcome_code",
            "outcome",
            "HO outcome",
            "home office outcome",
            "outcome type",
            "HO outcome code",
            "current outcome",
            "crime outcome",
            "outcome number",
            "outcome no",
            "final outcome",
            "outcome description",
            "HO outcome type",
            "latest outcome",
            "disposal",
            required=True,
        ),
        _day(
            "outcome_on",
            "outcome date",
            "date of outcome",
            "date outcome",
            "outcome assigned date",
            "disposal date",
            "finalised date",
            "outcome assigned on",
            "date closed",
            "closed date",
            "HO outcome date",
            "outcome recorded date",
        ),
        _text(
            "victim_sex",
            "sex",
            "victim gender",
            "gender",
            "sex of victim",
            "gender of victim",
            "vic sex",
            "vic gender",
        ),
        _text(
            "victim_age",
            "age",
            "age of victim",
            "victim age at offence",
            "vic age",
            "victim age years",
        ),
        _text(
            "victim_ethnicity",
            "ethnicity",
            "victim ethnic code",
            "self defined ethnicity",
            "ethnicity of victim",
            "vic ethnicity",
            "victim self defined ethnicity",
            "ethnic appearance",
        ),
        _text("victim_disability", "disability", "disability of victim", "victim disabled"),
        _text("victim_religion", "religion", "religion of victim", "victim religion or belief"),
        _text("victim_sexual_orientation", "sexual orientation", "sexual orientation of victim"),
        _text(
            "domestic_abuse",
            "DA flag",
            "domestic abuse flag",
            "DA",
            "domestic flag",
            "domestic",
            "is domestic abuse",
            "DV flag",
            "domestic abuse indicator",
            "da marker",
            "domestic abuse marker",
        ),
        _person(
            "victim_id",
            "victim reference",
            "victim URN",
            "victim person id",
            "victim nominal id",
            "victim nominal",
        ),
        _person(
            "suspect_id",
            "suspect reference",
            "suspect URN",
            "suspect person id",
            "suspect nominal id",
            "offender id",
        ),
    ),
)

OUTCOMES = "((total)?numberof)?(force|police)?outcomes?(for|of|assignedto|inrespectof)?(the|all)?"
IN_QUARTER = "(in|during)(the|this|that)?(financial)?quarter(total)?"

HOME_OFFICE_OUTCOMES = ExportFormat(
    name="home_office_outcomes",
    title="Home Office outcomes open data",
    row_table="national_outcome_row",
    thing=("quarter_start", "force_name", "offence_code", "outcome_code"),
    as_at=("quarter_start",),
    period_days="quarter",
    columns=(
        _text("financial_year", "year", "fin year", required=True),
        _text("financial_quarter", "quarter", "fin quarter", required=True),
        _text(
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
        _text("offence_description", "offence", "offence name"),
        _text("offence_group"),
        _text("offence_subgroup", "offence sub group", "offence subgroup name"),
        _text("offence_code", "home office offence code", required=True),
        _text("outcome_description", "outcome"),
        _text("outcome_group"),
        _text("outcome_type", "outcome code", "outcome number", required=True),
        _text(
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
        _text(
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

ORDER_REGISTER = ExportFormat(
    name="order_register",
    title="Order register",
    row_table="protection_order_row",
    thing=("force_name", "application_reference"),
    as_at=("applied_on", "decided_on", "breached_on"),
    columns=(
        _text(
            "application_reference",
            "application number",
            "application ref",
            "application no",
            "SPO reference",
            "SPO number",
            "application id",
            required=True,
        ),
        _person(
            "subject_id",
            "subject",
            "subject reference",
            "respondent id",
            "perpetrator id",
            "subject nominal",
            required=True,
        ),
        _text("order_kind", "order type", "type of order", "kind of order", "kind", "SPO type"),
        _day("applied_on", "application date", "date of application", "date applied", "applied"),
        _text(
            "decision",
            "application outcome",
            "court decision",
            "order decision",
            "order status",
            required=True,
        ),
        _day(
            "decided_on",
            "decision date",
            "date of decision",
            "granted on",
            "date granted",
            "grant date",
            "decided",
            "date of grant",
            required=True,
        ),
        _day("expires_on", "expiry date", "expiry", "order expiry", "date of expiry", "end date"),
        _day("breached_on", "breach date", "date of breach", "first breach", "date breached"),
        FORCE,
        AREA,
        TEAM,
    ),
)

COURT_RESULTS = ExportFormat(
    name="court_results",
    title="Court results",
    row_table="prosecution_row",
    thing=("force_name", "case_reference", "defendant_id"),
    as_at=("charged_on", "finalised_on"),
    columns=(
        _text(
            "case_reference",
            "case number",
            "case ref",
            "case URN",
            "case no",
            "case id",
            required=True,
        ),
        _text("crime_reference", "crime number", "crime ref", "crime reference number", "crime no"),
        _person(
            "defendant_id",
            "defendant",
            "defendant reference",
            "defendant number",
            "accused id",
            required=True,
        ),
        _text(
            "offence_code",
            "offence",
            "HO offence code",
            "home office code",
            "offence class",
            "HO class",
        ),
        _day("charged_on", "charge date", "date charged", "date of charge", "charged"),
        _day(
            "finalised_on",
            "finalisation date",
            "date finalised",
            "finalised",
            "result date",
            "date of result",
            required=True,
        ),
        _text("court", "court name", "court house", "hearing court"),
        _text("plea", "defendant plea", "plea entered"),
        _text(
            "result",
            "case result",
            "court result",
            "verdict",
            "outcome",
            "case outcome",
            "finalisation",
            required=True,
        ),
        _text("sentence", "sentence type", "disposal"),
        _text(
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

CPS_OUTCOMES = ExportFormat(
    name="cps_outcomes",
    title="Crown Prosecution Service outcomes",
    row_table="cps_outcome_row",
    thing=("month", "force_name", "offence_group"),
    as_at=("month",),
    period_days="month",
    is_wide=True,
    columns=(
        _text("month", required=True),
        _text("area", "cps area", required=True),
        _text("offence_group", "offence category", "principal offence category", required=True),
        _text("convicted", "convictions", required=True),
        _text("unsuccessful", "unsuccessful outcomes", required=True),
        _text("percent_convicted", "percentage convictions"),
    ),
)

TARGETS = ExportFormat(
    name="target_register",
    title="Targets",
    row_table="target_row",
    thing=("metric", "applies_from", "offences", "area"),
    as_at=("applies_from",),
    is_register=True,
    columns=(
        _text("metric", "measure", "metric id", required=True),
        _text("target", "target value", required=True),
        _day("applies_from", "from", "target from", required=True),
        _text("set_by", "agreed by", "owner", required=True),
        _text("counter_metric", "counter measure", "watched beside it"),
        OFFENCES,
        FORCE,
        AREA,
    ),
)

ANNOTATIONS = ExportFormat(
    name="annotation_register",
    title="Annotations",
    row_table="annotation_row",
    thing=("happened_on", "what_happened", "offences", "area"),
    as_at=("happened_on",),
    is_register=True,
    columns=(
        _day("happened_on", "event day", "happened", required=True),
        _text("what_happened", "annotation", "event", required=True),
        _text("noted_by", "written by", required=True),
        OFFENCES,
        FORCE,
        AREA,
    ),
)

REBASES = ExportFormat(
    name="rebase_register",
    title="Re-bases",
    row_table="rebase_row",
    thing=("metric", "rebased_from"),
    as_at=("rebased_from",),
    is_register=True,
    columns=(
        _text("metric", "measure", "metric id", required=True),
        _day("rebased_from", "re-based from", "new baseline from", required=True),
        _text("reason", "why", required=True),
        _text("approved_by", "approved", required=True),
        FORCE,
    ),
)

PROGRAMMES = ExportFormat(
    name="programme_register",
    title="Programmes",
    row_table="programme_row",
    thing=("programme", "starts_on", "area", "team"),
    as_at=("starts_on",),
    is_register=True,
    columns=(
        _text("programme", "programme name", "initiative", required=True),
        _day("starts_on", "programme start", "starts", required=True),
        _text("phase", "programme phase"),
        _text("noted_by", "written by", "entered by", required=True),
        FORCE,
        AREA,
        TEAM,
    ),
)

FORMATS = (
    CRIME_OUTCOMES,
    HOME_OFFICE_OUTCOMES,
    ORDER_REGISTER,
    COURT_RESULTS,
    CPS_OUTCOMES,
    TARGETS,
    ANNOTATIONS,
    REBASES,
    PROGRAMMES,
)
BY_NAME = {entry.name: entry for entry in FORMATS}
