"""The mapping step: which column of theirs is which field of ours, and what their labels mean."""

import csv
from collections.abc import Sequence
from functools import cache
from typing import Any

import streamlit as st

from charts.escaping import for_markdown
from loaders.column_suggestions import Proposal, propose
from loaders.contracts import LoadOptions, LoadReport, UnknownLabel
from loaders.errors import LoadError
from loaders.formats import FORMATS
from loaders.load import Source
from loaders.value_lists import meanings
from metrics.wording import share
from store.errors import StoreError
from store.writer import REFERENCE
from views.parts.load_report import table
from views.parts.load_wording import field_words, refusal_words
from web.sign_in import store

KINDS = {entry.title: entry.name for entry in FORMATS}
ABSENT = "Not in the file"
LABELS_SHOWN = 30
STATUSES = {
    "It does not count: cancelled, no crime, or another force's": "excluded",
    "It counts as a crime": "0",
}


def chosen(upload: str) -> dict[str, Any]:
    """What was said of this upload in the mapping step: parts of `LoadOptions`."""
    return dict(st.session_state.get(f"mapping-{upload}", {}))


def add(upload: str, said: dict[str, Any]) -> None:
    """Something more was said of this upload."""
    st.session_state[f"mapping-{upload}"] = chosen(upload) | said


def columns(upload: str, source: Source, options: LoadOptions) -> None:
    """Ask which column is which, with the likeliest proposed."""
    st.caption(
        "The likeliest column is proposed for each field. What is chosen here is used for this "
        "file, or kept under a name."
    )
    kind = st.selectbox(
        "Kind of export", tuple(KINDS), index=None, placeholder="the nearest", key=f"kind-{upload}"
    )
    try:
        found = propose(
            store(), source, options.model_copy(update={"format": KINDS[kind] if kind else None})
        )
    except (LoadError, StoreError) as problem:
        st.caption(for_markdown(refusal_words(problem)))
        return
    if found is None:
        st.caption("The file has no columns that could be mapped.")
        return
    st.caption(f"Read as {found.format.title}. Its first rows:")
    table(
        [head or f"column {at}" for at, head in enumerate(_distinct(found.headers), 1)],
        [list(row) for row in found.rows[:3]],
        "First rows",
    )
    _form(upload, found)


def _form(upload: str, proposal: Proposal) -> None:
    heads = [head for head in proposal.headers if head]
    with st.form(f"columns-{upload}-{proposal.format.name}"):
        places = st.columns(3)
        picks: dict[str, str] = {}
        for at, column in enumerate(proposal.format.columns):
            likely = proposal.likely.get(column.name)
            label = field_words(column.name) + (" (required)" if column.required else "")
            pick = places[at % 3].selectbox(
                label,
                [ABSENT, *heads],
                index=heads.index(likely) + 1 if likely in heads else 0,
                key=f"column-{upload}-{proposal.format.name}-{column.name}",
            )
            if pick != ABSENT:
                picks[column.name] = str(pick)
        name = st.text_input(
            "Keep this mapping under a name, so that the next such file is known",
            placeholder="Records, monthly extract",
        )
        if st.form_submit_button("Use this mapping"):
            _keep(upload, proposal, picks, name.strip())


def _keep(upload: str, proposal: Proposal, picks: dict[str, str], name: str) -> None:
    twice = [head for head in set(picks.values()) if list(picks.values()).count(head) > 1]
    lacking = [field_words(field) for field in proposal.format.required if field not in picks]
    if "offence_description" in picks and "Offence" in lacking:
        lacking.remove("Offence")
    if twice:
        st.error(f"{for_markdown(twice[0])} is chosen for two fields. Choose it for one.")
    elif lacking:
        st.error(f"Still to be chosen: {', '.join(lacking)}. Without it the file cannot be loaded.")
    else:
        said = chosen(upload) | {
            "format": proposal.format.name,
            "header_map": {theirs: ours for ours, theirs in picks.items()},
        }
        st.session_state[f"mapping-{upload}"] = said | {"save_format": name or None}
        st.rerun()


