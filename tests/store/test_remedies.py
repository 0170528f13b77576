"""Each surface words every remedy, the command line by its options and the pages without them."""

import re
from pathlib import Path
from typing import get_args

import pytest

from cli import remedies as command_line
from store.remedies import Remedy, RemedyKind
from views.parts import load_wording as pages

ROOT = Path(__file__).parent.parent.parent
KINDS = get_args(RemedyKind)


@pytest.mark.parametrize("kind", KINDS)
def test_both_surfaces_word_it(kind: RemedyKind) -> None:
    remedy = Remedy(kind, field="recorded_on", label="Date", value="3")
    said = command_line.with_remedy("Something is wrong.", remedy)
    shown = pages.with_remedy("Something is wrong.", remedy)
    for words in (said, shown):
        assert words.startswith("Something is wrong. "), words
        assert "{" not in words, words
        assert words.endswith("."), words
    assert not re.search(r"--|vawg (?!rebuild)", shown), "a page names no option"


def test_every_remedy_is_given_somewhere() -> None:
    program = "".join(
        path.read_text(encoding="utf-8")
        for room in ("loaders", "metrics", "store")
        for path in (ROOT / room).rglob("*.py")
        if path.name != "remedies.py"
    )
    listed = (ROOT / "data" / "reference" / "problem.csv").read_text(encoding="utf-8")
    assert [
        kind for kind in KINDS if f'Remedy("{kind}"' not in program and f",{kind}" not in listed
    ] == []


def test_no_sentence_of_ours_names_a_surface() -> None:
    listed = (ROOT / "data" / "reference" / "problem.csv").read_text(encoding="utf-8")
    assert not re.search(r"--[a-z]|vawg ", listed)
    for room in ("loaders/reading", "loaders/formats", "loaders/labels"):
        for path in (ROOT / room).rglob("*.py"):
            assert not re.search(r"[\"' ]--[a-z]", path.read_text(encoding="utf-8")), path
