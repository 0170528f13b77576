"""Traces of faults without their words: an error may quote the cell it stumbled over, and no log line may hold a detail of a person."""

import logging
import sys
import threading
import traceback
from types import TracebackType


def keep_quiet() -> None:
    """From now on no log line of this process quotes an error: it has its kind, and where it came from."""
    usual = logging.getLogRecordFactory()

    def scrubbed(*facts: object, **more: object) -> logging.LogRecord:
        record = usual(*facts, **more)
        if record.exc_info and record.exc_info[1] is not None:
            record.exc_text, record.exc_info = frames_of(record.exc_info[1]), None
        return record

    logging.setLogRecordFactory(scrubbed)
    sys.excepthook = _said
    threading.excepthook = lambda facts: _said(facts.exc_type, facts.exc_value, facts.exc_traceback)


def frames_of(problem: BaseException) -> str:
    """Kind and frames of an error, and of those it came from."""
    lines = []
    at: BaseException | None = problem
    while at is not None:
        lines += [*traceback.format_tb(at.__traceback__), type(at).__qualname__]
        at = at.__cause__ or at.__context__
    return "\n".join(line.rstrip() for line in lines)


def _said(_: type[BaseException], problem: BaseException | None, __: TracebackType | None) -> None:
    if problem is not None and not isinstance(problem, SystemExit | KeyboardInterrupt):
        sys.stderr.write(f"{frames_of(problem)}\n")
