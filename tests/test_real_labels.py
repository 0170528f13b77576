"""What ../shared/real demands of labels: each input gives the right value that its README states, or asks."""

import csv
import re
from pathlib import Path

from loaders.contracts import LoadOptions, LoadReport
from loaders.ledger_view import stored_rows
from loaders.load import Source, load
from sql.snapshot import read
from sql.store import Store
from tests.conftest import shared


def loaded(store: Store, name: str, **options: object) -> LoadReport:
    path = shared("real", name)
    said = {"date_order": "dmy", "may_be_unknown": True} | options
    return load(store, [Source(path, path.name)], LoadOptions.model_validate(said))[0]


def sent(name: str, column: str) -> list[str]:
    with shared("real", name).open(encoding="utf-8", newline="") as text:
        return [row[column] for row in csv.DictReader(text)]


# what each label of crime_outcomes_labels.csv is; "?" and a code where a person is asked and that is proposed, blank for open
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
    found = {label: proposed.get(label, code) for label, code in zip(sent("crime_outcomes_labels.csv", "Outcome"), codes, strict=True)}
    wanted = dict(re.findall(r"(\S+)=(\S*)", OUTCOMES))
    wanted = {label.replace("_", " "): code for label, code in wanted.items()}
    assert {label: found[label] for label in wanted} == wanted
    assert all(found[label] or label in wanted or "not yet" in label or "Awaiting" in label for label in found)
    assert [code for code in codes if code == "unknown"] == ["unknown"] * len(proposed), "every label that is not known is asked about"


def test_charged_before_it_was_recorded_is_kept(store: Store, tmp_path: Path) -> None:
    report = loaded(store, "finalised_before.csv", date_order=None)
    assert [row["outcome_code"] for row in stored_rows(read(store), report.load_id)] == ["1", "1", "16", "1"]
    assert report.set_aside == 0
    assert [problem.kind for problem in report.problems] == ["warning"]
