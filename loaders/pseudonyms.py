"""The key under which the ids of persons are hashed: made with the first load, in the store's
folder or VAWG_KEY and nowhere else.

Without it a hash cannot be traced to an id by trying all ids; with another one the same person
would be another person.
"""

import hmac
import os
import secrets

from loaders.errors import KeyMissing
from loaders.ledger import Ledger
from sql import Connection
from store.files import put_in_place

SIZE = 32  # bytes
VARIABLE = "VAWG_KEY"


class PersonKey:
    """The key of one store, looked for when it is first used; a new one is kept only if `keep` is
    called, under the writer's lock.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._path = ledger.store.folder / "key"
        self._key: bytes | None = None
        self._is_new = False

    @property
    def mark(self) -> str | None:
        """What tells this key from another in the ledger, and tells nothing else of it; None before
        it is used.
        """
        return (
            hmac.digest(self._key, b"the mark of a vawg key", "sha256").hex()[:8]
            if self._key
            else None
        )

    def check(self) -> None:
        """Raises KeyMissing where ids were hashed and the key is not there, or is another one."""
        if self._ledger.key_marks():
            self._find()

    def use(self, con: Connection) -> None:
        """Bind the key to a connection, for `pseudonym` to find. Raises KeyMissing."""
        self._find()
        con.execute("set variable person_key = $1", [self._key])

    def _find(self) -> None:
        if self._key is None:
            found = self._found()
            self._key = found or secrets.token_bytes(SIZE)
            self._is_new = found is None
            known = self._ledger.key_marks()
            if self._is_new and known:
                raise KeyMissing(
                    f"The key of this store is missing, the file {self._path}, under which the "
                    "ids of persons in it were hashed: "
                    f"restore it from the backup, or give it in {VARIABLE}, for under a new one "
                    "each person would be another."
                )
            if known - {self.mark}:
                raise KeyMissing(
                    f"The key in {VARIABLE if os.environ.get(VARIABLE) else self._path} is not "
                    "the one under which the ids of persons "
                    "in this store were hashed: restore that one from the backup."
                )

    def keep(self) -> None:
        """Write a key that was made just now beside the snapshots, whole or not at all.

        Only under the writer's lock.
        """
        if self._key is None or not self._is_new:
            return
        put_in_place(self._path, self._key)
        self._is_new = False

    def _found(self) -> bytes | None:
        """The key as given or kept; None where there is none yet."""
        given = os.environ.get(VARIABLE)
        if given:
            try:
                key = bytes.fromhex(given)
            except ValueError:
                key = b""
        elif self._path.is_file():
            key = self._path.read_bytes()
        else:
            return None
        if len(key) != SIZE:
            kept = f"{VARIABLE} does not hold a key: it takes {2 * SIZE} hexadecimal digits"
            raise KeyMissing(
                f"{kept}."
                if given
                else f"{self._path} is not a key of {SIZE} bytes any more: restore it from the "
                "backup."
            )
        return key
