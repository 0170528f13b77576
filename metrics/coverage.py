"""Coverage: what the public record of the framework, an inspectorate or a board asks for, which of
our measures answers it, from which export and on which page, and what nothing here can answer.

What comes with the program is in words of ours (`data/reference/framework_measure.csv`); a force
adds what it is asked in the register `framework_measure`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from metrics.catalogue import metric_named, metrics
from metrics.contracts import Metric
from metrics.freshness import as_at
from metrics.reference import reference
from store.snapshot import Snapshot


@dataclass(frozen=True)
class Asked:
    """One thing that is asked: by whom, in which words, and what answers it."""

    framework: str
    number: str
    words: str
    measures: tuple[Metric, ...]
    export: str
    page: str
    missing: str

    def state(self, snapshot: Snapshot) -> str:
        """answered, partly, no data yet (the export is not loaded), or nothing here answers it."""
        if not self.measures:
            return "nothing here answers it"
        held = [
            one
            for one in self.measures
            if any(as_at(snapshot, one.relation, s) for s in one.sources)
        ]
        if not held:
            return f"no data yet: load {self.export}" if self.export else "no data yet"
        is_whole = len(held) == len(self.measures) and not self.missing
        return "answered" if is_whole else "partly answered"


def asked(snapshot: Snapshot) -> list[Asked]:
    """Everything that is asked: what comes with the program, and what the register adds."""
    found = list(_shipped())
    known = {one.id for one in metrics()}
    for row in snapshot.rows("framework"):
        names = [name for name in _split(str(row["metric"] or "")) if name in known]
        fits = str(row["how_it_fits"] or "")
        found.append(
            Asked(
                str(row["framework"]),
                str(row["their_number"]),
                str(row["their_words"]),
                tuple(map(metric_named, names)),
                "",
                "",
                fits,
            )
        )
    return found


@cache
def _shipped() -> tuple[Asked, ...]:
    return tuple(
        Asked(
            row["framework"],
            row["their_number"],
            row["their_words"],
            tuple(map(metric_named, _split(row["metrics"]))),
            row["export"],
            row["page"],
            row["missing"],
        )
        for row in reference("framework_measure")
    )


def _split(names: str) -> list[str]:
    return [name.strip() for name in names.replace(",", ";").split(";") if name.strip()]


def by_framework(found: Sequence[Asked]) -> Mapping[str, list[Asked]]:
    """What each framework asks, in the order in which it stands."""
    grouped: dict[str, list[Asked]] = {}
    for one in found:
        grouped.setdefault(one.framework, []).append(one)
    return grouped


def coverage() -> str:
    """`docs/coverage.md`: everything that is asked, from the reference list and the catalogue."""
    parts = [
        "# What is asked, and what answers it",
        "",
        "Written by `vawg define` from `data/reference/framework_measure.csv`, the claims that "
        "come with the program and the catalogue; do not edit by hand. The words are ours; the "
        "reports have their own.",
        "",
    ]
    heads = ["| | asked | measures | export | page | not there |", "|---|---|---|---|---|---|"]
    for framework, rows in by_framework(_shipped()).items():
        parts += [f"## {framework}", "", *heads]
        for one in rows:
            ids = ", ".join(f"`{metric.id}`" for metric in one.measures) or "none"
            cells = [one.number, one.words, ids, f"`{one.export}`", one.page, one.missing]
            parts.append(f"| {' | '.join(cells)} |")
        parts.append("")
    parts += ["## Claims", "", *heads]
    for row in reference("claim"):
        ids = f"`{row['metric']}`" if row["metric"] else "none"
        missing = "" if row["metric"] else "no export can test it"
        cells = [row["claim_id"], row["claim_words"], ids, "", "Claims", missing]
        parts.append(f"| {' | '.join(cells)} |")
    return "\n".join(parts) + "\n"
