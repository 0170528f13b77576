"""Meeting mode: one meeting as slides that fill the screen, in type that reads from the back of a
room, stepped with the arrow keys.
"""

from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from urllib.parse import urlencode

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from charts.base import Figure
from charts.escaping import for_markdown
from metrics.catalogue import metric_named, metrics
from metrics.commentary import Said, commentary_of
from metrics.decisions import decisions, head_words, then_and_now
from metrics.freshness import as_at, is_invented
from metrics.meetings import QUARTERLY_CHARTS
from metrics.no_signals import no_new_signal_words, no_signal_words
from metrics.scope import DEFAULT, EVERYWHERE, OFFENCES, PERIODS, Chosen
from metrics.scorecard import ScorecardRow, headline
from metrics.talking_points import known_words, to_talk_about
from metrics.weekly_counts import HeadedTable, counted, expiring, overdue
from metrics.wording import day_words
from packs.contents import MEETINGS, Meeting
from packs.source_ages import ages, late_words
from store.snapshot import Snapshot
from views.parts import measure_maturity, measure_trend, page
from views.parts.claim_points import turned_claims
from views.parts.drawing import draw_figure
from views.parts.figures import figures_of, shown_snapshot
from views.parts.meeting_notes import decide, today
from views.parts.page import Page
from views.parts.register_entry import EDIT, say_what_was_written
from views.parts.scorecard import Point, balance, lines_of, point_of
from views.parts.templates import render
from web.sign_in import here, store

PAGE = Page("Meeting mode", address="meeting", order=6, is_hidden=True)

PAGES = {"weekly": "weekly", "monthly": "./", "quarterly": "quarterly"}
ROWS, POINTS, TABLE_ROWS = 4, 8, 7  # measures, sentences and rows of a table that fit a slide


@dataclass(frozen=True)
class Slide:
    """What a slide draws, and the measure that is decided on from it, where it shows one."""

    draw: Callable[[], None]
    metric: str = ""


def draw() -> None:
    """Draw the slide that the address names."""
    snapshot = shown_snapshot()
    day = as_at(snapshot, "recorded_outcome", "force") if snapshot else None
    if snapshot is None or day is None:
        return page.empty("Meeting mode", "No crime outcomes are loaded yet.")
    st.html(render("slide_style"))
    asked = st.query_params.get("kind", "monthly")
    kind: Meeting = next((one for one in MEETINGS if one == asked), "monthly")
    slides = {"weekly": _weekly, "monthly": _monthly, "quarterly": _quarterly}[kind](snapshot, day)
    wanted = st.query_params.get("slide", "1")
    step = min(max(int(wanted) if wanted.isascii() and wanted.isdigit() else 1, 1), len(slides))
    slide = slides[step - 1]
    slide.draw()
    say_what_was_written()
    with st.container(key="steps"):
        left, middle, right, note, leave, words = st.columns(
            [1, 1, 0.8, 1.1, 0.8, 4], vertical_alignment="center"
        )
    _decide_button(note, snapshot, slide.metric, kind)
    left.button(
        "Back",
        key="previous-slide",
        shortcut="Left",
        disabled=step == 1,
        width="stretch",
        on_click=_go,
        args=(step - 1,),
    )
    middle.button(
        "Next",
        key="next-slide",
        shortcut="Right",
        disabled=step == len(slides),
        width="stretch",
        on_click=_go,
        args=(step + 1,),
    )
    right.markdown(f"{step} of {len(slides)}")
    address = f"{PAGES[kind]}?{urlencode(_filters_back())}"
    with leave.container(key="leave-meeting"):
        st.html(render("link", address=address, words="Leave", is_download=False))
    invented = " · **invented sample data**" if is_invented(snapshot) else ""
    late = late_words(ages(snapshot, store().folder))
    words.caption(
        f"{MEETINGS[kind]} · {_chosen_words()} · data as at {day_words(day)} · "
        f"snapshot {snapshot.number}{invented}" + (f" · **{for_markdown(late)}**" if late else "")
    )
    return None


