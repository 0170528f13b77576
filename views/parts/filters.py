"""The few filters of a page, as pills; each lives in the address, so that a link shows the same
view.
"""

from collections.abc import Sequence

import streamlit as st

from charts.escaping import for_markdown
from metrics.naming import named
from metrics.relations import Source
from metrics.scope import EVERYWHERE, OFFENCES, PERIODS
from store.snapshot import Snapshot
from views.parts.figures import choices

BREAKDOWNS = {"Whole force": None, "By area": "area", "By team": "team", "By offence": "vawg_group"}


def one_of(label: str, names: Sequence[str], key: str) -> str:
    """A choice of one, the first at first, kept in the address under `key`."""
    say_unknown(label, names, key)
    chosen = st.pills(
        label,
        names,
        default=names[0],
        required=True,
        format_func=named,
        key=key,
        bind="query-params",
        label_visibility="collapsed",
    )
    return str(chosen)


def offence_pills(names: tuple[str, ...] = tuple(OFFENCES)) -> str:
    """Which offences."""
    return one_of("Offences", names, "offences")


def area_choice(snapshot: Snapshot, metric: str) -> str:
    """Which area."""
    areas = (EVERYWHERE, *sorted(choices(snapshot, metric, "force", "area")))
    say_unknown("Area", areas, "area")
    return str(
        st.selectbox("Area", areas, key="area", bind="query-params", label_visibility="collapsed")
    )


def measure_choice(titles: tuple[str, ...], source: Source) -> str:
    """Which measure of a source; each source keeps its own in the address."""
    key = "measure" if source == "force" else f"measure-{source}"
    say_unknown("Measure", titles, key)
    return str(
        st.selectbox("Measure", titles, key=key, bind="query-params", label_visibility="collapsed")
    )


def period_pills() -> int:
    """How far back."""
    return PERIODS[one_of("Period", tuple(PERIODS), "period")]


def breakdown_pills(names: tuple[str, ...] = tuple(BREAKDOWNS)) -> str | None:
    """Broken down by what."""
    chosen = one_of("Breakdown", names, "breakdown")
    return BREAKDOWNS[chosen]


def say_unknown(label: str, names: Sequence[str], key: str) -> None:
    """What the address asks for and is not there, said: another choice never stands in for it
    unseen.
    """
    wanted = st.query_params.get(key)
    if wanted is not None and wanted not in names:
        st.warning(
            for_markdown(
                f"This link asks for {label.lower()} “{wanted}”, which is not known here; "
                f"showing {names[0]}."
            )
        )
