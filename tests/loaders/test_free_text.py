"""Free text of a register: what of it looks like somebody is asked about before it is stored."""

from collections.abc import Callable

import pytest

from loaders.contracts import LoadReport
from loaders.errors import NamesSomebody
from loaders.formats import BY_NAME, FORMATS
from loaders.free_text import doubts
from store.snapshot import read
from store.writer import Store

Load = Callable[..., LoadReport]
NOTES = "happened_on | what_happened | noted_by\n"
FREE = [
    ("annotation_register", ["what_happened"]),
    ("rebase_register", ["reason"]),
    ("claim_register", ["claim_words"]),
    ("commentary_register", ["commentary", "said_by"]),
    ("decision_register", ["what_was_decided", "owner_role", "expected", "what_came_of_it"]),
    ("recommendation_register", ["response", "latest_update"]),
    ("survivor_theme", ["theme", "what_changed", "what_came"]),
    ("framework_measure", ["how_it_fits"]),
    ("funding_register", ["purpose", "outputs_promised"]),
]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Ask DCI Jones", ["a name"]),
        ("Ring 07700 900123 or +44 7700 900123", ["a phone number", "a phone number"]),
        ("write to a.b@c.uk", ["an e-mail address"]),
        ("see CHS/1234567/25 and A1234567", ["a reference of a crime or a person"] * 2),
        ("the victim Sarah said", ["a name"]),
        ("born 1990", ["a date of birth"]),
        ("Outcome 16 fell in 2025/26, by 3.8 pts, after 1 June 2025; 1,234 crimes", []),
        ("Held from 12/2025 to 01/06/2026, as in 2024/2025", []),
        ("Review ten cases of the Harm Reduction Unit by March 2026", []),
    ],
)
def test_what_looks_like_somebody_is_found(text: str, kinds: list[str]) -> None:
    assert [one.split(" looks like ")[1] for one in doubts(text)] == kinds


def test_a_file_whose_text_looks_like_somebody_is_loaded_when_its_sender_says_yes(
    store: Store, load_table: Load
) -> None:
    """It says where and not what: the sentence may be kept where more people read it."""
    table = (
        NOTES
        + "2025-01-01 | A desk for rape | HRU\n"
        + "2025-02-01 | Ring 07700 900123 | HRU\n"
        + "2025-03-01 | Ask DCI Jones of CHS/1234567/25 | HRU"
    )
    with pytest.raises(NamesSomebody) as asked:
        load_table(table)
    said = str(asked.value)
    assert "a phone number in line 3, " in said and "a name in line 4" in said
    assert "07700" not in said and "Jones" not in said
    assert "“07700 900123” looks like a phone number" in asked.value.doubts
    assert store.current() is None, "nothing was stored"
    assert load_table(table, may_be_older=True).kept == 3


def test_text_that_names_nobody_is_not_asked_about(load_table: Load) -> None:
    table = NOTES + "2025-01-01 | A desk for rape from 12/2025 of ten officers | HRU"
    assert load_table(table).kept == 1


def test_each_format_says_which_of_its_columns_are_free_text() -> None:
    found = [
        (one.name, names)
        for one in FORMATS
        if (names := [column.name for column in one.columns if column.is_free])
    ]
    assert sorted(found) == sorted(FREE)


def test_free_text_is_stored_as_it_was_asked_about(store: Store, load_table: Load) -> None:
    """Else the question would name a column that there is not."""
    load_table(NOTES + "2025-01-01 | A desk for rape | HRU")
    with read(store).cursor() as con:
        for name, free in FREE:
            assert {*free} <= {*con.table(BY_NAME[name].row_table).columns}, name
