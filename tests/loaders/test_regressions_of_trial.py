"""Faults that an analyst found who tried exports as other forces would write them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from cli.remedies import refusal_words
from loaders.contracts import LoadReport
from loaders.errors import UnknownOutcomes
from loaders.labels.outcomes import read_outcome
from loaders.load_reports import stored_rows
from metrics.contracts import Cut
from metrics.measure import measure
from store.snapshot import read
from store.writer import Store
from tests.loaders.test_regressions import loaded

Load = Callable[..., LoadReport]
COURT = (
    "Case URN,Defendant ID,Date Charged,Date Finalised,Result,HO Code,Sentence,Sentence Length\n"
)
CRIME = "Crime Ref,Date Recorded,HO Code,Outcome,Outcome Date,Victim Age\n"


def court(store: Store, tmp_path: Path, *ends: str) -> list[dict[str, str]]:
    rows = [f"A{at},D{at},2026-01-03,2026-02-03,Guilty,8Q,{end}\n" for at, end in enumerate(ends)]
    report = loaded(store, tmp_path / "court.csv", COURT + "".join(rows))
    assert report.kept == len(ends)
    return stored_rows(read(store), 1)


@pytest.mark.parametrize(
    "words", ["Non-custodial sentence", "No custody", "Not custody - fine", "Without imprisonment"]
)
def test_what_is_said_not_to_be_custody_is_none(store: Store, tmp_path: Path, words: str) -> None:
    court(store, tmp_path, f"{words},", "Immediate custody,12")
    (value,) = measure(read(store), "custody_rate", Cut()).values
    assert (value.numerator, value.denominator) == (1, 2)


def test_a_length_is_read_in_words_and_a_conviction_is_never_lost_for_one(
    store: Store, tmp_path: Path
) -> None:
    lengths = {
        "18": "18.0",
        "18 months": "18.0",
        "26 weeks": "5.98",  # 182 of the 30.44 days that a month has over a year
        "2 years 6 mths": "30.0",
        "1 year and 10 days": "12.33",
        "84 days": "2.76",
        "for life": "",
        "-3": "",
    }
    rows = court(store, tmp_path, *(f"Imprisonment,{words}" for words in lengths))
    assert [row["sentence_months"] for row in rows] == list(lengths.values())


def test_the_home_office_code_is_read_in_every_format(store: Store, tmp_path: Path) -> None:
    assert court(store, tmp_path, "Fine,")[0]["offence_code"] == "8Q"
    head = "Custody Ref,Suspect Ref,Event,Event Date,Offence,HO Code,DA Marker\n"
    loaded(store, tmp_path / "p.csv", f"{head}C1,S1,Arrest,2026-02-03,Stalking,8Q,Y\n")
    (row,) = stored_rows(read(store), 2)
    assert (row["offence_code"], row["domestic_abuse"]) == ("8Q", "Y")


@pytest.mark.parametrize(
    "head", ["Date Outcome Applied", "Outcome Datetime", "Latest Outcome Date", "Date Finalised"]
)
def test_the_day_of_an_outcome_by_its_other_names(store: Store, tmp_path: Path, head: str) -> None:
    text = CRIME.replace("Outcome Date", head) + "A1,2026-01-05,8Q,1,2026-02-03,\n"
    loaded(store, tmp_path / "a.csv", text)
    assert stored_rows(read(store), 1)[0]["outcome_on"] == "2026-02-03"


@pytest.mark.parametrize(
    ("label", "code"),
    [
        ("1 - No suspect identified", None),
        ("1 - Evidential difficulties", "1"),
        ("Outcome 1 - removed", None),
        ("1 - reopened", None),
        ("16 - Charge", None),
        ("18 - Charged", None),
        ("2: Charged", None),
        ("1 - Charged, remanded", "1"),
        ("1A - Charge alternate offence", "1A"),
        ("21 - Evidential difficulties", "21"),
        ("1 - Court", "1"),
    ],
)
def test_a_code_and_words_of_which_one_is_a_charge(label: str, code: str | None) -> None:
    assert read_outcome(label) == code


def test_marks_of_text_are_no_part_of_a_cell(store: Store, tmp_path: Path) -> None:
    text = (
        CRIME
        + '"=""07/10001/26""",2026-01-05,8Q,"=""01""",2026-02-03,34\n'
        + "'07/10002/26,'2026-01-06,8Q,'16,2026-02-03,22\n"
        + "07/10003/26,2026-01-07,8Q,16,2026-02-03,35\n"
    )
    report = loaded(store, tmp_path / "a.csv", text)
    assert (report.kept, report.problems) == (3, [])
    rows = stored_rows(read(store), 1)
    assert [row["crime_reference"][-4:] for row in rows] == ["1/26", "2/26", "3/26"]
    assert [row["outcome_code"] for row in rows] == ["1", "16", "16"]


def test_a_row_repeated_with_its_reference_spelled_otherwise_is_the_same(
    store: Store, tmp_path: Path
) -> None:
    rows = (
        "07/10001/26,2026-01-05,8Q,1,2026-02-03,\n07 10001 26,2026-01-05,8Q,1,2026-02-03,\n"
        "07/10002/26,2026-01-05,8Q,16,2026-02-03,\n07-10002-26,2026-01-06,8Q,16,2026-02-03,\n"
    )
    report = loaded(store, tmp_path / "a.csv", CRIME + rows)
    told = {one.problem: one.rows for one in report.problems}
    assert told == {"repeated_row": 1, "conflicting_rows": 2}
    assert [row["outcome_code"] for row in stored_rows(read(store), 1)] == ["1"]
    later = CRIME + "07 10001-26,2026-01-05,8Q,1,2026-02-03,\n"
    assert loaded(store, tmp_path / "b.csv", later).unchanged == 1


