"""Two packs of the same meeting side by side: which figures moved, and what moved each."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from metrics.catalogue import metric_named
from metrics.contracts import Value
from metrics.figures import figures_at
from metrics.wording import figure_words, period_words
from packs.contents import Pack, Told
from packs.make import definition_mark
from store.errors import UnknownSnapshot
from store.snapshot import read
from store.writer import Store

# the same figure in the snapshot of the earlier pack, by today's definition; None where that
# snapshot is gone
AskThen = Callable[[Told], Value | None]
DEFINITION = "a changed definition"
NEW, FEWER = "more crimes or cases counted", "fewer crimes or cases counted"
RESTATED = "restated outcomes"
REBASE = "a re-base: its limits are worked out anew, the figure itself did not move"


@dataclass(frozen=True)
class Moved:
    """A figure that two packs tell differently, in words, and what moved it."""

    measure: str
    span: str
    then: str
    now: str
    causes: tuple[str, ...]


def asking(store: Store, then: Pack, provisional_days: int) -> AskThen:
    """The way to ask the snapshot of a pack today, each question once."""
    try:
        figures = figures_at(read(store, then.snapshot), provisional_days)
    except UnknownSnapshot:
        return lambda _: None

    def ask(one: Told) -> Value | None:
        key = (one.value.period, one.value.by)
        found = figures.ask(one.metric, one.cut).values
        return next((value for value in found if (value.period, value.by) == key), None)

    return ask


def compared(then: Pack, now: Pack, ask_then: AskThen) -> list[Moved]:
    """Every figure that both packs tell and tell differently, each once; and every measure whose
    limits were re-based between them.
    """
    before = {_key(one): one for one in then.figures() if one.side == "value"}
    seen: set[tuple[str, str]] = set()
    found = []
    for one in now.figures():
        key = _key(one)
        if one.side != "value" or key in seen or key not in before:
            continue
        seen.add(key)
        if _counts(before[key].value) != _counts(one.value):
            found.append(_moved(then, now, before[key], one, ask_then))
    return found + list(_rebased(then, now))


def _key(one: Told) -> tuple[str, str]:
    """Which figure it is: its measure, its filters and breakdowns, its period or its span."""
    value, cut = one.value, one.cut
    span = str(value.period) if value.period else f"{cut.from_day} to {cut.to_day}"
    where = sorted((name, sorted(values)) for name, values in cut.where.items())
    return one.metric, f"{cut.source} {cut.grain} {span} {where} {sorted(value.by.items())}"


def _counts(value: Value) -> tuple[int | None, int | None, float | None]:
    return value.numerator, value.denominator, value.value


def _moved(then: Pack, now: Pack, before: Told, after: Told, ask_then: AskThen) -> Moved:
    metric = metric_named(after.metric)
    cut = after.cut
    span = (
        period_words(cut.grain, after.value.period)
        if after.value.period
        else f"{cut.from_day:%-d %B %Y} to {cut.to_day:%-d %B %Y}"
        if cut.from_day and cut.to_day
        else "all time"
    )
    where = ", ".join(value for values in cut.where.values() for value in values)
    return Moved(
        metric.title,
        f"{span}{f' ({where})' if where and where != 'yes' else ''}",
        _words(before),
        _words(after),
        tuple(_causes(then, now, before, after, ask_then)),
    )


def _words(one: Told) -> str:
    value = one.value
    counts = (
        f" ({value.numerator:,} of {value.denominator:,})"
        if value.numerator is not None and value.denominator is not None
        else f" (of {value.denominator:,})"
        if value.denominator is not None
        else ""
    )
    return one.words + counts


def _causes(then: Pack, now: Pack, before: Told, after: Told, ask_then: AskThen) -> Iterator[str]:
    """What moved a figure.

    Where the definition changed, the earlier snapshot is asked once more by today's: what that
    moves is the definition's, the rest is the data's.
    """
    name, old = after.metric, before.value
    if then.definitions.get(name) != now.definitions.get(name):
        by_now = now.definitions.get(name) == definition_mark(metric_named(name))
        again = ask_then(before) if by_now else None
        if again is None:
            yield f"{DEFINITION}; how much of it cannot be said, for that snapshot is gone"
            return
        if _counts(again) != _counts(old):
            words = figure_words(metric_named(name), again)
            yield f"{DEFINITION}: by the new one it had been {words}"
        old = again
    yield from _of_data(old, after.value)


def _of_data(old: Value, new: Value) -> Iterator[str]:
    """What the data moved: how many are counted, or what became of those."""
    if "suppressed" in (old.status, new.status) and old.status != new.status:
        yield "which small numbers are hidden"
        return
    if old.denominator is None and new.denominator is None:
        if old.numerator != new.numerator:
            yield NEW if (new.numerator or 0) > (old.numerator or 0) else FEWER
        return
    if old.denominator != new.denominator:
        yield NEW if (new.denominator or 0) > (old.denominator or 0) else FEWER
    is_other = (
        old.numerator != new.numerator
        if new.numerator is not None
        else (old.value != new.value and old.denominator == new.denominator)
    )
    if is_other:
        yield RESTATED


def _rebased(then: Pack, now: Pack) -> Iterator[Moved]:
    for name, days in now.rebases.items():
        added = [day for day in days if day not in then.rebases.get(name, ())]
        gone = [day for day in then.rebases.get(name, ()) if day not in days]
        if name in then.rebases and (added or gone):
            words = [f"{day:%-d %B %Y}" for day in added or gone]
            before = f"re-based from {', '.join(words)}" if gone and not added else "as before"
            after = f"re-based from {', '.join(words)}" if added else "no longer re-based"
            yield Moved(metric_named(name).title, "its limits", before, after, (REBASE,))
