"""Files to take away: an address gives its file to the person it was made for, while they may have
it, and to nobody else.
"""

import secrets
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from web.sign_in import Person

MOST_FILES, MOST_BYTES = 5000, 256 << 20
_files: "OrderedDict[str, File]" = OrderedDict()
_tokens: dict[tuple[str, str, str], str] = {}
_lock = Lock()


@dataclass(frozen=True)
class File:
    """A file to take away: whose, under which deed it may be had, a mark of what is in it, and from
    which page and snapshot it came.
    """

    subject: str
    deed: str
    name: str
    mark: str
    content: str | bytes | Callable[[], str | bytes]
    page: str = ""
    snapshot: int | None = None

    @property
    def key(self) -> tuple[str, str, str]:
        """The same file offered again to the same person has the same address."""
        return self.subject, f"{self.deed} {self.name}", self.mark

    @property
    def weight(self) -> int:
        """The memory that it takes; none where it is made only once it is taken."""
        return 0 if callable(self.content) else len(self.content)

    def made(self) -> bytes:
        """What is in it. Raises StoreError where what it is made of is gone."""
        content = self.content() if callable(self.content) else self.content
        return content if isinstance(content, bytes) else f"\ufeff{content}".encode()


def offer(file: File) -> str:
    """The token under which a file can be had from this server; kept until newer files need its
    room.
    """
    with _lock:
        token = _tokens.get(file.key)
        if token is None:
            token = _tokens[file.key] = secrets.token_urlsafe(24)
        _files[token] = file
        _files.move_to_end(token)
        while len(_files) > MOST_FILES or (
            len(_files) > 1 and sum(one.weight for one in _files.values()) > MOST_BYTES
        ):
            _, old = _files.popitem(last=False)
            _tokens.pop(old.key, None)
    return token


def take(token: str, person: Person) -> File | None:
    """The file, if it was offered to this person and they may still have it."""
    with _lock:
        file = _files.get(token)
    return (
        file
        if file is not None and file.subject == person.subject and person.may(file.deed)
        else None
    )
