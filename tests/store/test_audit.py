"""The audit record: every act is in it, a changed or missing line is found, and no word of a crime
is in it.
"""

import json
import multiprocessing
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from loaders.contracts import LoadReport
from loaders.forget import forget
from loaders.undo import rebuild, set_counts
from store import audit
from store.audit import Line, record
from store.audit_check import faults_of
from store.audit_lines import lines, sealed
from store.errors import StoreError
from store.writer import Store
from web.tasks import let_count
from web.worker import WorkerJob

OLD = Path(__file__).parent / "old_record"
CRIMES = """crime_reference | recorded_on | offence_code | outcome_code | victim_id
MARKER-1 | 2026-01-05 | 8Q | 1 | MARKER-2
MARKER-3 | 2026-01-06 | 8Q | 16 | MARKER-4"""


def filled(folder: Path, count: int = 5) -> Path:
    for at in range(count):
        record(folder, Line(audit.CONSULTATION, f"page {at}", "Ann", ("analyst",), "review", 3))
    return next(iter(audit.files(folder)))


def test_a_record_that_nobody_touched_holds(tmp_path: Path) -> None:
    path = filled(tmp_path)
    assert faults_of(tmp_path) == []
    assert [line.number for line in lines(tmp_path)] == [1, 2, 3, 4, 5]
    assert path.stat().st_mode & 0o777 == 0o600


def change(text: str) -> str:
    return text.replace("page 2", "page 9")


def remove(text: str) -> str:
    rows = text.splitlines(keepends=True)
    return "".join(rows[:2] + rows[3:])


def cut_end(text: str) -> str:
    return "".join(text.splitlines(keepends=True)[:-1])


def swap(text: str) -> str:
    rows = text.splitlines(keepends=True)
    return "".join([rows[1], rows[0], *rows[2:]])


def tear(text: str) -> str:
    return text[:-20]


def rewrite(text: str) -> str:
    """A line changed and sealed anew, as who knows the way but changes one line only."""
    rows = text.splitlines()
    row = json.loads(rows[-1]) | {"who": "Somebody else"}
    line = Line(**row | {"roles": tuple(row["roles"])})
    return (
        "\n".join([*rows[:-1], json.dumps(row | {"hash": sealed(line).hash}, ensure_ascii=False)])
        + "\n"
    )


@pytest.mark.parametrize("harm", [change, remove, cut_end, swap, tear, rewrite])
def test_a_broken_chain_is_found(harm: Callable[[str], str], tmp_path: Path) -> None:
    path = filled(tmp_path)
    path.write_text(harm(path.read_text()))
    assert faults_of(tmp_path)


def test_a_record_whose_files_are_gone_is_found(tmp_path: Path) -> None:
    filled(tmp_path).unlink()
    assert faults_of(tmp_path)


def test_the_record_goes_on_after_a_torn_line_and_says_so(tmp_path: Path) -> None:
    path = filled(tmp_path)
    path.write_text(path.read_text()[:-20])
    record(tmp_path, Line(audit.CONSULTATION, "after", "Ann"))
    assert [line.what for line in lines(tmp_path)][-1] == "after"
    assert faults_of(tmp_path)


def test_a_crash_between_line_and_head_is_no_break(tmp_path: Path) -> None:
    filled(tmp_path)
    head = (tmp_path / "audit" / "head.json").read_text()
    record(tmp_path, Line(audit.CONSULTATION, "last", "Ann"))
    (tmp_path / "audit" / "head.json").write_text(head)
    assert faults_of(tmp_path) == []


def write_many(folder: str) -> None:
    for at in range(20):
        record(Path(folder), Line(audit.CONSULTATION, f"page {at}", "Ann"))


def test_many_servers_write_one_chain(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=write_many, args=(str(tmp_path),)) for _ in range(3)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert len(list(lines(tmp_path))) == 60
    assert faults_of(tmp_path) == []


def test_every_act_on_the_store_is_recorded_and_no_word_of_a_crime(
    store: Store, load_table: Callable[..., LoadReport]
) -> None:
    report = load_table(CRIMES, name="MARKER-5.csv", loaded_by="Ann")
    load_table(
        "happened_on | what_happened | noted_by\n2026-02-01 | MARKER-6 | Ann",
        format="annotation_register",
        loaded_by="Ann",
    )
    set_counts(store, report.load_id or 0, False, "Ben")
    set_counts(store, report.load_id or 0, True, "Ben")
    rebuild(store, "Ben")
    forget(store, report.load_id or 0, "Cas")
    found = list(lines(store.folder))
    kinds = [(line.kind, line.who) for line in found]
    ben = ("alteration", "Ben")
    assert {line.page for line in found} == {"command line"}
    assert kinds == [
        ("collection", "Ann"),
        ("alteration", "Ann"),
        ben,
        ben,
        ("combination", "Ben"),
        ("erasure", "Cas"),
    ]
    assert "MARKER" not in "".join(path.read_text() for path in audit.files(store.folder))
    assert faults_of(store.folder) == []


