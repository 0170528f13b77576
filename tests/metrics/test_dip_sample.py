"""Dip sample: allocation and estimate by numbers small enough to count on fingers, a draw that a
seed repeats, and answers weighted to all.
"""

from collections import Counter
from collections.abc import Callable
from datetime import date

import pytest

from loaders.contracts import LoadReport
from loaders.errors import NothingKept
from metrics.dip_sample import Drawn, draw, questions, reopened_words, results, samples
from metrics.statistics.intervals import wilson
from metrics.statistics.stratified import Stratum, allocate, estimate
from store.snapshot import read
from store.writer import Store
from tests.packs.conftest import made

Load = Callable[..., LoadReport]
AUGUST = date(2026, 8, 1)


@pytest.mark.parametrize(
    ("sizes", "wanted", "found"),
    [
        ({"a": 60, "b": 40}, 10, {"a": 6, "b": 4}),
        ({"a": 90, "b": 9, "c": 1}, 10, {"a": 6, "b": 3, "c": 1}),  # three at least, or all
        ({"a": 100, "b": 100, "c": 100}, 10, {"a": 4, "b": 3, "c": 3}),  # one is left over
        ({"a": 2, "b": 2}, 50, {"a": 2, "b": 2}),
        ({"a": 50, "b": 50, "c": 50, "d": 50}, 10, {"a": 3, "b": 3, "c": 3, "d": 3}),
        ({}, 10, {}),
    ],
)
def test_allocation(sizes: dict[str, int], wanted: int, found: dict[str, int]) -> None:
    assert allocate(sizes, wanted) == found


def test_an_estimate_is_weighted_by_stratum() -> None:
    """80 crimes of which 2 of 4 are yes, 20 of which 1 of 4 is: 0.8 × 0.5 + 0.2 × 0.25."""
    found = estimate([Stratum(80, 4, 2), Stratum(20, 4, 1)])
    assert found and found.share == pytest.approx(0.45)
    # 0.8² / 4 × (1 − 4/80) + 0.2² / 4 × (1 − 4/20) = 0.152 + 0.008: as good as 6.25 answers;
    # Wilson of 0.45 on them: (0.45 + 0.3073 ± 1.96 × 0.2534) / 1.6146
    assert found.lower < 0.45 < found.upper
    assert found.lower == pytest.approx(0.1615, abs=0.0005)
    assert found.upper == pytest.approx(0.7766, abs=0.0005)


def test_one_large_stratum_is_wilson() -> None:
    found = estimate([Stratum(10**9, 50, 20)])
    assert found and (found.lower, found.upper) == pytest.approx(wilson(20, 50), abs=1e-6)


def test_when_every_crime_was_looked_at_nothing_is_left_to_chance() -> None:
    found = estimate([Stratum(8, 8, 2)])
    assert found and (found.lower, found.share, found.upper) == (0.25, 0.25, 0.25)
    assert estimate([Stratum(8, 8, 2), Stratum(5, 0, 0)]) is None
    assert estimate([]) is None


@pytest.fixture
def closed(load_table: Load) -> None:
    rows = [
        f"{outcome}{area[0]}{abuse}{at:02d} | 2026-08-02 | 8Q | {outcome} | 2026-08-20 | F | {abuse} | {area}"
        for outcome, many in (("15", 10), ("16", 20))
        for area in ("Halton", "Warrington")
        for abuse in ("Y", "N")
        for at in range(many)
    ]
    others = [
        "X1 | 2026-08-02 | 8Q | 1 | 2026-08-20 | F | Y | Halton",  # a charge
        "X2 | 2026-07-02 | 8Q | 16 | 2026-07-20 | F | Y | Halton",  # another month
        "X3 | 2026-08-02 | 8Q | | | F | Y | Halton",  # still open
    ]
    load_table(
        "crime_reference | recorded_on | offence_code | outcome_code | outcome_on | victim_sex | "
        "domestic_abuse | area\n" + "\n".join([*rows, *others]),
        as_at=date(2026, 8, 31),
    )


def drawn_rows(drawn: list[Drawn], sample: str = "2026-08/1", seed: str = "7") -> str:
    head = (
        "crime_reference | sample_id | stratum | stratum_size | seed | drawn_on | sampled_month\n"
    )
    return head + "\n".join(
        f'{one.reference} | {sample} | "{one.stratum}" | {one.stratum_size} | {seed} | '
        "2026-09-01 | 2026-08-01"
        for one in drawn
    )


@pytest.mark.usefixtures("closed")
def test_a_seed_repeats_a_draw(store: Store) -> None:
    drawn = draw(read(store), AUGUST, "7", 24)
    assert drawn == draw(read(store), AUGUST, "7", 24) != draw(read(store), AUGUST, "8", 24)
    assert len(drawn) == 24 and len({one.reference for one in drawn}) == 24
    assert not [one for one in drawn if one.reference.startswith("X")]
    many = Counter(one.stratum for one in drawn)
    assert sorted(many.values()) == [3, 3, 3, 3, 3, 3, 3, 3], "three of each at least"
    more = Counter(one.stratum for one in draw(read(store), AUGUST, "7", 60))
    assert sorted(more.values()) == [5, 5, 5, 5, 10, 10, 10, 10], "in proportion"
    assert {one.stratum_size for one in drawn} == {10, 20}


