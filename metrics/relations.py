"""Base relations: what each holds, which source supplies it, by what it can be broken down.

One entry per query of `sql/relations` that a metric may rest on; nothing else lists relations.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from metrics.periods import Grain

Source = Literal["force", "home_office", "cps", "police_uk"]
Dimensions = tuple[str, ...]


@dataclass(frozen=True)
class Supply:
    """What one source tells in a relation: from which stored table, and how finely."""

    table: str
    finest: Grain
    dimensions: Dimensions


@dataclass(frozen=True)
class BaseRelation:
    """One row per event, with every dimension, null where no source tells it."""

    supplies: Mapping[Source, Supply]
    terms: str = ""  # what the `[sets]` of a metric may name, in words; empty where none is told
    word_list: str = ""  # the list of `value_label.csv` that the terms come from; else outcomes
    has_open: bool = False  # does it hold crimes without an outcome too?
    months_judged: int = 1  # the span of a headline figure
    months_add_up: bool = True  # no: a person counts once in any period, however many months it has
    has_unknown: bool = True  # does it say `is_not_known`?
    offence: str = ""  # where every row is about the same one

    @property
    def is_rare(self) -> bool:
        """Too few a month to be judged by the month."""
        return self.months_judged > 1


_CRIME = (
    "force_name",
    "area",
    "team",
    "offence_code",
    "offence_group",
    "vawg_group",
    "vawg",
    "victim_sex",
    "domestic_abuse",
)
_VICTIM = (
    "victim_age_band",
    "victim_ethnicity",
    "victim_disability",
    "victim_religion",
    "victim_sexual_orientation",
)
_NATIONAL = ("force_name", "offence_code", "offence_group", "vawg_group", "vawg")
_CASE = (
    "force_name",
    "area",
    "team",
    "offence_code",
    "offence_group",
    "vawg_group",
    "vawg",
    "plea",
    "court",
    "court_kind",
)
_ORDER = ("force_name", "area", "team", "order_kind")
_PLACE = ("force_name", "area", "team")
_CHARACTERISTIC = tuple(name for name in _CRIME if name != "victim_sex")
_PERSON = tuple(name for name in _CHARACTERISTIC if name != "vawg")
_OUTCOMES: dict[Source, Supply] = {
    "force": Supply("crime_row", "week", (*_CRIME, *_VICTIM)),
    "home_office": Supply("national_outcome_row", "quarter", _NATIONAL),
}
_STREET = Supply("police_uk_street_row", "month", ("force_name", "offence_group"))
_MONTHLY = Supply("police_uk_outcome_row", "month", ("force_name",))
_CODES = (
    'outcomes by code ("16") or family ("charged"), "assigned" for every outcome, "known" '
    "for those that a list knows"
)

RELATIONS: dict[str, BaseRelation] = {
    "recorded_outcome": BaseRelation(
        _OUTCOMES | {"police_uk": _STREET},
        f'{_CODES}, "open" for crimes without one',
        has_open=True,
    ),
    "closed_outcome": BaseRelation(_OUTCOMES | {"police_uk": _MONTHLY}, _CODES),
    "order_event": BaseRelation(
        {"force": Supply("protection_order_row", "week", _ORDER)},
        'decisions of applications ("granted")',
        word_list="decision",
        months_judged=12,
        months_add_up=False,
        offence="stalking",
    ),
    "case_result": BaseRelation(
        {
            "force": Supply("prosecution_row", "week", _CASE),
            "cps": Supply("cps_outcome_row", "month", ("force_name", "offence_group")),
        },
        'results of cases ("acquitted")',
        word_list="result",
        months_judged=12,
    ),
    "order_or_stalking": BaseRelation(
        {"force": Supply("protection_order_row", "week", ("force_name", "area", "team"))},
        months_judged=12,
        months_add_up=False,
        has_unknown=False,
        offence="stalking",
    ),
    "victim_crime": BaseRelation(
        {"force": Supply("crime_row", "week", (*_PERSON, "victim_sex", "victim_age_band"))},
        months_judged=12,
        months_add_up=False,
        has_unknown=False,
        offence="all VAWG",
    ),
    "suspect_crime": BaseRelation(
        {"force": Supply("crime_row", "week", _PERSON)},
        months_judged=12,
        months_add_up=False,
        has_unknown=False,
        offence="all VAWG",
    ),
    "power_event": BaseRelation(
        {"force": Supply("power_row", "week", _CHARACTERISTIC)},
        'uses of a power ("arrest")',
        word_list="power_event",
    ),
    "release_end": BaseRelation(
        {"force": Supply("power_row", "week", _CHARACTERISTIC)}, months_judged=12, has_unknown=False
    ),
    "arrest_or_abuse": BaseRelation(
        {"force": Supply("power_row", "week", _PLACE)}, has_unknown=False, offence="domestic abuse"
    ),
    "crime_arrest": BaseRelation(
        {"force": Supply("power_row", "week", _CHARACTERISTIC)}, has_unknown=False
    ),
    "considered_crime": BaseRelation(
        {"force": Supply("protection_order_row", "week", _PLACE)},
        has_unknown=False,
        offence="stalking",
    ),
    "disclosure_application": BaseRelation(
        {"force": Supply("disclosure_row", "week", (*_PLACE, "kind"))},
        'states of applications ("disclosed")',
        word_list="disclosure_status",
        offence="domestic abuse",
    ),
    "disclosure_decision": BaseRelation(
        {"force": Supply("disclosure_row", "week", (*_PLACE, "kind"))},
        'states of applications ("disclosed")',
        word_list="disclosure_status",
        offence="domestic abuse",
    ),
    "charging_submission": BaseRelation(
        {"force": Supply("charging_row", "week", (*_CHARACTERISTIC, "kind"))},
        'decisions ("charge"), "pending" for submissions without one',
        word_list="charging_decision",
    ),
    "charging_decision": BaseRelation(
        {"force": Supply("charging_row", "week", (*_CHARACTERISTIC, "kind"))},
        'decisions ("charge")',
        word_list="charging_decision",
    ),
    "referral_made": BaseRelation(
        {"force": Supply("referral_row", "week", (*_PLACE, "kind"))},
        'whether referrals were taken on ("accepted")',
        word_list="acceptance",
        months_judged=12,
    ),
    "marac_case": BaseRelation(
        {"force": Supply("referral_row", "week", _PLACE)}, months_judged=12, has_unknown=False
    ),
    "order_breach_event": BaseRelation(
        {"force": Supply("order_breach_row", "week", (*_PLACE, "kind"))},
        'kinds of breach ("contact")',
        word_list="breach_kind",
        months_judged=12,
        has_unknown=False,
    ),
    "order_of_any_kind": BaseRelation(
        {"force": Supply("protection_order_row", "week", (*_PLACE, "kind"))},
        months_judged=12,
    ),
    "served_order": BaseRelation(
        {"force": Supply("protection_order_row", "week", (*_ORDER, "kind"))},
        months_judged=12,
        has_unknown=False,
        offence="stalking",
    ),
    "notice_or_order": BaseRelation(
        {"force": Supply("protection_order_row", "week", _PLACE)},
        months_judged=12,
        has_unknown=False,
        offence="domestic abuse",
    ),
    "subject_after_order": BaseRelation(
        {"force": Supply("protection_order_row", "week", _ORDER)},
        months_judged=12,
        has_unknown=False,
        offence="stalking",
    ),
    "survey_reply": BaseRelation(
        {"force": Supply("survey_row", "month", ("force_name", "area", "kind"))},
        months_judged=12,
        has_unknown=False,
    ),
    "survey_asked": BaseRelation(
        {"force": Supply("survey_row", "month", ("force_name", "area", "kind"))},
        months_judged=12,
        has_unknown=False,
    ),
    "victim_characteristic": BaseRelation(
        {"force": Supply("crime_row", "week", _CHARACTERISTIC)}, has_unknown=False
    ),
    "load_result": BaseRelation(
        {
            "force": Supply("crime_row", "week", ()),
            "home_office": Supply("national_outcome_row", "week", ()),
            "cps": Supply("cps_outcome_row", "week", ()),
        },
        '"rows", "set_aside" and "unmapped"',
        has_unknown=False,
    ),
}
OF_SURVEYS = ("survey_reply", "survey_asked")
OF_OUTCOMES = tuple(name for name, one in RELATIONS.items() if one.terms.startswith(_CODES))


def supply(relation: str, source: str) -> Supply | None:
    """What a source tells in a relation; None where it tells nothing."""
    return next((one for name, one in RELATIONS[relation].supplies.items() if name == source), None)


def supplies() -> Iterator[tuple[str, Source, Supply]]:
    """Every relation with each source that supplies it."""
    for name, relation in RELATIONS.items():
        for source, one in relation.supplies.items():
            yield name, source, one


# every dimension that some relation has
DIMENSIONS = tuple(dict.fromkeys(name for _, _, one in supplies() for name in one.dimensions))
