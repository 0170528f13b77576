"""Targets of the register, and whether they are met."""

from datetime import date

from metrics.contracts import Metric
from metrics.scope import DEFAULT, Chosen
from metrics.statistics.control_charts import target_verdict
from metrics.statistics.signals import Judged
from metrics.wording import amount
from store.snapshot import Snapshot


def target_of(
    snapshot: Snapshot, metric: Metric, day: date, chosen: Chosen = DEFAULT
) -> dict[str, object] | None:
    """The target of a metric for just these offences and this area that applies on `day`, with who
    set it; None where there is none.
    """
    rows = [
        row
        for row in snapshot.rows("target")
        if row["metric"] == metric.id
        and row["applies_from"] <= day
        and is_sound(metric, row["target"])
        and chosen.is_of(metric, row["offences"], row["area"])
    ]
    return max(rows, key=lambda row: row["applies_from"], default=None)


def is_sound(metric: Metric, target: float) -> bool:
    """Can a metric reach this target at all? A rate of 80 is not 80 %."""
    return 0 <= target <= 1 if metric.unit == "rate" else 0 <= target < float("inf")


def target_words(metric: Metric, target: float) -> str:
    """A target in the unit of its metric: 20 %; 60 days."""
    return amount(metric.unit, target)


def verdict_words(metric: Metric, judged: Judged | None, target: float) -> str:
    """✓ met, ✗ missed, ± met in some months; "not judged" with too few final points, or where
    neither way is better.
    """
    unit = judged.grain if judged is not None else "month"
    verdict = (
        target_verdict(judged.chart, target, metric.better)
        if judged is not None and metric.better != "neither"
        else None
    )
    return {
        "met": "✓ met",
        "missed": "✗ missed",
        "hit and miss": f"± met in some {unit}s, not others",
        None: "not judged yet",
    }[verdict]
