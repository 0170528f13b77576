"""Each mark of a chart has a word beneath it, and its axis says where it begins."""

from datetime import date

from charts import reading
from charts.time_series import Series, mark_target, trend
from metrics.catalogue import metric_named
from metrics.contracts import Value
from metrics.events import Event
from metrics.periods import months_after
from metrics.statistics.signals import judge

RATE = metric_named("outcome_15_rate")


def month(at: int, rate: float, status: str = "final") -> Value:
    facts = {"numerator": round(rate * 400), "denominator": 400, "value": rate, "status": status}
    period = months_after(date(2024, 1, 1), at)
    return Value.model_validate({**facts, "period": period, "lower": None, "upper": None})


def said(rates: list[float], has_open: bool = False, target: float | None = None) -> str:
    values = [month(*one) for one in enumerate(rates)]
    values += [month(len(rates), 0.5, "provisional")] if has_open else []
    judged = judge(RATE, "month", values)
    events = [Event(date(2024, 6, 1), "a new team")] if has_open else []
    drawn = trend(RATE, "month", Series("", values), events, judged)
    if target is not None:
        mark_target(drawn, RATE, target)
    return reading.of_trend(RATE, judged, drawn, has_open).replace("\u202f", " ")


def test_a_control_chart_takes_the_room_it_needs_and_says_where_it_begins() -> None:
    """30 and 31 % by turns: limits 2.66 points either side of 30.5, so from 27 % and not from 0."""
    words = said([0.30, 0.31] * 8)
    assert "the usual range" in words and words.endswith("the axis begins at 27.0 %.")
    assert "upright" not in words and "hollow" not in words and "target" not in words
    assert said([0.30, 0.31] * 8, target=0.2).endswith("the axis begins at 18.0 %.")


def test_an_axis_that_would_save_little_begins_at_nothing() -> None:
    assert said([0.02, 0.10] * 8).endswith("the axis begins at 0.")
    assert said([0.30, 0.31] * 3).endswith("the axis begins at 0."), "no limits: the band is shown"


def test_open_months_and_events_have_their_word() -> None:
    words = said([0.30, 0.31] * 8, has_open=True)
    assert "hollow, dotted: not final yet" in words and "upright line: an entry" in words
