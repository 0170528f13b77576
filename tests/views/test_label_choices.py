"""What a person may choose for a label that no list knows: the words of its own column."""

from views.trust.mapping import codes_of


def test_a_label_is_given_a_meaning_of_its_own_column() -> None:
    assert codes_of("event", frozenset({"powers"}))["Arrest"] == "arrest"
    assert codes_of("decision", frozenset({"order_register"}))["Granted"] == "granted"
    assert "Granted" not in codes_of("decision", frozenset({"charging_file"}))
    assert set(codes_of("crime_status", frozenset({"crime_outcomes"})).values()) == {
        "excluded",
        "0",
    }
    assert "16" in codes_of("outcome_code", frozenset()).values()
