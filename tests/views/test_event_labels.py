"""Words of events above a chart: none is cut on the right, and none stands on another."""

from datetime import date

from charts.base import frame_of
from charts.time_series import mark_events
from metrics.events import Event

PERIODS = [date(2025, 1, 1), date(2026, 1, 1)]
WORDS = "Invented: a programme began with forty letters"


def anchors(*days: date) -> list[tuple[str, int]]:
    figure = frame_of([], {})
    figure["layout"]["annotations"] = []
    mark_events(figure, [Event(day, WORDS) for day in days], PERIODS)
    return [(one["xanchor"], one["yshift"]) for one in figure["layout"]["annotations"]]


def test_words_that_would_be_cut_on_the_right_stand_left_of_their_line() -> None:
    assert anchors(date(2025, 2, 1)) == [("left", 0)]
    assert anchors(date(2025, 12, 1)) == [("right", 0)]


def test_words_that_would_meet_have_a_row_each() -> None:
    assert anchors(date(2025, 2, 1), date(2025, 3, 1)) == [("left", 0), ("left", 15)]
    assert anchors(date(2025, 6, 1), date(2025, 12, 1)) == [("left", 0), ("right", 15)]
