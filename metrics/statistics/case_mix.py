"""What a team takes on beside what the others do: the hardest cases make the lowest rates, so rates
are set on one mix.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

from metrics.contracts import Value


@dataclass(frozen=True)
class Part:
    """One offence: its share of the team's and of the others' cases, and each one's counts
    (counted, out of).
    """

    offence: str
    own_share: float
    rest_share: float
    own: tuple[int, int]
    rest: tuple[int, int]


@dataclass(frozen=True)
class Mix:
    """A team against all others; `expected` is the others' rate on the team's mix, None where they
    have no such cases.
    """

    own_rate: float
    rest_rate: float
    expected: float | None
    parts: tuple[Part, ...]


def mix_of(values: Sequence[Value], team: str) -> Mix | None:
    """The mix of `team` from values by team and vawg_group; None where it or the others have no
    cases.
    """
    counts: dict[str, list[list[int]]] = {}
    for value in values:
        group, side = value.by.get("vawg_group"), 0 if value.by.get("team") == team else 1
        pair = counts.setdefault(group or "not in scope", [[0, 0], [0, 0]])[side]
        pair[0] += value.numerator or 0
        pair[1] += value.denominator or 0
    own, rest = (
        tuple(sum(pairs[side][at] for pairs in counts.values()) for at in (0, 1)) for side in (0, 1)
    )
    if not own[1] or not rest[1]:
        return None
    parts = tuple(
        Part(
            name,
            pairs[0][1] / own[1],
            pairs[1][1] / rest[1],
            (pairs[0][0], pairs[0][1]),
            (pairs[1][0], pairs[1][1]),
        )
        for name, pairs in sorted(counts.items(), key=lambda item: -item[1][0][1])
    )
    is_known = all(part.rest[1] for part in parts if part.own[1])
    expected = (
        sum(part.own_share * part.rest[0] / part.rest[1] for part in parts if part.own[1])
        if is_known
        else None
    )
    return Mix(own[0] / own[1], rest[0] / rest[1], expected, parts)


def unlike_the_rest(counts: Mapping[str, tuple[int, int]]) -> tuple[list[str], list[str]]:
    """The groups whose rate is above, and those whose is below, that of all the others together by
    more than chance.

    Two proportions, pooled; at 5 % over all the groups together (Bonferroni), since each is one
    comparison of several.
    """
    above: list[str] = []
    below: list[str] = []
    limit = NormalDist().inv_cdf(1 - 0.025 / max(len(counts), 1))
    one, out_of = (sum(pair[at] for pair in counts.values()) for at in (0, 1))
    for name, (own, own_of) in counts.items():
        rest, rest_of = one - own, out_of - own_of
        if not own_of or not rest_of or not 0 < one < out_of:
            continue
        pooled = one / out_of
        z = (own / own_of - rest / rest_of) / sqrt(
            pooled * (1 - pooled) * (1 / own_of + 1 / rest_of)
        )
        if abs(z) > limit:
            (above if z > 0 else below).append(name)
    return above, below
