"""Invented exports of the systems around the crimes: arrest and bail, charging decisions, the
disclosure scheme, referrals, survivors' answers, money.

What a review would find in them: arrests for domestic abuse that fell while voluntary attendance
rose, bail that runs out, and nothing else that moved.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

import numpy as np

from loaders.sample_details import AREAS, Row, day_in, written

SINCE = date(2023, 9, 1)  # these systems send three years
FEWER_ARRESTS = date(2025, 9, 1)  # from this day fewer are arrested, more asked to come in
ARRESTED, ASKED_IN, SHIFT = 0.34, 0.10, 0.13  # shares, and how much goes from one to the other
ON_BAIL = 0.72  # of those released
SOON = 30  # days after a crime within which an order is applied for
LAPSED = 0.14
AREA, TEAM, VICTIM, SUSPECT = 4, 5, 12, 13  # columns of the invented crimes
ABUSE = 11
SHARES = tuple(AREAS.values())
# scheme, a week, share from the police
SCHEMES = (
    ("IDVA", 14.0, 0.8),
    ("ISVA", 5.0, 0.7),
    ("Stalking advocate", 4.0, 0.75),
    ("Harm Reduction Unit", 3.0, 0.9),
    ("Mental health", 1.5, 0.95),
    ("Probation", 2.0, 0.9),
    ("Raneem 999", 4.0, 1.0),
)
MARAC_A_WEEK, MARAC_FROM_PARTNERS, MARAC_AGAIN = 17, 0.34, 0.28
PARTNERS = ("Health trust", "Probation service", "Housing association", "Advocacy service")
ANSWERS = (
    "completely satisfied",
    "very satisfied",
    "fairly satisfied",
    "neither",
    "fairly dissatisfied",
    "very dissatisfied",
    "completely dissatisfied",
)


def powers(crimes: Sequence[Row], random: np.random.Generator, last: date) -> Iterator[Row]:
    """Arrests, attendances, bail and its end, of crimes with a named suspect."""
    yield [
        "Custody Number",
        "Suspect Reference",
        "Event Type",
        "Event Date",
        "Crime Number",
        "Offence Code",
        "DA Flag",
        "Conditions",
        "Bail Until",
        "End Reason",
        "LPA",
        "Team",
    ]
    number = 0
    for crime in crimes[1:]:
        day = day_in(crime[1])
        if day < SINCE or not crime[SUSPECT]:
            continue
        drawn = random.random()
        if drawn < ARRESTED + ASKED_IN:
            moved = SHIFT * min(max((day - FEWER_ARRESTS).days / 365, 0), 1)
            for event in _investigation(crime, day, drawn < ARRESTED - moved, random):
                if day_in(event[1]) <= last:
                    number += 1
                    yield _power(number, crime, event)


def _investigation(
    crime: Row, day: date, is_arrest: bool, random: np.random.Generator
) -> Iterator[Row]:
    """What is done with one suspect: event, day, conditions, expiry and reason of its end."""
    day += timedelta(days=int(random.integers(0, 20)))
    yield ["arrest" if is_arrest else "voluntary attendance", written(day), "", "", ""]
    if not is_arrest:
        return
    is_charged = crime[6] in ("1", "1A")
    closed = day_in(crime[7]) if crime[7] else None
    if is_charged and closed is not None and closed <= day + timedelta(days=1):
        yield ["charged", written(day), "", "", ""]
        return
    is_bailed = random.random() < ON_BAIL
    expiry = day + timedelta(days=int(random.choice([28, 60, 90])))
    conditions = "no contact" if random.random() < 0.82 else "none"
    if is_bailed:
        yield ["bail", written(day), conditions, written(expiry), ""]
    else:
        yield ["RUI", written(day), "", "", ""]
    if is_bailed and random.random() < LAPSED:
        yield ["bail ended", written(expiry), "", "", "lapsed"]
    elif is_bailed and (closed is None or closed > expiry):
        until = expiry + timedelta(days=90)
        yield ["bail extension", written(expiry), conditions, written(until), ""]
    if closed is not None:
        decided = max(closed, day + timedelta(days=1))
        yield ["charged" if is_charged else "NFA", written(decided), "", "", ""]


def _power(number: int, crime: Row, event: Row) -> Row:
    name, day, conditions, expiry, ended = event
    return [
        f"CU{number:06d}",
        crime[SUSPECT],
        name,
        day,
        crime[0],
        crime[2],
        crime[ABUSE],
        conditions,
        expiry,
        ended,
        crime[AREA],
        crime[TEAM],
    ]


def charging(crimes: Sequence[Row], random: np.random.Generator, last: date) -> Iterator[Row]:
    """Submissions to the Crown Prosecution Service: every charge, and as many again that were no
    charge.
    """
    yield [
        "Submission Number",
        "Suspect Reference",
        "Crime Number",
        "Submission Date",
        "Submission Type",
        "Triage Result",
        "CPS Decision",
        "Decision Date",
        "LPA",
        "Team",
    ]
    number = 0
    for crime in crimes[1:]:
        if day_in(crime[1]) < SINCE or not crime[SUSPECT] or not crime[7]:
            continue
        is_charged = crime[6] in ("1", "1A")
        if not is_charged and random.random() > 0.07:
            continue
        decided = day_in(crime[7])
        first = max(day_in(crime[1]), decided - timedelta(days=int(random.gamma(2.0, 8))))
        rows: list[tuple[date, str, str, date | None]] = [(first, "full code", "accepted", decided)]
        if random.random() < 0.2:
            earlier = max(day_in(crime[1]), first - timedelta(days=int(random.integers(3, 25))))
            rows = [
                (earlier, "full code", "rejected", None),
                (first, "resubmission", "accepted", decided),
            ]
        for submitted, kind, triage, day in rows:
            number += 1
            decision = ("charge" if is_charged else "NFA evidential") if day else ""
            yield [
                f"CF{number:06d}",
                crime[SUSPECT],
                crime[0],
                written(submitted),
                kind,
                triage,
                decision,
                written(day) if day else "",
                crime[AREA],
                crime[TEAM],
            ]


def disclosures(random: np.random.Generator, last: date) -> Iterator[Row]:
    """Applications to the disclosure scheme."""
    yield [
        "Application Reference",
        "Route",
        "Application Date",
        "Status",
        "Date Closed",
        "Subject",
        "Person at Risk",
        "LPA",
    ]
    number = 0
    for start in range((last - SINCE).days + 1):
        day = SINCE + timedelta(days=start)
        for _ in range(random.poisson(2.1)):
            number += 1
            status = str(
                random.choice(
                    ["disclosed", "no disclosure", "withdrawn", "not progressed", "duplicate"],
                    p=[0.36, 0.42, 0.1, 0.09, 0.03],
                )
            )
            closed = day + timedelta(days=int(random.gamma(2.4, 9.5)))
            is_open = closed > last
            yield [
                f"DV{number:05d}",
                "right to ask" if random.random() < 0.42 else "right to know",
                written(day),
                "open" if is_open else status,
                "" if is_open else written(closed),
                f"DS{number:05d}",
                f"DP{number:05d}",
                str(random.choice(list(AREAS), p=SHARES)),
            ]


def referrals(random: np.random.Generator, last: date) -> Iterator[Row]:
    """Referrals to partners, and cases at the conference."""
    yield [
        "Referral Reference",
        "Referral Date",
        "From Agency",
        "To Agency",
        "Scheme",
        "Role",
        "Person",
        "Perpetrator",
        "Children",
        "Risk Level",
        "Referral Accepted",
        "First Contact",
        "LPA",
    ]
    number = 0
    cases: list[tuple[str, str]] = []
    for week in range((last - SINCE).days // 7):
        monday = SINCE + timedelta(days=7 * week)
        for scheme, a_week, police in SCHEMES:
            for _ in range(random.poisson(a_week)):
                number += 1
                day = monday + timedelta(days=int(random.integers(0, 7)))
                yield _referral(number, day, (scheme, police), random, last)
        for _ in range(random.poisson(MARAC_A_WEEK)):
            number += 1
            is_again = bool(cases) and random.random() < MARAC_AGAIN
            pair = (f"M{number:05d}", f"MP{number:05d}")
            if is_again:
                pair = cases[-1 - int(random.integers(0, min(len(cases), 500)))]
            cases.append(pair)
            from_police = random.random() >= MARAC_FROM_PARTNERS
            yield [
                f"RF{number:06d}",
                written(monday + timedelta(days=2)),
                "Cheshire Police" if from_police else str(random.choice(PARTNERS)),
                "MARAC",
                "MARAC",
                "victim",
                *pair,
                str(int(random.poisson(1.2))),
                "high",
                "yes",
                written(min(last, monday + timedelta(days=3))),
                str(random.choice(list(AREAS), p=SHARES)),
            ]


def _referral(
    number: int, day: date, scheme: tuple[str, float], random: np.random.Generator, last: date
) -> Row:
    drawn = random.random()
    accepted = "yes" if drawn < 0.86 else "no"
    reached = day + timedelta(days=int(random.gamma(1.7, 2.6)))
    is_reached = accepted == "yes" and drawn < 0.8 and reached <= last
    return [
        f"RF{number:06d}",
        written(min(day, last)),
        "Cheshire Police" if random.random() < scheme[1] else str(random.choice(PARTNERS)),
        f"{scheme[0]} service",
        scheme[0],
        "suspect" if scheme[0] in ("Mental health", "Probation") else "victim",
        f"R{number:05d}",
        "",
        "",
        str(random.choice(["standard", "medium", "high"], p=[0.2, 0.5, 0.3])),
        accepted,
        written(reached) if is_reached else "",
        str(random.choice(list(AREAS), p=SHARES)),
    ]


def survey(random: np.random.Generator, last: date) -> Iterator[Row]:
    """Answers of survivors by quarter, in totals."""
    yield [
        "Wave",
        "Group",
        "Question",
        "Answer",
        "Number of Responses",
        "Sampled",
        "Unsafe to Contact",
        "Mode",
        "Carried out by",
    ]
    for quarter in range(12):
        month = 9 + 3 * quarter
        wave = f"{SINCE.year + (month - 1) // 12}-{(month - 1) % 12 + 1:02d}"
        for group, sampled in (("DA", 240), ("Stalking", 130), ("RASSO", 90)):
            answered = int(random.binomial(sampled, 0.46))
            head = [str(sampled), str(sampled // 12), "phone", "force"]
            split = random.multinomial(answered, [0.22, 0.26, 0.24, 0.09, 0.08, 0.06, 0.05])
            for answer, count in zip(ANSWERS, split, strict=True):
                yield [wave, group, "whole experience", answer, str(count), *head]
            believed = int(random.binomial(answered, 0.84))
            for answer, count in (("yes", believed), ("no", answered - believed)):
                yield [wave, group, "felt believed", answer, str(count), *head]


def with_suspects(
    orders: Iterable[Row], crimes: Sequence[Row], random: np.random.Generator
) -> list[Row]:
    """The register with the steps of each order and the crime that it follows, its subjects among
    the suspects of stalking crimes of the months before; of some of them a crime is reported after
    the order.
    """
    suspects = [
        (day_in(row[1]), row[SUSPECT], row[0])
        for row in crimes[1:]
        if row[2] == "8Q" and row[SUSPECT]
    ]
    head, *rows = orders
    taken = _subjects(rows, suspects)
    found = []
    for row in rows:
        subject, crime = taken.get(row[1], (row[1], ""))
        found.append([row[0], subject, *row[2:], *_steps(row, random), crime])
    _report_again(found, crimes)
    steps = ["Date Considered", "Date Authorised", "Date Notified", "Crime Reference"]
    return [[*head, *steps], *found]


def _subjects(
    orders: Sequence[Row], suspects: Sequence[tuple[date, str, str]]
) -> dict[str, tuple[str, str]]:
    """For each subject a suspect of the days soon before the application, each once, and the
    reference of the crime.
    """
    taken: dict[str, tuple[str, str]] = {}
    at = 0
    for row in orders:
        if row[2] not in ("full", "interim"):
            continue
        applied = day_in(row[3])
        while row[1] not in taken and at < len(suspects) and suspects[at][0] <= applied:
            day, suspect, crime = suspects[at]
            at += 1
            is_free = all(suspect != other for other, _ in taken.values())
            if day > applied - timedelta(days=SOON) and is_free:
                taken[row[1]] = suspect, crime
    return taken


def _steps(row: Row, random: np.random.Generator) -> Row:
    """When an order was considered, authorised and notified."""
    if not row[3]:
        return ["", "", ""]
    authorised = day_in(row[3]) - timedelta(days=int(random.integers(1, 9)))
    considered = authorised - timedelta(days=int(random.integers(1, 15)))
    late = int(random.choice([0, 1, 2, 3, 9], p=[0.2, 0.3, 0.25, 0.13, 0.12]))
    is_to_notify = bool(row[-1]) and row[2] in ("full", "interim")
    notified = written(day_in(row[-1]) + timedelta(days=late)) if is_to_notify else ""
    return [written(considered), written(authorised), notified]


def _report_again(orders: Sequence[Row], crimes: Sequence[Row]) -> None:
    """Make the subject of every sixth order the suspect of a later crime."""
    granted = [row for row in orders if row[2] == "full" and row[4] == "granted"]
    later = iter([row for row in crimes[1:] if row[2] in ("8Q", "8L") and row[SUSPECT]])
    for order in granted[::6]:
        for crime in later:
            if day_in(crime[1]) > day_in(order[5]) + timedelta(days=70):
                crime[SUSPECT] = order[1]
                break
