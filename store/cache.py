"""What was worked out of a snapshot, which never changes: kept for the next who asks.

Of those who ask at the same time, one works.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from concurrent.futures import Future
from functools import wraps
from threading import Lock
from typing import Concatenate, Generic, ParamSpec, Protocol, TypeVar, cast

# answers, about 300 for a snapshot whose pages were all opened; the longest unasked is given up
# first
MOST = 2000
Key = tuple[Hashable, ...]
Kept = TypeVar("Kept")
Asked = ParamSpec("Asked")


class Lasting(Protocol):
    """Something that never changes, known by its key."""

    key: Key


At = TypeVar("At", bound=Lasting)


class Memory(Generic[Kept]):
    """Answers by their questions; safe to share between threads.

    What is kept is everybody's: nobody may change it.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self._kept: OrderedDict[Key, Future[Kept]] = OrderedDict()
        self._lock = Lock()

    def recall(
        self, key: Key, work: Callable[[], Kept], is_kept: Callable[[Kept], bool] = lambda _: True
    ) -> Kept:
        """The answer to `key`: the kept one, or that of `work`, which is kept where `is_kept` says
        so. What `work` raises is not kept.
        """
        mine: Future[Kept] = Future()
        with self._lock:
            if (kept := self._kept.get(key)) is not None:
                self._kept.move_to_end(key)
            else:
                self._put(key, mine)
        if kept is not None:
            return kept.result()
        try:
            found = work()
        except BaseException as problem:
            self._drop(key, mine)
            mine.set_exception(problem)
            raise
        if not is_kept(found):
            self._drop(key, mine)
        mine.set_result(found)
        return found

    def forget(self) -> None:
        """Give up every answer; who is being answered is answered all the same."""
        with self._lock:
            self._kept.clear()

    def known(self) -> dict[Key, Kept]:
        """Every answer that is kept, for another process to learn."""
        with self._lock:
            kept = list(self._kept.items())
        return {
            key: answer.result()
            for key, answer in kept
            if answer.done() and answer.exception() is None
        }

    def learn(self, known: Mapping[Key, Kept]) -> None:
        """Keep what another process worked out; what is here already stays."""
        for key, found in known.items():
            answer: Future[Kept] = Future()
            answer.set_result(found)
            with self._lock:
                if key not in self._kept:
                    self._put(key, answer)

    def _put(self, key: Key, answer: Future[Kept]) -> None:
        self._kept[key] = answer
        while len(self._kept) > self.most:
            self._kept.popitem(last=False)

    def _drop(self, key: Key, answer: Future[Kept]) -> None:
        with self._lock:
            if self._kept.get(key) is answer:
                del self._kept[key]


MEMORY: Memory[object] = Memory(MOST)
# rows of queries with filters, which no other process learns: most of them are in an answer already
FILTERED: Memory[object] = Memory(MOST)


def remembered(
    work: Callable[Concatenate[At, Asked], Kept],
) -> Callable[Concatenate[At, Asked], Kept]:
    """Keeps what a function makes of something lasting and of values that can be hashed."""

    @wraps(work)
    def recalled(at: At, *values: Asked.args, **named: Asked.kwargs) -> Kept:
        key = (at.key, work.__module__, work.__qualname__, values, tuple(named.items()))
        return cast(Kept, MEMORY.recall(key, lambda: work(at, *values, **named)))

    return cast(Callable[Concatenate[At, Asked], Kept], recalled)
