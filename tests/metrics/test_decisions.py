"""Decisions and commentary: the order, what is overdue, the figure then and now, by numbers small
enough to count on fingers.
"""

from collections.abc import Callable
from datetime import date

import pytest

from loaders.contracts import LoadReport
from loaders.errors import NothingKept
from loaders.undo import set_counts
from metrics.catalogue import metric_named
from metrics.commentary import commentary_of
from metrics.decisions import decided, decisions, head_words, then_and_now
from metrics.figures import figures_at
from metrics.scope import DEFAULT, Chosen
from metrics.scorecard import judged_now
from store.snapshot import read
from store.writer import Store

Load = Callable[..., LoadReport]
CRIMES = "crime_reference | recorded_on | offence_code | outcome_code | outcome_on | victim_sex\n"
HEAD = (
    "decision_id | meeting | held_on | metric | what_was_decided | owner_role | due_on | status | "
    "judged_from | judged_to | counted_then | out_of_then | value_then\n"
)
FROZEN = "2026-07-01 | 2026-08-01 | 10 | 100 | 0.1"
TODAY = date(2026, 10, 1)


def of(month: str, charged: int, others: int) -> str:
    codes = ["1"] * charged + ["16"] * others
    return CRIMES + "\n".join(
        f"{month[-2:]}{at} | {month}-02 | 8Q | {code} | {month}-20 | F"
        for at, code in enumerate(codes)
    )


def test_open_ones_come_first_and_overdue_ones_are_told(store: Store, load_table: Load) -> None:
    load_table(of("2026-08", 10, 90), as_at=date(2026, 8, 31))
    load_table(
        HEAD
        + f"D1 | monthly | 2026-06-10 | charge_rate_closed | Done long ago | HRU | 2026-06-20 | done | {FROZEN}\n"
        + f"D2 | monthly | 2026-08-10 | charge_rate_closed | Later | HRU | 2026-12-01 | open | {FROZEN}\n"
        + f"D3 | weekly | 2026-08-10 | charge_rate_closed | Late | HRU | 2026-09-19 | open | {FROZEN}",
        "decisions.csv",
    )
    found = decisions(read(store))
    assert [one.decision_id for one in found] == ["D3", "D2", "D1"]
    assert [one.state_words(TODAY) for one in found] == [
        "overdue by 12 days",
        "open, due 1 December 2026",
        "done",
    ]
    assert head_words(found, TODAY) == "2 decisions are open, 1 of them overdue."
    marks = decided(read(store), metric_named("charge_rate_closed"), DEFAULT)
    assert {mark.words for mark in marks} == {
        "decided: Late",
        "decided: Later",
        "decided: Done long ago",
    }
    assert not decided(read(store), metric_named("charge_rate_closed"), Chosen("Rape"))
    assert not decided(read(store), metric_named("outcome_16_rate"), DEFAULT)


@pytest.mark.parametrize(
    ("charged", "words"),
    [
        (40, "now 40.0 % (40 of 100 outcomes, August 2026): +30.0 pts (+18.3 to +40.8), unlikely"),
        (14, "+4.0 pts (−5.2 to +13.3), could be chance."),
    ],
)
def test_at_the_due_day_the_figure_then_and_now(
    store: Store, load_table: Load, charged: int, words: str
) -> None:
    """10 of 100 when it was decided; statsmodels gives the intervals (Newcombe)."""
    load_table(of("2026-08", charged, 100 - charged), as_at=date(2026, 8, 31))
    row = f"D1 | monthly | 2026-08-05 | charge_rate_closed | Review | HRU | 2026-09-30 | open | {FROZEN}"
    load_table(HEAD + row, "decisions.csv")
    (one,) = decisions(read(store))
    figures = figures_at(read(store), 180)
    said = then_and_now(figures, one, TODAY)
    assert said.startswith("Then 10.0 % (10 of 100 outcomes, July 2026), now ")
    assert words in said and "worked" not in said
    early = then_and_now(figures, one, date(2026, 9, 1))
    assert early.endswith("set beside the figure of 30 September 2026.") and "now" not in early


def test_the_figure_is_frozen_and_a_later_month_is_needed(store: Store, load_table: Load) -> None:
    load_table(of("2026-07", 10, 90), as_at=date(2026, 7, 31))
    figures = figures_at(read(store), 180)
    frozen = judged_now(figures, metric_named("charge_rate_closed"), DEFAULT)
    assert frozen and (frozen[0].numerator, frozen[0].denominator) == (10, 100)
    row = f"D1 | monthly | 2026-07-31 | charge_rate_closed | Review | HRU | 2026-08-01 | open | {FROZEN}"
    load_table(HEAD + row, "decisions.csv")
    (one,) = decisions(read(store))
    assert "still open: no later month can be judged yet" in then_and_now(figures, one, TODAY)
    # what was recorded of July is put right later: the figure that was decided on stays
    load_table(of("2026-07", 60, 40), "right.csv", as_at=date(2026, 8, 1))
    (one,) = decisions(read(store))
    assert one.then and one.then.numerator == 10


