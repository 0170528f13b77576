"""Meeting mode: one meeting as slides that fill the screen, in type that reads from the back of a room, stepped with the arrow keys."""

import html
from collections.abc import Callable
from copy import deepcopy
from datetime import date
from functools import partial
from urllib.parse import urlencode

import streamlit as st

from metrics.catalogue import metric, metrics
from sql.snapshot import Snapshot
from views import cohorts, filters, frame, quarterly, review, trends, weekly
from views.asking import as_at, is_invented, snapshot
from views.blank import Figure
from views.marks import icon
from views.review import Told
from views.words import day_words, for_markdown

BIG = """<style>
section[data-testid="stSidebar"],header[data-testid="stHeader"]{display:none!important}
.stMainBlockContainer{max-width:none!important;padding:1.1rem 2.6rem 0!important}
.slide{font-family:Arial,Helvetica,sans-serif;color:#1A1A1A}.slide h1{font-size:clamp(30px,3vw,56px)!important;line-height:1.18!important;
margin:0 0 .3em;padding:0}
.slide p,.slide li,.slide td,.slide th{font-size:clamp(22px,2vw,38px);line-height:1.3;text-align:left}
.slide td{padding:.42em .9em .42em 0;border-bottom:1px solid #E1E5E9;vertical-align:middle}.slide table{width:100%;border-collapse:collapse}
.slide th{font-weight:400;color:#505A5F;font-size:clamp(17px,1.35vw,26px);border-bottom:1px solid #C8CED3;padding-bottom:.3em}
.slide .big{font-weight:700;font-size:clamp(27px,2.5vw,48px);white-space:nowrap}.slide .grey{color:#505A5F;font-size:clamp(16px,1.3vw,25px)}
.st-key-chart,.st-key-chart>div,.st-key-chart .stPlotlyChart{height:calc(100vh - 330px)!important}
@media (min-width:1600px){.st-key-chart,.st-key-chart>div,.st-key-chart .stPlotlyChart{height:calc(100vh - 400px)!important}}
.st-key-steps{position:fixed;bottom:.5rem;left:2.6rem;right:2.6rem;width:auto;background:#FFFFFF;z-index:9}
.slide .tag{color:#505A5F;width:4.2em}
</style>"""
MEETINGS = {"weekly": "Weekly meeting", "monthly": "Monthly performance day", "quarterly": "Quarterly review"}
PAGES = {"weekly": "weekly", "monthly": "./", "quarterly": "quarterly"}
ROWS, POINTS, TABLE_ROWS = 4, 8, 7  # measures, sentences and rows of a table that fit a slide
Slide = Callable[[], None]


def page() -> None:
    """Draw the slide that the address names."""
    at = snapshot()
    day = as_at(at, "recorded_outcome", "force") if at else None
    if at is None or day is None:
        return frame.empty("Meeting mode", "No crime outcomes are loaded yet.")
    st.html(BIG)
    kind = st.query_params.get("kind", "monthly")
    kind = kind if kind in MEETINGS else "monthly"
    slides = {"weekly": _weekly, "monthly": _monthly, "quarterly": _quarterly}[kind](at, day)
    wanted = st.query_params.get("slide", "1")
    step = min(max(int(wanted) if wanted.isascii() and wanted.isdigit() else 1, 1), len(slides))
    slides[step - 1]()
    with st.container(key="steps"):
        left, middle, right, leave, words = st.columns([1, 1, 1, 1, 4], vertical_alignment="center")
    left.button("Back", shortcut="Left", disabled=step == 1, width="stretch", on_click=_go, args=(step - 1,))
    middle.button("Next", shortcut="Right", disabled=step == len(slides), width="stretch", on_click=_go, args=(step + 1,))
    right.markdown(f"{step} of {len(slides)}")
    address = html.escape(f"{PAGES[kind]}?{urlencode({'offences': _chosen().offence})}", quote=True)
    leave.html(f"<a href='{address}' target='_self' style='color:#12436D'>Leave</a>")
    invented = " · **invented sample data**" if is_invented(at) else ""
    words.caption(f"{MEETINGS[kind]} · data as at {day_words(day)} · snapshot {at.number}{invented}")
    return None


def _go(step: int) -> None:
    st.query_params["slide"] = str(step)


def _chosen() -> filters.Chosen:
    wanted = st.query_params.get("offences", "All VAWG")
    return filters.Chosen(offence=wanted if wanted in filters.OFFENCES else "All VAWG")


def _told(at: Snapshot) -> list[Told]:
    return [row for entry in metrics() if entry.headline and (row := review.headline(at, entry, _chosen()))]


