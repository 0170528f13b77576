"""The systems around the crimes: what their sets say is true, no small count is found out, and the
invented sample holds the story that was planted in it, and no other.
"""

import csv
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from loaders.contracts import LoadOptions, LoadReport
from loaders.load import Source, load
from metrics.catalogue import metric_named, metrics
from metrics.contracts import Cut
from metrics.events import Event, breaks
from metrics.figures import figures_at
from metrics.measure import measure
from metrics.scope import Chosen
from metrics.scorecard import control_of, sign_of
from store.snapshot import read
from store.writer import Store
from tests.conftest import sample_store
from tests.metrics.test_count_sets import TOLD, check, reference
from tests.metrics.test_disclosure_attack import too_narrow
from tests.support.disclosure_attacker import listen

Load = Callable[..., LoadReport]
# for each relation whose metrics are told: the list of its words, and a file with one row of each
WORDS = {
    "power_event": (
        "power_event",
        "event_reference,suspect_id,event,event_on,area",
        "E{word},P{word},{word},2025-01-06,{word}",
    ),
    "disclosure_application": (
        "disclosure_status",
        "application_reference,route,applied_on,status,closed_on,area",
        "A{word},rta,2025-01-06,{word},2025-01-10,{word}",
    ),
    "disclosure_decision": (
        "disclosure_status",
        "application_reference,route,applied_on,status,closed_on,area",
        "A{word},rta,2025-01-06,{word},2025-01-10,{word}",
    ),
    "charging_decision": (
        "charging_decision",
        "submission_reference,suspect_id,crime_reference,submitted_on,kind,decision,decided_on,area",
        "S{word},P{word},N{word},2025-01-06,full code,{word},2025-01-10,{word}",
    ),
    "charging_submission": (
        "charging_decision",
        "submission_reference,suspect_id,crime_reference,submitted_on,kind,decision,decided_on,area",
        "S{word},P{word},N{word},2025-01-06,full code,{word},2025-01-10,{word}",
    ),
    "referral_made": (
        "acceptance",
        "referral_reference,referred_on,from_agency,to_agency,scheme,person_role,person_id,accepted,area",
        "R{word},2025-01-06,NHS,Advocacy,idva,victim,V{word},{word},{word}",
    ),
    "order_breach_event": (
        "breach_kind",
        "order_reference,breached_on,breach_kind,area",
        "O{word},2025-01-06,{word},{word}",
    ),
}
AS_AT = date(2025, 12, 31)


def put(store: Store, folder: Path, rows: list[str]) -> None:
    path = folder / "export.csv"
    path.write_text("\n".join(rows), encoding="utf-8")
    load(store, [Source(path, path.name)], LoadOptions(as_at=AS_AT, may_be_unknown=True))


def test_every_relation_that_is_told_is_attacked_somewhere() -> None:
    elsewhere = {"recorded_outcome", "closed_outcome", "order_event", "case_result", "load_result"}
    assert {metric.relation for metric in TOLD} == elsewhere | set(WORDS)


@pytest.mark.parametrize("relation", WORDS)
def test_each_word_alone_is_in_the_counts_whose_sets_hold_it(
    relation: str, store: Store, tmp_path: Path
) -> None:
    word_list, head, row = WORDS[relation]
    words = sorted({one["meaning"] for one in reference("value_label") if one["list"] == word_list})
    put(store, tmp_path, [head, *(row.format(word=word) for word in words)])
    found = [metric for metric in TOLD if metric.relation == relation]
    assert found
    counted = [word for word in words if word != "duplicate"]  # one made twice counts once
    for metric in found:
        check(store, metric, {word: (word, 4) for word in counted})


