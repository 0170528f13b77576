"""Upload data: see what would happen, mend what is not understood, commit.

Nothing is written until Commit.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import streamlit as st

from charts.escaping import for_markdown
from loaders.changes import MANY_GONE, loss_words, offences_words, older_words, rows_gone
from loaders.contracts import LoadOptions, LoadReport, UnknownLabel
from loaders.errors import (
    AmbiguousFile,
    LoadError,
    NothingKept,
    UnknownFormat,
)
from loaders.load import Source
from loaders.reading.temporary_files import TemporaryFiles
from metrics.load_impact import Headline
from store.errors import StoreError
from store.remedies import Remedy
from views.parts import load_report
from views.parts.load_wording import refusal_words, with_remedy
from views.parts.progress import finish, was_stopped
from views.parts.tab_state import this_tab
from views.trust import mapping
from views.trust.brought_files import asked, brought, forget
from views.trust.refused_files import file_count, has_button, left_out, offer
from web.sign_in import here, store
from web.tasks import bring, look
from web.upload_limits import let_go
from web.warm_up import follow
from web.worker import Ended, WorkerJob

LOAD = "load"
MANY_SET_ASIDE = 0.01  # of the rows brought: where more are left out, it needs a yes


@dataclass
class Seen:
    """What a preview found; `key` says of which upload, options and snapshot."""

    key: str
    reports: list[LoadReport] = field(default_factory=list)
    headlines: list[Headline] = field(default_factory=list)
    refused: list[LoadError] = field(default_factory=list)  # of files that are left out
    refusal: LoadError | StoreError | None = None

    @property
    def unknown(self) -> list[UnknownLabel]:
        """The labels that a mapping could mend."""
        refused = self.refusal.unknown if isinstance(self.refusal, NothingKept) else []
        return [*refused, *(one for report in self.reports for one in report.unknown)]


def section() -> None:
    """Draw the part of the Data page that takes exports in."""
    mine = this_tab()
    st.header("Upload data", anchor=False)
    sent = brought(f"upload-{mine.done[LOAD]}")
    if mine.newest_load is not None:
        st.session_state["load"], mine.newest_load = mine.newest_load, None
    told = mine.told(LOAD)
    left_out(told.refused if told else [], "was")
    for report in told.reports if told else []:
        st.success(
            f"Load {report.load_id}: {for_markdown(report.file_name)} is in. The figures are "
            f"those of snapshot {report.snapshot}."
        )
        load_report.show(report, is_preview=False)
    if not sent:
        return
    upload = _key_of(sent)
    options = asked(upload, [file.name for file in sent])
    seen = _seen(upload, sent, options)
    if seen is None:
        return
    _mend(upload, sent, options, seen)
    if seen.refusal is None:
        _commit(upload, sent, options, seen)


def _key_of(sent: list[Any]) -> str:
    return hashlib.sha256("|".join(str(file.file_id) for file in sent).encode()).hexdigest()[:12]


def _seen(upload: str, sent: list[Any], options: LoadOptions) -> Seen | None:
    """The preview of this upload under these options, worked out once for each state of the store.

    None while it is stopped.
    """
    key = f"{upload} {store().current()} {options.model_dump_json()}"
    kept: Seen | None = st.session_state.get("seen")
    if kept and kept.key == key:
        return kept
    if was_stopped(f"look-{upload}"):
        return None
    seen = Seen(key)
    with _on_disk(sent) as (sources, files):
        work = WorkerJob(look, store(), sources, options, files=files)
        finish(work, f"look-{upload}")
    if work.result:
        seen.reports, seen.headlines = work.result.reports, work.result.headlines
        seen.refused = work.result.refused
    seen.refusal = work.refusal
    if not isinstance(work.refusal, Ended):  # which the next look may not meet
        st.session_state["seen"] = seen
    return seen


def _mend(upload: str, sent: list[Any], options: LoadOptions, seen: Seen) -> None:
    """Say why it is refused, or which of its files are, and ask what would mend it."""
    if isinstance(seen.refusal, NothingKept) and seen.unknown:
        st.error(for_markdown(f"{seen.refusal} Say below what these labels mean."))
    elif seen.refusal is not None:
        st.error(for_markdown(refusal_words(seen.refusal)))
    left_out(seen.refused, "would be")
    problems = [seen.refusal] if seen.refusal is not None else seen.refused
    for problem in {type(one): one for one in problems}.values():
        offer(upload, problem)
    is_asked = any(
        isinstance(one, UnknownFormat | AmbiguousFile) and not has_button(one) for one in problems
    )
    if is_asked and len(sent) > 1:
        st.info("Bring that file by itself to say which of its columns is which.")
    elif is_asked or mapping.chosen(upload).get("header_map"):
        with (
            st.expander("Which column is which?", expanded=is_asked),
            _on_disk(sent[:1]) as (sources, _),
        ):
            mapping.columns(upload, sources[0], options)
    if seen.unknown:
        with st.container(border=True):
            mapping.labels(upload, seen.unknown, {one.format for one in seen.reports})


def _commit(upload: str, sent: list[Any], options: LoadOptions, seen: Seen) -> None:
    """Show what would happen, and do exactly that when asked."""
    agreed = st.session_state.pop("agreed", None)
    if agreed is not None and agreed != seen.key:
        st.warning(
            "The store, or what you said of the file, has changed since you looked. This is what "
            "would happen now."
        )
    st.markdown("**This is what would happen.** Nothing is written until you commit.")
    for report in seen.reports:
        load_report.show(report, is_preview=True)
    load_report.headline_table(seen.headlines)
    yes = _yes(upload, options, seen)
    st.button("Commit", type="primary", disabled=yes is None, on_click=_agree, args=(seen.key,))
    if agreed == seen.key and yes is not None:
        _load(upload, sent, yes)


def _yes(upload: str, options: LoadOptions, seen: Seen) -> LoadOptions | None:
    """The options with what was agreed to; None where something is still to be agreed to."""
    for report in seen.reports:
        if report.older_than:
            st.warning(for_markdown(with_remedy(older_words(report), Remedy("yes"))))
    is_doubted = any(report.not_known and report.not_known.rows for report in seen.reports)
    rows = sum(report.rows for report in seen.reports)
    is_holey = sum(report.set_aside for report in seen.reports) > MANY_SET_ASIDE * rows
    agreed = [st.checkbox(question) for question in questions(seen)]
    if is_doubted:
        agreed.append(mapping.agreed_to_unknown(upload, seen.reports))
    if is_holey:
        agreed.append(mapping.agreed_to_set_aside(upload, seen.reports))
    if not all(agreed):
        return None
    is_strange = any(report.older_than or loss_words(report) for report in seen.reports)
    is_unknown = any(map(offences_words, seen.reports))
    given = {
        "may_be_older": is_strange or options.may_be_older,
        "may_be_unknown": is_doubted or is_unknown,
    }
    return options.model_copy(update=given)


def questions(seen: Seen) -> Iterator[str]:
    """What needs a tick before it is loaded."""
    if seen.refused:
        left, loaded = file_count(len(seen.refused)), file_count(len(seen.reports))
        yield f"Yes, load {loaded} and leave out {left}"
    if any(report.older_than for report in seen.reports):
        yield "Yes, load it although it is older"
    gone, kept = sum(map(rows_gone, seen.reports)), sum(report.kept for report in seen.reports)
    if gone > MANY_GONE * kept or any(map(loss_words, seen.reports)):
        yield f"Yes, {gone:,} rows that count today are to leave the figures"
    if any(map(offences_words, seen.reports)):
        yield "Yes, load it although none of its offences is known"


def _agree(key: str) -> None:
    """Commit was clicked under the preview of that key, and under no other."""
    st.session_state["agreed"] = key


def _load(upload: str, sent: list[Any], options: LoadOptions) -> None:
    mine, person = this_tab(), here()
    with mine.doing(), _on_disk(sent) as (sources, files):
        work = WorkerJob(bring, store(), sources, options, files=files)
        try:
            finish(work, f"load-{upload}")
        finally:  # a second click may end this run of the page when the load is already in
            if work.result:
                follow(store(), person.subject)
                mine.newest_load = work.result.reports[-1].load_id
                mine.say(LOAD, work.result)
                let_go(sent)
                forget()
    if work.refusal:
        st.error(for_markdown(refusal_words(work.refusal)))
    else:
        st.rerun()


@contextmanager
def _on_disk(sent: list[Any]) -> Iterator[tuple[list[Source], list[int]]]:
    """The uploaded files on the store's disk, without a name, for as long as they are worked on;
    and the numbers they are open under.
    """
    with store().workspace() as work, TemporaryFiles(work) as room:
        sources = []
        for file in sent:
            path = room.new()
            path.write_bytes(file.getbuffer())
            sources.append(Source(path, Path(file.name).name))
        yield sources, room.handles()
