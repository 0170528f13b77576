"""Outcome of a label: a code before or behind it, a published wording, or the facts that it states
whole; else a proposal.

Nothing is mapped silently on less than the whole meaning: "victim supports" and "victim does not
support", "suspect identified" and "suspect not identified" are one word apart and three outcomes.
"""

import csv
import re
from functools import cache

from loaders.contracts import CodeProposal
from loaders.labels.phrases import CHARGED, lexicon
from loaders.value_lists import word_before_detail
from store.writer import REFERENCE

KEYWORD = r"(?:crime\s+|ho\s+|home\s+office\s+)?(?:outcome|o[/.]?c\.?|type|disposal|code|t)"
PREFIX = rf"(?:{KEYWORD}\s*(?:type|code|no\.?|number)?\s*[:#.-]?\s*)"
CODE = r"0*(\d{1,2})([a-z]?)"
ALONE = re.compile(rf"\s*{PREFIX}?{CODE}(?:\.0+)?\s*\.?\s*", re.IGNORECASE)
BEFORE = re.compile(
    rf"\s*({PREFIX}?){CODE}(?![\w/])\s*([-–—:.)(|,]*)\s*(.*)", re.IGNORECASE | re.DOTALL
)
BEHIND = re.compile(
    rf"(.*?)\s*[-–—:(\[,]\s*({PREFIX}?){CODE}\s*[)\]]?\s*", re.IGNORECASE | re.DOTALL
)
# what follows a number that is no code: a month, a length, a second number
LENGTH = re.compile(
    r"\W*(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec|month|mth|week|wk|day|hour|hr|year|yr|yo|min|am|pm|or|and|to|of)(?:s|uary|ruary|ch|il|e|y|ust|ember|ober|utes?)?\b",
    re.IGNORECASE,
)
ENUMERATED = re.compile(r"^\s*[a-z][.)]\s+(?=\w)", re.IGNORECASE)
# a letter behind 1, 2 or 3 may be an alternate offence; behind a later number it only divides it
# (15A, 15B)
SPLIT_FROM = 4
CHARGES = frozenset({"1", "1A"})


def read_outcome(label: str) -> str | None:
    """The code of a label that says it whole; None where a person must say it."""
    text = ENUMERATED.sub("", label)
    return (
        _code_alone(text)
        or _wordings().get(_key(text))
        or _code_before(text)
        or _code_behind(text)
        or lexicon("outcome").read(text)
        or word_before_detail("crime_status", text)
    )


def propose_outcome(label: str) -> CodeProposal:
    """The code that a label means, or is likely to mean, with the reason and how sure that is."""
    if code := read_outcome(label):
        return CodeProposal(code=code, certainty="certain", reason=f"it says outcome {code}")
    if found := ALONE.fullmatch(label):
        number = str(int(found[1]))
        if number in _codes() and found[2]:
            return CodeProposal(
                code=number,
                certainty="guess",
                reason=f"no list has a {number}{found[2].upper()}: a part of {number}",
            )
        return CodeProposal(code=None, certainty="none", reason=f"there is no outcome {number}")
    return lexicon("outcome").propose(ENUMERATED.sub("", label))


def propose_status(label: str) -> CodeProposal:
    """Why a status is asked about: what it means a person must say."""
    return CodeProposal(
        code=None,
        certainty="none",
        reason=f"{label!r} may say that the crime does not count",
    )


def _code_alone(text: str) -> str | None:
    found = ALONE.fullmatch(text)
    return _code(found[1], found[2]) if found else None


def _code_before(text: str) -> str | None:
    """A code before its label beats it ("21 - Evidential difficulties"), but for a charge that the
    label denies, and where the label is whole another's and one is a charge ("18 - Charged").

    Without a mark between them, or a word such as "Type", the label must agree with it: "1
    Charge/Summons", and not "2 defendants".
    """
    found = BEFORE.fullmatch(text)
    code = _code(found[2], found[3]) if found else None
    if (
        found is None
        or code is None
        or not re.match(r"\W*[a-z].*[a-z]", found[5], re.IGNORECASE)
        or LENGTH.match(found[5])
    ):
        return None
    if code in CHARGED and lexicon("outcome").turns_round(found[5]):
        return None
    if _is_of_another_kind(code, found[5]):
        return None
    return code if found[1] or found[4] or _agrees(code, found[5]) else None


def _is_of_another_kind(code: str, words: str) -> bool:
    """Do the words beside a code say another one whole, of which one is a charge?"""
    said = lexicon("outcome").read(words)
    return said is not None and (said in CHARGES) != (code in CHARGES)


def _code_behind(text: str) -> str | None:
    """A code behind words that agree with it: "Victim based - 16", "no suspect
    identified (OC18)".
    """
    found = BEHIND.fullmatch(text)
    code = _code(found[3], found[4]) if found else None
    return (
        code
        if found
        and code
        and re.search(r"[a-z]{2}", found[1], re.IGNORECASE)
        and _agrees(code, found[1])
        else None
    )


def _agrees(code: str, words: str) -> bool:
    """Do words say what a code says, or nothing against it?"""
    return _wordings().get(_key(words)) == code or lexicon("outcome").is_consistent(code, words)


def _code(number: str, letter: str) -> str | None:
    """The outcome of a number and a letter: 1A is one of its own, 15B is a part of 15."""
    code = f"{int(number)}{letter.upper()}"
    if code in _codes():
        return code
    return (
        str(int(number))
        if letter.upper() in "ABCD" and int(number) >= SPLIT_FROM and str(int(number)) in _codes()
        else None
    )


@cache
def _codes() -> frozenset[str]:
    with (REFERENCE / "outcome.csv").open(encoding="utf-8", newline="") as text:
        return frozenset(
            row["outcome_code"] for row in csv.DictReader(text) if row["outcome_code"][0].isdigit()
        )


@cache
def _wordings() -> dict[tuple[str, ...], str]:
    """The published wordings by their words: case, dashes, ampersands, plurals and articles are no
    difference.
    """
    with (REFERENCE / "outcome_label.csv").open(encoding="utf-8", newline="") as text:
        return {_key(row["label"]): row["outcome_code"] for row in csv.DictReader(text)}


def _key(text: str) -> tuple[str, ...]:
    return lexicon("outcome").words(text)
