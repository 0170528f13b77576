"""Words of the loader as a page says them: fields by their titles, controls of the page for options
of the command line.
"""

import re

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
# what a sentence of the loader says for the command line, and what it says on the page
SAID_BY_OPTION = (
    (r"Say --date-order dmy or --date-order mdy\.", "Choose it here."),
    (
        r"Name them with --map '[^']*', or add the column\.",
        "Say below which column is which, or add the column to the export.",
    ),
    (r": say which with --format .*?\.", ": choose the kind of export below."),
    (r"Say which with --map '[^']*'\.", "Say below which one it is."),
    (r"Say --yes to load it all the same\.", "Tick the box below to load it all the same."),
    (r"Say --as-at YYYY-MM-DD\.", "Give the day below."),
    (r"map it with --code(?: '[^']*')?", "say what it means when you load it"),
    (r"; vawg undo (\d+) brings it back", r"; choose it under Loads below and bring it back"),
    (r"Run vawg rebuild", "Have vawg rebuild run on the server"),
)


def field_words(name: str) -> str:
    """A field of ours as a reader calls it: Crime reference."""
    return FIELDS.get(name, name.replace("_", " ").capitalize())


def page_words(sentence: str) -> str:
    """A refusal as a page says it: where the command line names an option, the page names its own
    control.
    """
    for theirs, ours in SAID_BY_OPTION:
        sentence = re.sub(theirs, ours, sentence)
    return re.sub(
        r"'([a-z]+(?:_[a-z]+)+)'", lambda found: f"\u201c{field_words(found[1])}\u201d", sentence
    )