@pytest.mark.parametrize(("seed", "relation"), list(enumerate(WORDS)))
def test_each_hidden_count_could_be_five_numbers_at_least(
    tmp_path: Path, seed: int, relation: str
) -> None:
    random = np.random.default_rng(seed)
    word_list, head, _ = WORDS[relation]
    words = sorted({one["meaning"] for one in reference("value_label") if one["list"] == word_list})
    weights = random.dirichlet(np.ones(len(words)))
    store, path = Store(tmp_path / "store"), tmp_path / "crowd.csv"
    names = head.split(",")
    with path.open("w", newline="", encoding="utf-8") as file:
        write = csv.writer(file).writerow
        write([*names, "team"])
        for at in range(40 + 4 * seed):
            day = date(2024, 4, 1) + timedelta(days=int(random.integers(0, 91)))
            word = str(random.choice(words, p=weights))
            row = {name: str(day) if name.endswith("_on") else f"X{at}" for name in names} | {
                "route": str(random.choice(["rta", "rtk"])),
                "kind": "full code",
                "scheme": "idva",
                "person_role": "victim",
                "closed_on": str(day + timedelta(days=int(random.integers(0, 60)))),
                "decided_on": str(day + timedelta(days=int(random.integers(0, 60)))),
                "area": str(random.choice(["North", "South", "East"], p=[0.5, 0.3, 0.2])),
            }
            column = {"acceptance": "accepted", "charging_decision": "decision"}
            field = {"power_event": "event", "disclosure_status": "status"} | column
            row[field.get(word_list, word_list)] = word
            write([*(row[name] for name in names), str(random.choice(["HRU", "CID"]))])
    load(store, [Source(path, path.name)], LoadOptions(as_at=date(2025, 3, 31)))
    heard = listen(read(store), relation)
    assert heard.hidden, "some count is hidden"
    assert too_narrow(heard, asked=3) == {}


PLANTED = {
    "va_share": "▲ H",  # more are asked to come in
    "arrests": "▼ L",  # and fewer arrested
    "arrests_per_100_da": "▼ L",
    "crimes_with_arrest": "▼ L",
    "charged_of_cps_decisions": "▲ H",  # the programme of the sample brings more charges
    "order_breaches_recorded": "▲ H",  # more orders, and so more breaches
    "stalking_considered": "▲ H",  # and so more were considered
}
RELATIONS = {
    *WORDS,
    "release_end",
    "marac_case",
    "arrest_or_abuse",
    "crime_arrest",
    "considered_crime",
    "served_order",
    "notice_or_order",
    "subject_after_order",
    "survey_reply",
    "survey_asked",
}


def test_the_sample_holds_the_planted_story_and_no_other(tmp_path: Path) -> None:
    figures = figures_at(read(Store(sample_store(tmp_path / "store"))), 180)
    found = {}
    for metric in metrics():
        if metric.relation in RELATIONS:
            offence = "All VAWG" if "vawg" in metric.dimensions("force") else "All crime"
            chosen = Chosen(offence=offence).for_metric(metric)
            found[metric.id] = sign_of(control_of(figures, metric, chosen))
    assert {name: sign for name, sign in found.items() if sign[:1] in "▲▼" and sign} == PLANTED
    assert sum(sign == "∿" for sign in found.values()) >= 8, "the others are judged too"


def test_what_waits_is_counted_by_age(load_table: Load, store: Store) -> None:
    load_table(
        """
        event_reference | suspect_id | event | event_on | crime_reference | expires_on
        E1 | P1 | bail | 2025-01-06 | N1 | 2025-04-06
        E2 | P1 | bail extension | 2025-04-06 | N1 | 2025-07-06
        E3 | P2 | bail | 2025-05-06 | N2 | 2025-06-06
        E4 | P3 | rui  | 2025-01-01 | N3 |
        E5 | P4 | rui  | 2025-01-01 | N4 |
        E6 | P4 | charged | 2025-02-01 | N4 |
        """,
        as_at=date(2025, 6, 30),
    )
    rows = read(store).rows("reports/releases_open", as_at=date(2025, 6, 30), area=None)
    told = [
        tuple(row[key] for key in ("release", "open_now", "over_90", "past_expiry", "oldest"))
        for row in rows
    ]
    # P1's bail runs to July, P2's ran out on 6 June; P4 was charged
    assert told == [("On bail", 2, 1, 1, 175), ("Under investigation", 1, 1, 0, 180)]


