"""What is late of the sources, or how young the store is, at the head of a page."""

import streamlit as st

from charts.escaping import for_markdown
from metrics.catalogue import metric_named
from metrics.data_span import how_much_words
from packs.source_ages import ages, late_words
from store.snapshot import Snapshot
from views.parts.figures import figures_of
from web.sign_in import store


def say_what_is_late(snapshot: Snapshot) -> None:
    """A line at the head of a page on which something is decided; nothing where all is fresh."""
    if words := late_words(ages(snapshot, store().folder)):
        st.markdown(f"**{for_markdown(words)}**")


def say_late_or_young(snapshot: Snapshot) -> None:
    """The same, and on a young store what there is and what comes with which month."""
    say_what_is_late(snapshot)
    if words := how_much_words(figures_of(snapshot), metric_named("crimes_recorded")):
        st.info(for_markdown(words))
