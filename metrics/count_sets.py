"""Sets of outcomes, decisions or results that the two counts of a metric hold, as its `[sets]` name
them.

Disclosure control works out from these which counts add up to which, so that nobody has to list
metrics that belong together, and a new metric is protected with the others.
"""

import difflib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache

from metrics.contracts import Metric, Shape
from metrics.errors import BadDefinition
from metrics.reference import reference
from metrics.relations import OF_OUTCOMES, RELATIONS

Elements = frozenset[str]
SIDES: dict[Shape, tuple[str, ...]] = {  # which counts a value of each shape tells
    "rate": ("numerator", "denominator"),
    "count": ("numerator",),
    "ratio": ("numerator", "denominator"),
    "median": ("denominator",),
    "gap": ("denominator",),
    "window": ("denominator",),
}
ROWS = {  # of a load: kept or set aside, with or without a code that no list knows
    "rows": frozenset({"kept", "kept, unmapped", "set aside", "set aside, unmapped"}),
    "set_aside": frozenset({"set aside", "set aside, unmapped"}),
    "unmapped": frozenset({"kept, unmapped", "set aside, unmapped"}),
}


@cache
def vocabulary(relation: str) -> Mapping[str, Elements]:
    """What each term stands for that definitions on a base relation may use."""
    if relation in OF_OUTCOMES:
        return _outcomes(with_open=RELATIONS[relation].has_open)
    if relation == "load_result":
        return ROWS
    wanted = RELATIONS[relation].word_list
    words = {row["meaning"] for row in reference("value_label") if row["list"] == wanted}
    if wanted == "result":
        words -= {"open"}  # an open case has no row
    else:
        words |= {"unknown", "pending"}
    return {word: frozenset({word}) for word in sorted(words)}


def elements(relation: str, terms: Iterable[str]) -> Elements:
    """The outcomes, decisions or results that terms stand for together. Raises BadDefinition."""
    known = vocabulary(relation)
    found: set[str] = set()
    for term in terms:
        if term not in known:
            near = difflib.get_close_matches(term, known, n=1, cutoff=0.0)
            hint = f"; the nearest is {near[0]!r}" if near else ""
            raise BadDefinition(
                f"{term!r} is not known to {relation}{hint}. Name {RELATIONS[relation].terms}."
            )
        found |= known[term]
    return frozenset(found)


def denominator_of(metric: Metric) -> Elements:
    """What a metric is out of. Raises BadDefinition."""
    return elements(metric.relation, metric.sets.denominator if metric.sets else ())


def check_sets(metric: Metric) -> None:
    """Whether a definition names the sets of the counts that it tells. Raises BadDefinition."""
    where = f"metrics/definitions/{metric.id}.toml"
    if not metric.is_told:
        if metric.sets is not None:
            raise BadDefinition(f"{where}: leave out [sets], for it has is_told = false.")
        return
    if metric.sets is None:
        sides = " and ".join(f"{side} = […]" for side in SIDES[metric.shape])
        raise BadDefinition(
            f"{where} does not say what its counts hold: add [sets] with {sides}, naming "
            f"{metric.base.terms}."
        )
    for side in ("numerator", "denominator"):
        terms = getattr(metric.sets, side)
        if bool(terms) != (side in SIDES[metric.shape]):
            verb = "leave out" if terms else "add"
            raise BadDefinition(f"{where}, [sets]: {verb} {side}, for it is a {metric.shape}.")
        try:
            elements(metric.relation, terms)
        except BadDefinition as problem:
            raise BadDefinition(f"{where}, [sets], {side}: {problem}") from None
    outside = elements(metric.relation, metric.sets.numerator) - elements(
        metric.relation, metric.sets.denominator
    )
    if metric.shape == "rate" and outside:
        raise BadDefinition(
            f"{where}, [sets]: the numerator holds {', '.join(sorted(outside))}, which the "
            "denominator does not. Add them to the denominator, or take them from the numerator."
        )


def _outcomes(with_open: bool) -> Mapping[str, Elements]:
    """Outcomes by code, by family and all that are assigned; a crime is open without one."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for row in reference("outcome"):
        if row["is_assigned"] == "1":
            known = () if row["outcome_family"] == "not_known" else ("known",)
            for term in (row["outcome_code"], row["outcome_family"], "assigned", *known):
                found[term].add(row["outcome_code"])
        elif with_open:  # also a crime without any code
            for term in (row["outcome_code"], row["outcome_family"]):
                found[term].add(row["outcome_family"])
    return {term: frozenset(codes) for term, codes in found.items()}
