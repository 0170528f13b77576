"""What the subject is called: violence against women and girls, VAWG, or the name that a force has
in its settings (VIAWG, for one). Inside the program, in registers and in files it is always VAWG.
"""

import re
from pathlib import Path

from store import settings
from store.cache import MEMORY

SUBJECT = "VAWG"
_now: list[str] = []  # the name that was set, of this process, which answers for one store


def call_as_set(folder: Path) -> None:
    """Call the subject as the settings of the store in `folder` say, from now on. Raises
    WrongSetting.
    """
    name = settings.of(folder).subject_name
    if _now and _now != [name]:
        MEMORY.forget()  # what was worked out may hold words
    _now[:] = [name]


def subject() -> str:
    """The name that is set."""
    return _now[0] if _now else SUBJECT


def named(text: str, name: str = "") -> str:
    """A text of ours with the subject called `name`, by default as it is called here."""
    called = name or subject()
    return text if called == SUBJECT else re.sub(rf"\b{SUBJECT}\b", lambda _: called, text)
