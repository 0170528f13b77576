"""data.police.uk: monthly outcomes and street files, what they support and what not."""

from collections.abc import Callable
from pathlib import Path

import pytest

from loaders.contracts import LoadOptions, LoadReport
from loaders.load import Source, load
from metrics.contracts import Cut
from metrics.measure import measure
from store.snapshot import read
from store.writer import Store
from tests.conftest import shared

Load = Callable[..., LoadReport]
PUBLIC = Cut(source="police_uk", grain="month")


def figures(store: Store, name: str, cut: Cut = PUBLIC) -> list[tuple[int | None, int | None]]:
    values = measure(read(store), name, cut).values
    return [(value.numerator, value.denominator) for value in values]


def test_rows_alike_are_two_suspects_and_what_a_court_did_is_no_outcome(
    load_table: Load, store: Store
) -> None:
    table = """
    Crime ID | Month | Reported by | Falls within | Longitude | LSOA code | Outcome type
    a1 | 2016-01 | Kent Police | Kent Police | 0.1 | E01 | Suspect charged
    a1 | 2016-01 | Kent Police | Kent Police | 0.1 | E01 | Suspect charged
    a1 | 2016-01 | Kent Police | Kent Police | 0.1 | E01 | Offender sent to prison
    a2 | 2016-01 | Kent Police | Kent Police | 0.1 | E01 | Unable to prosecute suspect
    a3 | 2016-01 | Kent Police | Kent Police | 0.1 |     | Local resolution
    """
    report = load_table(table)
    assert (report.format, report.kept, report.set_aside) == ("police_uk_outcomes", 5, 0)
    assert "Longitude" in report.dropped, "no place finer than the force is stored"
    assert figures(store, "charge_rate_closed") == [(2, 4)]
    again = load_table(
        f"{table.rstrip()}\n    a4 | 2016-01 | x | Kent Police | 0.1 | | Local resolution"
    )
    assert (again.new, again.changed, again.unchanged) == (1, 0, 5)


def test_a_month_that_is_published_again_stands_in_the_place_of_the_first(
    load_table: Load, store: Store
) -> None:
    rows = """
    Crime ID | Month | Reported by | Falls within | LSOA code | Outcome type
    a1 | 2016-01 | Kent Police | Kent Police | E01 | {outcome}
    a2 | 2016-01 | Kent Police | Kent Police | E01 | Local resolution
    """
    load_table(rows.format(outcome="Unable to prosecute suspect"))
    assert figures(store, "charge_rate_closed") == [(0, 2)]
    again = load_table(rows.format(outcome="Suspect charged"))
    assert (again.new, again.changed, again.unchanged) == (0, 1, 1)
    assert figures(store, "charge_rate_closed") == [(1, 2)], "one crime, not two"
    street = """
    Crime ID | Month | Reported by | Falls within | LSOA code | Crime type | Last outcome category
    b1 | 2016-01 | Kent Police | Kent Police | E01 | {kind} | Under investigation
    | 2016-01 | Kent Police | Kent Police | E01 | Anti-social behaviour |
    """
    load_table(street.format(kind="Burglary"))
    again = load_table(street.format(kind="Violence and sexual offences"))
    assert (again.new, again.changed, again.unchanged) == (0, 1, 1)
    assert figures(store, "crimes_recorded") == [(1, None)]


def test_a_later_street_file_brings_the_outcome_and_no_second_crime(
    load_table: Load, store: Store
) -> None:
    rows = """
    Crime ID | Month | Reported by | Falls within | LSOA code | Crime type | Last outcome category
    | 2016-01 | Kent Police | Kent Police | E01 | Anti-social behaviour |
    | 2016-01 | Kent Police | Kent Police | E01 | Anti-social behaviour |
    b1 | 2016-01 | Kent Police | Kent Police | E01 | Violence and sexual offences | {outcome}
    b2 | 2016-01 | Kent Police | Kent Police | E01 | Burglary | Under investigation
    """
    assert load_table(rows.format(outcome="Under investigation")).kept == 4
    later = load_table(rows.format(outcome="Offender fined"))
    assert (later.new, later.changed, later.unchanged) == (0, 1, 3)
    assert figures(store, "crimes_recorded") == [(2, None)]
    by = Cut(source="police_uk", by=("offence_group",))
    names = {
        value.by["offence_group"] for value in measure(read(store), "crimes_recorded", by).values
    }
    assert names == {"Violence and sexual offences", "Burglary"}


@pytest.mark.parametrize("name", ["outcome_15_rate", "outcome_16_rate", "charge_rate_recorded"])
def test_what_it_cannot_say_is_not_supplied(name: str, load_table: Load, store: Store) -> None:
    load_table(
        """
        Crime ID | Month | Falls within | Outcome type
        a1 | 2016-01 | Kent Police | Unable to prosecute suspect
        """
    )
    (value,) = measure(read(store), name, Cut(source="police_uk")).values
    assert (value.status, value.value, value.numerator) == ("not_supplied", None, None)


def test_city_of_london_of_january_to_june_2016(store: Store) -> None:
    folder: Path = shared("data", "police_uk")
    files = [Source(path, path.name) for path in sorted(folder.glob("*/*.csv"))]
    reports = load(store, files, LoadOptions())
    kept: dict[str, int] = {}
    for report in reports:
        kept[report.format] = kept.get(report.format, 0) + report.kept
    assert kept == {"police_uk_outcomes": 3078, "police_uk_street": 2924}
    assert figures(store, "charges", Cut(source="police_uk")) == [(452, None)]
    # but for the 407 cases of anti-social behaviour, which are no crimes
    assert figures(store, "crimes_recorded", Cut(source="police_uk")) == [(2924 - 407, None)]