def test_the_steps_of_an_order_are_counted(load_table: Load, store: Store) -> None:
    load_table(
        """
        application_reference | subject_id | order_kind | considered_on | authorised_on | applied_on | decision | decided_on | served_on | discharged_on | expires_on
        A1 | S1 | full | 2025-01-01 | 2025-01-03 | 2025-01-05 | granted | 2025-01-15 | 2025-01-16 | | 2027-01-15
        A2 | S2 | full | 2025-01-01 | 2025-01-05 | 2025-01-09 | refused | 2025-01-29 |            | |
        A3 | S3 | full | 2025-01-02 | 2025-01-04 | 2025-01-06 | granted | 2025-01-20 | 2025-01-20 | 2025-03-01 | 2027-01-20
        """
    )
    snapshot = read(store)
    span = {"from_day": date(2025, 1, 1), "to_day": date(2026, 1, 1), "area": None}
    rows = snapshot.rows("reports/order_funnel", **span)
    assert [(row["step"], row["orders"], row["median_days"]) for row in rows] == [
        ("Considered", 3, None),
        ("Authorised", 3, 2),
        ("Applied for", 3, 2),
        ("Heard", 0, None),
        ("Granted", 2, 12),
        ("Served", 2, 0.5),
    ]
    (force,) = snapshot.rows("reports/orders_in_force", day=date(2025, 6, 1), area=None)
    assert (force["order_type"], force["in_force"]) == ("SPO", 1), "S3's was discharged"


def figure(store: Store, name: str, **cut: object) -> tuple[int | None, int | None]:
    (value,) = measure(read(store), name, Cut.model_validate(cut)).values
    return value.numerator, value.denominator


def test_one_custody_record_holds_several_events_and_suspects(
    load_table: Load, store: Store
) -> None:
    report = load_table(
        """
        Custody Record No | Suspect | Event Type | Event Date | Crime Number
        07/1 | P1 | Arrest   | 2025-01-06 | N1
        07/1 | P1 | Bailed   | 2025-01-06 | N1
        07/1 | P1 | Charged - remanded | 2025-02-06 | N1
        07/2 | P2 | Arrest   | 2025-01-07 | N2
        07/2 | P2 | Arrest   | 2025-01-07 | N3
        """
    )
    assert (report.kept, report.set_aside, report.problems) == (5, 0, [])
    assert figure(store, "arrests")[0] == 3


def test_no_month_without_custody_data_has_a_rate(load_table: Load, store: Store) -> None:
    crimes = [
        f"N{month}{at} | 2025-{month:02d}-{at + 10} | 8Q | 16 | Y | P{month}{at}"
        for month in range(1, 7)
        for at in range(12)
    ]
    head = (
        "crime_reference | recorded_on | offence_code | outcome_code | domestic_abuse | suspect_id"
    )
    load_table("\n".join([head, *crimes]), "crimes.csv")
    load_table(
        """
        event_reference | suspect_id | event | event_on | crime_reference | domestic_abuse
        E1 | P10 | arrest | 2025-01-07 | N10 | Y
        E2 | P20 | arrest | 2025-02-12 | N20 | Y
        E3 | P21 | arrest | 2025-03-12 | N21 | Y
        """,
        as_at=date(2025, 3, 31),
    )
    values = measure(read(store), "arrests_per_100_da", Cut(grain="month")).values
    told = [(str(value.period), value.numerator, value.denominator) for value in values]
    # January is no whole month of arrests, April to June hold none
    assert told == [("2025-02-01", 1, 12), ("2025-03-01", 1, 12)]
    months = measure(read(store), "crimes_with_arrest", Cut(grain="month")).values
    assert [str(value.period) for value in months] == ["2025-01-01", "2025-02-01", "2025-03-01"]


def test_bail_ends_as_its_own_row_says_and_conditions_are_not_their_absence(
    load_table: Load, store: Store
) -> None:
    load_table(
        """
        event_reference | suspect_id | event | event_on | crime_reference | expires_on | ended_because | bail_conditions
        E1 | P1 | Bail | 2025-01-01 | N1 | 2025-02-01 | Charged | no contact
        E2 | P2 | Bail | 2025-01-01 | N2 | 2025-02-01 |         | No conditions imposed
        E3 | P3 | Bail | 2025-01-01 | N3 | 2025-02-01 | Expired | N
        E4 | P4 | RUI  | 2025-01-01 | N4 |            |         |
        E5 | P4 | RUI  | 2025-01-01 | N4 |            |         |
        E6 | P4 | NFA - evidential | 2025-01-11 | N4 | | |
        """,
        as_at=date(2025, 6, 30),
    )
    assert figure(store, "bail_lapsed") == (2, 3)
    assert figure(store, "bail_with_conditions") == (1, 3)
    (value,) = measure(read(store), "days_rui", Cut()).values
    assert (value.value, value.denominator) == (10, 2)


