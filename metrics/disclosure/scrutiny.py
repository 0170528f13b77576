"""What the scrutiny audience is told of the force's own data: no small count, none that follows by
subtraction, and rounded. METRICS.md, "Small numbers".

Decided on the true counts of every cell that this audience may ask for (`cells`, `constraints`,
`suppression`), so that one table cannot be played against another. `docs/disclosure.md` says what
this protects and what not.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from metrics import unknown_outcomes
from metrics.catalogue import metrics
from metrics.contracts import FEWEST, Answer, Cut, Metric, Value
from metrics.count_sets import Elements, denominator_of
from metrics.disclosure.cells import (
    GRAINS,
    OFFENCES,
    PLACES,
    Ask,
    MetricTable,
    cell_of,
    counts_of,
    grains,
    metric_table,
)
from metrics.disclosure.constraints import linked_tables
from metrics.disclosure.intruder import rounded
from metrics.disclosure.linked_tables import Before, Figure, Side
from metrics.disclosure.suppression import NOTHING, Suppression, suppressed
from metrics.disclosure.told_facts import (
    fact,
    facts_of,
    figure_text,
    is_among,
    known_again,
    known_now,
    numbered,
    version_of,
)
from metrics.errors import NotTold
from metrics.periods import end_of, months_after, start_of
from metrics.statistics.intervals import byar, wilson
from store.cache import remembered
from store.snapshot import Snapshot
from store.told_records import ToldRecord, ToldRecords, merged


def told(snapshot: Snapshot, metric: Metric, cut: Cut, ask: Ask, provisional_days: int) -> Answer:
    """The answer to `cut` as the scrutiny audience may have it. Raises NotTold, BadDefinition.

    A value is told only if its cell is known, with the same counts, and is not hidden: what is new,
    misspelled or forgotten is hidden.
    """
    _check(cut)
    if not metric.is_told:
        raise NotTold(
            f"This audience is not told “{metric.title}”: its counts overlap with those of other "
            "measures in ways by which a small number could be worked out."
        )
    known = tellable(snapshot, metric.relation, ask)
    whole = _whole_period(cut)
    answer = ask(snapshot, metric.id, cut.but(audience="force"), provisional_days)
    values = []
    is_doubtful = not metric.is_settled and (
        unknown_outcomes.share_of_all(snapshot, metric.relation, cut.source)
        > unknown_outcomes.LIMIT
    )
    for value in _undoubted(answer.values, is_doubtful):
        cell = cell_of(whole, value, value.period or cut.from_day)
        figure = fact(metric.id, cell, *counts_of(metric, value))
        told_value = _value(
            metric, value, is_among(known.told, figure), is_among(known.evident, figure)
        )
        values.append(_in_whole_months(metric, told_value, whole, answer.data_as_at))
    as_at = answer.data_as_at
    if (
        as_at is not None and metric.relation == "order_event"
    ):  # the newest day of a register may be the day of one order
        as_at = start_of("month", as_at)
    return answer.model_copy(update={"cut": cut, "values": tuple(values), "data_as_at": as_at})


@remembered
def tellable(snapshot: Snapshot, relation: str, ask: Ask) -> ToldRecord:
    """What may be told of the metrics of a base relation: the first who asks works it out, and it
    is kept in the store for all.

    What was told of any snapshot before, and counts the same now, is known: it is told again, and
    what is hidden is hidden from one who knows it. Takes a second or two. Raises BadDefinition,
    StoreError.
    """
    told = told_metrics(relation)
    records = ToldRecords(snapshot, relation, version_of(told))
    if (record := records.recall()) is not None:
        return record
    tables = [metric_table(snapshot, metric, ask) for metric in told]
    figures = {
        Figure(table.metric.id, cell): pair
        for table in tables
        for cell, pair in table.counts.items()
    }
    texts = {figure: figure_text(*figure) for figure in figures}
    sides = {
        (figure, side): numbered(texts[figure], side, count)
        for figure, pair in figures.items()
        for side, count in enumerate((*pair, pair.denominator - pair.numerator))
    }
    before = records.known()
    found = suppression(tables, known_again(sides, before))
    return records.keep(
        ToldRecord(
            facts_of(
                numbered(texts[figure], *pair)
                for figure, pair in figures.items()
                if figure not in found.hidden
            ),
            facts_of(numbered(texts[figure], *figures[figure]) for figure in found.evident),
            merged([before, known_now(sides, found.known())]),
        )
    )


def told_metrics(relation: str) -> list[Metric]:
    """The metrics of a base relation that this audience is told of the force's own data."""
    return [
        one
        for one in metrics()
        if one.relation == relation and "force" in one.sources and one.is_told
    ]


