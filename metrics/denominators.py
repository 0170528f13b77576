"""One claim, "the highest charge rate", under each fair denominator: where a force stands depends
on which is meant.
"""

from dataclasses import dataclass
from datetime import date

from metrics.measure import filters_of
from metrics.statistics.funnel import Place, places
from store.snapshot import Snapshot

# no territorial forces: METRICS.md, "Statistics"
LEFT_OUT = (
    "British Transport Police",
    "Action Fraud",
    "National Fraud Intelligence Bureau",
    "UK Finance",
    "CIFAS",
)
WAYS = {
    "Charge rate (crimes recorded)": ("charged_recorded", "recorded", None),
    "Charge rate (crimes recorded, open ones left out)": (
        "charged_recorded",
        "recorded",
        "still_open",
    ),
    "Charge rate (outcomes given)": ("charged_closed", "closed", None),
    "Charges given in the year, over crimes recorded": ("charged_closed", "recorded", None),
}


@dataclass(frozen=True)
class Standing:
    """Where one force stands by one denominator: its counts, its place by value, and its rank as an
    interval.
    """

    way: str
    numerator: int
    denominator: int
    by_value: int
    forces: int
    place: Place | None


def standings(
    snapshot: Snapshot, force: str, where: dict[str, tuple[str, ...]], window: tuple[date, date]
) -> list[Standing]:
    """The four ways for one force in Home Office figures; empty where the force is not in them."""
    allowed = filters_of(where, ("offence_code", "vawg_group", "vawg"))
    rows = snapshot.rows(
        "reports/charge_rate_denominators",
        source="home_office",
        from_day=window[0],
        to_day=window[1],
        **allowed,
    )
    found = []
    for way, (top, bottom, less) in WAYS.items():
        counts = {
            row["force_name"]: (row[top], row[bottom] - (row[less] if less else 0))
            for row in rows
            if row["force_name"] not in LEFT_OUT
        }
        counts = {name: pair for name, pair in counts.items() if pair[1] > 0}
        if force in counts:
            rates = sorted((pair[0] / pair[1] for pair in counts.values()), reverse=True)
            numerator, denominator = counts[force]
            found.append(
                Standing(
                    way,
                    numerator,
                    denominator,
                    rates.index(numerator / denominator) + 1,
                    len(counts),
                    places(counts).get(force),
                )
            )
    return found
