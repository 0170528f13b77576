"""A snapshot that a link was made from outlives those that come after it, until a load is
forgotten.
"""

from collections.abc import Callable

import pytest

from loaders.contracts import LoadReport
from loaders.forget import forget
from store import linked_snapshots, writer
from store.writer import Store

Load = Callable[..., LoadReport]
ROW = "crime_reference | recorded_on | offence_code | outcome_code\n{} | 20/02/2026 | 8Q | 16\n"


def test_a_linked_snapshot_stays_until_a_load_is_forgotten(
    store: Store, load_table: Load, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "KEPT", 2)
    load_table(ROW.format("A1"), "1.csv")
    linked_snapshots.keep(store.folder, 1)
    linked_snapshots.keep(store.folder, 1)  # a second click
    for number in (2, 3, 4):
        load_table(ROW.format(f"A{number}"), f"{number}.csv")
    assert store.kept() == [1, 3, 4]
    forget(store, 1, "somebody")
    assert store.kept() == [4, 5]
    assert linked_snapshots.kept(store.folder) == set()