def suppression(
    tables: Sequence[MetricTable], known: Mapping[Side, Before] = NOTHING
) -> Suppression:
    """The figures of one base relation that are hidden from one who has `known` something before.

    First of the metrics with the widest denominator, then of each other denominator beside them,
    then of all together; what is hidden stays so, and the first are the last to be hidden more. So
    a metric that is out of something else cannot have figures of the others told for its own.
    """
    first, *others = _by_denominator(tables)
    linked = linked_tables(first)
    found = suppressed(linked, known=known)
    shown = linked.all_figures() - found.hidden
    beside = [
        suppressed(linked_tables([*first, *group]), found.hidden, shown, known) for group in others
    ]
    if len(beside) < 2:
        return beside[0] if beside else found
    linked = linked_tables(tables)
    hidden = found.hidden.union(*(one.hidden for one in beside))
    return suppressed(linked, hidden, linked.all_figures() - hidden, known)


def _by_denominator(tables: Sequence[MetricTable]) -> list[list[MetricTable]]:
    """Metrics grouped by what they are out of, the widest first; with it, those out of nothing."""
    rates = [table.metric for table in tables if table.metric.shape == "rate"]
    out_of = {metric.id: denominator_of(metric) for metric in rates}
    widest = max(out_of.values(), key=len, default=frozenset[str]())
    groups: dict[Elements, list[MetricTable]] = {widest: []}
    for table in tables:
        groups.setdefault(out_of.get(table.metric.id, widest), []).append(table)
    return list(groups.values())


def only_newest(audience: str, snapshot: int | None, current: int | None) -> None:
    """Raises NotTold where the scrutiny audience asks for another snapshot than the newest.

    Two of them tell what moved between.
    """
    if audience == "scrutiny" and snapshot not in (None, current):
        raise NotTold(
            "This audience is told the newest figures only: "
            "two snapshots side by side tell which cases moved."
        )


def _check(cut: Cut) -> None:
    named = {*cut.by, *cut.where}
    if cut.known_until is not None:
        raise NotTold("This audience is told what is known now: what was known before tells cases.")
    if cut.grain not in GRAINS:
        raise NotTold("This audience is told months and longer: a week is too small.")
    if strange := sorted(named - {*PLACES, *OFFENCES}):
        raise NotTold(
            f"This audience is not told figures by {strange[0]!r}; "
            f"it is by {', '.join((*PLACES, *OFFENCES))}."
        )
    if len(named & {*PLACES}) > 1 or len(named & {*OFFENCES}) > 1:
        raise NotTold(
            "This audience is told figures by one place and one set of offences at once, no finer."
        )
    if any(len(values) != 1 for values in cut.where.values()) or set(cut.by) & set(cut.where):
        raise NotTold(
            "This audience is told one value of a filter at once: "
            "two together, less each alone, would tell more."
        )
    whole = _whole_period(cut)
    if whole.grain not in grains(tuple(named)):
        raise NotTold(
            "This audience is told a place and a group of offences at once "
            "by financial year or over all, no finer."
        )
    for day in (cut.from_day, cut.to_day):
        if day is not None and (whole.grain == "all" or start_of(whole.grain, day) != day):
            raise NotTold(
                "This audience is told whole months, quarters or financial years: "
                "begin and end on the first day of one."
            )


