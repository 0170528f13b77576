"""Free text of a register: what of it looks like a person, a reference or a phone number, so that
who writes it is asked.
"""

import re

LOOKS = {
    "a phone number": re.compile(r"(?<!\d)(?:\+44|0)(?:[\s-]?\d){9,10}(?!\d)"),
    "an e-mail address": re.compile(r"\b[\w.+-]+@[\w-]+\.\w+"),
    "a reference of a crime or a person": re.compile(
        r"\b(?=[\w/-]*\d{4})(?=[\w/-]*[A-Za-z/])(?!(?:19|20)\d\d/(?:\d\d){1,2}\b)(?!\d\d?/(?:\d\d?/)?(?:19|20)\d\d\b)[A-Za-z\d]+(?:[/-][A-Za-z\d]+)*\b"
    ),
    "a name": re.compile(
        r"\b(?:Mr|Mrs|Ms|Miss|Dr|PC|DC|DS|DI|DCI|Sgt|Insp)\.?\s+[A-Z][a-z]+\b"
        r"|(?<=\bvictim\s)[A-Z][a-z]+\b|(?<=\bsuspect\s)[A-Z][a-z]+\b"
    ),
    "a date of birth": re.compile(r"\b(?:born|dob)\b", re.IGNORECASE),
}


def doubts(text: str) -> list[str]:
    """What of a text looks like somebody, each in words: “07700 900123” looks like a phone
    number.
    """
    found = []
    for kind, pattern in LOOKS.items():
        found += [f"“{match[0].strip()}” looks like {kind}" for match in pattern.finditer(text)]
    return found
