"""What is asked of a refused file, where a click is the answer; and which files are left out."""

import streamlit as st

from charts.escaping import for_markdown
from loaders.errors import LoadError, ManySheets, NeedsYes
from store.errors import StoreError
from views.parts.load_wording import refusal_words
from views.trust import mapping

ORDERS = {
    "As the file shows": None,
    "Day first (31/12/2025)": "dmy",
    "Month first (12/31/2025)": "mdy",
}


def has_button(problem: LoadError | StoreError) -> bool:
    """Is one click the whole answer?"""
    is_order = problem.remedy is not None and problem.remedy.kind == "date_order"
    return is_order or isinstance(problem, ManySheets)


def offer(upload: str, problem: LoadError | StoreError) -> None:
    """The buttons that answer what a refusal asks."""
    answers: list[tuple[str, dict[str, object]]] = []
    if problem.remedy is not None and problem.remedy.kind == "date_order":
        answers = [(label, {"date_order": order}) for label, order in list(ORDERS.items())[1:]]
    elif isinstance(problem, ManySheets):
        answers = [(f"Sheet {for_markdown(one)}", {"sheet": one}) for one in problem.sheets]
    elif isinstance(problem, NeedsYes):
        answers = [("Yes, load it as it is", {"may_be_older": True})]
    for words, answer in answers:
        st.button(words, key=f"{words}-{upload}", on_click=mapping.add, args=(upload, answer))


def left_out(refused: list[LoadError], verb: str) -> None:
    """The files that cannot be taken, each with why; the others of the upload can."""
    if refused:
        sentences = "\n".join(f"- {for_markdown(refusal_words(one))}" for one in refused)
        st.error(f"{file_count(len(refused))} {verb} left out:\n{sentences}")


def file_count(count: int) -> str:
    """1 file; 3 files."""
    return f"{count} file{'' if count == 1 else 's'}"
