"""Small print of the VAWG scope: which offences stand outside every line of it, and which court
cases could not be linked to a crime.
"""

from collections.abc import Sequence

from metrics.contracts import Metric
from metrics.naming import named, subject
from metrics.relations import OF_OUTCOMES
from metrics.wording import share
from store.snapshot import Rows, Snapshot
from views.parts.figures import EXACT
from web.sign_in import here

NAMED = 3
# what "All VAWG" is in the figures of another source
ELSEWHERE = {
    "home_office": (
        "“All VAWG” here goes by the offence alone: Home Office tables say neither who the victim "
        "was nor what was domestic abuse, so every victim is counted and violence that is VAWG "
        "only as domestic abuse is left out. The force's own “All VAWG” holds it."
    ),
    "cps": (
        "The Crown Prosecution Service counts by categories of its own, none of which is “All "
        "VAWG” as the force's own figures have it."
    ),
}


def small_print(snapshot: Snapshot | None, metrics: Sequence[Metric]) -> str:
    """What stands beside each VAWG figure of the force; nothing for a person who may not see exact
    figures.
    """
    if snapshot is None or not here().may(EXACT):
        return ""
    scoped = {metric.relation for metric in metrics if "vawg" in metric.dimensions("force")}
    parts = (
        [outside_words(snapshot.rows("reports/offences_outside_scope"))]
        if scoped & {*OF_OUTCOMES}
        else []
    )
    if "case_result" in scoped:
        (row,) = snapshot.rows("reports/cases_linked_to_crimes")
        parts.append(linked_words(int(row["linked"]), int(row["cases"])))
    return " ".join(part for part in parts if part)


def elsewhere(source: str, offences: str) -> str:
    """How the offences of a published figure differ from the force's own of the same name; empty
    where they do not.
    """
    return named(ELSEWHERE[source]) if source == "cps" or offences == "All VAWG" else ""


def outside_words(rows: Rows) -> str:
    """The offences of the last twelve months that no line of the scope has, the commonest named."""
    if not rows:
        return ""
    crimes, strange = (
        sum(row["crimes"] for row in rows),
        [row for row in rows if not row["is_known"]],
    )
    names = ", ".join(
        f"{row['description'] or row['offence_code']} ({row['crimes']:,})" for row in rows[:NAMED]
    )
    words = (
        f"Outside every line of the {subject()} scope in the last twelve months: "
        f"{share(crimes / rows[0]['out_of'])} of crimes, most {names}"
    )
    if strange:
        count = sum(row["crimes"] for row in strange)
        words += f"; {count:,} with an offence that no list knows, which may belong to it"
    return f"{words}. All are on Data quality."


def linked_words(linked: int, cases: int) -> str:
    """How many court cases take the scope of their crime."""
    if not cases or linked == cases:
        return ""
    return (
        f"{cases - linked:,} of {cases:,} court cases name no crime that is loaded: their offence "
        f"alone decides whether they are {subject()}, "
        "so that assaults without a domestic abuse flag are left out."
    )
