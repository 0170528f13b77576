"""What a tab is told of its own acts: once, also to a second click that comes late, and of the
newest act only.
"""

import threading

import pytest

from views.parts import tab_state
from views.parts.tab_state import TabState


def test_an_act_is_told_once_and_to_who_comes_just_after(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr(tab_state.time, "monotonic", lambda: now[0])
    mine = TabState()
    assert mine.told("load") is None
    mine.say("load", "Load 7 is in.")
    now[0] += 300
    assert mine.told("load") == "Load 7 is in.", "however late, it is told once"
    assert mine.told("load") is None
    mine.say("load", "Load 8 is in.")
    assert mine.told("counts") is None
    assert [mine.told("load"), mine.told("load")] == ["Load 8 is in."] * 2, (
        "a second click begins a run of its own"
    )
    now[0] += tab_state.LATE + 1
    assert mine.told("load") is None
    mine.say("load", "Load 9 is in.")
    mine.say("counts", "Load 9 is undone.")
    assert (mine.told("load"), mine.told("counts")) == (None, "Load 9 is undone.")
    assert mine.done == {"load": 3, "counts": 1}


def test_the_next_run_waits_until_the_act_is_through() -> None:
    mine, began, seen = TabState(), threading.Event(), []

    def second_click() -> None:
        began.set()
        mine.wait()
        seen.append(mine.done["load"])

    click = threading.Thread(target=second_click)
    with mine.doing():
        click.start()
        began.wait()
        click.join(0.2)
        assert click.is_alive() and not seen
        mine.say("load", "in")
    click.join()
    assert seen == [1]
