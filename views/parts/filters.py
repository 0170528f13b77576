"""The few filters of a page, as pills; each lives in the address, so that a link shows the same
view.
"""

import streamlit as st

from metrics.scope import EVERYWHERE, OFFENCES, PERIODS
from store.snapshot import Snapshot
from views.parts.figures import choices

BREAKDOWNS = {"Whole force": None, "By area": "area", "By team": "team", "By offence": "vawg_group"}


def offence_pills(names: tuple[str, ...] = tuple(OFFENCES)) -> str:
    """Which offences."""
    return str(
        st.pills(
            "Offences",
            names,
            default=names[0],
            required=True,
            key="offences",
            bind="query-params",
            label_visibility="collapsed",
        )
    )


def area_choice(at: Snapshot, metric: str) -> str:
    """Which area."""
    areas = (EVERYWHERE, *sorted(choices(at, metric, "force", "area")))
    return str(
        st.selectbox("Area", areas, key="area", bind="query-params", label_visibility="collapsed")
    )


def period_pills() -> int:
    """How far back."""
    return PERIODS[
        str(
            st.pills(
                "Period",
                tuple(PERIODS),
                default="2 years",
                required=True,
                key="period",
                bind="query-params",
                label_visibility="collapsed",
            )
        )
    ]


def breakdown_pills(names: tuple[str, ...] = tuple(BREAKDOWNS)) -> str | None:
    """Broken down by what."""
    chosen = st.pills(
        "Breakdown",
        names,
        default=names[0],
        required=True,
        key="breakdown",
        bind="query-params",
        label_visibility="collapsed",
    )
    return BREAKDOWNS[str(chosen)]
