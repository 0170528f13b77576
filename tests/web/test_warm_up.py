"""Figures worked out before they are looked at: who sees which snapshot meanwhile, and that nothing
is left to ask afterwards.
"""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from loaders.contracts import LoadReport
from loaders.undo import set_counts
from metrics.contracts import Cut
from metrics.measure import measure
from store import snapshot as snapshots
from store.cache import FILTERED, MEMORY, Memory
from store.snapshot import Snapshot, read
from store.writer import Store
from tests.store.test_store import OLD
from views.parts import figures
from views.prerender import work_out
from web import warm_up
from web.tasks import work_out_told
from web.worker import WorkerJob

Load = Callable[..., LoadReport]
ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def published(store: Store, load_table: Load, monkeypatch: pytest.MonkeyPatch) -> Store:
    """A store of two snapshots, of which the figures of the first are worked out."""
    load_table(OLD)
    set_counts(store, 1, False, "test")
    monkeypatch.setattr(warm_up, "_ready", {store.folder: 1})
    monkeypatch.setattr(warm_up, "_since", {})
    monkeypatch.setattr(warm_up, "_made", {})
    return store


def test_others_see_the_snapshot_before_until_the_new_one_is_worked_out(published: Store) -> None:
    assert warm_up.newest(published, "ben") == 1
    warm_up._ready[published.folder] = 2
    assert warm_up.newest(published, "ben") == 2


def test_who_made_it_sees_it_at_once(published: Store) -> None:
    warm_up.follow(published, "ann")
    assert (warm_up.newest(published, "ann"), warm_up.newest(published, "ben")) == (2, 1)


def test_a_page_says_that_newer_data_are_in_only_where_they_will_be_shown(
    published: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VAWG_STORE", str(published.folder))
    assert [figures.is_newer_coming(read(published, number)) for number in (1, 2)] == [True, False]
    warm_up._ready[published.folder] = 2
    assert not figures.is_newer_coming(read(published, 1)), (
        "a link to an older snapshot waits for nothing"
    )


def test_nobody_waits_for_longer_than_a_minute(
    published: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [100.0]
    monkeypatch.setattr(warm_up.time, "monotonic", lambda: now[0])
    assert warm_up.newest(published, "ben") == 1
    now[0] += warm_up.LONGEST - 1
    assert warm_up.newest(published, "ben") == 1
    now[0] += 2
    assert warm_up.newest(published, "ben") == 2
    set_counts(published, 1, True, "test")
    assert warm_up.newest(published, "ben") == 3, (
        "and not the older one again because a third has come"
    )


def test_where_nothing_is_worked_out_or_kept_the_newest_is_shown(published: Store) -> None:
    published.path(1).unlink()
    assert warm_up.newest(published, "ben") == 2
    warm_up._ready.clear()
    assert warm_up.newest(published, "ben") == 2
    assert warm_up.newest(Store(published.folder.parent / "another"), "ben") is None


def test_a_page_has_nothing_left_to_ask(
    store: Store, load_table: Load, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_table(OLD)
    work = WorkerJob(work_out, store, store.current())
    work.start()
    assert work.wait(120)
    assert work.refusal is None
    opened: list[int] = []
    was = Snapshot.open
    monkeypatch.setattr(Snapshot, "open", lambda self: (opened.append(self.number), was(self))[1])
    monkeypatch.setattr(snapshots, "_open", {})
    monkeypatch.setattr(MEMORY, "_kept", Memory[object](4000)._kept)
    monkeypatch.setenv("VAWG_STORE", str(store.folder))
    for expected in (True, False):  # without what was worked out, and with it
        at = AppTest.from_file(str(ROOT / "views" / "session_script.py"), default_timeout=60).run()
        assert not at.exception
        assert bool(opened) is expected
        opened.clear()
        snapshots._open.clear()
        MEMORY.forget()
        FILTERED.forget()
        MEMORY.learn(work.result or {})


def test_what_scrutiny_may_be_told_is_known_before_it_is_asked(
    store: Store, load_table: Load, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_table(OLD)
    cut = Cut(grain="year", audience="scrutiny")
    asked = [
        measure(read(store), name, cut) for name in ("charge_rate_recorded", "charge_rate_closed")
    ]
    shutil.rmtree(store.folder / "told")  # nobody has asked yet
    work = WorkerJob(work_out_told, store, 1)
    work.start()
    assert work.wait(60)
    monkeypatch.setattr(MEMORY, "_kept", Memory[object](4000)._kept)
    monkeypatch.setattr(snapshots, "_open", {})
    monkeypatch.setattr(Snapshot, "open", lambda _: pytest.fail("a question that was not known"))
    MEMORY.learn(work.result or {})
    assert [
        measure(read(store), name, cut) for name in ("charge_rate_recorded", "charge_rate_closed")
    ] == asked
