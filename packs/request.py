"""What a pack is asked for, and the figures of one measure as its reader is told them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from metrics.catalogue import metric_named
from metrics.contracts import Audience, Cut, Metric, Value
from metrics.figures import Figures
from metrics.freshness import as_at
from metrics.periods import Grain
from metrics.scope import EVERYWHERE, Chosen
from packs.contents import Commentary, Meeting, Told, told

SHORT = {"month": "%b %y", "quarter": "%b %y", "week": "%-d %b", "year": "%Y"}


@dataclass(frozen=True)
class Request:
    """A meeting, for whom and of what, and the figures that it is made of."""

    meeting: Meeting
    audience: Audience
    figures: Figures
    day: date  # at which the crimes stand
    chosen: Chosen = field(default_factory=Chosen)
    commentary: Callable[[str], Commentary | None] = lambda _: None

    @property
    def is_whole(self) -> bool:
        """Is it of the whole force?"""
        return self.chosen.area == EVERYWHERE

    def stands_at(self, metric: Metric) -> date | None:
        """The day at which the data of a measure stands; None where nothing of it is loaded."""
        return as_at(self.figures.snapshot, metric.relation, "force")

    def ask(self, metric_id: str, cut: Cut) -> list[Told]:
        """The values of a measure at a cut, as figures."""
        metric = metric_named(metric_id)
        cut = cut.but(audience=self.audience)
        return [told(metric, cut, value) for value in self.figures.ask(metric_id, cut).values]

    def one(self, metric_id: str, cut: Cut) -> Told | None:
        """The one value at a cut without periods; None where nothing is supplied."""
        found = self.ask(metric_id, cut)
        return found[0] if found and found[0].value.status != "not_supplied" else None


def period_label(grain: Grain, period: date | None) -> str:
    """May 26; the first month of a quarter; 3 Aug."""
    return period.strftime(SHORT[grain]) if period and grain in SHORT else "all"


def sides(figure: Told, metric: Metric) -> tuple[Told, ...]:
    """A figure with its bounds and its counts."""
    return (
        figure,
        *(
            told(metric, figure.cut, figure.value, side)
            for side in ("lower", "upper", "numerator", "denominator")
        ),
    )


def figure_heads(metric: Metric) -> tuple[str, ...]:
    """The heads of a figure with its bounds and its counts."""
    bounds = (
        ("Lower quartile", "Upper quartile")
        if metric.shape in ("median", "gap")
        else ("95 % from", "95 % to")
    )
    return ("Figure", *bounds, "Counted", "Out of")


def values_of(figures: Sequence[Told]) -> list[Value]:
    """The values of some figures."""
    return [one.value for one in figures]