def test_an_apostrophe_that_begins_a_word_stays(store: Store, tmp_path: Path) -> None:
    text = CRIME.replace("Victim Age", "Area") + "A1,2026-01-05,8Q,16,2026-02-03,'Tween Town\n"
    loaded(store, tmp_path / "a.csv", text)
    assert stored_rows(read(store), 1)[0]["area"] == "'Tween Town"


def test_the_code_that_is_advised_is_the_one_that_is_likely(store: Store, tmp_path: Path) -> None:
    with pytest.raises(UnknownOutcomes) as refusal:
        loaded(
            store,
            tmp_path / "a.csv",
            f"{CRIME}A1,2026-01-05,8Q,Awaiting CPS decision,,\nA2,2026-01-05,8Q,1,2026-02-03,\n",
        )
    assert "--code 'Awaiting CPS decision=0'" in refusal_words(refusal.value)


def test_of_an_order_the_words_of_a_decision_are_named(store: Store, tmp_path: Path) -> None:
    text = "Order Ref,Respondent ID,Order Type,Decision,Decision Date\nC1,R1,SPO,Live,2026-02-03\n"
    for code_map, said in (({}, "'Live=granted'"), ({"Live": "16"}, "'Live' is mapped to '16'. A")):
        with pytest.raises(UnknownOutcomes) as refusal:
            loaded(store, tmp_path / "a.csv", text, code_map=code_map)
        words = refusal_words(refusal.value)
        assert said in words and "A decision is one of granted, refused" in words


def test_a_target_in_words(store: Store, tmp_path: Path) -> None:
    text = (
        "Metric,Target,Applies From,Set By\n"
        "days_to_charge,60 days,2026-04-01,DCC\n"
        'orders_granted,"1,000",2026-04-01,DCC\n'
        "outcome_16_rate,40 percent,2026-04-01,DCC\n"
        "charge_rate_recorded,12 %,2026-04-01,DCC\n"
    )
    assert loaded(store, tmp_path / "a.csv", text).kept == 4
    found = {row["metric"]: row["target"] for row in stored_rows(read(store), 1)}
    assert found == {
        "days_to_charge": "60.0",
        "orders_granted": "1000.0",
        "outcome_16_rate": "0.4",
        "charge_rate_recorded": "0.12",
    }


def test_outcomes_that_contradict_each_other_are_not_called_words(
    store: Store, tmp_path: Path
) -> None:
    rows = "A1,2026-01-05,8Q,16,2026-02-03,\nA1,2026-01-05,8Q,1,2026-02-03,\n"
    with pytest.raises(UnknownOutcomes, match="several rows of one crime give different ones"):
        loaded(store, tmp_path / "a.csv", CRIME + rows)


def test_outcomes_without_a_day_are_said(store: Store, tmp_path: Path) -> None:
    rows = "A1,2026-01-05,8Q,Charged - postal requisition,,\nA2,2026-01-05,8Q,16,2026-02-03,\n"
    report = loaded(store, tmp_path / "a.csv", CRIME + rows + "A3,2026-01-05,8Q,,,\n")
    assert report.notes == [
        "1 of 2 outcomes have no day: they count among the crimes recorded, and in no figure of "
        "outcomes given."
    ]


def test_orders_of_every_kind_are_provisional_while_decisions_are_not_known(
    store: Store, tmp_path: Path
) -> None:
    rows = "".join(f"C{at},R{at},SPO,Granted,2025-02-{at:02d}\n" for at in range(1, 8))
    head = "Order Ref,Respondent ID,Order Type,Decision,Decision Date\n"
    text = f"{head}{rows}C9,R9,SPO,Somehow,2025-02-09\n"
    loaded(store, tmp_path / "a.csv", text, may_be_unknown=True, as_at="2026-02-09")
    for metric in ("orders_granted", "protective_orders_made"):
        (value,) = measure(read(store), metric, Cut(grain="all")).values
        assert (value.value, value.status) == (7, "provisional"), metric


def test_a_label_that_nobody_sent_is_not_listed(store: Store, tmp_path: Path) -> None:
    row = "{},2026-01-05,8Q,{},2026-02-03,\n"
    rows = row.format("D1", "Foo one") * 2 + row.format("D2", "16") + row.format("D3", "Foo two")
    report = loaded(store, tmp_path / "a.csv", CRIME + rows, may_be_unknown=True)
    assert {one.sent: one.rows for one in report.unknown} == {"Foo one": 1, "Foo two": 1}


def test_crimes_that_are_closed_without_an_outcome_are_said(store: Store, tmp_path: Path) -> None:
    head = CRIME.replace("Victim Age", "Status")
    rows = "A1,2026-01-05,8Q,,,Closed\nA2,2026-01-05,8Q,16,2026-02-03,Closed\n"
    rows += "A3,2026-01-05,8Q,,,Filed - undetected\nA4,2026-01-05,8Q,,,Open\n"
    report = loaded(store, tmp_path / "a.csv", head + rows)
    assert report.notes == [
        "2 crimes are closed by status and without an outcome: counted as open."
    ]
