"""Dip sample of outcomes 15 and 16: what reviewers found, weighted to all crimes of the month; the
draw, and the checklist to take away.
"""

from datetime import date

import streamlit as st

from charts.escaping import for_markdown
from loaders.formats import dip_sample
from metrics.dip_sample import (
    AGREED,
    USUAL,
    Drawn,
    Result,
    lowest_words,
    questions,
    reopened_words,
    results,
    samples,
    yes_words,
)
from metrics.dip_sample import draw as draw_crimes
from metrics.freshness import as_at, last_complete_month
from metrics.periods import months_after
from metrics.wording import day_words, period_words, share
from store import audit
from store.snapshot import Snapshot
from views.parts import page
from views.parts.figures import shown_snapshot
from views.parts.load_report import table
from views.parts.meeting_notes import today
from views.parts.page import Page
from views.parts.register_entry import EDIT, form_key, say_what_was_written, write_entries
from web.sign_in import here, record

PAGE = Page("Dip sample", address="dip-sample", order=4, is_prerendered=False)
SEE, BACK = "rows:see", 12  # who may see references; months that can be sampled
SEEN = "dip-sample-seen"


def draw() -> None:
    """Draw the page."""
    snapshot = shown_snapshot(is_at_once=True)
    day = as_at(snapshot, "closed_outcome", "force") if snapshot else None
    if snapshot is None or day is None:
        return page.empty("Dip sample", "No crime outcomes are loaded yet.")
    words = "are outcomes 15 and 16 the right ones? What reviewers found"
    page.head("Dip sample of outcomes 15 and 16", snapshot, words, day)
    say_what_was_written()
    found = samples(snapshot)
    if found:
        _results(snapshot, found)
    else:
        st.info("No sample is drawn yet. An analyst draws one of a month by seed and strata.")
    if here().may(EDIT) and here().may(SEE):
        _form(snapshot, day)
    st.caption(
        "Drawn in proportion by outcome, domestic abuse and area, three of each at least; a crime "
        "is drawn once in twelve months. Answers are weighted to all crimes of the month; the "
        "interval is Wilson's on the effective number. Shares are of yes and no; not applicable "
        f"and cannot tell are left out. Where two reviewers agree in less than {share(AGREED, 0)} "
        "the result is marked."
    )
    page.link("The outcomes themselves", "outcomes", {})
    return None


def _results(snapshot: Snapshot, found: list[tuple[str, date, date, str, int]]) -> None:
    named = {
        f"{period_words('month', month)}: {many} crimes, drawn {day_words(drawn)} "
        f"with seed {seed} ({sample})": sample
        for sample, month, drawn, seed, many in found
    }
    sample = named[str(st.selectbox("Sample", tuple(named)))]
    told = results(snapshot, sample)
    words = lowest_words(told)
    if not words:
        st.header("No answer is loaded yet.", anchor=False)
    else:
        st.header(for_markdown(words), anchor=False)
        st.caption(reopened_words(snapshot, sample))
        rows = [_row(one) for one in told]
        table(["Question", "Asked of", "Yes", "Answers", "Two reviewers agree"], rows, "Answers")
    if here().may(SEE):
        _checklist(snapshot, sample)


def _row(one: Result) -> list[str]:
    agreed = "no second review" if one.agreement is None else share(one.agreement, 0)
    return [
        one.question.words,
        " and ".join(one.question.outcomes),
        yes_words(one.found) if one.found else "no answer yet",
        f"{one.found.answered:,}" if one.found else "",
        f"■ {agreed}" if one.is_doubtful else agreed,
    ]


def _checklist(snapshot: Snapshot, sample: str) -> None:
    """The crimes of a sample with a row for each question, for analysts; that they took it is on
    record.
    """
    if not st.toggle("Show the crimes of this sample, with the checklist", key="dip-sample-rows"):
        st.session_state.pop(SEEN, None)
        return
    rows = [row for row in snapshot.rows("dip_sample") if row["sample_id"] == sample]
    seen = (snapshot.number, sample)
    if st.session_state.get(SEEN) != seen:
        st.session_state[SEEN] = seen
        words = f"references of {len(rows)} crimes of dip sample {sample}"
        record(here(), audit.DISCLOSURE, words, PAGE.address, snapshot.number)
    heads = ["crime_reference", "sample_id", "stratum", "question", "what is asked", "answer"]
    heads += ["reviewer_kind", "reviewed_on"]
    cells = [
        [row["crime_reference"], sample, row["stratum"], one.question, one.words, "", "first", ""]
        for row in rows
        for one in questions()
        if any(row["stratum"].startswith(f"outcome {outcome},") for outcome in one.outcomes)
    ]
    crimes = [[row["crime_reference"], row["stratum"]] for row in rows]
    table(["Crime reference", "Stratum"], crimes, "Crimes of the sample")
    listed = page.Table(heads, cells, f"dip-sample-{sample.replace('/', '-')}", "download:rows")
    page.download("Checklist as CSV", f"{listed.name}.csv", page.csv_text(listed), listed.deed)
    st.caption("Fill in the answers and upload it on the Data page (dip_sample_answers).")


def _form(snapshot: Snapshot, day: date) -> None:
    last = last_complete_month(day)
    months = {
        period_words("month", months_after(last, -back)): months_after(last, -back)
        for back in range(BACK)
    }
    with st.expander("Draw a sample"), st.form(form_key("dip-sample")):
        left, middle, right = st.columns(3)
        month = months[str(left.selectbox("Of the outcomes given in", tuple(months)))]
        wanted = middle.number_input("Crimes", 10, 500, USUAL)
        seed = right.text_input("Seed", f"{today():%Y%m%d}", max_chars=20)
        if not st.form_submit_button("Draw it"):
            return
        drawn = draw_crimes(snapshot, month, seed, int(wanted))
        if not drawn:
            st.error("No crime of that month is left to draw: each was drawn in the year before.")
            return
        write_entries(dip_sample.FORMAT.name, *_entries(snapshot, month, seed, drawn))


def _entries(
    snapshot: Snapshot, month: date, seed: str, drawn: list[Drawn]
) -> list[dict[str, object]]:
    """The rows of a draw; a second draw of a month has a number of its own, and both stay."""
    many = sum(one[1] == month for one in samples(snapshot))
    return [
        {
            "crime_reference": one.reference,
            "sample_id": f"{month:%Y-%m}/{many + 1}",
            "stratum": one.stratum,
            "stratum_size": one.stratum_size,
            "seed": seed,
            "drawn_on": today(),
            "sampled_month": month,
        }
        for one in drawn
    ]
