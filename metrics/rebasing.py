"""Re-bases: from which day a measure has limits of its own anew, and when one is proposed.

Nothing re-bases by itself. A re-base is an entry of the register with a reason and a name, for the
offences and the area it names; the phase before it stays on the chart with its own limits. One is
proposed where a shift has held and something that may explain it is written down near its start,
and where the limits of a measure rest on both sides of a recording break.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from metrics.contracts import Metric
from metrics.events import Event, annotations, breaks, programmes
from metrics.freshness import as_at
from metrics.periods import end_of, start_of
from metrics.scope import DEFAULT, Chosen
from metrics.statistics.signals import Judged
from metrics.wording import day_words
from store.snapshot import Snapshot

HELD = 8  # points on one side of the mean that make a shift one that has held
NEAR = timedelta(days=92)  # between the start of a shift and what may explain it
LONGEST = 120  # characters of a reason, as the register takes it


@dataclass(frozen=True)
class Proposal:
    """A re-base that the figures propose and that somebody has to decide."""

    kind: Literal["shift", "break"]
    day: date  # from which the new limits would rest
    event: Event  # what may explain it
    why: str  # a sentence for the reader
    reason: str  # what the register would say


def rebased(snapshot: Snapshot, metric: Metric, chosen: Chosen = DEFAULT) -> list[date]:
    """The days from which the limits of a metric are worked out anew, as approved for just these
    offences and this area; none that the data have not reached.
    """
    day = as_at(snapshot, metric.relation, "force")
    return sorted(
        {
            row["rebased_from"]
            for row in _entries(snapshot, metric, chosen)
            if day and row["rebased_from"] <= day
        }
    )


def rebases(snapshot: Snapshot, metric: Metric, chosen: Chosen = DEFAULT) -> list[Event]:
    """The re-bases of a metric as lines on its chart, each with its reason and who approved it."""
    return [
        Event(row["rebased_from"], f"re-based: {row['reason']} ({row['approved_by']})")
        for row in _entries(snapshot, metric, chosen)
    ]


def proposal(snapshot: Snapshot, judged: Judged | None, chosen: Chosen) -> Proposal | None:
    """The re-base that a series asks for, None where it asks for none: a shift that has held comes
    before a recording break.
    """
    if judged is None or judged.is_trial:
        return None
    recorded = breaks(snapshot, judged.metric, chosen)
    noted = [*recorded, *annotations(snapshot, chosen), *programmes(snapshot, chosen)]
    return _of_shift(judged, noted) or _of_break(judged, recorded)


def _of_shift(judged: Judged, noted: list[Event]) -> Proposal | None:
    last = len(judged.values) - 1
    held = next(
        (
            one
            for one in judged.chart.signals
            if one.rule == "shift" and one.end == last and one.end - one.start + 1 >= HELD
        ),
        None,
    )
    began = judged.values[held.start].period if held else None
    if held is None or began is None:
        return None
    near = [event for event in noted if abs(event.day - began) <= NEAR]
    if not near:
        return None
    event = min(near, key=lambda one: (abs(one.day - began), one.words))
    day = max(began, _first_period(judged.grain, event.day))
    count = held.end - held.start + 1
    side = "above" if held.is_high else "below"
    why = (
        f"{judged.metric.title} has been {side} its mean for {count} {judged.grain}s, and near "
        f"the start of that stands: {event.words} ({day_words(event.day)})."
    )
    return Proposal("shift", day, event, why, _reason(event))


def _of_break(judged: Judged, recorded: list[Event]) -> Proposal | None:
    """The newest recording break that the limits are drawn across."""
    first, last = judged.values[0].period, judged.values[-1].period
    if first is None or last is None:
        return None
    across = [event for event in recorded if first < event.day <= last]
    if not across:
        return None
    event = max(across, key=lambda one: one.day)
    why = (
        f"{judged.metric.title}: its limits rest on {judged.grain}s from before and after a "
        f"change in recording: {event.words} ({day_words(event.day)})."
    )
    day = _first_period(judged.grain, event.day)
    return Proposal("break", day, event, why, _reason(event))


def _first_period(grain: str, day: date) -> date:
    """The first period that begins on a day or after it."""
    start = start_of(grain, day)
    return start if start == day else end_of(grain, start)


def _reason(event: Event) -> str:
    return event.words if len(event.words) <= LONGEST else f"{event.words[: LONGEST - 1]}…"


def _entries(snapshot: Snapshot, metric: Metric, chosen: Chosen) -> list[dict[str, Any]]:
    return [
        row
        for row in snapshot.rows("rebase")
        if row["metric"] == metric.id and chosen.is_of(metric, row["offences"], row["area"])
    ]
