"""Withdrawals before a programme and since, counted by hand."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from loaders.contracts import LoadReport
from metrics import withdrawal
from metrics.scope import Chosen
from metrics.statistics.programme_effect import programme_of
from store.snapshot import read
from store.writer import Store

Load = Callable[..., LoadReport]
STARTED = {
    "programme": "Early support",
    "area": "HALTON",  # as the register spells it
    "team": None,
    "starts_on": date(2025, 1, 1),
}
HEAD = (
    "crime_reference | recorded_on | offence_code | outcome_code | outcome_on | victim_sex | area"
)


def crimes(first: date, withdrawn: int, out_of: int, area: str) -> list[str]:
    """Crimes of one month, some of them withdrawn on the tenth day, the others open."""
    return [
        f"{area[0]}{first:%y%m}{at} | {first} | 8Q | "
        + (f"16 | {first + timedelta(days=10)}" if at < withdrawn else " | ")
        + f" | F | {area}"
        for at in range(out_of)
    ]


def test_both_sides_are_followed_equally_long_and_elsewhere_is_not_counted(
    store: Store, load_table: Load, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A year of one withdrawal in two crimes a month, then two months of one in four; Warrington,
    where all withdraw, did not begin. At 31 March the crimes of February are followed 30 days,
    those of January alone 60, and they are too few.
    """
    monkeypatch.setattr(withdrawal, "FEWEST", 8)
    rows = [row for month in range(1, 13) for row in crimes(date(2024, month, 1), 1, 2, "Halton")]
    rows += [row for month in (1, 2, 3) for row in crimes(date(2025, month, 1), 1, 4, "Halton")]
    rows += crimes(date(2025, 1, 1), 9, 9, "Warrington")
    load_table("\n".join([HEAD, *rows]), "crimes.csv", as_at=date(2025, 3, 31))
    programme = programme_of("Early support", [STARTED])
    assert programme is not None
    found = withdrawal.around_start(read(store), programme, Chosen(), date(2025, 3, 31))
    assert found is not None
    assert (found.before.span, found.since.span) == (
        "January 2024 to December 2024",
        "January 2025 to February 2025",
    )
    assert (found.before.curve.size, found.since.curve.size, found.day) == (24, 8, 30)
    shares = [side.curve.at(30, withdrawal.HEAD) for side in (found.before, found.since)]
    assert shares == pytest.approx([0.5, 0.25])
    assert found.finding.replace("\u202f", " ") == (
        "By day 30 the victim no longer supported action in 25.0 % of 8 crimes since the programme "
        "began, and in 50.0 % of 24 crimes of the 12 months before."
    )


def test_few_crimes_or_a_month_that_is_young_say_nothing(store: Store, load_table: Load) -> None:
    rows = crimes(date(2024, 1, 1), 1, 2, "Halton") + crimes(date(2025, 1, 1), 1, 4, "Halton")
    load_table("\n".join([HEAD, *rows]), "crimes.csv", as_at=date(2025, 3, 31))
    programme = programme_of("Early support", [STARTED])
    assert programme is not None
    assert withdrawal.around_start(read(store), programme, Chosen(), date(2025, 3, 31)) is None
