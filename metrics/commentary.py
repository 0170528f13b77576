"""Commentary of the owners of measures: one for each measure, meeting, cut and day of the data."""

from dataclasses import dataclass
from datetime import date

from metrics.freshness import as_at
from metrics.scope import EVERYWHERE, Chosen
from store.snapshot import Snapshot


@dataclass(frozen=True)
class Said:
    """What was said, by which role, when."""

    words: str
    by: str
    on: date


def commentary_of(snapshot: Snapshot, key: str, meeting: str, chosen: Chosen) -> Said | None:
    """The newest commentary on a measure, or on a page of a pack, for a meeting on just these data;
    what was said of the data of last month says nothing of these.
    """
    day = as_at(snapshot, "recorded_outcome", "force")
    rows = [
        row
        for row in snapshot.rows("commentary")
        if (row["metric"], row["meeting"], row["about_data_of"]) == (key, meeting, day)
        and (row["offences"] or Chosen.offence) == chosen.offence
        and (row["area"] or EVERYWHERE).casefold() == chosen.area.casefold()
    ]
    newest = max(rows, key=lambda row: row["said_on"], default=None)
    if newest is None:
        return None
    return Said(newest["commentary"], newest["said_by"], newest["said_on"])
