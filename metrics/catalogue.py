"""The metrics there are: one file of words in `metrics/words/` and one query in `sql/metrics/`, found by name."""

import difflib
import tomllib
from functools import cache
from pathlib import Path

import sql
from metrics.contracts import Metric
from metrics.errors import BadQuestion

WORDS = Path(__file__).parent / "words"


@cache
def metrics() -> tuple[Metric, ...]:
    """Every metric, in the order in which a review reads them. A query without words, or words without one, is an error."""
    found = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in WORDS.glob("*.toml")}
    if set(found) != set(sql.names("metrics")):
        raise LookupError(f"Words and queries differ: {sorted(set(found) ^ set(sql.names('metrics')))}")
    entries = [Metric.model_validate({"id": name} | words) for name, words in found.items()]
    return tuple(sorted(entries, key=lambda metric: (metric.order, metric.id)))


def metric(name: str) -> Metric:
    """The metric of that id; raises BadQuestion naming the nearest."""
    for entry in metrics():
        if entry.id == name:
            return entry
    near = difflib.get_close_matches(name, [entry.id for entry in metrics()], n=1, cutoff=0.3)
    raise BadQuestion(f"There is no metric {name!r}." + (f" Did you mean {near[0]}?" if near else " See vawg metrics."))


def definitions() -> str:
    """`docs/metrics.md`: every metric in words, from the catalogue."""
    parts = ["# What is measured", "", "Written by `vawg define` from the catalogue; do not edit by hand.", ""]
    for entry in metrics():
        parts += [f"## {entry.title}", "", f"`{entry.id}` · {entry.unit} · {entry.day_words} · from {', '.join(entry.sources)}", ""]
        parts += [entry.meaning, ""]
        if entry.numerator:
            parts += [f"- **Counts**: {entry.numerator}"]
        if entry.denominator:
            parts += [f"- **Out of**: {entry.denominator}"]
        parts += [f"- **Mind**: {entry.mind}", f"- **Breakdowns**: {', '.join(entry.dimensions())}", ""]
        parts += ["Worked example:", "", "```", entry.example.rows.strip(), "```", "", entry.example.arithmetic, ""]
    return "\n".join(parts).rstrip() + "\n"
