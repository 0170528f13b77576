"""What a meeting is shown: what changed since the last one, a re-base that only the register makes,
a mix of cases made fair.
"""

import base64
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

import pytest

from charts.sparkline import step_line
from loaders.contracts import LoadReport, Problem
from loaders.errors import AlreadyLoaded, NothingKept
from loaders.undo import set_counts
from metrics.catalogue import metric_named
from metrics.contracts import Value
from metrics.denominators import WAYS, Standing
from metrics.events import Event
from metrics.periods import months_after
from metrics.rebasing import Proposal, rebased, rebases
from metrics.scope import Chosen
from metrics.scorecard import RowWords, ScorecardRow, headline
from metrics.snapshot_changes import compared
from metrics.standing import standing_words
from metrics.statistics.case_mix import mix_of, unlike_the_rest
from metrics.statistics.funnel import Place
from metrics.statistics.signals import judge
from metrics.talking_points import known_words, stood_words, to_talk_about
from metrics.targets import verdict_words
from store.snapshot import read
from store.writer import Store
from views.answer.compare_forces import rank_words, ranks_of
from views.parts.figures import figures_of
from views.parts.register_entry import entry_words

Load = Callable[..., LoadReport]
HEAD = (
    "crime_reference | recorded_on | offence_code | outcome_code | outcome_on | victim_sex | "
    "domestic_abuse\n"
)


@pytest.fixture
def shown(store: Store) -> Iterator[Store]:
    """A store that the pages show."""
    os.environ["VAWG_STORE"] = str(store.folder)
    yield store
    del os.environ["VAWG_STORE"]


def month(at: int, rate: float, status: str = "final") -> Value:
    period = months_after(date(2023, 1, 1), at)
    return Value.model_validate(
        {
            "period": period,
            "numerator": round(rate * 400),
            "denominator": 400,
            "value": rate,
            "lower": None,
            "upper": None,
            "status": status,
        }
    )


def test_only_the_register_re_bases(store: Store, load_table: Load) -> None:
    rate = metric_named("charged_within_90")
    months = [month(at, 0.10 + 0.004 * (at % 2)) for at in range(20)] + [
        month(at, 0.20 + 0.004 * (at % 2)) for at in range(20, 36)
    ]
    whole = judge(rate, "month", months)
    assert whole
    assert whole.chart.latest, "nothing re-bases by itself"
    load_table(crimes("1"), "crimes.csv", as_at=date(2025, 12, 31))
    load_table(
        "metric | rebased_from | reason | approved_by\ncharged_within_90 | 2024-09-01 | Recording "
        "rule changed | Board\n"
        "charged_within_90 | 2024-10-01 | | Board\ncharged_within_90 | soon | Because | "
        "Board\nno_such | 2024-09-01 | Because | Board",
        "rebases.csv",
    )
    at = read(store)
    assert rebased(at, rate) == [date(2024, 9, 1)]
    assert rebased(at, metric_named("outcome_16_rate")) == []
    assert rebases(at, rate)[0].words == "re-based: Recording rule changed (Board)"
    since_then = judge(rate, "month", months, rebased(at, rate))
    assert since_then
    assert (len(since_then.values), since_then.chart.latest, since_then.is_trial) == (
        16,
        None,
        False,
    )
    assert since_then.chart.centre == pytest.approx(0.2025)
    young = judge(rate, "month", months, [date(2025, 6, 1)])
    assert young
    assert young.is_trial, "fewer than 13 points since"
    set_counts(store, 2, False, "test")
    assert rebased(read(store), rate) == []


def test_rates_on_one_mix_by_hand() -> None:
    def value(team: str, group: str, one: int, out_of: int) -> Value:
        return Value.model_validate(
            {
                "period": None,
                "by": {"team": team, "vawg_group": group},
                "numerator": one,
                "denominator": out_of,
                "value": one / out_of,
                "lower": None,
                "upper": None,
                "status": "final",
            }
        )

    found = mix_of(
        [
            value("HRU", "stalking", 18, 60),
            value("HRU", "rape", 2, 40),
            value("CID", "stalking", 5, 10),
            value("CID", "rape", 3, 30),
            value("Response", "rape", 0, 30),
        ],
        "HRU",
    )
    assert found
    assert (found.own_rate, found.rest_rate) == (0.20, 8 / 70)
    assert found.expected == pytest.approx(0.6 * 5 / 10 + 0.4 * 3 / 60)
    assert [part.offence for part in found.parts] == ["stalking", "rape"]
    assert mix_of([value("CID", "rape", 3, 30)], "HRU") is None


def crimes(closed: str) -> str:
    """Forty crimes of January 2025, six of them closed as `closed`."""
    rows = [
        f"N{at} | 2025-01-{1 + at % 28:02d} | 8Q | {closed} | 2025-02-10 | F | N" for at in range(6)
    ]
    return HEAD + "\n".join(
        rows + [f"N{at} | 2025-01-{1 + at % 28:02d} | 8Q | | | F | N" for at in range(6, 40)]
    )


