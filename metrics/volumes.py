"""Volumes: a count in the latest month, in the financial year to date and in rolling twelve months,
each beside the year before.
"""

from dataclasses import dataclass
from datetime import date

from metrics.contracts import Cut, Metric, Value
from metrics.figures import Figures
from metrics.freshness import as_at, last_complete_month
from metrics.naming import named
from metrics.periods import months_after, start_of
from metrics.scope import OFFENCES
from metrics.scorecard import Window, in_window
from metrics.statistics.change import relative_change
from metrics.wording import period_words, relative_words

Where = dict[str, tuple[str, ...]]
BY_ABUSE: dict[str, Where] = {
    "Stalking, domestic abuse": {"vawg_group": ("stalking",), "domestic_abuse": ("yes",)},
    "Stalking, not domestic abuse": {"vawg_group": ("stalking",), "domestic_abuse": ("no",)},
    "Order breaches": {"vawg_group": ("order breaches",)},
}
OF_CRIMES: dict[str, Where] = {
    name: {**OFFENCES, **BY_ABUSE}[name]
    for name in (
        "All VAWG",
        "Domestic abuse",
        "Stalking",
        "Stalking, domestic abuse",
        "Stalking, not domestic abuse",
        "Harassment",
        "Rape",
        "Other sexual offences",
        "Order breaches",
        "All crime",
    )
}
OF_ORDERS: dict[str, Where] = {
    "All orders": {},
    "Full orders": {"order_kind": ("full",)},
    "Interim orders": {"order_kind": ("interim",)},
}


@dataclass(frozen=True)
class Spans:
    """The three windows that end with the last complete month."""

    month: Window
    to_date: Window
    year: Window

    @property
    def heads(self) -> list[str]:
        """The heads of their columns, each span beside the year before."""
        heads: list[str] = []
        for back in (0, -12):
            month = months_after(self.month.start, back)
            year = period_words("year", months_after(self.to_date.start, back))
            heads += [
                f"{month:%b %Y}",
                f"{year} to {month:%b}",
                "12 before" if back else "12 months",
            ]
        return [head for pair in zip(heads[:3], heads[3:], strict=True) for head in pair]


@dataclass(frozen=True)
class Volume:
    """One count in the three spans and a year before each; None where the data do not reach."""

    name: str
    counts: tuple[int | None, ...]

    @property
    def finding(self) -> str:
        """How many in rolling twelve months, and the change; of a shorter export, in the month."""
        year = self.counts[-2]
        if year is None:
            return f"{self.counts[0] or 0:,} in the latest month; twelve months are not loaded yet."
        change = f", {self.change} on the 12 before" if self.change else ""
        return f"{year:,} in rolling 12 months{change}."

    @property
    def change(self) -> str:
        """Rolling twelve months against the twelve before, with its 95 % interval."""
        now, before = self.counts[-2:]
        found = relative_change(now or 0, before or 0)
        return relative_words(found) if found else ""


def spans_at(day: date) -> Spans:
    """The spans of data that stand at `day`."""
    stop = months_after(last_complete_month(day), 1)
    last = months_after(stop, -1)
    return Spans(
        Window(last, stop),
        Window(start_of("year", last), stop),
        Window(months_after(stop, -12), stop),
    )


def volumes(figures: Figures, metric: Metric, area: str | None = None) -> list[Volume]:
    """A count for every group of offences (of orders: of kinds) that has any in these spans."""
    day = as_at(figures.snapshot, metric.relation, "force")
    if day is None:
        return []
    spans = spans_at(day)
    groups = OF_CRIMES if "vawg" in metric.dimensions("force") else OF_ORDERS
    first = _first_month(figures, metric)
    found = []
    for name, where in groups.items():
        cut = Cut(where={**where, **({"area": (area,)} if area else {})})
        counts = tuple(
            _count(in_window(figures, metric, cut, window)) if first <= window.start else None
            for span in (spans.month, spans.to_date, spans.year)
            for window in (span, span.year_before())
        )
        if any(counts):
            found.append(Volume(named(name), counts))
    return found


def _first_month(figures: Figures, metric: Metric) -> date:
    """The first month that the export has anything of."""
    values = figures.ask(metric.id, Cut(grain="month")).values
    return min((value.period for value in values if value.period), default=date.max)


def _count(value: Value | None) -> int:
    return int(value.value or 0) if value is not None else 0
