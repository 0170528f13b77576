"""Packs that are kept: the same again whatever came since, and what moved between two of them."""

import stat
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from loaders.contracts import LoadOptions, LoadReport
from loaders.load import Source, load
from loaders.undo import set_counts
from metrics.catalogue import metric_named
from metrics.contracts import Cut
from metrics.measure import measure
from packs.compare import asking, compared
from packs.contents import Pack, Table, Told, told
from packs.files import bytes_of, file_name
from packs.kept import NoSuchPack, all_kept, keep, read_kept
from store import audit, linked_snapshots, writer
from store.snapshot import read
from store.writer import Store
from tests.conftest import sample_store
from tests.packs.conftest import DAYS, made

Load = Callable[..., LoadReport]


CRIMES = "crime_reference | recorded_on | offence_code | outcome_code | outcome_on | victim_sex\n"


def of_month(month: int, charged: int, others: int) -> str:
    rows = [
        f"C{month}{at} | 2026-0{month}-02 | 8Q | 1 | 2026-0{month}-20 | F" for at in range(charged)
    ]
    rows += [
        f"V{month}{at} | 2026-0{month}-02 | 8Q | 16 | 2026-0{month}-20 | F" for at in range(others)
    ]
    return "\n".join(rows)


def causes(store: Store, then: Pack, now: Pack, measure_title: str, span: str) -> tuple[str, ...]:
    (found,) = {
        one.causes
        for one in compared(then, now, asking(store, then, DAYS))
        if one.measure == measure_title and one.span == span
    }
    return found


def test_what_moved_a_figure_is_said(load_table: Load, store: Store) -> None:
    crimes = CRIMES + of_month(7, 4, 16) + "\n" + of_month(8, 4, 16)
    load_table(crimes, as_at=date(2026, 8, 31))
    first = made(store, "monthly")
    assert not compared(first, made(store, "monthly"), asking(store, first, DAYS))
    # a crime of July that comes late: the figure of outcomes given then moves with what is counted
    late = CRIMES + "L1 | 2026-07-03 | 8Q | 16 | 2026-07-25 | F"
    load_table(late, "late.csv", as_at=date(2026, 9, 1))
    second = made(store, "monthly")
    title = metric_named("outcome_16_rate").title
    assert causes(store, first, second, title, "July 2026") == (
        "more crimes or cases counted",
        "restated outcomes",
    )
    # an outcome of August that is put right: as many are counted, fewer of them as outcome 16
    right = CRIMES + "V80 | 2026-08-02 | 8Q | 15 | 2026-08-20 | F"
    load_table(right, "right.csv", as_at=date(2026, 9, 2))
    third = made(store, "monthly")
    assert causes(store, second, third, title, "August 2026") == ("restated outcomes",)
    moved = compared(second, third, asking(store, second, DAYS))
    assert not [one for one in moved if one.measure == title and one.span == "July 2026"]


def test_a_changed_definition_is_told_from_changed_data(
    load_table: Load, store: Store, add_metric: Callable[..., None]
) -> None:
    crimes = CRIMES + of_month(7, 4, 16) + "\n" + of_month(8, 4, 16)
    load_table(crimes, as_at=date(2026, 8, 31))
    first = made(store, "monthly")
    title = metric_named("outcome_16_rate").title
    changed = first.model_copy(
        update={"definitions": first.definitions | {"outcome_16_rate": "another"}}
    )
    # the figures are the same, so the definition that changed moved none of them
    assert not compared(changed, made(store, "monthly"), asking(store, first, DAYS))
    half = [
        page.model_copy(update={"behind": tuple(_halved(table) for table in page.behind)})
        for page in changed.pages
    ]
    other = changed.model_copy(update={"pages": tuple(half)})
    words = causes(store, other, made(store, "monthly"), title, "July 2026")
    assert words == ("a changed definition: by the new one it had been 80.0 %",)


def _halved(table: Table) -> Table:
    """The table as it had been by another definition: half as many counted."""

    def halved(cell: object) -> object:
        if not isinstance(cell, Told) or cell.metric != "outcome_16_rate":
            return cell
        value = cell.value.model_copy(
            update={
                "numerator": (cell.value.numerator or 0) // 2,
                "value": (cell.value.value or 0) / 2,
            }
        )
        return told(metric_named(cell.metric), cell.cut, value, cell.side)

    return table.model_copy(update={"rows": tuple(tuple(map(halved, row)) for row in table.rows)})


def test_a_rebase_is_told_and_moves_no_figure(sample: Store, tmp_path: Path) -> None:
    store = Store(sample_store(tmp_path / "rebased"))
    first = made(store, "monthly")
    path = tmp_path / "rebase.csv"
    path.write_text(
        "metric,rebased_from,reason,approved_by\noutcome_16_rate,2025-06-01,The unit began,Board\n"
    )
    load(store, [Source(path, path.name)], LoadOptions())
    moved = compared(first, made(store, "monthly"), asking(store, first, DAYS))
    title = metric_named("outcome_16_rate").title
    assert [(one.measure, one.span, one.now) for one in moved] == [
        (title, "its limits", "re-based from 1 June 2025")
    ]


def test_a_pack_stays_as_it_was(
    load_table: Load, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "KEPT", 3)
    crimes = CRIMES + of_month(7, 4, 16) + "\n" + of_month(8, 4, 16)
    load_table(crimes, as_at=date(2026, 8, 31))
    pack = made(store, "monthly")
    assert keep(store.folder, pack) == 1
    before = {suffix: bytes_of(pack, suffix) for suffix in (".html",)}
    for at in range(6):  # more than the snapshots that are kept
        load_table(CRIMES + f"N{at} | 2026-08-04 | 8Q | 1 | 2026-08-25 | F", f"{at}.csv")
    set_counts(store, 1, False, "Sam")
    again = read_kept(store.folder, 1).pack
    assert again == pack
    assert {suffix: bytes_of(again, suffix) for suffix in before} == before
    assert pack.snapshot in linked_snapshots.kept(store.folder)
    assert measure(read(store, pack.snapshot), "charges", Cut(), DAYS).values[0].numerator == 8
    path = store.folder / "packs" / "000001.json"
    assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, "for its owner alone"
    assert "C70" not in path.read_text(), "no reference of a crime"
    said = [line.what for line in audit.lines(store.folder)]
    assert "pack 1: monthly, All VAWG, for force" in said


def test_packs_are_numbered_and_what_is_not_there_is_said(load_table: Load, store: Store) -> None:
    load_table(CRIMES + of_month(8, 4, 16), as_at=date(2026, 8, 31))
    with pytest.raises(NoSuchPack, match="There is no pack 1. None is made yet."):
        read_kept(store.folder, 1)
    pack = made(store, "weekly")
    assert [keep(store.folder, pack) for _ in range(3)] == [1, 2, 3]
    assert [kept.number for kept in all_kept(store.folder)] == [3, 2, 1]
    with pytest.raises(NoSuchPack, match="There is no pack 9. The packs are 1 to 3."):
        read_kept(store.folder, 9)
    (store.folder / "packs" / "000002.json").write_text("{")
    with pytest.raises(NoSuchPack, match="Pack 2 cannot be read"):
        read_kept(store.folder, 2)
    said: list[str] = []
    assert [kept.number for kept in all_kept(store.folder, said.append)] == [3, 1]
    assert len(said) == 1 and said[0].startswith("Pack 2 cannot be read")
    assert file_name(pack, 2, ".pptx") == "raising-the-bar-weekly-2026-08-pack-2.pptx"
