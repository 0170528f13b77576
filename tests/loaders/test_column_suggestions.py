"""The mapping step proposes the likely column for each field, by its name and by what is in it."""

from pathlib import Path

import pytest

from loaders.column_suggestions import propose
from loaders.contracts import LoadOptions
from loaders.load import Source
from store.writer import Store

ROWS = "24/001,{a},8Q,{b},F,33,HRU\n24/002,{a},19C,{b},M,41,CID\n"


FIRST = {
    "crime_reference": "Niche Occ",
    "recorded_on": "Logged",
    "outcome_on": "Ended on",
    "offence_code": "HOCR",
    "victim_sex": "IP",
}
SECOND = {
    "crime_reference": "Nr",
    "outcome_on": "Outcome dt",
    "recorded_on": "Recorded dt",
    "offence_code": "Off",
    "victim_sex": "Sex of IP",
    "victim_age": "Age IP",
    "team": "Team name",
}


@pytest.mark.parametrize(
    ("heads", "likely"),
    [
        ("Niche Occ,Logged,HOCR,Ended on,IP,Years,Squad", FIRST),
        ("Nr,Outcome dt,Off,Recorded dt,Sex of IP,Age IP,Team name", SECOND),
    ],
)
def test_columns_are_proposed(
    store: Store, tmp_path: Path, heads: str, likely: dict[str, str]
) -> None:
    path = tmp_path / "own.csv"
    path.write_text(heads + "\n" + ROWS.format(a="13/01/2025", b="20/02/2025"))
    found = propose(store, Source(path, "own.csv"), LoadOptions())
    assert found
    assert found.format.name == "crime_outcomes"
    assert found.likely | likely == found.likely
    assert "suspect_id" not in found.likely


def test_what_is_no_table_has_no_proposal(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear colleague\nhere is the file\n")
    assert propose(store, Source(path, "letter.txt"), LoadOptions()) is None


def test_a_format_may_be_asked_for(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    path.write_text(
        "Nr,Person,What,Result,Asked,Made\nA1,P1,full,granted,13/01/2025,20/02/2025\nA2,P2,interim,refused,14/01/2025,21/02/2025\n"
    )
    found = propose(store, Source(path, "orders.csv"), LoadOptions(format="order_register"))
    assert found
    assert (
        found.likely
        | {"decision": "Result", "order_kind": "What", "applied_on": "Asked", "decided_on": "Made"}
        == found.likely
    )


def test_what_is_recognised_is_read_as_what_it_is(store: Store, tmp_path: Path) -> None:
    """A register that is refused for its words: the nearest kind of another sort would be wrong."""
    (path := tmp_path / "a.csv").write_text(
        "happened_on,what_happened,noted_by\n2025-05-12,PC Smith rang Jane Roe,unit\n"
    )
    found = propose(store, Source(path, path.name), LoadOptions())
    assert found is not None
    assert found.format.name == "annotation_register"
    assert set(found.likely) == {"happened_on", "what_happened", "noted_by"}
