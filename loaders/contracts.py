"""The shapes that pass between a file, its format and its report.

All of them parsed, none of them raw.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

DateOrder = Literal["dmy", "mdy"]


class Contract(BaseModel):
    """A frozen record that refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


CodeList = Literal["outcome", "offence", "force"]


class Column(Contract):
    """One of our fields: how exports spell its header, and what its cells mean."""

    name: str
    synonyms: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()  # matched against the whole header key
    required: bool = False
    is_day: bool = False
    is_ahead: bool = False  # a day that may be in the future: an expiry
    not_before: str | None = None  # the field that holds an earlier day
    is_month: bool = False  # a day that may be said as its month or quarter
    is_number: bool = False
    is_count: bool = False  # a number that is whole
    is_person: bool = False  # the id of a person: kept as a keyed hash only
    is_name: bool = False  # a name that has one spelling in the store
    is_free: bool = False  # free text, which may name no person and no case
    codes: CodeList | None = None  # its cells are codes or labels of this list
    values: str | None = None  # its cells are words of this list of value_label.csv
    words: str | None = None  # the field that holds the words of its code, where a file has both
    may_be_words: bool = False  # those words will do where the code is missing
    instead: str | None = None  # the field that will do where this one is missing
    # synonyms from the surest: where several stand in one file, the first is it
    ranks: tuple[tuple[str, ...], ...] = ()

    def rank(self, key: str, key_of: Callable[[str], str]) -> int:
        """The place of a header, by its key, among the ranks; a field without ranks has one for
        all.
        """
        return next(
            (at for at, names in enumerate(self.ranks) if key in map(key_of, names)),
            len(self.ranks),
        )


@dataclass(frozen=True)
class WideTable:
    """How a table of one period, with a column for each of several categories, becomes rows."""

    positions: Callable[[Sequence[str]], dict[str, int] | None]  # of such a header's cells
    rows: Callable[[Sequence[str], Mapping[str, int], str], list[list[str]]]  # of a line
    period: Callable[[str], str | None]  # in a file's name, as its first day


