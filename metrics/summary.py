"""The rows of `summarise` for a rate or a count over whole months and longer, added up from one
question by month.

A page asks the same measure for a month, a quarter, a year, the year before. One pass over the rows
answers them all; on a million crimes that is the difference between a page and a wait
(docs/decisions.md, "Asked once by month").
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from metrics.contracts import Cut, Metric
from metrics.periods import start_of
from store.cache import remembered
from store.snapshot import Snapshot

Allowed = tuple[str, ...] | None  # the values of one dimension; None for any
Filters = dict[str, Allowed]
Month = tuple[
    date, str | None, str | None, int, int
]  # period, the breakdowns, numerator, denominator


class SummaryRow(NamedTuple):
    """One row of `summarise`: what is counted in one period and breakdown."""

    period: date | None
    by1: str | None = None
    by2: str | None = None
    numerator: int = 0
    denominator: int = 0
    value_count: int = 0
    median_value: float | None = None
    lower_quartile: float | None = None
    upper_quartile: float | None = None

    @property
    def key(self) -> tuple[date | None, str | None, str | None]:
        """Of which period and breakdown it is."""
        return self[:3]


Rows = list[SummaryRow]


def summarised(snapshot: Snapshot, metric: Metric, cut: Cut, allowed: Filters) -> Rows:
    """The rows of `summarise` at a cut, by way of its months where that gives the same."""
    if metric.shape not in ("rate", "count") or not metric.base.months_add_up:
        return _asked(snapshot, metric.id, cut, allowed, gaps=metric.shape == "gap")
    return summarised_by_name(snapshot, metric.id, cut, allowed)


def summarised_by_name(snapshot: Snapshot, name: str, cut: Cut, allowed: Filters) -> Rows:
    """The rows of `summarise` for a relation shaped as a rate or a count, each row of which is
    in one month.
    """
    if cut.grain == "week" or cut.known_until or not _is_whole(cut):
        return _asked(snapshot, name, cut, allowed)
    return _added(cut, _months(snapshot, name, cut.source, cut.by, tuple(allowed.items())))


def _asked(snapshot: Snapshot, name: str, cut: Cut, allowed: Filters, gaps: bool = False) -> Rows:
    by = [*cut.by, None, None]
    rows = snapshot.rows(
        "summarise",
        metric=name,
        source=cut.source,
        grain=cut.grain,
        by1=by[0],
        by2=by[1],
        from_day=cut.from_day,
        to_day=cut.to_day,
        known_until=cut.known_until,
        gaps=gaps,
        **allowed,
    )
    return [
        SummaryRow(
            **row | {"numerator": row["numerator"] or 0, "denominator": row["denominator"] or 0}
        )
        for row in rows
    ]


def _is_whole(cut: Cut) -> bool:
    return all(day is None or day.day == 1 for day in (cut.from_day, cut.to_day))


@remembered
def _months(
    snapshot: Snapshot,
    name: str,
    source: str,
    by: tuple[str, ...],
    filters: tuple[tuple[str, Allowed], ...],
) -> tuple[Month, ...]:
    rows = _asked(
        snapshot,
        name,
        Cut.model_validate({"source": source, "grain": "month", "by": by}),
        dict(filters),
    )
    return tuple(
        (row.period, row.by1, row.by2, row.numerator, row.denominator)
        for row in rows
        if row.period is not None
    )


def _added(cut: Cut, months: Iterable[Month]) -> Rows:
    sums: dict[tuple[date | None, str | None, str | None], tuple[int, int]] = {}
    for month, by1, by2, counted, out_of in months:
        if (cut.from_day is None or month >= cut.from_day) and (
            cut.to_day is None or month < cut.to_day
        ):
            key = (None if cut.grain == "all" else start_of(cut.grain, month), by1, by2)
            was = sums.get(key, (0, 0))
            sums[key] = (was[0] + counted, was[1] + out_of)
    return [
        SummaryRow(*key, *sums[key])
        for key in sorted(
            sums,
            key=lambda key: (key[0] or date.min, *((part is None, part or "") for part in key[1:])),
        )
    ]
