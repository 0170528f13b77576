"""Columns of the formats: how a header is compared, and the columns that several formats have."""

import re
import unicodedata
from functools import lru_cache
from typing import Any

from loaders.contracts import Column


@lru_cache(maxsize=4096)
def header_key(header: str) -> str:
    """A header without case, spacing and punctuation: "Crime  Ref No" is crimerefno."""
    plain = unicodedata.normalize("NFKD", header)
    return re.sub(r"[^a-z0-9]+", "", plain.lower())


def day(name: str, *synonyms: str, required: bool = False, **more: Any) -> Column:
    """A column of days; `is_ahead` where they may be in the future, `not_before` another day."""
    return Column(name=name, synonyms=synonyms, required=required, is_day=True, **more)


def number(name: str, *synonyms: str, required: bool = False, **more: Any) -> Column:
    """A column of numbers, none of them negative; `is_count` where they are whole."""
    return Column(name=name, synonyms=synonyms, required=required, is_number=True, **more)


def count(name: str, *synonyms: str, required: bool = False) -> Column:
    """A column of whole numbers, none of them negative."""
    return number(name, *synonyms, required=required, is_count=True)


def flag(name: str, *synonyms: str) -> Column:
    """A column of yes and no."""
    return Column(name=name, synonyms=synonyms, values="flag")


def text(name: str, *synonyms: str, required: bool = False, **more: Any) -> Column:
    """A column of text, of codes or of numbers; `more` as `Column` has it."""
    return Column(name=name, synonyms=synonyms, required=required, **more)


def free(name: str, *synonyms: str, required: bool = False) -> Column:
    """A column of free text, which may name no person and no case."""
    return Column(name=name, synonyms=synonyms, required=required, is_free=True)


def name(name: str, *synonyms: str, **more: Any) -> Column:
    """A column of names that have one spelling in the store."""
    return Column(name=name, synonyms=synonyms, is_name=True, **more)


def person(name: str, *synonyms: str, required: bool = False) -> Column:
    """A column of ids of persons."""
    return Column(name=name, synonyms=synonyms, required=required, is_person=True)


FORCE = text("force_name", "force", "police force", "force area", "reporting force")
AREA = name(
    "area",
    "local policing area",
    "LPA",
    "LPU",
    "district",
    "BCU",
    "basic command unit",
    "policing area",
    "local policing unit",
    "division",
    "command area",
    ranks=(
        ("area",),
        ("local policing area", "LPA", "policing area"),
        ("LPU", "local policing unit"),
        ("district",),
        ("BCU", "basic command unit", "division", "command area"),
    ),
)
OFFENCES = text("offences", "scope", "offence group")
TEAM = name(
    "team",
    "unit",
    "investigating team",
    "owning team",
    "department",
    "oic team",
    "investigation team",
)
CRIME = text(
    "crime_reference", "crime number", "crime ref", "crime reference number", "crime no", "crime id"
)
OFFENCE = text(
    "offence_code",
    "offence",
    "HO offence code",
    "home office code",
    "HO code",
    "home office offence code",
    "HOCR code",
    "offence class",
    "HO class",
    codes="offence",
    ranks=(  # where a file has the code and the words side by side, the code is read
        (
            "offence code",
            "HO offence code",
            "home office code",
            "HO code",
            "home office offence code",
        ),
        ("HOCR code", "offence class", "HO class"),
        ("offence",),
    ),
)
ABUSE = flag(
    "domestic_abuse",
    "DA flag",
    "domestic abuse flag",
    "DA",
    "domestic",
    "DA marker",
    "domestic abuse marker",
    "domestic abuse indicator",
)
