"""The journey of one cohort: of the crimes recorded in twelve months, how many came how far, and
with what the others left.

One cohort at every stage, never stages of different periods. Crimes throughout: one with several
court cases counts once. It shows how many leave where, not why.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from metrics.catalogue import metric_named
from metrics.data_span import first_period
from metrics.figures import Figures
from metrics.freshness import as_at
from metrics.periods import months_after, start_of
from metrics.scope import Chosen
from metrics.wording import period_words, share

MONTHS, FOLLOWED = 12, 365  # of recording, and the days for which the last crime has been followed
LINKED = 0.9  # of charged crimes that a court case names, below which the court half is not judged
NAMES = ("vawg", "vawg_group", "domestic_abuse", "area")


@dataclass(frozen=True)
class Stage:
    """How many crimes came so far, and how those that did not left, in words."""

    name: str
    count: int
    left: tuple[tuple[str, int], ...] = ()  # since the stage before
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
    counts = {name: int(count) for name, count in rows[0].items()}
    if not counts["recorded"]:
        return None
    has_court = as_at(figures.snapshot, "case_result", "force") is not None
    return _journey(counts, _span(start, stop), has_court)


def _span(start: date, stop: date) -> str:
    last = months_after(stop, -1)
    return f"{period_words('month', start)} to {period_words('month', last)}"


def _journey(counts: dict[str, int], span: str, has_court: bool) -> Journey:
    charged, named = counts["charged"], counts["in_court"]
    known = counts["outcome_15"] + counts["outcome_14_16"] + counts["outcome_18"]
    stages = [
        Stage("Recorded", counts["recorded"]),
        _after("Outcome given", counts["recorded"], counts["ended"], "still open"),
        Stage(
            "Charged",
            charged,
            _some(
                ("victim does not support (14, 16)", counts["outcome_14_16"]),
                ("evidence short (15)", counts["outcome_15"]),
                ("no suspect (18)", counts["outcome_18"]),
                ("another outcome", counts["ended"] - charged - known),
            ),
        ),
    ]
    linked = named / charged if charged and has_court else None
    if linked is not None:
        is_doubtful = linked < LINKED
        finished, convicted = counts["finished"], counts["convicted"]
        stages += [
            _after("In court", charged, named, "no case names it", is_doubtful),
            _after("Case ended", named, finished, "not ended yet", is_doubtful),
            _after("Convicted", finished, convicted, "not convicted", is_doubtful),
        ]
    return Journey(span, tuple(stages), linked)


def _after(name: str, before: int, count: int, words: str, is_doubtful: bool = False) -> Stage:
    return Stage(name, count, _some((words, before - count)), is_doubtful)


def _some(*left: tuple[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple(one for one in left if one[1])


def rows_of(found: Journey) -> list[Sequence[object]]:
    """The journey as rows of a table: stage, crimes, share of all, share of the stage before, what
    left.
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
                left,
            )
        )
        before = stage.count
    return rows
