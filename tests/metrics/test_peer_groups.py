"""All forces together, and the most similar ones, by hand."""

import pytest

from metrics.contracts import Value
from metrics.peer_groups import pooled_rate, similar_mean


def row(name: str, top: int, out_of: int) -> tuple[str, Value]:
    rate = top / out_of if out_of else None
    facts = {"period": None, "numerator": top, "denominator": out_of, "value": rate}
    return name, Value.model_validate({**facts, "lower": None, "upper": None, "status": "final"})


ROWS = [row("Cheshire", 30, 100), row("Kent", 10, 100), row("Essex", 60, 300), row("Gwent", 0, 0)]


def test_all_forces_are_added_up_and_not_averaged() -> None:
    """100 of 500 is 20 %; the mean of 30, 10 and 20 % would be 20 % too, so Essex weighs more."""
    assert pooled_rate(ROWS) == 0.2
    assert pooled_rate([*ROWS, row("Surrey", 100, 500)]) == 0.2
    assert pooled_rate([row("Kent", 10, 100), row("Essex", 90, 300)]) == 0.25
    assert pooled_rate([row("Gwent", 0, 0)]) is None


def test_similar_forces_each_count_once_and_ours_never() -> None:
    """Kent 10 % and Essex 20 %: 15 %."""
    assert similar_mean(ROWS, "kent, Essex,Cheshire, Wiltshire", "Cheshire") == (
        pytest.approx(0.15),
        ["Kent", "Essex"],
        ["Wiltshire"],
    )
    assert similar_mean(ROWS, "", "Cheshire") == (None, [], [])
    assert similar_mean(ROWS, "Gwent", "Cheshire") == (None, [], ["Gwent"])
