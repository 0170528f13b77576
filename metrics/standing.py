"""Where the force stands among all forces, by every denominator that the claim could mean: one
sentence for every page that says it.
"""

from datetime import date

from metrics.contracts import Cut
from metrics.denominators import WAYS, Standing, standings
from metrics.figures import Figures
from metrics.periods import months_after
from metrics.statistics.funnel import Place
from metrics.wording import ordinal

RECORDED = "Charge rate (crimes recorded"  # the ways that ripen for years


def standing_in(
    figures: Figures, force: str, where: dict[str, tuple[str, ...]], year: date
) -> tuple[list[Standing], bool]:
    """Where the force stands in a financial year by each denominator, and whether crimes recorded
    in that year are still open.
    """
    window = (year, months_after(year, 12))
    found = standings(figures.snapshot, force, where, window)
    cut = Cut(source="home_office", where=where, from_day=window[0], to_day=window[1])
    values = figures.ask("charge_rate_recorded", cut).values
    return found, any(value.status == "provisional" for value in values)


def judged_of(found: list[Standing], is_open: bool) -> tuple[list[str], list[tuple[str, Place]]]:
    """The ways whose cases are still open, and the place by each of the others that has one."""
    waiting = [one.way for one in found if is_open and one.way.startswith(RECORDED)]
    return waiting, [
        (one.way, one.place) for one in found if one.way not in waiting and one.place is not None
    ]


def standing_words(ours: str, found: list[Standing], is_open: bool) -> str:
    """Where a force stands over all denominators at once, as an interval; which of them cannot be
    judged is said with it.
    """
    waiting, judged = judged_of(found, is_open)
    if not judged:
        return f"{ours} cannot be ranked: by every denominator cases are still open or too few."
    best, worst = min(at.lower for _, at in judged), max(at.upper for _, at in judged)
    where = f"{highest_of(best, worst, judged[0][1].ranked)} forces"
    if len(judged) == len(WAYS):
        return f"{ours} is {where}, over all {len(WAYS)} denominators and their 95 % intervals."
    named = " and ".join(f"“{way}”" for way, _ in judged)
    why = "cases are still open" if waiting else "cases are still open or too few"
    return (
        f"{ours} is {where} by {named} alone (95 % interval); by the other "
        f"{len(WAYS) - len(judged)} denominators {why}."
    )


def highest_of(best: int, worst: int, forces: int) -> str:
    """between 8th and 14th highest of 43; the highest of 43."""
    if (best, worst) == (1, 1):
        return f"the highest of {forces}"
    if best == worst:
        return f"{ordinal(best)} highest of {forces}"
    return f"between {ordinal(best)} and {ordinal(worst)} highest of {forces}"
