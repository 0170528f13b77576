"""The audit record, for administrators: who did what, when, from which page; with filters, as CSV, and whether the chain holds."""

import streamlit as st

from sql import audit
from views import frame
from views.person import store
from views.reports import table

KINDS = ("Everything", *(kind.capitalize() for kind in (*audit.KINDS, audit.SIGN_IN, audit.REFUSAL)))
SHOWN = 500


def page() -> None:
    """Draw the page."""
    st.html(frame.WIDTH)
    st.title("Audit record", anchor=False)
    st.caption("Who did what, when and from which page. Lines are added, never changed; each is sealed with the hash of the one before.")
    folder = store().folder
    _chain()
    months = [path.stem for path in reversed(audit.files(folder))]
    if not months:
        st.info("Nothing has been recorded yet.")
        return
    left, middle, right = st.columns(3)
    month = str(left.selectbox("Month", months))
    kind = str(middle.selectbox("Kind of act", KINDS))
    found = [line for line in audit.lines(folder, month) if kind in ("Everything", line.kind.capitalize())]
    who = str(right.selectbox("Who", ("Everybody", *sorted({line.who for line in found}))))
    shown = [line for line in reversed(found) if who in ("Everybody", line.who)]
    heads = ["Number", "When (UTC)", "Kind", "What", "Who", "Roles", "Page", "Snapshot"]
    cells = [
        [line.number, line.at.replace("T", " ").removesuffix("Z"), line.kind.capitalize(), line.what, line.who, ", ".join(line.roles),
         line.page, "" if line.snapshot is None else line.snapshot]
        for line in shown
    ]  # fmt: skip
    st.subheader(f"{len(shown):,} {'line' if len(shown) == 1 else 'lines'}", anchor=False)
    table(heads, cells[:SHOWN], "The audit record")
    if len(cells) > SHOWN:
        st.caption(f"The newest {SHOWN}; the CSV has them all.")
    whole = [[*row, line.before, line.hash] for row, line in zip(cells, shown, strict=True)]
    text = frame.csv_text(frame.Table([*heads, "Hash before", "Hash"], whole, "audit"))
    frame.download("CSV", f"audit-{month}.csv", text, "download:audit")


def _chain() -> None:
    """Does the chain hold? With its newest hash, to be written down where nobody of this server can change it."""
    folder = store().folder
    number, newest = audit.head_of(folder)
    found = audit.breaks(folder)
    if found:
        st.error("The record is not as it was written. " + " ".join(found[:5]) + (f" And {len(found) - 5} more." if len(found) > 5 else ""))
    else:
        st.success(f"The chain holds: {number:,} lines, none changed, none missing. Its newest hash begins {newest[:16]}.")
