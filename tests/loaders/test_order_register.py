"""The register of every protective order and notice: type, stage, origin and decision; breaches by
kind; and old registers, which load as they did.
"""

import csv
import os
import re
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from loaders.contracts import LoadOptions, LoadReport
from loaders.load import Source, load
from loaders.reading.file_times import day_of_file
from metrics.contracts import Cut
from metrics.measure import measure
from store.snapshot import read
from store.writer import Store

Load = Callable[..., LoadReport]
WIDE = """
    order_reference | order_type | stage      | origin              | subject_id | decision      | decided_on | application_reference | served_on  | prohibitions | electronic_monitoring | expires_on          | varied_on
    O1              | SPO        | interim    | police              | S1         | granted       | 2025-01-06 | A1                    | 2025-01-07 | 4            | no                    |                     |
    O2              | SPO        | full       | police              | S1         | granted       | 2025-02-06 | A1                    |            | 6            | yes                   | until further order | 2025-05-01
    O3              | SPO        | full       | court on conviction | S2         | made by court | 2025-02-07 |                       |            |              |                       | 2027-02-07          |
    O4              | SPO        | full       | court on acquittal  | S3         | granted       | 2025-02-08 |                       |            |              |                       |                     |
    O5              | SPO        | renewed    | police              | S1         | granted       | 2025-03-06 | A5                    |            |              |                       |                     |
    O6              | DVPN       |            | police              | S4         | authorised    | 2025-03-07 | A6                    |            |              |                       |                     |
    O7              | DVPO       | full       | police              | S4         | granted       | 2025-03-09 | A6                    |            |              |                       |                     |
    O8              | NMO        | full       | victim              | S5         | made by court | 2025-03-10 |                       | 2025-03-12 |              |                       |                     |
    O9              | DAPO       | full       | Third Party         | S6         | granted       | 2025-03-11 |                       |            | many         |                       |                     | soon
"""


def orders(store: Store) -> dict[str, dict[str, Any]]:
    return {row["order_reference"]: row for row in read(store).rows("protection_order")}


def value(store: Store, metric: str) -> float | None:
    return measure(read(store), metric, Cut()).values[0].value


def test_every_kind_of_order_is_kept_and_only_those_of_the_police_count(
    store: Store, load_table: Load
) -> None:
    report = load_table(WIDE)
    assert (report.format, report.kept, report.set_aside) == ("order_register", 9, 0)
    found = orders(store)
    assert [(row["order_type"], row["stage"]) for _, row in sorted(found.items())] == [
        ("SPO", "interim"),
        ("SPO", "full"),
        ("SPO", "full"),
        ("SPO", "full"),
        ("SPO", "renewed"),
        ("DVPN", "notice"),
        ("DVPO", "full"),
        ("NMO", "full"),
        ("DAPO", "full"),
    ]
    assert found["O3"]["origin"] == "court_on_conviction"
    assert (found["O2"]["is_until_further_order"], found["O2"]["expires_on"]) == (True, None)
    assert (found["O2"]["electronic_monitoring"], found["O2"]["prohibitions"]) == (True, 6)
    assert (found["O2"]["varied_on"], found["O1"]["served_on"]) == (
        date(2025, 5, 1),
        date(2025, 1, 7),
    )
    assert value(store, "orders_granted") == 1, "S1 alone: the court's orders stand beside"
    assert value(store, "applications_granted") == 2
    warned = {one.problem for one in report.problems}
    assert warned == {"unreadable_step_day"}


def test_an_order_is_told_apart_by_its_own_reference(store: Store, load_table: Load) -> None:
    head = "order_reference | application_reference | subject_id | decision | decided_on\n"
    load_table(head + "O1 | A1 | S1 | granted | 2025-01-06\nO2 | A1 | S1 | granted | 2025-02-06")
    assert len(orders(store)) == 2
    report = load_table(head + "o 1 | A1 | S1 | granted | 2025-02-07", "again.csv")
    assert report.new == 0, "a reference folds"


def test_a_stage_and_an_origin_that_nobody_knows_count_for_nothing(
    store: Store, load_table: Load
) -> None:
    report = load_table("""
        order_reference | order_type | stage   | origin       | subject_id | decision | decided_on
        O1              | SPO        | halfway | police       | S1         | granted  | 2025-01-06
        O2              | SPO        | full    | a neighbour  | S2         | granted  | 2025-01-07
        O3              | SPO        | full    | police       | S3         | granted  | 2025-01-08
    """)
    assert {(one.field, one.sent) for one in report.unknown} == {
        ("stage", "halfway"),
        ("origin", "a neighbour"),
    }
    assert value(store, "orders_granted") == 1


@pytest.mark.parametrize(
    ("kind", "stored"),
    [
        ("full", ("SPO", "full", "full")),
        ("Interim SPO", ("SPO", "interim", "interim")),
        ("", ("SPO", "full", "full")),
        ("DVPN", ("DVPN", "notice", "DVPN")),
        ("variation", ("SPO", "varied", "variation")),
    ],
)
def test_an_old_register_loads_as_it_did(
    store: Store, load_table: Load, kind: str, stored: tuple[str, str, str]
) -> None:
    load_table(f"""
        application_reference | subject_id | order_kind | decision | decided_on
        A1                    | S1         | {kind}     | granted  | 2025-01-06
    """)
    (row,) = read(store).rows("protection_order")
    assert (row["order_type"], row["stage"], row["order_kind"]) == stored
    assert (row["application_reference"], row["order_reference"]) == ("A1", None)


