"""Refusals and problems of rows as a page says them: fields by their titles, and the control of the
page that mends it.
"""

import re

from store.remedies import Refusal, Remedy, RemedyKind

FIELDS = {  # where a field's own name, spaced, is not what a reader calls it
    "recorded_on": "Recorded on",
    "outcome_code": "Outcome",
    "offence_code": "Offence",
    "outcome_on": "Outcome day",
    "force_name": "Force",
    "outcome_type": "Outcome",
    "victim_id": "Victim reference",
    "suspect_id": "Suspect reference",
    "applied_on": "Applied on",
    "decided_on": "Decided on",
    "expires_on": "Expires on",
    "breached_on": "Breached on",
    "charged_on": "Charged on",
    "finalised_on": "Finalised on",
    "subject_id": "Subject",
    "defendant_id": "Defendant",
}
# what would mend a refusal, by the controls of the pages
REMEDIES: dict[RemedyKind, str] = {
    "add_column": "Say below which column is which, or add the column to the export.",
    "as_at": "Give the day below.",
    "code": "Say what it means when you load it.",
    "codes_or_yes": "Say below what the words mean, or type the yes to load them as not known.",
    "date_order": "Choose it here.",
    "days_as_they_are": "Export it again as CSV; if its days are right as they are, say yes below.",
    "format": "Choose the kind of export below.",
    "list_metrics": "The Definitions page lists all measures.",
    "map": "Say below which one it is.",
    "map_or_yes": "Say below which column it is, or say yes to load it without.",
    "map_reference": "Say below which column holds it, or add one to the export.",
    "mend_export": "Mend the export and load it again.",
    "no_period": "It needs no month.",
    "no_reference": "It needs no row numbers.",
    "period": "Name the file like principal_offence_category_april_2014.csv.",
    "rebuild": "Have vawg rebuild run on the server: it makes the figures again from the archive.",
    "reword_or_yes": "Reword it in the export; if it names nobody, say yes below.",
    "sheet": "Choose it here.",
    "other_cases": "Export them as text; if they are other cases, say yes below.",
    "undo_part": "Leave this file, or first undo load {value} under Loads below.",
    "undo_undo": "Choose it under Loads below and bring it back.",
    "yes": "Tick the box below to load it all the same.",
}


def field_words(name: str) -> str:
    """A field of ours as a reader calls it: Crime reference."""
    return FIELDS.get(name, name.replace("_", " ").capitalize())


def refusal_words(refusal: Refusal | None) -> str:
    """A refusal as a page says it: what is wrong, and the control that mends it."""
    return with_remedy(str(refusal), refusal.remedy) if refusal is not None else ""


def with_remedy(happened: str, remedy: Remedy | None) -> str:
    """What is wrong, fields by their titles, and the control that mends it."""
    words = re.sub(
        r"'([a-z]+(?:_[a-z]+)+)'", lambda found: f"\u201c{field_words(found[1])}\u201d", happened
    )
    return remedy.after(words, REMEDIES) if remedy else words


def problem_words(sentence: str, remedy: str | None) -> str:
    """What is wrong with a row, and how it is mended."""
    return with_remedy(sentence, Remedy.parse(remedy)).rstrip(".")