def test_a_case_counts_once_a_meeting_and_comes_again_at_a_later_one(
    load_table: Load, store: Store
) -> None:
    load_table(
        """
        referral_reference | referred_on | from_agency | to_agency | scheme | person_role | person_id | perpetrator_id | accepted
        R1 | 2025-01-08 | Cheshire Police | MARAC | MARAC | victim | V1 | P1 | yes
        R2 | 2025-03-12 | PPU | MARAC | MARAC | victim | V1 | P1 | yes
        R3 | 2025-03-12 | Health trust | MARAC | Repeat MARAC | victim | V1 | P1 | yes
        R4 | 2025-03-12 | Health trust | MARAC | MARAC | victim | V2 | P2 | no
        R5 | 2025-03-12 | Health trust | MARAC | MARAC | suspect | P1 | | yes
        R6 | 2025-04-09 | Non-police agency | MARAC | MARAC | victim | V1 | | yes
        """
    )
    assert figure(store, "marac_cases")[0] == 3, "V1 in January, March and April"
    assert figure(store, "marac_repeats") == (2, 3)
    assert figure(store, "marac_partner_share") == (2, 3), "March by the trust too, April"


def test_parts_of_a_wave_are_added_up_and_a_decision_day_is_enough(
    load_table: Load, store: Store
) -> None:
    load_table(
        """
        wave | group | question | answer | responses | sampled | sex | area | by_whom
        2025-02 | DA | overall | completely satisfied | 10 | 60 | F | Chester    | Force
        2025-02 | DA | overall | completely satisfied | 4  | 40 | M | Chester    | Force
        2025-02 | DA | overall | very dissatisfied    | 6  | 40 | M | Chester    | Force
        2025-02 | DA | overall | completely satisfied | 10 | 50 | F | Warrington | Independent
        """
    )
    assert figure(store, "survivors_satisfied") == (24, 30)
    assert figure(store, "survey_response_rate") == (30, 150)
    load_table(
        """
        application_reference | route | applied_on | status | decision_on
        A1 | RTA | 2025-01-06 | Disclosed     | 2025-01-20
        A2 | RTK | 2025-01-06 | No disclosure | 2025-01-21
        """,
        "dvds.csv",
    )
    assert figure(store, "disclosure_rate") == (1, 2)


def test_another_way_of_asking_is_a_break_of_the_series_of_that_group(
    load_table: Load, store: Store
) -> None:
    """Most were asked by phone in 2024 and online in February 2025; the group with one way of asking
    has no break, and a measure that rests on no survey has none.
    """
    load_table(
        """
        wave | group | question | answer | responses | sampled | mode | area
        2024-08 | DA       | overall | completely satisfied | 10 | 60 | phone  | Chester
        2024-11 | DA       | overall | completely satisfied | 10 | 60 | phone  | Chester
        2024-11 | DA       | overall | completely satisfied | 10 | 20 | online | Warrington
        2025-02 | DA       | overall | completely satisfied | 10 | 60 | online | Chester
        2025-02 | Stalking | overall | completely satisfied | 10 | 60 | paper  | Chester
        """
    )
    found = breaks(read(store), metric_named("survivors_satisfied"))
    assert found == [Event(date(2025, 2, 1), "The way of asking changed: online, before phone")]
    assert breaks(read(store), metric_named("arrests")) == []


def test_a_breach_that_is_contempt_cannot_be_charged_and_no_charge_is_none(
    load_table: Load, store: Store
) -> None:
    load_table(
        """
        application_reference | subject_id | order_kind | applied_on | decision | decided_on
        D1 | S1 | DVPO | 2025-01-02 | granted | 2025-01-08
        """
    )
    load_table(
        """
        order_reference | breached_on | breach_kind | breach_outcome
        D1 | 2025-01-20 | contact | charged
        A1 | 2025-03-01 | contact | Suspect charged
        A2 | 2025-03-01 | contact | 1 - Charge
        A3 | 2025-03-01 | contact | Not charged
        A4 | 2025-03-01 | contact | No further action
        """,
        "breaches.csv",
    )
    assert figure(store, "breach_charged") == (2, 4)