def _decide_button(place: DeltaGenerator, snapshot: Snapshot, metric: str, kind: Meeting) -> None:
    """A decision on the measure of the slide, by the key D."""
    if not metric or not here().may(EDIT):
        return
    if place.button("Decide", key="decide", shortcut="D", width="stretch"):
        _decision(snapshot, metric, kind)


@st.dialog("Write a decision down")
def _decision(snapshot: Snapshot, metric: str, kind: Meeting) -> None:
    decide(snapshot, metric_named(metric), _cut(), kind)


def _go(step: int) -> None:
    st.query_params["slide"] = str(step)


def _chosen() -> Chosen:
    """The filters that the page had; weekly counts are of the whole force."""
    asked = st.query_params
    offence, area = asked.get("offences", ""), asked.get("area", EVERYWHERE)
    is_by_area = asked.get("kind") != "weekly"
    return Chosen(
        offence=offence if offence in OFFENCES else DEFAULT.offence,
        area=area if is_by_area else EVERYWHERE,
        months=PERIODS.get(asked.get("period", ""), 36),
    )


def _cut() -> Chosen:
    """The offences and the area alone."""
    return replace(_chosen(), months=DEFAULT.months)


def _chosen_words() -> str:
    """The filters in words, as each slide has them."""
    words, wanted = _chosen().in_words, st.query_params.get("offences", DEFAULT.offence)
    if wanted not in OFFENCES:
        words += f" (the address asks for “{wanted}”, which is not known)"
    return for_markdown(words)


def _filters_back() -> dict[str, str]:
    """The address of the page that the meeting was opened from; of its snapshot only where it had
    named one.
    """
    kept = ["offences", "area", "period"]
    kept += ["snapshot"] if "pinned" in st.query_params else []
    return {name: st.query_params[name] for name in kept if name in st.query_params}


def _told(snapshot: Snapshot) -> list[ScorecardRow]:
    return [
        row
        for metric in metrics()
        if metric.headline and (row := headline(figures_of(snapshot), metric, _chosen()))
    ]


def _monthly(snapshot: Snapshot, day: date) -> list[Slide]:
    """What to talk about, the measures a few at a time, then the chart of each signal, new ones
    first.
    """
    rows = _told(snapshot)
    signals, known = to_talk_about(rows)
    claims = turned_claims(snapshot) if _cut() == DEFAULT else []
    head = balance(signals, len(claims)) if signals or claims else "To talk about"
    judged = [row.row for row in rows]
    quiet = "No other signal." if known else no_signal_words(judged)
    talk = partial(_sentences, head, signals, quiet, known, claims)
    slides = [*_decided(snapshot), Slide(talk)]
    parts = [rows[start : start + ROWS] for start in range(0, len(rows), ROWS)]
    slides += [
        Slide(partial(_rows, part, f"{_chosen().in_words}: measures, {number + 1} of {len(parts)}"))
        for number, part in enumerate(parts)
    ]
    slides += [Slide(partial(_chart, snapshot, row.metric), row.metric) for row in signals]
    return slides


def _decided(snapshot: Snapshot) -> list[Slide]:
    """What earlier meetings decided and is still open, before anything else."""
    found, now = [one for one in decisions(snapshot) if one.is_open], today()
    if not found:
        return []
    rows = [
        [
            one.words,
            one.measured,
            one.owner,
            one.state_words(today()),
            then_and_now(figures_of(snapshot), one, today()),
        ]
        for one in found
    ]
    heads = ["Decided", "Measure", "Owner", "State", "Then and now"]
    return [Slide(partial(_table, HeadedTable(head_words(found, now), heads, rows), 4))]