def test_what_changed_since_the_last_meeting(shown: Store, load_table: Load) -> None:
    load_table(crimes("16"), "july.csv", as_at=date(2025, 7, 31))
    load_table(crimes("1"), "august.csv", as_at=date(2025, 8, 20))
    found = compared(figures_of(read(shown)), figures_of(read(shown, 1)), Chosen())
    assert [(load.load_id, load.file_name) for load in found.loads] == [(2, "august.csv")]
    (charged,) = [one for one in found.restated if one.measure == "Charge rate (crimes recorded)"]
    assert charged.span == "January 2025"
    assert charged.then == "0.0 % (0 of 40 recorded)"
    assert (charged.now, charged.step) == ("15.0 % (6 of 40 recorded)", "+15.0 pts")
    step = next(one for one in found.steps if one.measure == "Charge rate (crimes recorded)")
    assert (step.then.words, step.then.span) == ("0.0 % (0.0–8.8)", "January 2025")
    assert (step.now.words, step.now.span) == ("15.0 % (7.1–29.1)", "January 2025")
    assert not [one for one in found.steps if "Orders" in one.measure], "no orders were loaded then"
    set_counts(shown, 2, False, "test")
    undone = compared(figures_of(read(shown)), figures_of(read(shown, 2)), Chosen())
    assert [(load.load_id, load.state) for load in undone.loads] == [(2, "undone since")]
    same = compared(figures_of(read(shown)), figures_of(read(shown)), Chosen())
    assert (same.signals, same.restated, same.loads) == ([], [], [])


def test_then_and_now_are_drawn_on_one_scale() -> None:
    def at(rate: float, lower: float, upper: float) -> Value:
        return month(0, rate).model_copy(update={"lower": lower, "upper": upper})

    address = step_line(at(0.2, 0.1, 0.3), at(0.4, 0.3, 0.5))
    picture = base64.b64decode(address.partition(",")[2]).decode()
    then, now = re.findall(r"<circle cx='([0-9.]+)'", picture)
    # from 0.1 to 0.5 over 176 of 190 pixels: 0.2 lies at a quarter of the way, 0.4 at three
    assert (float(then), float(now)) == (7 + 44, 7 + 132)
    spans = re.findall(r"<line x1='([0-9.]+)' x2='([0-9.]+)'", picture)
    assert spans == [("7.0", "95.0"), ("95.0", "183.0")]
    assert not step_line(at(0.2, 0.1, 0.3), month(0, 0.2).model_copy(update={"value": None}))
    same = step_line(at(0.2, 0.2, 0.2), at(0.2, 0.2, 0.2))
    assert same, "two figures alike stand one above the other"


def test_no_open_figure_is_ranked_or_judged_against_a_target() -> None:
    entry = metric_named("charge_rate_recorded")
    steady = [month(at, 0.10 + 0.004 * (at % 2)) for at in range(15)]
    young = [month(at, 0.01, "provisional") for at in range(15, 18)]
    assert (
        verdict_words(entry, judge(entry, "month", steady + young), 0.05)
        == verdict_words(entry, judge(entry, "month", steady), 0.05)
        == "✓ met"
    )
    assert verdict_words(entry, judge(entry, "month", young), 0.05) == "not judged yet"
    forces = [
        (name, month(0, rate))
        for name, rate in (("Cheshire", 0.2), ("Kent", 0.1), ("Surrey", 0.15))
    ]
    ranks = ranks_of(entry, forces)
    assert rank_words(entry, ranks["Cheshire"]) == (
        "between 1st and 2nd highest of 3 forces with at least 30 recorded (95 % interval, by one "
        "denominator of 4)"
    )
    still_open = [(name, month(0, value.value or 0, "provisional")) for name, value in forces]
    assert ranks_of(entry, still_open) == {}
    assert rank_words(entry, None) == ""
    mixed = ranks_of(entry, [*still_open[:1], *forces[1:]])
    assert " of 2 forces" in rank_words(entry, mixed["Kent"])


