"""Recommendations of inspectors and super-complaints with the evidence of today: which measures
would show each, how they stand, and whether one that is marked complete has got worse since.

A few public ones come with the program, in short and in words of ours (`data/reference/
recommendation.csv`); their published wording stands in the reports. The register adds to them, and
an entry with the source and number of one stands in its place.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from metrics.catalogue import metric_named, metrics
from metrics.contracts import Cut, Metric
from metrics.figures import Figures
from metrics.periods import months_after, start_of
from metrics.reference import reference
from metrics.scope import DEFAULT, Chosen
from metrics.scorecard import Window, control_of, in_window, judged_now, link_of, sign_of
from metrics.statistics.change import Change, change
from metrics.wording import bounds_words, day_words, figure_words, step_words
from store.snapshot import Snapshot

COMPLETE, UNKNOWN = "complete", "not recorded here"
CLOSED = (COMPLETE, "superseded")


@dataclass(frozen=True)
class Recommendation:
    """What was asked for, by whom, who owns it, and how far it is."""

    number: str
    source: str
    words: str
    sub_number: str
    published_on: date | None
    owner: str
    status: str
    status_on: date | None
    due_on: date | None
    strand: str
    response: str
    update: str
    evidence: tuple[str, ...]
    offences: str

    @property
    def name(self) -> str:
        """7, or 7.1."""
        return self.sub_number or self.number

    def state_words(self, today: date) -> str:
        """being progressed since 1 May 2026, overdue; complete since 3 June 2026."""
        words = self.status.replace("_", " ")
        since = f"{words} since {day_words(self.status_on)}" if self.status_on else words
        is_late = self.due_on is not None and self.due_on < today and self.status not in CLOSED
        return f"{since}, overdue" if is_late else since


@dataclass(frozen=True)
class Evidence:
    """One measure of a recommendation: its figure and its signal now, and a sentence where it has
    got worse since the recommendation was marked complete.
    """

    title: str
    figure: str
    signal: str
    tone: str
    link: str
    warning: str = ""


def recommendations(snapshot: Snapshot) -> list[Recommendation]:
    """Those of the register and the public ones, by source and number."""
    known = {(one.source, one.number, one.sub_number): one for one in _public()}
    for row in snapshot.rows("recommendation"):
        one = Recommendation(
            number=row["rec_no"],
            source=row["recommended_by"],
            words=row["recommendation"],
            sub_number=row["sub_no"] or "",
            published_on=row["published_on"],
            owner=row["owner_role"],
            status=row["status"],
            status_on=row["status_on"],
            due_on=row["due_on"],
            strand=row["strand"] or "",
            response=row["response"] or "",
            update=row["latest_update"] or "",
            evidence=_ids(row["evidence_metrics"] or ""),
            offences=row["offences"] or Chosen.offence,
        )
        known[one.source, one.number, one.sub_number] = one
    return sorted(known.values(), key=lambda one: (one.source, _place(one.name)))


def _place(name: str) -> tuple[tuple[int, str], ...]:
    """7.2 before 7.10."""
    return tuple((int(part) if part.isdecimal() else 0, part) for part in name.split("."))


@cache
def _public() -> tuple[Recommendation, ...]:
    return tuple(
        Recommendation(
            number=row["rec_no"],
            source=row["recommended_by"],
            words=row["recommendation"],
            sub_number="",
            published_on=date.fromisoformat(row["published_on"]),
            owner="",
            status=UNKNOWN,
            status_on=None,
            due_on=None,
            strand=row["strand"],
            response="",
            update="",
            evidence=_ids(row["evidence_metrics"]),
            offences=row["offences"],
        )
        for row in reference("recommendation")
    )


def _ids(text: str) -> tuple[str, ...]:
    known = {metric.id for metric in metrics()}
    return tuple(name for name in text.split(";") if name in known)


def evidence_of(figures: Figures, one: Recommendation) -> list[Evidence]:
    """How each measure of a recommendation stands; none of those without data."""
    found = (_evidence(figures, one, metric_named(name)) for name in one.evidence)
    return [evidence for evidence in found if evidence is not None]


def _evidence(figures: Figures, one: Recommendation, metric: Metric) -> Evidence | None:
    chosen = Chosen(one.offences)
    now = judged_now(figures, metric, chosen)
    if now is None:
        return None
    control = control_of(figures, metric, chosen) if metric.shape != "window" else None
    tone = control.tone(control.chart.latest) if control else "none"
    of_some = chosen.offence != DEFAULT.offence and bool(chosen.where(metric))
    return Evidence(
        f"{metric.title}, {chosen.offence_words.lower()}" if of_some else metric.title,
        f"{figure_words(metric, now[0])}, {now[1].words}",
        sign_of(control),
        tone,
        link_of(metric, chosen),
        _warning(figures, one, metric) if one.status == COMPLETE else "",
    )


def _warning(figures: Figures, one: Recommendation, metric: Metric) -> str:
    """Marked complete, but its measure has got worse: the span that ended when it was marked beside
    the latest, where the 95 % interval of the difference leaves out none.
    """
    now = judged_now(figures, metric, Chosen(one.offences))
    if one.status_on is None or now is None:
        return ""
    stop = start_of("month", one.status_on)
    before = Window(months_after(stop, -metric.base.months_judged), stop)
    cut = Cut(where=Chosen(one.offences).where(metric))
    then = in_window(figures, metric, cut, before)
    if then is None or now[1].stop <= stop:
        return ""
    moved = change(metric, now[0], then)
    if moved is None or moved.lower is None or not moved.is_settled or not _is_worse(metric, moved):
        return ""
    step = f"{step_words(metric, moved)} {bounds_words(metric, moved)}".strip()
    return (
        f"Marked complete, but its measure has got worse: {metric.title}, "
        f"{figure_words(metric, then)} in {before.words}, {figure_words(metric, now[0])} in "
        f"{now[1].words}, {step}."
    )


def _is_worse(metric: Metric, moved: Change) -> bool:
    return metric.better != "neither" and (moved.step > 0) != (metric.better == "up")


def head_words(found: Sequence[Recommendation], worse: int, today: date) -> str:
    """12 recommendations: 3 complete, 1 overdue; 1 marked complete whose measure has got worse."""
    complete = sum(one.status == COMPLETE for one in found)
    late = sum(one.state_words(today).endswith("overdue") for one in found)
    without = sum(one.status == COMPLETE and not one.evidence for one in found)
    parts = [f"{complete} complete"]
    if late:
        parts.append(f"{late} overdue")
    if without:
        parts.append(f"{without} complete without a measure that shows it")
    words = f"{len(found)} recommendations: {', '.join(parts)}"
    return (
        f"{words}; {worse} marked complete, but with a measure that got worse."
        if worse
        else (f"{words}.")
    )
