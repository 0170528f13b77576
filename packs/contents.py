"""What a pack holds: pages of findings with their figures and words, said once for PowerPoint,
Excel and HTML, and kept as they were told.
"""

from datetime import date, datetime
from typing import Literal

from metrics.contracts import Audience, Contract, Cut, Metric, Value
from metrics.scope import Chosen
from metrics.wording import SUPPRESSED, figure_words

Meeting = Literal["weekly", "monthly", "quarterly"]
Side = Literal["value", "lower", "upper", "numerator", "denominator"]
Role = Literal["final", "open", "mean", "limit", "target", "other"]
OPEN = "[p]"  # the sign of the Government Analysis Function for a provisional figure
MEETINGS: dict[Meeting, str] = {
    "weekly": "Weekly meeting",
    "monthly": "Monthly performance day",
    "quarterly": "Quarterly review",
}
NO_COMMENTARY = "No commentary given."


class Told(Contract):
    """A figure as it was told: of which metric and cut, its value, and the words of its unit."""

    metric: str
    cut: Cut
    value: Value
    unit: str
    words: str
    side: Side = "value"

    @property
    def number(self) -> float | None:
        """The number of this side; None where it is not shown."""
        found = getattr(self.value, self.side)
        return None if found is None else float(found)


Cell = Told | int | str


class Table(Contract):
    """A table: heads in words, cells as text or as figures."""

    name: str  # of its sheet
    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    on_slide: tuple[int, ...] = ()  # the columns that a slide has room for; all where none is named

    def narrow(self) -> "Table":
        """The table with the columns of a slide alone."""
        if not self.on_slide:
            return self
        return self.model_copy(
            update={
                "on_slide": (),
                "heads": tuple(self.heads[at] for at in self.on_slide),
                "rows": tuple(tuple(row[at] for at in self.on_slide) for row in self.rows),
            }
        )


class Line(Contract):
    """One line or row of bars of a chart, a number or none for each category."""

    name: str
    role: Role
    points: tuple[float | None, ...]


class Chart(Contract):
    """A chart as numbers: lines over periods, or bars that stack to a whole."""

    kind: Literal["line", "stack"]
    unit: str
    categories: tuple[str, ...]
    lines: tuple[Line, ...]
    words: str  # what it shows, for who cannot see it


class Commentary(Contract):
    """What the owner of a measure says of it."""

    words: str
    by: str
    on: date


class Page(Contract):
    """One page: a finding as its title, the figures it rests on, and what the owner says."""

    key: str
    name: str  # of the page in the contents
    title: str
    grey: str = ""
    points: tuple[str, ...] = ()
    chart: Chart | None = None
    table: Table | None = None
    behind: tuple[Table, ...] = ()  # tables of the workbook alone
    commentary: Commentary | None = None
    has_commentary: bool = True
    notes: tuple[str, ...] = ()

    def tables(self) -> list[Table]:
        """Its table, where it has one, and those of the workbook alone."""
        return [*([self.table] if self.table else []), *self.behind]

    @property
    def commentary_words(self) -> str:
        """What the owner says, with who and when."""
        said = self.commentary
        return f"{said.words} ({said.by}, {said.on:%-d %B %Y})" if said else NO_COMMENTARY


class Head(Contract):
    """What a pack is: of which meeting, for whom, from which data, by whom."""

    meeting: Meeting
    audience: Audience
    force: str
    offences: str
    area: str
    snapshot: int
    data_as_at: date | None
    is_invented: bool
    made_at: datetime
    made_by: str
    marking: str
    late: str

    @property
    def title(self) -> str:
        """Raising the Bar: monthly performance day."""
        scrutiny = ", for scrutiny" if self.audience == "scrutiny" else ""
        return f"Raising the Bar: {MEETINGS[self.meeting].lower()}{scrutiny}"

    @property
    def scope(self) -> str:
        """All VAWG; Stalking, Halton."""
        return Chosen(self.offences, self.area).in_words

    @property
    def foot(self) -> str:
        """What stands at the foot of each page."""
        day = f"data as at {self.data_as_at:%-d %B %Y}" if self.data_as_at else ""
        invented = "invented sample data" if self.is_invented else ""
        parts = (self.force, self.scope, day, f"snapshot {self.snapshot}", invented, self.marking)
        return " · ".join(part for part in parts if part)


class Pack(Head):
    """A pack as it was made; whatever is loaded or defined later, it stays so."""

    pages: tuple[Page, ...]
    definitions: dict[str, str]  # the mark of each definition that it was made by
    rebases: dict[str, tuple[date, ...]]  # of each measure, the days its limits were re-based

    def tables(self) -> list[Table]:
        """Every table, in the order of the pages."""
        return [table for page in self.pages for table in page.tables()]

    def figures(self) -> list[Told]:
        """Every figure in its tables."""
        return [
            cell
            for table in self.tables()
            for row in table.rows
            for cell in row
            if isinstance(cell, Told)
        ]


def told(metric: Metric, cut: Cut, value: Value, side: Side = "value") -> Told:
    """A figure with its words; one that is still open is marked."""
    if side == "value":
        words = figure_words(metric, value)
        words += f" {OPEN}" if value.status == "provisional" and value.value is not None else ""
    else:
        words = _side_words(metric, value, side)
    return Told(metric=metric.id, cut=cut, value=value, unit=metric.unit, words=words, side=side)


def _side_words(metric: Metric, value: Value, side: Side) -> str:
    if value.status == "suppressed":
        return SUPPRESSED
    found = getattr(value, side)
    if found is None:
        return ""
    if side in ("numerator", "denominator"):
        return f"{found:,}"
    return figure_words(metric, value.model_copy(update={"value": found, "status": "final"}))


def text_of(cell: Cell) -> str:
    """A cell in words."""
    return cell.words if isinstance(cell, Told) else f"{cell:,}" if isinstance(cell, int) else cell
