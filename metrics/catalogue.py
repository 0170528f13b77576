"""The metrics there are: one file of words in `metrics/definitions/` and one query in
`sql/metrics/`, found by name.
"""

import difflib
import tomllib
from functools import cache
from pathlib import Path

from pydantic import ValidationError

import sql
from metrics.contracts import Metric, Sets
from metrics.count_sets import check_sets
from metrics.errors import BadDefinition, BadQuestion
from metrics.naming import named, subject
from store.remedies import Remedy

DEFINITIONS = Path(__file__).parent / "definitions"


def metrics() -> tuple[Metric, ...]:
    """Every metric, in the order in which a review reads them, with the subject by the name that is
    set. Raises BadDefinition.
    """
    return named_metrics(subject())


@cache
def named_metrics(name: str) -> tuple[Metric, ...]:
    """The same with the subject called `name`, whatever name is set."""
    found = {path.stem: path for path in DEFINITIONS.glob("*.toml")}
    queries = set(sql.names("metrics"))
    if alone := sorted(set(found) ^ queries):
        missing = (
            f"metrics/definitions/{alone[0]}.toml"
            if alone[0] in queries
            else f"sql/metrics/{alone[0]}.sql"
        )
        raise BadDefinition(f"{alone[0]} lacks {missing}: a metric is its words and its query.")
    defined = [_defined(path, name) for path in found.values()]
    return tuple(sorted(defined, key=lambda metric: (metric.order, metric.id)))


def _defined(path: Path, name: str) -> Metric:
    """The metric of one file of words, with the subject called `name`. Raises BadDefinition."""
    where = f"metrics/definitions/{path.name}"
    try:
        text = named(path.read_text(encoding="utf-8"), name)
        entry = Metric.model_validate({"id": path.stem} | tomllib.loads(text))
    except tomllib.TOMLDecodeError as problem:
        raise BadDefinition(f"{where} is not TOML: {problem}.") from None
    except ValidationError as problem:
        first = problem.errors()[0]
        field = ".".join(map(str, first["loc"]))
        raise BadDefinition(
            f"{where}, {field}: {first['msg'].lower()}. See the other files beside it."
        ) from None
    check_sets(entry)
    return entry


def metric_named(name: str) -> Metric:
    """The metric of that id; raises BadQuestion naming the nearest."""
    for metric in metrics():
        if metric.id == name:
            return metric
    near = difflib.get_close_matches(name, [metric.id for metric in metrics()], n=1, cutoff=0.3)
    raise BadQuestion(
        f"There is no metric {name!r}." + (f" Did you mean {near[0]}?" if near else ""),
        None if near else Remedy("list_metrics"),
    )


def definitions() -> str:
    """`docs/metrics.md`: every metric in words, from the catalogue."""
    parts = [
        "# What is measured",
        "",
        "Written by `vawg define` from the catalogue; do not edit by hand.",
        "",
    ]
    for metric in metrics():
        parts += [
            f"## {metric.title}",
            "",
            f"`{metric.id}` · {metric.unit} · {metric.day_words} · "
            f"from {', '.join(metric.sources)}",
            "",
        ]
        parts += [metric.meaning, ""]
        if metric.numerator:
            parts += [f"- **Counts**: {metric.numerator}"]
        if metric.denominator:
            parts += [f"- **Out of**: {metric.denominator}"]
        told = _sets_in_words(metric) if metric.is_told else "none: not told to scrutiny"
        parts += [f"- **Sets**: {told}"]
        parts += [
            f"- **Mind**: {metric.mind}",
            f"- **Breakdowns**: {', '.join(metric.dimensions())}",
            "",
        ]
        parts += [
            "Worked example:",
            "",
            "```",
            metric.example.rows.strip(),
            *(["", metric.example.also_rows.strip()] if metric.example.also_rows else []),
            "```",
            "",
            metric.example.arithmetic,
            "",
        ]
    return "\n".join(parts).rstrip() + "\n"


def _sets_in_words(metric: Metric) -> str:
    """Which outcomes, decisions or results the counts hold, as the definition names them."""
    sets = metric.sets or Sets()
    return " out of ".join(
        ", ".join(f"`{term}`" for term in terms)
        for terms in (sets.numerator, sets.denominator)
        if terms
    )
