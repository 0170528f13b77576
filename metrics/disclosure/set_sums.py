"""Sums that hold between counts because of the sets that they hold: parts, complements, follow-ups.

A metric's `[sets]` and its `follow_days` say which outcomes a count holds and within how many days
of recording. Cut at every follow-up that any metric of the relation has, a count is a set of
(outcome, follow-up) pairs; whether one is part of another, or apart from it, is a question of sets.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from metrics.contracts import Metric, Sets
from metrics.count_sets import Elements, elements

Held = frozenset[tuple[str, int]]  # outcomes (decisions, results), each with a band of follow-up


@dataclass(frozen=True)
class CountSet:
    """What a count counts: rows (subjects, gaps) with one of the outcomes that it holds."""

    counted: str
    held: Held
    beyond: "CountSet | None" = None  # rows less the subjects, or gaps, that are made of them

    def __sub__(self, other: "CountSet") -> "CountSet":
        return CountSet(self.counted, self.held - other.held)


@dataclass(frozen=True)
class MetricSets:
    """The sets of the counts of one metric; None where it tells no such count."""

    numerator: CountSet | None
    denominator: CountSet | None

    @property
    def rest(self) -> CountSet | None:
        """What is in the denominator and not in the numerator, of a rate."""
        if self.numerator is None or self.denominator is None:
            return None
        rest = self.denominator - self.numerator
        return rest if rest.held else None

    @property
    def told(self) -> tuple[CountSet, ...]:
        """The counts that a value tells."""
        return tuple(one for one in (self.numerator, self.denominator) if one is not None)


@dataclass(frozen=True)
class SetSum:
    """A count that is the sum of others in every cell: the parts share nothing and miss nothing."""

    total: CountSet
    parts: tuple[CountSet, ...]


def sets_of(metrics: Sequence[Metric]) -> dict[str, MetricSets]:
    """The sets of each metric of one base relation, by its id."""
    followed = sorted({metric.follow_days for metric in metrics if metric.follow_days is not None})
    found = {}
    for metric in metrics:
        sets = metric.sets or Sets()
        bands = range(len(followed) + 1)
        early = (
            bands if metric.follow_days is None else range(followed.index(metric.follow_days) + 1)
        )
        found[metric.id] = MetricSets(
            _count_set(sets.counted, elements(metric.relation, sets.numerator), early),
            _count_set(sets.counted, elements(metric.relation, sets.denominator), bands),
        )
    return found


def _count_set(counted: str, held: Elements, bands: range) -> CountSet | None:
    pairs = frozenset((one, band) for one in held for band in bands)
    return CountSet(counted, pairs) if pairs else None


def set_sums(published: Sequence[MetricSets]) -> list[SetSum]:
    """The sums that hold in a cell between the counts that are published there.

    Every count of rows is the sum of the counts within it and of what then remains: all sums by the
    sets follow from these. Where counts overlap without one holding the other, each is also the sum
    of the regions that the overlaps cut.
    """
    told = list(dict.fromkeys(one for sets in published for one in sets.told))
    rows = [one for one in told if one.counted == "rows"]
    found = [_complement(sets) for sets in published]
    for total in rows:
        for parts in _families(_largest_within(total, rows)):
            found.append(_with_remainder(total, _finest(parts, rows)))
    if any(
        one.held & two.held not in (one.held, two.held, frozenset()) for one in rows for two in rows
    ):
        found += [SetSum(one, _regions_of(one, rows)) for one in rows]
    for one in told:
        if one.counted != "rows":
            found += _no_more_than(one, told)
    sums = (line for line in found if line is not None and len(line.parts) > 1)
    return list({(line.total, frozenset(line.parts)): line for line in sums}.values())


def _complement(sets: MetricSets) -> SetSum | None:
    if sets.numerator is None or sets.denominator is None or sets.rest is None:
        return None
    return SetSum(sets.denominator, (sets.numerator, sets.rest))


def _largest_within(total: CountSet, others: Iterable[CountSet]) -> list[CountSet]:
    """The counts within a total that are not within another such."""
    within = [one for one in others if one.held < total.held]
    return [one for one in within if not any(one.held < two.held for two in within)]


def _families(counts: Iterable[CountSet]) -> list[list[CountSet]]:
    """Counts dealt into families whose members share nothing."""
    families: list[list[CountSet]] = []
    for one in counts:
        for family in families:
            if all(one.held.isdisjoint(other.held) for other in family):
                family.append(one)
                break
        else:
            families.append([one])
    return families


def _finest(parts: Sequence[CountSet], counts: Sequence[CountSet]) -> list[CountSet]:
    """Parts, each that is exactly the sum of smaller counts replaced by these."""
    finest: list[CountSet] = []
    for part in parts:
        for family in _families(_largest_within(part, counts)):
            if part.held == frozenset().union(*(one.held for one in family)):
                finest += _finest(family, counts)
                break
        else:
            finest.append(part)
    return finest


def _with_remainder(total: CountSet, parts: Sequence[CountSet]) -> SetSum:
    remainder = CountSet(total.counted, total.held.difference(*(part.held for part in parts)))
    return SetSum(total, (*parts, remainder) if remainder.held else tuple(parts))


def _regions_of(count: CountSet, counts: Sequence[CountSet]) -> tuple[CountSet, ...]:
    """A count cut wherever another begins or ends."""
    regions: dict[tuple[bool, ...], set[tuple[str, int]]] = {}
    for pair in sorted(count.held):
        regions.setdefault(tuple(pair in other.held for other in counts), set()).add(pair)
    return tuple(CountSet(count.counted, frozenset(held)) for held in regions.values())


def _no_more_than(count: CountSet, others: Iterable[CountSet]) -> Iterator[SetSum]:
    """Subjects, and gaps between days, are no more than the rows that they are made of; nor than
    subjects, or gaps, of a larger set. What a total has beyond them is a count of its own."""
    for total in others:
        if total != count and total.counted in ("rows", count.counted) and total.held >= count.held:
            yield SetSum(total, (count, CountSet(total.counted, total.held, beyond=count)))
