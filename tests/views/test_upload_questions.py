"""What the Data page asks before it commits: nothing is agreed to that was not asked."""

from collections.abc import Callable

from loaders.contracts import LoadReport, Move
from views.trust.upload import Seen, questions

Load = Callable[..., LoadReport]
HEAD = "crime_reference | recorded_on | offence_code | outcome_code\n"


def test_a_loss_in_one_file_is_asked_about_however_large_the_other_is(load_table: Load) -> None:
    whole = load_table(f"{HEAD}A1 | 2025-01-05 | 8Q | 1")
    large = whole.model_copy(update={"kept": 10_000})
    gone = [Move(month=None, kind="gone", was=None, becomes=None, things=58)]
    cut_off = whole.model_copy(update={"kept": 2, "moved": gone})
    asked = "Yes, 58 rows that count today are to leave the figures"
    assert list(questions(Seen("", [large, cut_off]))) == [asked]
    assert list(questions(Seen("", [large]))) == []
