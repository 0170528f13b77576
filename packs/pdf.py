"""A pack as PDF: its HTML, printed by a Chromium, where this machine has one."""

import os
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

from packs.make import CannotMake

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PATIENCE = 120  # seconds
QUIET = (
    "--headless",
    "--disable-gpu",
    "--no-first-run",
    "--no-pdf-header-footer",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--host-resolver-rules=MAP * ~NOTFOUND",  # the page asks for nothing, and nothing may leave
)


@cache
def chromium() -> str | None:
    """The browser that prints; None where there is none."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def needed() -> str:
    """The browser that prints. Raises CannotMake where there is none."""
    if (browser := chromium()) is None:
        raise CannotMake(
            "A PDF is printed by Chromium, and there is none on this machine: install it, or make "
            "the pack as .html and print that from a browser."
        )
    return browser


def printed(page: bytes) -> bytes:
    """A page of HTML as PDF, on the paper that its style names. Raises CannotMake."""
    browser = needed()
    with tempfile.TemporaryDirectory() as name:  # of ours alone to read, and gone afterwards
        folder = Path(name)
        (folder / "pack.html").write_bytes(page)
        words = [browser, *QUIET, f"--user-data-dir={folder / 'profile'}"]
        # as root, which a container may be, Chromium does not start otherwise
        words += ["--no-sandbox"] if os.geteuid() == 0 else []
        words += [f"--print-to-pdf={folder / 'pack.pdf'}", (folder / "pack.html").as_uri()]
        try:
            subprocess.run(words, check=True, capture_output=True, timeout=PATIENCE)  # noqa: S603 - no word of it is anybody's but ours
            return (folder / "pack.pdf").read_bytes()
        except (OSError, subprocess.SubprocessError):
            raise CannotMake(
                "Chromium could not print the PDF: make the pack as .html and print that from a "
                "browser."
            ) from None
