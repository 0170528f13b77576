"""Invented exports: four years of a force the size of Cheshire, and a national table for 43 forces.

Every person, crime and figure is made up by a seeded generator. The shapes are those a review
exists to find: orders rising from one in 39 days to one a week, a charge rate that moved, outcome
16 that fell while 15 rose, recent crimes still open, slow courts.
"""

import csv
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np

from loaders.contracts import LoadOptions
from loaders.load import Source, load
from loaders.sample_details import AREAS, breaches, with_crimes, with_other_orders, with_persons
from loaders.sample_partners import (
    charging,
    disclosures,
    powers,
    referrals,
    survey,
    with_suspects,
)
from store.writer import REFERENCE, Store

FIRST, LAST = date(2022, 9, 1), date(2026, 8, 31)
EARLIER = (date(2026, 6, 30), date(2026, 7, 31))  # the days of the extracts before the last
NOT_YET_CODED = 97
SEED = 20260831
TEAMS = ("Harm Reduction Unit", "Response", "CID", "Domestic Abuse Unit")
# class, description, crimes a day, share flagged as domestic abuse, share charged at the start,
# share of male victims
OFFENCES = (
    ("8Q", "Stalking", 3.1, 0.55, 0.145, 0.18),
    ("8L", "Harassment", 6.2, 0.35, 0.10, 0.30),
    ("8R", "Malicious Communications", 5.0, 0.25, 0.06, 0.33),
    ("19C", "Rape of a female aged 16 and over", 1.5, 0.40, 0.055, 0.0),
    ("20A", "Sexual assault on a female aged 13 and over", 1.8, 0.12, 0.09, 0.0),
    ("008/67", "Controlling or coercive behaviour", 1.2, 1.0, 0.075, 0.09),
    ("8N", "Assault with injury", 9.0, 0.42, 0.135, 0.45),
    ("105A", "Assault without injury", 12.0, 0.45, 0.09, 0.42),
    ("3B", "Threats to kill", 1.1, 0.40, 0.085, 0.40),
    ("008/77", "Non-fatal strangulation or suffocation", 0.9, 0.85, 0.15, 0.06),
)
OTHER_OUTCOMES = ("15", "16", "18", "14", "21", "8", "10", "20")
ETHNICITIES = ("W1", "W1", "W1", "W1", "W9", "A2", "B1", "M9", "NS", "")
# the day on which it began in its first areas, and in the others
PROGRAMME = (date(2024, 10, 1), date(2025, 10, 1))
PROGRAMME_AREAS, PROGRAMME_EFFECT = ("Warrington", "Halton"), 0.06
# what such a force might have written down
REGISTERS = Path(__file__).parent.parent / "data" / "sample"
HALF = (LAST - FIRST).days / 2


def fill(store: Store, say: Callable[[str], None] = lambda _: None) -> None:
    """Load every invented export into `store`, each marked as invented."""
    with tempfile.TemporaryDirectory() as folder:
        paths = write(Path(folder))
        for path in paths:
            say(f"Loading {path.name}")
            options = LoadOptions(
                is_invented=True, loaded_by="sample data", force_name="Cheshire", as_at=_as_at(path)
            )
            if "crimes" in path.name:
                options = options.model_copy(update={"is_full": True})
                for day in EARLIER:
                    earlier = _as_it_stood(path, day)
                    load(
                        store,
                        [Source(earlier, earlier.name)],
                        options.model_copy(update={"as_at": day}),
                    )
            load(store, [Source(path, path.name)], options)


