"""A store of three loads, for tests that damage it, and what they ask of it."""

import shutil
from pathlib import Path

import pytest

from loaders.check import check
from loaders.contracts import LoadOptions, LoadReport
from loaders.load import Source, load
from loaders.load_reports import stored_rows
from store.snapshot import read
from store.writer import Store
from tests.conftest import csv_of

HEAD = "crime_reference | recorded_on | offence_code | outcome_code\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a store of three loads of two crimes each, and their exports."""
    folder = tmp_path_factory.mktemp("three")
    for number in (1, 2, 3):
        path = folder / f"{number}.csv"
        path.write_text(
            csv_of(f"{HEAD}A{number} | 2025-01-0{number} | 8Q | 1\nB{number} | 2025-02-01 | 8L | ")
        )
        load(Store(folder / "store"), [Source(path, path.name)], LoadOptions())
    return folder


@pytest.fixture
def three(made: Path, tmp_path: Path) -> Store:
    """A copy of that store, with the exports beside it."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return Store(tmp_path / "store")


def crimes(store: Store) -> set[str]:
    return {row["crime_reference"] for row in stored_rows(read(store), None)}


ALL = {f"{letter}{number}" for letter in "AB" for number in (1, 2, 3)}


def faults(store: Store) -> str:
    return " ".join(f"{one.what}: {one.fault}" for one in check(store) if not one.is_well)


def more(store: Store, tmp_path: Path) -> LoadReport:
    path = tmp_path / "more.csv"
    path.write_text("crime_reference,recorded_on,offence_code,outcome_code\nC1,2025-01-05,8Q,1\n")
    return load(store, [Source(path, path.name)], LoadOptions())[0]