def labels(upload: str, unknown: list[UnknownLabel], formats: set[str]) -> None:
    """Ask what labels mean that no code list knows: each with the rows it stands in, a code
    proposed and why; one click accepts. `formats`: of the files, where they are known.
    """
    st.markdown(
        f"**{len(unknown)} label{' is' if len(unknown) == 1 else 's are'} in no code list.** The "
        "likeliest meaning of each is chosen."
    )
    said: dict[str, str] = dict(chosen(upload).get("code_map", {}))
    with st.form(f"labels-{upload}"):
        for at, one in enumerate(unknown[:LABELS_SHOWN]):
            codes = codes_of(one.field, frozenset(formats))
            if pick := _meaning(one, codes, f"label-{upload}-{at}-{one.sent}"):
                said[one.sent] = codes[pick]
        if len(unknown) > LABELS_SHOWN:
            st.caption(f"The {LABELS_SHOWN} commonest are shown; the rest follow.")
        name = st.text_input(
            "Keep these meanings under a name, so that the next such file is known",
            value=chosen(upload).get("save_format") or "",
        )
        if st.form_submit_button("Use these meanings"):
            st.session_state[f"mapping-{upload}"] = chosen(upload) | {
                "code_map": said,
                "save_format": name.strip() or None,
            }
            st.rerun()


def _meaning(one: UnknownLabel, codes: dict[str, str], key: str) -> str | None:
    """The meaning chosen for one label; the proposed one until another is."""
    shown = (
        f"{field_words(one.field)} \u201c{one.sent}\u201d, {one.rows:,} "
        f"row{'' if one.rows == 1 else 's'}"
    )
    proposed = [
        at for at, code in enumerate(codes.values()) if one.proposal and code == one.proposal.code
    ]
    pick = st.selectbox(
        for_markdown(shown),
        tuple(codes),
        index=proposed[0] if proposed else None,
        placeholder="Say what it means",
        key=key,
    )
    if one.proposal:
        how = {"likely": "Likely", "guess": "A guess"}.get(
            one.proposal.certainty, "Nothing is proposed"
        )
        st.caption(for_markdown(f"{how}: {one.proposal.reason}."))
    return pick


def agreed_to_unknown(upload: str, reports: Sequence[LoadReport]) -> bool:
    """Ask for a yes, typed with the share, to loading outcomes that are not known."""
    ended = [report.not_known for report in reports if report.not_known]
    rows, out_of = sum(one.rows for one in ended), sum(one.out_of for one in ended)
    st.warning(
        f"{rows:,} of {out_of:,} outcomes are in words that no code list knows. Say above what "
        "they mean. Loaded as they are, these cases "
        "are kept, are never counted as charged, and make every figure that they touch provisional."
    )
    wanted = f"yes, {share(rows / out_of)} not known"
    return _is_typed(f"To load them as not known, type: {wanted}", wanted, f"unknown-{upload}")


def agreed_to_set_aside(upload: str, reports: Sequence[LoadReport]) -> bool:
    """Ask for a yes, typed with the share, to loading an export without the rows set aside."""
    rows, out_of = sum(one.set_aside for one in reports), sum(one.rows for one in reports)
    st.warning(
        f"{rows:,} of {out_of:,} rows would be set aside and be in no figure. The reasons, and how "
        "to mend each, are above. Mend the export, or load it without these rows."
    )
    wanted = f"yes, {share(rows / out_of)} set aside"
    return _is_typed(f"To load it without them, type: {wanted}", wanted, f"aside-{upload}")


def _is_typed(question: str, wanted: str, key: str) -> bool:
    """Was just this typed, however it is spaced?"""
    typed = st.text_input(question, key=key)
    return " ".join(typed.split()).casefold() == " ".join(wanted.split()).casefold()


@cache
def codes_of(field: str, formats: frozenset[str]) -> dict[str, str]:
    """What a person may choose, and the code it stands for."""
    if field == "crime_status":
        return STATUSES
    lists = {
        one.values
        for entry in FORMATS
        for one in entry.columns
        if one.name == field and one.values and (entry.name in formats or not formats)
    }
    words = dict.fromkeys(word for one in sorted(lists) for word in meanings(one))
    if words:
        return {word.replace("_", " ").capitalize(): word for word in words}
    file, key, title = (
        ("outcome", "outcome_code", "title")
        if field.startswith("outcome")
        else ("offence", "offence_class", "description")
    )
    return {f"{row[key]}: {row[title]}": row[key] for row in _rows(file)}


def _rows(file: str) -> list[dict[str, str]]:
    with (REFERENCE / f"{file}.csv").open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


def _distinct(heads: tuple[str, ...]) -> list[str]:
    """Heads of a table may not repeat: the second Date is Date (2)."""
    return [
        head if heads[:at].count(head) == 0 else f"{head} ({heads[:at].count(head) + 1})"
        for at, head in enumerate(heads)
    ]