class ExportFormat(Contract):
    """One kind of export: its fields, the table it fills and what makes two of its rows the same
    thing.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    name: str
    title: str
    order: int  # among the formats, where they are listed
    row_table: str
    columns: tuple[Column, ...]
    thing: tuple[str, ...]  # stored columns that name one thing
    # of these the ones that are told apart by another column of the typed rows
    hashed_as: dict[str, str] = Field(default_factory=dict)
    has_split: bool = False  # a table of counts, which columns that are not stored may split finer
    as_at: tuple[str, ...]  # stored columns whose latest day is the data-as-at day
    period_days: Literal["day", "month", "quarter"] = "day"  # for which an as_at day stands
    ending: str | None = None  # the stored column that says how a case ended
    wide: WideTable | None = None
    is_register: bool = False  # what the force itself decides and writes down
    # events so rare that the days since the newest are a figure: the day of the export is asked for
    has_quiet_times: bool = False

    @property
    def reference(self) -> str | None:
        """The field that holds the reference of a case, where each row is one."""
        return next((name for name in self.names[:1] if name.endswith("_reference")), None)

    @property
    def is_wide(self) -> bool:
        """Can a line of it make several rows?"""
        return self.wide is not None

    @property
    def names(self) -> tuple[str, ...]:
        """Our field names, in the order of the template."""
        return tuple(column.name for column in self.columns)

    @property
    def text_names(self) -> tuple[str, ...]:
        """The columns of its rows as text: its fields, and what splits its counts finer."""
        return (*self.names, *(["split"] if self.has_split else []))

    @property
    def required(self) -> tuple[str, ...]:
        """The fields without which a file is refused."""
        return tuple(column.name for column in self.columns if column.required)

    @property
    def persons(self) -> tuple[str, ...]:
        """The fields that hold ids of persons."""
        return tuple(column.name for column in self.columns if column.is_person)

    @property
    def days(self) -> tuple[str, ...]:
        """The fields that hold days."""
        return tuple(column.name for column in self.columns if column.is_day)


class LoadOptions(Contract):
    """What the person who loads said about the file; kept in the ledger, so that a rebuild hears it
    too.
    """

    format: str | None = None
    header_map: dict[str, str] = Field(default_factory=dict)  # their header → our field
    code_map: dict[str, str] = Field(default_factory=dict)  # their label → code
    force_name: str | None = None
    as_at: date | None = None
    date_order: DateOrder | None = None
    is_full: bool = False
    is_invented: bool = False
    may_be_older: bool = False  # yes, although a newer extract is in, or the file is likely wrong
    may_be_unknown: bool = False  # yes, although many outcomes are in words that no list knows
    sheet: str | None = None  # of a workbook; without a name, the one whose header is known
    period: date | None = None  # the first day of the month of a file that does not say it
    reference: Literal["row-number"] | None = None  # what stands for references that are missing
    save_format: str | None = None  # the name under which this store keeps the mapping
    loaded_by: str = "unknown"


class Problem(Contract):
    """Rows that share one thing wrong."""

    problem: str
    field: str | None
    rows: int
    first_lines: list[int]
    kind: Literal["set_aside", "warning"]
    sentence: str
    remedy: str | None = None  # `store.remedies`; None where the sentence says all


class CodeProposal(Contract):
    """The code that a label is likely to mean; `code` None where nothing in it says one."""

    code: str | None
    reason: str
    certainty: Literal["certain", "likely", "guess", "none"]


class UnknownLabel(Contract):
    """A label of the file that no code list knows, how many rows have it, and what it is likely to
    mean.
    """

    field: str
    sent: str
    rows: int
    proposal: CodeProposal | None = None


class NotKnown(Contract):
    """How many kept rows of a load say how a case ended in words that no code list knows, of those
    that say it at all.
    """

    rows: int
    out_of: int

    @property
    def share(self) -> float:
        """0 to 1."""
        return self.rows / self.out_of if self.out_of else 0.0


class Move(Contract):
    """Crimes recorded in one month that become another figure: new, gone, or with another outcome
    (None is open).
    """

    kind: Literal["new", "gone", "outcome", "other"]
    month: date | None
    was: str | None = None
    becomes: str | None = None
    things: int


class OlderThan(Contract):
    """A load that stands at a later day than this export and says otherwise of `things` of its
    crimes.
    """

    load_id: int
    as_at: date
    things: int


class Changes(Contract):
    """What a load changed among what counted when it came: said then, and said
    again by a rebuild.
    """

    new: int
    changed: int
    unchanged: int
    older_than: OlderThan | None = None


class LoadReport(Contract):
    """What one load did, or with `load_id` None would do.

    Row counts add up: rows = kept + set_aside + blank.
    """

    load_id: int | None
    snapshot: int | None
    format: str
    file_name: str
    sha256: str
    as_at: date | None
    rows: Annotated[int, Field(ge=0)]
    kept: Annotated[int, Field(ge=0)]
    set_aside: Annotated[int, Field(ge=0)]
    blank: Annotated[int, Field(ge=0)]
    new: int
    changed: int
    unchanged: int
    problems: list[Problem]
    notes: list[str] = []  # what is odd about the file as a whole
    columns: dict[str, str]  # our field → their header
    dropped: list[str]  # their headers that are not stored
    encoding: str
    delimiter: str
    date_order: DateOrder | None
    force_name: str
    saved_format: str | None = None  # the saved format by which the file was recognised
    first_day: date | None = None
    last_day: date | None = None
    unknown: list[UnknownLabel] = []
    not_known: NotKnown | None = None
    unmapped: int = 0  # rows with any code or label that no list knows
    moved: list[Move] = []
    older_than: OlderThan | None = None
    sample: list[dict[str, str]] = []  # of a dry run: rows as they would be stored; not kept