def write(folder: Path) -> list[Path]:
    """Write the invented exports into `folder`."""
    random, details = np.random.default_rng(SEED), np.random.default_rng(SEED + 1)
    crimes, orders = list(_crimes(random)), list(_orders(random))
    cases = with_crimes(_court(random), crimes, details)
    orders = list(with_other_orders(orders, details))
    persons = list(with_persons(crimes, details))
    partners = np.random.default_rng(SEED + 2)
    register = with_suspects(orders, persons, partners)
    exports: dict[str, Iterable[list[str]]] = {
        "crimes": persons,
        "orders": register,
        "court": cases,
        "national": _national(random),
        "breaches": breaches(orders, details, LAST),
        "powers": powers(persons, partners, LAST),
        "charging": charging(persons, partners, LAST),
        "disclosures": disclosures(partners, LAST),
        "referrals": referrals(partners, LAST),
        "survey": survey(partners, LAST),
    }
    paths = []
    for name, rows in exports.items():
        path = folder / f"invented_{name}.csv"
        with path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)
        paths.append(path)
    return [*paths, *(Path(shutil.copy(path, folder)) for path in sorted(REGISTERS.glob("*.csv")))]


def _as_at(path: Path) -> date | None:
    """The day of the force's own exports; the national table and the registers say theirs."""
    is_own = path.name.startswith("invented_") and "national" not in path.name
    return LAST if is_own else None


def _as_it_stood(path: Path, day: date) -> Path:
    """The crimes as an extract of an earlier day had them: later ones absent, later outcomes open,
    and a few not yet coded.
    """
    target = path.with_name(f"invented_crimes_{day:%B_%Y}.csv".lower())
    with (
        path.open(encoding="utf-8", newline="") as file,
        target.open("w", encoding="utf-8", newline="") as out,
    ):
        rows = csv.reader(file)
        write = csv.writer(out, lineterminator="\n").writerow
        write(next(rows))
        for number, row in enumerate(rows):
            recorded = datetime.strptime(row[1], "%d/%m/%Y").date()
            closed = datetime.strptime(row[7], "%d/%m/%Y").date() if row[7] else None
            if recorded > day:
                continue
            if closed is None or closed > day:
                row[6:8] = "", ""
                if number % NOT_YET_CODED == 0:
                    row[6] = "Awaiting outcome code"
            write(row)
    return target


def _moved(day: date, start: float, end: float) -> float:
    """A share that moves from `start` to `end` in the year around the middle of the four."""
    step = ((day - FIRST).days - HALF) / 180
    return start + (end - start) / (1 + float(np.exp(-step * 2)))


def _crimes(random: np.random.Generator) -> Iterator[list[str]]:
    yield [
        "Crime Number",
        "Date Recorded",
        "Offence Code",
        "Offence Description",
        "LPA",
        "Team",
        "HO Outcome",
        "Outcome Date",
        "Victim Sex",
        "Victim Age",
        "Victim Ethnicity",
        "DA Flag",
    ]
    number = 0
    day = FIRST
    while day <= LAST:
        for offence in OFFENCES:
            season = 1 + 0.12 * float(np.sin((day.timetuple().tm_yday - 100) / 58))
            growth = 1 + 0.05 * (day - FIRST).days / 365
            for _ in range(random.poisson(offence[2] * season * growth)):
                number += 1
                yield _crime(random, number, day, offence)
        day += timedelta(days=1)


