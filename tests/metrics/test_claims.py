"""Claims: each kind holds, does not, holds on another basis or cannot be tested, by figures small
enough to count on fingers; a claim that turns when an export arrives is told.
"""

from collections.abc import Callable
from datetime import date

import pytest

from loaders.contracts import LoadReport
from loaders.errors import NothingKept
from metrics.catalogue import metrics
from metrics.claims import Verdict, claims, turned, turned_words, verdict, verdicts
from metrics.figures import figures_at
from metrics.last_meeting import earlier, last_meeting
from metrics.scope import OFFENCES
from store.snapshot import read
from store.writer import Store

Load = Callable[..., LoadReport]
HEAD = (
    "claim_id | claim_words | said_by | said_on | metric | comparator | claimed_figure | "
    "window_months | offences\n"
)
CRIMES = "crime_reference | recorded_on | offence_code | outcome_code | outcome_on | victim_sex\n"


def crimes(charged: int, others: int, month: str = "2026-07", first: str = "A") -> str:
    codes = ["1"] * charged + ["16"] * others
    return CRIMES + "\n".join(
        f"{first}{month[-2:]}{at} | {month}-02 | 8Q | {code} | {month}-20 | F"
        for at, code in enumerate(codes)
    )


def found(store: Store, claim_id: str) -> Verdict:
    figures = figures_at(read(store), 180)
    (claim,) = [one for one in claims(figures.snapshot) if one.claim_id == claim_id]
    return verdict(figures, claim, "Cheshire")


def test_the_public_claims_come_with_the_program(store: Store, load_table: Load) -> None:
    load_table(crimes(1, 1), as_at=date(2026, 8, 31))
    known = claims(read(store))
    assert len(known) >= 7 and all(one.is_public for one in known)
    for one in known:
        assert one.offences in OFFENCES
        assert not one.metric or one.metric in {metric.id for metric in metrics()}
    said = " ".join(one.words for one in known)
    for words in ("highest stalking", "98 %", "39 days", "70 %", "22 % rape", "30 % in 2022"):
        assert words in said


@pytest.mark.parametrize(
    ("charged", "others", "status"),
    [
        (16, 4, "holds"),  # 80 % of 20, 80 % claimed
        (13, 7, "not settled"),  # 65 %, and its interval reaches 81.9 %
        (6, 14, "no longer holds"),  # 30 % (14.5 to 51.9)
        (3, 3, "cannot be tested"),  # six are too few for a rate
    ],
)
def test_at_least(store: Store, load_table: Load, charged: int, others: int, status: str) -> None:
    load_table(crimes(charged, others, "2026-08"), as_at=date(2026, 8, 31))
    load_table(
        f"{HEAD}C1 | 80 % are charged | HRU | 2026-01-01 | charge_rate_closed | at least | 80 % | 1 "
        "| Stalking",
        "claims.csv",
    )
    one = found(store, "C1")
    assert one.status == status, one.sentence
    if status != "cannot be tested":
        assert f"{charged} of 20 outcomes, August 2026, stalking; claimed 80.0 %" in one.sentence


def test_a_claim_is_met_as_it_was_rounded(store: Store, load_table: Load) -> None:
    load_table(crimes(119, 81, "2026-08"), as_at=date(2026, 8, 31))  # 59.5 %
    load_table(
        f"{HEAD}C1 | 60 % | HRU | 2026-01-01 | charge_rate_closed | at least | 60 % | 1 | Stalking\n"
        "C2 | 59.9 % | HRU | 2026-01-01 | charge_rate_closed | at least | 59.9 % | 1 | Stalking",
        "claims.csv",
    )
    assert found(store, "C1").status == "holds", "59.5 % is 60 % in whole per cent"
    assert found(store, "C2").status == "not settled"


def test_another_basis(store: Store, load_table: Load) -> None:
    """Twenty of twenty recorded in February are charged; of outcomes given since, one in three."""
    charged = CRIMES + "\n".join(
        f"F{at} | 2026-02-02 | 8Q | 1 | 2026-02-20 | F" for at in range(20)
    )
    later = "\n".join(f"S{at} | 2026-08-02 | 8Q | 16 | 2026-08-20 | F" for at in range(400))
    load_table(f"{charged}\n{later}", as_at=date(2026, 8, 31))
    load_table(
        f"{HEAD}C1 | All are charged | HRU | 2026-01-01 | charge_rate_closed | at least | 0.9 | 12 "
        "| Stalking",
        "claims.csv",
    )
    one = found(store, "C1")
    assert one.status == "holds only on another basis"
    assert "It holds as Charge rate (crimes recorded): 100.0 %" in one.sentence


