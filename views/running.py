"""Long work on a page: it runs beside the page's own thread, says how far it is, and stops when asked to, or when its page goes."""

import threading
from collections.abc import Callable
from contextvars import copy_context
from typing import Generic, TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from loaders.acts import Progress
from loaders.errors import LoadError
from sql.faults import Stopped, StoreError
from sql.store import Store
from views.words import for_markdown

Result = TypeVar("Result")
LOOK_EVERY = 0.15  # seconds
STEPS = {  # where each step of a load starts, and how much of the whole it is
    "Reading": (0.0, 0.1), "Checking": (0.1, 0.7), "Working out what": (0.8, 0.1), "Working out the": (0.9, 0.08),
    "Publishing": (0.9, 0.08),
}  # fmt: skip


class Running(Generic[Result]):
    """One piece of work in a thread of its own. `store` is the Store it works on, made for it alone."""

    def __init__(self, store: Store, work: Callable[[Progress], Result]) -> None:
        self.store = store
        self.step = "Starting"
        self.result: Result | None = None
        self.refusal: LoadError | StoreError | None = None
        self._stop = threading.Event()
        self._thread = threading.Thread(target=copy_context().run, args=(self._run, work), daemon=True)  # who asks, and where, goes with it

    def _run(self, work: Callable[[Progress], Result]) -> None:
        try:
            self.result = work(self._progress)
        except (LoadError, StoreError) as problem:
            self.refusal = problem

    def _progress(self, step: str) -> None:
        if self._stop.is_set():
            raise Stopped("Stopped. Nothing was written.")
        self.step = step

    def finish(self, button: str) -> None:
        """Show how far the work is until it is done. A click on Stop, a rerun or a closed page stops it; then nothing is written."""
        place = st.empty()
        self._thread.start()
        self._thread.join(4 * LOOK_EVERY)
        try:
            if self._thread.is_alive():
                self._watch(place, button)
        except BaseException:  # Streamlit ends a script by an exception of its own, which goes on its way
            self._stop.set()
            while self._thread.is_alive():
                self.store.interrupt()
                self._thread.join(LOOK_EVERY)
            raise
        place.empty()

    def _watch(self, place: DeltaGenerator, button: str) -> None:
        with place.container():
            bar = st.progress(0.0, text=for_markdown(self.step))
            st.button("Stop", key=f"stop-{button}", on_click=_stopped, args=(button,))
        done = 0.0
        while self._thread.is_alive():
            start, width = next((span for words, span in STEPS.items() if self.step.startswith(words)), (0.0, 0.1))
            done = max(done, start + width * (self.store.share_done() or 0.0))
            bar.progress(done, text=f"{for_markdown(self.step)} · {done:.0%}")
            self._thread.join(LOOK_EVERY)


def _stopped(button: str) -> None:
    st.session_state["stopped"] = button


def was_stopped(button: str) -> bool:
    """Was this work stopped? Then the page waits until it is asked for again."""
    if st.session_state.get("stopped") != button:
        return False
    st.info("Stopped. Nothing was written.")
    if st.button("Start again", key=f"again-{button}"):
        st.session_state.pop("stopped")
        st.rerun()
    return True
