"""CURRENT, which names the newest snapshot, lost or wrong: no empty store is begun, nothing is
swept away.
"""

import re
from pathlib import Path

import pytest

from loaders.undo import rebuild
from store.errors import CurrentLost, StoreError
from store.files import put_in_place
from store.remedies import Remedy
from store.snapshot import read
from store.writer import Store
from tests.support.three_loads import ALL, crimes, faults, made, more, three

__all__ = ["made", "three"]


@pytest.mark.parametrize(
    "content", [None, b"", b"\n", b"soon\n", b"000000\n", b"00000\xf2\n", b"000001\n", b"000009\n"]
)
def test_a_lost_current_begins_no_empty_store(
    three: Store, tmp_path: Path, content: bytes | None
) -> None:
    current = three.folder / "CURRENT"
    if content is None:
        current.unlink()
    else:
        put_in_place(current, content)
    snapshots = three.kept()
    for act in (lambda: more(three, tmp_path), lambda: read(three).rows("reports/loads")):
        with pytest.raises(StoreError, match="Nothing was changed|missing") as refused:
            act()
        assert refused.value.remedy == Remedy("rebuild")
    assert three.kept() == snapshots
    assert re.search("Nothing was changed|missing", faults(three))
    assert rebuild(three, "test") == 4
    assert crimes(three) == ALL
    assert faults(three) == ""
    assert more(three, tmp_path).load_id == 4


def test_an_older_current_without_its_newer_snapshots_is_said_to_a_writer(
    three: Store, tmp_path: Path
) -> None:
    """A backup whose CURRENT was copied before a load and whose ledger after it."""
    three.path(3).unlink()
    put_in_place(three.folder / "CURRENT", b"000002\n")
    with pytest.raises(CurrentLost, match="the newest in its ledger is 3"):
        more(three, tmp_path)
    rebuild(three, "test")
    assert crimes(three) == ALL
