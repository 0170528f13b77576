"""Packs of the sample store, made once for each file of tests."""

import pytest

from metrics.figures import figures_at
from packs.contents import Pack
from packs.make import pack_of, request_for
from store.snapshot import read
from store.writer import Store
from tests.conftest import sample_store

DAYS = 180


def made(store: Store, meeting: str, audience: str = "force", **chosen: str) -> Pack:
    snapshot = read(store)
    asked = request_for(meeting, audience, figures_at(snapshot, DAYS), **chosen)
    return pack_of(asked, store.folder, "Sam")


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return Store(sample_store(tmp_path_factory.mktemp("packs") / "store"))


@pytest.fixture(scope="module")
def packs(sample: Store) -> dict[str, Pack]:
    return {
        "force": made(sample, "monthly"),
        "scrutiny": made(sample, "monthly", "scrutiny"),
        "quarterly": made(sample, "quarterly", offence="Stalking"),
        "weekly": made(sample, "weekly"),
    }
