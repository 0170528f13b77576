"""Histories of loads, undos, redos, forgets and rebuilds, against a slow and obvious model of what
counts.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

import duckdb
import pytest

import sql
from loaders.check import check
from loaders.contracts import LoadOptions
from loaders.errors import Forgotten
from loaders.forget import forget
from loaders.load import Source, load
from loaders.load_reports import stored_rows
from loaders.undo import rebuild, set_counts
from loaders.versions import settle
from store.schema import create_tables
from store.snapshot import read
from store.writer import Store

HISTORIES = 1000
CRIMES, OUTCOMES = ("A", "B", "C", "D"), ("1", "16", "15")
UNREADABLE = "?"  # a row of the export that had to be set aside


@dataclass(frozen=True)
class Loaded:
    """A load: the act it came in, the day it stands at, and what it says of each crime."""

    load_id: int
    act: int
    day: int
    is_full: bool
    crimes: dict[str, str] = field(default_factory=dict)
    counts: bool = True
    is_forgotten: bool = False

    @property
    def recency(self) -> tuple[int, int]:
        return self.day, self.load_id

    def readable(self) -> dict[str, str]:
        return {crime: outcome for crime, outcome in self.crimes.items() if outcome != UNREADABLE}


def counted(loads: list[Loaded]) -> dict[str, str]:
    """The model: a crime is as the newest counting load has it, unless a newer full extract does
    not hold it.
    """
    counting = [one for one in loads if one.counts]
    found = {}
    for crime in CRIMES:
        saying = [one for one in counting if crime in one.readable()]
        if not saying:
            continue
        newest = max(saying, key=lambda one: one.recency)
        full = max(
            (one for one in counting if one.is_full and one.readable()),
            key=lambda one: one.recency,
            default=None,
        )
        is_held = full and any(crime in one.crimes for one in counting if one.act == full.act)
        if full is None or newest.recency >= full.recency or is_held:
            found[crime] = newest.crimes[crime]
    return found


def histories(seed: int, count: int) -> Iterator[list[tuple[str, object]]]:
    """Random histories: each a list of acts, `load` with what it holds or another verb with a
    load's number.
    """
    dice = random.Random(seed)
    for _ in range(count):
        acts: list[tuple[str, object]] = []
        loads = 0
        for _ in range(dice.randint(2, 9)):
            verb = (
                dice.choice(["load", "load", "undo", "undo", "redo", "forget", "rebuild"])
                if loads
                else "load"
            )
            if verb == "load":
                crimes = {
                    crime: dice.choice([*OUTCOMES, UNREADABLE])
                    for crime in CRIMES
                    if dice.random() < 0.5
                }
                crimes[dice.choice(CRIMES)] = dice.choice(OUTCOMES)
                acts.append((verb, (crimes, dice.randint(1, 3), dice.random() < 0.35)))
                loads += 1
            else:
                acts.append((verb, dice.randint(1, loads)))
        yield acts


class Tables:
    """The tables of one draft, filled as a load fills them, with the program's own rule of what
    counts.
    """

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        self.con = con

    def clear(self) -> None:
        self.con.execute("delete from load; delete from sighting; delete from superseded")
        self.con.execute("delete from row_set_aside; delete from crime_row")
        self.versions: dict[tuple[str, str], int] = {}

    def load(self, one: Loaded) -> None:
        sql.run(
            self.con,
            "loading/insert_load",
            load_id=one.load_id,
            act=one.act,
            format="crime_outcomes",
            row_table="crime_row",
            file_name="",
            sha256="",
            received_at=datetime(2026, 1, 1),
            loaded_by="",
            as_at=date(2025, 1, one.day),
            is_full=one.is_full,
            is_invented=False,
            rows=0,
            kept=0,
            set_aside=0,
            blank=0,
            new=0,
            changed=0,
            unchanged=0,
            report="",
        )
        for crime, outcome in one.crimes.items():
            thing = CRIMES.index(crime)
            if outcome == UNREADABLE:
                self.con.execute(
                    "insert into row_set_aside (load_id, thing) values (?, ?)", [one.load_id, thing]
                )
                continue
            version = self.versions.setdefault((crime, outcome), len(self.versions) + 1)
            self.con.execute("insert into sighting values (?, 1, ?)", [one.load_id, version])
            self.con.execute(
                "insert into crime_row (version_id, thing, force_name, crime_reference, "
                "outcome_code) select ?, ?, 'X', ?, ? "
                "where ? not in (select version_id from crime_row)",
                [version, thing, crime, outcome, version],
            )

    def counts(self, load_id: int, counts: bool) -> None:
        sql.run(self.con, "loading/set_load_counts", load_id=load_id, counts=counts).fetchall()

    def counted(self) -> dict[str, str]:
        rows = self.con.execute(
            "select crime_reference, outcome_code from crime_row where version_id not in (select "
            "version_id from superseded)"
        ).fetchall()
        assert len(rows) == len(dict(rows)), "a crime counts once"
        return dict(rows)


def step(loads: list[Loaded], act: tuple[str, object], number: int) -> list[Loaded]:
    """The loads after an act, by the model: a forgotten load counts until a rebuild, which cannot
    make it again.
    """
    verb, what = act
    if verb == "load":
        crimes, day, is_full = what
        return [*loads, Loaded(len(loads) + 1, number, day, is_full, crimes)]
    if verb == "rebuild":
        return [replace(one, counts=False, crimes={}) if one.is_forgotten else one for one in loads]
    change = {
        "undo": {"counts": False},
        "redo": {"counts": True},
        "forget": {"is_forgotten": True},
    }[verb]
    return [replace(one, **change) if one.load_id == what else one for one in loads]


def test_a_thousand_histories_count_what_the_model_counts() -> None:
    with duckdb.connect(":memory:") as con:
        create_tables(con)
        tables = Tables(con)
        for acts in histories(20261126, HISTORIES):
            tables.clear()
            loads: list[Loaded] = []
            for number, act in enumerate(acts, 1):
                verb, what = act
                was, loads = loads, step(loads, act, number)
                if verb == "load":
                    tables.load(loads[-1])
                    settle(con, "crime_row", [loads[-1].load_id])
                elif verb in ("undo", "redo"):
                    tables.counts(what, verb == "redo")
                    settle(con, "crime_row")
                elif verb == "rebuild":
                    tables.clear()
                    for one in loads:
                        tables.load(one)
                        if not one.counts:
                            tables.counts(one.load_id, False)
                    settle(con, "crime_row")
                assert tables.counted() == counted(loads), f"{acts[:number]}\n{was}"


FULL_HISTORIES = [
    [
        ("load", ({"A": "1"}, 1, False)),
        ("load", ({"A": "16", "B": "1"}, 2, False)),
        ("undo", 2),
        ("undo", 1),
    ],
    [
        ("load", ({"A": "1"}, 1, False)),
        ("load", ({"B": "1"}, 2, True)),
        ("undo", 2),
        ("load", ({"C": "1"}, 3, False)),
        ("forget", 1),
        ("rebuild", 1),
    ],
    [
        ("load", ({"A": "1"}, 1, False)),
        ("forget", 1),
        ("undo", 1),
        ("rebuild", 1),
        ("load", ({"A": "15"}, 1, False)),
    ],
    *histories(7, 5),
]


@pytest.mark.parametrize(
    "acts", FULL_HISTORIES, ids=lambda acts: "-".join(str(verb) for verb, _ in acts)
)
def test_whole_histories_through_the_acts_themselves(
    tmp_path: Path, acts: list[tuple[str, object]]
) -> None:
    store = Store(tmp_path / "store")
    loads: list[Loaded] = []
    for number, act in enumerate(acts, 1):
        verb, what = act
        before, loads = loads, step(loads, act, number)
        try:
            do(store, tmp_path / f"{number}.csv", act, loads)
        except Forgotten:
            assert before[int(str(what)) - 1].is_forgotten
            loads = before
        assert {
            row["crime_reference"]: row["outcome_code"] for row in stored_rows(read(store), None)
        } == counted(loads)
    rebuild(store, "test")
    loads = step(loads, ("rebuild", 0), 0)
    assert {
        row["crime_reference"]: row["outcome_code"] for row in stored_rows(read(store), None)
    } == counted(loads)
    assert [one.fault for one in check(store) if not one.is_well] == []


def do(store: Store, path: Path, act: tuple[str, object], loads: list[Loaded]) -> None:
    verb, what = act
    if verb == "load":
        crimes, day, is_full = what
        rows = "".join(
            f"{crime},2024-01-03,8Q,{outcome.replace('?', '1')},{'never' if outcome == '?' else '2024-02-03'}\n"
            for crime, outcome in crimes.items()
        )
        path.write_text(f"crime_reference,recorded_on,offence_code,outcome_code,outcome_on\n{rows}")
        options = LoadOptions(
            as_at=date(2025, 1, day), is_full=is_full, may_be_older=True, force_name="Cheshire"
        )
        load(store, [Source(path, f"{len(loads)}.csv")], options)
    elif verb in ("undo", "redo"):
        set_counts(store, int(str(what)), verb == "redo", "test")
    elif verb == "forget":
        forget(store, int(str(what)), "test")
    else:
        rebuild(store, "test")


def test_registers_are_undone_to_nothing_and_back(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "targets.csv"
    path.write_text(
        "metric,target,applies_from,set_by\ncharge_rate_recorded,0.2,2025-04-01,Board\n"
    )
    other = tmp_path / "others.csv"
    other.write_text("metric,target,applies_from,set_by\ncharge_rate_closed,0.2,2025-04-01,Board\n")
    for export in (path, other):
        load(store, [Source(export, export.name)], LoadOptions(as_at=date(2025, 5, 1)))
    for load_id in (2, 1):
        set_counts(store, load_id, False, "test")
    assert read(store).rows("target") == []
    set_counts(store, 1, True, "test")
    assert [row["metric"] for row in read(store).rows("target")] == ["charge_rate_recorded"]
