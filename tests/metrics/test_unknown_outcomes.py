"""An unknown outcome keeps its crime: never a charge, its share beside every figure, provisional
above 0.5 %, a yes to load it.
"""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from cli.output import print_answer
from loaders.contracts import LoadReport
from loaders.errors import UnknownOutcomes
from loaders.forget import forget
from loaders.undo import rebuild
from metrics.answer_table import as_json
from metrics.catalogue import metric_named
from metrics.contracts import Answer, Cut
from metrics.measure import measure
from metrics.wording import resting_words
from store.snapshot import read
from store.writer import Store
from tests.conftest import csv_of
from tests.store.test_store import HEAD as HEADS
from tests.store.test_store import OLD, outcomes
from tests.support.command_line import vawg

Load = Callable[..., LoadReport]
HEAD = "crime_reference | recorded_on | offence_code | outcome_code | outcome_on | area\n"
# 12 outcomes in 2025: 3 charged, 6 others, 3 not known, of which one has no day; and one crime is
# open
ENDED = "".join(
    f"A{at} | 2025-01-0{1 + at % 9} | 8Q | {code} | {day} | {'Halton' if at % 2 else 'Chester'}\n"
    for at, (code, day) in enumerate(
        [("1", "2025-02-03")] * 3
        + [("16", "2025-02-04")] * 6
        + [("Ended oddly", "2025-02-05")] * 2
        + [("Ended oddly", ""), ("", "")]
    )
)


def asked(store: Store, name: str, **cut: object) -> Answer:
    return measure(read(store), name, Cut.model_validate(cut))


def test_an_unknown_outcome_keeps_its_crime(store: Store, load_table: Load) -> None:
    report = load_table(HEAD + ENDED, may_be_unknown=True)
    assert (report.kept, report.set_aside, report.unmapped) == (13, 0, 3)
    assert [outcomes(store)[name] for name in ("A8", "A9", "A11", "A12")] == [
        "16",
        "unknown",
        "unknown",
        "",
    ]


@pytest.mark.parametrize(
    ("name", "numerator", "denominator"),
    # closed: A11 has no day of its outcome, so it is in no period; recorded: all 13
    [
        ("charge_rate_closed", 3, 11),
        ("charge_rate_recorded", 3, 13),
        ("outcome_16_rate", 6, 11),
        ("days_to_outcome", None, 9),
    ],
)
def test_what_is_not_known_is_in_denominators_and_never_a_numerator(
    store: Store, load_table: Load, name: str, numerator: int | None, denominator: int
) -> None:
    load_table(HEAD + ENDED, may_be_unknown=True)
    (value,) = asked(store, name).values
    assert (value.numerator, value.denominator) == (numerator, denominator)


def test_its_share_stands_beside_the_figure_and_makes_it_provisional(
    store: Store, load_table: Load
) -> None:
    load_table(HEAD + ENDED + "B1 | 2025-12-30 | 8L | | |\n", may_be_unknown=True)
    closed = asked(store, "charge_rate_closed", to_day="2025-10-01").values[0]
    assert (closed.status, closed.not_known) == ("provisional", pytest.approx(2 / 11))
    assert (
        resting_words(metric_named("charge_rate_closed"), closed)
        == "3 of 11 outcomes; outcome not known for 18.2 %"
    )
    months = {
        value.period.month: value
        for value in asked(store, "charge_rate_recorded", grain="month").values
        if value.period
    }
    assert months[1].not_known == pytest.approx(3 / 13)
    assert months[12].not_known is None
    by_area = {
        value.by["area"]: value.not_known
        for value in asked(store, "charge_rate_closed", by=("area",)).values
    }
    assert by_area == {"Chester": pytest.approx(1 / 6), "Halton": pytest.approx(1 / 5)}


def test_few_that_are_not_known_are_said_and_leave_the_figure_final(
    store: Store, load_table: Load
) -> None:
    rows = "".join(
        f"C{at} | 2025-01-05 | 8Q | {'16' if at % 5 else '1'} | 2025-02-03 | Halton\n"
        for at in range(399)
    )
    load_table(
        HEAD
        + rows
        + "D | 2025-01-05 | 8Q | Ended oddly | 2025-02-03 | Halton\nE | 2025-12-30 | 8L | | |"
    )
    value = asked(store, "charge_rate_closed", to_day="2025-10-01").values[0]
    assert (value.status, value.not_known) == ("final", pytest.approx(1 / 400))


