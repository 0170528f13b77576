"""Disparity: whether enough is known of victims to set how their cases ended beside each other, and
what such a difference does not show.
"""

from metrics.catalogue import metric_named
from metrics.contracts import Cut
from metrics.figures import Figures
from metrics.freshness import as_at
from metrics.scope import Chosen
from metrics.scorecard import in_window, window_of
from metrics.wording import share

ENOUGH = (
    0.7  # of victims whose characteristic is known, under which outcomes are not compared by it
)


def share_known(figures: Figures, characteristic: str, chosen: Chosen) -> float | None:
    """Of the victims of the latest twelve months, those whose characteristic is known; None where
    there are too few.
    """
    metric = metric_named(f"characteristic_known_{characteristic}")
    day = as_at(figures.snapshot, metric.relation, "force")
    if day is None:
        return None
    span = window_of(metric, day, figures.provisional_days).year()
    value = in_window(figures, metric, Cut(where=chosen.where(metric)), span)
    return value.value if value else None


def too_few_known_words(trait: str, known: float | None) -> str:
    """Why outcomes are not set beside each other by a characteristic."""
    if known is None:
        return (
            f"{trait}: too few victims in the latest twelve months to say of how many it is known."
        )
    return (
        f"{trait} is known of {share(known)} of victims. Under {share(ENOUGH)} outcomes are not "
        "compared by it: those of whom it is not known may be others than those of whom it is."
    )


def known_words(trait: str, known: float) -> str:
    """What a difference between groups rests on, and what it does not show."""
    return (
        f"{trait} is known of {share(known)} of victims; the others are in no group here. A "
        "difference shows that cases ended otherwise, not why: offences, suspects and evidence "
        "differ between the groups, and so may who is recorded in them."
    )
