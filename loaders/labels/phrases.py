"""Reader of labels: the facts that a label states, and the code that they make together, from
label_phrase.csv and label_meaning.csv.

A label is known by itself only where every word of it is part of a phrase and the facts make up one
code; a word too many or too few (a "not", a second fact, a word of which nothing is known) leaves
it to a person, with a code proposed and the reason.
"""

import csv
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from loaders.contracts import CodeProposal
from store.writer import REFERENCE

LONGEST = 300  # characters; a longer cell is no label
# words that carry no meaning of their own in a label, wherever they stand
SILENT = frozenset(
    [
        "the",
        "a",
        "an",
        "is",
        "are",
        "has",
        "have",
        "been",
        "was",
        "were",
        "but",
        "or",
        "and",
        "of",
        "that",
        "being",
    ]
)
NOISE, REVERSING = "noise", "reversing"
DENYING = frozenset({REVERSING, "nfa", "waiting"})  # facts beside which a charge is none
CHARGED = frozenset({"1", "1A", "2", "2A", "3", "3A", "found guilty", "guilty plea"})


@dataclass(frozen=True)
class Meaning:
    """A code, the facts that make it up, those that may stand beside them, and whether that is its
    whole meaning.
    """

    code: str
    needs: frozenset[str]
    allows: frozenset[str]
    is_whole: bool
    reason: str

    def is_met(self, facts: frozenset[str]) -> bool:
        """Are these facts this code's, and none beside them another's?"""
        return self.needs <= facts <= self.needs | self.allows


@dataclass(frozen=True)
class Lexicon:
    """The phrases and meanings of one kind of label."""

    folds: dict[str, tuple[str, ...]]  # a word → the word or words that it stands for
    phrases: dict[tuple[str, ...], frozenset[str]]  # words → the facts that they state
    longest: int
    meanings: tuple[Meaning, ...]

    def words(self, label: str) -> tuple[str, ...]:
        """The words of a label that carry meaning, each in its one form."""
        return tuple(
            word
            for plain in plain_words(label)
            for word in self.folds.get(plain, (plain,))
            if word not in SILENT
        )

    def facts(self, label: str) -> tuple[frozenset[str], tuple[str, ...]]:
        """The facts that a label states, and its words that no phrase has."""
        words = self.words(label)
        found: set[str] = set()
        left = []
        at = 0
        while at < len(words):
            size = next(
                (
                    size
                    for size in range(min(self.longest, len(words) - at), 0, -1)
                    if words[at : at + size] in self.phrases
                ),
                0,
            )
            if size:
                found |= self.phrases[words[at : at + size]]
            else:
                left.append(words[at])
            at += size or 1
        return frozenset(found - {NOISE}), tuple(left)

    def read(self, label: str) -> str | None:
        """The code of a label that says one thing whole; None for every other."""
        if len(label) > LONGEST:
            return None
        facts, left = self.facts(label)
        met = [meaning for meaning in self.meanings if meaning.is_whole and meaning.is_met(facts)]
        most = max((len(meaning.needs) for meaning in met), default=0)
        codes = {meaning.code for meaning in met if len(meaning.needs) == most}
        return codes.pop() if len(codes) == 1 and not left else None

    def is_consistent(self, code: str, label: str) -> bool:
        """Does a label say nothing but facts that may stand beside a code?"""
        facts, left = self.facts(label[:LONGEST])
        spans = [
            meaning.needs | meaning.allows for meaning in self.meanings if meaning.code == code
        ]
        return not left and any(facts <= span for span in spans)

    def turns_round(self, label: str) -> bool:
        """Has a label a word that may turn round what the rest of it says?"""
        return bool(self.facts(label[:LONGEST])[0] & DENYING)

    def propose(self, label: str) -> CodeProposal:
        """The likeliest code of a label that is not known by itself, and why."""
        facts, left = self.facts(label[:LONGEST])
        if REVERSING in facts:
            return CodeProposal(
                code=None, certainty="none", reason="a word in it may turn round what the rest says"
            )
        for meaning in self.meanings:
            if meaning.is_met(facts):
                beside = f"; what {left[0]!r} adds is not known" if left else ""
                is_likely = meaning.is_whole and not (left and meaning.code in CHARGED)
                return CodeProposal(
                    code=meaning.code,
                    certainty="likely" if is_likely else "guess",
                    reason=meaning.reason + beside,
                )
        for meaning in self.meanings:
            if meaning.needs <= facts and meaning.code not in CHARGED:
                return CodeProposal(
                    code=meaning.code,
                    certainty="guess",
                    reason=f"{meaning.reason}; it says something else beside it",
                )
        return CodeProposal(
            code=None, certainty="none", reason="it says nothing that is known here"
        )


def plain_words(label: str) -> Iterator[str]:
    """The words of a text without case, accents and punctuation; "doesn't" and
    "&" are written out.
    """
    text = unicodedata.normalize("NFKD", label).casefold().replace("’", "'").replace("&", " and ")
    text = re.sub(
        r"(?<=\w)n't\b", " not", text.replace("can't", "can not").replace("won't", "will not")
    )
    yield from re.findall(r"[a-z0-9]+", text.replace("'", ""))


@cache
def lexicon(kind: str) -> Lexicon:
    """The lexicon of one list of label_phrase.csv and label_meaning.csv."""
    rows = list(_rows("label_phrase.csv", kind))
    folds = {
        row["phrase"].lower(): tuple(row["fact"][2:].split())
        for row in rows
        if row["fact"].startswith("= ")
    }
    bare = Lexicon(folds, {}, 0, ())
    phrases: dict[tuple[str, ...], frozenset[str]] = {}
    for row in rows:
        if not row["fact"].startswith("= "):
            phrases.setdefault(bare.words(row["phrase"]), frozenset(row["fact"].split()))
    meanings = tuple(
        Meaning(
            row["code"],
            frozenset(row["needs"].split()),
            frozenset(row["allows"].split()),
            row["is_whole"] == "yes",
            row["reason"],
        )
        for row in _rows("label_meaning.csv", kind)
    )
    return Lexicon(folds, phrases, max(map(len, phrases)), meanings)


def read_word(kind: str, label: str) -> str | None:
    """The word of one of our own lists (results, decisions, kinds of order) that a label says
    whole.
    """
    return lexicon(kind).read(label)


def propose_word(kind: str, label: str) -> CodeProposal:
    """The word of one of our own lists that a label is likely to mean."""
    if word := read_word(kind, label):
        return CodeProposal(code=word, certainty="certain", reason=f"it says {word}")
    return lexicon(kind).propose(label)


def _rows(file: str, kind: str) -> Iterator[dict[str, str]]:
    with (REFERENCE / file).open(encoding="utf-8", newline="") as text:
        yield from (row for row in csv.DictReader(text) if row["list"] == kind)
