"""The journey drawn: seven bars and the words under them fit a page 768 wide."""

from charts.journey import WIDEST, falling_bars
from metrics.cohort_journey import Journey, Stage

LEFT = (("victim does not support (14, 16)", 1638), ("still open", 4))


def test_names_and_words_are_broken_into_lines_as_wide_as_a_bar() -> None:
    stages = (Stage("Recorded", 9999), Stage("Arrested or interviewed", 8357, LEFT, 10))
    layout = falling_bars(Journey("2024", stages, None))["layout"]
    (under,) = layout["annotations"]
    assert under["x"] == "<b>Arrested or<br>interviewed</b>"
    lines = under["text"].split("<br>")
    assert lines[0] == "<i>median 10 days</i>" and lines[-1] == "−4 still open"
    assert max(len(line) for line in lines[1:]) <= WIDEST
    assert layout["xaxis"]["tickangle"] == 0, "no name of a bar is turned"