def test_an_act_of_a_page_is_recorded_with_the_page_and_the_roles(
    store: Store, load_table: Callable[..., LoadReport]
) -> None:
    report = load_table(CRIMES)
    before = audit.HERE.set(("data", ("analyst",)))
    work = WorkerJob(let_count, store, report.load_id, False, "Ben")
    work.start()
    assert work.wait()
    assert work.refusal is None
    assert work.result is not None
    assert (work.result.snapshot, work.result.is_ours) == (2, True)
    audit.HERE.reset(before)
    last = list(lines(store.folder))[-1]
    assert (last.what, last.page, last.roles, last.snapshot) == (
        "load 1 undone",
        "data",
        ("analyst",),
        2,
    )


def test_a_record_of_before_heads_were_compared_is_read_verified_and_gone_on_with(
    tmp_path: Path,
) -> None:
    """Three lines and a head, as the program wrote them before this."""
    shutil.copytree(OLD, tmp_path / "audit")
    assert [line.who for line in lines(tmp_path)] == ["Ann Pérson", "Ann Pérson", "not signed in"]
    assert faults_of(tmp_path) == []
    assert record(tmp_path, Line(audit.CONSULTATION, "after", "Ann")).number == 4
    assert faults_of(tmp_path) == []
    first = tmp_path / "audit" / "2026-10.jsonl"
    first.write_text(first.read_text().replace("leader", "admin"))
    assert faults_of(tmp_path) == [
        "What stands in line 2 of 2026-10.jsonl, number 2, is not as it was written."
    ]


@pytest.mark.parametrize(
    "odd", ["[" * 9000, '{"number": 1}', '{"a": 1, "number": "x"}', "null", "7" * 5000, ""]
)
def test_what_is_no_line_is_said_and_read_over(odd: str, tmp_path: Path) -> None:
    path = filled(tmp_path, 2)
    path.write_text(path.read_text() + odd + "\n")
    assert record(tmp_path, Line(audit.CONSULTATION, "after", "Ann")).number == 3
    assert len(list(lines(tmp_path))) == 3
    assert faults_of(tmp_path) == [
        f"Where line 3 of {path.name} should be is no line of the record."
    ]


@pytest.mark.parametrize(
    "odd",
    [
        {"number": "6"},
        {"number": True},
        {"roles": [1]},
        {"snapshot": "x"},
        {"who": None},
        {"more": 1},
    ],
)
def test_a_line_of_other_types_is_no_line(odd: dict[str, object], tmp_path: Path) -> None:
    path = filled(tmp_path, 1)
    path.write_text(json.dumps(json.loads(path.read_text()) | odd) + "\n")
    assert list(lines(tmp_path)) == []
    assert faults_of(tmp_path)


def test_half_a_character_in_a_name_is_written_as_a_question_mark(tmp_path: Path) -> None:
    record(tmp_path, Line(audit.SIGN_IN, "signed in", "Ann \ud800"))
    assert [line.who for line in lines(tmp_path)] == ["Ann ?"]
    assert faults_of(tmp_path) == []


def test_where_it_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "audit").write_text("a file in the way")
    with pytest.raises(StoreError, match="could not be reached|cannot be written"):
        record(tmp_path, Line(audit.CONSULTATION, "x", "Ann"))


def test_a_name_with_a_line_end_of_another_alphabet_breaks_nothing(tmp_path: Path) -> None:
    """A sign-in provider may send any name; some marks in it end a line for Python, and none for
    the record.
    """
    for who in ("Ann\u2028Other", "Ben\x85", "Cas\x1c\x0b", "Dee\nEvil\r"):
        record(tmp_path, Line(audit.SIGN_IN, "signed in", who))
    assert [line.who for line in lines(tmp_path)] == [
        "Ann\u2028Other",
        "Ben\x85",
        "Cas\x1c\x0b",
        "Dee\nEvil\r",
    ]
    assert faults_of(tmp_path) == []
