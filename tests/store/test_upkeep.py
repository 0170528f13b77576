"""Upkeep of a store: small files edited by hand, an older schema, loads that wait for each other, a
read-only folder.
"""

import errno
import json
import os
import threading
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from loaders.batch import Batch
from loaders.check import check
from loaders.contracts import LoadOptions, LoadReport
from loaders.load import Source, load
from loaders.load_reports import stored_rows
from loaders.undo import preview_rebuild, rebuild
from store import installation, settings
from store.errors import StoreBusy, StoreError, WrongSetting
from store.schema import schema_version, statements_of
from store.snapshot import read
from store.writer import Store
from tests.support.command_line import vawg

Load = Callable[..., LoadReport]
TABLE = "crime_reference | recorded_on | offence_code | outcome_code\nN1 | 2025-01-06 | 8Q | 1"

WRONG = {
    '{"force_name": "Kent",}': "settings.json of the store cannot be read: line 1, column",
    '{"force_name": "Kent"': "line 1, column",
    '{"force_nam": "Kent"}': "force_nam is not known; did you mean force_name?",
    '{"amber_days": -3}': "amber_days: input should be greater than or equal to 0",
    '{"amber_days": "soon"}': "amber_days: input should be a valid integer",
    '["Kent"]': "the whole of it: ",
    "": "line 1, column 1",
}


@pytest.mark.parametrize("text", WRONG, ids=range(len(WRONG)))
def test_settings_with_a_slip_are_said(store: Store, load_table: Load, text: str) -> None:
    load_table(TABLE)
    path = store.folder / "settings.json"
    path.write_text(text)
    with pytest.raises(WrongSetting) as problem:
        settings.of(store.folder)
    assert WRONG[text] in str(problem.value)
    done = vawg(store.folder, "measure", "charge_rate_recorded", code=3)
    assert WRONG[text] in done.stderr
    path.write_bytes(b"\xef\xbb\xbf" + b'{"force_name": "Kent"}')
    assert settings.of(store.folder).force_name == "Kent"
    path.write_bytes(b'{"force_name": "K\xffnt"}')
    with pytest.raises(WrongSetting, match="not text in UTF-8"):
        settings.of(store.folder)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[{"name": "A"},]', "archive/formats.json of the store cannot be read: line 1"),
        ('[{"name": "A", "colour": 1}]', "0.colour is not known"),
        ('{"name": "A"}', "the whole of it"),
    ],
)
def test_saved_formats_with_a_slip_are_said(
    store: Store, load_table: Load, tmp_path: Path, text: str, words: str
) -> None:
    load_table(TABLE)
    (store.archive / "formats.json").write_text(text)
    with pytest.raises(WrongSetting, match=words):
        load_table(TABLE.replace("N1", "N2"), "other.csv")
    done = vawg(store.folder, "check", code=3)
    assert words in done.stdout


def test_a_comment_in_a_query_is_no_other_schema() -> None:
    text = "-- grain\nselect  a,\n    'two  spaces -- kept' as b -- the rest\nfrom t"
    assert statements_of(text) == "select a, 'two  spaces -- kept' as b from t"
    assert statements_of("-- other\n" + text) == statements_of(text)
    assert statements_of(text.replace("a,", "b,")) != statements_of(text)
    assert len(schema_version()) == 12


def test_an_older_schema_is_made_anew_says_how_long_and_can_be_tried(
    store: Store, load_table: Load, tmp_path: Path
) -> None:
    load_table(TABLE)
    with duckdb.connect(str(store.path(1))) as con:
        con.execute("update made_by set schema_version = 'older'")
    seconds = preview_rebuild(store)
    assert seconds > 0
    assert store.kept() == [1]
    assert store.is_outdated()
    said: list[str] = []
    path = tmp_path / "more.csv"
    path.write_text("crime_reference,recorded_on,offence_code,outcome_code\nN2,2025-01-06,8Q,16\n")

    def listen(text: str) -> None:
        said.append(text)
        if "Act" in text:
            assert len(stored_rows(read(store), None)) == 1, (
                "the old snapshot is readable meanwhile"
            )

    load(store, [Source(path, path.name)], LoadOptions(), listen)
    assert any(
        "its 1 loads are made again from the archive, which takes about 1 seconds" in text
        for text in said
    )
    assert store.kept() == [1, 2, 3]
    assert len(stored_rows(read(store), None)) == 2
    assert not store.is_outdated()


def test_rebuild_can_be_tried_from_the_command_line(store: Store, load_table: Load) -> None:
    load_table(TABLE)
    done = vawg(store.folder, "rebuild", "--dry-run", "--json")
    assert json.loads(done.stdout)["seconds"] >= 0
    assert store.kept() == [1]


