"""Awards: time, money and what was promised, in words."""

from collections.abc import Callable
from datetime import date

from loaders.contracts import LoadReport
from metrics.funding import awards, awards_of
from store.snapshot import read
from store.writer import Store

Load = Callable[..., LoadReport]


def test_time_and_money_of_an_award_and_measures_by_their_titles(
    store: Store, load_table: Load
) -> None:
    """Half of the money and, on the 51st of 100 days, half of the time."""
    load_table(
        """
        Fund | Awarded by | Award date | Amount | Start date | End date | Programme | Spent | Outputs
        Advocates | Ministry | 2025-01-01 | 1000 | 2025-01-01 | 2025-04-10 | Early review | 500 | charged_within_90 at least 12 %
        Training  | Ministry | 2025-01-01 | 1000 | 2025-01-01 | 2025-12-31 |              |     |
        """,
        "funding.csv",
        as_at=date(2025, 2, 20),
    )
    found = awards(read(store))
    (award,) = awards_of(found, "early review")
    assert [one.ends_soon(date(2025, 2, 20)) for one in found] == [True, False]
    assert award.spent_share == 0.5 and award.time_share(date(2025, 2, 20)) == 0.5
    assert award.outputs == "Charged within 90 days at least 12 %"
    assert award.end_words(date(2025, 4, 9)) == "10 April 2025, in 1 day"
    assert award.end_words(date(2025, 4, 11)) == "10 April 2025, over"
