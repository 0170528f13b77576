"""Small marks for a page that is scanned: a row a metric, with a trend line of plain SVG. One element for all rows."""

import base64
import html
from collections.abc import Sequence
from dataclasses import dataclass

from metrics.contracts import Value

STYLE = """<style>
.rtb{width:100%;border-collapse:collapse;font-family:Arial,Helvetica,sans-serif;color:#1A1A1A}
.rtb th{line-height:1.25;font-weight:400;font-size:13px;color:#505A5F;text-align:left;padding:6px 14px 6px 0;
border-bottom:1px solid #C8CED3}
.rtb td{line-height:1.25;padding:9px 14px 9px 0;border-bottom:1px solid #E1E5E9;vertical-align:middle}
.rtb .name{font-weight:700;font-size:15px}.rtb .name a{color:#12436D;text-decoration:none}.rtb .name a:hover{text-decoration:underline}
.rtb .big{font-size:25px;font-weight:700;white-space:nowrap}.rtb .grey{font-size:13px;color:#505A5F}
.rtb .mid{font-size:15px;font-weight:700;white-space:nowrap}
.rtb img{display:block;max-width:none}
</style>"""


@dataclass(frozen=True)
class Row:
    """One metric of a scorecard, all of it in words but the trend."""

    title: str
    basis: str
    link: str
    figure: str
    interval: str
    resting: str
    change: str
    yardstick: str
    trend: Sequence[Value]
    trend_words: str
    signal: str = ""  # ▲ H, ▼ L, ∿, or nothing where there are too few points
    tone: str = "none"
    target: str = ""  # the target and, on its own line, whether it is met
    verdict: str = ""
    counter: str = ""  # the measure watched beside the target


def scorecard(rows: Sequence[Row], trend_head: str) -> str:
    """The rows as one HTML table; every word escaped."""
    heads = ("Measure and basis", "Latest that can be judged", "Resting on", "Change", trend_head, "Signal", "Target")
    body = "".join(_row(row) for row in rows)
    return f"{STYLE}<table class='rtb'><thead><tr>{''.join(f'<th>{head}</th>' for head in heads)}</tr></thead><tbody>{body}</tbody></table>"


def icon(signal: str, tone: str) -> str:
    """A signal as a shape and a letter in a ring, the colour saying once more what it means."""
    if not signal:
        return "<span class='grey'>too few to judge</span>"
    colour = {"better": "#0B6FB8", "worse": "#C25200", "neither": "#5B2A86", "none": "#6F777B"}[tone]
    words = {"better": "better", "worse": "worse", "neither": "a signal; neither way is better by itself", "none": "no signal"}[tone]
    look = f"border:2px solid {colour};color:{colour};border-radius:16px;padding:3px 9px;font-weight:700;white-space:nowrap"
    return f"<span role='img' aria-label='{words}' title='{words}' style='{look}'>{html.escape(signal)}</span>"


def talk(points: Sequence[tuple[str, str, str]], head: str = "") -> str:
    """What needs talk: (new or still, sentence, link), every word escaped."""
    items = "".join(
        f"<tr><td class='grey' style='width:110px'>{html.escape(tag)}</td><td><a href='{html.escape(link, quote=True)}' target='_self' "
        f"style='color:#1A1A1A;text-decoration:none;border-bottom:1px solid #9FB3C8'>{html.escape(sentence)}</a></td></tr>"
        for tag, sentence, link in points
    )
    words = html.escape(head or f"{len(points)} to talk about")
    look = "background:#F1F5FB;border-left:4px solid #12436D;padding:12px 18px;margin-bottom:6px"
    top = f"<div style='font-weight:700;margin-bottom:4px;font-family:Arial,Helvetica,sans-serif'>{words}</div>"
    return f"{STYLE}<div style='{look}'>{top}<table class='rtb'><tbody>{items}</tbody></table></div>"


def sparkline(values: Sequence[Value], words: str, width: int = 190, height: int = 44) -> str:
    """A trend line; hollow points on a dotted line are still open. `words` is what a screen reader says."""
    shown = [value for value in values if value.value is not None]
    if len(shown) < 2:
        return ""
    numbers = [value.value or 0.0 for value in shown]
    low, high = min(numbers), max(numbers)
    spread = (high - low) or 1.0
    places = [(6 + at * (width - 12) / (len(shown) - 1), 6 + (high - number) / spread * (height - 12)) for at, number in enumerate(numbers)]
    settled = sum(value.status != "provisional" for value in shown)
    mean = sum(numbers[:settled]) / settled if settled else None
    parts = []
    if mean is not None:
        level = 6 + (high - mean) / spread * (height - 12)
        parts.append(f"<line x1='6' x2='{width - 6}' y1='{level:.1f}' y2='{level:.1f}' stroke='#C8CED3' stroke-width='1'/>")
    parts.append(_path(places[:settled], "stroke='#12436D' stroke-width='2'"))
    parts.append(_path(places[max(settled - 1, 0) :], "stroke='#12436D' stroke-width='1' stroke-dasharray='2 3'"))
    if settled:
        parts.append(f"<circle cx='{places[settled - 1][0]:.1f}' cy='{places[settled - 1][1]:.1f}' r='4' fill='#12436D'/>")
    parts += [f"<circle cx='{x:.1f}' cy='{y:.1f}' r='3' fill='#FFFFFF' stroke='#12436D'/>" for x, y in places[settled:]]
    drawn = f"<svg xmlns='http://www.w3.org/2000/svg' width='{width}' height='{height}'>{''.join(parts)}</svg>"
    picture = base64.b64encode(drawn.encode()).decode()
    return f"<img width='{width}' height='{height}' alt='{html.escape(words, quote=True)}' src='data:image/svg+xml;base64,{picture}'>"


def _path(places: Sequence[tuple[float, float]], look: str) -> str:
    if len(places) < 2:
        return ""
    return f"<polyline fill='none' {look} points='{' '.join(f'{x:.1f},{y:.1f}' for x, y in places)}'/>"


def _row(row: Row) -> str:
    safe = {name: html.escape(str(getattr(row, name)), quote=True) for name in row.__dataclass_fields__ if name != "trend"}
    return (
        f"<tr><td><div class='name'><a href='{safe['link']}' target='_self'>{safe['title']}</a></div>"
        f"<div class='grey'>{safe['basis']}</div></td>"
        f"<td><div class='big'>{safe['figure']}</div><div class='grey'>{safe['interval']}</div></td>"
        f"<td class='grey'>{safe['resting']}</td>"
        f"<td><div class='mid'>{safe['change']}</div><div class='grey'>{safe['yardstick']}</div></td>"
        f"<td>{sparkline(row.trend, row.trend_words)}</td><td>{icon(row.signal, row.tone)}</td>"
        f"<td><div class='mid'>{safe['verdict']}</div><div class='grey'>{safe['target'] or 'no target'}</div>"
        f"<div class='grey'>{safe['counter']}</div></td></tr>"
    )
