"""Scope of a figure: which offences, which area, how far back, and how that is said in words."""

from dataclasses import dataclass, field, replace

from metrics.contracts import Metric
from metrics.measure import filters_of
from metrics.naming import named
from metrics.periods import Grain
from metrics.summary import Filters

BY_WORDS = {
    "area": "area",
    "team": "team",
    "vawg_group": "offence",
    "victim_sex": "victim's sex",
    "victim_age_band": "victim's age",
    "victim_ethnicity": "victim's ethnicity",
    "victim_disability": "victim's disability",
    "victim_religion": "victim's religion or belief",
    "victim_sexual_orientation": "victim's sexual orientation",
    "plea": "plea",
    "court_kind": "kind of court",
    "kind": "kind",
    "court": "court",
    "order_kind": "kind of order",
    "force_name": "force",
}

OFFENCES: dict[str, dict[str, tuple[str, ...]]] = {
    "All VAWG": {"vawg": ("yes",)},
    "Stalking": {"vawg_group": ("stalking",)},
    "Harassment": {"vawg_group": ("harassment",)},
    "Stalking and harassment": {"vawg_group": ("stalking", "harassment")},
    "Rape": {"vawg_group": ("rape",)},
    "Other sexual offences": {"vawg_group": ("other sexual offences",)},
    "Domestic abuse": {"domestic_abuse": ("yes",)},
    "All crime": {},
}
NATIONAL = tuple(name for name in OFFENCES if name != "Domestic abuse")
PERIODS = {"2 years": 24, "1 year": 12, "All": 120}
EVERYWHERE = "All areas"


def areas_of(area: str) -> list[str] | None:
    """The area that a reader chose as a query takes it; None for all."""
    return None if area == EVERYWHERE else [area]


@dataclass(frozen=True)
class Chosen:
    """What the reader chose; `where` is ready for a Cut."""

    offence: str = "All VAWG"
    area: str = EVERYWHERE
    months: int = 24
    by: str | None = None
    grain: Grain = "month"
    words: tuple[str, ...] = field(default_factory=tuple)

    @property
    def offence_words(self) -> str:
        """Which offences, as they are called here."""
        return named(self.offence)

    @property
    def in_words(self) -> str:
        """All VAWG; Stalking, Halton."""
        return self.offence_words + ("" if self.area == EVERYWHERE else f", {self.area}")

    def for_metric(self, metric: Metric) -> "Chosen":
        """The same choice, by quarter and over three years at least where a metric counts few cases
        a month.
        """
        if not metric.base.is_rare:
            return self
        return replace(self, months=max(self.months, 36), grain="quarter")

    def where(self, metric: Metric) -> dict[str, tuple[str, ...]]:
        """The filters that this metric has."""
        wanted = dict(OFFENCES[self.offence])
        if self.area.casefold() != EVERYWHERE.casefold():
            wanted["area"] = (self.area,)
        return {name: values for name, values in wanted.items() if name in metric.dimensions()}

    def is_of(self, metric: Metric, offences: str | None, area: str | None) -> bool:
        """Is an entry of a register for these offences and this area an entry for what is chosen?

        One that names no offences is for all VAWG, one that names no area for the whole force; what
        a metric does not know tells none of its entries apart.
        """
        named = Chosen(offence=offences or Chosen.offence, area=area or EVERYWHERE)
        return _folded(named.where(metric)) == _folded(self.where(metric))

    def allowed(self, metric: Metric, names: tuple[str, ...]) -> Filters:
        """The filters as a query takes them: the allowed values of each, None for any."""
        return filters_of(self.where(metric), names)


DEFAULT = Chosen()


def _folded(where: dict[str, tuple[str, ...]]) -> dict[str, set[str]]:
    return {name: {value.casefold() for value in values} for name, values in where.items()}


def scope_words(metric: Metric, chosen: Chosen) -> str:
    """Which of the chosen filters this metric could use, in words."""
    used = chosen.where(metric)
    is_chosen = any(name in used for name in ("vawg", "vawg_group", "domestic_abuse"))
    offence = chosen.offence if is_chosen else metric.base.offence or "all offences"
    return replace(chosen, offence=offence).in_words
