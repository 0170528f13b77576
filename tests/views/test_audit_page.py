"""The administrators' page of the audit record: what is wrong stands on it until somebody there
says how it came about.
"""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from store import audit, audit_check, audit_head_file
from store.audit_check import faults_of
from store.audit_lines import lines
from tests.store.test_audit import filled
from tests.store.test_audit_lost import forget_all, more, unseen

__all__ = ["unseen"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VAWG_STORE", str(tmp_path / "store"))
    (tmp_path / "store").mkdir(mode=0o700)
    return tmp_path / "store"


def page() -> AppTest:
    return AppTest.from_string(
        "from views.administer import audit\naudit.draw()", default_timeout=60
    ).run()


def words(at: AppTest) -> str:
    assert not at.exception
    return " ".join(one.value.replace("\\", "") for one in [*at.error, *at.success, *at.info])


def test_a_cut_record_is_told_until_it_is_acknowledged_and_then_by_whom(folder: Path) -> None:
    path = filled(folder)
    assert "The chain holds: 5 lines, none changed, none missing." in words(page())
    path.write_text("".join(path.read_text().splitlines(keepends=True)[:3]))
    forget_all()
    more(folder)
    at = page()
    assert (
        "The record is not as it was written. The record ends at number 3, but 5 were written"
        in words(at)
    )
    at = press(at, "Acknowledge")
    assert "say in a few words how the record came to be as it is" in words(at)
    at.text_input[0].set_value("The disk was full on Tuesday")
    at = press(at, "Acknowledge")
    assert "Acknowledged, in number 10." in words(at)
    assert "The chain holds: 8 lines, none changed or missing since number 10." in words(at)
    assert len(at.text_input) == 0
    last = list(lines(folder))[-1]
    assert (last.kind, last.what, last.page != "") == (
        audit.ACKNOWLEDGEMENT,
        "The disk was full on Tuesday",
        True,
    )
    assert last.who
    assert faults_of(folder) == []


def press(at: AppTest, label: str) -> AppTest:
    return next(one for one in at.button if one.label == label).click().run()


def test_what_was_found_after_the_page_was_drawn_is_not_acknowledged_by_it(folder: Path) -> None:
    path = filled(folder)
    path.write_text(path.read_text().replace("page 1", "page 8"))
    at = page()
    at.text_input[0].set_value("I know of that line")
    path.write_text(path.read_text().replace("page 2", "page 8"))
    at = press(at, "Acknowledge")
    assert audit.ACKNOWLEDGEMENT not in {line.kind for line in lines(folder)}
    assert "number 3, is not as it was written" in words(at)
    assert len(faults_of(folder)) == 2


def test_a_head_that_cannot_be_kept_elsewhere_is_on_the_page_and_stops_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(audit_head_file.VARIABLE, "/nowhere/at/all/head.json")
    filled(folder)
    told = words(page())
    assert (
        "There is no folder /nowhere/at/all for the head (VAWG_AUDIT_HEAD): see that its disk is "
        "there." in told
    )
    assert "The chain holds: 5 lines" in told


def test_an_empty_store_and_a_full_check(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Nothing has been recorded yet." in words(page())
    filled(folder)
    asked = []
    real = audit_check.walked
    monkeypatch.setattr(
        audit_check, "walked", lambda *given: asked.append(given[2]) or real(*given)
    )
    at = page()
    press(at, "Read every line again")
    assert asked == [False, True]