def test_breaches_of_each_kind_belong_to_their_orders(store: Store, load_table: Load) -> None:
    load_table(WIDE, "orders.csv")
    report = load_table(
        """
        order_reference | breached_on | breach_kind           | crime_reference | outcome
        O2              | 2025-03-01  | Failure to notify     |                 | charged
        o2              | 2025-04-01  | contact               | N1              |
        O7              | 2025-03-20  | Contact               | N2              |
        X9              | 2025-03-21  | shouting              |                 |
        O7              |             | contact               |                 |
        """,
        "breaches.csv",
    )
    assert (report.format, report.kept, report.set_aside) == ("order_breaches", 4, 1)
    assert [(one.field, one.sent) for one in report.unknown] == [("breach_kind", "shouting")]
    span = {"from_day": date(2025, 1, 1), "to_day": date(2026, 1, 1), "area": None}
    rows = read(store).rows("reports/order_breaches", **span)
    assert {(row["order_type"], row["breach_kind"], row["breaches"]) for row in rows} == {
        ("SPO", "notification", 1),
        ("SPO", "contact", 1),
        ("DVPO", "contact", 1),
        ("not in the register", "unknown", 1),
    }


def test_a_breach_of_the_other_export_breaks_the_order(store: Store, load_table: Load) -> None:
    load_table("""
        application_reference | subject_id | order_kind | decision | decided_on
        A1                    | S1         | full       | granted  | 2024-01-08
        A2                    | S2         | full       | granted  | 2024-01-09
        A3                    | S3         | full       | refused  | 2025-02-20
    """)
    load_table(
        "order_reference | breached_on | breach_kind\nA2 | 2024-06-01 | contact", "breaches.csv"
    )
    (found,) = measure(read(store), "order_breach_rate", Cut(to_day=date(2024, 2, 1))).values
    assert (found.numerator, found.denominator) == (1, 2)


def test_the_list_of_every_order(store: Store, load_table: Load) -> None:
    load_table(WIDE)
    rows = read(store).rows(
        "reports/order_types", from_day=date(2025, 1, 1), to_day=date(2026, 1, 1), area=None
    )
    nmo = next(row for row in rows if row["order_type"] == "NMO")
    assert (nmo["origin"], nmo["decided"], nmo["granted"], nmo["made_by_court"]) == (
        "victim",
        1,
        0,
        1,
    )


def test_the_day_of_the_export_is_asked_for_and_counts_the_quiet_days(
    store: Store, load_table: Load
) -> None:
    register = """
        application_reference | subject_id | order_kind | decision | decided_on
        A1                    | S1         | full       | granted  | 2025-01-08
    """
    assert "On which day was this register exported?" in load_table(register).notes[0]
    assert read(store).loads[-1]["as_at"] == date(2025, 1, 8)
    later = register.replace("A1", "A2")
    assert load_table(later, as_at=date(2025, 3, 31)).notes == []
    assert read(store).loads[-1]["as_at"] == date(2025, 3, 31)


def test_the_day_of_a_file_is_proposed_and_not_believed(store: Store, tmp_path: Path) -> None:
    """A zip notes when its files were saved, and a workbook when it was last changed."""
    rows = (
        "application_reference,subject_id,order_kind,decision,decided_on\n"
        "A{0},S{0},full,granted,2025-01-08\n"
    )
    packed = tmp_path / "register.zip"
    with zipfile.ZipFile(packed, "w") as zip_file:
        zip_file.writestr(zipfile.ZipInfo("orders.csv", (2025, 3, 31, 9, 0, 0)), rows.format(1))
    book = openpyxl.Workbook()
    for row in csv.reader(rows.format(2).splitlines()):
        book.worksheets[0].append(row)
    workbook = tmp_path / "register.xlsx"
    book.save(workbook)
    with zipfile.ZipFile(workbook) as written:
        parts = {name: written.read(name) for name in written.namelist()}
    changed = (rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2025-02-28T10:00:00Z")
    parts["docProps/core.xml"] = re.sub(*changed, parts["docProps/core.xml"])
    with zipfile.ZipFile(workbook, "w") as written:
        for name, content in parts.items():
            written.writestr(name, content)
    plain = tmp_path / "register.csv"
    plain.write_text(rows.format(3))
    for path, said in ((packed, "31 March 2025"), (workbook, "28 February 2025"), (plain, "")):
        (report,) = load(store, [Source(path, path.name)], LoadOptions(force_name="Cheshire"))
        (note,) = report.notes
        assert "On which day was this register exported?" in note
        assert ("saved on" in note, said in note) == (bool(said), True)
        assert report.as_at == date(2025, 1, 8), "proposed is not believed"
    os.utime(plain, (1_740_000_000, 1_740_000_000))
    assert day_of_file(plain) == date(2025, 2, 19)