def test_a_new_state_keeps_the_old_and_an_undo_brings_it_back(
    store: Store, load_table: Load
) -> None:
    load_table(of("2026-08", 10, 90), as_at=date(2026, 8, 31))
    start = "D1 | monthly | 2026-08-05 | charge_rate_closed | Review | HRU | 2026-09-30 | "
    load_table(f"{HEAD}{start}open | {FROZEN}", "one.csv")
    load_table(f"{HEAD}{start}done | {FROZEN}", "two.csv")
    assert [one.status for one in decisions(read(store))] == ["done"]
    set_counts(store, 3, False, "Sam")
    assert [one.status for one in decisions(read(store))] == ["open"]


WRONG = [
    (
        "D1 | daily | 2026-08-05 | charges | x | HRU | 2026-09-30 | open",
        "write weekly, monthly",
    ),
    ("D1 | monthly | soon | charges | x | HRU | 2026-09-30 | open", "day of the meeting"),
    ("D1 | monthly | 2026-08-05 | chargs | x | HRU | 2026-09-30 | open", "no such metric"),
    ("D1 | monthly | 2026-08-05 | charges | | HRU | 2026-09-30 | open", "has no words"),
    ("D1 | monthly | 2026-08-05 | charges | x | | 2026-09-30 | open", "role that owns it"),
    ("D1 | monthly | 2026-08-05 | charges | x | HRU | 2026-08-01 | open", "due before it was"),
    ("D1 | monthly | 2026-08-05 | charges | x | HRU | | open", "on which it is due"),
    ("D1 | monthly | 2026-08-05 | charges | x | HRU | 2026-09-30 | won", "state is not known"),
    (" | monthly | 2026-08-05 | charges | x | HRU | 2026-09-30 | open", "has no reference"),
]


def test_wrong_decisions_are_refused_each_in_a_sentence(load_table: Load) -> None:
    """Each row of one file is wrong in its own way, and each is said."""
    rows = "\n".join(f"{row} | | | | |" for row, _ in WRONG)
    with pytest.raises(NothingKept) as refused:
        load_table(HEAD + rows, "decisions.csv")
    said = [problem.sentence for problem in refused.value.problems]
    for _, sentence in WRONG:
        assert any(sentence in words for words in said), (sentence, said)


SAID = "metric | meeting | about_data_of | commentary | said_by | said_on | offences\n"


def test_commentary_is_of_these_data_this_meeting_and_this_cut(
    store: Store, load_table: Load
) -> None:
    load_table(of("2026-08", 10, 90), as_at=date(2026, 8, 31))
    load_table(
        SAID
        + "charges | monthly | 2026-08-31 | More desks | HRU | 2026-09-02 |\n"
        + "charges | monthly | 2026-07-31 | Of July | HRU | 2026-08-02 |\n"
        + "charges | weekly | 2026-08-31 | Of the week | HRU | 2026-09-03 |\n"
        + "charges | monthly | 2026-08-31 | Of rape | HRU | 2026-09-02 | Rape",
        "said.csv",
    )
    said = commentary_of(read(store), "charges", "monthly", DEFAULT)
    assert said and (said.words, said.by, said.on) == ("More desks", "HRU", date(2026, 9, 2))
    rape = commentary_of(read(store), "charges", "monthly", Chosen("Rape"))
    assert rape and rape.words == "Of rape"
    assert commentary_of(read(store), "charges", "quarterly", DEFAULT) is None
    load_table(
        SAID + "charges | monthly | 2026-08-31 | Put right | HRU | 2026-09-04 |", "right.csv"
    )
    again = commentary_of(read(store), "charges", "monthly", DEFAULT)
    assert again and again.words == "Put right"
    load_table(of("2026-09", 10, 90), "september.csv", as_at=date(2026, 9, 30))
    assert commentary_of(read(store), "charges", "monthly", DEFAULT) is None, "of other data"


def test_commentary_fits_a_slide(store: Store, load_table: Load) -> None:
    sixty = " ".join(["word"] * 60)
    load_table(SAID + f"charges | monthly | 2026-08-31 | {sixty} | HRU | 2026-09-02 |", "a.csv")
    with pytest.raises(NothingKept) as refused:
        load_table(
            SAID + f"charges | monthly | 2026-08-31 | {sixty} one | HRU | 2026-09-02 |", "b.csv"
        )
    assert "more than sixty words" in refused.value.problems[0].sentence
