"""What the subject is called: violence against women and girls, VAWG, or the name that a force has
in its settings (VIAWG, for one). Inside the program, in registers and in files it is always VAWG.
"""

import re
from pathlib import Path

from store import settings
from store.cache import MEMORY

SUBJECT = "VAWG"
_now = [SUBJECT]  # of this process, which answers for one store


def call_as_set(folder: Path) -> None:
    """Call the subject as the settings of the store in `folder` say, from now on. Raises
    WrongSetting.
    """
    name = settings.of(folder).subject_name
    if name != _now[0]:
        _now[0] = name
        MEMORY.forget()  # what was worked out may hold words


def subject() -> str:
    """The name that is set."""
    return _now[0]


def named(text: str) -> str:
    """A text of ours as it is read here: the subject by the name that is set."""
    return text if _now[0] == SUBJECT else re.sub(rf"\b{SUBJECT}\b", lambda _: _now[0], text)
