"""What speaks for rolling a programme out, what against, and what is open: rules over what was
found, no judgement of its own. Whether to go on is decided by people, with reasons that no figure
holds.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from metrics.contracts import Metric
from metrics.funding import Award
from metrics.statistics.programme_effect import Evaluation

FOR, AGAINST, OPEN = "speaks for it", "speaks against it", "open"


@dataclass(frozen=True)
class Point:
    """One thing to weigh."""

    question: str
    answer: str
    side: str


def points(
    found: Evaluation, metric: Metric, others: Sequence[str], awards: Sequence[Award], day: date
) -> list[Point]:
    """What there is to weigh, in the order in which it matters; `awards`: the programme's own."""
    weighed = [_effect(found, metric), _alike(found), _elsewhere(found)]
    if others:
        weighed.append(Point("Anything else at the time?", f"{'; '.join(others)}.", AGAINST))
    ending = [one for one in awards if one.ends_soon(day)]
    weighed += [
        Point("Is the money there?", f"{one.fund} ends on {one.end_words(day)}.", AGAINST)
        for one in ending
    ]
    if not ending:
        words = "No award of it ends within three months." if awards else "No award names it."
        weighed.append(Point("Is the money there?", words, FOR if awards else OPEN))
    return weighed


def summary(weighed: Sequence[Point]) -> str:
    """For a roll-out: 2 points speak for it, 1 against, 1 is open."""
    sides = [one.side for one in weighed]
    spoken, against, left = (sides.count(side) for side in (FOR, AGAINST, OPEN))
    speak = "point speaks" if spoken == 1 else "points speak"
    return (
        f"For a roll-out: {spoken} {speak} for it, {against} against, {left} "
        f"{'is' if left == 1 else 'are'} open."
    )


def _effect(found: Evaluation, metric: Metric) -> Point:
    question = "Did more change where it began?"
    if found.effect is None:
        return Point(question, "No area was without it, so nothing can be said.", OPEN)
    if found.effect.is_none:
        return Point(question, "The difference could be chance.", OPEN)
    is_wanted = (found.effect.value > 0) == (metric.better == "up")
    words = "for the better" if is_wanted else "for the worse"
    return Point(
        question, f"Yes, {words}, and unlikely to be chance.", FOR if is_wanted else AGAINST
    )


def _alike(found: Evaluation) -> Point:
    question = "Did both move alike before?"
    if found.pre_trend is None:
        return Point(question, "It cannot be told.", OPEN)
    if found.pre_trend.is_none:
        return Point(question, "They did not clearly move apart.", FOR)
    return Point(question, "No: they were already moving apart.", AGAINST)


def _elsewhere(found: Evaluation) -> Point:
    question = "Does the same test find something where nothing began?"
    if not found.placebos:
        return Point(question, "There was no place or time to try it.", OPEN)
    hits = [label for label, one in found.placebos if not one.is_none]
    if hits:
        return Point(question, f"Yes: {'; '.join(hits)}.", AGAINST)
    return Point(question, f"No, in none of {len(found.placebos)} tries.", FOR)
