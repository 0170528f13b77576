"""The few filters of a page, as pills; each lives in the address, so that a link shows the same view."""

from dataclasses import dataclass, field, replace

import streamlit as st

from metrics.compute import filters_of
from metrics.contracts import Grain, Metric
from sql.snapshot import Snapshot
from views.asking import choices

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
BREAKDOWNS = {"Whole force": None, "By area": "area", "By team": "team", "By offence": "vawg_group"}
EVERYWHERE = "All areas"
BY_WORDS = {"area": "area", "team": "team", "vawg_group": "offence"}


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
        """The same choice, by quarter and over three years at least where a metric counts few cases a month."""
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
        """The filters as a query takes them: the values of each between unit separators, None for any."""
        return filters_of(self.where(metric), names)


def offence_pills(names: tuple[str, ...] = tuple(OFFENCES)) -> str:
    """Which offences."""
    return str(
        st.pills("Offences", names, default=names[0], required=True, key="offences", bind="query-params", label_visibility="collapsed")
    )


def area_choice(at: Snapshot, metric: str) -> str:
    """Which area."""
    areas = (EVERYWHERE, *sorted(choices(at, metric, "force", "area")))
    return str(st.selectbox("Area", areas, key="area", bind="query-params", label_visibility="collapsed"))


def period_pills() -> int:
    """How far back."""
    return PERIODS[
        str(
            st.pills(
                "Period", tuple(PERIODS), default="2 years", required=True, key="period", bind="query-params", label_visibility="collapsed"
            )
        )
    ]


def breakdown_pills(names: tuple[str, ...] = tuple(BREAKDOWNS)) -> str | None:
    """Broken down by what."""
    chosen = st.pills(
        "Breakdown", names, default=names[0], required=True, key="breakdown", bind="query-params", label_visibility="collapsed"
    )
    return BREAKDOWNS[str(chosen)]
