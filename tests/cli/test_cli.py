"""The command line keeps its promises to other programs: verbs, JSON keys, exit codes, one sentence
a refusal.
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from cli import app
from loaders.formats import FORMATS
from tests.conftest import csv_of
from tests.store.test_store import HEAD, NEW, OLD
from tests.support.command_line import vawg

VAWG = str(Path(sys.executable).parent / "vawg")
REPORT_KEYS = {
    "load_id",
    "snapshot",
    "format",
    "file_name",
    "sha256",
    "rows",
    "kept",
    "set_aside",
    "new",
    "changed",
    "unchanged",
    "problems",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    (folder / "old.csv").write_text(csv_of(OLD + "\nN9 | 2099-01-01 | 8L | | "))
    vawg(folder / "store", "load", str(folder / "old.csv"), "--by", "tester")
    return folder


@pytest.fixture
def loaded(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return tmp_path / "store"


def test_load_report(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(csv_of(OLD + "\nN9 | 2099-01-01 | 8L | | "))
    (tmp_path / "b.csv").write_text(csv_of(NEW))
    dry = json.loads(
        vawg(tmp_path / "store", "load", str(tmp_path / "a.csv"), "--dry-run", "--json").stdout
    )
    assert dry["load_id"] is None
    assert dry["snapshot"] is None
    one = json.loads(vawg(tmp_path / "store", "load", str(tmp_path / "a.csv"), "--json").stdout)
    assert set(one) >= REPORT_KEYS
    assert (one["load_id"], one["rows"], one["kept"], one["set_aside"]) == (1, 4, 3, 1)
    (problem,) = one["problems"]
    assert {"problem", "field", "rows", "first_lines", "kind"} <= set(problem)
    assert (problem["problem"], problem["first_lines"]) == ("future_day", [5])
    both = ("load", str(tmp_path / "b.csv"), str(tmp_path / "a.csv"), "--json")
    done = vawg(tmp_path / "store", *both, "--all-or-none", code=3)
    assert "it is load 1" in done.stderr
    assert done.stdout == ""
    done = vawg(tmp_path / "store", *both, code=3)
    assert "it is load 1" in done.stderr
    assert json.loads(done.stdout)["load_id"] == 2, "the other is loaded"


def test_measure_document(loaded: Path) -> None:
    found = json.loads(
        vawg(
            loaded, "measure", "charge_rate_recorded", "--by", "offence_code", "--format", "json"
        ).stdout
    )
    assert list(found) == [
        "metric",
        "source",
        "grain",
        "audience",
        "snapshot",
        "data_as_at",
        "values",
    ]
    assert list(found["values"][0]) == [
        "period",
        "offence_code",
        "numerator",
        "denominator",
        "value",
        "lower",
        "upper",
        "status",
    ]
    assert found["data_as_at"] == "2025-02-10"
    table = vawg(
        loaded, "measure", "charge_rate_recorded", "--grain", "month", "--format", "csv"
    ).stdout.splitlines()
    assert table[0] == "period,numerator,denominator,value,lower,upper,status"
    assert table[1].startswith("2025-01-01,0,3,")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("measure", "nothing"), 2),
        (("measure", "charge_rate_closed", "--grain", "fortnight"), 2),
        (("measure", "charge_rate_closed", "--by", "colour"), 2),
        (("measure", "charge_rate_closed", "--from", "yesterday"), 2),
        (("measure", "charge_rate_closed", "--where", "area"), 2),
        (("measure", "charge_rate_closed", "--no-such-option"), 2),
        (("measure", "charge_rate_closed", "--where", "force_name=Atlantis"), 3),
        (("measure", "charge_rate_closed", "--snapshot", "99"), 3),
        (("measure", "days_to_charge", "--source", "home_office"), 0),
        (("undo", "99"), 3),
        (("rows", "99"), 3),
        (("rows", "x"), 2),
        (("load", "no-such-file.csv"), 3),
    ],
)
def test_exit_codes(loaded: Path, words: tuple[str, ...], code: int) -> None:
    done = vawg(loaded, *words, code=code)
    if code:
        assert done.stderr.strip()
        assert done.stdout == ""


@pytest.mark.parametrize(
    ("words", "code"),
    [(("snapshots",), 0), (("measure", "nothing"), 2), (("undo", "99"), 3)],
)
def test_the_program_itself_ends_so(loaded: Path, words: tuple[str, ...], code: int) -> None:
    done = subprocess.run(
        [VAWG, *words, "--store", str(loaded)], capture_output=True, text=True, check=False
    )
    assert done.returncode == code
    assert bool(done.stdout) == (code == 0) and bool(done.stderr) == (code != 0)
    assert "Traceback" not in done.stderr


def test_rows_and_rows_set_aside(loaded: Path) -> None:
    stored = vawg(loaded, "rows", "1").stdout.splitlines()
    assert stored[0].startswith("crime_reference,recorded_on,offence_code")
    assert len(stored) == 4
    aside = vawg(loaded, "rows", "1", "--set-aside").stdout.splitlines()
    assert aside[0].startswith("line,field,problem,sent")
    assert aside[1].startswith("5,recorded_on,future_day,2099-01-01")
    current = json.loads(vawg(loaded, "rows", "current", "--format", "json").stdout)
    assert {row["crime_reference"] for row in current} == {"N1", "N2", "N3"}


def test_undo_rebuild_snapshots_and_loads(loaded: Path) -> None:
    assert json.loads(vawg(loaded, "undo", "1", "--json").stdout) == {
        "load_id": 1,
        "counts": False,
        "snapshot": 2,
    }
    assert json.loads(vawg(loaded, "undo", "1", "--json").stdout) == {
        "load_id": 1,
        "counts": True,
        "snapshot": 3,
    }
    assert json.loads(vawg(loaded, "rebuild", "--json").stdout) == {"snapshot": 4}
    assert [row["snapshot"] for row in json.loads(vawg(loaded, "snapshots", "--json").stdout)] == [
        1,
        2,
        3,
        4,
    ]
    (line,) = json.loads(vawg(loaded, "loads", "--json").stdout)
    assert (line["load_id"], line["loaded_by"], line["counts"]) == (1, "tester", True)


@pytest.mark.parametrize("name", [entry.name for entry in FORMATS])
def test_a_template_is_recognised(tmp_path: Path, name: str) -> None:
    text = vawg(tmp_path, "template", name).stdout
    for spelled in (text, text.replace("_", " ").title()):
        path = tmp_path / "filled.csv"
        path.write_text(spelled)
        done = vawg(tmp_path / "store", "load", str(path), code=3)
        assert "Not one row" in done.stderr, "known, and empty"


def test_metrics_document(tmp_path: Path) -> None:
    found = json.loads(vawg(tmp_path, "metrics", "--json").stdout)
    assert {"id", "title", "unit", "sources", "dimensions"} <= set(found[0])


def test_nothing_is_loaded_yet(tmp_path: Path) -> None:
    assert (
        "Load an export first"
        in vawg(tmp_path / "none", "measure", "charge_rate_closed", code=3).stderr
    )
    assert HEAD


def test_packs_are_made_listed_made_again_and_compared(loaded: Path, tmp_path: Path) -> None:
    out = tmp_path / "day.html"
    made = json.loads(vawg(loaded, "pack", "monthly", "--out", str(out), "--json").stdout)
    assert made == {"pack": 1, "file": str(out), "pages": made["pages"], "snapshot": 1}
    first = out.read_bytes()
    (tmp_path / "late.csv").write_text(csv_of(HEAD + "N5 | 2025-01-25 | 8L | | "))
    vawg(loaded, "load", str(tmp_path / "late.csv"), "--as-at", "2025-02-11")
    vawg(loaded, "pack", "monthly", "--out", str(tmp_path / "day.xlsx"))
    vawg(loaded, "pack", "--again", "1", "--out", str(out))
    assert out.read_bytes() == first
    listed = json.loads(vawg(loaded, "packs", "--json").stdout)
    assert [(one["pack"], one["snapshot"]) for one in listed] == [(2, 2), (1, 1)]
    moved = json.loads(vawg(loaded, "pack", "--compare", "1", "2", "--json").stdout)
    assert set(moved[0]) == {"measure", "span", "then", "now", "causes"}
    assert {one["causes"][0] for one in moved} == {"more crimes or cases counted"}
    assert "Moved by more crimes" in vawg(loaded, "pack", "--compare", "1", "2").stdout


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["monthly"], 2, "Say --out FILE, and end its name in .pptx, .xlsx, .html, .pdf."),
        (["monthly", "--out", "day.docx"], 2, "Say --out FILE"),
        (["daily", "--out", "day.html"], 2, "Say vawg pack weekly or monthly or quarterly"),
        (["monthly", "--out", "d.html", "--audience", "press"], 2, "force or scrutiny"),
        (["monthly", "--out", "d.html", "--area", "Atlantis"], 3, "There is no area 'Atlantis'"),
        (["monthly", "--out", "d.html", "--offences", "Theft"], 3, "There are no offences 'Theft'"),
        (["monthly", "--out", "d.html", "--as-at", "2001-01-01"], 3, "No kept snapshot stood at"),
        (["--again", "7", "--out", "d.html"], 3, "There is no pack 7. None is made yet."),
        (["monthly", "--out", "nowhere/d.html"], 3, "vawg pack --again 1 --out FILE makes it."),
    ],
)
def test_a_pack_that_cannot_be_made_is_refused_in_a_sentence(
    loaded: Path, words: list[str], code: int, sentence: str
) -> None:
    assert sentence in vawg(loaded, "pack", *words, code=code).stderr


def test_every_option_says_what_it_is() -> None:
    verbs = typer.main.get_command(app).commands.items()  # type: ignore[attr-defined]
    silent = [f"{verb} {one.name}" for verb, found in verbs for one in found.params if not one.help]
    assert not silent
