"""Scope of a figure: which offences, which area, how far back, and how that is said in words."""

from dataclasses import dataclass, field, replace

from metrics.contracts import Grain, Metric
from metrics.measure import filters_of

BY_WORDS = {"area": "area", "team": "team", "vawg_group": "offence"}

OFFENCES: dict[str, dict[str, tuple[str, ...]]] = {
    "All VAWG": {"vawg": ("yes",)},
    "Stalking": {"vawg_group": ("stalking",)},
    "Harassment": {"vawg_group": ("harassment",)},
    "Rape": {"vawg_group": ("rape",)},
    "Other sexual offences": {"vawg_group": ("other sexual offences",)},
    "Domestic abuse": {"domestic_abuse": ("yes",)},
    "All crime": {},
}
NATIONAL = tuple(name for name in OFFENCES if name != "Domestic abuse")
PERIODS = {"2 years": 24, "1 year": 12, "All": 120}
EVERYWHERE = "All areas"


@dataclass(frozen=True)
class Chosen:
    """What the reader chose; `where` is ready for a Cut."""

    offence: str = "All VAWG"
    area: str = EVERYWHERE
    months: int = 24
    by: str | None = None
    grain: Grain = "month"
    words: tuple[str, ...] = field(default_factory=tuple)

    def for_metric(self, metric: Metric) -> "Chosen":
        """The same choice, by quarter and over three years at least where a metric counts few cases
        a month.
        """
        if metric.relation not in ("case_result", "order_event"):
            return self
        return replace(self, months=max(self.months, 36), grain="quarter")

    def where(self, metric: Metric) -> dict[str, tuple[str, ...]]:
        """The filters that this metric has."""
        wanted = dict(OFFENCES[self.offence])
        if self.area != EVERYWHERE:
            wanted["area"] = (self.area,)
        return {name: values for name, values in wanted.items() if name in metric.dimensions()}

    def allowed(self, metric: Metric, names: tuple[str, ...]) -> dict[str, str | None]:
        """The filters as a query takes them: the values of each between unit separators, None for
        any.
        """
        return filters_of(self.where(metric), names)


def scope_words(metric: Metric, chosen: Chosen) -> str:
    """Which of the chosen filters this metric could use, in words."""
    used = chosen.where(metric)
    offence = (
        chosen.offence
        if any(name in used for name in ("vawg", "vawg_group", "domestic_abuse"))
        else "all offences"
    )
    if metric.relation == "order_event":
        offence = "stalking"
    return offence if chosen.area == EVERYWHERE else f"{offence}, {chosen.area}"
