"""Spark says what DuckDB says: every metric at several cuts, row by row, as the force and as
scrutiny. `make test-spark` runs it; without Spark it skips.
"""

import json
import os
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from loaders.contracts import LoadOptions
from loaders.load import load
from loaders.reading.zip_files import Source
from metrics.catalogue import metrics
from metrics.contracts import Answer, Cut, Metric
from metrics.measure import measure
from store.errors import NotAnExport, UnknownSnapshot
from store.snapshot import Snapshot, read
from store.spark.parquet import write_export
from store.writer import Store
from tests.conftest import csv_of, sample_store

pytest.importorskip("pyspark", reason="Spark is not installed: make test-spark")
pytestmark = pytest.mark.filterwarnings("ignore")  # PySpark's own
ALL = "VAWG_ALL_CUTS" in os.environ  # three cuts of each metric in place of one
HAS_AREAS = ("charge_rate_closed", "orders_granted", "arrests", "days_to_charge", "referrals_made")


OUTCOMES = """
Crime ID | Month | Falls within | Outcome type
a1 | 2016-01 | Kent Police | Suspect charged
a2 | 2016-02 | Kent Police | Local resolution
"""
STREET = """
Crime ID | Month | Falls within | Crime type | Last outcome category
b1 | 2016-01 | Kent Police | Burglary | Under investigation
"""
COURTS = "".join(
    f" | {number} of {kind} {what}"
    for kind in ("Homicide", "Burglary")
    for number in ("Number", "Percentage")
    for what in ("Convictions", "Unsuccessful")
)
COURTS = f"""
Name{COURTS}
Cheshire | 3 | 1 | 75.0% | 25.0% | 4 | 0 | 100.0% | 0.0%
Dorset | 1 | 1 | 50.0% | 50.0% | 2 | 2 | 50.0% | 50.0%
"""
EXTRA = {
    "outcomes.csv": OUTCOMES,
    "street.csv": STREET,
    "principal_offence_category_may_2014.csv": COURTS,
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The sample, and a little of what it does not have."""
    folder = tmp_path_factory.mktemp("spark")
    store = Store(sample_store(folder / "store"))
    for name, table in EXTRA.items():
        (folder / name).write_text(csv_of(table))
        load(store, [Source(folder / name, name)], LoadOptions())
    return store


@pytest.fixture(scope="module")
def export(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The same, written out, before anything was told to scrutiny."""
    folder = tmp_path_factory.mktemp("export") / "out"
    write_export(read(store), folder)
    return Store(folder)


def cut_of(metric: Metric, source: str, turn: int) -> Cut:
    """One of three, by turns: by month; by year and what it can first be parted by, of two areas;
    of all time by two others.
    """
    dims = [name for name in metric.dimensions() if name not in ("force_name", "victim_age_band")]
    asked: list[dict[str, object]] = [
        {"grain": "month", "from_day": "2012-04-01"},
        {"grain": "year", "by": tuple(dims[:1])},
        {"grain": "all", "by": tuple(dims[2:4])},
    ]
    cut = {"source": source} | asked[turn % 3]
    if source == "force" and "area" in dims and metric.id in HAS_AREAS:
        cut["where"] = {"area": ("Halton", "Warrington")}
    return Cut.model_validate(cut)


def told(snapshot: Snapshot, metric: str, cut: Cut) -> list[dict[str, object]]:
    answer: Answer = measure(snapshot, metric, cut)
    return [value.model_dump(mode="json") for value in answer.values]


@pytest.mark.parametrize("turn", range(len(metrics())), ids=lambda turn: metrics()[turn].id)
def test_every_metric_is_the_same(turn: int, store: Store, export: Store) -> None:
    metric = metrics()[turn]
    for source in metric.sources:
        for cut in (
            [cut_of(metric, source, turn)]
            if not ALL
            else map(partial(cut_of, metric, source), range(3))
        ):
            by_spark = told(read(export, engine="spark"), metric.id, cut)
            assert by_spark == told(read(store), metric.id, cut), cut


def test_there_was_something_to_compare(store: Store) -> None:
    asked = [
        told(read(store), metric.id, cut_of(metric, source, turn))
        for turn, metric in enumerate(metrics())
        for source in metric.sources
    ]
    assert len([values for values in asked if values]) > 0.9 * len(asked)


@pytest.mark.parametrize("metric", ["charge_rate_closed", "orders_granted"])
def test_scrutiny_is_told_the_same(metric: str, store: Store, export: Store) -> None:
    """Of the folder alone, in which nobody was told anything yet: Spark works out what is hidden."""
    by = ("area",) if metric == "charge_rate_closed" else ()
    cut = Cut(source="force", grain="quarter", audience="scrutiny", by=by)
    by_spark = told(read(export, engine="spark"), metric, cut)
    assert by_spark == told(read(store), metric, cut)
    assert "suppressed" in {value["status"] for value in by_spark}


def test_of_a_store_the_rest_is_asked_of_duckdb(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VAWG_ENGINE", "spark")
    snapshot = read(store)
    assert type(snapshot).__name__ == "SparkSnapshot"
    assert snapshot.loads == read(store, engine="duckdb").loads
    cut = Cut(source="force", grain="year")
    assert told(snapshot, "charges", cut) == told(read(store, engine="duckdb"), "charges", cut)


def test_a_folder_answers_of_its_own_snapshot_and_of_figures_alone(export: Store) -> None:
    assert read(export, 22, "spark").number == 22
    with pytest.raises(UnknownSnapshot, match="an export of snapshot 22"):
        read(export, 3, "spark")
    with pytest.raises(NotAnExport, match="no registers"):
        read(export, engine="spark").rows("annotation")


def test_the_command_line_says_it_once_and_quietly(export: Store, store: Store) -> None:
    def asked(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "cli", "measure", "orders_granted", "--grain", "year"]
        return subprocess.run(
            [*command, *words, "--json"], capture_output=True, text=True, check=True
        )

    by_spark = asked("--store", str(export.folder), "--engine", "spark")
    assert json.loads(by_spark.stdout) == json.loads(asked("--store", str(store.folder)).stdout)
    said = [line for line in by_spark.stderr.splitlines() if "incubator" not in line]
    assert said == [], "Java's own word on a module that it tries out is all"
    assert not (Path.cwd() / "spark-warehouse").exists()


def test_what_a_folder_cannot_answer_is_one_sentence(export: Store, tmp_path: Path) -> None:
    snapshot = read(export, engine="spark")
    for asked in (lambda: snapshot.stood_at("crime_row"), lambda: write_export(snapshot, tmp_path)):
        with pytest.raises(NotAnExport, match="no registers"):
            asked()
