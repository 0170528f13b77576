"""What a reader of the definitions knows of counts: which hold which outcomes, so which add up to
which.

Written apart from `metrics/disclosure`, from the `[sets]` of each metric and the published code
lists alone, so that a mistake there is not made here too.
"""

import csv
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

from metrics.contracts import Metric
from metrics.periods import start_of

GRAINS = ("month", "quarter", "year", "all")
REFERENCE = Path(__file__).parent.parent.parent / "data" / "reference"
Held = frozenset[tuple[str, int]]  # outcomes, each with the days of follow-up it may take
Where = tuple[
    str, date | None, str | None, str | None, str | None, str | None
]  # grain, period, place, its name, offences, their name


class Holds(NamedTuple):
    """A count: what is one, of which outcomes (with the days of follow-up they may take), of which
    cohorts in a longer period.
    """

    one: str
    held: Held
    cohorts: int | None


Key = tuple[Holds, Where]
Line = tuple[
    list[Key], list[Key]
]  # what stands on the left and on the right of "equals" or "is at most"


def held_by(metrics: Collection[Metric]) -> dict[str, tuple[Held, Held]]:
    """For each metric, the outcomes of its numerator and of its denominator; each outcome parted by
    how long it took.
    """
    limits = sorted({metric.follow_days for metric in metrics if metric.follow_days}) + [10**6]
    found = {}
    for metric in metrics:
        assert metric.sets, metric.id
        reach = metric.follow_days or 10**6
        top = {
            (code, days)
            for code in codes(metric.relation, metric.sets.numerator)
            for days in limits
            if days <= reach
        }
        found[metric.id] = (
            frozenset(top),
            frozenset(
                (code, days)
                for code in codes(metric.relation, metric.sets.denominator)
                for days in limits
            ),
        )
    return found


def codes(relation: str, terms: Iterable[str]) -> set[str]:
    """The codes that the terms of a definition stand for."""
    if relation == "load_result":
        rows = [
            f"{state}{doubt}" for state in ("kept", "set aside") for doubt in ("", ", unmapped")
        ]
        marks = {"rows": "", "set_aside": "set aside", "unmapped": "unmapped"}
        return {row for row in rows for term in terms if marks[term] in row}
    if not relation.endswith("_outcome"):
        return set(terms)
    lines = [*outcomes(), {"outcome_code": "open", "outcome_family": "open", "is_assigned": "0"}]
    wanted = set(terms)
    return {
        line["outcome_code"] if line["is_assigned"] == "1" else "open"
        for line in lines
        if {line["outcome_code"], line["outcome_family"]} & wanted
        or (
            line["is_assigned"] == "1"
            and (
                "assigned" in wanted
                or ("known" in wanted and line["outcome_family"] != "not_known")
            )
        )
    }


@cache
def outcomes() -> list[dict[str, str]]:
    with (REFERENCE / "outcome.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def totals(keys: Collection[Key]) -> Iterator[tuple[str, Key, list[Key]]]:
    """Every count of a wider place, group of offences or period, with those it is made of, and in
    what they differ.
    """
    groups: dict[tuple[str, str, Key], list[Key]] = {}
    for holds, (grain, period, place, name, offence, kind) in keys:
        above: list[tuple[str, str, Where]] = []
        if place:
            over = "kind" if place == "order_kind" else "place"
            above.append((over, place, (grain, period, None, None, offence, kind)))
        if offence == "vawg":
            above.append(("offence", offence, (grain, period, place, name, None, None)))
        if offence == "vawg_group":
            above.append(
                ("offence", offence, (grain, period, place, name, "vawg", "yes" if kind else "no"))
            )
        for longer in GRAINS[GRAINS.index(grain) + 1 :]:
            start = None if longer == "all" else start_of(longer, period or date.min)
            above.append(("time", grain, (longer, start, place, name, offence, kind)))
        for over, which, where in above:
            groups.setdefault((over, which, (holds, where)), []).append(
                (holds, (grain, period, place, name, offence, kind))
            )
    for (over, _, total), parts in groups.items():
        if total in keys:
            yield over, total, parts


def over_cells(keys: Collection[Key]) -> Iterator[tuple[str, Line]]:
    """What holds between cells: "equal" or "at most".

    Crimes, cases and applications add up. A subject counts once in each period, where the first
    order was made, and under each kind of order; days between orders of one place are not days between all orders.
    """
    for over, total, parts in totals(keys):
        one, place = total[0].one, total[1][2]
        if (
            one == "rows"
            or (one == "subjects" and over == "place")
            or (one == "gaps" and over == "time")
        ):
            yield "equal", ([total], parts)
        else:
            yield from (
                ("at most", ([part], [total])) for part in parts if one == "gaps" or not place
            )
            if one == "subjects":
                yield "at most", ([total], parts)


def in_cells(keys: Collection[Key]) -> Iterator[tuple[str, Line]]:
    """What holds between the counts of one cell, by the outcomes that they hold: "equal", "at
    most", or "part of", which follows.

    Of a month all cohorts are whole; of a longer period each follow-up leaves out other months.
    """
    together: dict[tuple[Where, int | None], list[Holds]] = {}
    for holds, where in keys:
        together.setdefault((where, None if where[0] == "month" else holds.cohorts), []).append(
            holds
        )
    known: dict[frozenset[Holds], list[tuple[str, list[Holds], list[Holds]]]] = {}
    for (where, _), found in together.items():
        for kind, left, right in known.setdefault(frozenset(found), list(_by_sets(found))):
            yield kind, ([(holds, where) for holds in left], [(holds, where) for holds in right])


def _by_sets(found: Collection[Holds]) -> Iterator[tuple[str, list[Holds], list[Holds]]]:
    rows = [holds for holds in found if holds.one == "rows"]
    parted = regions({holds.held for holds in rows})
    named = {holds.held: holds for holds in reversed(rows)}
    for holds in rows:
        whole = named[holds.held]
        parts = [named.get(part) or Holds("region", part, None) for part in parted[holds.held]]
        if holds != whole:
            yield "equal", [holds], [whole]
        elif parts != [whole]:
            yield "equal", [whole], parts
    for less in found:
        for more in found:
            if less != more and less.held <= more.held and more.one in ("rows", less.one):
                yield "part of" if less.one == "rows" else "at most", [less], [more]


def regions(sets: Collection[Held]) -> dict[Held, list[Held]]:
    """Each set parted wherever another begins or ends."""
    parted: dict[frozenset[Held], set[tuple[str, int]]] = {}
    for item in frozenset().union(*sets):
        parted.setdefault(frozenset(held for held in sets if item in held), set()).add(item)
    return {
        held: [frozenset(part) for owners, part in parted.items() if held in owners]
        for held in sets
    }
