"""Invented details beside the invented exports: persons, links between crimes and cases, sentences,
other protective orders and breaches.

Drawn by a generator of their own, so that the crimes, orders and cases themselves stay as they are.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta

import numpy as np

Row = list[str]
AREAS = {
    "Warrington": 0.24,
    "Halton": 0.18,
    "Cheshire East": 0.29,
    "Cheshire West and Chester": 0.29,
}
SAME_VICTIM, SAME_SUSPECT = 0.14, 0.10  # the share of crimes against, or by, somebody known already
NAMED = 0.62  # the share of crimes with a named suspect
LINKED = 0.93  # the share of cases that name their crime
DISABILITY = ("No", "No", "No", "Yes", "Prefer not to say", "Not asked", "")
RELIGION = ("Christian", "No religion", "Muslim", "Prefer not to say", "Not stated", "", "", "")
ORIENTATION = ("Heterosexual", "Heterosexual", "Gay or lesbian", "Prefer not to say", "", "", "")
OTHER_ORDERS = (("DVPN", 0.9), ("DVPO", 0.8), ("NMO", 0.5), ("RO", 0.45))
BREACHES = ("notification", "notification", "notification", "contact", "location", "monitoring")
LENGTH = {"DVPN": 2, "DVPO": 28}  # days; a court's other orders are made for a year here


def with_persons(rows: Iterable[Row], random: np.random.Generator) -> Iterator[Row]:
    """Crimes with pseudonyms of victim and suspect and three more characteristics."""
    whole = iter(rows)
    yield [
        *next(whole),
        "Victim Reference",
        "Suspect Reference",
        "Disability",
        "Religion",
        "Sexual Orientation",
    ]
    victims: list[str] = []
    suspects: list[str] = []
    against: dict[str, str] = {}  # the suspect of a victim's last crime
    for number, row in enumerate(whole):
        victim = _somebody(random, victims, f"V{number:06d}", SAME_VICTIM)
        suspect = _somebody(random, suspects, f"P{number:06d}", SAME_SUSPECT)
        if victim in against and random.random() < 0.5:
            suspect = against[victim]
        against[victim] = suspect
        traits = [str(random.choice(words)) for words in (DISABILITY, RELIGION, ORIENTATION)]
        yield [*row, victim, suspect if random.random() < NAMED else "", *traits]


def _somebody(random: np.random.Generator, known: list[str], new: str, share: float) -> str:
    """Somebody of the last few hundred, or somebody new."""
    if known and random.random() < share:
        return known[-1 - int(random.integers(0, min(len(known), 400)))]
    known.append(new)
    return new


def with_crimes(
    rows: Iterable[Row], crimes: Sequence[Row], random: np.random.Generator
) -> Iterator[Row]:
    """Cases that name a crime charged in the weeks before, with its area, and their sentences."""
    whole = iter(rows)
    yield [*next(whole), "Crime Number", "Sentence"]
    charged: dict[str, list[tuple[date, str, str]]] = defaultdict(list)
    for crime in crimes[1:]:
        if crime[6] in ("1", "1A"):
            charged[crime[2]].append((day_in(crime[7]), crime[0], crime[4]))
    for found in charged.values():
        found.sort(reverse=True)
    for row in whole:
        waiting = charged[row[2]]
        reference, area = "", row[9]
        if waiting and waiting[-1][0] <= day_in(row[3]) and random.random() < LINKED:
            _, reference, area = waiting.pop()
        yield [*row[:9], area, reference, _sentence(random, row)]


def _sentence(random: np.random.Generator, row: Row) -> str:
    if row[7] not in ("guilty plea", "found guilty"):
        return ""
    if row[8]:
        return "Immediate custody" if random.random() < 0.7 else "Suspended sentence"
    return str(random.choice(["Community order", "Fine", "Conditional discharge"]))


def with_other_orders(rows: Iterable[Row], random: np.random.Generator) -> Iterator[Row]:
    """A register with the other notices and orders beside those of stalking."""
    whole = list(rows)
    yield [*whole[0], "Origin", "Date Served"]
    days = [day_in(row[5]) for row in whole[1:] if row[5]]
    for row in whole[1:]:
        is_served = row[4] == "granted"
        served = day_in(row[5]) + timedelta(days=int(random.integers(0, 4))) if is_served else None
        yield [*row, "police", written(served, max(days))]
    number = 0
    for start in range((max(days) - min(days)).days):
        for kind, a_day in OTHER_ORDERS:
            for _ in range(random.poisson(a_day / 7)):
                number += 1
                yield _other_order(random, number, min(days) + timedelta(days=start), kind)


def _other_order(random: np.random.Generator, number: int, day: date, kind: str) -> Row:
    origin = {"NMO": "victim", "RO": "court on conviction"}.get(kind, "police")
    decision = "made by court"
    if origin == "police":
        decision = "granted" if random.random() < 0.9 else "refused"
    end = day + timedelta(days=LENGTH.get(kind, 365))
    area = str(random.choice(list(AREAS)))
    return [
        f"{kind}{number:04d}",
        f"T{number:05d}",
        kind,
        written(day - timedelta(days=1), day) if origin == "police" else "",
        decision,
        written(day, day),
        written(end, end) if decision != "refused" else "",
        "",
        area,
        "Domestic Abuse Unit",
        origin,
        written(day, day) if decision != "refused" else "",
    ]


def breaches(orders: Sequence[Row], random: np.random.Generator, last: date) -> Iterator[Row]:
    """Breaches of the orders of a register, each with its kind: the first, for some a second."""
    yield ["Order Reference", "Breach Date", "Kind of Breach", "Breach Outcome", "LPA"]
    for row in orders[1:]:
        day = day_in(row[7]) if row[7] else None
        if row[2] == "DVPO" and row[4] == "granted" and random.random() < 0.2:
            day = day_in(row[5]) + timedelta(days=int(random.integers(1, 27)))
        while day is not None and day <= last:
            yield [
                row[0],
                written(day, last),
                str(random.choice(BREACHES)),
                "charged" if random.random() < 0.55 else "no further action",
                row[8],
            ]
            again = random.random() < 0.3
            day = day + timedelta(days=int(random.integers(5, 120))) if again else None


def day_in(cell: str) -> date:
    """The day of a cell of the invented exports."""
    return datetime.strptime(cell, "%d/%m/%Y").date()


def written(day: date | None, last: date = date.max) -> str:
    """A day as a cell; empty where there is none by the last day of the exports."""
    return f"{day:%d/%m/%Y}" if day is not None and day <= last else ""
