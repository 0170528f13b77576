"""How cohorts mature: the youngest quarter shown has been followed long enough, and where it is
heading is drawn as it is said.
"""

from collections.abc import Callable
from datetime import date, timedelta

from loaders.contracts import LoadReport
from metrics.scope import DEFAULT
from store.snapshot import read
from store.writer import Store
from views.parts import measure_maturity

Load = Callable[..., LoadReport]
HEAD = "crime_reference | recorded_on | offence_code | outcome_code | outcome_on\n"


def rows(until: date) -> str:
    """Two crimes a day since 1 January 2024; one of them is charged on its tenth day."""
    lines, day, number = [HEAD], date(2024, 1, 1), 0
    while day <= until:
        for is_charged in (True, False):
            charged = day + timedelta(days=10)
            known = is_charged and charged <= until
            lines.append(
                f"A{number} | {day} | 8Q | {'1' if known else ''} | {charged if known else ''}\n"
            )
            number += 1
        day += timedelta(days=1)
    return "".join(lines)


def test_a_quarter_that_has_just_ended_is_not_shown_yet(store: Store, load_table: Load) -> None:
    as_at = date(2026, 4, 20)
    load_table(rows(as_at), as_at=as_at)
    drawn = measure_maturity.prepare(read(store), DEFAULT)
    assert drawn is not None
    assert drawn.finding.startswith("October to December 2025: 50.0 % of 184 charged by day 110")
    assert all("2026" not in str(row[0]) for row in drawn.table.rows)


def test_a_forecast_that_is_said_is_drawn(store: Store, load_table: Load) -> None:
    as_at = date(2026, 5, 1)
    load_table(rows(as_at), as_at=as_at)
    drawn = measure_maturity.prepare(read(store), DEFAULT)
    assert drawn is not None
    assert drawn.finding.startswith("January to March 2026")
    assert "heading for 50.0 % by day 180" in drawn.finding
    assert "such forecasts were 0.0 pts off on average" in drawn.finding
    heading = next(one for one in drawn.figure["data"] if "heading" in one["name"])
    assert (heading["x"], heading["y"][1]) == ([31, 180], 0.5)
