"""The published figures come out of the published files.

Facts only: no row of them is kept here.
"""

import csv
from datetime import date
from pathlib import Path

import pytest

from loaders.contracts import LoadOptions
from loaders.errors import LoadError
from loaders.load import Source, load
from metrics.contracts import Cut
from metrics.denominators import LEFT_OUT, standings
from metrics.measure import measure
from metrics.statistics.funnel import places
from store.snapshot import read
from store.writer import Store
from tests.conftest import shared


@pytest.fixture(scope="module")
def national(tmp_path_factory: pytest.TempPathFactory) -> Store:
    path = shared("data", "home_office", "outcomes_open_data_2017_18.csv.gz")
    store = Store(tmp_path_factory.mktemp("national"))
    report = load(store, [Source(path, path.name)], LoadOptions())[0]
    assert (report.rows, report.kept, report.set_aside, report.blank) == (450913, 450912, 1, 0)
    return store


@pytest.mark.parametrize(
    ("metric", "where", "numerator", "denominator"),
    [
        ("charge_rate_recorded", {}, 487940, 4878302),
        ("charge_rate_recorded", {"offence_code": "8Q"}, 1911, 10258),
        ("charge_rate_recorded", {"offence_code": "8Q", "force_name": "Cheshire"}, 40, 144),
        (
            "charge_rate_recorded",
            {"offence_code": "8L", "force_name": "Cheshire Constabulary"},
            492,
            2790,
        ),
        ("charge_rate_closed", {"offence_code": "8Q"}, 1830, 9304),
        ("charge_rate_closed", {"offence_code": "8Q", "force_name": "Cheshire"}, 29, 119),
        ("charge_rate_closed", {"offence_code": "8L", "force_name": "Cheshire"}, 520, 3210),
        ("outcome_15_rate", {"offence_code": "8Q"}, 2618, 9304),
        ("outcome_16_rate", {"offence_code": "8Q"}, 3250, 9304),
        ("outcome_15_rate", {"offence_code": "8L"}, 33026, 131010),
        ("outcome_16_rate", {"offence_code": "8L"}, 47146, 131010),
        ("outcome_15_rate_recorded", {"offence_code": "8Q"}, 2849, 10258),
        ("outcome_16_rate_recorded", {"offence_code": "8Q"}, 3497, 10258),
        ("outcome_15_rate_recorded", {"offence_code": "8L"}, 30554, 124334),
        ("outcome_16_rate_recorded", {"offence_code": "8L"}, 44822, 124334),
    ],
)
def test_home_office_2017_18(
    national: Store, metric: str, where: dict[str, str], numerator: int, denominator: int
) -> None:
    cut = Cut(
        source="home_office", grain="year", where={key: (value,) for key, value in where.items()}
    )
    (value,) = measure(read(national), metric, cut).values
    assert (value.numerator, value.denominator) == (numerator, denominator)


def test_cheshire_is_tenth_of_44_by_value(national: Store) -> None:
    cut = Cut(
        source="home_office", grain="year", by=("force_name",), where={"offence_code": ("8Q",)}
    )
    values = measure(read(national), "charge_rate_recorded", cut).values
    assert len(values) == 44
    shares = {
        value.by["force_name"]: (value.numerator or 0) / (value.denominator or 1)
        for value in values
    }
    assert sorted(shares.values(), reverse=True).index(shares["Cheshire"]) == 9


def test_cps_sexual_offences_in_cheshire(store: Store) -> None:
    paths = sorted(shared("data", "cps").glob("*/*.csv"))
    reports = load(store, [Source(path, path.name) for path in paths], LoadOptions())
    assert len(reports) == 33
    assert all((report.rows, report.kept, report.set_aside) == (43, 43, 0) for report in reports), (
        "every printed percentage agrees"
    )
    cut = Cut(
        source="cps",
        grain="month",
        where={"force_name": ("Cheshire",), "offence_group": ("Sexual offences",)},
    )
    totals: dict[int, list[int]] = {}
    for value in measure(read(store), "conviction_rate_completed", cut).values:
        total = totals.setdefault(value.period.year if value.period else 0, [0, 0])
        total[0] += value.numerator or 0
        total[1] += value.denominator or 0
    assert totals == {2014: [185, 215], 2015: [220, 276], 2016: [226, 315]}
    forces = {
        value.by["force_name"]
        for value in measure(
            read(store), "conviction_rate_completed", Cut(source="cps", by=("force_name",))
        ).values
    }
    assert len(forces) == 42
    assert "Greater Manchester" in forces
    assert "National" not in forces, "a total is not a force"


