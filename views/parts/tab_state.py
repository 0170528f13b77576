"""What one tab has done and is told of it, once, however often it was clicked.

A click on a page whose run is still at work ends that run and starts another beside it (Streamlit's
fast reruns). The ended run may finish what it cannot leave half done, as publishing, but may touch
no session state any more. It holds this instead, and the next run waits until it is through.
"""

import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

LATE = 10.0  # seconds in which a second click may still begin a run that would have to say it again
_making = threading.Lock()


@dataclass
class TabState:
    """The acts of one tab."""

    done: Counter[str] = field(
        default_factory=Counter
    )  # how often, by kind of act: what asks for the next one has this in its key
    newest_load: int | None = None  # one that this tab has just brought in, until the page shows it
    _said: tuple[str, Any, float] | None = None
    _is_told: bool = False
    _turn: threading.Lock = field(default_factory=threading.Lock)

    @contextmanager
    def doing(self) -> Iterator[None]:
        """Nothing else of this tab goes on meanwhile."""
        with self._turn:
            yield

    def wait(self) -> None:
        """Wait until nothing that an ended run of this tab has begun goes on."""
        with self._turn:
            pass

    def say(self, kind: str, what: object) -> None:
        """An act is done: this is to be told of it, in place of what was to be told before."""
        self.done[kind] += 1
        self._said, self._is_told = (kind, what, time.monotonic()), False

    def told(self, kind: str) -> Any:
        """What is to be told of the newest act, if it is of that kind: once, and to a run that
        begins just after; else None.
        """
        if (
            self._said is None
            or self._said[0] != kind
            or (self._is_told and time.monotonic() - self._said[2] > LATE)
        ):
            return None
        self._is_told = True
        return self._said[1]


def this_tab() -> TabState:
    """The one of this tab."""
    with _making:
        if "tab_state" not in st.session_state:
            st.session_state["tab_state"] = TabState()
        found: TabState = st.session_state["tab_state"]
        return found