def _crime(
    random: np.random.Generator,
    number: int,
    day: date,
    offence: tuple[str, str, float, float, float, float],
) -> list[str]:
    code, title, _, abuse, charged, male = offence
    area = str(random.choice(list(AREAS), p=list(AREAS.values())))
    is_hard = code in ("8Q", "8L", "008/67")
    team = str(
        random.choice(TEAMS, p=(0.45, 0.25, 0.1, 0.2) if is_hard else (0.05, 0.45, 0.25, 0.25))
    )
    share = _moved(day, charged, charged * 1.15 if is_hard else charged * 1.05)
    fifteen, sixteen = _moved(day, 0.21, 0.29), _moved(day, 0.46, 0.37)
    begun = PROGRAMME[0] if area in PROGRAMME_AREAS else PROGRAMME[1]
    is_charged = random.random() < share + (PROGRAMME_EFFECT if day >= begun else 0)
    if is_charged:
        outcome, wait = ("1A" if random.random() < 0.08 else "1"), random.gamma(1.3, 58)
    else:
        rest = np.array([fifteen, sixteen, 0.12, 0.07, 0.03, 0.04, 0.02, 0.02])
        outcome, wait = (
            str(random.choice(OTHER_OUTCOMES, p=rest / rest.sum())),
            random.gamma(1.6, 46),
        )
    closed = day + timedelta(days=int(wait))
    is_open = closed > LAST
    sex = "M" if random.random() < male else ("" if random.random() < 0.02 else "F")
    return [
        f"07{number:07d}/{day:%y}",
        f"{day:%d/%m/%Y}",
        code,
        title,
        area,
        team,
        "" if is_open else outcome,
        "" if is_open else f"{closed:%d/%m/%Y}",
        sex,
        str(int(np.clip(random.normal(34, 14), 1, 95))),
        str(random.choice(ETHNICITIES)),
        "Y" if random.random() < abuse else "N",
    ]


def _orders(random: np.random.Generator) -> Iterator[list[str]]:
    yield [
        "Application Reference",
        "Subject",
        "Order Type",
        "Application Date",
        "Decision",
        "Decision Date",
        "Expiry Date",
        "Breach Date",
        "LPA",
        "Team",
    ]
    day, number = FIRST + timedelta(days=12), 0
    while day <= LAST:
        number += 1
        subject = f"S{number:04d}"
        area = str(random.choice(list(AREAS), p=list(AREAS.values())))
        team = TEAMS[0] if random.random() < 0.75 else TEAMS[3]
        applied = day - timedelta(days=int(random.integers(9, 40)))
        decision = str(random.choice(["granted", "refused", "withdrawn"], p=[0.86, 0.08, 0.06]))
        breached = (
            day + timedelta(days=int(random.integers(20, 300)))
            if decision == "granted" and random.random() < 0.16
            else None
        )
        breach = f"{breached:%d/%m/%Y}" if breached and breached <= LAST else ""
        if decision == "granted" and random.random() < 0.35 and applied + timedelta(days=3) < day:
            interim = applied + timedelta(days=3)
            yield [
                f"SPO{number:04d}i",
                subject,
                "interim",
                f"{applied:%d/%m/%Y}",
                "granted",
                f"{interim:%d/%m/%Y}",
                f"{day:%d/%m/%Y}",
                "",
                area,
                team,
            ]
        expiry = (
            f"{day.replace(day=min(day.day, 28), year=day.year + 2):%d/%m/%Y}"
            if decision == "granted"
            else ""
        )
        yield [
            f"SPO{number:04d}",
            subject,
            "full",
            f"{applied:%d/%m/%Y}",
            decision,
            f"{day:%d/%m/%Y}",
            expiry,
            breach,
            area,
            team,
        ]
        gap = _moved(day, 33, 6)
        day += timedelta(days=max(1, int(random.exponential(gap))))
    for extra in range(4):
        applied = LAST - timedelta(days=3 + 5 * extra)
        yield [
            f"SPO{number + extra + 1:04d}",
            f"S{number + extra + 1:04d}",
            "full",
            f"{applied:%d/%m/%Y}",
            "pending",
            "",
            "",
            "",
            "Halton",
            TEAMS[0],
        ]


def _court(random: np.random.Generator) -> Iterator[list[str]]:
    yield [
        "Case URN",
        "Defendant",
        "Offence Code",
        "Charge Date",
        "Date Finalised",
        "Court",
        "Plea",
        "Result",
        "Sentence Months",
        "LPA",
    ]
    number = 0
    day = FIRST
    while day <= LAST:
        for code, _, per_day, _, charged, _ in OFFENCES:
            for _ in range(random.poisson(per_day * charged * 1.1)):
                number += 1
                yield _case(random, number, day, code)
        day += timedelta(days=1)


