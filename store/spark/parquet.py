"""A snapshot written out as Parquet, for another engine to read: the tables that figures are made
of, the rows that count, partitioned by force and year.

Registers, free text, rows set aside and the history of versions stay in the store.
"""

import json
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

from duckdb.sqltypes import DuckDBPyType
from pydantic import BaseModel, ValidationError

import sql
from store import settings
from store.errors import NotAnExport, StoreError, in_words
from store.files import put_in_place
from store.permissions import keep_private
from store.snapshot import EXPORT, Snapshot
from store.snapshot_views import read_by
from store.told_records import FOLDER as TOLD

PARTITIONS = ["force_name", "year"]
# what Spark calls otherwise, or does not have; an enumeration is text
SPARK_TYPES = {"VARCHAR": "string", "UBIGINT": "decimal(20,0)"}


class Table(BaseModel):
    """One table of an export: its columns as Spark reads them, in order, and how many rows."""

    columns: list[tuple[str, str]]
    rows: int


class Manifest(BaseModel):
    """What an exported folder says of itself, in `export.json`."""

    snapshot: int
    tables: dict[str, Table]

    @property
    def rows(self) -> int:
        """Of all tables together."""
        return sum(table.rows for table in self.tables.values())


def write_export(
    snapshot: Snapshot, folder: Path, progress: Callable[[str], None] = lambda _: None
) -> Manifest:
    """Write a snapshot to a new folder, whole or not at all; what was written.

    Raises StoreError where something is there already.
    """
    keep_private()
    folder = folder.absolute()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise StoreError(
            f"There is something in {folder} already, and nothing is written over. Name a folder "
            "that is new or empty."
        )
    if folder.is_relative_to(snapshot.store_folder) and not folder.is_relative_to(
        snapshot.store_folder / "tmp"
    ):
        raise StoreError(f"{folder} is inside the store. Name a folder outside it.")
    half = folder.with_name(f".{folder.name}.half")
    with in_words(folder, snapshot.number):
        shutil.rmtree(half, ignore_errors=True)
        half.mkdir(parents=True, mode=0o700)
        try:
            manifest = _write(snapshot, half, progress)
            folder.mkdir(mode=0o700, exist_ok=True)
            half.replace(folder)  # an empty folder may be replaced
        finally:
            shutil.rmtree(half, ignore_errors=True)
    return manifest


def read_manifest(folder: Path) -> Manifest:
    """What an exported folder says of itself; raises NotAnExport."""
    try:
        return Manifest.model_validate_json((folder / EXPORT).read_bytes())
    except (OSError, ValidationError):
        raise NotAnExport(
            f"{folder} is not a folder that vawg export wrote. Write it anew, to a new folder."
        ) from None


def _write(snapshot: Snapshot, half: Path, progress: Callable[[str], None]) -> Manifest:
    tables = {}
    with snapshot.unlocked() as con:
        stored = {
            name for (name,) in con.execute("select view_name from duckdb_views()").fetchall()
        }
        for name in sorted(_spoken_of()):
            if f"{name}_row" in stored:
                rows = con.sql(
                    sql.text("relations/current_rows"), params={"row_table": f"{name}_row"}
                )
            elif name in stored:
                rows = con.view(name)
            else:
                continue  # a name that a query gives to its own part
            progress(f"Writing {name}")
            tables[name] = _written(rows, half / name)
    told = snapshot.store_folder / TOLD
    if told.is_dir():  # what scrutiny was told, so that it is told no more by this way
        shutil.copytree(told, half / TOLD)
    ours = {"provisional_days": settings.of(snapshot.store_folder).provisional_days}
    put_in_place(half / settings.FILE, json.dumps(ours).encode())  # the one that figures hang on
    manifest = Manifest(snapshot=snapshot.number, tables=tables)
    put_in_place(half / EXPORT, json.dumps(manifest.model_dump(), indent=1).encode())
    return manifest


@cache
def _spoken_of() -> frozenset[str]:
    """What the relations and the metrics read that is none of them."""
    queries = [
        f"{folder}/{name}" for folder in ("relations", "metrics") for name in sql.names(folder)
    ]
    found = frozenset(name for query in queries for name in read_by(query))
    return found - {query.partition("/")[2] for query in queries} - {"superseded"}


def _written(rows: sql.Relation, path: Path) -> Table:
    kinds = {
        name: _spark_type(str(kind)) for name, kind in zip(rows.columns, rows.types, strict=True)
    }
    # DuckDB knows these names too
    cells = [sql.column(name).cast(DuckDBPyType(kind)).alias(name) for name, kind in kinds.items()]
    count = rows.aggregate("count(*)").fetchall()[0][0]
    days = [sql.column(name) for name, kind in kinds.items() if kind == "date"]
    if "force_name" in kinds and days:
        year = sql.function("year", sql.coalesce(*days)).alias("year")
        if count:
            rows.select(*cells, year).write_parquet(
                str(path), compression="zstd", partition_by=PARTITIONS
            )
        kinds = {name: kind for name, kind in kinds.items() if name != "force_name"}
        kinds |= {"force_name": "string", "year": "int"}
    else:
        path.mkdir()
        rows.select(*cells).write_parquet(str(path / "data_0.parquet"), compression="zstd")
    return Table(columns=list(kinds.items()), rows=count)


def _spark_type(kind: str) -> str:
    return "string" if kind.startswith("ENUM") else SPARK_TYPES.get(kind, kind.lower())
