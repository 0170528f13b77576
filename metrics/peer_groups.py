"""What a force is compared with: all forces together, and those most similar to it."""

from collections.abc import Sequence

from metrics.contracts import Value

Rows = Sequence[tuple[str, Value]]


def pooled_rate(rows: Rows) -> float | None:
    """The rate of all forces together: the sum of what is counted over the sum of what it is of."""
    whole = [(one.numerator, one.denominator) for _, one in rows]
    out_of = sum(bottom or 0 for _, bottom in whole)
    return sum(top or 0 for top, _ in whole) / out_of if out_of else None


def similar_mean(rows: Rows, similar: str, ours: str) -> tuple[float | None, list[str], list[str]]:
    """The mean of the rates of the forces named in `similar`, each counting once; those found, and
    those that are not in the figures.
    """
    wanted = [name.strip() for name in similar.split(",") if name.strip()]
    rates = {name.casefold(): (name, one.value) for name, one in rows if one.value is not None}
    found: list[str] = []
    absent: list[str] = []
    for name in wanted:
        if name.casefold() == ours.casefold():
            continue
        (found if name.casefold() in rates else absent).append(name)
    values = [rates[name.casefold()][1] or 0.0 for name in found]
    names = [rates[name.casefold()][0] for name in found]
    return (sum(values) / len(values) if values else None), names, absent
