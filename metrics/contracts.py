"""The shapes of a figure: Metric (its words), Cut (which rows at which grain),
Value (one number).
"""

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from metrics.periods import Grain
from metrics.relations import RELATIONS, BaseRelation, Source, supply

Audience = Literal["force", "scrutiny"]
FEWEST = 10  # on fewer no rate and no median is shown: METRICS.md, "Common rules"
Status = Literal["final", "provisional", "too_few", "suppressed", "not_supplied"]
# what is one: a row of the base relation; a subject, once in a period; a gap between days of rows
Counted = Literal["rows", "subjects", "gaps"]
Shape = Literal["rate", "count", "ratio", "median", "gap", "window"]
PER = {"per_100": 100, "per_1000": 1000}  # of how many cases a ratio is said


class Contract(BaseModel):
    """A frozen record that refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Example(Contract):
    """A worked example, small enough to count on fingers; the tests load `rows` and ask for the
    figure.
    """

    format: str
    rows: str
    also_format: str = ""  # a second export, where the figure needs two
    also_rows: str = ""
    numerator: int | None = None
    denominator: int | None = None
    value: float
    arithmetic: str
    from_day: date | None = Field(default=None, alias="from")
    to_day: date | None = Field(default=None, alias="to")


class Sets(Contract):
    """Which outcomes, decisions or results each count of a metric holds; `metrics.count_sets`."""

    numerator: tuple[str, ...] = ()
    denominator: tuple[str, ...] = ()
    counted: Counted = "rows"


class Metric(Contract):
    """Every word we say about one measure; which rows count is said in `sql/metrics/<id>.sql`."""

    id: str
    title: str
    meaning: str
    numerator: str
    denominator: str
    mind: str
    per: str
    relation: str
    basis: Literal["recorded", "closed", "event"]
    unit: Literal["rate", "count", "days", "months", "per_100", "per_1000"]
    shape: Shape
    better: Literal["up", "down", "neither"]
    sources: tuple[Source, ...]
    order: int
    headline: bool
    follow_days: int | None = (
        None  # a cohort (a month of recording) is judged when it has been followed so long
    )
    # a recorded-basis rate that no outcome to come will change
    is_settled: bool = False
    without: tuple[str, ...] = ()  # dimensions of its relation that it cannot be broken down by
    # the scrutiny audience is told it: then its `[sets]` say what its counts hold, or the catalogue
    # refuses it; `metrics.count_sets`
    is_told: bool = True
    sets: Sets | None = None
    example: Example

    def dimensions(self, source: str | None = None) -> tuple[str, ...]:
        """What this metric can be broken down by: in one source, or in any of its sources."""
        wanted = [source] if source else list(self.sources)
        found = [one for name in wanted if (one := supply(self.relation, name))]
        names = dict.fromkeys(name for one in found for name in one.dimensions)
        return tuple(name for name in names if name not in self.without)

    @property
    def matures(self) -> bool:
        """Is it out of crimes recorded, some of which have yet to come to what it counts?"""
        return self.basis == "recorded" and self.unit == "rate" and not self.is_settled

    @property
    def base(self) -> BaseRelation:
        """The base relation whose rows it counts."""
        return RELATIONS[self.relation]

    @property
    def day_words(self) -> str:
        """By which day a row counts, in words."""
        return {
            "recorded": "recorded basis",
            "closed": "closed basis",
            "event": "by the day it happened",
        }[self.basis]


class Cut(Contract):
    """Which rows at which grain. `where` maps a dimension to the values allowed."""

    source: Source = "force"
    grain: Grain = "all"
    by: tuple[str, ...] = ()
    where: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    from_day: date | None = None
    to_day: date | None = None
    known_until: date | None = None  # what a recorded crime came to later counts as not known yet
    audience: Audience = "force"

    def but(self, **changes: object) -> "Cut":
        """This cut with some of it changed, checked again."""
        return Cut.model_validate(self.model_dump() | changes)


class Value(Contract):
    """One number and what it rests on. Where a number is not shown it is None, never 0."""

    period: date | None
    by: dict[str, str | None] = Field(default_factory=dict)
    numerator: int | None
    denominator: int | None
    value: float | None
    lower: float | None
    upper: float | None
    status: Status
    not_known: float | None = (
        None  # the share of its cases whose outcome is not known, where there is any
    )
    is_doubtful: bool = False  # provisional for that share alone
    # suppressed, though not small: a small count elsewhere could be worked out from it
    is_hidden_for_another: bool = False


class Answer(Contract):
    """The values of one metric at one cut, and where they came from."""

    metric: str
    cut: Cut
    snapshot: int
    data_as_at: date | None
    is_invented: bool
    values: tuple[Value, ...]
