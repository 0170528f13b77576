"""An Answer as other programs and people read it: one JSON document, or a table."""

from metrics.contracts import Answer


def as_json(answer: Answer) -> dict[str, object]:
    """The document of `vawg measure --format json`; its keys are a promise to other programs."""
    cut, (heads, rows) = answer.cut, as_table(answer)
    share = max((value.not_known or 0 for value in answer.values), default=0)
    return {
        "metric": answer.metric,
        "source": cut.source,
        "grain": cut.grain,
        "audience": cut.audience,
        "snapshot": answer.snapshot,
        "data_as_at": answer.data_as_at.isoformat() if answer.data_as_at else None,
        "values": [dict(zip(heads, row, strict=True)) for row in rows],
    } | ({"outcome_not_known": share} if share else {})


def as_table(answer: Answer) -> tuple[list[str], list[list[object]]]:
    """The heads and rows of an answer: period, breakdowns, numerator, denominator, value, bounds,
    status.
    """
    numbers = ["numerator", "denominator", "value", "lower", "upper", "status"]
    heads = ["period", *answer.cut.by, *numbers]
    rows = [
        [
            value.period.isoformat() if value.period else None,
            *(value.by.get(name) for name in answer.cut.by),
        ]
        + [getattr(value, name) for name in numbers]
        for value in answer.values
    ]
    return heads, rows
