"""Several files brought as one act, of which those that are refused leave the others alone."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeVar

from loaders.errors import DoesNotAddUp, LoadError
from loaders.reading.unpacking import Source

Item = TypeVar("Item")


@dataclass
class Batch:
    """The files of one act.

    `refused` fills with what is wrong with single files, unless all are to load or none.
    """

    sources: list[Source]
    is_all_or_none: bool = False
    refused: list[LoadError] = field(default_factory=list)

    @contextmanager
    def each(self, undo: Callable[[], None] = lambda: None) -> Iterator[None]:
        """Work on one file, whose refusal is kept and whose traces `undo` removes.

        Raises LoadError where the file is the only one, or all are to load or none, or the fault is
        ours.
        """
        try:
            yield
        except LoadError as problem:
            if self.is_all_or_none or len(self.sources) < 2 or isinstance(problem, DoesNotAddUp):
                raise
            undo()
            self.refused.append(problem)

    def loaded(self, items: list[Item]) -> list[Item]:
        """`items`, which were not refused. Raises the first refusal where none is left."""
        if not items and self.refused:
            raise self.refused[0]
        return items
