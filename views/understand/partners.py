"""Disclosure and partners: Clare's Law, referrals, the conference on high-risk cases."""

from datetime import date, timedelta

from metrics.freshness import last_complete_month
from metrics.periods import months_after
from metrics.scope import areas_of
from metrics.wording import day_words
from store.snapshot import Snapshot
from views.parts import measure_topics
from views.parts.measure_topics import Heading, Topic, headed_table
from views.parts.page import Page

PAGE = Page("Disclosure and partners", address="partners", order=7)

SCHEMES = {
    "marac": "MARAC",
    "idva": "IDVA",
    "isva": "ISVA",
    "iasu_hru": "Stalking unit (IASU, HRU)",
    "matac": "MATAC",
    "raneem_999": "Control room (Raneem’s Law)",
}


def draw() -> None:
    """Draw the page."""
    measure_topics.draw(
        "Disclosure and partners",
        "applications by the day they were made; referrals by theirs; MARAC by the meeting",
        (
            Topic(
                "Disclosure scheme",
                "Domestic Violence Disclosure Scheme",
                (
                    "disclosed_within_28",
                    "disclosed_within_35",
                    "disclosure_rate",
                    "days_to_disclosure",
                    "dvds_applications",
                ),
                {"By route": "kind", "By area": "area"},
                _open_applications,
                "Where there is nothing to disclose there is no disclosure: a low share is not "
                "poor. The right to know is begun by the police, so its number is a choice.",
            ),
            Topic(
                "Referrals",
                "Referrals and MARAC",
                ("referral_reached", "referrals_made"),
                {"By scheme": "kind", "By area": "area"},
                _schemes,
                "Partners count in their own ways. A feed past the end of its sharing agreement "
                "is refused.",
            ),
            Topic(
                "MARAC",
                "Referrals and MARAC",
                ("marac_cases", "marac_repeats", "marac_partner_share"),
                {"By area": "area"},
                None,
                "A case is not a person, and the areas of a conference differ from those of the "
                "police.",
            ),
        ),
    )


def _open_applications(snapshot: Snapshot, area: str, day: date) -> None:
    """Which applications are open, by route."""
    rows = snapshot.rows("reports/disclosures_open", as_at=day, area=areas_of(area))
    total, late = (sum(row[key] for row in rows) for key in ("open_now", "over_28"))
    longest = max((row["oldest"] for row in rows), default=0)
    words = (
        f"{total:,} applications are open, {late:,} of them for more than 28 days; the longest "
        f"for {longest:,}."
    )
    headed_table(
        Heading(
            words if rows else "No application is open.",
            f"{area} · days since the application, at {day_words(day)}",
            ("Route", "Open", "Over 28 days", "Over 35 days", "Longest, days"),
        ),
        [
            [
                str(row["kind"]).capitalize(),
                *(f"{row[key]:,}" for key in ("open_now", "over_28", "over_35", "oldest")),
            ]
            for row in rows
        ],
        "Open applications",
    )


def _schemes(snapshot: Snapshot, area: str, day: date) -> None:
    """Each scheme of the last twelve months: made, accepted, reached, and what help was given."""
    stop = months_after(last_complete_month(day), 1)
    rows = snapshot.rows(
        "reports/referrals_by_scheme",
        from_day=months_after(stop, -12),
        to_day=stop,
        area=areas_of(area),
    )
    made, accepted = (sum(row[key] for row in rows) for key in ("made", "accepted"))
    keys = ("made", "accepted", "reached", "psychological", "social", "legal", "several")
    headed_table(
        Heading(
            f"{made:,} referrals in 12 months, {accepted:,} of them accepted.",
            f"{area} · to {day_words(stop - timedelta(days=1))} · reached: first contact within "
            "five working days · the four columns after it: what help was given, where the "
            "export says",
            (
                "Scheme",
                "Referrals",
                "Accepted",
                "Reached",
                "Psychological",
                "Social",
                "Legal",
                "Several",
            ),
        ),
        [[_scheme(str(row["scheme"])), *(f"{row[key]:,}" for key in keys)] for row in rows],
        "Referrals by scheme",
    )


def _scheme(name: str) -> str:
    return SCHEMES.get(name, name.replace("_", " ").capitalize())
