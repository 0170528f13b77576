"""What ../shared/real demands of labels: each input gives the right value that its README states,
or asks.
"""

import csv
import re
from pathlib import Path

from loaders.contracts import LoadOptions, LoadReport
from loaders.load import Source, load
from loaders.load_reports import stored_rows
from metrics.contracts import Cut
from metrics.measure import measure
from store.snapshot import read
from store.writer import Store
from tests.conftest import shared


def loaded(store: Store, name: str, **options: object) -> LoadReport:
    path = shared("real", name)
    said = {"date_order": "dmy", "may_be_unknown": True} | options
    return load(store, [Source(path, path.name)], LoadOptions.model_validate(said))[0]


def sent(name: str, column: str) -> list[str]:
    with shared("real", name).open(encoding="utf-8", newline="") as text:
        return [row[column] for row in csv.DictReader(text)]


# what each label of crime_outcomes_labels.csv is; "?" and a code where a person is asked and that
# is proposed, blank for open
OUTCOMES = """
15A=15 15B=15 Outcome_15B=15 OC16=16 Type_16=16 T16=16 O/C_16=16 22=22 0= New= Pending= Live=
Postal_Charge=1 Further_Charge=1 Alternate_offence_charged=1A 01_-_Charge=1 1_Charge/Summons=1 Charge/Summons/PR=1
Charged_-_awaiting_court=1 Conditional_Caution=3 Adult_Simple_Caution=3 Youth_Diversion=22
Victim_based_-_16=16 Named_Suspect_-_Victim_Declines=16 Community_Resolution_(OOCD)=8 Action_taken_by_another_agency=20 Open_investigation=
NFA=?18 No_Further_Action=?18 Filed=?18 Undetected=?18 Detected=?8 Not_applicable=?0 Undetermined=?0 Unable_to_prosecute_suspect=?15
Suspect_charged_as_part_of_another_case=?4 Court_result_unavailable=?1
"""


def test_no_crime_is_lost_for_its_label(store: Store) -> None:
    report = loaded(store, "crime_outcomes_labels.csv")
    assert (report.kept, report.set_aside) == (48, 0)
    codes = [row["outcome_code"] for row in stored_rows(read(store), report.load_id)]
    proposed = {one.sent: f"?{one.proposal.code}" for one in report.unknown if one.proposal}
    found = {
        label: proposed.get(label, code)
        for label, code in zip(sent("crime_outcomes_labels.csv", "Outcome"), codes, strict=True)
    }
    wanted = dict(re.findall(r"(\S+)=(\S*)", OUTCOMES))
    wanted = {label.replace("_", " "): code for label, code in wanted.items()}
    assert {label: found[label] for label in wanted} == wanted
    assert all(
        found[label] or label in wanted or "not yet" in label or "Awaiting" in label
        for label in found
    )
    assert [code for code in codes if code == "unknown"] == ["unknown"] * len(proposed), (
        "every label that is not known is asked about"
    )


def test_charged_before_it_was_recorded_is_kept(store: Store, tmp_path: Path) -> None:
    report = loaded(store, "finalised_before.csv", date_order=None)
    assert [row["outcome_code"] for row in stored_rows(read(store), report.load_id)] == [
        "1",
        "1",
        "16",
        "1",
    ]
    assert report.set_aside == 0
    assert [problem.kind for problem in report.problems] == ["warning"]


def test_each_offence_is_in_the_scope_or_asked_about(store: Store) -> None:
    report = loaded(store, "crime_offences_foi_style.csv")
    assert (report.kept, report.set_aside) == (32, 0)
    in_scope = {row["offence_class"] for row in read(store).rows("vawg_scope")}
    asked = {one.sent for one in report.unknown}
    outside = {
        row["offence_code"]: row["offence_class"]
        for row in read(store).rows("crime")
        if row["offence_class"] not in in_scope
    }
    assert set(outside) <= asked, "each stands in the scope, or a person is asked"
    assert len(asked) == 0


# what each word of spo_words.csv is: kind of order and decision
ORDERS = """
    full granted | interim granted | full granted | full granted | full refused | full not authorised | full not authorised
    DVPO granted | DAPO granted | NMO granted | full granted | unknown unknown | full unknown | full varied | full discharged
    full pending | full pending | variation granted
"""


def test_a_register_of_orders_in_its_own_words(store: Store) -> None:
    report = loaded(
        store,
        "spo_words.csv",
        header_map={"SPO Ref": "application_reference", "Nominal Ref": "subject_id"},
    )
    assert (report.kept, report.set_aside) == (18, 0)
    found = [
        f"{row['order_kind']} {row['decision']}" for row in stored_rows(read(store), report.load_id)
    ]
    assert found == [
        " ".join(one.split()) for one in ORDERS.replace("\n", "|").split("|") if one.strip()
    ]
    (value,) = measure(read(store), "orders_granted", Cut()).values
    assert value.numerator == 5
    assert {one.sent: one.proposal.code for one in report.unknown if one.proposal} == {
        "Active": "granted",
        "Expired": "granted",
        "S": "full",
    }


def test_an_expiry_that_is_no_day_is_none(store: Store) -> None:
    report = loaded(store, "spo_expiry.csv")
    rows = stored_rows(read(store), report.load_id)
    assert [row["decision"] for row in rows] == ["granted"] * 9
    assert [row["expires_on"] for row in rows] == ["", "", "", "", "", "2026-05-20", "", "", ""]


# what is known of court_words.csv; every other result is proposed
RESULTS = {
    "Guilty": "found guilty",
    "Guilty plea": "guilty plea",
    "G": "found guilty",
    "NG": "acquitted",
    "Not Guilty": "acquitted",
    "Guilty verdict": "found guilty",
    "Not guilty verdict": "acquitted",
    "No evidence offered": "discontinued",
    "NEO": "discontinued",
    "Lie on file": "left on file",
    "Left to lie on file": "left on file",
    "Imprisonment": "found guilty",
    "Fine": "found guilty",
    "Suspended sentence order": "found guilty",
    "Community order": "found guilty",
    "Conditional discharge": "found guilty",
    "Discontinued s23": "discontinued",
    "Pleaded Guilty on re-arraignment": "guilty plea",
    "Admin finalised": "administratively finalised",
}


def test_results_of_courts_in_their_own_words(store: Store) -> None:
    report = loaded(store, "court_words.csv", header_map={"Defendant Ref": "defendant_id"})
    assert (report.kept, report.set_aside) == (39, 0)
    results = [row["result"] for row in stored_rows(read(store), report.load_id)]
    found = dict(zip(sent("court_words.csv", "Result"), results, strict=True))
    assert {label: found[label] for label in RESULTS} == RESULTS
    proposed = {one.sent for one in report.unknown if one.proposal and one.proposal.code}
    assert {label for label, result in found.items() if result == "unknown"} == proposed
