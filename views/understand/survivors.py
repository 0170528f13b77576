"""Survivors: what they answered, who was asked, what was changed after they spoke."""

from datetime import date

from metrics.catalogue import metrics
from metrics.scope import areas_of
from metrics.wording import day_words
from store.snapshot import Snapshot
from views.parts import measure_topics
from views.parts.measure_topics import Heading, Topic, headed_table
from views.parts.page import Page

PAGE = Page("Survivors", address="survivors", order=9)

GROUPS = {"da": "Domestic abuse", "rasso": "Rape and serious sexual offences"}


def draw() -> None:
    """Draw the page."""
    measure_topics.draw(
        "Survivors",
        "answers in totals, by the wave in which they were given",
        (
            Topic(
                "What survivors say",
                "Survivor feedback",
                ("survivors_satisfied", "survivors_believed", "survey_response_rate"),
                {"By group": "kind", "By area": "area"},
                _asked,
                "Only those are asked who can safely be, and those who answer differ from those "
                "who do not. A change of how people are asked is a break, not a result.",
            ),
        ),
    )


def _asked(snapshot: Snapshot, area: str, day: date) -> None:
    """Who was asked in the newest waves, and what was done about what they said."""
    rows = snapshot.rows("reports/survey_waves", area=areas_of(area))
    if rows:
        newest = rows[0]
        headed_table(
            Heading(
                f"{newest['answered']:,} of {newest['asked']:,} answered in the newest wave: "
                f"{_group(newest['survey_group']).lower()}.",
                f"{area} · the newest six waves · asked: sampled, less those not eligible and "
                "those whom it was unsafe to contact",
                ("Wave", "Group", "Asked", "Answered", "Share", "How", "By whom"),
            ),
            [_wave(row) for row in rows],
            "Waves",
        )
    themes = snapshot.rows("theme")
    waiting = sum(row["changed_on"] is None for row in themes)
    headed_table(
        Heading(
            f"You said, we did: {len(themes)} themes, {waiting} of them without a change yet."
            if themes
            else "You said, we did: no theme is written down yet.",
            "Themes are codes, never quotes. A change is set beside the measure it should move; "
            "that it moved does not show why.",
            ("You said", "Said on", "We did", "Done on", "Measure it should move", "What came"),
        ),
        [_theme(row) for row in sorted(themes, key=lambda row: row["said_on"], reverse=True)],
        "You said, we did",
    )


def _wave(row: dict[str, object]) -> list[object]:
    asked, answered = int(str(row["asked"] or 0)), int(str(row["answered"] or 0))
    wave = row["wave"]
    return [
        day_words(wave) if isinstance(wave, date) else "",
        _group(row["survey_group"]),
        f"{asked:,}" if asked else "not said",
        f"{answered:,}",
        f"{answered / asked:.0%}" if asked else "not known",
        str(row["mode"] or "not said").replace("_", " "),
        row["by_whom"] or "not said",
    ]


def _theme(row: dict[str, object]) -> list[object]:
    titles = {one.id: one.title for one in metrics()}
    said, changed = row["said_on"], row["changed_on"]
    metric = str(row["metric"] or "")
    return [
        str(row["theme"]),
        day_words(said) if isinstance(said, date) else "",
        str(row["what_changed"] or "nothing yet"),
        day_words(changed) if isinstance(changed, date) else "",
        titles.get(metric, metric or "none named"),
        str(row["what_came"] or ""),
    ]


def _group(name: object) -> str:
    return GROUPS.get(str(name), str(name).capitalize())
