"""Referrals: a row for each referral of one person to a partner, a scheme or a conference."""

from loaders.contracts import ExportFormat
from loaders.formats.columns import AREA, CRIME, FORCE, TEAM, day, name, number, person, text

FORMAT = ExportFormat(
    name="referrals",
    title="Referrals and MARAC",
    order=9,
    row_table="referral_row",
    thing=("force_name", "referral_reference"),
    hashed_as={"referral_reference": "reference_key"},
    as_at=("referred_on", "first_contact_on", "closed_on"),
    columns=(
        text(
            "referral_reference",
            "referral number",
            "referral ref",
            "referral id",
            "MARAC reference",
            "case number",
            required=True,
        ),
        day(
            "referred_on",
            "referral date",
            "date of referral",
            "date referred",
            "meeting date",
            required=True,
        ),
        name(
            "from_agency", "from", "referring agency", "referred by", "source agency", required=True
        ),
        name("to_agency", "to", "receiving agency", "referred to", "service", required=True),
        text(
            "scheme",
            "referral scheme",
            "referral type",
            "type of referral",
            "programme",
            "pathway",
            required=True,
            values="referral_scheme",
        ),
        text(
            "person_role",
            "role",
            "person type",
            "referral for",
            required=True,
            values="person_role",
        ),
        person(
            "person_id",
            "person",
            "person reference",
            "client id",
            "victim id",
            "nominal",
            required=True,
        ),
        CRIME,
        person("perpetrator_id", "perpetrator", "suspect id", "perpetrator reference"),
        number("children", "number of children", "children in the household"),
        text("risk", "risk level", "risk assessment", "DASH risk", values="risk"),
        text(
            "accepted", "referral accepted", "acceptance", "referral outcome", values="acceptance"
        ),
        day(
            "first_contact_on",
            "first contact",
            "date of first contact",
            "contacted on",
            not_before="referred_on",
        ),
        text("decision", "support", "support given", "kind of support", values="support_kind"),
        day("closed_on", "closure date", "date closed", not_before="referred_on"),
        text("closed_because", "reason closed", "closure reason"),
        text(
            "sharing_agreement", "agreement", "agreement id", "information sharing agreement", "ISA"
        ),
        text("lawful_basis", "legal basis", "basis for sharing"),
        day(
            "expires_on",
            "agreement end date",
            "agreement expires",
            "agreement expiry",
            is_ahead=True,
        ),
        FORCE,
        AREA,
        TEAM,
    ),
)
