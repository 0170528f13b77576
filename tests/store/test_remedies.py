"""Each surface words every remedy, the command line by its options and the pages without them."""

import pickle
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from cli import remedies as command_line
from loaders import errors as of_loads
from store import errors as of_stores
from store.remedies import Refusal, Remedy, RemedyKind
from views.parts import load_wording as pages

ROOT = Path(__file__).parent.parent.parent
KINDS = get_args(RemedyKind)


def refusals() -> Iterator[type[Refusal]]:
    """Every kind of refusal that a load or a store can end in."""
    for module in (of_loads, of_stores):
        found = [one for one in vars(module).values() if isinstance(one, type)]
        yield from (one for one in found if issubclass(one, Refusal))


@pytest.mark.parametrize("kind", sorted({*refusals()}, key=lambda one: one.__name__))
def test_a_refusal_comes_back_from_a_worker_as_it_went(kind: type[Refusal]) -> None:
    """A page has its loads done by another process: what that cannot hand over is a crash."""
    sent = kind("Something is wrong.")
    sent.remedy = Remedy("yes")
    came = pickle.loads(pickle.dumps(sent))
    assert type(came) is kind and str(came) == "Something is wrong." and vars(came) == vars(sent)


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
