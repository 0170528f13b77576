"""What the force has decided and written down, as the pages use it: targets, and what happened on
which day.
"""

from dataclasses import dataclass
from datetime import date

from metrics.contracts import Metric
from metrics.freshness import as_at
from metrics.scope import EVERYWHERE, OFFENCES, Chosen
from metrics.statistics.control_charts import target_verdict
from metrics.statistics.signals import Judged
from metrics.wording import amount
from store.snapshot import Snapshot


@dataclass(frozen=True)
class Event:
    """Something that happened on a day and may have moved the figures."""

    day: date
    words: str


DEFAULT = Chosen()
WIDE = ("All VAWG", "All crime")  # offences that hold the others


def target_of(
    snapshot: Snapshot, metric: Metric, day: date, chosen: Chosen = DEFAULT
) -> dict[str, object] | None:
    """The target of a metric for just these offences and this area that applies on `day`, with who
    set it; None where there is none.

    A target that names no offences is for all VAWG, one that names no area for every area.
    """
    wanted = (chosen.offence, chosen.area.casefold())
    rows = [
        row
        for row in snapshot.rows("target")
        if row["metric"] == metric.id
        and row["applies_from"] <= day
        and is_sound(metric, row["target"])
        and (row["offences"] or DEFAULT.offence, (row["area"] or EVERYWHERE).casefold()) == wanted
    ]
    return max(rows, key=lambda row: row["applies_from"], default=None)


def is_sound(metric: Metric, target: float) -> bool:
    """Can a metric reach this target at all? A rate of 80 is not 80 %."""
    return 0 <= target <= 1 if metric.unit == "rate" else 0 <= target < float("inf")


def target_words(metric: Metric, target: float) -> str:
    """A target in the unit of its metric: 20 %; 60 days."""
    return amount(metric.unit, target)


def verdict_words(metric: Metric, judged: Judged | None, target: float) -> str:
    """✓ met, ✗ missed, ± hit and miss; "not judged" with too few final points, or where neither way
    is better.
    """
    verdict = (
        target_verdict(judged.chart, target, metric.better)
        if judged is not None and metric.better != "neither"
        else None
    )
    return {
        "met": "✓ met",
        "missed": "✗ missed",
        "hit and miss": "± hit and miss",
        None: "not judged yet",
    }[verdict]


def rebased(snapshot: Snapshot, metric: Metric) -> list[date]:
    """The days from which the limits of a metric are worked out anew, as approved; none that the
    data have not reached.
    """
    day = as_at(snapshot, metric.relation, "force")
    return [
        row["rebased_from"]
        for row in snapshot.rows("rebase")
        if row["metric"] == metric.id and day and row["rebased_from"] <= day
    ]


def rebases(snapshot: Snapshot, metric: Metric) -> list[Event]:
    """The re-bases of a metric as lines on its chart, each with its reason and who approved it."""
    rows = [row for row in snapshot.rows("rebase") if row["metric"] == metric.id]
    return [
        Event(row["rebased_from"], f"re-based: {row['reason']} ({row['approved_by']})")
        for row in rows
    ]


def annotations(snapshot: Snapshot, chosen: Chosen = DEFAULT) -> list[Event]:
    """What was written down as having happened to these offences in this area, or to wider ones."""
    offences = {None, *WIDE, chosen.offence} if chosen.offence not in WIDE else {None, *OFFENCES}
    return [
        Event(row["happened_on"], str(row["what_happened"]))
        for row in snapshot.rows("annotation")
        if row["offences"] in offences
        and (row["area"] is None or chosen.area in (EVERYWHERE, row["area"]))
    ]
