"""One figure at one cut: ask `summarise`, then divide, bound and judge, once for every metric."""

import difflib
import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from metrics import unknown_outcomes
from metrics.catalogue import metric_named
from metrics.contracts import FEWEST, PER, Answer, Cut, Metric, Status, Value
from metrics.disclosure import scrutiny
from metrics.errors import BadQuestion, UnknownValue
from metrics.periods import GRAINS, end_of, mature_until, months_after, periods_between, start_of
from metrics.relations import DIMENSIONS, supply
from metrics.statistics.intervals import byar, wilson
from metrics.summary import Allowed, Filters, SummaryRow, summarised
from store.cache import remembered
from store.snapshot import Snapshot

ACT_IN_FORCE = date(2020, 1, 20)  # Stalking Protection Act 2019, commencement


def measure(snapshot: Snapshot, name: str, cut: Cut, provisional_days: int = 180) -> Answer:
    """The values of metric `name` at `cut`. Raises BadQuestion, UnknownValue, NotTold.

    A source or a grain that the metric cannot support gives one value, `not_supplied`, and no
    number.
    """
    metric = metric_named(name)
    _check(metric, cut)
    if cut.audience == "scrutiny" and cut.source == "force":
        return scrutiny.told(snapshot, metric, cut, measure, provisional_days)
    told = supply(metric.relation, cut.source)
    fresh = freshness(snapshot).get(told.table, {}) if told else {}
    as_at = fresh.get("as_at")
    rest: dict[str, object] = {
        "metric": name,
        "cut": cut,
        "snapshot": snapshot.number,
        "is_invented": bool(fresh.get("is_invented")),
    }
    if not _is_supplied(metric, cut):
        gap = Value(
            period=None,
            by={},
            numerator=None,
            denominator=None,
            value=None,
            lower=None,
            upper=None,
            status="not_supplied",
        )
        return Answer.model_validate(rest | {"data_as_at": as_at, "values": (gap,)})
    asked, mature = cut, mature_until(metric.follow_days, as_at)
    if mature is not None and _is_cut_short(cut, mature):
        cut = cut.but(to_day=min(mature, cut.to_day or mature))
    rows = _summarised(snapshot, metric, cut) or _summarised(snapshot, metric, asked)
    if as_at is not None and isinstance(as_at, date):
        rows = _with_empty_periods(rows, metric, cut, as_at)
    judge = _Judge(metric, asked, as_at if isinstance(as_at, date) else None, provisional_days)
    judge.not_known = (
        unknown_outcomes.shares(snapshot, metric, cut, _filters(snapshot, metric, cut))
        if rows and not metric.is_settled
        else {}
    )
    return Answer.model_validate(
        rest | {"data_as_at": as_at, "values": tuple(judge.value(row) for row in rows)}
    )


@remembered
def freshness(snapshot: Snapshot) -> dict[str, dict[str, object]]:
    """For each stored table that counting loads fill: as_at, is_invented, received_at."""
    return {str(row["row_table"]): row for row in snapshot.rows("reports/freshness")}


@remembered
def values_of(snapshot: Snapshot, name: str, source: str, dimension: str) -> tuple[str, ...]:
    """What the store has seen of one dimension of one metric in one source, commonest first."""
    rows = snapshot.rows(
        "reports/dimension_values", metric=name, source=source, dimension=dimension
    )
    return tuple(str(row["value"]) for row in rows)


def _check(metric: Metric, cut: Cut) -> None:
    if cut.grain not in GRAINS:
        raise BadQuestion(f"There is no grain {cut.grain!r}: it is one of {', '.join(GRAINS)}.")
    if len(cut.by) > 2:
        raise BadQuestion("A figure can be broken down by at most two dimensions.")
    for dimension in (*cut.by, *cut.where):
        if dimension not in metric.dimensions():
            raise BadQuestion(
                f"{metric.id} has no dimension {dimension!r}; it has "
                f"{', '.join(metric.dimensions()) or 'none'}."
            )