def test_ten_loads_at_once_wait_their_turn_and_say_so(store: Store, tmp_path: Path) -> None:
    said: list[str] = []
    counts: list[int] = []

    def run(number: int) -> None:
        path = tmp_path / f"{number}.csv"
        path.write_text(
            f"crime_reference,recorded_on,offence_code,outcome_code\nN{number},2025-01-06,8Q,1\n"
        )
        counts.append(
            load(Store(store.folder), [Source(path, path.name)], LoadOptions(), said.append)[0].kept
        )

    running = [threading.Thread(target=run, args=(number,)) for number in range(10)]
    for one in running:
        one.start()
    for one in running:
        one.join()
    assert counts == [1] * 10
    assert len(stored_rows(read(store), None)) == 10
    assert "Waiting for another load to finish, 60 seconds at most" in said


def test_who_waits_too_long_is_told_how_to_wait_longer(
    store: Store, load_table: Load, tmp_path: Path
) -> None:
    load_table(TABLE)
    settings.save(store.folder, settings.Settings(wait_seconds=1))
    with (
        store.lock(),
        pytest.raises(StoreBusy, match="had not finished after 1 seconds.*wait_seconds"),
    ):
        rebuild(Store(store.folder), "test")


def test_define_on_a_folder_that_cannot_be_written_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(installation, "ROOT", tmp_path / "absent")
    with pytest.raises(StoreError, match="cannot be written"):
        installation.write_document("docs/metrics.md", "")


def test_an_interrupted_rebuild_leaves_the_store_as_it_was(store: Store, load_table: Load) -> None:
    load_table(TABLE)
    load_table(TABLE.replace("N1", "N2"), "two.csv")

    def stop(text: str) -> None:
        if "Act 1" in text:
            raise StoreError("stopped")

    with pytest.raises(StoreError, match="stopped"):
        rebuild(store, "test", stop)
    assert store.current() == 2
    assert rebuild(store, "test") == 3
    assert len(stored_rows(read(store), None)) == 2


def test_a_file_that_is_refused_leaves_nothing_of_itself_in_the_act_of_the_others(
    store: Store, tmp_path: Path
) -> None:
    head = "crime_reference,recorded_on,offence_code,outcome_code\n"
    rows = {
        "good": "N1,2025-01-06,8Q,1\n",
        "bad": "N2,never,8Q,1\nN3,soon,8Q,1\n",
        "other": "N4,2025-01-06,8Q,16\nN5,never,8Q,1\n",
    }
    for name, text in rows.items():
        (tmp_path / f"{name}.csv").write_text(head + text)
    sources = [Source(tmp_path / f"{name}.csv", f"{name}.csv") for name in rows]
    reports = load(store, Batch(sources), LoadOptions())
    assert [(report.load_id, report.file_name, report.set_aside) for report in reports] == [
        (1, "good.csv", 0),
        (2, "other.csv", 1),
    ]
    assert len(read(store).rows("row_set_aside")) == 1
    assert [one.fault for one in check(store) if not one.is_well] == []
    assert rebuild(store, "test") == 2


def test_a_rebuild_says_of_each_load_what_it_changed_when_it_came(
    store: Store, load_table: Load
) -> None:
    """Of loads that are typed alone too: their code lists differ."""
    table = f"{TABLE}\nN2 | 2025-01-06 | 8Q | Odd"
    load_table(table, "one.csv", code_map={"Odd": "16"})
    load_table(
        f"{table}\nN4 | 2025-02-06 | 8Q | 1", "two.csv", code_map={"Odd": "15"}, as_at="2025-03-01"
    )
    load_table(
        f"{table}\nN3 | 2025-02-06 | 8Q | 1",
        "three.csv",
        code_map={"Odd": "14"},
        as_at="2025-04-01",
    )
    names = ("load_id", "new_count", "changed_count", "unchanged_count")
    before = [[row[name] for name in names] for row in read(store).loads]
    assert before == [[1, 2, 0, 0], [2, 1, 1, 1], [3, 1, 1, 1]]
    rebuild(store, "test")
    assert [[row[name] for name in names] for row in read(store).loads] == before


def test_a_folder_that_goes_while_it_is_looked_at_is_no_error(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    with store.workspace() as work:
        left = work.with_name("left")
        left.mkdir()
        mkdir = os.mkdir

        def gone(path: str | Path, *rest: int) -> None:
            if Path(path) == left:  # there when the lock looks for it, and gone in the next moment
                left.rmdir()
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
            mkdir(path, *rest)

        monkeypatch.setattr(os, "mkdir", gone)
        store.sweep(None)
        assert work.is_dir() and not left.exists()


def test_a_workspace_in_the_making_is_not_swept_up(store: Store) -> None:
    with store.workspace():
        pass
    ended = threading.Event()

    def sweep() -> None:
        while not ended.is_set():
            Store(store.folder).sweep(None)

    sweeper = threading.Thread(target=sweep)
    sweeper.start()
    try:
        for _ in range(400):
            with store.workspace() as work:
                assert (work / ".alive").is_file()
    finally:
        ended.set()
        sweeper.join()
