"""The journey of one cohort: of the crimes recorded in twelve months, how many came how far, and
with what the others left.

One cohort at every stage, never stages of different periods. Crimes throughout: one with several
court cases counts once. It shows how many leave where, not why.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from metrics.catalogue import metric_named
from metrics.data_span import first_period
from metrics.figures import Figures
from metrics.freshness import as_at
from metrics.periods import months_after, start_of
from metrics.scope import Chosen
from metrics.wording import period_words, share

MONTHS, FOLLOWED = 12, 365  # of recording, and the days for which the last crime has been followed
LINKED = 0.9  # of charged crimes that a court case names, below which the court half is not judged
# as the query counts how far a crime came
RECORDED, NAMED, ARRESTED, CHARGED, IN_COURT, FINISHED, CONVICTED = range(1, 8)
ENDED = {
    "withdrawn": "victim does not support (14, 16)",
    "evidence": "evidence short (15)",
    "no_suspect": "no suspect (18)",
    "other": "another outcome",
    "open": "still open",
}
NAMES = ("vawg", "vawg_group", "domestic_abuse", "area")


@dataclass(frozen=True)
class Stage:
    """How many crimes came so far, and how those that did not left, in words."""

    name: str
    count: int
    left: tuple[tuple[str, int], ...] = ()  # since the stage before
    days: int | None = (
        None  # the median: to an arrest or charge from recording, to the end from charge
    )
    is_doubtful: bool = False  # too few charged crimes are named by a court case


@dataclass(frozen=True)
class Journey:
    """The stages of one cohort, the first of them all its crimes."""

    span: str
    stages: tuple[Stage, ...]
    linked: float | None  # the share of charged crimes that a court case names

    @property
    def finding(self) -> str:
        """Of 9,876 crimes recorded from … to …, 1,234 (12.5 %) were charged and 567 convicted."""
        first, last = self.stages[0].count, self.stages[-1]
        charged = next(one for one in self.stages if one.name == "Charged").count
        words = (
            f"Of {first:,} crimes recorded from {self.span}, {charged:,} "
            f"({share(charged / first)}) led to a charge"
        )
        if last.name == "Convicted" and not last.is_doubtful:
            words += f" and {last.count:,} ({share(last.count / first)}) to a conviction so far"
        return f"{words}."


def journey(figures: Figures, chosen: Chosen) -> Journey | None:
    """The newest twelve months whose crimes have all been followed for a year; None where the store
    does not hold them.
    """
    day = as_at(figures.snapshot, "recorded_outcome", "force")
    if day is None:
        return None
    stop = start_of("month", day - timedelta(days=FOLLOWED - 1))
    start = months_after(stop, -MONTHS)
    first = first_period(figures, metric_named("crimes_recorded"))
    if first is None or first > start:
        return None
    rows = figures.snapshot.rows(
        "reports/cohort_journey",
        from_day=start,
        to_day=stop,
        **chosen.allowed(metric_named("charge_rate_recorded"), NAMES),
    )
    if not rows:
        return None
    held = {
        name: as_at(figures.snapshot, relation, "force") is not None
        for name, relation in (("court", "case_result"), ("powers", "power_event"))
    }
    return _journey(rows, _span(start, stop), held["powers"], held["court"])


def _span(start: date, stop: date) -> str:
    last = months_after(stop, -1)
    return f"{period_words('month', start)} to {period_words('month', last)}"


def _journey(
    rows: Sequence[Mapping[str, Any]], span: str, has_powers: bool, has_court: bool
) -> Journey:
    def came(reach: int) -> int:
        return sum(row["crimes"] for row in rows if row["reach"] >= reach)

    whole = rows[0]  # what is said of all of them stands in each row
    stages = [Stage("Recorded", came(RECORDED))]
    steps = [(NAMED, "Suspect named", None)] if whole["has_suspects"] else []
    if has_powers:
        steps.append((ARRESTED, "Arrested or interviewed", whole["days_to_arrest"]))
    for reach, name, median in (*steps, (CHARGED, "Charged", whole["days_to_charge"])):
        below = [row for row in rows if row["reach"] < reach]
        stages.append(Stage(name, came(reach), _left(below, stages), median))
    charged, named = came(CHARGED), came(IN_COURT)
    linked = named / charged if charged and has_court else None
    if linked is not None:
        is_doubtful = linked < LINKED
        finished, convicted = came(FINISHED), came(CONVICTED)
        in_court = _some(("no case names it", charged - named))
        ended = _some(("not ended yet", named - finished))
        lost = _some(("not convicted", finished - convicted))
        stages += [
            Stage("In court", named, in_court, is_doubtful=is_doubtful),
            Stage("Case ended", finished, ended, whole["days_to_end"], is_doubtful),
            Stage("Convicted", convicted, lost, is_doubtful=is_doubtful),
        ]
    return Journey(span, tuple(stages), linked)


def _left(
    below: Sequence[Mapping[str, Any]], stages: Sequence[Stage]
) -> tuple[tuple[str, int], ...]:
    """With what those ended that came no further, but for those that left at a stage before."""
    gone = Counter[str]()
    for stage in stages:
        gone.update(dict(stage.left))
    left = Counter[str]()
    for row in below:
        left[ENDED[row["ended"]]] += row["crimes"]
    return _some(*((words, left[words] - gone[words]) for words in ENDED.values()))


def _some(*left: tuple[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple(one for one in left if one[1])


def rows_of(found: Journey) -> list[Sequence[object]]:
    """The journey as rows of a table: stage, crimes, share of all, share of the stage before,
    median days, what left.
    """
    rows: list[Sequence[object]] = []
    before = found.stages[0].count
    for stage in found.stages:
        left = "; ".join(f"{count:,} {words}" for words, count in stage.left)
        rows.append(
            (
                stage.name,
                f"{stage.count:,}",
                share(stage.count / found.stages[0].count),
                share(stage.count / before) if before else "",
                "" if stage.days is None else f"{stage.days:,}",
                left,
            )
        )
        before = stage.count
    return rows
