"""A sample drawn by strata: how many of each, and what its answers say of all.

Allocation is proportional with a least number a stratum; the interval is Wilson's on the effective
number of answers (Kish 1965: one over the sum of W²/n), less what the finite population takes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import TypeVar

from metrics.statistics.intervals import Z

Key = TypeVar("Key")


@dataclass(frozen=True)
class Stratum:
    """One stratum: how many there are, how many were answered, and how many of those were yes."""

    size: int
    answered: int
    yes: int


@dataclass(frozen=True)
class Estimate:
    """A share of all, weighted by stratum, its 95 % interval, and the answers that it rests on."""

    share: float
    lower: float
    upper: float
    answered: int


def allocate(sizes: Mapping[Key, int], wanted: int, least: int = 3) -> dict[Key, int]:
    """How many to draw of each stratum: in proportion, `least` at least, all of a smaller one.

    One at a time goes to the stratum that lacks most of its share; the whole is `wanted`, more
    where the least of each asks for it, fewer where there are not so many.
    """
    total = sum(sizes.values())
    floor = {key: min(size, least) for key, size in sizes.items()}
    wanted = min(max(wanted, sum(floor.values())), total)
    found = dict(floor)
    shares = {key: wanted * size / total for key, size in sizes.items()} if total else {}
    for _ in range(wanted - sum(found.values())):
        room = [key for key in sizes if found[key] < sizes[key]]
        found[min(room, key=lambda key: (found[key] - shares[key], str(key)))] += 1
    return found


def estimate(strata: Sequence[Stratum]) -> Estimate | None:
    """The share of yes in all strata together; None where one of them has no answer."""
    strata = [one for one in strata if one.size]
    total = sum(one.size for one in strata)
    if not total or any(one.answered == 0 for one in strata):
        return None
    share = sum(one.size / total * one.yes / one.answered for one in strata)
    spread = sum(
        (one.size / total) ** 2 / one.answered * (1 - min(one.answered / one.size, 1.0))
        for one in strata
    )
    answered = sum(one.answered for one in strata)
    if spread == 0:  # every one was looked at: nothing is left to chance
        return Estimate(share, share, share, answered)
    many = 1 / spread
    centre = share + Z * Z / (2 * many)
    reach = Z * sqrt(share * (1 - share) / many + Z * Z / (4 * many * many))
    shrink = 1 + Z * Z / many
    return Estimate(
        share, max((centre - reach) / shrink, 0.0), min((centre + reach) / shrink, 1.0), answered
    )
