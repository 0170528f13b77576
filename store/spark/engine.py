"""Questions about figures, answered by Spark of an export, in place of DuckDB.

Spark runs in this process's own Java machine (`local[2]`), bound to this machine alone; what it
spills is encrypted, under a key that is gone with it.
"""

import atexit
import logging
import os
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from threading import Lock

from pyspark.errors import PySparkException
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.functions import lit

import sql
from store.cache import Key
from store.errors import NotAnExport, StoreError, UnknownSnapshot
from store.snapshot import Rows, Snapshot, is_export, read_by_duckdb
from store.snapshot_views import METRIC_COLUMNS, NOT_KNOWN, query_of, read_by
from store.spark.dialect import spark_text
from store.spark.parquet import Table, read_manifest, write_export
from store.writer import Store

# what `metrics.measure` asks; registers and the ledger are DuckDB's
ASKED = frozenset(
    {
        "summarise",
        "reports/dimension_values",
        "reports/freshness",
        "reports/monthly_counts_by_place_and_offence",
        "reports/published_counts",
        "reports/unknown_outcome_share",
    }
)
SETTINGS = {
    "spark.driver.extraJavaOptions": "-Dlog4j2.configurationFile="
    + (Path(__file__).parent / "log4j2.properties").as_uri(),
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.io.encryption.enabled": "true",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.shuffle.partitions": "2",
    "spark.sql.sources.partitionColumnTypeInference.enabled": "false",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}
OPEN = 4  # snapshots whose tables and views Spark keeps
_open: "dict[Key, tuple[_Views, ExitStack]]" = {}
_opening = Lock()
_at_the_end = ExitStack()
atexit.register(_at_the_end.close)


class SparkSnapshot(Snapshot):
    """A snapshot of a store whose figures Spark works out; what else is asked, DuckDB tells.

    Its tables are written out, inside the store, when the first figure is asked, and are gone with
    this process.
    """

    def __init__(self, store: Store, number: int) -> None:
        super().__init__(store, number)
        self.key = ("spark", *self.key)

    def _asked(self, query: str, /, **values: object) -> Rows:
        return (
            self._views().rows(query, **values)
            if query in ASKED
            else super()._asked(query, **values)
        )

    def _views(self) -> "_Views":
        with _opening:
            if self.key not in _open:
                while len(_open) >= OPEN:
                    _open.pop(next(iter(_open)))[1].close()
                held = _at_the_end.enter_context(ExitStack())
                _open[self.key] = (_Views(self._exported(held)), held)
            return _open[self.key][0]

    def _exported(self, held: ExitStack) -> Path:
        folder = held.enter_context(self._store.workspace()) / "export"
        write_export(Snapshot(self._store, self.number), folder)
        return folder


class FolderSnapshot(SparkSnapshot):
    """What `vawg export` wrote, with no store beside it. Raises NotAnExport, UnknownSnapshot."""

    def __init__(self, store: Store, number: int | None = None) -> None:
        manifest = read_manifest(store.folder)
        if number not in (None, manifest.snapshot):
            raise UnknownSnapshot(f"{store.folder} is an export of snapshot {manifest.snapshot}.")
        self.number, self._store = manifest.snapshot, store
        self.key = ("spark", str(store.folder), manifest.snapshot)

    def open(self) -> sql.Connection:
        """There is nothing that DuckDB could open: raises NotAnExport."""
        raise NotAnExport(
            f"{self._store.folder} is an export: it holds what figures are made of, and no "
            "registers. Ask the store itself."
        )

    @contextmanager
    def _bare(self) -> Iterator[sql.Connection]:
        yield self.open()

    def _exported(self, held: ExitStack) -> Path:
        return self._store.folder


def of_store(store: Store, number: int | None = None) -> SparkSnapshot:
    """Snapshot `number` of a store or of an exported folder, or the newest.

    Raises UnknownSnapshot, DamagedSnapshot, CurrentLost, NotAnExport.
    """
    if is_export(store.folder):
        return FolderSnapshot(store, number)
    return SparkSnapshot(store, read_by_duckdb(store, number).number)


class _Views:
    """The exported tables, the relations and the metrics as views of one session of Spark."""

    def __init__(self, folder: Path) -> None:
        self._session = _spark().newSession()
        self._made: set[str] = set()
        self._making = Lock()
        for name, table in read_manifest(folder).tables.items():
            self._frame(folder / name, table).createOrReplaceTempView(name)
            self._made.add(name)

    def _frame(self, path: Path, table: Table) -> DataFrame:
        schema = ", ".join(f"`{name}` {kind}" for name, kind in table.columns)
        if not table.rows:
            return self._session.createDataFrame([], schema)
        return self._session.read.schema(schema).parquet(str(path))

    def rows(self, query: str, /, **values: object) -> Rows:
        """The rows of one of our queries."""
        text = spark_text(query, values)
        words = {str(value) for value in values.values() if isinstance(value, str)}
        with self._making:
            for name in words:
                self._make(name)
        try:
            return [row.asDict() for row in self._session.sql(text).collect()]
        except PySparkException as problem:
            raise StoreError(f"Spark could not answer: {problem.getCondition()}") from problem

    def _make(self, name: str) -> None:
        """Make a view after those that its query reads; a word that is no view is passed over."""
        if name in self._made or (frame := self._frame_of(name)) is None:
            return
        frame.createOrReplaceTempView(name)
        self._made.add(name)

    def _frame_of(self, name: str) -> DataFrame | None:
        if (query := query_of(name)) is not None:
            for read in read_by(query):
                self._make(read)
            frame = self._session.sql(spark_text(query, {}))
            return self._as_metric(frame) if query.startswith("metrics/") else frame
        relation = name.removeprefix(f"{NOT_KNOWN}_")
        if relation == name or query_of(relation) is None:
            return None
        self._make(relation)
        if "is_not_known" not in self._session.table(relation).columns:
            return None
        text = spark_text(f"relations/{NOT_KNOWN}", {"relation": relation})
        return self._as_metric(self._session.sql(text))

    def _as_metric(self, frame: DataFrame) -> DataFrame:
        """With the columns that `summarise` asks of every metric, null where there are none."""
        asked = self._session.sql(spark_text(f"relations/{METRIC_COLUMNS}", {})).schema
        nothing = {
            field.name: lit(None).cast(field.dataType)
            for field in asked
            if field.name not in frame.columns
        }
        return frame.withColumns(nothing) if nothing else frame


@cache
def _spark() -> SparkSession:
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    builder = SparkSession.builder.master("local[2]").appName("vawg")
    for name, value in SETTINGS.items():
        builder = builder.config(name, value)
    with warnings.catch_warnings():  # of the version of pandas, which is not asked for anything
        warnings.simplefilter("ignore")
        session = builder.getOrCreate()
    logging.getLogger("SQLQueryContextLogger").disabled = True  # what goes wrong is raised
    return session
