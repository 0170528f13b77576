"""Bring an export: see what would happen, mend what is not understood, commit. Nothing is written until Commit."""

import getpass
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import streamlit as st

from loaders.contracts import LoadOptions, LoadReport, UnknownLabel
from loaders.errors import AmbiguousFile, LoadError, NothingKept, UnknownFormat
from loaders.formats import FORMATS
from loaders.load import Source, load, preview
from loaders.moves import older_words
from loaders.saved import saved_formats
from metrics.headlines import Headline, look_into
from sql.faults import StoreError
from views import mapping, reports
from views.asking import store
from views.running import Running, was_stopped
from views.words import for_markdown, page_words

ORDERS = {"As the file shows": None, "Day first (31/12/2025)": "dmy", "Month first (12/31/2025)": "mdy"}
RECOGNISED = "Let it be recognised"
TYPES = ["csv", "txt", "tsv", "gz", "zip", "xlsx"]


@dataclass
class Seen:
    """What a preview found."""

    reports: list[LoadReport] = field(default_factory=list)
    headlines: list[Headline] = field(default_factory=list)
    refusal: LoadError | StoreError | None = None

    @property
    def unknown(self) -> list[UnknownLabel]:
        """The labels that a mapping could mend."""
        refused = self.refusal.unknown if isinstance(self.refusal, NothingKept) else []
        return [*refused, *(one for report in self.reports for one in report.unknown)]


def section() -> None:
    """Draw the part of the Data page that takes exports in."""
    st.subheader("Bring an export", anchor=False)
    sent = st.file_uploader(
        "One or several exports: .csv, .csv.gz, .zip of them, or .xlsx", type=TYPES, accept_multiple_files=True,
        key=f"upload-{st.session_state.get('upload', 0)}",
    )  # fmt: skip
    for report in st.session_state.pop("done", []):
        st.success(f"Load {report.load_id}: {for_markdown(report.file_name)} is in. The figures are those of snapshot {report.snapshot}.")
        reports.show(report, is_preview=False)
    if not sent:
        return
    upload = _key_of(sent)
    options = _asked(upload, [file.name for file in sent])
    seen = _seen(upload, sent, options)
    if seen is None:
        return
    _mend(upload, sent, options, seen)
    if seen.refusal is None:
        _commit(upload, sent, options, seen)


def _key_of(sent: list[Any]) -> str:
    return hashlib.sha256("|".join(str(file.file_id) for file in sent).encode()).hexdigest()[:12]


def _asked(upload: str, names: list[str]) -> LoadOptions:
    """What the file does not say itself, and what was said in the mapping step."""
    said = mapping.chosen(upload)
    kinds = {entry.title: entry.name for entry in FORMATS} | {entry.name: entry.name for entry in saved_formats(store())}
    with st.expander("What the file does not say itself"):
        left, middle, right = st.columns(3)
        order = ORDERS[str(left.selectbox("Dates", tuple(ORDERS)))]
        kind = middle.selectbox("Read it as", (RECOGNISED, *kinds))
        as_at = right.date_input("Data as at, where it is not the latest day in the file", value=None, format="DD/MM/YYYY")
        force = left.text_input("Force, where the file has no such column", placeholder="the store's own")
        is_book = any(name.lower().endswith((".xlsx", ".zip")) for name in names)
        sheet = middle.text_input("Sheet of the workbook", placeholder="the first") if is_book else ""
        full = right.checkbox("A full extract: crimes it no longer holds leave the figures")
    asked = {"date_order": order, "force_name": force.strip() or None, "is_full": full, "as_at": as_at, "sheet": sheet.strip() or None,
             "format": kinds.get(str(kind)), "loaded_by": getpass.getuser()}  # fmt: skip
    return LoadOptions.model_validate(asked | said)


def _seen(upload: str, sent: list[Any], options: LoadOptions) -> Seen | None:
    """The preview of this upload under these options; worked out once. None while it is stopped."""
    key = f"{upload} {store().current()} {options.model_dump_json()}"
    kept: tuple[str, Seen] | None = st.session_state.get("seen")
    if kept and kept[0] == key:
        return kept[1]
    if was_stopped(upload):
        return None
    seen = Seen()
    own = store()
    with _on_disk(sent) as sources:
        look = look_into(own, seen.headlines)
        work = Running(own, lambda progress: preview(own, sources, options, progress, look))
        work.finish(upload)
    seen.reports, seen.refusal = work.result or [], work.refusal
    st.session_state["seen"] = (key, seen)
    return seen


def _mend(upload: str, sent: list[Any], options: LoadOptions, seen: Seen) -> None:
    """Say why it is refused, and ask what would mend it."""
    if seen.refusal is not None:
        st.error(for_markdown(page_words(str(seen.refusal))))
    if isinstance(seen.refusal, UnknownFormat | AmbiguousFile) or mapping.chosen(upload).get("header_map"):
        is_asked = isinstance(seen.refusal, UnknownFormat | AmbiguousFile)
        with st.expander("Which column is which?", expanded=is_asked), _on_disk(sent[:1]) as sources:
            mapping.columns(upload, sources[0], options)
    if seen.unknown:
        with st.container(border=True):
            mapping.labels(upload, seen.unknown)


def _commit(upload: str, sent: list[Any], options: LoadOptions, seen: Seen) -> None:
    """Show what would happen, and do it when asked."""
    st.markdown("**This is what would happen.** Nothing is written until you commit.")
    for report in seen.reports:
        reports.show(report, is_preview=True)
    reports.headline_table(seen.headlines)
    older = [report for report in seen.reports if report.older_than]
    is_yes = True
    for report in older:
        st.warning(for_markdown(page_words(older_words(report))))
    if older:
        is_yes = st.checkbox("Yes, load it although it is older")
    if st.button("Commit", type="primary", disabled=not is_yes):
        _load(upload, sent, options.model_copy(update={"may_be_older": bool(older) and is_yes}))


def _load(upload: str, sent: list[Any], options: LoadOptions) -> None:
    own = store()
    with _on_disk(sent) as sources:
        work = Running(own, lambda progress: load(own, sources, options, progress))
        try:
            work.finish(upload)
        finally:  # a second click may end this run of the page when the load is already in
            if work.result:
                st.session_state["done"] = work.result
                st.session_state["load"] = work.result[-1].load_id
                st.session_state["upload"] = st.session_state.get("upload", 0) + 1
    if work.refusal:
        st.error(for_markdown(page_words(str(work.refusal))))
    else:
        st.rerun()


@contextmanager
def _on_disk(sent: list[Any]) -> Iterator[list[Source]]:
    """The uploaded files inside the store, for as long as they are worked on."""
    with store().workspace() as work:
        sources = []
        for number, file in enumerate(sent):
            path = work / str(number)
            path.write_bytes(file.getbuffer())
            sources.append(Source(path, Path(file.name).name))
        yield sources