def _undoubted(values: Iterable[Value], is_doubtful: bool) -> Iterator[Value]:
    """Values without what they say of outcomes not known: the share of one cell would be a count
    of few; that of everything is not."""
    for value in values:
        status = "final" if value.is_doubtful else value.status
        doubt = is_doubtful and status == "final"
        changes = {
            "status": "provisional" if doubt else status,
            "not_known": None,
            "is_doubtful": doubt,
        }
        yield value.model_copy(update=changes)


def _whole_period(cut: Cut) -> Cut:
    """A window without a grain that is one month, quarter or financial year is that cell."""
    if cut.grain == "all" and cut.from_day and cut.to_day:
        for grain in GRAINS[:3]:
            if (
                start_of(grain, cut.from_day) == cut.from_day
                and end_of(grain, cut.from_day) == cut.to_day
            ):
                return cut.but(grain=grain)
    return cut


def _in_whole_months(metric: Metric, value: Value, cut: Cut, as_at: date | None) -> Value:
    """A window that is still open runs to the end of its month: the newest day of a register may
    be the day of one order."""
    if metric.shape != "window" or as_at is None or value.numerator is None:
        return value
    known = as_at + timedelta(days=1)
    is_over = value.period is not None and end_of(cut.grain, value.period) <= known
    if cut.to_day is not None or is_over:
        return value
    days = value.numerator + (months_after(start_of("month", as_at), 1) - known).days
    one_every = days / value.denominator if value.denominator else None
    return value.model_copy(update={"numerator": days, "value": one_every})


def _value(metric: Metric, value: Value, is_shown: bool, is_evident: bool) -> Value:
    """A value as it is told: nothing, or rounded counts and what follows from them alone."""
    nothing: dict[str, object] = dict.fromkeys(
        ("numerator", "denominator", "value", "lower", "upper")
    )
    if value.status == "not_supplied":
        return value
    if not is_shown:
        return value.model_copy(
            update=nothing | {"status": "suppressed", "is_hidden_for_another": is_evident}
        )
    return value.model_copy(update=nothing | _FROM_ROUNDED[metric.shape](value))


def _rate(value: Value) -> dict[str, object]:
    counted, out_of = rounded(value.numerator or 0), rounded(value.denominator or 0)
    counts: dict[str, object] = {"numerator": counted, "denominator": out_of}
    if value.status == "too_few" or out_of < FEWEST:
        return counts | {"status": "too_few"}
    low, high = wilson(min(counted, out_of), out_of) or (None, None)
    return counts | {"value": min(counted, out_of) / out_of, "lower": low, "upper": high}


def _count(value: Value) -> dict[str, object]:
    count = rounded(value.numerator or 0)
    low, high = byar(count) or (None, None)
    return {"numerator": count, "value": float(count), "lower": low, "upper": high}


def _median(value: Value) -> dict[str, object]:
    """In whole days, for a half says that the count is even; without its quartiles, nearer to
    single cases; on fewer than ten, what it rests on alone."""
    out_of = value.denominator or 0
    is_few = out_of < FEWEST or value.value is None
    middle = None if is_few or value.value is None else float(math.floor(value.value + 0.5))
    return {"denominator": rounded(out_of), "value": middle} | (
        {"status": "too_few"} if is_few else {}
    )


def _window(value: Value) -> dict[str, object]:
    events = rounded(value.denominator or 0)
    return {
        "numerator": value.numerator,
        "denominator": events,
        "value": (value.numerator or 0) / events if events else None,
    }


_FROM_ROUNDED = {
    "rate": _rate,
    "count": _count,
    "median": _median,
    "gap": _median,
    "window": _window,
}
