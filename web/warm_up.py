"""Figures worked out before they are looked at: when a new snapshot is published, its pages are
drawn once in another process.

Until that is done everybody sees the snapshot before, whose figures are known, except who made the
new one: they see it at once. Only behind sign-in, where many look at the same figures; on one
person's machine a page works out what it asks.
"""

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from store.cache import MEMORY, Key
from store.errors import StoreError
from store.writer import Store
from web.worker import WorkerJob

Work = Callable[..., dict[Key, object]]  # of a Store, the number of a snapshot and a `progress`
LOOK_EVERY = 0.5  # seconds
LONGEST = 60.0  # seconds that anybody is shown figures which are not the newest
_ready: dict[Path, int] = {}
_since: dict[Path, float] = {}  # since when there is a newer one
_made: dict[tuple[Path, str], int] = {}  # the newest that a person has made here


def begin(store: Store, first: Work, then: Work) -> None:
    """From now on, have two things worked out for each new snapshot: the first before it is shown,
    the other while it is.
    """
    threading.Thread(target=_watch, args=(store, first, then), daemon=True).start()


def follow(store: Store, subject: str) -> None:
    """Who has just changed the store sees what came of it at once, in every tab."""
    _made[store.folder, subject] = store.current() or 0


def newest(store: Store, subject: str) -> int | None:
    """The newest snapshot that is fit to be shown to a person; None where the store is empty."""
    current, ready = store.current(), _ready.get(store.folder)
    if current is None or ready is None or ready >= current or not store.path(ready).is_file():
        return current
    if _made.get((store.folder, subject), 0) > ready:
        return current
    since = _since.setdefault(store.folder, time.monotonic())
    return ready if time.monotonic() - since < LONGEST else current


def _watch(store: Store, first: Work, then: Work) -> None:
    while True:
        with suppress(
            StoreError, OSError, ValueError
        ):  # a store that cannot be read just now: the pages say so
            current = store.current()
            if (
                current is not None
                and current != _ready.get(store.folder)
                and _is_learnt(first, store, current)
            ):
                _ready[store.folder] = current
                _since.pop(store.folder, None)
                _is_learnt(then, store, current)
        time.sleep(LOOK_EVERY)


def _is_learnt(work: Work, store: Store, number: int) -> bool:
    """Have something of one snapshot worked out, and keep it.

    Not where a newer one comes in the meantime.
    """
    apart = WorkerJob(work, store, number)
    try:
        apart.start()
        while not apart.wait(LOOK_EVERY):
            if store.current() != number:
                return False
    finally:
        apart.kill()  # it writes nothing, so nothing is lost
    MEMORY.learn(apart.result or {})
    return True
