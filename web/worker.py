"""Long work in a process of its own, so that a load takes neither the processor nor the memory of
those who look at pages.

The work is a function of a Store, of values that can be pickled, and of a `progress` to call; what
it gives or raises comes back.
"""

import os
import pickle
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Generic, TypeVar

from loaders.errors import LoadError
from store import audit
from store.errors import Stopped, StoreError
from store.writer import Draft, Store
from web.log_privacy import keep_quiet

ROOT = Path(__file__).parent.parent
LOOK_EVERY = 0.15  # seconds
PATIENCE = 60.0  # seconds that work has to stop in
KINDER = 10  # how much sooner others get the processor
ENDED = (
    "The system ended this work before it was done, perhaps for want of memory. What was to "
    "be loaded is in only if Loads lists it."
)
Result = TypeVar("Result")


class WorkerStore(Store):
    """The store as a worker has it: it remembers what it published, which tells its own act from
    another's.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.published: list[int] = []

    def publish(self, draft: Draft) -> None:
        """As any store does."""
        super().publish(draft)
        self.published.append(draft.number)


class Ended(StoreError):
    """The process was ended from outside."""


@dataclass(frozen=True)
class Job:
    """What a process is to do: `work(store, *values, progress)`, for whom `asked_from` tells the
    audit record.
    """

    work: Callable[..., object]
    folder: Path
    values: tuple[object, ...]
    asked_from: tuple[str, tuple[str, ...]]


class WorkerJob(Generic[Result]):
    """One piece of work in a process of its own; `files` are the open ones that it is to inherit,
    under their numbers.
    """

    def __init__(
        self, work: Callable[..., Result], store: Store, *values: object, files: Sequence[int] = ()
    ) -> None:
        self.step = "Starting"
        self.share: float | None = None
        self.result: Result | None = None
        self.refusal: LoadError | StoreError | None = None
        self.is_faulty = (
            False  # did a fault of this program end it? Its trace is in the server's log
        )
        self._job = Job(work, store.folder, values, audit.HERE.get())
        self._files = files
        self._process: subprocess.Popen[bytes] | None = None
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Let it begin."""
        words = [sys.executable, "-m", "web.worker"]
        process = subprocess.Popen(  # noqa: S603 - ourselves
            words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, pass_fds=self._files
        )
        assert process.stdin is not None
        self._process = process
        pickle.dump(self._job, process.stdin)
        process.stdin.flush()
        self._thread = threading.Thread(target=self._listen, args=(process,), daemon=True)
        self._thread.start()

    def wait(self, seconds: float | None = None) -> bool:
        """Wait for at most so long; is it over?"""
        if self._thread is None:  # it never began
            return True
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def stop(self) -> None:
        """Have it stop, and wait until it has: nothing is written then, unless it was in already,
        which `result` tells.
        """
        if self._process is not None and self._process.stdin is not None:
            with suppress(OSError):
                self._process.stdin.close()
        if not self.wait(PATIENCE):
            self.kill()

    def kill(self) -> None:
        """End it at once, if it runs: only work that writes nothing."""
        if self._process is not None:
            self._process.kill()
        self.wait()

    def _listen(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdout is not None
        self.is_faulty = True
        with (
            process,
            suppress(EOFError, pickle.UnpicklingError),
        ):  # it is over, or was killed in the middle of a word
            while True:
                name, said = pickle.load(process.stdout)  # noqa: S301 - of our own child
                setattr(self, name, said)
                if name in ("result", "refusal"):
                    self.is_faulty = False
        if self.is_faulty and process.returncode < 0:
            self.is_faulty, self.refusal = False, Ended(ENDED)


class _Telling:
    """The child's side: says how far it is, and looks whether it is to stop."""

    def __init__(self, store: Store, said: IO[bytes]) -> None:
        self.store, self.said = store, said
        self._stop, self._lock = threading.Event(), threading.Lock()

    def tell(self, name: str, what: object) -> None:
        with self._lock, suppress(BrokenPipeError):
            pickle.dump((name, what), self.said)
            self.said.flush()

    def progress(self, step: str) -> None:
        if self._stop.is_set():
            raise Stopped("Stopped. Nothing was written.")
        self.tell("step", step)

    def listen(self) -> None:
        """Who asked lets go of our input, by closing it or by dying: then stop, whatever is
        running.
        """
        while os.read(
            0, 1024
        ):  # not by way of sys.stdin, whose lock would be held when the process ends
            pass
        self._stop.set()
        while True:
            self.store.interrupt()
            time.sleep(LOOK_EVERY)

    def watch(self) -> None:
        """How much of a long statement is done."""
        while True:
            time.sleep(LOOK_EVERY)
            self.tell("share", self.store.share_done())


def main() -> None:
    """Do one job, read from the input; what is said of it goes to what was the output, which print
    no longer reaches.
    """
    said: Any = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    keep_quiet()
    os.nice(KINDER)
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(
            "500"
        )  # where memory runs out, this process goes, not the server
    job: Job = pickle.load(sys.stdin.buffer)  # noqa: S301 - of the process that started us
    audit.HERE.set(job.asked_from)
    telling = _Telling(WorkerStore(job.folder), said)
    for work in (telling.listen, telling.watch):
        threading.Thread(target=work, daemon=True).start()
    try:
        telling.tell("result", job.work(telling.store, *job.values, telling.progress))
    except (LoadError, StoreError) as problem:
        telling.tell("refusal", problem)
    os._exit(
        0
    )  # at once: what libraries say of themselves at a slower end is no line for the server's log


if __name__ == "__main__":
    main()
