"""The attack by who has two snapshots: what was told before stays known."""

import csv
from itertools import pairwise
from pathlib import Path

import pytest

from loaders.contracts import LoadOptions
from loaders.load import Source, load
from store.snapshot import read
from store.writer import Store
from tests.metrics.test_disclosure_attack import FILES, RELATIONS, crowd, too_narrow
from tests.support.disclosure_attacker import listen
from tests.support.disclosure_solver import compared


def earlier(folder: Path, sources: list[Source], share: float) -> list[Source]:
    """The same exports as they stood before: fewer rows, and of every ninth crime no outcome yet."""
    found = []
    for source in sources:
        with source.path.open(newline="", encoding="utf-8") as file:
            head, *rows = csv.reader(file)
        rows = rows[: int(share * len(rows))]
        for row in rows[::9] if "outcome_code" in head else []:
            row[head.index("outcome_code")] = row[head.index("outcome_on")] = ""
        path = folder / f"before-{share}-{source.path.name}"
        with path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([head, *rows])
        found.append(Source(path, path.name))
    return found


@pytest.mark.parametrize("seed", range(3))
def test_who_has_two_snapshots_learns_no_more(tmp_path: Path, seed: int) -> None:
    """A load that adds to the months told before and restates them: what was told stays known."""
    store = Store(tmp_path / "store")
    sources, attacked = crowd(tmp_path, seed), RELATIONS[seed % 2 :: 2]
    files = [sources[FILES[relation]] for relation in attacked]
    heard = []
    for sent in (earlier(tmp_path, files, 0.7), earlier(tmp_path, files, 0.97), files):
        options = LoadOptions(date_order="dmy", may_be_older=True, may_be_unknown=True)
        load(store, sent, options)
        heard.append({relation: listen(read(store), relation) for relation in attacked})
    for relation in attacked:
        for before, now in pairwise(one[relation] for one in heard):
            known = compared(now, before)
            narrow = too_narrow(known, asked=0)
            assert not [key for key in narrow if known.truth[key]], (
                "that there is none is no secret"
            )
            # of a count that the later load has changed, the earlier may be known a little nearer
            earlier_one = compared(before, now)
            narrow = too_narrow(earlier_one, asked=0)
            assert all(width >= 3 for key, width in narrow.items() if earlier_one.truth[key])
