"""Acknowledgements in the audit record: by whom and why, of what they were
shown, while it stays.
"""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from store import audit
from store.audit_check import acknowledge, faults_of, look
from store.errors import StoreError
from tests.store.test_audit import filled
from tests.store.test_audit_lost import folder, more, unseen

__all__ = ["folder", "unseen"]


def test_what_an_acknowledgement_settled_comes_up_again_if_it_is_changed(folder: Path) -> None:
    path = filled(folder)
    path.write_text("".join(path.read_text().splitlines(keepends=True)[:3]))
    acknowledge(folder, "Ada", "the disk was full", faults_of(folder))
    more(folder)
    assert faults_of(folder) == []
    whole = path.read_text()
    for text in (whole.replace("page 1", "page 8"), "".join(whole.splitlines(keepends=True)[1:])):
        path.write_text(text)
        assert any(
            "What Ada acknowledged in number 7 is not as it was then" in words
            for words in faults_of(folder)
        )
        assert look(folder).faults == faults_of(folder)
    path.write_text(whole)
    assert look(folder).faults == faults_of(folder) == []
    rows = whole.splitlines(keepends=True)
    path.write_text("".join(row for row in rows if '"acknowledgement"' not in row))
    assert any("its end was cut off" in words for words in faults_of(folder))


def test_an_acknowledgement_says_why_and_settles_only_what_was_shown(folder: Path) -> None:
    path = filled(folder)
    with pytest.raises(StoreError, match="there is nothing"):
        acknowledge(folder, "Ada", "why not", [])
    path.write_text(path.read_text().replace("page 1", "page 8"))
    shown = faults_of(folder)
    with pytest.raises(StoreError, match="say in a few words"):
        acknowledge(folder, "Ada", " - ", shown)
    path.write_text(path.read_text().replace("page 2", "page 8"))
    with pytest.raises(StoreError, match="more was found"):
        acknowledge(folder, "Ada", "a test", shown)
    assert len(faults_of(folder)) == 2
    sealed = acknowledge(folder, "Ada", "a test", faults_of(folder))
    assert (sealed.kind, sealed.who, sealed.what, sealed.number) == (
        "acknowledgement",
        "Ada",
        "a test",
        6,
    )
    assert faults_of(folder) == []


def test_of_two_who_acknowledge_at_once_one_does(folder: Path) -> None:
    path = filled(folder)
    path.write_text(path.read_text().replace("page 1", "page 8"))
    shown = faults_of(folder)

    def said(who: str) -> str:
        try:
            return acknowledge(folder, who, "a test", shown).kind
        except StoreError as problem:
            return str(problem)

    with ThreadPoolExecutor(4) as administrators:
        answers = sorted(administrators.map(said, ("Ada", "Ben", "Cas", "Dee")))
    assert answers == [
        *["Not acknowledged: there is nothing that could be."] * 3,
        audit.ACKNOWLEDGEMENT,
    ]
    assert faults_of(folder) == []


def test_thirty_thousand_faults_are_told_in_a_few_sentences_and_settled_by_one_line(
    folder: Path,
) -> None:
    path = filled(folder, 2)
    path.write_bytes(path.read_bytes() + b"no line\n" * 30_000)
    found = faults_of(folder)
    assert found[-1] == "And 29,800 more like these."
    acknowledge(folder, "Ada", "a disk went bad", found)
    assert faults_of(folder) == []
