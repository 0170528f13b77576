"""The command line in this process: what `vawg` would print, without two thirds of a second for a
new Python. That the program itself ends so is asked of a process of its own (`test_the_program_itself_ends_so`).
"""

import contextlib
import io
import sys
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import cli


@dataclass(frozen=True)
class Done:
    """What a verb printed, and how it ended."""

    stdout: str
    stderr: str
    returncode: int


def vawg(store: Path, *words: str, code: int = 0) -> Done:
    """Run a verb on a store; it must end with `code`, and never with a traceback."""
    with_store = ["--store", str(store)] if words[0] not in ("metrics", "template") else []
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    ended: object = 0
    with (
        patch.object(sys, "argv", ["vawg", *words, *with_store]),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        try:
            cli.main()
        except SystemExit as end:
            ended = end.code or 0
    done = Done(_text(out), _text(err), int(str(ended)))
    assert done.returncode == code, done.stderr
    return done


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    found = stream.buffer
    assert isinstance(found, io.BytesIO)
    return found.getvalue().decode()
