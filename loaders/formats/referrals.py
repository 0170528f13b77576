"""Referrals: a row for each referral of one person to a partner, a scheme or a conference."""

from loaders.contracts import ExportFormat
from loaders.formats.columns import AREA, CRIME, FORCE, TEAM, count, day, name, person, text

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
            "case id",
            "referral ref",
            "referral id",
            "MARAC reference",
            "case number",
            required=True,
        ),
        day(
            "referred_on",
            "referral date",
            "MARAC date",
            "date of meeting",
            "referral made",
            "date of referral",
            "date referred",
            "meeting date",
            required=True,
        ),
        name(
            "from_agency",
            "from",
            "referrer",
            "source",
            "referring agency",
            "referred by",
            "source agency",
            required=True,
        ),
        name(
            "to_agency",
            "to",
            "provider",
            "receiving agency",
            "referred to",
            "service",
            required=True,
        ),
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
        count("children", "number of children", "no of children", "children in the household"),
        text(
            "risk", "risk level", "DASH risk level", "risk assessment", "DASH risk", values="risk"
        ),
        text(
            "accepted", "referral accepted", "acceptance", "referral outcome", values="acceptance"
        ),
        day(
            "first_contact_on",
            "first contact",
            "first contact date",
            "contact date",
            "date of first contact",
            "contacted on",
            not_before="referred_on",
        ),
        text("decision", "support", "support given", "kind of support", values="support_kind"),
        day("closed_on", "closure date", "closed date", "date closed", not_before="referred_on"),
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
