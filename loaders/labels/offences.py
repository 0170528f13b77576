"""Offence class of a cell: a class, a subcode or a label, alone or together, with its statute or
without; else a proposal.
"""

import csv
import re
from collections.abc import Iterator
from functools import cache

from loaders.contracts import CodeProposal
from loaders.labels.phrases import LONGEST, lexicon
from store.writer import REFERENCE

CODE = r"(?:0*\d{1,3}\s?/\s?\d{1,2}|0*\d{1,3}(?:\.\d{1,2})?[A-Z]?|[A-Z]{2}\d{5,6}[A-Z]?)"
ALONE = re.compile(rf"\s*(?:HO\s*|class\s*|code\s*)?({CODE})\s*", re.IGNORECASE)
BEFORE = re.compile(
    rf"\s*(?:HO\s*|class\s*|code\s*)?({CODE})(?![\w/.])\s*([-–—:.)|]*)\s*(\(?[A-Z].*[A-Z].*)",
    re.IGNORECASE | re.DOTALL,
)
BEHIND = re.compile(
    rf"(.*[A-Z].*?)\s*[-–—:(\[]\s*(?:HO\s*|class\s*|code\s*)?({CODE})\s*[)\]]?\s*",
    re.IGNORECASE | re.DOTALL,
)
# as the Home Office writes class and subcode together, 00856 for 8/56; without its zeros, as a
# spreadsheet leaves it, it is proposed
TOGETHER = re.compile(r"\s*(\d{3})(\d\d)\s*")
WITHOUT_ZEROS = re.compile(r"\s*([1-9]\d{0,1})(\d\d)(?:\.0+)?\s*")
OFFENDERS = re.compile(r"\s*single offenders?\s*[:-]?\s*", re.IGNORECASE)
SECTION = r"(?i:sections?|secs?|ss?)\.?\s*\d+\w*(?:\s*\(\w+\))*"
ACT = (
    r"(?:(?:[A-Z][\w',&]*\s+)(?:[\w',&()/]+\s+){0,9}?Act\s+(?:of\s+)?\d{4}"
    r"|[A-Z]{2,6}\s+(?:18|19|20)\d{2}|common law)"
)
STATUTE = re.compile(
    rf"\s*[-–—,:(\[]+\s*(?:(?i:contrary to)\s+)?(?:{SECTION}\W+(?:of\s+)?(?:the\s+)?)?{ACT}.*$"
    rf"|\s*[-–—(\[]+\s*{SECTION}\W*(?:[A-Z]{{2,6}}\b.*)?$"
)
# of a code of the Criminal Justice System: its Act and year
ACTS = {"PH97": "8L", "SX03": "88", "OF61": "8N", "SC15": "008/67"}


def read_offence(cell: str) -> str | None:
    """The offence class of a cell that says it; None where a person must say it."""
    if len(cell) > LONGEST:
        return None
    alone, together = ALONE.fullmatch(cell), TOGETHER.fullmatch(cell)
    if together:
        codes = [f"{together[1]}/{together[2]}", *([alone[1]] if alone else [])]
        signs = {sign for code in codes if (sign := _class_of(code))}
        return signs.pop() if len(signs) == 1 else None
    if alone:
        return _class_of(alone[1])
    for found, code, mark in _codes_in(cell):
        if (sign := _class_of(code)) and (mark or not code.isdigit()) and found:
            return sign
    bare = without_statute(cell)
    return (
        _wordings().get(_key(cell)) or _wordings().get(_key(bare)) or lexicon("offence").read(bare)
    )


def propose_offence(cell: str) -> CodeProposal:
    """The class that a cell means, or is likely to mean, with the reason and how sure that is."""
    if sign := read_offence(cell):
        return CodeProposal(code=sign, certainty="certain", reason=f"it says {sign}")
    short = WITHOUT_ZEROS.fullmatch(cell)
    if short and (sign := _class_of(f"{short[1]}/{short[2]}")):
        reason = f"{short[1]}/{short[2]} without its stroke and zeros"
        return CodeProposal(code=sign, certainty="likely", reason=reason)
    for act, sign in ACTS.items():
        if re.search(rf"\b{act}\d", cell, re.IGNORECASE):
            return CodeProposal(
                code=sign,
                certainty="guess",
                reason=f"a court's code of the Act {act}, and not of which section",
            )
    return lexicon("offence").propose(without_statute(cell))


def without_statute(cell: str) -> str:
    """A label without "Single Offender:" before it and the Act and section behind it."""
    return STATUTE.sub("", OFFENDERS.sub("", cell, count=1)).strip(" .")


def _codes_in(cell: str) -> Iterator[tuple[re.Match[str], str, str]]:
    """A code before or behind words, with the mark between them."""
    if found := BEFORE.fullmatch(cell):
        yield found, found[1], found[2]
    if found := BEHIND.fullmatch(cell):
        yield found, found[2], "-"


def _class_of(code: str) -> str | None:
    plain = re.sub(r"(^|/)0+(?=\d)", r"\1", re.sub(r"\s", "", code).upper())
    return _classes().get(plain) or _classes().get(
        re.sub(r"/.*", "/*", plain) if "/" in plain else ""
    )


@cache
def _classes() -> dict[str, str]:
    """Classes, subcodes and codes of courts, without their leading zeros; `19/*` is any subcode of
    19.
    """
    found = {}
    for label, sign in _rows():
        if re.fullmatch(rf"{CODE}|\d{{1,3}}/\*", label, re.IGNORECASE):
            found[re.sub(r"(^|/)0+(?=\d)", r"\1", label.upper())] = sign
    return found


@cache
def _wordings() -> dict[tuple[str, ...], str]:
    """The known wordings by their words; the first that has a key keeps it."""
    found: dict[tuple[str, ...], str] = {}
    for label, sign in _rows():
        found.setdefault(_key(label), sign)
    return found


def _key(text: str) -> tuple[str, ...]:
    return lexicon("offence").words(text)


def _rows() -> Iterator[tuple[str, str]]:
    for file, label in (
        ("offence.csv", "offence_class"),
        ("offence.csv", "description"),
        ("offence_label.csv", "label"),
    ):
        with (REFERENCE / file).open(encoding="utf-8", newline="") as text:
            yield from ((row[label], row["offence_class"]) for row in csv.DictReader(text))
