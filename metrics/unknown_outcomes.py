"""Share of cases whose outcome is not known: it stands beside every figure it touches, and a figure
on too many is provisional.

What is sent in words that no list knows is nearly always not a charge, so a figure without it would
look better than it is.
"""

from metrics.contracts import Cut, Metric
from metrics.relations import RELATIONS
from metrics.summary import Filters, summarised_by_name
from store.cache import remembered
from store.snapshot import Snapshot

LIMIT = 0.005  # above this share a figure is provisional: METRICS.md, "Common rules"
VIEW = "not_known_{}"  # of a base relation, in the shape of a rate; `sql/relations/not_known.sql`
Key = tuple[object, object, object]  # period, the breakdowns


def shares(snapshot: Snapshot, metric: Metric, cut: Cut, allowed: Filters) -> dict[Key, float]:
    """The share of each row of `summarise` at a cut whose outcome is not known, where there is any;
    0 to 1.
    """
    if not share_of_all(snapshot, metric.relation, cut.source):
        return {}
    rows = summarised_by_name(snapshot, VIEW.format(metric.relation), cut, allowed)
    return {
        row.key: row.numerator / row.denominator
        for row in rows
        if row.numerator and row.denominator > 0
    }


@remembered
def share_of_all(snapshot: Snapshot, relation: str, source: str) -> float:
    """The share of everything that one source says in a relation; 0 where the relation has no
    outcomes.
    """
    if not RELATIONS[relation].has_unknown:
        return 0.0
    (row,) = snapshot.rows(
        "reports/unknown_outcome_share", relation=VIEW.format(relation), source=source
    )
    return row["not_known"] / row["out_of"] if row["out_of"] else 0.0