def test_a_rank_is_an_interval_over_every_denominator_that_can_be_judged() -> None:
    """Seventh to ninth by one, eleventh to fourteenth by another: which of them, is said."""
    ways = {"recorded": (7, 9), "closed": (11, 14), "mixed": (8, 12), "less open": (6, 8)}
    names = dict(zip(ways, WAYS, strict=False))
    found = [
        Standing(names[way], 10, 100, 1, 43, Place((low + high) // 2, low, high, 0.0, 43))
        for way, (low, high) in ways.items()
    ]
    assert standing_words("Cheshire", found, False) == (
        "Cheshire is between 6th and 14th highest of 43 forces, over all 4 denominators and their "
        "95 % intervals."
    )
    young = standing_words("Cheshire", found, True)
    assert "alone (95 % interval); by the other 2 denominators cases are still open." in young
    few = [replace(one, place=None) for one in found]
    assert standing_words("Cheshire", few, False) == (
        "Cheshire cannot be ranked: by every denominator cases are still open or too few."
    )


def test_a_team_is_judged_against_the_others_not_against_itself() -> None:
    counts = {"HRU": (282, 2314), "Response": (500, 4634), "CID": (151, 1500), "DAU": (226, 2527)}
    above, below = unlike_the_rest(
        counts
    )  # by hand: HRU z 2.7 above; DAU z 3.1 below; the limit for four groups is 2.5
    assert (above, below) == (["HRU"], ["DAU"])
    assert unlike_the_rest({"North": (10, 100), "South": (12, 100)}) == ([], [])
    assert unlike_the_rest({"North": (0, 100), "South": (0, 100)}) == ([], [])


def test_a_target_that_no_rate_can_reach_is_asked_about(store: Store, load_table: Load) -> None:
    with pytest.raises(NothingKept, match="for 50 per cent write 50 % or 0.5"):
        load_table(
            "metric | target | applies_from | set_by\ncharged_within_90 | 80 | 2025-04-01 | HRU",
            "targets.csv",
        )
    problem = Problem(
        problem="no_words",
        field="words",
        rows=1,
        first_lines=[2],
        kind="set_aside",
        sentence="The annotation has no words",
    )
    assert entry_words(NothingKept("x.csv: Not one row could be kept.", [problem])) == (
        "Not written down: The annotation has no words."
    )
    assert entry_words(AlreadyLoaded("x.csv is already in the store.")) == (
        "Not written down: just this is in the register already."
    )


def test_a_re_base_of_the_future_judges_nothing_yet(store: Store, load_table: Load) -> None:
    load_table(crimes("1"), "crimes.csv", as_at=date(2025, 8, 31))
    load_table(
        "metric | rebased_from | reason | approved_by\ncharged_within_90 | 2027-03-01 | New rule "
        "| Board",
        "rebases.csv",
    )
    assert rebased(read(store), metric_named("charged_within_90")) == []


@pytest.mark.parametrize(
    ("day", "is_new"),
    [(date(2026, 6, 30), True), (date(2026, 7, 31), False), (date(2026, 8, 31), False)],
)
def test_a_signal_of_a_quarter_is_new_in_the_first_review_after_it(
    shown: Store, load_table: Load, day: date, is_new: bool
) -> None:
    """Two orders a quarter, in the last one twelve."""
    quarters = [months_after(date(2022, 4, 1), 3 * at) for at in range(17)]
    decided = [quarter for quarter in quarters for _ in range(12 if quarter == quarters[-1] else 2)]
    rows = [f"A{at} | S{at} | full | granted | {one}" for at, one in enumerate(decided)]
    head = "application_reference | subject_id | order_kind | decision | decided_on\n"
    load_table(head + "\n".join(rows), "orders.csv", as_at=day)
    row = headline(figures_of(read(shown)), metric_named("orders_granted"), Chosen())
    assert row is not None
    assert row.row.signal == "▲ H"
    assert row.is_new is is_new


def test_a_signal_that_has_stood_for_a_year_is_no_news() -> None:
    metric = metric_named("outcome_16_rate")
    rates = [0.30, 0.31] * 12 + [0.26, 0.27] * 6
    judged = [
        judge(metric, "month", [month(*one) for one in enumerate(rates[:end])]) for end in (35, 36)
    ]
    assert [one.stood_for if one else 0 for one in judged] == [11, 12]
    back = judge(metric, "month", [month(*one) for one in enumerate([*rates, 0.30])])
    assert back is not None and back.stood_for == 0


def told(title: str, stood_for: int, is_new: bool, is_held: bool = False) -> ScorecardRow:
    words = RowWords(title, "", "", "", "", "", "", "", [], "")
    event = Event(date(2026, 1, 1), "x")
    offer = Proposal("shift", date(2026, 1, 1), event, "", "") if is_held else None
    return ScorecardRow(title, words, "a signal", f"{title}: a signal.", is_new, offer, stood_for)


def test_what_to_talk_about_is_new_first_and_what_has_long_stood_is_one_line() -> None:
    rows = [
        told("old", 12, False, is_held=True),
        told("still", 11, False),
        told("turned", 30, True),
        told("older", 21, False),
    ]
    points, known = to_talk_about(rows)
    assert [row.metric for row in points] == ["turned", "still"]
    assert [row.metric for row in known] == ["old", "older"]
    assert known_words(known) == (
        "2 signals have stood for a year or more; a re-base is proposed for 1, after which the "
        "next change shows."
    )
    assert known_words(known[1:]) == "One signal has stood for a year or more."
    assert known_words([]) == ""
    outside = replace(known[0], words="higher than its usual range in May 2025", stood_for=18)
    assert stood_words(replace(outside, row=replace(outside.row, signal="▲ H"))) == (
        "high for 18 months"
    )
    long = replace(outside, words="above its mean for 16 months")
    assert stood_words(long) == "above its mean for 16 months"
