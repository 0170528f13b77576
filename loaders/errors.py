"""What can go wrong while taking an export in, each a sentence for the person who can mend it.

LoadError
├── UnreadableFile    the file is not a table of text: empty, a workbook, a page, a bomb
├── UnknownFormat     its headers are not those of an export we know
├── AmbiguousFile     it can be read in two ways, and only the sender knows which
│   ├── NeedsYes      it reads well and is likely wrong: it is loaded when the sender says yes
│   │   └── NamesSomebody   its free text looks as if it named a person or a case
│   └── ManySheets    several sheets of a workbook could be the one
├── PartOfStored      its counts are in the store already, split otherwise
├── AlreadyLoaded     the same bytes are in the store
├── NothingKept       not one row could be kept
├── OlderExtract      a newer extract is in the store, and says otherwise of some crimes
├── UnknownOutcomes   more outcomes than a figure bears are in words that no code list knows
├── UnknownCode       a label is mapped to a code that does not exist
├── UnknownLoad       there is no load of that number
├── KeyMissing        the key under which ids of persons are hashed is not there, or is another one
├── DoesNotAddUp      rows went in that came out nowhere: a fault of ours
└── Forgotten         the archive of a load has been removed
"""

from loaders.contracts import NotKnown, Problem, UnknownLabel
from store.remedies import Refusal, Remedy


class LoadError(Refusal):
    """The export was refused; `str()` says why, `remedy` what would mend it."""


class UnreadableFile(LoadError):
    """The file is not a table of text that we can read."""


class UnknownFormat(LoadError):
    """The headers are not those of any format."""


class AmbiguousFile(LoadError):
    """The file can be read in two ways; the sentence asks which."""


class NeedsYes(AmbiguousFile):
    """The file reads well and is likely wrong; yes loads it as it is."""


class NamesSomebody(NeedsYes):
    """Free text looks as if it named a person or a case; `doubts` are what looks so, in words."""

    def __init__(self, happened: str, doubts: tuple[str, ...] = ()) -> None:
        super().__init__(happened, Remedy("reword_or_yes"))
        self.doubts = doubts


class ManySheets(AmbiguousFile):
    """Several sheets of a workbook hold an export; `sheets` names them."""

    def __init__(self, happened: str, sheets: tuple[str, ...] = ()) -> None:
        super().__init__(happened, Remedy("sheet", value=sheets[0]) if sheets else None)
        self.sheets = sheets


class PartOfStored(LoadError):
    """The counts of the file are in the store already, split otherwise."""


class AlreadyLoaded(LoadError):
    """The same file is already in the store."""


class NothingKept(LoadError):
    """Every row was set aside, because of `problems`; `unknown` lists the labels that a mapping
    could mend.
    """

    def __init__(
        self,
        happened: str,
        problems: list[Problem] | None = None,
        unknown: list[UnknownLabel] | None = None,
    ) -> None:
        super().__init__(happened, Remedy("mend_export"))
        self.problems = problems or []
        self.unknown = unknown or []


class OlderExtract(LoadError):
    """The export stands at an earlier day than a load that says otherwise."""


class UnknownOutcomes(LoadError):
    """Many cases ended in words that no list knows, `label` first of them; `not_known` says how
    many of how many, `unknown` which words, `code` what the first is likely to mean.
    """

    def __init__(
        self,
        happened: str,
        label: str = "Their label",
        not_known: NotKnown | None = None,
        unknown: list[UnknownLabel] | None = None,
        code: str = "CODE",
    ) -> None:
        super().__init__(happened, Remedy("codes_or_yes", label=label, value=code))
        self.not_known = not_known
        self.unknown = unknown or []


class Forgotten(LoadError):
    """What is asked for rests on an archive that was removed."""


class KeyMissing(LoadError):
    """The ids of persons cannot be hashed as they were before."""


class DoesNotAddUp(LoadError):
    """The rows of a load are not its rows kept, set aside and blank."""


class UnknownLoad(LoadError):
    """No load has that number."""


class UnknownCode(LoadError):
    """A label was mapped to a code that does not exist."""
