"""Names whose UTF-8 was read as Windows-1252, once or more often: "MÃ´n" is Môn."""

import sql
from sql import Connection

MOST_TIMES = 3  # that a name has gone through the wrong encoding


def repair(con: Connection, fields: list[str]) -> None:
    """Put what each garbled name in these columns of `work.arrival` says into
    `work.repaired_name`.
    """
    con.execute("create or replace table work.repaired_name (sent varchar, repaired varchar)")
    for field in fields:
        for (sent,) in sql.run(con, "loading/garbled_names", field=field).fetchall():
            if (right := repaired(sent)) != sent:
                sql.run(con, "loading/insert_repaired_name", sent=sent, repaired=right)


def repaired(name: str) -> str:
    """A name as it was before it was read in the wrong encoding; as it is where it was not."""
    for _ in range(MOST_TIMES):
        try:
            sent = b"".join(map(_byte, name)).decode("utf-8")
        except UnicodeError:
            return name
        if sent == name:
            return name
        name = sent
    return name


def _byte(letter: str) -> bytes:
    """The byte that a letter was read from: Latin-1, and what Windows-1252 has beside it."""
    return bytes([ord(letter)]) if ord(letter) < 256 else letter.encode("cp1252")
