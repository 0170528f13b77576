"""Scorecard as HTML: a row for each measure, and what there is to talk about."""

from collections.abc import Sequence
from dataclasses import dataclass

from charts.sparkline import HEIGHT, WIDTH, sparkline
from charts.theme import TONES
from metrics.scorecard import RowWords
from views.parts.templates import render

TONE_WORDS = {
    "better": "better",
    "worse": "worse",
    "neither": "a signal; neither way is better by itself",
    "none": "no signal",
}


@dataclass(frozen=True)
class Icon:
    """A signal as it is drawn: a shape and a letter, a colour, words for a screen reader."""

    signal: str
    colour: str
    words: str


@dataclass(frozen=True)
class Line:
    """A row of words with what is drawn in it."""

    row: RowWords
    icon: Icon
    picture: str


def lines_of(rows: Sequence[RowWords]) -> list[Line]:
    """The rows, each with its signal and its trend line."""
    return [
        Line(row, Icon(row.signal, TONES[row.tone], TONE_WORDS[row.tone]), sparkline(row.trend))
        for row in rows
    ]


def scorecard(rows: Sequence[RowWords], trend_head: str) -> str:
    """The rows as one HTML table."""
    lines = lines_of(rows)
    return render("scorecard", lines=lines, trend_head=trend_head, width=WIDTH, height=HEIGHT)


def talk(points: Sequence[tuple[str, str, str]], head: str = "") -> str:
    """What needs talk as HTML: (new or still, sentence, link)."""
    return render("talk", points=points, head=head or f"{len(points)} to talk about")