def _is_cut_short(cut: Cut, mature: date) -> bool:
    """Periods longer than a month hold mature months only, as long as there is one; a month that is
    not mature is shown, as provisional.
    """
    return cut.grain in ("quarter", "year", "all") and (
        cut.from_day is None or cut.from_day < mature
    )


def _is_supplied(metric: Metric, cut: Cut) -> bool:
    told = supply(metric.relation, cut.source)
    if told is None or cut.source not in metric.sources:
        return False
    return GRAINS.index(cut.grain) >= GRAINS.index(told.finest) and all(
        name in told.dimensions for name in (*cut.by, *cut.where)
    )


def _summarised(snapshot: Snapshot, metric: Metric, cut: Cut) -> list[SummaryRow]:
    return summarised(snapshot, metric, cut, _filters(snapshot, metric, cut))


def _filters(snapshot: Snapshot, metric: Metric, cut: Cut) -> Filters:
    return {name: _allowed(snapshot, metric, cut, name) for name in DIMENSIONS}


def _allowed(snapshot: Snapshot, metric: Metric, cut: Cut, dimension: str) -> Allowed:
    """The stored values that one filter asks for, however they are typed. Raises UnknownValue."""
    if dimension not in cut.where:
        return None
    seen = values_of(snapshot, metric.id, cut.source, dimension)
    known = {_folded(dimension, value): value for value in seen}
    found = []
    for wanted in cut.where[dimension]:
        key = _folded(dimension, wanted)
        if key in known:
            found.append(known[key])
        elif dimension in ("vawg", "domestic_abuse") and key in ("yes", "no"):
            found.append(key)
        else:
            near = difflib.get_close_matches(key, known, n=1, cutoff=0.0)
            hint = (
                f" The nearest is {known[near[0]]!r}."
                if near
                else " The store holds no such figures yet."
            )
            raise UnknownValue(f"No {dimension} is called {wanted!r} in this store.{hint}")
    return tuple(found)


def filters_of(where: Mapping[str, tuple[str, ...]], names: Iterable[str]) -> Filters:
    """Filters as a query takes them: the allowed values of each, None for any."""
    return {name: where.get(name) for name in names}


def _folded(dimension: str, value: str) -> str:
    """A filter value after the load's own normalising: case, spaces, a force's "Constabulary", a
    subcode's zeros.
    """
    plain = re.sub(r"\s+", " ", value.strip()).casefold()
    if dimension == "force_name":
        return re.sub(
            r"^the | (constabulary|police service|police)$",
            "",
            plain.replace("&", "and").replace("-", " "),
        )
    if dimension == "offence_code":
        return re.sub(r"(^|/)0+(?=\d)", r"\1", plain.replace(" ", ""))
    return plain


def _with_empty_periods(
    rows: list[SummaryRow], metric: Metric, cut: Cut, as_at: date
) -> list[SummaryRow]:
    """A period without an event is a count of 0, not a gap in the series; between the first and the
    data-as-at day.
    """
    days = [row.period for row in rows if row.period]
    if metric.shape != "count" or cut.grain == "all" or cut.by:
        return rows or (
            [SummaryRow(None)]
            if metric.shape == "count" and not cut.by and cut.grain == "all"
            else []
        )
    start = cut.from_day or (min(days) if days else None)
    if start is None:
        return rows
    stop = min(cut.to_day or as_at + timedelta(days=1), as_at + timedelta(days=1))
    found = {row.period: row for row in rows}
    wanted = sorted({*periods_between(cut.grain, start, stop), *days})
    return [found.get(day, SummaryRow(day)) for day in wanted]


