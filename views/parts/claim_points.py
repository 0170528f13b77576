"""Claims that stand otherwise than at the last meeting: the first thing to talk about."""

from metrics.claims import turned, turned_words, verdicts
from metrics.last_meeting import last_meeting
from store import settings
from store.snapshot import Snapshot, read
from views.parts.figures import figures_of
from views.parts.scorecard import Point
from web.sign_in import store


def turned_claims(snapshot: Snapshot) -> list[Point]:
    """A point for each claim that has turned since the data of the last meeting."""
    before = last_meeting(store(), snapshot)
    if before is None:
        return []
    force = settings.of(store().folder).force_name
    now = verdicts(figures_of(snapshot), force)
    then = verdicts(figures_of(read(store(), before)), force)
    return [Point("Claim", turned_words(*pair), "claims") for pair in turned(now, then)]
