"""Outcomes are set beside each other by a characteristic only where enough victims have it known."""

from collections.abc import Callable

from loaders.contracts import LoadReport
from metrics.disparity import ENOUGH, share_known, too_few_known_words
from metrics.figures import figures_at
from metrics.scope import Chosen
from store.snapshot import read
from store.writer import Store

Load = Callable[..., LoadReport]


def test_seven_in_ten_must_be_known(load_table: Load, store: Store) -> None:
    head = "crime_reference | recorded_on | offence_code | outcome_code | victim_sex | ethnicity | religion"
    rows = [
        f"N{at} | 2025-03-{at + 1:02d} | 8Q | 16 | F | {'W1' if at < 14 else ''} | "
        f"{'Christian' if at < 13 else 'Not stated'}"
        for at in range(20)
    ]
    load_table("\n".join([head, *rows, "N99 | 2025-04-20 | 8Q | 16 | F | |"]))
    figures = figures_at(read(store), 180)
    # of the twenty of March 14 have an ethnicity and 13 a religion
    assert share_known(figures, "ethnicity", Chosen()) == 0.7 >= ENOUGH
    assert (share_known(figures, "religion", Chosen()) or 0) == 0.65 < ENOUGH
    words = too_few_known_words("Religion or belief", 0.65)
    assert words.startswith("Religion or belief is known of 65.0 % of victims. Under 70.0 %")
    assert share_known(figures, "religion", Chosen(offence="Rape")) is None
