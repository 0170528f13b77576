"""What a page asks: which store, which snapshot, which figures.

Cached by snapshot, which never changes.
"""

from functools import partial

import streamlit as st

from metrics.contracts import Answer, Cut
from metrics.figures import Figures, answer_of
from metrics.measure import values_of
from store import settings
from store.cache import remembered
from store.errors import UnknownSnapshot
from store.snapshot import Snapshot, read
from views.parts.load_wording import refusal_words
from web.sign_in import here, store
from web.warm_up import newest

EXACT = "figures:exact"


def shown_snapshot(is_at_once: bool = False) -> Snapshot | None:
    """The newest snapshot, or the kept one that the address names; None where the store is empty.

    Who sees no exact figures, the newest.

    Pages that change the store ask for the newest at once; all others wait for its figures
    (`web.warm_up`).
    """
    wanted = _wanted()
    usual = store().current() if is_at_once else newest(store(), here().subject)
    try:
        return read(store(), wanted or usual)
    except UnknownSnapshot as problem:
        if wanted:
            st.warning(refusal_words(problem))
            return read(store(), usual) if usual else None
        return None


def is_newer_coming(snapshot: Snapshot) -> bool:
    """Is a snapshot published that will be shown in place of this one once its figures are worked
    out?
    """
    current, usual = store().current(), newest(store(), here().subject)
    return snapshot.number == usual and current is not None and usual < current


def number_shown() -> int | None:
    """The number of the snapshot that pages show; None where the store is empty."""
    return _wanted() or newest(store(), here().subject)


def _wanted() -> int | None:
    """The snapshot that the address names, to a person who may see exact figures."""
    wanted = st.query_params.get("snapshot", "") if here().may(EXACT) else ""
    return int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 10 else None


def answer(snapshot: Snapshot, metric: str, cut: Cut) -> Answer:
    """The values of a metric at a cut; to a person who may not see exact figures, as the scrutiny
    audience is told them.

    The audience is part of the cut, and the cut of the key of the cache: nobody is given what was
    worked out for another audience.
    """
    if not here().may(EXACT):
        cut = cut.but(audience="scrutiny")
    days = settings.of(store().folder).provisional_days
    return _answer(snapshot, metric, cut.model_dump_json(), days)


@remembered  # Streamlit's own cache would copy each answer at each look: half of a page's time
def _answer(snapshot: Snapshot, metric: str, cut: str, days: int) -> Answer:
    return answer_of(snapshot, days, metric, Cut.model_validate_json(cut))


def figures_of(snapshot: Snapshot) -> Figures:
    """The figures of a snapshot as the person who is here is told them."""
    days = settings.of(store().folder).provisional_days
    return Figures(snapshot, partial(answer, snapshot), days)


def choices(snapshot: Snapshot, metric: str, source: str, dimension: str) -> tuple[str, ...]:
    """What the store has seen of a dimension."""
    return values_of(snapshot, metric, source, dimension)
