"""Dip sample of outcomes 15 and 16: drawn by seed and strata, its checklist, and what the answers
say of all, weighted by stratum.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from random import Random

from metrics.periods import months_after
from metrics.reference import reference
from metrics.statistics.stratified import Estimate, Stratum, allocate, estimate
from metrics.wording import share
from store.snapshot import Snapshot

USUAL, AGAIN, AGREED = (
    50,
    12,
    0.8,
)  # crimes of a draw; months a crime is left alone; least agreement


@dataclass(frozen=True)
class Question:
    """A question of the checklist, and the outcomes that it is asked of."""

    question: str
    outcomes: tuple[str, ...]
    words: str


@dataclass(frozen=True)
class Drawn:
    """A crime that was drawn, and how many its stratum holds."""

    reference: str
    outcome: str
    stratum: str
    stratum_size: int


@dataclass(frozen=True)
class Result:
    """What the answers to one question say of all crimes of the month."""

    question: Question
    found: Estimate | None
    agreement: float | None  # of first and second reviews; None without a second

    @property
    def is_doubtful(self) -> bool:
        """Do two reviewers agree too seldom?"""
        return self.agreement is not None and self.agreement < AGREED


@cache
def questions() -> tuple[Question, ...]:
    """The checklist."""
    return tuple(
        Question(row["question"], tuple(row["outcomes"].split(";")), row["words"])
        for row in reference("dip_sample_question")
    )


def draw(snapshot: Snapshot, month: date, seed: str, wanted: int = USUAL) -> list[Drawn]:
    """Crimes of a month by strata of outcome, domestic abuse and area: the same for the same seed
    and data, and none that was drawn in the twelve months before.
    """
    rows = snapshot.rows("reports/dip_sample_frame", from_day=month, to_day=months_after(month, 1))
    since = months_after(month, -AGAIN)
    before = {
        row["crime_reference"]
        for row in snapshot.rows("dip_sample")
        if since <= row["sampled_month"]
    }
    strata: dict[str, list[tuple[str, str]]] = {}
    for row in rows:
        one = (row["crime_reference"], row["outcome_code"])
        strata.setdefault(row["stratum"], []).append(one)
    free = {
        name: [one for one in crimes if one[0] not in before] for name, crimes in strata.items()
    }
    many = allocate({name: len(crimes) for name, crimes in free.items()}, wanted)
    random = Random(seed)  # noqa: S311 - a draw that can be repeated, not a secret
    return [
        Drawn(reference, outcome, name, len(strata[name]))
        for name in sorted(free)
        for reference, outcome in sorted(random.sample(free[name], many[name]))
    ]


def results(snapshot: Snapshot, sample_id: str) -> list[Result]:
    """The answers of a sample, question by question; yes of yes and no, the rest left out."""
    drawn = {
        row["crime_reference"]: (row["stratum"], row["stratum_size"])
        for row in snapshot.rows("dip_sample")
        if row["sample_id"] == sample_id
    }
    answers = [
        row
        for row in snapshot.rows("dip_sample_answer")
        if row["sample_id"] == sample_id and row["crime_reference"] in drawn
    ]
    return [_result(one, drawn, answers) for one in questions()]


def _result(
    question: Question,
    drawn: dict[str, tuple[str, int]],
    answers: Sequence[dict[str, object]],
) -> Result:
    said = {
        (str(row["crime_reference"]), str(row["reviewer_kind"])): str(row["answer"])
        for row in answers
        if row["question"] == question.question
    }
    of_first = {crime: answer for (crime, kind), answer in said.items() if kind != "second"}
    asked = [stratum for stratum in set(drawn.values()) if _is_of(question, stratum[0])]
    yes: Counter[str] = Counter()
    answered: Counter[str] = Counter()
    for crime, answer in of_first.items():
        stratum = drawn[crime][0]
        answered[stratum] += answer in ("yes", "no")
        yes[stratum] += answer == "yes"
    strata = [Stratum(size, answered[name], yes[name]) for name, size in asked if answered[name]]
    pairs = [
        (of_first[crime], answer)
        for (crime, kind), answer in said.items()
        if kind == "second" and crime in of_first
    ]
    agreed = sum(one == other for one, other in pairs) / len(pairs) if pairs else None
    return Result(question, estimate(strata), agreed)


def _is_of(question: Question, stratum: str) -> bool:
    """Is a question asked of a stratum? Its name begins with its outcome."""
    return any(stratum.startswith(f"outcome {outcome},") for outcome in question.outcomes)


def samples(snapshot: Snapshot) -> list[tuple[str, date, date, str, int]]:
    """Every sample: its name, the month, the day of the draw, the seed, and how many crimes."""
    many: Counter[tuple[str, date, date, str]] = Counter(
        (row["sample_id"], row["sampled_month"], row["drawn_on"], row["seed"])
        for row in snapshot.rows("dip_sample")
    )
    return sorted(((*key, count) for key, count in many.items()), reverse=True)


def reopened_words(snapshot: Snapshot, sample_id: str) -> str:
    """How many crimes of a sample have another outcome since they were drawn, or are open again."""
    (row,) = snapshot.rows("reports/dip_sample_reopened", sample_id=sample_id)
    if not row["reopened"]:
        return "No crime of the sample has been reopened since."
    verb = "is" if row["reopened"] == 1 else "are"
    return (
        f"{row['reopened']:,} of its {row['drawn']:,} crimes {verb} open again or {verb} closed "
        "with another outcome since."
    )


def lowest_words(told: Sequence[Result]) -> str:
    """The question with the lowest share of yes; empty where none is answered."""
    answered = [(one, one.found) for one in told if one.found]
    if not answered:
        return ""
    low, found = min(answered, key=lambda pair: pair[1].share)
    return f"Lowest: {low.question.words} {yes_words(found)} yes."


def yes_words(found: Estimate) -> str:
    """62.0 % (48.2–74.1)."""
    return f"{share(found.share)} ({found.lower * 100:.1f}–{found.upper * 100:.1f})"