@pytest.mark.usefixtures("closed")
def test_a_crime_is_not_drawn_twice_in_twelve_months(store: Store, load_table: Load) -> None:
    first = draw(read(store), AUGUST, "7", 24)
    load_table(drawn_rows(first), "draw.csv")
    second = draw(read(store), AUGUST, "7", 24)
    assert not {one.reference for one in first} & {one.reference for one in second}
    load_table(drawn_rows(second, "2026-08/2"), "again.csv")
    assert [(one[0], one[4]) for one in samples(read(store))] == [
        ("2026-08/2", 24),
        ("2026-08/1", 24),
    ], "a redraw leaves the first"


def test_answers_are_weighted_and_double_reviews_compared(store: Store, load_table: Load) -> None:
    load_table(_drawn_csv(), "draw.csv")
    head = "crime_reference | sample_id | question | answer | reviewer_kind | reviewed_on\n"
    load_table(
        head
        + "A1 | S | right_outcome | yes | first | 2026-09-02\n"
        + "A2 | S | right_outcome | no | first | 2026-09-02\n"
        + "A2 | S | right_outcome | yes | second | 2026-09-03\n"
        + "B1 | S | right_outcome | yes | first | 2026-09-02\n"
        + "B1 | S | own_words | no | first | 2026-09-02\n"
        + "A1 | S | lines_done | cannot tell | first | 2026-09-02\n"
        + "Z9 | S | lines_done | no | first | 2026-09-02",  # was not drawn
        "answers.csv",
    )
    found = {one.question.question: one for one in results(read(store), "S")}
    right = found["right_outcome"]
    assert right.found and right.found.share == pytest.approx(0.8 * 0.5 + 0.2 * 1.0)
    assert (right.found.answered, right.agreement, right.is_doubtful) == (3, 0.0, True)
    own = found["own_words"]  # asked of outcome 16 alone
    assert own.found and own.found.share == 0.0 and own.agreement is None
    assert found["lines_done"].found is None, "what cannot be told is left out"
    assert len(found) == len(questions())


def _drawn_csv() -> str:
    """Strata have commas in their names, which a drawn table parts cells by."""
    return (
        "crime_reference | sample_id | stratum | stratum_size | seed | drawn_on | sampled_month\n"
        'A1 | S | "outcome 15, other" | 80 | 7 | 2026-09-01 | 2026-08-01\n'
        'A2 | S | "outcome 15, other" | 80 | 7 | 2026-09-01 | 2026-08-01\n'
        'B1 | S | "outcome 16, other" | 20 | 7 | 2026-09-01 | 2026-08-01'
    )


ANSWERS = "crime_reference | sample_id | question | answer | reviewer_kind | reviewed_on\n"
WRONG = [
    ("A1 | | q | yes | first | 2026-09-02", "which sample"),
    ("A1 | S | | yes | first | 2026-09-02", "no question"),
    ("A1 | S | q | perhaps | first | 2026-09-02", "answer is not known"),
    ("A1 | S | q | yes | third | 2026-09-02", "reviewer is not known"),
    ("A1 | S | q | yes | first | soon", "cannot be read"),
]


def test_wrong_answers_are_refused_each_in_a_sentence(load_table: Load) -> None:
    """Each row of one file is wrong in its own way, and each is said."""
    rows = "\n".join(row for row, _ in WRONG)
    with pytest.raises(NothingKept) as refused:
        load_table(ANSWERS + rows, "answers.csv")
    said = [problem.sentence for problem in refused.value.problems]
    for _, sentence in WRONG:
        assert any(sentence in words for words in said), (sentence, said)


@pytest.mark.usefixtures("closed")
def test_the_pack_says_what_reviewers_found_and_what_was_reopened_and_no_reference(
    store: Store, load_table: Load
) -> None:
    drawn = draw(read(store), AUGUST, "7", 24)
    load_table(drawn_rows(drawn), "draw.csv")
    answers = [
        f"{one.reference} | 2026-08/1 | right_outcome | {'no' if at < 6 else 'yes'} | first | 2026-09-02"
        for at, one in enumerate(drawn)
    ]
    load_table(ANSWERS + "\n".join(answers), "answers.csv")
    assert reopened_words(read(store), "2026-08/1").startswith("No crime")
    one = next(one for one in drawn if one.outcome == "15")
    load_table(
        "crime_reference | recorded_on | offence_code | outcome_code | outcome_on\n"
        f"{one.reference} | 2026-08-02 | 8Q | 1 | 2026-09-15",
        "later.csv",
        as_at=date(2026, 9, 30),
    )
    words = "1 of its 24 crimes is open again or is closed with another outcome since."
    assert reopened_words(read(store), "2026-08/1") == words
    pack = made(store, "monthly")
    page = next(page for page in pack.pages if page.key == "outcome-mix")
    (point,) = page.points
    assert point.startswith("Dip sample of August 2026, 24 crimes. Lowest: ") and words in point
    table = next(table for table in page.behind if table.name == "Dip sample")
    assert table.rows[0][2:] != ("no answer yet", "")
    assert one.reference not in pack.model_dump_json()
    assert "Dip sample" not in made(store, "monthly", "scrutiny").model_dump_json()
