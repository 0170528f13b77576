"""Scorecard as HTML: a row for each measure, and what there is to talk about."""

from collections.abc import Sequence
from dataclasses import dataclass

from charts.sparkline import HEIGHT, WIDTH, sparkline, step_line
from charts.theme import TONES
from metrics.scorecard import RowWords, ScorecardRow
from metrics.snapshot_changes import Step
from metrics.talking_points import balance_words, known_words, stood_words
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
class Point:
    """Something to talk about: new or still, a sentence and where it leads, with the signal and the
    figure where there is one.
    """

    tag: str
    sentence: str
    link: str
    icon: Icon | None = None
    figure: str = ""


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


def talk(points: Sequence[Point], head: str = "", known: Sequence[ScorecardRow] = ()) -> str:
    """What needs talk as HTML, and in one line what is `known` for long."""
    return render(
        "talk",
        points=points,
        head=head or f"{len(points)} to talk about",
        known=[(row.row.title, stood_words(row), row.row.link) for row in known],
        known_words=known_words(known),
    )


def then_and_now(steps: Sequence[Step]) -> str:
    """The figure of each measure then and now as HTML, with a picture between the two."""
    lines = [(step, step_line(step.then.value, step.now.value)) for step in steps]
    return render("then_and_now", lines=lines, width=WIDTH, height=HEIGHT)


def point_of(told: ScorecardRow, tag: str = "") -> Point:
    """The signal of a measure, with its figure, its direction and the re-base that it asks for."""
    row = told.row
    is_held = told.proposal is not None and told.proposal.kind == "shift"
    return Point(
        tag or ("New" if told.is_new else "Still"),
        f"{told.said} A re-base is proposed." if is_held else told.said,
        row.link,
        Icon(row.signal, TONES[row.tone], TONE_WORDS[row.tone]),
        f"{row.figure} {f'({row.interval})' if row.interval else ''}".strip(),
    )


def balance(rows: Sequence[ScorecardRow], claims: int = 0) -> str:
    """3 better, 0 worse, 5 to understand: the signals by what they mean; claims that turned come
    before them.
    """
    turned = f"{claims} {'claim stands' if claims == 1 else 'claims stand'} otherwise than before; "
    return (turned if claims else "") + balance_words(rows)
