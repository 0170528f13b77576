"""What was brought to the Data page, and what was answered about it: both stay while other pages
are looked at, which Streamlit's own controls do not.
"""

from pathlib import Path
from typing import Any

import streamlit as st

from charts.escaping import for_markdown
from loaders.contracts import LoadOptions
from loaders.formats import FORMATS
from loaders.reading.zip_files import BOOKS
from loaders.saved_formats import saved_formats
from views.trust import mapping
from views.trust.refused_files import ORDERS
from web.sign_in import here, store
from web.upload_limits import let_go

RECOGNISED = "Let it be recognised"
BROUGHT = "brought"  # the files that were chosen, and in which uploader
TYPES = ["csv", "txt", "tsv", "gz", "zip", "xlsx", "xlsm", "ods", "fods"]


def brought(key: str) -> list[Any]:
    """The files of this upload: those chosen now, or those chosen before another page was looked
    at, which the uploader itself forgets.
    """
    chosen = st.file_uploader(
        "One or several exports: .csv, .csv.gz, .zip of them, .xlsx, .xlsm, .ods or .fods",
        type=TYPES,
        accept_multiple_files=True,
        key=key,
        on_change=_chosen,
        args=(key,),
    )
    kept_key, kept = st.session_state.get(BROUGHT, ("", []))
    if chosen or kept_key != key or not kept:
        return list(chosen)
    left, right = st.columns([4, 1], vertical_alignment="center")
    names = ", ".join(Path(file.name).name for file in kept)
    left.markdown(f"Still here from before: **{for_markdown(names)}**")
    if right.button("Remove", key=f"remove-{key}", width="stretch"):
        let_go(kept)
        del st.session_state[BROUGHT]
        st.rerun()
    return list(kept)


def _chosen(key: str) -> None:
    """Files were chosen, or taken out: what is there now is kept."""
    st.session_state[BROUGHT] = (key, list(st.session_state[key] or []))


def forget() -> None:
    """The files are loaded: nothing of them is kept."""
    st.session_state.pop(BROUGHT, None)


def asked(upload: str, names: list[str]) -> LoadOptions:
    """What the file does not say itself, and what was said in the mapping step."""
    said = mapping.chosen(upload)
    kinds = {export_format.title: export_format.name for export_format in FORMATS} | {
        export_format.name: export_format.name for export_format in saved_formats(store())
    }
    # what was answered stays while other pages are looked at
    before: dict[str, Any] = st.session_state.setdefault(f"answers-{upload}", {})
    with st.expander("What the file does not say itself"):
        left, middle, right = st.columns(3)
        dates = left.selectbox(
            "Dates", tuple(ORDERS), index=_place(tuple(ORDERS), before.get("dates"))
        )
        order = ORDERS[str(dates)]
        readings = (RECOGNISED, *kinds)
        kind = middle.selectbox("Read it as", readings, index=_place(readings, before.get("kind")))
        as_at = right.date_input(
            "Day of the export, where it is not the latest day in the file",
            value=before.get("as_at"),
            format="DD/MM/YYYY",
        )
        force = left.text_input(
            "Force, where the file has no such column",
            value=before.get("force", ""),
            placeholder="the store's own",
        )
        is_book = any(name.lower().endswith((*BOOKS, ".fods", ".zip")) for name in names)
        sheet = (
            middle.text_input(
                "Sheet of the workbook",
                value=before.get("sheet", ""),
                placeholder="the one that is known",
            )
            if is_book
            else ""
        )
        full = right.checkbox(
            "A full extract",
            value=before.get("full", False),
            help="Crimes that it no longer holds leave the figures.",
        )
    before.update(dates=dates, kind=kind, as_at=as_at, force=force, sheet=sheet, full=full)
    asked = {
        "date_order": order,
        "force_name": force.strip() or None,
        "is_full": full,
        "as_at": as_at,
        "sheet": sheet.strip() or None,
        "format": kinds.get(str(kind)),
        "loaded_by": here().name,
    }
    return LoadOptions.model_validate(asked | said)


def _place(among: tuple[str, ...], wanted: str | None) -> int:
    return among.index(wanted) if wanted in among else 0