def _case(random: np.random.Generator, number: int, day: date, code: str) -> list[str]:
    is_slow = code in ("19C", "20A")
    finalised = day + timedelta(
        days=int(random.gamma(2.2, _moved(day, 95, 150) if is_slow else _moved(day, 48, 74)))
    )
    results = [
        "guilty plea",
        "found guilty",
        "acquitted",
        "dismissed",
        "discontinued",
        "withdrawn",
        "administratively finalised",
    ]
    shares = (
        [0.33, 0.19, 0.20, 0.04, 0.17, 0.05, 0.02]
        if is_slow
        else [0.60, 0.17, 0.045, 0.02, 0.12, 0.035, 0.01]
    )
    result = str(random.choice(results, p=shares))
    is_open = finalised > LAST
    is_convicted = result in ("guilty plea", "found guilty")
    months = (
        str(int(random.gamma(2, 40 if is_slow else 5)) + 1)
        if is_convicted and not is_open and random.random() < 0.55
        else ""
    )
    court = str(
        random.choice(
            ["Chester Crown Court", "Warrington Magistrates' Court", "Chester Magistrates' Court"]
        )
    )
    return [
        f"07CC{number:06d}",
        f"D{number:06d}",
        code,
        f"{day:%d/%m/%Y}",
        "" if is_open else f"{finalised:%d/%m/%Y}",
        court,
        "guilty" if result == "guilty plea" else "not guilty",
        "open" if is_open else result,
        months,
        str(random.choice(list(AREAS), p=list(AREAS.values()))),
    ]


def _national(random: np.random.Generator) -> Iterator[list[str]]:
    yield [
        "financial_year",
        "financial_quarter",
        "force_name",
        "offence_description",
        "offence_group",
        "offence_subgroup",
        "offence_code",
        "outcome_description",
        "outcome_group",
        "outcome_type",
        "Force outcomes for offences recorded in quarter",
        "Force outcomes recorded in quarter",
    ]
    with (REFERENCE / "force_label.csv").open(encoding="utf-8") as file:
        forces = list(
            dict.fromkeys(
                row["force_name"]
                for row in csv.DictReader(file)
                if row["force_name"] != "British Transport Police"
            )
        )
    with (REFERENCE / "outcome.csv").open(encoding="utf-8") as file:
        titles = {row["outcome_code"]: row["title"] for row in csv.DictReader(file)}
    for force in forces:
        size, skill = float(random.gamma(4, 0.35)), float(random.normal(1, 0.17))
        if force == "Cheshire":
            size, skill = 1.0, 1.34
        for year in (2023, 2024, 2025):
            for quarter in (1, 2, 3, 4):
                yield from _quarter(random, (force, year, quarter), (size, skill), titles)


def _quarter(
    random: np.random.Generator,
    key: tuple[str, int, int],
    force: tuple[float, float],
    titles: dict[str, str],
) -> Iterator[list[str]]:
    name, year, quarter = key
    for code, title, per_day, _, charged, _ in OFFENCES:
        if "/" in code:
            continue
        share = min(0.6, charged * force[1] * (1 + 0.05 * (year - 2023)))
        rest = (1 - share) * np.array([0.24, 0.42, 0.12, 0.08, 0.04, 0.05, 0.03, 0.02])
        outcomes = ("1", *OTHER_OUTCOMES)
        recorded = random.multinomial(
            random.poisson(per_day * 91 * force[0]), np.array([share, *rest]) / (share + rest.sum())
        )
        closed = random.poisson(recorded * 0.97)
        for outcome, one, two in zip(outcomes, recorded, closed, strict=True):
            yield [
                f"{year}/{(year + 1) % 100:02d}",
                str(quarter),
                name,
                title,
                "",
                "",
                code,
                titles[outcome],
                "",
                outcome,
                str(one),
                str(two),
            ]
