"""What happened on which day and may have moved the figures, as charts draw it and re-bases rest on
it: annotations, programmes, recording breaks.
"""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from metrics.contracts import Metric
from metrics.relations import OF_OUTCOMES, OF_SURVEYS
from metrics.scope import DEFAULT, EVERYWHERE, OFFENCES, Chosen
from store.snapshot import Snapshot

WIDE = ("All VAWG", "All crime")  # offences that hold the others
BREAK = "Recording rules changed: stalking, harassment"
# classes of the Home Office whose recording breaks touch what is counted, by offences shown
TOUCHED = {
    "All VAWG": {"8Q", "8L"},
    "All crime": {"8Q", "8L"},
    "Stalking": {"8Q"},
    "Harassment": {"8L"},
    "Stalking and harassment": {"8Q", "8L"},
    "Domestic abuse": {"8Q", "8L"},
}


@dataclass(frozen=True)
class Event:
    """Something that happened on a day and may have moved the figures."""

    day: date
    words: str


def annotations(snapshot: Snapshot, chosen: Chosen = DEFAULT) -> list[Event]:
    """What was written down as having happened to these offences in this area, or to wider ones."""
    offences = {None, *WIDE, chosen.offence} if chosen.offence not in WIDE else {None, *OFFENCES}
    return [
        Event(row["happened_on"], str(row["what_happened"]))
        for row in snapshot.rows("annotation")
        if row["offences"] in offences
        and (row["area"] is None or chosen.area in (EVERYWHERE, row["area"]))
    ]


def programmes(snapshot: Snapshot, chosen: Chosen = DEFAULT) -> list[Event]:
    """The days on which a programme began in this area, each day of a programme once."""
    began: dict[tuple[date, str], set[str]] = {}
    for row in snapshot.rows("programme"):
        if row["area"] is None or chosen.area in (EVERYWHERE, row["area"]):
            place = row["area"] or row["team"] or "whole force"
            began.setdefault((row["starts_on"], row["programme"]), set()).add(place)
    return [
        Event(day, f"{name} ({', '.join(sorted(places))})")
        for (day, name), places in sorted(began.items())
    ]


def breaks(snapshot: Snapshot, metric: Metric, chosen: Chosen = DEFAULT) -> list[Event]:
    """Breaks in recording that touch a measure of these offences; of a survey, another way of
    asking.
    """
    if metric.relation in OF_SURVEYS:
        return _other_modes(snapshot)
    if metric.relation not in OF_OUTCOMES:
        return []
    touched = TOUCHED.get(chosen.offence, set())
    return [
        Event(date.fromisoformat(str(row["effective"])), BREAK)
        for row in snapshot.rows("recording_break")
        if set(str(row["scope"]).split()) & touched
    ]


def _other_modes(snapshot: Snapshot) -> list[Event]:
    """The waves from which most of a group were asked in another way than in the wave before."""
    rows = snapshot.rows("reports/survey_modes")
    changed: dict[tuple[date, str], None] = {}
    for before, row in pairwise(rows):
        if before["survey_group"] == row["survey_group"] and before["mode"] != row["mode"]:
            ways = [str(one["mode"]).replace("_", " ") for one in (row, before)]
            words = f"The way of asking changed: {ways[0]}, before {ways[1]}"
            changed[row["wave"], words] = None
    return [Event(day, words) for day, words in sorted(changed)]