def test_a_table_of_totals_is_refused_in_a_sentence(store: Store) -> None:
    path = shared("data", "protection_orders", "spo_by_force_foi_2021.csv")
    with pytest.raises(LoadError, match="not an export we know|totals"):
        load(store, [Source(path, path.name)], LoadOptions())
    assert store.current() is None


@pytest.mark.parametrize(
    ("recorded", "closed"),
    [
        ("offences", "Force outcomes recorded in quarter"),
        ("Force outcomes for offences recorded in quarter", "Force outcomes recorded in quarter"),
        (
            "Force outcomes for offences that were recorded in the quarter",
            "Force outcomes for investigations that were closed in the quarter",
        ),
        ("FORCE_OUTCOMES_FOR_OFFENCES_RECORDED_IN_QUARTER", "force outcomes recorded in quarter"),
    ],
)
def test_header_variants_of_the_two_counts(
    store: Store, tmp_path: Path, recorded: str, closed: str
) -> None:
    path = tmp_path / "variant.csv"
    heads = [
        "Financial Year",
        "Financial quarter",
        "Force Name",
        "Offence Description",
        "Offence Code",
        "Outcome Type",
        recorded,
        closed,
    ]
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerows(
            [
                heads,
                ["2017/18", "1", "Cheshire", "Stalking", "8Q", "1", "7", "5"],
                ["2017/18", "1", "Cheshire", "Stalking", "8Q", "0", "-2", "NA"],
            ]
        )
    load(store, [Source(path, path.name)], LoadOptions())
    for metric, expected in (("charge_rate_recorded", (7, 5)), ("charge_rate_closed", (5, 5))):
        (value,) = measure(read(store), metric, Cut(source="home_office")).values
        assert (value.numerator, value.denominator) == expected


@pytest.mark.parametrize(
    ("metric", "counts", "interval", "by_value", "rank"),
    [
        ("charge_rate_recorded", (40, 144), (0.211, 0.356), 10, (9, 4, 19)),
        ("charge_rate_closed", (29, 119), (0.175, 0.328), None, (15, 7, 29)),
    ],
)
def test_the_rank_of_cheshire_for_stalking(
    national: Store,
    metric: str,
    counts: tuple[int, int],
    interval: tuple[float, float],
    by_value: int | None,
    rank: tuple[int, int, int],
) -> None:
    cut = Cut(
        source="home_office", grain="year", by=("force_name",), where={"offence_code": ("8Q",)}
    )
    values = [
        value
        for value in measure(read(national), metric, cut).values
        if value.by["force_name"] not in LEFT_OUT
    ]
    assert len(values) == 43
    ours = next(value for value in values if value.by["force_name"] == "Cheshire")
    assert (ours.numerator, ours.denominator) == counts
    assert (ours.lower, ours.upper) == pytest.approx(interval, abs=5e-4)
    place = places(
        {
            str(value.by["force_name"]): (value.numerator or 0, value.denominator or 0)
            for value in values
        }
    )["Cheshire"]
    assert place.ranked == 41
    assert [
        abs(found - wanted) <= 1
        for found, wanted in zip((place.median, place.lower, place.upper), rank, strict=True)
    ] == [True] * 3
    if by_value:
        rates = sorted(
            ((value.numerator or 0) / (value.denominator or 1) for value in values), reverse=True
        )
        assert rates.index(counts[0] / counts[1]) + 1 == by_value


def test_the_claim_depends_on_the_denominator(national: Store) -> None:
    found = standings(
        read(national), "Cheshire", {"offence_code": ("8Q",)}, (date(2017, 4, 1), date(2018, 4, 1))
    )
    assert [(one.by_value, one.forces) for one in found] == [(10, 43), (12, 43), (16, 43), (18, 43)]
