"""Figures worked out before they are looked at: when a new snapshot is published, its pages are drawn once in another process.

Until that is done everybody sees the snapshot before, whose figures are known, except who made the new one: they see it at once.
"""

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import streamlit as st

from sql.faults import StoreError
from sql.memory import MEMORY, Key
from sql.store import Store
from views.apart import Apart

LOOK_EVERY = 0.5  # seconds
LONGEST = 60.0  # seconds that a new snapshot waits for its figures
_ready: dict[Path, int] = {}
_seen: dict[tuple[Path, int], float] = {}


def begin(store: Store, work_out: Callable[..., dict[Key, object]]) -> None:
    """From now on, have `work_out` (of a Store, a snapshot's number and a `progress`) done for each new snapshot, beside all else."""
    threading.Thread(target=_watch, args=(store, work_out), daemon=True).start()


def follow(store: Store) -> None:
    """Who has just changed the store sees what came of it at once."""
    st.session_state["own_snapshot"] = store.current()


def newest(store: Store) -> int | None:
    """The newest snapshot that is fit to be shown here; None where the store is empty."""
    current, ready = store.current(), _ready.get(store.folder)
    if current is None or ready is None or ready >= current or not store.path(ready).is_file():
        return current
    if st.session_state.get("own_snapshot", 0) > ready:
        return current
    since = _seen.setdefault((store.folder, current), time.monotonic())
    return ready if time.monotonic() - since < LONGEST else current


def _watch(store: Store, work_out: Callable[..., dict[Key, object]]) -> None:
    while True:
        with suppress(StoreError, OSError, ValueError):  # a store that cannot be read just now: the pages say so
            current = store.current()
            if current is not None and current != _ready.get(store.folder):
                _done(Apart(work_out, store, current), store, current)
        time.sleep(LOOK_EVERY)


def _done(work: Apart[dict[Key, object]], store: Store, number: int) -> None:
    """Have the figures of one snapshot worked out; given up where a newer one comes in the meantime."""
    work.start()
    while not work.wait(LOOK_EVERY):
        if store.current() != number:
            return work.stop()
    MEMORY.learn(work.result or {})
    _ready[store.folder] = number
    _seen.clear()
    return None
