"""Where the program's own files lie, and where a store lies when nobody says.

From a checkout the store is the checkout's `data/store`. An installed program lies where packages
lie, which is no place for data: there it is `data/store` under the folder that the command is given
in.
"""

import os
import sys
from pathlib import Path

from store.errors import StoreError

ROOT = Path(__file__).parent.parent
OPEN_FILES = Path("/proc/self/fd")  # by which Linux lets a file be read that has no name
IS_CHECKOUT = (ROOT / "pyproject.toml").is_file()


class NotHere(StoreError):
    """What was asked for is not to be had where this program runs."""


def default_store() -> Path:
    """The store's folder where neither `--store` nor VAWG_STORE names one."""
    return (ROOT if IS_CHECKOUT else Path.cwd()) / "data" / "store"


def write_document(name: str, text: str) -> None:
    """Write one of the checkout's own documents.

    Raises NotHere where the program is installed without them, StoreError where it cannot be
    written.
    """
    if not IS_CHECKOUT:
        raise NotHere(f"{name} belongs to a checkout, and this program is installed without one.")
    try:
        (ROOT / name).write_text(text, encoding="utf-8")
    except OSError as problem:
        raise StoreError(
            f"{ROOT / name} cannot be written ({problem.strerror}): run vawg define in a folder "
            "of your own."
        ) from None


def enter() -> None:
    """Go to where `.streamlit/secrets.toml` is looked for: the checkout; installed, the folder that
    the command is given in.
    """
    if IS_CHECKOUT:
        os.chdir(ROOT)


def warning() -> str:
    """What to mind where the system has no files without a name, in a sentence; empty where it has
    them, as Linux does.
    """
    if OPEN_FILES.is_dir():
        return ""
    return (
        "This system has no files without a name: while a load runs, what it unpacks lies in the "
        "store's tmp folder, "
        "closed to other users; after one that was killed, until the next load. The disk has to "
        "be encrypted."
    )


def check_system(platform: str = sys.platform) -> None:
    """Raise NotHere on a system that cannot keep a store as it has to be kept."""
    if platform in ("win32", "cygwin", "emscripten", "wasi"):
        raise NotHere(
            f"vawg does not run on this system ({platform}): a store is closed to other users, "
            "and kept whole when "
            "the power fails, by means that Linux and macOS have. On Windows use WSL or the "
            "container; docs/deploy.md says how."
        )
