"""What SQL could do with the connection of a reader, were any of it a visitor's: no file, no
network, no setting, nothing written.
"""

from collections.abc import Callable
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from loaders.contracts import LoadReport
from store.snapshot import Snapshot, _opened, read
from store.writer import Store
from tests.store.test_store import OLD

Load = Callable[..., LoadReport]
secret_frame = pd.DataFrame({"secret": ["CANARY7"]})

FILES = [
    "from read_csv('{canary}')",
    "from read_csv('{canary}', all_varchar = true)",
    "from read_text('{canary}')",
    "from read_blob('{canary}')",
    "from '{canary}'",
    "from query_table('{canary}')",
    "from glob('{folder}/*')",
    "from sniff_csv('{canary}')",
    "from read_json('{folder}/canary.json')",
    "from read_json_objects('{canary}')",
    "from read_ndjson('{canary}')",
    "from read_parquet('{archive}')",
    "from parquet_metadata('{archive}')",
    "from parquet_schema('{archive}')",
    "from parquet_kv_metadata('{archive}')",
    "from read_text('{store}/archive/ledger.jsonl')",
    "from read_text('{store}/CURRENT')",
    "from read_blob('{snapshot}')",
    "from glob('{snapshot}')",
    "from read_duckdb('{other}')",
    "attach '{other}' as other",
    "attach '{snapshot}' as again",
    "from read_text('{store}/tmp/spill/../../CURRENT')",
    "from read_text('/proc/self/environ')",
    "from read_text('/dev/fd/0')",
    "from read_text('file://{canary}')",
    "from read_csv('{store}/tmp/spill/../../../canary.csv')",
    "from read_text('~/.bashrc')",
    "import database '{folder}'",
    "copy (select 1) to '{folder}/out.csv'",
    "copy (select 1) to '{folder}/out.parquet' (format parquet)",
    "copy (select 1) to '{snapshot}' (format csv, use_tmp_file false)",
    "copy (select 1) to '{snapshot}.wal' (format csv)",
    "copy (select 1) to '{store}/archive/ledger.jsonl' (format csv, use_tmp_file false)",
    "copy (select 1) to '/dev/stdout' (format csv)",
    "export database '{folder}/out'",
    "attach '{folder}/out.duckdb' as other",
    "copy from database snap to other",
]
NETWORK = [
    "from read_csv('https://127.0.0.1:9/x.csv')",
    "from read_parquet('s3://a/b')",
    "from read_text('hf://datasets/a/b')",
    "attach 'https://127.0.0.1/x' as x",
    "install httpfs",
    "install json from community",
    "load httpfs",
    "load '{folder}/x.duckdb_extension'",
    "update extensions",
    "create secret s (type s3, key_id 'a', secret 'b')",
    "create persistent secret s (type s3)",
    "attach 'dbname=x' as x (type postgres)",
]
SETTINGS = [
    "set threads = 1",
    "pragma threads = 1",
    "reset threads",
    "set enable_external_access = true",
    "set allowed_directories = ['/']",
    "set allowed_paths = ['{canary}']",
    "set lock_configuration = false",
    "set temp_directory = '/tmp'",
    "set autoload_known_extensions = true",
    "set python_enable_replacements = true",
    "set python_scan_all_frames = true",
    "set file_search_path = '{folder}'",
    "set memory_limit = '1MB'",
    "set global extension_directory = '{folder}'",
    "set secret_directory = '{folder}'",
    "set profiling_output = '{folder}/out'",
    "pragma profile_output = '{folder}/out'",
    "call enable_logging(storage = 'file', storage_path = '{folder}')",
    "set home_directory = '{folder}'",
    "pragma enable_profiling",
    "set custom_user_agent = 'x'",
    "set disabled_filesystems = ''",
    "set allow_unsigned_extensions = true",
]
TABLES = [
    "insert into crime_row select * from crime_row",
    "insert into snap.main.crime_row select * from snap.main.crime_row",
    "update snap.main.load set counts = false",
    "delete from snap.main.crime_row",
    "drop table snap.main.crime_row",
    "truncate snap.main.crime_row",
    "alter table snap.main.crime_row add column x int",
    "create table snap.main.x (a int)",
    "create table x (a int)",
    "create view x as select 1",
    "create or replace view crime as select 1",
    "drop view crime",
    "create macro x() as 1",
    "create index i on snap.main.crime_row (version_id)",
    "create schema snap.x",
    "create sequence x",
    "create type x as enum ('a')",
    "merge into snap.main.crime_row using crime_row on true when matched then delete",
]
PYTHON = [
    "from secret_frame",
    "select * from query_table('secret_frame')",
    "from local_frame",
    "select secret from local_frame",
    "from pandas_scan(1)",
    "from arrow_scan(1, 2, 3)",
    "from python_map_function()",
    "select getenv('HOME')",
]