def _monthly(at: Snapshot, day: date) -> list[Slide]:
    """What to talk about, the measures a few at a time, then the chart of each signal, new ones first."""
    rows = _told(at)
    signals = sorted((row for row in rows if row.said), key=lambda row: not row.is_new)
    slides: list[Slide] = [partial(_sentences, "To talk about", signals, rows)]
    parts = [rows[start : start + ROWS] for start in range(0, len(rows), ROWS)]
    slides += [partial(_rows, part, f"{_chosen().offence}: measures, {number + 1} of {len(parts)}") for number, part in enumerate(parts)]
    slides += [partial(_chart, at, row.metric) for row in signals]
    return slides


def _weekly(at: Snapshot, day: date) -> list[Slide]:
    """New signals, the latest weeks, what is overdue, and orders."""
    rows = _told(at)
    new = [row for row in rows if row.is_new]
    tables = [weekly.counted(at, _chosen(), day, weeks_shown=4), weekly.overdue(at, _chosen(), day), weekly.expiring(at)]
    return [partial(_sentences, "New this week", new, rows), *(partial(_table, one) for one in tables if one)]


def _quarterly(at: Snapshot, day: date) -> list[Slide]:
    """The control charts, then how cohorts mature."""
    slides: list[Slide] = [partial(_chart, at, name) for name in quarterly.CHARTS]
    return [*slides, lambda: _drawn("cohorts", cohorts.prepare(at, _chosen()) or "No two quarters are over yet.")]


def _sentences(title: str, told: list[Told], rows: list[Told]) -> None:
    items = "".join(
        f"<tr><td class='tag'>{'New' if row.is_new else 'Still'}</td><td>{html.escape(row.said)}</td></tr>" for row in told[:POINTS]
    )
    more = f"<p class='grey'>and {len(told) - POINTS} more on the page</p>" if len(told) > POINTS else ""
    body = f"<table>{items}</table>{more}" if told else f"<p>{html.escape(review.quiet([row.row for row in rows]))}</p>"
    st.html(f"<div class='slide'><h1>{html.escape(title)}: {html.escape(_chosen().offence)}</h1>{body}</div>")


def _rows(part: list[Told], title: str) -> None:
    body = "".join(
        f"<tr><td>{html.escape(one.row.title)}<div class='grey'>{html.escape(one.row.resting)}</div></td>"
        f"<td><span class='big'>{html.escape(one.row.figure)}</span><div class='grey'>{html.escape(one.row.interval)}</div></td>"
        f"<td>{html.escape(one.row.change)}<div class='grey'>{html.escape(one.row.yardstick)}</div></td>"
        f"<td>{icon(one.row.signal, one.row.tone)}</td>"
        f"<td>{html.escape(one.row.verdict)}<div class='grey'>{html.escape(one.row.target)}</div></td></tr>"
        for one in part
    )
    heads = "".join(f"<th>{head}</th>" for head in ("Measure", "Latest that can be judged", "Change", "Signal", "Target"))
    st.html(f"<div class='slide'><h1>{html.escape(title)}</h1><table><tr>{heads}</tr>{body}</table></div>")


def _table(told: weekly.Told) -> None:
    heads = "".join(f"<th>{html.escape(head)}</th>" for head in told.heads)
    body = "".join(f"<tr>{''.join(f'<td>{html.escape(cell)}</td>' for cell in row)}</tr>" for row in told.rows[:TABLE_ROWS])
    more = f"<p class='grey'>and {len(told.rows) - TABLE_ROWS} more on the page</p>" if len(told.rows) > TABLE_ROWS else ""
    st.html(
        f"<div class='slide'><h1>{html.escape(told.finding)}</h1><table>{f'<tr>{heads}</tr>' if body else ''}{body}</table>{more}</div>"
    )


def _chart(at: Snapshot, name: str) -> None:
    chosen = filters.Chosen(offence=_chosen().offence, months=36).for_metric(metric(name))
    _drawn(name, trends.prepare(at, name, chosen))


def _drawn(name: str, drawn: frame.Drawn | str) -> None:
    """A chart with its finding, or the sentence that says why there is none."""
    if isinstance(drawn, str):
        st.html(f"<div class='slide'><h1>{html.escape(drawn)}</h1></div>")
        return
    st.html(f"<div class='slide'><h1>{html.escape(drawn.finding)}</h1><p class='grey'>{html.escape(drawn.grey)}</p></div>")
    alt = for_markdown(drawn.finding)
    with st.container(key="chart"):
        st.plotly_chart(
            enlarged(drawn.figure), key=f"slide-{name}", config=frame.CONFIG, theme=None, width="stretch", height="stretch", alt=alt
        )


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
