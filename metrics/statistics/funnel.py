"""Comparing forces fairly: funnel limits with over-dispersion, and a rank as an interval.

METRICS.md, "Statistics".
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import asin, sin, sqrt
from statistics import NormalDist
from typing import Literal

import numpy as np

DRAWS, SEED = 2000, 20180331
FEWEST = 30  # cases from which a force is ranked
WINSORISED = 0.1


@dataclass(frozen=True)
class Place:
    """Where one force stands among those ranked: 1 is the highest rate."""

    median: int
    lower: int
    upper: int
    chance_first: float
    ranked: int


@dataclass(frozen=True)
class Funnel:
    """The common rate, how much forces differ beyond chance (`tau` on the arcsine scale; 0 is
    none), and the factor φ.
    """

    centre: float
    tau: float
    phi: float

    @property
    def is_over_dispersed(self) -> bool:
        """Do forces differ more than chance alone would make them?"""
        return self.tau > 0

    def limits(self, denominator: int, level: float = 0.95) -> tuple[float, float]:
        """The limits at one denominator: exact normal ones, or, with over-dispersion, on the
        arcsine scale.
        """
        z = NormalDist().inv_cdf(0.5 + level / 2)
        if not self.is_over_dispersed:
            reach = z * sqrt(self.centre * (1 - self.centre) / denominator)
            return self.centre - reach, self.centre + reach
        return arcsine_limits(self.centre, denominator, level, self.tau)


def arcsine_limits(
    centre: float, denominator: int, level: float = 0.95, tau: float = 0.0
) -> tuple[float, float]:
    """Funnel limits on the variance-stabilised scale (Spiegelhalter 2005), with `tau` between
    forces.
    """
    reach = NormalDist().inv_cdf(0.5 + level / 2) * sqrt(1 / (4 * denominator) + tau * tau)
    middle = asin(sqrt(centre))
    return sin(max(middle - reach, 0.0)) ** 2, sin(min(middle + reach, np.pi / 2)) ** 2


def funnel(counts: Sequence[tuple[int, int]]) -> Funnel:
    """The funnel of (numerator, denominator) of each force: τ² by the moment estimator of
    winsorised z (DerSimonian & Laird).
    """
    numerators, denominators = (
        np.array(column, dtype=float) for column in zip(*counts, strict=True)
    )
    centre = float(numerators.sum() / denominators.sum())
    spread = 1 / (2 * np.sqrt(denominators))
    z = (np.arcsin(np.sqrt(numerators / denominators)) - asin(sqrt(centre))) / spread
    low, high = np.quantile(z, [WINSORISED, 1 - WINSORISED])
    z = np.clip(z, low, high)
    phi = float((z**2).mean())
    weights = 1 / spread**2
    total = len(counts)
    scale = weights.sum() - (weights**2).sum() / weights.sum()
    tau_squared = max(0.0, (total * phi - (total - 1)) / scale) if phi > 1 else 0.0
    return Funnel(centre, sqrt(tau_squared), phi)


def side(
    limits: Funnel, numerator: int, denominator: int, level: float = 0.998
) -> Literal["above", "below", "inside"]:
    """On which side of the limits at its own denominator a force stands."""
    low, high = limits.limits(denominator, level)
    rate = numerator / denominator
    return "above" if rate > high else "below" if rate < low else "inside"


def places(counts: dict[str, tuple[int, int]]) -> dict[str, Place]:
    """The rank of each force with at least thirty cases: median and 95 % interval of 2,000 draws of
    Beta(x + ½, n − x + ½).
    """
    ranked = {
        name: pair
        for name, pair in sorted(counts.items())
        if pair[1] >= FEWEST and 0 <= pair[0] <= pair[1]
    }
    if not ranked:
        return {}
    random = np.random.default_rng(SEED)
    numerators, denominators = (
        np.array(column, dtype=float) for column in zip(*ranked.values(), strict=True)
    )
    draws = random.beta(
        numerators + 0.5, denominators - numerators + 0.5, size=(DRAWS, len(ranked))
    )
    ranks = (-draws).argsort(axis=1).argsort(axis=1) + 1
    low, middle, high = np.quantile(ranks, [0.025, 0.5, 0.975], axis=0, method="nearest")
    return {
        name: Place(
            int(middle[at]),
            int(low[at]),
            int(high[at]),
            float((ranks[:, at] == 1).mean()),
            len(ranked),
        )
        for at, name in enumerate(ranked)
    }
