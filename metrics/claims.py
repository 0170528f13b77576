"""Claims that were made in public, judged anew by the figures of each snapshot: does each hold, on
which basis, and if it cannot be tested, why.

The public ones come with the program (`data/reference/claim.csv`); the register of claims adds to
them, and an entry with the reference of a public one stands in its place.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal
from urllib.parse import urlencode

from metrics.catalogue import metric_named
from metrics.contracts import Cut, Metric, Value
from metrics.figures import Figures
from metrics.freshness import as_at
from metrics.periods import months_after, start_of
from metrics.reference import reference
from metrics.scope import EVERYWHERE, OFFENCES, Chosen
from metrics.scorecard import Window, in_window, window_of
from metrics.standing import highest_of, judged_of, standing_in
from metrics.wording import (
    amount,
    figure_words,
    interval_words,
    period_words,
    resting_words,
    share,
)
from store.snapshot import Snapshot

Status = Literal[
    "holds", "no longer holds", "holds only on another basis", "not settled", "cannot be tested"
]
UNTESTED: Status = "cannot be tested"
SURE = 0.95  # that a force is the first of all, from which on a superlative holds
YEAR = 12  # months of a claim that names none
# what else a claim of a measure could have meant
OTHER_BASES = {
    "charge_rate_closed": ("charge_rate_recorded", "charged_within_180"),
    "charge_rate_recorded": ("charge_rate_closed",),
    "conviction_rate_court": ("conviction_rate_completed",),
    "conviction_rate_completed": ("conviction_rate_court",),
}
WAY = {  # the denominator that a superlative of a measure speaks of first
    "charge_rate_closed": "Charge rate (outcomes given)",
    "charge_rate_recorded": "Charge rate (crimes recorded)",
}


@dataclass(frozen=True)
class Claim:
    """What was said, by whom, when and where, and how it can be tested."""

    claim_id: str
    words: str
    said_by: str
    said_on: date
    said_where: str
    metric: str
    comparator: str
    claimed: float | None
    months: int
    team: str
    offences: str
    area: str
    is_public: bool = False


@dataclass(frozen=True)
class Verdict:
    """A claim, how it stands, the sentence with the interval that says so, and where it is seen."""

    claim: Claim
    status: Status
    sentence: str
    link: str = ""


def claims(snapshot: Snapshot) -> list[Claim]:
    """The public claims and those of the register."""
    known = {one.claim_id: one for one in _public()}
    for row in snapshot.rows("claim"):
        known[row["claim_id"]] = Claim(
            claim_id=row["claim_id"],
            words=row["claim_words"],
            said_by=row["said_by"],
            said_on=row["said_on"],
            said_where=row["said_where"] or "",
            metric=row["metric"] or "",
            comparator=row["comparator"],
            claimed=row["claimed_figure"],
            months=row["window_months"] or YEAR,
            team=row["team"] or "",
            offences=row["offences"] or Chosen.offence,
            area=row["area"] or EVERYWHERE,
        )
    return list(known.values())


@cache
def _public() -> tuple[Claim, ...]:
    return tuple(
        Claim(
            claim_id=row["claim_id"],
            words=row["claim_words"],
            said_by=row["said_by"],
            said_on=date.fromisoformat(row["said_on"]),
            said_where=row["said_where"],
            metric=row["metric"],
            comparator=row["comparator"],
            claimed=float(row["claimed_figure"]) if row["claimed_figure"] else None,
            months=int(row["window_months"] or YEAR),
            team=row["team"],
            offences=row["offences"],
            area=row["area"] or EVERYWHERE,
            is_public=True,
        )
        for row in reference("claim")
    )


def verdict(figures: Figures, claim: Claim, force: str) -> Verdict:
    """How a claim stands by the figures of a snapshot."""
    if claim.comparator == "not_testable":
        return Verdict(claim, UNTESTED, "No export holds this, so it cannot be measured here.")
    metric = metric_named(claim.metric)
    if claim.comparator == "highest":
        return _highest(figures, claim, metric, force)
    day = as_at(figures.snapshot, metric.relation, "force")
    if day is None:
        return Verdict(claim, UNTESTED, f"Nothing is loaded that “{metric.title}” is made of.")
    if claim.comparator == "rose_by":
        return _rose(figures, claim, metric)
    return _against(figures, claim, metric, day)


def verdicts(figures: Figures, force: str) -> list[Verdict]:
    """Every claim, the public ones first."""
    return [verdict(figures, claim, force) for claim in claims(figures.snapshot)]


def head_words(found: Sequence[Verdict]) -> str:
    """2 of 7 claims hold; 3 cannot be tested."""
    holds = sum(one.status == "holds" for one in found)
    untested = sum(one.status == UNTESTED for one in found)
    rest = f"; {untested} cannot be tested" if untested else ""
    return f"{holds} of {len(found)} claims {'holds' if holds == 1 else 'hold'}{rest}."


def turned(now: Sequence[Verdict], then: Sequence[Verdict]) -> list[tuple[Verdict, Verdict]]:
    """The claims that stand otherwise than they did, each with how it stood; one that could not be
    tested for want of an export has not turned.
    """
    before = {one.claim.claim_id: one for one in then}
    pairs = [(one, before[one.claim.claim_id]) for one in now if one.claim.claim_id in before]
    return [
        (one, old)
        for one, old in pairs
        if one.status != old.status and UNTESTED not in (one.status, old.status)
    ]


def turned_words(now: Verdict, then: Verdict) -> str:
    """The claim "98 % of …" held and no longer holds: 91.3 % …"""
    return f"Claim “{now.claim.words}”: {then.status} before, {now.status} now. {now.sentence}"


def _cut(claim: Claim, metric: Metric) -> Cut:
    where = Chosen(claim.offences, claim.area).where(metric)
    if claim.team and "team" in metric.dimensions("force"):
        where["team"] = (claim.team,)
    return Cut(where=where)


def _link(claim: Claim) -> str:
    where = {"area": claim.area} if claim.area != EVERYWHERE else {}
    view = {"view": "By team"} if claim.team else {}
    return "measure?" + urlencode({"id": claim.metric, "offences": claim.offences} | where | view)


def _figure(
    figures: Figures, claim: Claim, metric: Metric, day: date
) -> tuple[Value, Window] | None:
    """The latest span of as many months as the claim names that can be judged."""
    stop = window_of(metric, day, figures.provisional_days).stop
    window = Window(months_after(stop, -claim.months), stop)
    found = in_window(figures, metric, _cut(claim, metric), window)
    return (found, window) if found is not None else None


def _said(metric: Metric, claim: Claim, value: Value, window: Window) -> str:
    """91.3 % (89.1–93.1), 683 of 748 with a verdict or plea, 12 months to August 2026, stalking."""
    between = f" ({interval_words(metric, value)})" if interval_words(metric, value) else ""
    last = period_words("month", months_after(window.stop, -1))
    span = f"{claim.months} months to {last}" if claim.months > 1 else last
    where = ", ".join(
        part for part in (claim.team, claim.area if claim.area != EVERYWHERE else "") if part
    )
    return (
        f"{metric.title}: {figure_words(metric, value)}{between}, "
        f"{resting_words(metric, value)}, {span}, {claim.offences.lower()}"
        f"{f', {where}' if where else ''}"
    )


def _meets(claim: Claim, value: float | None) -> bool:
    """Is a figure as good as the one claimed, when it is rounded as that is?"""
    if value is None or claim.claimed is None:
        return False
    places = next((at for at in range(5) if round(claim.claimed, at) == claim.claimed), 4)
    rounded = round(value, places)
    return rounded >= claim.claimed if claim.comparator == "at_least" else rounded <= claim.claimed


def _against(figures: Figures, claim: Claim, metric: Metric, day: date) -> Verdict:
    """A figure that was claimed beside the one there is."""
    found = _figure(figures, claim, metric, day)
    if found is None or found[0].value is None:
        words = _said(metric, claim, *found) if found else f"{metric.title}: no such cases"
        return Verdict(claim, UNTESTED, f"{words}: too few for a figure.", _link(claim))
    value, window = found
    words = _said(metric, claim, value, window)
    asked = f"claimed {amount(metric.unit, claim.claimed)}"
    if _meets(claim, value.value):
        return Verdict(claim, "holds", f"{words}; {asked}.", _link(claim))
    bound = value.upper if claim.comparator == "at_least" else value.lower
    if _meets(claim, bound):
        why = "the difference could be chance"
        return Verdict(claim, "not settled", f"{words}; {asked}: {why}.", _link(claim))
    for other in map(metric_named, OTHER_BASES.get(metric.id, ())):
        there = _figure(figures, claim, other, day)
        if there and _meets(claim, there[0].value):
            holds = f"{words}; {asked}. It holds as {_said(other, claim, *there)}."
            return Verdict(claim, "holds only on another basis", holds, _link(claim))
    return Verdict(claim, "no longer holds", f"{words}; {asked}.", _link(claim))


def _rose(figures: Figures, claim: Claim, metric: Metric) -> Verdict:
    """A rise that was claimed of a year, by the twelve months that end where it was said."""
    stop = months_after(start_of("month", claim.said_on), 1)
    span = Window(months_after(stop, -YEAR), stop)
    first, second = (
        in_window(figures, metric, _cut(claim, metric), window)
        for window in (span.year_before(), span)
    )
    if not first or not second or not first.value or second.value is None:
        return Verdict(
            claim,
            UNTESTED,
            "It needs the force's own crimes from "
            f"{period_words('month', span.year_before().start)} on, which are not loaded.",
            _link(claim),
        )
    rise = second.value / first.value - 1
    words = (
        f"{metric.title}: {figure_words(metric, second)} in {span.words}, "
        f"{figure_words(metric, first)} in the 12 before, a change of {share(rise)}"
    )
    status: Status = "holds" if rise >= (claim.claimed or 0.0) else "no longer holds"
    return Verdict(claim, status, f"{words}; claimed {share(claim.claimed, 0)}.", _link(claim))


def _highest(figures: Figures, claim: Claim, metric: Metric, force: str) -> Verdict:
    """A superlative, by the newest year of the Home Office: it needs to be the first of all with
    95 % certainty.
    """
    newest = as_at(figures.snapshot, "recorded_outcome", "home_office")
    if newest is None:
        return Verdict(
            claim,
            UNTESTED,
            "The figures of other forces are not loaded: it needs the Home Office's outcomes open "
            "data.",
        )
    year = start_of("year", newest)
    found, is_open = standing_in(figures, force, OFFENCES[claim.offences], year)
    waiting, judged = judged_of(found, is_open)
    about = {"offences": claim.offences, "compared": metric.title}
    link = f"compare?{urlencode(about)}"
    if not judged:
        why = "cases are still open" if waiting else "too few cases"
        words = f"{force} cannot be ranked in {period_words('year', year)}: {why}."
        return Verdict(claim, UNTESTED, words, link)
    places = dict(judged)
    way = WAY.get(metric.id, "")
    way = way if way in places else judged[0][0]
    place = places[way]
    where = highest_of(place.lower, place.upper, place.ranked)
    words = (
        f"{way}, {claim.offences.lower()}, {period_words('year', year)}: {force} is {where} forces "
        f"(95 % interval); it is first with a probability of {share(place.chance_first, 0)}, where "
        "95 % is required"
    )
    others = [name for name, one in judged if name != way and one.chance_first >= SURE]
    if place.chance_first >= SURE:
        return Verdict(claim, "holds", f"{words}.", link)
    if others:
        more = f"{words}. It holds by “{others[0]}”."
        return Verdict(claim, "holds only on another basis", more, link)
    if place.lower == 1:
        return Verdict(claim, "not settled", f"{words}: among the highest, not more.", link)
    return Verdict(claim, "no longer holds", f"{words}.", link)
