"""Work in a process of its own: what it gives and refuses comes back, it can be stopped, and a
killed one is told of.
"""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest

from loaders.contracts import LoadOptions, LoadReport, NotKnown
from loaders.errors import UnknownOutcomes
from loaders.ledger import Ledger
from loaders.load import Source, load
from loaders.reading.temporary_files import TemporaryFiles
from loaders.transaction import Progress
from store.errors import Stopped
from store.writer import Store
from tests.conftest import csv_of
from tests.store.test_store import HEAD, OLD
from web.tasks import let_count, look, look_at_counts
from web.worker import ENDED, WorkerJob

Load = Callable[..., LoadReport]
Result = TypeVar("Result")
WHO = "Jane Doe"


def chatting(_: Store, words: str, progress: Progress) -> tuple[str, int]:
    """Says things that are nobody's business."""
    print("a word on the output, where the answer goes")
    progress("Reading")
    return words, os.nice(0)


def dying(_store: Store, _progress: Progress) -> None:
    """Is killed, as for want of memory."""
    os.kill(os.getpid(), signal.SIGKILL)


def endless(store: Store, progress: Progress) -> None:
    """A statement that takes for ever."""
    progress("Checking")
    with store.workspace() as work, store.draft(1, work) as draft:
        draft.con.execute(
            "select count(*) from range(1000000000) a, range(1000000000) b where a.range % 7 = "
            "b.range % 11"
        ).fetchall()


def faulty(_store: Store, _progress: Progress) -> object:
    """A fault of the program, with a person's name in its words."""
    try:
        int(WHO)
    except ValueError as problem:
        raise KeyError(WHO) from problem


def unspeakable(_store: Store, _progress: Progress) -> object:
    """Gives what cannot be sent."""
    return lambda: 1


def done(work: WorkerJob[Result]) -> WorkerJob[Result]:
    work.start()
    assert work.wait(60)
    return work


def test_what_it_gives_comes_back_and_others_have_the_processor_first(store: Store) -> None:
    work = done(WorkerJob(chatting, store, "said"))
    assert work.result is not None
    assert (work.result[0], work.step, work.refusal) == ("said", "Reading", None)
    assert work.result[1] > os.nice(0)


def test_a_preview_and_a_load_of_a_file_without_a_name(
    store: Store, load_table: Load, tmp_path: Path
) -> None:
    load_table(OLD)
    with store.workspace() as folder, TemporaryFiles(folder) as room:
        path = room.new()
        path.write_text(csv_of(HEAD + "N7 | 2025-01-06 | 8Q | 1 | 2025-02-03"), encoding="utf-8")
        sources = [Source(path, "more.csv")]
        seen = done(WorkerJob(look, store, sources, LoadOptions(), files=room.handles()))
        assert seen.result is not None
        (report,), headlines = seen.result.reports, seen.result.headlines
        assert (report.new, report.load_id, store.current()) == (1, None, 1)
        assert [one.metric for one in headlines if one.moves]
        loaded = done(WorkerJob(load, store, sources, LoadOptions(), files=room.handles()))
    assert loaded.result is not None
    assert (loaded.result[0].load_id, store.current()) == (2, 2)
    moved = done(WorkerJob(look_at_counts, store, 2, False)).result
    assert moved is not None
    assert [(move.kind, move.things) for move in moved[0]] == [("gone", 1)]


def test_a_refusal_comes_back_with_what_would_mend_it(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text(
        csv_of(HEAD + "N1 | 2025-01-06 | 8Q | Sent to the moon | 2025-02-03"), encoding="utf-8"
    )
    refusal = done(WorkerJob(load, store, [Source(path, "odd.csv")], LoadOptions())).refusal
    assert isinstance(refusal, UnknownOutcomes)
    assert refusal.not_known == NotKnown(rows=1, out_of=1)
    assert [label.sent for label in refusal.unknown] == ["Sent to the moon"]


def test_a_killed_one_is_told_of(store: Store) -> None:
    assert str(done(WorkerJob(dying, store)).refusal) == ENDED


@pytest.mark.parametrize("work", [faulty, unspeakable])
def test_a_fault_of_the_program_looks_like_one(
    work: Callable[..., object], store: Store, capfd: pytest.CaptureFixture[str]
) -> None:
    ended = done(WorkerJob(work, store))
    assert (ended.is_faulty, ended.result, ended.refusal) == (True, None, None)
    said = capfd.readouterr().err
    assert "web/worker.py" in said
    assert "Error" in said
    assert WHO not in said


@pytest.mark.parametrize("is_late", [False, True])
def test_it_stops_when_asked_to_and_leaves_nothing(
    store: Store, load_table: Load, is_late: bool
) -> None:
    load_table(OLD)
    work = WorkerJob(endless, store)
    work.start()
    while is_late and work.step != "Checking":
        assert not work.wait(0.05)
    time.sleep(0.5 * is_late)
    work.stop()
    assert isinstance(work.refusal, Stopped)
    assert not list(store.tmp.iterdir())
    assert store.current() == 1


def test_of_those_who_undo_a_load_at_once_one_does_it(store: Store, load_table: Load) -> None:
    """Four processes, as of four tabs: one act in the ledger, and the others know that it was not
    theirs.
    """
    load_table(OLD)
    works = [WorkerJob(let_count, store, 1, False, "Ann") for _ in range(4)]
    for work in works:
        work.start()
    found = [done.result for done in works if done.wait(60)]
    assert {one.snapshot for one in found if one} == {2}
    assert sorted(one.is_ours for one in found if one) == [False, False, False, True]
    assert [act.verb for act in Ledger(store).acts()] == ["load", "undo"]
