"""Exports that read well and are likely wrong: they are loaded when the sender says yes, and not
before.
"""

from collections.abc import Callable

import pytest

from loaders.contracts import LoadReport
from loaders.errors import NeedsYes
from metrics.contracts import Cut
from metrics.measure import measure
from store.snapshot import read
from store.writer import Store

Load = Callable[..., LoadReport]
HEAD = "crime_reference | recorded_on | offence_code | outcome_code\n"


def rows(count: int, offence: str = "8Q") -> str:
    return "\n".join(f"N{at} | 2025-01-06 | {offence} | 16" for at in range(count))


def test_offences_of_which_none_is_known_are_asked_about(load_table: Load, store: Store) -> None:
    with pytest.raises(
        NeedsYes, match="not one of its 30 crimes has an offence that a code list knows"
    ):
        load_table(HEAD + rows(30, "856"))
    assert store.current() is None
    report = load_table(HEAD + rows(30, "856"), code_map={"856": "008/56"})
    assert report.problems == []
    assert load_table(HEAD + rows(31, "999"), name="b.csv", may_be_unknown=True).kept == 31


def test_a_few_offences_that_are_not_known_are_said_and_loaded(load_table: Load) -> None:
    report = load_table(f"{HEAD}{rows(15)}\nX1 | 2025-01-06 | 999 | 16")
    assert [one.problem for one in report.problems] == ["unknown_offence"]


def test_a_full_extract_that_is_cut_off_is_asked_about(load_table: Load, store: Store) -> None:
    load_table(HEAD + rows(60), as_at="2025-02-01")
    with pytest.raises(NeedsYes, match="lacks 58 rows that count today; it holds 2"):
        load_table(HEAD + rows(2), name="b.csv", is_full=True, as_at="2025-03-01")
    assert measure(read(store), "crimes_recorded", Cut()).values[0].numerator == 60
    load_table(HEAD + rows(2), name="b.csv", is_full=True, as_at="2025-03-01", may_be_older=True)
    assert measure(read(store), "crimes_recorded", Cut()).values[0].numerator == 2


def test_a_full_extract_that_lacks_a_few_rows_is_loaded(load_table: Load, store: Store) -> None:
    load_table(HEAD + rows(60), as_at="2025-02-01")
    load_table(HEAD + rows(57), name="b.csv", is_full=True, as_at="2025-03-01")
    assert measure(read(store), "crimes_recorded", Cut()).values[0].numerator == 57


@pytest.mark.parametrize(
    ("code", "offence"),
    [("00856", "008/56"), ("00867", "008/67"), ("01908", "19"), ("10501", "105A"), ("00019", "19")],
)
def test_a_home_office_code_is_read_with_class_and_subcode_together(
    load_table: Load, store: Store, code: str, offence: str
) -> None:
    load_table(f"{HEAD}N1 | 2025-01-06 | {code} | 16")
    assert [row["offence_class"] for row in read(store).rows("crime")] == [offence]
