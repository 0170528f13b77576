"""Packs: those that were made, each to be taken away again as it was; what moved between two; and
the pack for the body that scrutinises the force.
"""

from itertools import islice

import streamlit as st

from charts.escaping import for_markdown
from metrics.scope import Chosen
from metrics.wording import day_words
from packs.compare import asking, compared
from packs.contents import MEETINGS
from packs.kept import Listed, all_kept, read_kept
from store import settings
from store.snapshot import Snapshot, read
from views.parts import filters, pack_files, page
from views.parts.figures import shown_snapshot
from views.parts.load_report import table
from views.parts.page import Page
from web.sign_in import store

PAGE = Page("Packs", address="packs", order=6, is_prerendered=False)
SHOWN = 50  # of the packs, the newest


def draw() -> None:
    """Draw the page."""
    snapshot = shown_snapshot()
    if snapshot is None:
        return page.empty("Packs", "Nothing is loaded yet.")
    page.head("Packs", snapshot, "what left a meeting, as it was", None)
    packs = list(islice(all_kept(store().folder, _warn), SHOWN))
    if packs:
        _list(packs)
        _again(packs, snapshot)
        _moved(packs)
    else:
        st.info("No pack is made yet. Each meeting's page has a button that makes one.")
    _for_scrutiny(snapshot)
    return None


def _warn(words: str) -> None:
    st.warning(for_markdown(words))


def _name(kept: Listed) -> str:
    pack = kept.pack
    audience = ", for scrutiny" if pack.audience == "scrutiny" else ""
    return f"Pack {kept.number}: {MEETINGS[pack.meeting]}, {pack.scope}{audience}"


def _list(packs: list[Listed]) -> None:
    many = len(packs)
    st.header(f"{many} {'pack' if many == 1 else 'packs'}, the newest first", anchor=False)
    rows = [
        [
            str(kept.number),
            MEETINGS[kept.pack.meeting],
            kept.pack.scope,
            "scrutiny" if kept.pack.audience == "scrutiny" else "force",
            day_words(kept.pack.data_as_at),
            str(kept.pack.snapshot),
            f"{kept.pack.made_at:%-d %B %Y, %H:%M}",
            kept.pack.made_by,
        ]
        for kept in packs
    ]
    heads = ["Pack", "Meeting", "Of", "For", "Data as at", "Snapshot", "Made (UTC)", "By"]
    table(heads, rows, "Packs that were made")


def _again(packs: list[Listed], snapshot: Snapshot) -> None:
    named = {_name(kept): kept for kept in packs}
    st.header("Take one away again", anchor=False)
    st.caption("With the figures and the words that it had, whatever was loaded or defined since.")
    left, right = st.columns([2, 1.4], vertical_alignment="bottom")
    picked = named[str(left.selectbox("Pack", tuple(named), key="again"))]
    with right, st.container(horizontal=True, vertical_alignment="center"):
        pack_files.links(picked.number, picked.pack, snapshot)


def _moved(packs: list[Listed]) -> None:
    """What moved between two packs of one audience, the earlier first."""
    st.header("What moved between two packs", anchor=False)
    named = {_name(kept): kept for kept in packs}
    left, right = st.columns(2)
    later = named[str(left.selectbox("The later one", tuple(named), key="later"))]
    earlier = {
        name: kept
        for name, kept in named.items()
        if kept.number < later.number and kept.pack.audience == later.pack.audience
    }
    if not earlier:
        st.caption("There is no earlier pack for the same audience.")
        return
    before = earlier[str(right.selectbox("The earlier one", tuple(earlier), key="earlier"))]
    days = settings.of(store().folder).provisional_days

    then, now = (read_kept(store().folder, one.number).pack for one in (before, later))
    moved = compared(then, now, asking(store(), then, days))
    if not moved:
        st.markdown("**No figure that both packs tell has moved.**")
        return
    rows = [[one.measure, one.span, one.then, one.now, "; ".join(one.causes)] for one in moved]
    st.markdown(f"**{len(rows)} {'figure has' if len(rows) == 1 else 'figures have'} moved.**")
    table(["Measure", "Span", "Then", "Now", "Moved by"], rows, "What moved")


def _for_scrutiny(snapshot: Snapshot) -> None:
    """The pack for scrutiny, once somebody has read what it will say."""
    body = settings.of(store().folder).scrutiny_body
    st.header(for_markdown(f"A pack for the {body}"), anchor=False)
    st.caption(
        "The whole force by month, small numbers hidden and the others rounded to the nearest "
        "five. It takes some seconds after each new load."
    )
    offence = filters.one_of("Offences", ("All VAWG", "Stalking", "Rape", "All crime"), "for")
    is_read = st.checkbox(
        "I have read the commentary it will carry: none of it names a person or a case",
        key="pack-is-read",
    )
    if is_read:
        newest = read(store())  # an older snapshot is not told to that audience
        pack_files.draw("monthly", newest, Chosen(offence), "scrutiny")
