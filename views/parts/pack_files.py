"""The button that makes a pack of a meeting, and the files of the pack that was made."""

from functools import partial
from pathlib import Path

import streamlit as st

from charts.escaping import for_markdown
from metrics.errors import MetricError
from metrics.scope import Chosen
from packs.contents import Head
from packs.files import bytes_of, file_name, kinds_here
from packs.kept import keep, read_kept
from packs.make import pack_of, request_for
from store.errors import StoreError
from store.snapshot import Snapshot
from views.parts import page
from views.parts.figures import figures_of
from web.sign_in import here, store

MAKE = "packs:make"


def ways_out(meeting: str, snapshot: Snapshot, chosen: Chosen, filters: dict[str, str]) -> None:
    """Where a meeting's page leads: meeting mode with the same filters, and a pack to take away."""
    with st.container(horizontal=True, vertical_alignment="center"):
        page.meeting_link(meeting, snapshot, filters)
        draw(meeting, snapshot, chosen)


def draw(meeting: str, snapshot: Snapshot, chosen: Chosen, audience: str = "force") -> None:
    """The button, and once it is pressed the pack as each kind of file that can be made here.

    A pack is an act: it is kept with its figures, so a second press makes no second one.
    """
    if not here().may(MAKE):
        return
    key = f"pack-{meeting}-{audience}-{snapshot.number}-{chosen.offence}-{chosen.area}"
    with st.container(horizontal=True, vertical_alignment="center", key=f"files-{audience}"):
        is_pressed = st.button(
            "Make a pack to take away",
            key=f"make-{key}",
            disabled=key in st.session_state,
            help="PowerPoint, Excel and HTML with these figures. It is kept, and can be made again "
            "whatever is loaded later.",
        )
        if is_pressed and key not in st.session_state:
            try:
                with st.spinner("Making the pack …"):
                    st.session_state[key] = _made(meeting, snapshot, chosen, audience)
            except (MetricError, StoreError) as problem:
                st.error(for_markdown(str(problem)))
                return
            st.rerun()  # what stands above it on the page may list the packs
        if (made := st.session_state.get(key)) is not None:
            number, head = made
            links(number, head, snapshot)


def _made(meeting: str, snapshot: Snapshot, chosen: Chosen, audience: str) -> tuple[int, Head]:
    folder = store().folder
    figures = figures_of(snapshot)
    asked = request_for(meeting, audience, figures, chosen.offence, chosen.area)
    pack = pack_of(asked, folder, here().name or "not signed in")
    head = Head.model_validate(pack.model_dump(include=set(Head.model_fields)))
    return keep(folder, pack), head


def links(number: int, head: Head, snapshot: Snapshot) -> None:
    """The files of a pack, each read and made once it is taken."""
    st.markdown(f"Pack {number}:")
    for suffix, words in kinds_here().items():
        name = file_name(head, number, suffix)
        made = partial(_file, store().folder, number, suffix)
        page.download_later(words, name, snapshot, made, "download:figures")


def _file(store_folder: Path, number: int, suffix: str) -> bytes:
    return bytes_of(read_kept(store_folder, number).pack, suffix)