class _Judge:
    """Makes a row of `summarise` a Value: divided, bounded, and told how far it may be trusted."""

    def __init__(self, metric: Metric, cut: Cut, as_at: date | None, provisional_days: int) -> None:
        self.entry, self.cut, self.as_at, self.provisional_days = (
            metric,
            cut,
            as_at,
            provisional_days,
        )
        self.not_known: dict[unknown_outcomes.Key, float] = {}

    def value(self, row: SummaryRow) -> Value:
        """The Value of one row."""
        period = row.period
        by = dict(zip(self.cut.by, (row.by1, row.by2), strict=False))
        numbers = getattr(self, f"_{self.entry.shape}")(row, period)
        status = self._status(period, numbers)
        if status == "too_few":
            numbers |= {"value": None, "lower": None, "upper": None}
        share = self.not_known.get(row.key)
        is_doubtful = status == "final" and share is not None and share > unknown_outcomes.LIMIT
        doubt = {
            "status": "provisional" if is_doubtful else status,
            "not_known": share,
            "is_doubtful": is_doubtful,
        }
        return Value.model_validate(numbers | {"period": period, "by": by} | doubt)

    def _rate(self, row: SummaryRow, _: date | None) -> dict[str, object]:
        """A share of what there is; corrections can leave less than none, or more than all, of
        which no share is shown.
        """
        numerator, denominator = row.numerator, row.denominator
        bounds = wilson(numerator, denominator)
        share = numerator / denominator if bounds else None
        return _numbers(numerator, denominator, share, bounds or (None, None))

    def _ratio(self, row: SummaryRow, _: date | None) -> dict[str, object]:
        """Events for each hundred or thousand cases; the bounds are those of the count."""
        events, out_of = row.numerator, row.denominator
        if not out_of:
            return _numbers(events, out_of, None, (None, None))
        low, high = (
            None if bound is None else bound / out_of * PER[self.entry.unit]
            for bound in byar(events) or (None, None)
        )
        return _numbers(events, out_of, events / out_of * PER[self.entry.unit], (low, high))

    def _count(self, row: SummaryRow, _: date | None) -> dict[str, object]:
        count = row.numerator
        return _numbers(count, None, float(count), byar(count) or (None, None))

    def _median(self, row: SummaryRow, _: date | None) -> dict[str, object]:
        middle, bounds = row.median_value, (row.lower_quartile, row.upper_quartile)
        return _numbers(None, row.value_count, middle, bounds)

    _gap = _median

    def _window(self, row: SummaryRow, period: date | None) -> dict[str, object]:
        """Days of the window over the events in it; the bounds are those of
        the count, turned over.
        """
        events = row.denominator
        days = (self._end(period) - self._start(period)).days
        low, high = byar(events) or (None, None)
        bounds = (days / high if high else None, days / low if low else None)
        return _numbers(days, events, days / events if events else None, bounds)

    def _start(self, period: date | None) -> date:
        return max(day for day in (period, self.cut.from_day, ACT_IN_FORCE) if day is not None)

    def _end(self, period: date | None) -> date:
        """The day after the last day of a value's window."""
        known = self.cut.to_day or ((self.as_at or ACT_IN_FORCE) + timedelta(days=1))
        return min(known, end_of(self.cut.grain, period)) if period is not None else known

    def _status(self, period: date | None, numbers: dict[str, object]) -> Status:
        denominator = numbers["denominator"]
        is_share = self.entry.shape in ("rate", "ratio")
        if is_share and isinstance(denominator, int) and denominator < FEWEST:
            return "too_few"
        return "provisional" if self._is_provisional(period) else "final"

    def _is_provisional(self, period: date | None) -> bool:
        if self.as_at is None:
            return True
        over = (
            end_of(self.cut.grain, period)
            if period is not None
            else (self.cut.to_day or self.as_at + timedelta(days=1))
        )
        if over > self.as_at + timedelta(days=1):
            return True
        mature = mature_until(self.entry.follow_days, self.as_at)
        if mature is not None:
            return months_after(start_of("month", over - timedelta(days=1)), 1) > mature
        follow = self.provisional_days if self.entry.matures else 0
        return over + timedelta(days=follow) > self.as_at + timedelta(days=1)


def _numbers(
    numerator: object, denominator: object, value: object, bounds: tuple[object, object]
) -> dict[str, object]:
    return {
        "numerator": numerator,
        "denominator": denominator,
        "value": value,
        "lower": bounds[0],
        "upper": bounds[1],
    }
