"""What the tests share: a fresh store, a way to load a small table, and where
the real data lies.
"""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from filelock import FileLock

import sql
from loaders import sample_data
from loaders.contracts import LoadOptions, LoadReport
from loaders.load import Source, load
from metrics import catalogue
from store.writer import Store

SLOW = (  # these files begin first, so that no worker ends long after the others
    "test_roles_in_browser",
    "test_disclosure_attack",
    "test_metric_added",
    "test_fault_injection",
    "test_escaping",
    "test_sign_in_ends",
    "test_browser_journey",
    "test_browser_upload",
    "test_store",
    "test_row_counts",
    "test_pseudonyms",
    "test_browser_review",
    "test_browser_meetings",
    "test_figures_read_back",
    "test_browser_figures_agree",
)
SHARED = Path(__file__).parent.parent.parent / "shared"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The slow files first."""
    order = {name: place for place, name in enumerate(SLOW)}
    items.sort(key=lambda item: order.get(item.path.stem, len(SLOW)))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """An empty store."""
    return Store(tmp_path / "store")


@pytest.fixture
def load_table(store: Store, tmp_path: Path) -> Callable[..., LoadReport]:
    """Load a table drawn with `|`, as one export."""

    def loaded(table: str, name: str = "export.csv", **options: object) -> LoadReport:
        path = tmp_path / name
        path.write_text(csv_of(table), encoding="utf-8")
        return load(store, [Source(path, name)], LoadOptions.model_validate(options))[0]

    return loaded


@pytest.fixture
def add_metric(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[str, str, str | None], None]]:
    """Add a metric to the catalogue: its id, its definition, and its query if it has one."""
    definitions, queries = tmp_path / "definitions", tmp_path / "queries"

    def add(name: str, definition: str, query: str | None) -> None:
        shutil.copytree(catalogue.DEFINITIONS, definitions)
        shutil.copytree(sql.FOLDER, queries)
        (definitions / f"{name}.toml").write_text(definition, encoding="utf-8")
        if query is not None:
            (queries / "metrics" / f"{name}.sql").write_text(query, encoding="utf-8")
        monkeypatch.setattr(catalogue, "DEFINITIONS", definitions)
        monkeypatch.setattr(sql, "FOLDER", queries)
        catalogue.named_metrics.cache_clear()

    yield add
    catalogue.named_metrics.cache_clear()
    sql.text.cache_clear()


def sample_store(folder: Path) -> Path:
    """A copy of the invented sample store, which takes seconds to make and is made once for all
    workers of a run.
    """
    made = next(above for above in folder.parents if above.name.startswith("pytest-")) / "sample"
    with FileLock(f"{made}.lock"):
        if not made.exists():
            sample_data.fill(Store(made.with_suffix(".part")), lambda _: None)
            made.with_suffix(".part").rename(made)
    shutil.copytree(made, folder)
    return folder


def csv_of(table: str) -> str:
    """A table drawn with `|` as the text of a CSV."""
    lines = [line.strip() for line in table.strip().splitlines()]
    return "".join(",".join(re.split(r"\s*\|\s*", line)) + "\n" for line in lines)


def shared(*parts: str) -> Path:
    """A file of the shared real data; skips the test where it is absent."""
    path = SHARED.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"{path.name} is not on this machine")
    return path