def _weekly(snapshot: Snapshot, day: date) -> list[Slide]:
    """New signals, the latest weeks, what is overdue, and orders."""
    rows = _told(snapshot)
    new = [row for row in rows if row.is_new]
    quiet = no_new_signal_words([row.row for row in rows])
    tables = [
        counted(figures_of(snapshot), _chosen(), day, weeks_shown=4)[0],
        overdue(figures_of(snapshot), _chosen(), day),
        expiring(figures_of(snapshot)),
    ]
    return [
        *_decided(snapshot),
        Slide(partial(_sentences, "New this week", new, quiet)),
        *(Slide(partial(_table, one)) for one in tables if one),
    ]


def _quarterly(snapshot: Snapshot, day: date) -> list[Slide]:
    """The control charts, then how cohorts mature."""
    charts = [Slide(partial(_chart, snapshot, name), name) for name in QUARTERLY_CHARTS]

    def cohorts() -> None:
        drawn = measure_maturity.prepare(snapshot, _chosen())
        _drawn("cohorts", drawn or "No two quarters are over yet.")

    return [*_decided(snapshot), *charts, Slide(cohorts)]


def _sentences(
    title: str,
    told: list[ScorecardRow],
    quiet: str,
    known: Sequence[ScorecardRow] = (),
    claims: Sequence[Point] = (),
) -> None:
    """What is told; `quiet` stands in its place where there is nothing."""
    points = [*claims, *(point_of(row) for row in told)]
    _slide(
        "slide_sentences",
        title=f"{_chosen().in_words} · {title}",
        points=points[:POINTS],
        more=max(len(points) - POINTS, 0),
        quiet=quiet,
        grey=f"{known_words(known)} {'; '.join(row.row.title for row in known)}".strip(),
    )


def _rows(part: list[ScorecardRow], title: str) -> None:
    _slide("slide_measures", title=title, lines=lines_of([one.row for one in part]))


def _table(table: HeadedTable, most: int = TABLE_ROWS) -> None:
    rows, more = table.rows[:most], max(len(table.rows) - most, 0)
    _slide("slide_table", title=table.finding, heads=table.heads, rows=rows, more=more)


def _slide(template: str, **values: object) -> None:
    st.html(render(template, **values))


def _chart(snapshot: Snapshot, name: str) -> None:
    chosen = _chosen().for_metric(metric_named(name))
    said = commentary_of(snapshot, name, st.query_params.get("kind", "monthly"), _cut())
    _drawn(name, measure_trend.prepare(snapshot, name, chosen), said)


def _drawn(name: str, drawn: page.DrawnChart | str, said: Said | None = None) -> None:
    """A chart with its finding, or the sentence that says why there is none."""
    nothing: dict[str, object] = {"points": [], "more": 0, "quiet": ""}
    if isinstance(drawn, str):
        _slide("slide_sentences", title=drawn, grey="", **nothing)
        return
    grey = f"“{said.words}” {said.by}. {drawn.grey}" if said else drawn.grey
    _slide("slide_sentences", title=drawn.finding, grey=grey, **nothing)
    with st.container(key="chart"):
        draw_figure(enlarged(drawn.figure), f"slide-{name}", drawn.finding)


def enlarged(figure: Figure) -> Figure:
    """A chart with its type doubled and its lines thicker, as tall as a slide has room for."""
    big = deepcopy(figure)
    layout = big["layout"]
    layout.pop("height")  # the style sheet says it, by the height of the screen
    layout["font"]["size"] = 24
    layout["margin"] = {side: size * 1.8 for side, size in layout["margin"].items()}
    if "title" in layout["xaxis"]:
        layout["xaxis"]["title"] = layout["xaxis"]["title"] | {"font": {"size": 22}}
    for note in layout.get("annotations", ()):
        note["font"] = note.get("font", {}) | {"size": note.get("font", {}).get("size", 12) * 1.8}
    for trace in big["data"]:
        if "line" in trace and trace["line"].get("width"):
            trace["line"] = trace["line"] | {"width": trace["line"]["width"] * 1.6}
        if isinstance(trace.get("marker", {}).get("size"), int):
            trace["marker"] = trace["marker"] | {"size": trace["marker"]["size"] * 1.6}
    return big
