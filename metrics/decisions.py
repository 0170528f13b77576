"""Decisions of the meetings: open ones first, what is overdue, and at the due day the figure then
and now. It is said how the figure has moved, never that a decision worked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from metrics.catalogue import metric_named, metrics
from metrics.contracts import Metric, Value
from metrics.events import Event
from metrics.figures import Figures
from metrics.scope import EVERYWHERE, Chosen
from metrics.scorecard import Window, judged_now
from metrics.statistics.change import change
from metrics.wording import bounds_words, day_words, figure_words, resting_words, step_words
from store.snapshot import Snapshot

OPEN = "open"


@dataclass(frozen=True)
class Decision:
    """One decision, with the figure that was judged when it was made."""

    decision_id: str
    meeting: str
    held_on: date
    metric: str
    words: str
    owner: str
    due_on: date
    expected: str
    status: str
    came_of_it: str
    chosen: Chosen
    then: Value | None
    window: Window | None
    snapshot: int | None

    @property
    def is_open(self) -> bool:
        """Is it still to be done?"""
        return self.status == OPEN

    def is_overdue(self, today: date) -> bool:
        """Is it open though its day has passed?"""
        return self.is_open and self.due_on < today

    @property
    def title(self) -> str:
        """The measure that it is on."""
        return metric_named(self.metric).title

    @property
    def measured(self) -> str:
        """The measure that it is on, of which offences and where."""
        return f"{self.title} · {self.chosen.in_words}"

    def state_words(self, today: date) -> str:
        """overdue by 12 days; open, due 31 December 2026; done."""
        if self.is_overdue(today):
            late = (today - self.due_on).days
            return f"overdue by {late} {'day' if late == 1 else 'days'}"
        return f"open, due {day_words(self.due_on)}" if self.is_open else self.status


def decisions(snapshot: Snapshot) -> list[Decision]:
    """Every decision: open ones first, the longest due before the others."""
    known = {metric.id for metric in metrics()}
    found = [_decision(row) for row in snapshot.rows("decision") if row["metric"] in known]
    return sorted(found, key=lambda one: (not one.is_open, one.due_on, one.decision_id))


def _decision(row: dict[str, object]) -> Decision:
    values = {name: row[name] for name in ("counted_then", "out_of_then", "value_then")}
    then = None
    if values["value_then"] is not None:
        then = Value.model_validate(
            {
                "period": None,
                "numerator": values["counted_then"],
                "denominator": values["out_of_then"],
                "value": values["value_then"],
                "lower": None,
                "upper": None,
                "status": "final",
            }
        )
    start, stop = row["judged_from"], row["judged_to"]
    return Decision(
        decision_id=str(row["decision_id"]),
        meeting=str(row["meeting"]),
        held_on=_day(row["held_on"]),
        metric=str(row["metric"]),
        words=str(row["what_was_decided"]),
        owner=str(row["owner_role"]),
        due_on=_day(row["due_on"]),
        expected=str(row["expected"] or ""),
        status=str(row["status"]),
        came_of_it=str(row["what_came_of_it"] or ""),
        chosen=Chosen(str(row["offences"] or Chosen.offence), str(row["area"] or EVERYWHERE)),
        then=then,
        window=Window(start, stop) if isinstance(start, date) and isinstance(stop, date) else None,
        snapshot=int(str(row["snapshot_then"])) if row["snapshot_then"] is not None else None,
    )


def _day(cell: object) -> date:
    assert isinstance(cell, date)
    return cell


def then_and_now(figures: Figures, decision: Decision, today: date) -> str:
    """The figure when it was decided and, from the due day on, what it is now and how sure the
    difference is.
    """
    metric = metric_named(decision.metric)
    if decision.then is None or decision.window is None:
        return "No figure was kept with it."
    then = (
        f"{figure_words(metric, decision.then)} ({resting_words(metric, decision.then)}, "
        f"{decision.window.words})"
    )
    if today < decision.due_on and decision.is_open:
        return f"Then {then}; set beside the figure of {day_words(decision.due_on)}."
    found = judged_now(figures, metric, decision.chosen)
    if found is None or found[0].value is None:
        return f"Then {then}; now not shown."
    value, window = found
    now = f"{figure_words(metric, value)} ({resting_words(metric, value)}, {window.words})"
    if window.stop <= decision.window.stop:
        return f"Then {then}; still open: no later month can be judged yet."
    moved = change(metric, value, decision.then)
    if moved is None:
        return f"Then {then}, now {now}; the difference is not tested."
    sure = (
        "the difference is not tested"
        if moved.lower is None
        else "unlikely to be chance"
        if moved.is_settled
        else "could be chance"
    )
    step = f"{step_words(metric, moved)} {bounds_words(metric, moved)}".strip()
    return f"Then {then}, now {now}: {step}, {sure}."


def head_words(found: Sequence[Decision], today: date) -> str:
    """3 decisions are open, 1 of them overdue."""
    waiting = [one for one in found if one.is_open]
    late = sum(one.is_overdue(today) for one in waiting)
    if not waiting:
        return "No decision is open."
    many = "1 decision is" if len(waiting) == 1 else f"{len(waiting)} decisions are"
    of_them = " and overdue" if len(waiting) == 1 else f", {late} of them overdue"
    return f"{many} open{of_them if late else ''}."


def decided(snapshot: Snapshot, metric: Metric, chosen: Chosen) -> list[Event]:
    """The decisions on a measure as marks on its chart."""
    return [
        Event(one.held_on, f"decided: {one.words}")
        for one in decisions(snapshot)
        if one.metric == metric.id and chosen.is_of(metric, one.chosen.offence, one.chosen.area)
    ]
