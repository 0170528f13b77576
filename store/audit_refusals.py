"""Refusals in the audit record: the first of each hour one by one, the others counted.

Whoever asks for what is not theirs decides how often; so that this fills no disk and hides no other
line, nobody in particular gets one line an hour and one person thirty, and then one more with the
count. A count is written when its hour is over, or when the server stops; a server that is killed
loses the count, never that there were refusals.
"""

import atexit
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from store import audit
from store.audit import Line
from store.errors import StoreError

PERIOD = 3600  # seconds
OF_NOBODY, OF_ONE = 1, 30  # refusals in an hour that have a line each
KINDS_TOLD = 3  # in the words of one line


@dataclass(frozen=True)
class Hour:
    """Whose refusals are counted together: of a store, an hour since 1970 and a subject."""

    folder: Path
    number: int
    subject: str


@dataclass
class Count:
    """The refusals of an hour: how many have a line, and what was asked for in the others."""

    written: int = 0
    others: Counter[str] = field(default_factory=Counter)
    last: Line | None = None

    def add(self, line: Line, what: Counter[str]) -> None:
        """Count refusals that get no line of their own."""
        self.others.update(what)
        self.last = line


_turn = threading.Lock()
_counts: dict[Hour, Count] = {}
_clock: list[threading.Timer] = []


def refuse(folder: Path, line: Line, subject: str = "") -> None:
    """A refusal, put on record or counted; `subject` is who was refused, if they are signed in.

    Raises StoreError where it cannot be written; it is counted then.
    """
    write_counts(is_all=False)
    hour = Hour(folder.absolute(), _now(), subject)
    with _turn:
        count = _counts.setdefault(hour, Count())
        has_line = count.written < (OF_ONE if subject else OF_NOBODY)
        count.written += has_line
        if not has_line:
            count.add(line, Counter([line.what]))
            _wind_clock()
    if not has_line:
        return
    try:
        audit.record(folder, line)
    except StoreError:
        with _turn:
            count.add(line, Counter([line.what]))
            _wind_clock()
        raise


def counted(folder: Path) -> int:
    """How many refusals this server has counted that no line tells of yet."""
    of_store = folder.absolute()
    with _turn:
        counts = [count for hour, count in _counts.items() if hour.folder == of_store]
        return sum(count.others.total() for count in counts)


def write_counts(is_all: bool = True) -> None:
    """A line for each count whose hour is over, or for every one.

    What cannot be written stays counted.
    """
    with _turn:
        now = _now()
        taken = {hour: _counts.pop(hour) for hour in [*_counts] if is_all or hour.number != now}
    for hour, count in taken.items():
        if count.last is None:
            continue
        try:
            audit.record(hour.folder, _summary(hour, count, count.last))
        except StoreError:
            with _turn:
                _counts.setdefault(hour, Count(count.written)).add(count.last, count.others)


def _summary(hour: Hour, count: Count, last: Line) -> Line:
    begin, end = (datetime.fromtimestamp(at * PERIOD, UTC) for at in (hour.number, hour.number + 1))
    kinds = [f"{what} ({number:,})" for what, number in count.others.most_common(KINDS_TOLD)]
    if len(count.others) > KINDS_TOLD:
        kinds.append("and other things")
    when = f"between {begin:%-d %b %H:%M} and {end:%H:%M} UTC"
    words = f"{count.others.total():,} more {when}: {', '.join(kinds)}"
    return Line(last.kind, words, last.who, last.roles, last.page)


def _now() -> int:
    return int(time.time() // PERIOD)


def _wind_clock() -> None:
    """See that counts are written soon after their hour, though nobody asks for anything then."""
    if not any(timer.is_alive() for timer in _clock):
        timer = threading.Timer(PERIOD - time.time() % PERIOD + 1, _strike)
        timer.daemon = True
        _clock[:] = [timer]
        timer.start()


def _strike() -> None:
    write_counts(is_all=False)
    with _turn:
        _clock.clear()
        if _counts:
            _wind_clock()


atexit.register(write_counts)
