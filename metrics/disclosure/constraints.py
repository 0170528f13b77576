"""The board of one base relation: which counts of its metrics are one and the same, and which of them add up to which."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from metrics.contracts import Metric
from metrics.disclosure.cells import Cell, Count, totals_of
from metrics.disclosure.suppression import Board
from metrics.months import ADDED

BOTH = "victim_not_supporting_rate"  # outcomes 14 and 16 together
Counts = dict[Cell, tuple[int, int]]
Named = dict[str, dict[Cell, Count]]  # of each count of the metrics, which count of the board it is at each cell


def board_of(metrics: Sequence[Metric], counts: dict[str, Counts]) -> Board:
    """The board of metrics that share their rows, from the `lattice` of each."""
    board = Board()
    told: Named = {}
    for metric in metrics:
        _put(board, metric, counts[metric.id], told)
    _sum_up(board, told, all(metric.relation in ADDED for metric in metrics))
    board.groups = len(board.sums)
    board.sums += [(told[f"{name}, out of"][cell], [told[name][cell], rest]) for name, cell, rest in _rests(metrics, told)]
    _add_across(board, told)
    _add_apart(board, metrics, told)
    _add_cohorts(board, metrics, told)
    return board


def _put(board: Board, metric: Metric, counts: Counts, told: Named) -> None:
    """The counts of one metric at every cell, its figures and what is to be guarded in them."""
    one = _same(told, board, {cell: pair[0] for cell, pair in counts.items()}, metric.id)
    told[metric.id] = {cell: (one, cell) for cell in counts}
    for cell, (counted, out_of) in counts.items():
        numerator = (one, cell)
        board.truth[numerator] = counted
        if metric.shape != "rate":
            board.tells[metric.id, cell] = board.guards[metric.id, cell] = (numerator,)
            if counted:
                board.there.add(numerator)
            continue
        denominator, rest = _out_of(board, metric, cell, out_of), (f"{metric.id}, the rest", cell)
        board.truth[denominator], board.truth[rest] = out_of, out_of - counted
        board.there.update({denominator, numerator} if counted else {denominator})
        board.tells[metric.id, cell] = (numerator, denominator)
        board.guards[metric.id, cell] = (numerator, denominator, rest)
        told.setdefault(f"{metric.id}, out of", {})[cell] = denominator
        told.setdefault(f"{metric.id}, the rest", {})[cell] = rest


def _rests(metrics: Sequence[Metric], told: Named) -> Iterator[tuple[str, Cell, Count]]:
    for metric in metrics:
        for cell, rest in told.get(f"{metric.id}, the rest", {}).items():
            yield metric.id, cell, rest


def _same(told: Named, board: Board, found: dict[Cell, int], name: str) -> str:
    """The name of a count that is the same as this one at every cell; its own where there is none."""
    some = {cell: count for cell, count in found.items() if count}
    for other in told.values():
        named = {key[0] for key in other.values()}
        if some and len(named) == 1 and {cell: board.truth[key] for cell, key in other.items() if board.truth[key]} == some:
            return named.pop()
    return name


def _out_of(board: Board, metric: Metric, cell: Cell, out_of: int) -> Count:
    """What rates of one relation are out of is one count, wherever it is equal."""
    shared = (f"{metric.relation}, out of", cell)
    return shared if board.truth.get(shared, out_of) == out_of else (f"{metric.id}, out of", cell)


def _sum_up(board: Board, told: Named, is_added: bool) -> None:
    """Totals over places, offences and time, of every count; where they hold."""
    seen: set[tuple[Count, tuple[Count, ...]]] = set()
    for keys in told.values():
        for total, parts in totals_of(keys, is_added):
            line = (keys[total], tuple(sorted((keys[part] for part in parts), key=str)))
            if line not in seen and sum(board.truth[part] for part in line[1]) == board.truth[line[0]]:
                seen.add(line)
                board.sums.append((line[0], list(line[1])))


def _add_across(board: Board, told: Named) -> None:
    """Counts of which two make a third at every cell, such as outcomes 14 and 16."""
    plain = {name: {cell: board.truth[key] for cell, key in keys.items()} for name, keys in told.items() if ", " not in name}
    for (one, left), (two, right) in combinations(plain.items(), 2):
        if left.keys() != right.keys() or not any(left.values()) or not any(right.values()):
            continue
        for third, both in plain.items():
            if both.keys() == left.keys() and all(count == left[cell] + right[cell] for cell, count in both.items()):
                board.sums += [(told[third][cell], [told[one][cell], told[two][cell]]) for cell in both]


def _add_apart(board: Board, metrics: Sequence[Metric], told: Named) -> None:
    """Outcomes that share what they are out of: a crime has one of them at most, so together they are no more than that."""
    rates = [metric.id for metric in metrics if metric.shape == "rate" and not metric.follow_days and metric.id != BOTH]
    if len(rates) < 2 or len({frozenset(told[f"{name}, out of"].items()) for name in rates}) > 1:
        return
    for cell, out_of in told[f"{rates[0]}, out of"].items():
        parts = [told[name][cell] for name in rates]
        other = ("any other outcome", cell)
        board.truth[other] = board.truth[out_of] - sum(board.truth[part] for part in parts)
        if board.truth[other] >= 0:
            board.sums.append((out_of, [*parts, other]))


def _add_cohorts(board: Board, metrics: Sequence[Metric], told: Named) -> None:
    """Who was charged within 30 days was charged within 90, and so on: the longer follow-up is the shorter and some more."""
    for shorter, longer in _followed(metrics):
        for cell in told[shorter.id].keys() & told[longer.id].keys():
            if told[f"{shorter.id}, out of"][cell] != told[f"{longer.id}, out of"][cell]:
                continue
            few, many = told[shorter.id][cell], told[longer.id][cell]
            if few == many or board.truth[few] > board.truth[many]:
                continue
            later = (f"{longer.id}, later than {shorter.id}", cell)
            board.truth[later] = board.truth[many] - board.truth[few]
            board.sums.append((many, [few, later]))


def _followed(metrics: Sequence[Metric]) -> Iterator[tuple[Metric, Metric]]:
    """Each cohort metric with the one of the next longer follow-up; the longest with the metric that follows without end."""
    cohorts = sorted((metric for metric in metrics if metric.follow_days), key=lambda metric: metric.follow_days or 0)
    endless = [metric for metric in metrics if metric.id == "charge_rate_recorded"]
    ordered = [*cohorts, *endless]
    yield from zip(ordered, ordered[1:], strict=False)
