"""Claims that stand otherwise than at the last meeting: the first thing to talk about."""

from metrics.claims import Verdict, turned, turned_words, verdicts
from metrics.figures import figures_at
from metrics.last_meeting import last_meeting
from store import settings
from store.cache import remembered
from store.snapshot import Snapshot, read
from views.parts.figures import EXACT
from views.parts.scorecard import Point
from web.sign_in import here, store


def turned_claims(snapshot: Snapshot) -> list[Point]:
    """A point for each claim that has turned since the data of the last meeting."""
    before = last_meeting(store(), snapshot)
    if before is None:
        return []
    force = settings.of(store().folder).force_name
    now, then = claim_verdicts(snapshot, force), claim_verdicts(read(store(), before), force)
    return [Point("Claim", turned_words(*pair), "claims") for pair in turned(now, then)]


def claim_verdicts(snapshot: Snapshot, force: str) -> list[Verdict]:
    """How every claim stands, to a person who may see exact figures; worked out once for each
    snapshot, for the ranks of all forces in it are drawn anew each time.
    """
    if not here().may(EXACT):
        return []
    return _verdicts(snapshot, force, settings.of(store().folder).provisional_days)


@remembered
def _verdicts(snapshot: Snapshot, force: str, provisional_days: int) -> list[Verdict]:
    return verdicts(figures_at(snapshot, provisional_days), force)
