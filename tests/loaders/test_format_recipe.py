"""The recipe of the README holds: an invented format is three files and its words, and works whole."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
ROOMS = (
    "cli",
    "charts",
    "loaders",
    "metrics",
    "packs",
    "sql",
    "store",
    "views",
    "web",
    "data/reference",
)
FILES = {
    "loaders/formats/powers.py": '''"""Powers: a row for each arrest."""

from loaders.contracts import ExportFormat
from loaders.formats.columns import AREA, FORCE, day, text

FORMAT = ExportFormat(
    name="powers",
    title="Powers used",
    order=90,
    row_table="power_row",
    thing=("force_name", "custody_reference"),
    as_at=("used_on",),
    columns=(
        text("custody_reference", "custody number", required=True),
        day("used_on", "date used", required=True),
        text("power", "power used", required=True, values="power"),
        FORCE,
        AREA,
    ),
)
''',
    "sql/schema/power_row.sql": """-- One row per version of a power that was used.
create table power_row (
    version_id bigint, thing ubigint, fingerprint ubigint,
    custody_reference varchar, used_on date, power varchar, force_name varchar, area varchar
)
""",
    "sql/formats/powers.sql": """-- One row per power that was used.
with cell as (
    select
        t as sent_row, t.line, t.problem as read_problem, clean(t.custody_reference) as custody_reference,
        day_of(t.used_on, c.day_order) as used_on, w.meaning as power, w.sent is null and t.power <> '' as is_unresolved,
        coalesce(f.force_name, known(t.force_name), c.force_name) as force_name, optional(t.area) as area
    from row_of_load as t inner join context as c on c.load_id = t.load_id
    left join word_lookup as w on w.field = 'power' and w.sent = t.power
    left join force_lookup as f on f.sent = force_key(t.force_name)
),
judged as (
    select *, case
        when read_problem is not null then read_problem
        when custody_reference is null then 'no_custody_reference'
        when used_on is null then 'no_power_day'
        when power is null then 'unknown_power'
    end as problem
    from cell
)
select
    line, problem, cast(null as varchar) as warning, is_unresolved,
    case when problem is not null then cast(to_json(sent_row) as varchar) end as sent_row,
    custody_reference, used_on, power, force_name, area
from judged
""",
}
LINES = {
    "data/reference/value_label.csv": "power,arrest,arrest\npower,voluntaryattendance,voluntary\n",
    "data/reference/problem.csv": (
        "no_custody_reference,custody_reference,The custody number is empty; add it,,no\n"
        "no_power_day,used_on,The day cannot be read; write it as 2025-01-31,,no\n"
        "unknown_power,power,The power is in words that no list knows,code arrest,yes\n"
    ),
}
HEADER = "Custody number,Date used,Power used,LPA\n"


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the program, with the files and the lines of the recipe."""
    folder = tmp_path_factory.mktemp("recipe")
    for room in ROOMS:
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / room, folder / room, ignore=ignored)
    shutil.copy(ROOT / "pyproject.toml", folder)
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    for name, text in LINES.items():
        with (folder / name).open("a", encoding="utf-8") as file:
            file.write(text)
    return folder


def vawg(checkout: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "cli", *words]
    return subprocess.run(command, cwd=checkout, capture_output=True, text=True, check=False)


def test_an_invented_format_is_loaded_spelled_undone_and_rebuilt(
    checkout: Path, tmp_path: Path
) -> None:
    store = ("--store", str(tmp_path / "figures"))
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    first.write_text(f"{HEADER}C1,2025-01-06,Arrest,Halton\nC2,07/01/2025,ARREST ,Halton\n")
    second.write_text(
        f"{HEADER}C1,2025-01-06,Voluntary attendance,HALTON\nC3,2025-02-09,Arrest,HALTON\n"
        "C4,2025-02-09,Nothing known,HALTON\n"
    )

    def rows() -> list[dict[str, str]]:
        done = vawg(checkout, "rows", "2", *store, "--format", "json")
        assert done.returncode == 0, done.stderr
        return list(json.loads(done.stdout))

    one, two = (
        json.loads(
            vawg(checkout, "load", str(path), *store, "--date-order", "dmy", "--json").stdout
        )
        for path in (first, second)
    )
    assert (one["format"], one["kept"], one["new"]) == ("powers", 2, 2)
    assert (two["kept"], two["new"], two["changed"], two["set_aside"]) == (2, 1, 1, 1)
    assert [(label["field"], label["sent"]) for label in two["unknown"]] == [
        ("power", "Nothing known")
    ]
    stored = [(row["custody_reference"], row["power"], row["area"]) for row in rows()]
    assert sorted(stored) == [("C1", "voluntary", "Halton"), ("C3", "arrest", "Halton")]
    before = rows()
    for counts in (False, True):  # undone, and brought back
        assert vawg(checkout, "undo", "2", *store).returncode == 0
        lines = json.loads(vawg(checkout, "loads", *store, "--json").stdout)
        assert lines[1]["counts"] is counts
    rebuilt = vawg(checkout, "rebuild", *store)
    assert rebuilt.returncode == 0, rebuilt.stderr
    assert rows() == before
    template = vawg(checkout, "template", "powers").stdout
    assert template.strip() == "custody_reference,used_on,power,force_name,area"
    assert vawg(checkout, "check", *store).returncode == 0
