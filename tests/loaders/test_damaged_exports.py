"""Every damaged export gets the result its manifest demands: never a load that
is silently wrong.
"""

import csv
import json
import shutil
from pathlib import Path

import pytest

from loaders.contracts import LoadOptions
from loaders.errors import LoadError
from loaders.load import Source, load
from loaders.load_reports import rows_set_aside, stored_rows
from store.snapshot import read
from store.writer import Store
from tests.conftest import SHARED

FOLDER = SHARED / "hostile"
MANIFEST = (
    json.loads((FOLDER / "manifest.json").read_text())
    if FOLDER.exists()
    else {"entries": [], "sequences": [], "columns": {}}
)


def rows_of(path: Path, columns: dict[str, str]) -> list[tuple[str, ...]]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return sorted(tuple(row.get(role) or "" for role in columns) for row in rows)


def stored(store: Store, load_id: int | None, roles: dict[str, str]) -> list[tuple[str, ...]]:
    return sorted(
        tuple(row[field] for field in roles.values()) for row in stored_rows(read(store), load_id)
    )


def attempt(store: Store, entry: dict, work: Path) -> dict:
    """Load one damaged file: what was stored, what was set aside, or the sentence of refusal."""
    source = Source(FOLDER / entry["file"], entry.get("upload_as") or Path(entry["file"]).name)
    try:
        report = load(store, [source], LoadOptions())[0]
    except LoadError as problem:
        return {"refused": str(problem)}
    assert report.rows == report.kept + report.set_aside + report.blank
    roles = {role: MANIFEST["columns"][role] for role in entry["roles"]}
    lines = sorted({int(row["line"]) for row in rows_set_aside(read(store), report.load_id)})
    warned = any(problem.kind == "warning" for problem in report.problems) or bool(report.notes)
    return {
        "roles": roles,
        "stored": stored(store, report.load_id, roles),
        "lines": lines,
        "warned": warned,
    }


def fits(found: dict, wanted: dict) -> bool:
    """Is what was found one of the results that the manifest accepts?"""
    if wanted["result"] == "refuse_file":
        return "refused" in found and any(
            word.lower() in found["refused"].lower() for word in wanted["error_mentions"]
        )
    if "refused" in found:
        return False
    truth = rows_of(FOLDER / wanted["truth"], found["roles"])
    if wanted["result"] == "accept_all":
        return (
            found["stored"] == truth
            and not found["lines"]
            and (found["warned"] or not wanted.get("must_warn"))
        )
    return found["stored"] == truth and found["lines"] == wanted["rejected_lines"]


@pytest.mark.parametrize("entry", MANIFEST["entries"], ids=lambda entry: entry["id"])
def test_damaged_export(entry: dict, store: Store, tmp_path: Path) -> None:
    found = attempt(store, entry, tmp_path)
    assert any(fits(found, wanted) for wanted in entry["acceptable"]), {
        key: value if key != "stored" else len(value) for key, value in found.items()
    }
    if entry.get("must_load"):
        assert "refused" not in found
    for check in entry["extra_checks"]:
        if check.startswith("pii_not_stored:"):
            marker = check.partition(":")[2].encode()
            assert not any(
                marker in path.read_bytes() for path in store.folder.rglob("*") if path.is_file()
            )


@pytest.mark.parametrize("sequence", MANIFEST["sequences"], ids=lambda entry: entry["id"])
def test_sequence_of_loads(sequence: dict, store: Store, tmp_path: Path) -> None:
    for at, step in enumerate(sequence["loads"]):
        path = tmp_path / f"{at}.csv"
        shutil.copy(FOLDER / step["file"], path)
        try:
            load(store, [Source(path, step["upload_as"])], LoadOptions())
        except LoadError:
            assert at, "the first file must load"
    truth = rows_of(FOLDER / sequence["final_truth"], MANIFEST["columns"])
    assert stored(store, None, MANIFEST["columns"]) == truth
