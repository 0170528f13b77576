"""What speaks for a roll-out, by hand-made findings."""

from datetime import date

from metrics.catalogue import metric_named
from metrics.funding import Award
from metrics.roll_out import AGAINST, FOR, OPEN, points, summary
from metrics.statistics.programme_effect import Estimate, Evaluation, Side

DAY = date(2026, 8, 31)
SIDE = Side((10, 100), (20, 100))
GAIN, NOTHING = Estimate(0.05, 0.01, 0.09), Estimate(0.0, -0.02, 0.02)


def evaluation(effect: Estimate | None, trend: Estimate | None, placebo: Estimate) -> Evaluation:
    """A finding, with one test where nothing began."""
    months = (date(2025, 1, 1),)
    return Evaluation(months, months, SIDE, SIDE, effect, trend, (("Crewe", placebo),))


def award(ends_on: date) -> Award:
    return Award("Fund", "Ministry", 1.0, date(2025, 1, 1), ends_on, None, None, "", None)


def test_each_finding_speaks_for_it_against_it_or_is_open() -> None:
    metric = metric_named("charged_within_90")
    good = points(evaluation(GAIN, NOTHING, NOTHING), metric, [], [award(date(2027, 8, 1))], DAY)
    assert [one.side for one in good] == [FOR, FOR, FOR, FOR]
    assert summary(good) == "For a roll-out: 4 points speak for it, 0 against, 0 are open."
    bad = points(
        evaluation(Estimate(-0.05, -0.09, -0.01), GAIN, GAIN),
        metric,
        ["Other thing in Crewe"],
        [award(date(2026, 9, 30))],
        DAY,
    )
    assert [one.side for one in bad] == [AGAINST] * 5
    unsure = points(evaluation(NOTHING, None, NOTHING), metric, [], [], DAY)
    assert [one.side for one in unsure] == [OPEN, OPEN, FOR, OPEN]
    assert summary(unsure) == "For a roll-out: 1 point speaks for it, 0 against, 3 are open."


def test_a_measure_that_should_fall_speaks_for_it_where_it_fell() -> None:
    fell = evaluation(Estimate(-0.05, -0.09, -0.01), NOTHING, NOTHING)
    first, *_ = points(fell, metric_named("outcome_16_rate"), [], [], DAY)
    assert first.side == FOR and "for the better" in first.answer
