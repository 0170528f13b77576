"""Arrest, bail and the charging decision: which powers are used, and what waits."""

from datetime import date

from metrics.scope import areas_of
from metrics.wording import day_words, share
from store.snapshot import Snapshot
from views.parts import measure_topics
from views.parts.measure_topics import Heading, Topic, headed_table
from views.parts.page import Page

PAGE = Page("Arrest, bail, charging", address="powers", order=5)

GROUPS = {"By area": "area", "By team": "team", "By offence": "vawg_group"}


def draw() -> None:
    """Draw the page."""
    measure_topics.draw(
        "Arrest, bail, charging",
        "powers by the day they were used; decisions of the prosecutors by their own day",
        (
            Topic(
                "Arrest",
                "Arrest, bail and other powers",
                ("arrests_per_100_da", "va_share", "crimes_with_arrest", "arrests"),
                GROUPS,
                _linked,
                "Those who attend voluntarily cannot be bailed with conditions: read the share of "
                "voluntary attendance beside bail.",
            ),
            Topic(
                "Bail and release",
                "Arrest, bail and other powers",
                ("bail_share", "bail_with_conditions", "bail_lapsed", "days_rui"),
                GROUPS,
                _waiting,
                "The law on bail changed in April 2017 and on 28 October 2022: both are breaks.",
            ),
            Topic(
                "Charging decision",
                "Charging decisions of the CPS",
                (
                    "cps_decided_within_28",
                    "charged_of_cps_decisions",
                    "cps_rejected_at_triage",
                    "submissions_per_100_suspects",
                    "days_submission_to_charge",
                ),
                GROUPS | {"By kind of submission": "kind"},
                _pending,
                "Charged, of CPS decisions, knows only what was sent to the prosecutors: it is "
                "never our charge rate.",
            ),
        ),
    )


def _linked(snapshot: Snapshot, area: str, _: date) -> None:
    """Of how many events the crime is known, and how the two rows of powers read together."""
    (row,) = snapshot.rows("reports/powers_linked", area=areas_of(area))
    linked = row["linked"] / row["events"] if row["events"] else 0
    headed_table(
        Heading(
            f"{share(linked, 0)} of arrests and attendances match a crime in the crime export.",
            "Custody and crime systems hold different ids: what names no crime has the scope of "
            "its own offence here, and no crime with an arrest.",
            (),
        ),
        [],
        "Linked",
    )


def _waiting(snapshot: Snapshot, area: str, day: date) -> None:
    """Who is on bail or under investigation now, by age."""
    rows = snapshot.rows("reports/releases_open", as_at=day, area=areas_of(area))
    keys = ("open_now", "over_28", "over_90", "over_180", "past_expiry", "oldest")
    total, past = (sum(row[key] for row in rows) for key in ("open_now", "past_expiry"))
    headed_table(
        Heading(
            f"{total:,} suspects are on release and await a decision; for {past:,} of them bail "
            "has expired.",
            f"all offences · {area} · days since the release, at {day_words(day)}",
            (
                "Released",
                "Open",
                "Over 28 days",
                "Over 90 days",
                "Over 180 days",
                "Bail expired",
                "Oldest, days",
            ),
        ),
        [[row["release"], *(f"{row[key]:,}" for key in keys)] for row in rows],
        "Open releases by age",
    )


def _pending(snapshot: Snapshot, area: str, day: date) -> None:
    """What waits for the prosecutors."""
    (row,) = snapshot.rows("reports/submissions_open", as_at=day, area=areas_of(area))
    is_all = row["open_now"] and row["over_28"] == row["open_now"]
    over = "all of them" if is_all else f"{row['over_28']:,} of them"
    headed_table(
        Heading(
            f"{row['open_now']:,} submissions await a decision, {over} for more than 28 days.",
            f"all offences · {area} · days since the submission, at {day_words(day)} · sent back "
            "at triage and not submitted again are among them",
            ("Open", "Over 28 days", "Over 90 days", "Sent back at triage", "Oldest, days"),
        ),
        [[f"{row[key]:,}" for key in ("open_now", "over_28", "over_90", "sent_back", "oldest")]]
        if row["open_now"]
        else [],
        "Open submissions",
    )
