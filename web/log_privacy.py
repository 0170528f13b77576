"""Log privacy: an error may quote the cell it stumbled over, and no log line may hold a detail of a
person.

Kind and place of an error are kept (file, line, function); its words never are, whoever says them:
a log record, an uncaught exception, one in a destructor, a task of the event loop, or a warning.
"""

import logging
import sys
import threading
import traceback
import warnings
from pathlib import Path
from types import TracebackType
from typing import Any

LOOP = "asyncio"  # whose messages hold the repr of a task, and so of the error that ended it


def keep_quiet() -> None:
    """From now on nothing that this process prints of an error or a warning quotes it."""
    usual = logging.getLogRecordFactory()

    def scrubbed(*facts: object, **more: object) -> logging.LogRecord:
        record = usual(*facts, **more)
        if record.name == LOOP and record.levelno >= logging.ERROR:
            record.msg, record.args = "A fault in the event loop", ()
        record.args = _without_words(record.args)
        if isinstance(record.msg, BaseException):
            record.msg = type(record.msg).__qualname__
        if record.exc_info and record.exc_info[1] is not None:
            record.exc_text, record.exc_info = frames_of(record.exc_info[1]), None
        return record

    logging.setLogRecordFactory(scrubbed)
    sys.excepthook = _said
    sys.unraisablehook = lambda facts: _said(facts.exc_type, facts.exc_value, facts.exc_traceback)
    threading.excepthook = lambda facts: _said(facts.exc_type, facts.exc_value, facts.exc_traceback)
    warnings.showwarning = lambda message, category, filename, lineno, file=None, line=None: (
        _warned(category, f"{Path(filename).name}:{lineno}")
    )


def frames_of(problem: BaseException) -> str:
    """Kind and frames of an error, and of those it came from."""
    lines = []
    seen: set[int] = set()
    at: BaseException | None = problem
    while at is not None and id(at) not in seen:
        seen.add(id(at))
        frames = traceback.extract_tb(at.__traceback__, limit=100)
        lines += [
            f'  File "{frame.filename}", line {frame.lineno}, in {frame.name}' for frame in frames
        ]
        lines.append(type(at).__qualname__)
        at = at.__cause__ or at.__context__
    return "\n".join(lines)


def _without_words(values: Any) -> Any:
    """Values of a log record, each error among them by its kind."""
    if isinstance(values, tuple):
        return tuple(_kind_of(value) for value in values)
    if isinstance(values, dict):
        return {name: _kind_of(value) for name, value in values.items()}
    return values


def _kind_of(value: object) -> object:
    return type(value).__qualname__ if isinstance(value, BaseException) else value


def _said(_: type[BaseException], problem: BaseException | None, __: TracebackType | None) -> None:
    if problem is not None and not isinstance(problem, SystemExit | KeyboardInterrupt):
        sys.stderr.write(f"{frames_of(problem)}\n")


def _warned(category: type[Warning], place: str) -> None:
    sys.stderr.write(f"{place}: {category.__qualname__}\n")