def test_one_order_every_so_many_days(store: Store, load_table: Load) -> None:
    orders = "order_reference | subject_id | decision | decided_on | order_type\n" + "\n".join(
        f"O{at} | P{at} | granted | 2025-{9 + at % 4:02d}-{1 + at // 4:02d} | SPO"
        for at in range(73)
    )
    load_table(orders, "orders.csv", as_at=date(2026, 8, 31))
    one = found(store, "P3")
    assert (one.status, "5.0 days" in one.sentence) == ("holds", True), one.sentence  # 365 / 73


def test_a_rise_needs_both_years(store: Store, load_table: Load) -> None:
    load_table(crimes(10, 10), as_at=date(2026, 8, 31))
    one = found(store, "P6")
    assert one.status == "cannot be tested"
    assert "crimes from January 2021 on" in one.sentence
    rows = [
        f"D{year}{at} | {year}-03-02 | 8Q | {'1' if at < charged else '16'} | {year}-03-20 | F | Y"
        for year, charged in ((2021, 20), (2022, 27))
        for at in range(100)
    ]
    head = CRIMES.strip() + " | domestic_abuse\n"
    load_table(head + "\n".join(rows), "old.csv", as_at=date(2026, 8, 31))
    one = found(store, "P6")
    assert one.status == "holds" and "a change of 35.0 %" in one.sentence  # 27 % on 20 %


def test_a_superlative_needs_others_and_certainty(store: Store, load_table: Load) -> None:
    load_table(crimes(1, 1), as_at=date(2026, 8, 31))
    one = found(store, "P1")
    assert one.status == "cannot be tested" and "Home Office" in one.sentence


def test_what_no_measure_can_test_is_said_for_ever(store: Store, load_table: Load) -> None:
    load_table(crimes(1, 1), as_at=date(2026, 8, 31))
    one = found(store, "P7")
    assert one.status == "cannot be tested" and "No export holds" in one.sentence


def test_a_claim_that_turns_is_told(store: Store, load_table: Load) -> None:
    load_table(crimes(16, 4, "2026-07"), as_at=date(2026, 7, 31))
    load_table(
        f"{HEAD}C1 | 80 % are charged | HRU | 2026-01-01 | charge_rate_closed | at least | 80 % | 1 "
        "| Stalking",
        "claims.csv",
    )
    load_table(crimes(2, 18, "2026-08", "B"), "august.csv", as_at=date(2026, 8, 31))
    assert [day for _, day in earlier(store, read(store))] == [date(2026, 7, 31)] * 2
    before = last_meeting(store, read(store))
    assert before == 2, "the newest whose data stood at an earlier day"
    now, then = (verdicts(figures_at(read(store, at), 180), "Cheshire") for at in (None, before))
    pairs = turned(now, then)
    assert [(one.claim.claim_id, old.status, one.status) for one, old in pairs] == [
        ("C1", "holds", "no longer holds")
    ]
    words = turned_words(*pairs[0])
    assert words.startswith("Claim “80 % are charged”: holds before, no longer holds now. Charge")
    assert not turned(now, now)


WRONG = [
    ("| x | HRU | 2026-01-01 | charges | at least | 5 | |", "The claim has no reference"),
    ("C1 | | HRU | 2026-01-01 | charges | at least | 5 | |", "has no words"),
    ("C1 | x | | 2026-01-01 | charges | at least | 5 | |", "needs the role or the body"),
    ("C1 | x | HRU | soon | charges | at least | 5 | |", "cannot be read; write it as 31/12"),
    ("C1 | x | HRU | 2026-01-01 | charges | nearly | 5 | |", "kind of claim is not known"),
    ("C1 | x | HRU | 2026-01-01 | charges | at least | many | |", "is not a number"),
    ("C1 | x | HRU | 2026-01-01 | charge_rate_closed | at least | 98 | |", "above 100 %"),
    ("C1 | x | HRU | 2026-01-01 | charged | at least | 5 | |", "There is no such metric"),
    ("C1 | x | HRU | 2026-01-01 | charges | at least | 5 | 0 |", "between 1 and 120"),
    ("C1 | x | HRU | 2026-01-01 | charges | at least | 5 | | Theft", "offences"),
]


def test_wrong_entries_are_refused_each_in_a_sentence(load_table: Load) -> None:
    """Each row of one file is wrong in its own way, and each is said."""
    rows = "\n".join(row for row, _ in WRONG)
    with pytest.raises(NothingKept) as refused:
        load_table(HEAD + rows, "claims.csv")
    said = [problem.sentence for problem in refused.value.problems]
    for _, sentence in WRONG:
        assert any(sentence in words for words in said), (sentence, said)
