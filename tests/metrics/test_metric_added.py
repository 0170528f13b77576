"""A metric that is added, in two files, tells nothing more of the others, whatever it is out of;
who knows it too recovers nothing.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from loaders.contracts import LoadOptions
from loaders.load import load
from metrics.catalogue import metric_named
from metrics.contracts import Sets
from metrics.count_sets import denominator_of
from metrics.disclosure.cells import MetricTable, metric_table
from metrics.disclosure.scrutiny import suppression, told_metrics
from metrics.measure import measure
from store.snapshot import Snapshot, read
from store.writer import Store
from tests.conftest import sample_store
from tests.metrics.test_disclosure_attack import FILES, crowd
from tests.support.disclosure_attacker import listen
from tests.support.disclosure_solver import recovered

ROOT = Path(__file__).parent.parent.parent
Add = Callable[[str, str, str | None], None]


@dataclass(frozen=True)
class Added:
    """A metric like another, which counts and is out of some values of one column."""

    like: str
    column: str
    counted: tuple[str, ...]
    out_of: tuple[str, ...]

    @property
    def definition(self) -> str:
        """The definition of the metric it is like, with other sets."""
        text = (ROOT / "metrics" / "definitions" / f"{self.like}.toml").read_text(encoding="utf-8")
        sides = [
            [word for value in values for word in RESULTS.get(value, [value])]
            for values in (self.counted, self.out_of)
        ]
        sets = f"[sets]\nnumerator = {sides[0]}\ndenominator = {sides[1]}\n\n"
        return re.sub(r"(?s)\[sets\].*?\n\n", sets, text)

    @property
    def query(self) -> str:
        """The query of the metric it is like, of other rows."""
        text = (ROOT / "sql" / "metrics" / f"{self.like}.sql").read_text(encoding="utf-8")
        counted, out_of = (
            ", ".join(f"'{value}'" for value in values) for values in (self.counted, self.out_of)
        )
        text, replaced = re.subn(
            r"case when .* end as numerator",
            f"case when {self.column} in ({counted}) then 1 else 0 end as numerator",
            text.split("\nwhere ")[0],
        )
        assert replaced == 1, text
        return f"{text.rstrip()}\nwhere source = 'force' and {self.column} in ({out_of})\n"


COMPLETED = metric_named("conviction_rate_completed").sets or Sets()
# the result of a case is one of three verdicts in its base relation
RESULTS = {
    "other": [
        result
        for result in COMPLETED.denominator
        if result not in (*COMPLETED.numerator, "acquitted")
    ]
}
# beside metrics that are out of everything, some of which cut across what is added
ADDED = [
    Added("outcome_16_rate", "outcome_code", ("16",), ("15", "16")),
    Added("outcome_15_rate_recorded", "outcome_code", ("15",), ("1", "1A", "15")),
    Added("charge_rate_closed", "outcome_code", ("1A",), ("1", "1A", "16")),
    Added("order_grant_rate", "decision", ("granted",), ("granted", "refused")),
    Added("conviction_rate_completed", "verdict", ("acquitted",), ("acquitted", "other")),
]


def tables_of(snapshot: Snapshot, relation: str) -> list[MetricTable]:
    """The true counts of every metric of a base relation."""
    return [metric_table(snapshot, one, measure) for one in told_metrics(relation)]


def test_a_metric_out_of_something_else_tells_no_more_of_the_others_on_the_sample(
    tmp_path: Path,
) -> None:
    tables = tables_of(read(Store(sample_store(tmp_path / "store"))), "closed_outcome")
    out_of = [denominator_of(table.metric) for table in tables if table.metric.shape == "rate"]
    alone = [
        table
        for table in tables
        if table.metric.shape == "rate" and out_of.count(denominator_of(table.metric)) == 1
    ]
    assert len(alone) == 1, "one metric of the catalogue is out of what no other is out of"
    others = [table for table in tables if table is not alone[0]]
    assert suppression(others).hidden <= suppression(tables).hidden


@pytest.mark.parametrize("seed", [3, 12])
@pytest.mark.parametrize("added", ADDED, ids=[added.like for added in ADDED])
def test_a_metric_out_of_anything_tells_no_more_of_the_others(
    added: Added, seed: int, store: Store, tmp_path: Path, add_metric: Add
) -> None:
    relation = metric_named(added.like).relation
    add_metric("added_rate", added.definition, added.query)
    load(store, [crowd(tmp_path, seed)[FILES[relation]]], LoadOptions(date_order="dmy"))
    tables = tables_of(read(store), relation)
    assert "added_rate" in {table.metric.id for table in tables}
    before = suppression([table for table in tables if table.metric.id != "added_rate"]).hidden
    assert before <= suppression(tables).hidden
    assert recovered(listen(read(store), relation), asked=2) == []
