"""Long work on a page: it runs in a process of its own, says how far it is, and stops when asked
to, or when its page goes.
"""

from typing import TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from charts.escaping import for_markdown
from web.worker import LOOK_EVERY, WorkerJob

Result = TypeVar("Result")
UNSEEN = 1.0  # seconds that work may take before it is spoken of
STEPS = {  # where each step of a load starts, and how much of the whole it is
    "Reading": (0.0, 0.1),
    "Checking": (0.1, 0.7),
    "Working out what": (0.8, 0.1),
    "Working out the": (0.9, 0.08),
    "Publishing": (0.9, 0.08),
}


def finish(work: WorkerJob[Result], button: str) -> None:
    """Do the work, and show how far it is.

    A click on Stop, a rerun or a closed page stops it; then nothing is written.
    """
    place = st.empty()
    try:
        work.start()
        if not work.wait(UNSEEN):
            _watch(work, place, button)
    except (
        BaseException
    ):  # Streamlit ends a script by an exception of its own, which goes on its way
        work.stop()
        raise
    place.empty()
    if work.is_faulty:
        raise RuntimeError(
            "A fault of the program ended this work; its trace is in the log before this line."
        )


def _watch(work: WorkerJob[Result], place: DeltaGenerator, button: str) -> None:
    with place.container():
        bar = st.progress(0.0, text=for_markdown(work.step))
        st.button("Stop", key=f"stop-{button}", on_click=_stopped, args=(button,))
    done = 0.0
    while not work.wait(LOOK_EVERY):
        start, width = next(
            (span for words, span in STEPS.items() if work.step.startswith(words)), (0.0, 0.1)
        )
        done = max(done, start + width * (work.share or 0.0))
        bar.progress(done, text=f"{for_markdown(work.step)} · {done:.0%}")


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
