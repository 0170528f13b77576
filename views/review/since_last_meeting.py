"""What changed since the last meeting: signals that started or ended, figures restated, loads since."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import streamlit as st

from metrics.catalogue import metrics
from metrics.contracts import Cut, Metric, Value
from sql.snapshot import Snapshot, read
from views import filters, frame, review
from views.asking import as_at, snapshot
from views.marks import talk
from views.person import store
from views.registers import rebased
from views.reports import KINDS, table
from views.words import MINUS, change_words, day_words, figure_words, for_markdown, resting_words


@dataclass(frozen=True)
class Changed:
    """What differs between two snapshots, in sentences and rows."""

    signals: list[tuple[str, str, str]]  # started or ended, sentence, link
    restated: list[list[str]]
    loads: list[list[str]]
    absent: list[str]  # measures of which nothing was loaded then


def page() -> None:
    """Draw the page."""
    at = snapshot()
    if at is None:
        return frame.empty("Since the last meeting", "Nothing is loaded yet.")
    frame.head("Since the last meeting", at, "what started, what ended, what was restated", as_at(at, "recorded_outcome", "force"))
    earlier = {f"{day_words(day)} (snapshot {number})" if day else f"snapshot {number}": number for number, day in _earlier(at)}
    if not earlier:
        st.info("This is the only snapshot that is kept: there is nothing earlier to set it against.")
        return None
    offence = filters.offence_pills()
    names = list(earlier)
    usual = names.index(_usual(at, earlier))
    left, _ = st.columns([1, 2])
    with left:
        picked = str(st.selectbox("Set against the data as they stood at", names, index=usual, key="since", bind="query-params"))
    then = read(store(), earlier[picked])
    found = compared(at, then, filters.Chosen(offence=offence))
    _draw(found, picked)
    return None


def compared(at: Snapshot, then: Snapshot, chosen: filters.Chosen) -> Changed:
    """Every headline measure in two snapshots; the figure restated is that of the span that was judged then."""
    signals, restated, absent = [], [], []
    for entry in (entry for entry in metrics() if entry.headline):
        if row := _restated(at, then, entry, chosen):
            restated.append(row)
        now, was = review.headline(at, entry, chosen), review.headline(then, entry, chosen)
        if now is None or was is None:
            if now is not None:
                absent.append(entry.title)
            if now is not None and now.said:
                signals.append(("Not known then", now.said, now.row.link))
            continue
        if set(rebased(at, entry)) != set(rebased(then, entry)):
            signals.append(("Re-based", f"{entry.title}: its limits are worked out anew, so its signals cannot be compared", now.row.link))
            continue
        if was.said and not now.said:
            signals.append(("Ended", f"{entry.title}: no longer {was.words}.", now.row.link))
        elif now.said and (not was.said or was.row.signal != now.row.signal):
            signals.append(("Started", now.said, now.row.link))
    before = {row["load_id"]: row["counts"] for row in then.loads}
    loads = [_load(row, before) for row in at.loads if before.get(row["load_id"]) != row["counts"]]
    return Changed(signals, restated, loads, absent)


def _load(row: dict[str, Any], before: dict[int, bool]) -> list[str]:
    is_new = row["load_id"] not in before
    state = "" if is_new and row["counts"] else "brought back since" if row["counts"] else "undone since"
    brought = f"{row['new_count']:,} new, {row['changed_count']:,} changed" if is_new else ""
    kind = KINDS.get(row["format"], row["format"])
    return [str(row["load_id"]), kind, row["file_name"], f"{row['received_at']:%-d %B %Y}", brought, state]


def _restated(at: Snapshot, then: Snapshot, entry: Metric, chosen: filters.Chosen) -> list[str] | None:
    day = as_at(then, entry.relation, "force")
    if day is None:
        return None
    window = review.window_of(entry, day)
    was, now = (review.in_window(one, entry, Cut(where=chosen.where(entry)), window) for one in (then, at))
    if was is None or now is None or (was.numerator, was.denominator, was.value) == (now.numerator, now.denominator, now.value):
        return None
    step = change_words(entry, now, was).replace(f"{MINUS}0.0", "+0.0").replace("+0.0 pts", "under 0.1 pts")
    return [entry.title, window.words, _figure(entry, was), _figure(entry, now), step]


def _figure(entry: Metric, value: Value) -> str:
    return f"{figure_words(entry, value)} ({resting_words(entry, value)})"


def _draw(found: Changed, since: str) -> None:
    if found.signals:
        st.html(talk(found.signals, f"{len(found.signals)} changed"))
    else:
        st.markdown(f"**No signal started or ended** since the data of {for_markdown(since)}.")
    if found.absent:
        st.caption(for_markdown(f"Nothing was loaded then of: {', '.join(found.absent)}. These cannot be compared."))
    count = len(found.restated)
    st.subheader(
        f"{count} {'figure' if count == 1 else 'figures'} of the last meeting {'has' if count == 1 else 'have'} been restated."
        if count else "No figure of the last meeting has been restated.", anchor=False,
    )  # fmt: skip
    if found.restated:
        table(["Measure", "Span judged then", "Then", "Now", "Moved by"], found.restated, "Figures restated")
        st.caption("The same span asked again: later loads have added to it or changed it. Newer spans are on the meeting's own page.")
    many = len(found.loads)
    st.subheader(f"{many or 'No'} {'load' if many == 1 else 'loads'} since.", anchor=False)
    if found.loads:
        table(["Load", "Kind", "File", "Received", "What it brought", "State"], found.loads, "Loads since")


def _earlier(at: Snapshot) -> list[tuple[int, date | None]]:
    """The kept snapshots before this one, newest first, each with the day its crimes stood at."""
    numbers = sorted((one for one in store().kept() if one < at.number), reverse=True)
    return [(number, _stood_at(number)) for number in numbers]


def _stood_at(number: int) -> date | None:
    return as_at(read(store(), number), "recorded_outcome", "force")


def _usual(at: Snapshot, earlier: dict[str, int]) -> str:
    """The newest snapshot whose data stood at an earlier day; the one before, where there is none."""
    today = as_at(at, "recorded_outcome", "force")
    for words, number in earlier.items():
        day = _stood_at(number)
        if day and today and day < today:
            return words
    return next(iter(earlier))
