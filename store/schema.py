"""The version of what a snapshot stores: a hash of the statements that make and fill its tables.

It hangs on statements alone: a comment or a line break in a query is no reason to make every
store replay its archive.
"""

import hashlib
import re
from functools import cache

import sql

TOKEN = re.compile(r"'(?:[^']|'')*'|--[^\n]*|\s+|[^\s'-]+|-")


@cache
def schema_version() -> str:
    """A short hash; a snapshot made under another one must be made anew to be changed."""
    folders = ("schema", "formats", "loading")
    texts = sorted(
        statements_of(sql.text(f"{folder}/{name}"))
        for folder in folders
        for name in sql.names(folder)
    )
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:12]


def create_tables(con: sql.Connection) -> None:
    """Create every table of a snapshot, empty: one for each file of `sql/schema/`."""
    for name in sql.names("schema"):
        sql.run(con, f"schema/{name}")


def statements_of(text: str) -> str:
    """SQL without its comments, and with one space wherever there was any."""
    tokens: list[str] = []
    for token in TOKEN.findall(text):
        is_gap = token.isspace() or token.startswith("--")
        if not is_gap:
            tokens.append(token)
        elif tokens and tokens[-1] != " ":
            tokens.append(" ")
    return "".join(tokens).strip()
