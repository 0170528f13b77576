"""Refusals and what would mend them, as facts.

A refusal says what is wrong; its remedy names what would mend it, and each surface words that in
its own terms: the command line by its options (`cli/remedies.py`), a page by its controls
(`views/parts/load_wording.py`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

RemedyKind = Literal[
    "add_column",  # name the columns, or add the one that is missing
    "as_at",  # say the day at which the data stand
    "code",  # say what a label means
    "codes_or_yes",  # say what the labels mean, or load them as not known
    "date_order",  # say whether days or months come first
    "days_as_they_are",  # export again, or say that the days are right
    "format",  # say which kind of export it is
    "list_metrics",  # look up the ids
    "map",  # say which of two columns is the one
    "map_or_yes",  # say which column it is, or load without
    "map_reference",  # name the column of references, or load without
    "mend_export",  # correct the rows in the export
    "no_period",  # leave the period out
    "no_reference",  # leave the option for files without references out
    "period",  # say which month the file is for
    "rebuild",  # make the figures again from the archive
    "reword_or_yes",  # reword free text, or say that it names nobody
    "sheet",  # say which sheet of the workbook
    "other_cases",  # export references as text, or say that they are others
    "undo_undo",  # let the load count again
    "undo_part",  # take back the load that holds these counts
    "yes",  # load it all the same
]


@dataclass(frozen=True)
class Remedy:
    """What would mend a refusal: of which field of ours, which label of theirs, with what value."""

    kind: RemedyKind
    field: str = ""
    label: str = ""
    value: str = ""

    @classmethod
    def parse(cls, text: str | None) -> "Remedy | None":
        """The remedy of a line of `problem.csv`: its kind and an example, `code 16`."""
        kind, _, value = (text or "").partition(" ")
        known = next((one for one in get_args(RemedyKind) if one == kind), None)
        return cls(known, value=value) if known else None

    def after(self, happened: str, words: Mapping[RemedyKind, str]) -> str:
        """What is wrong, then what mends it in the words of a surface."""
        return f"{happened.rstrip('.')}. {words[self.kind].format(**vars(self))}"


class Refusal(Exception):
    """Something was refused; `str()` says what is wrong, `remedy` what would mend it."""

    def __init__(self, happened: str, remedy: Remedy | None = None) -> None:
        super().__init__(happened)
        self.remedy = remedy
