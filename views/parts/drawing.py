"""A chart on a page: a figure, given to the script that draws it in the browser."""

import json
from datetime import date

from charts.base import Figure
from web import browser_scripts

CONFIG = {"displayModeBar": False, "showSendToCloud": False, "responsive": False}


def draw_figure(figure: Figure, key: str, alt: str) -> None:
    """Draw a figure, or change the one of that `key` on the page into it; `alt` says in words what
    it shows.

    The figure travels as JSON in bytes: Streamlit would parse and sort any other form of it once
    more.
    """
    component = browser_scripts.chart()
    if component is None:
        return
    told = {"figure": figure, "config": CONFIG, "alt": alt, "script": browser_scripts.ADDRESS}
    text = json.dumps(told, default=_day, allow_nan=False, separators=(",", ":"))
    component(key=key, data=text.encode())


def _day(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"A figure holds {value!r}, which is no number, text or day.")
