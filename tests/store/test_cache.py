"""What was worked out of a snapshot: each once, however many ask at a time, and never an error or a
long table.
"""

import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from loaders.contracts import LoadReport
from loaders.undo import set_counts
from metrics.contracts import Cut
from metrics.measure import measure
from store import snapshot as snapshots
from store.cache import Key, Memory, remembered
from store.snapshot import Snapshot, read
from store.writer import Store
from tests.store.test_store import OLD

Load = Callable[..., LoadReport]


def test_of_many_who_ask_at_once_one_works() -> None:
    memory: Memory[int] = Memory(10)
    worked, found = [], []

    def work() -> int:
        worked.append(1)
        time.sleep(0.05)
        return 7

    people = [
        threading.Thread(target=lambda: found.append(memory.recall(("a",), work))) for _ in range(8)
    ]
    for one in people:
        one.start()
    for one in people:
        one.join()
    assert (found, worked) == ([7] * 8, [1])


def test_an_error_reaches_everybody_who_asked_and_is_forgotten() -> None:
    memory: Memory[int] = Memory(10)

    def broken() -> int:
        raise ValueError("no")

    for _ in range(2):
        with pytest.raises(ValueError, match="no"):
            memory.recall(("a",), broken)
    assert memory.recall(("a",), lambda: 1) == 1


def test_what_was_not_asked_for_longest_is_given_up_and_what_is_too_long_is_not_kept() -> None:
    memory: Memory[int] = Memory(2)
    for key in ("a", "b", "a", "c"):
        memory.recall((key,), lambda: 1)
    assert [key for (key,) in memory.known()] == ["a", "c"]
    memory.recall(("long",), lambda: 1000, lambda found: found < 10)
    assert ("long",) not in memory.known()


def test_another_process_is_told_and_what_is_known_already_stays() -> None:
    here: Memory[int] = Memory(10)
    here.recall(("a",), lambda: 1)
    here.learn({("a",): 9, ("b",): 2})
    assert here.known() == {("a",): 1, ("b",): 2}


def test_a_function_is_remembered_by_what_it_was_asked_and_of_what() -> None:
    class At:
        def __init__(self, name: str) -> None:
            self.key: Key = ("test_memory", name)

    asked = []

    @remembered
    def doubled(at: At, number: int) -> int:
        asked.append((at.key[1], number))
        return 2 * number

    assert [doubled(At("x"), 1), doubled(At("x"), 1), doubled(At("x"), 2), doubled(At("y"), 1)] == [
        2,
        2,
        4,
        2,
    ]
    assert asked == [("x", 1), ("x", 2), ("y", 1)]


def test_a_snapshot_is_opened_when_it_is_asked_and_what_is_known_of_it_needs_no_file_open(
    store: Store, load_table: Load, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_table(OLD)
    opened: list[int] = []
    was = Snapshot.open

    def counted(self: Snapshot) -> Any:
        opened.append(self.number)
        return was(self)

    monkeypatch.setattr(Snapshot, "open", counted)
    first = read(store)
    assert opened == []
    cut = Cut(grain="all")
    said = measure(first, "charge_rate_recorded", cut)
    assert opened == [1]
    monkeypatch.setattr(snapshots, "_open", {})
    assert measure(read(store), "charge_rate_recorded", cut) == said
    assert opened == [1]


def test_no_more_than_four_are_open(store: Store, load_table: Load) -> None:
    load_table(OLD)
    for counts in (False, True, False, True, False):
        set_counts(store, 1, counts, "test")
    assert [len(read(store, number).rows("reports/loads")) for number in store.kept()] == [1] * 6
    assert len(snapshots._open) == snapshots.OPEN