def test_loading_them_needs_a_yes(store: Store, load_table: Load) -> None:
    with pytest.raises(
        UnknownOutcomes, match=r"3 of 12 outcomes \(25\.0 %\).*'Ended oddly'"
    ) as refused:
        load_table(HEAD + ENDED)
    assert refused.value.not_known is not None
    assert (refused.value.not_known.rows, refused.value.not_known.out_of) == (3, 12)
    assert [(one.sent, one.rows) for one in refused.value.unknown] == [("Ended oddly", 3)]
    assert store.current() is None
    load_table(HEAD + ENDED, code_map={"Ended oddly": "18"})
    assert outcomes(store)["A9"] == "18"


def test_unknown_labels_are_counted(load_table: Load) -> None:
    with pytest.raises(UnknownOutcomes) as refused:
        load_table(
            HEADS
            + "N1 | 2025-01-06 | 8Q | Ended | 2025-02-03\nN2 | 2025-01-06 | 8Q | Ended | 2025-02-03"
        )
    assert [(one.field, one.sent, one.rows) for one in refused.value.unknown] == [
        ("outcome_code", "Ended", 2)
    ]
    report = load_table(
        OLD + "\nN5 | 2025-01-06 | Wizardry | 16 | 2025-02-03\nN6 | 2025-01-06 | 8Q | Ended | "
        "2025-02-03",
        may_be_unknown=True,
    )
    assert [(one.field, one.sent, one.rows) for one in report.unknown] == [
        ("outcome_code", "Ended", 1),
        ("offence_code", "Wizardry", 1),
    ]


def test_what_was_sent_is_counted_until_it_is_forgotten(store: Store, load_table: Load) -> None:
    load_table(HEAD + ENDED, may_be_unknown=True)
    assert [(row["sent"], row["rows"]) for row in read(store).rows("reports/unmapped_labels")] == [
        ("Ended oddly", 3)
    ]
    rebuild(store, "tester")
    assert outcomes(store)["A9"] == "unknown"
    forget(store, 1, "tester")
    assert "Ended oddly" not in str(read(store).rows("crime_row"))
    assert asked(store, "charge_rate_closed").values[0].denominator == 11


def test_the_share_is_told_by_the_command_line(
    tmp_path: Path, store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.csv").write_text(csv_of(HEAD + ENDED))
    refused = vawg(store.folder, "load", str(tmp_path / "a.csv"), code=3)
    assert "25.0 %" in refused.stderr
    vawg(store.folder, "load", str(tmp_path / "a.csv"), "--yes")
    found = json.loads(
        vawg(store.folder, "measure", "charge_rate_closed", "--format", "json").stdout
    )
    assert found["outcome_not_known"] == pytest.approx(2 / 11)
    assert set(found["values"][0]) == {
        "period",
        "numerator",
        "denominator",
        "value",
        "lower",
        "upper",
        "status",
    }
    assert "outcome_not_known" not in as_json(asked(store, "rows_set_aside_rate"))
    print_answer(asked(store, "charge_rate_closed"), "table")
    assert "18.2 %" in capsys.readouterr().out


def test_the_scrutiny_audience_is_told_of_all_and_never_of_one_cell(
    store: Store, load_table: Load
) -> None:
    rows = "".join(
        f"C{at} | 2025-01-05 | 8Q | {'16' if at % 3 else '1'} | 2025-02-03 | "
        f"{'X' if at % 2 else 'Y'}\n"
        for at in range(240)
    )
    load_table(
        HEAD
        + rows
        + "D | 2025-01-05 | 8Q | Odd | 2025-02-03 | X\nE | 2025-01-05 | 8Q | Odd | 2025-02-03 | X",
        may_be_unknown=True,
    )
    values = asked(
        store, "charge_rate_closed", audience="scrutiny", by=("area",), grain="year"
    ).values
    assert {(value.status, value.not_known) for value in values} == {("provisional", None)}
