"""Upload limits, kept while bytes arrive, and the owner of each upload.

Streamlit holds uploads whole in memory, takes any number of them at once, and any session's for
anybody who knows its id. Here each one is reserved before its first byte is read, so that those
that arrive together are counted together; and only the person who opened a session may put files
into it or take them out.
"""

from collections import Counter
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

import streamlit as st
from starlette.exceptions import HTTPException
from starlette.types import Message, Receive
from streamlit import config

from web.sign_in import Person, of_claims

PERSON_SHARE, SERVER_SHARE = 1, 2  # times server.maxUploadSize, held at the same time
STEP = 1 << 20  # bytes by which an upload of unknown length is reserved
TOO_MUCH = (
    "Your uploads would be more than {} MB at once. Remove one of them, or wait until a "
    "load is in.\n"
)
FULL = "Other uploads fill the server just now. Try again in a few minutes.\n"
FOREIGN = "This is not a page of yours: open the Data page again, and choose the file there.\n"
Key = tuple[str, str]  # of a session and of a file in it


@dataclass(eq=False)
class Upload:
    """One upload on its way: into which session and file, whose, and how many bytes of it have
    come.
    """

    key: Key
    subject: str
    arrived: int = 0


@dataclass
class Quota:
    """The bytes that uploads take, of each person and in all: those held and those on their way."""

    coming: dict[Upload, int] = field(default_factory=dict)  # with what is reserved for each
    owners: dict[str, str] = field(default_factory=dict)  # the person of each session
    lock: Lock = field(default_factory=Lock)

    def reserve(self, upload: Upload, size: int) -> str:
        """Reserve `size` bytes in all for an upload; empty if there is room, else why there is
        none.
        """
        limit = int(config.get_option("server.maxUploadSize")) << 20
        with self.lock:
            self.owners[upload.key[0]] = upload.subject
            taken = self._taken({**self.coming, upload: size})
            mine = sum(bytes_ for key, bytes_ in taken.items() if self._is_of(key, upload.subject))
            if mine > PERSON_SHARE * limit:
                return TOO_MUCH.format(PERSON_SHARE * limit >> 20)
            if sum(taken.values()) > SERVER_SHARE * limit:
                return FULL
            self.coming[upload] = size
        return ""

    def release(self, upload: Upload) -> None:
        """An upload is over: what came of it is held, or is gone."""
        with self.lock:
            self.coming.pop(upload, None)
            known = {session for session, _ in self._taken(self.coming)}
            self.owners = {session: who for session, who in self.owners.items() if session in known}

    def counted(self, upload: Upload, receive: Receive) -> Receive:
        """`receive`, which ends an upload that grows beyond what there is room for."""

        async def received() -> Message:
            message = await receive()
            upload.arrived += len(message.get("body", b""))
            if upload.arrived > self.coming.get(upload, 0) and (
                refusal := self.reserve(upload, upload.arrived + STEP)
            ):
                raise HTTPException(413, refusal)
            return message

        return received

    def _taken(self, coming: dict[Upload, int]) -> dict[Key, int]:
        """The bytes of each file: what is held and what is to take its place, whichever is more."""
        arriving: Counter[Key] = Counter()
        for upload, size in coming.items():
            arriving[upload.key] += size
        stored = held()
        return {key: max(stored.get(key, 0), arriving[key]) for key in {*stored, *arriving}}

    def _is_of(self, key: Key, subject: str) -> bool:
        return self.owners.get(key[0]) == subject


def key_of(path: str) -> Key:
    """The session and the file that an upload's address names; empty where it names none."""
    parts = path.split("/")
    return (parts[3], parts[4]) if len(parts) == 5 else ("", "")


def is_theirs(key: Key, person: Person) -> bool:
    """Was this session opened by this person? Nobody's where it is closed or unknown."""
    session: Any = st.runtime.get_instance().get_app_session(key[0])
    if session is None or not person.subject:
        return False
    return of_claims(dict(session._user_info)).subject == person.subject


def held() -> dict[Key, int]:
    """The bytes of each upload that this server holds in memory."""
    storage = _manager().file_storage
    return {
        (session, name): len(file.data)
        for session, files in list(storage.items())
        for name, file in list(files.items())
    }


def let_go(files: list[Any]) -> None:
    """Free the uploads of this page that were loaded: Streamlit would keep
    them as long as the tab.
    """
    context = st.runtime.scriptrunner.get_script_run_ctx()
    if context is not None:
        for file in files:
            _manager().remove_file(context.session_id, file.file_id)


def _manager() -> Any:
    """Streamlit's store of uploads, whose type does not say what it has."""
    return st.runtime.get_instance().uploaded_file_mgr


QUOTA = Quota()