@pytest.fixture
def places(store: Store, load_table: Load, tmp_path: Path) -> dict[str, str]:
    """A store with a snapshot, and beside it what a thief or a vandal would like to reach."""
    load_table(OLD)
    canary = tmp_path / "canary.csv"
    canary.write_text("secret\nCANARY7\n")
    (tmp_path / "canary.json").write_text('{"secret": "CANARY7"}')
    with duckdb.connect(str(tmp_path / "other.duckdb")) as con:
        con.execute("create table secret as select 'CANARY7' as secret")
    return {
        "canary": str(canary),
        "folder": str(tmp_path),
        "store": str(store.folder),
        "other": str(tmp_path / "other.duckdb"),
        "snapshot": str(store.path(1)),
        "archive": str(store.archive / "000001.parquet"),
    }


def refused(snapshot: Snapshot, statement: str, before: str) -> None:
    """One statement is refused, and not for its grammar."""
    with _opened(snapshot).con.cursor() as cursor:
        cursor.execute(before)
        with pytest.raises(duckdb.Error) as said:
            print(statement, cursor.execute(statement).fetchall())
    assert not isinstance(said.value, duckdb.ParserException | duckdb.SyntaxException), (
        statement,
        said.value,
    )


def files_in(folder: str) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in Path(folder).rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    "kind",
    [FILES, NETWORK, SETTINGS, TABLES, PYTHON],
    ids=["files", "network", "settings", "tables", "python"],
)
def test_a_reader_is_locked_down(kind: list[str], store: Store, places: dict[str, str]) -> None:
    snapshot = Snapshot(store, 1)
    before, files = everything_of(snapshot), files_in(places["folder"])
    local_frame = pd.DataFrame({"secret": ["CANARY7"]})
    assert len(local_frame) == 1
    for statement in kind:
        refused(
            snapshot, statement.format(**places), "begin transaction read only"
        )  # as Snapshot.rows does
    assert everything_of(snapshot) == before
    assert files_in(places["folder"]) == files
    snapshot.close()


def everything_of(snapshot: Snapshot) -> list[object]:
    """The tables as the file has them, not as they are remembered."""
    return [
        snapshot._asked(name)
        for name in ("crime_row", "reports/loads", "crime", "charge_rate_recorded")
    ]


def test_settings_hold_for_every_cursor_and_for_those_who_write(
    store: Store, places: dict[str, str]
) -> None:
    snapshot = Snapshot(store, 1)
    for query in [*FILES, *NETWORK, *SETTINGS, *PYTHON]:
        refused(snapshot, query.format(**places), "begin transaction")
    snapshot.close()
    secret = pd.DataFrame({"secret": ["CANARY7"]})
    assert len(secret) == 1
    with store.workspace() as work, store.draft(2, work) as draft:
        for name in (
            "autoinstall_known_extensions",
            "autoload_known_extensions",
            "python_enable_replacements",
            "allow_community_extensions",
        ):
            assert draft.con.execute("select current_setting($1)::varchar", [name]).fetchall() == [
                ("false",)
            ], name
        with pytest.raises(duckdb.CatalogException):
            draft.con.execute("from secret")


def test_locked_down_it_still_answers(store: Store, places: dict[str, str]) -> None:
    snapshot = read(store)
    assert [len(rows) for rows in everything_of(snapshot)] == [3, 1, 3, 3]
    assert Path(places["snapshot"]).stat().st_nlink == 1, "the name it was opened by is gone"
    assert not [path for path in store.tmp.iterdir() if path.name != "spill"]
