"""The house rules that no linter knows: sizes, names, the layers of the top level, SQL that can
move to Spark.
"""

import ast
import re
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest
import sqlglot

import sql
from loaders.conform import MACROS
from loaders.contracts import CodeList
from loaders.formats import BY_NAME
from loaders.labels.resolve import CODE_FIELDS
from metrics.catalogue import definitions
from metrics.coverage import coverage
from metrics.reference import reference
from store.spark.dialect import spark_text
from tests.conftest import SLOW
from views.navigation import entries

ROOT = Path(__file__).parent.parent
PACKAGES = ("sql", "store", "loaders", "metrics", "charts", "packs", "web", "views")
PYTHON = [
    path
    for folder in (*PACKAGES, "cli", "tests", "benchmarks")
    for path in sorted((ROOT / folder).glob("**/*.py"))
] + [
    ROOT / "app.py",
]
SQL = sorted((ROOT / "sql").glob("**/*.sql"))
MOST_STATEMENTS = 190  # of a file: width and line breaks cannot meet it
FORBIDDEN_NAMES = {"utils", "helpers", "common", "core", "manager"}
PORTABLE = [
    path for path in SQL if path.parent.name in ("metrics", "relations") or path.stem == "summarise"
]


@pytest.mark.parametrize("path", PYTHON, ids=lambda path: str(path.relative_to(ROOT)))
def test_python_files_are_short_and_well_named(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert sum(isinstance(node, ast.stmt) for node in ast.walk(tree)) <= MOST_STATEMENTS
    assert path.stem not in FORBIDDEN_NAMES


@pytest.mark.parametrize("path", SQL, ids=lambda path: path.stem)
def test_sql_files_are_short_and_say_what_they_are(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 65  # of 140 columns, as sqlfluff sees to
    assert lines[0].startswith("-- ")


@pytest.mark.parametrize("path", PORTABLE, ids=lambda path: path.stem)
def test_sql_can_move_to_spark(path: Path) -> None:
    query = str(path.relative_to(ROOT / "sql").with_suffix(""))
    values = dict.fromkeys(re.findall(r"\$(\w+)", sql.text(query)), "crime")
    sqlglot.parse_one(spark_text(query, values), read="spark")


def test_no_sql_is_put_together_from_strings() -> None:
    starts = re.compile(
        r"\b(select|insert into|update|delete from|create|drop)\b.*\{", re.IGNORECASE
    )
    for path in PYTHON:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in ("execute", "sql")
            ):
                assert not any(
                    isinstance(arg, ast.JoinedStr) and starts.search(ast.unparse(arg))
                    for arg in node.args
                ), path


def test_nothing_imports_the_top_level_and_only_app_knows_streamlit_there() -> None:
    for path in PYTHON:
        if path.relative_to(ROOT).parts[0] in PACKAGES:
            assert not {"app", "cli"} & imports_of(path), path
    text = ""
    for path in sorted((ROOT / "cli").glob("*.py")):
        assert not {"streamlit", "plotly", "duckdb"} & imports_of(path)
        text += path.read_text(encoding="utf-8")
    assert {"web.roles"} == set(re.findall(r"^from ((?:views|web)\S*) import", text, re.MULTILINE))
    assert imports_of(ROOT / "app.py") <= {"streamlit", "views", "web"}


def test_libraries_that_take_seconds_are_not_imported_at_the_start() -> None:
    start = "import sys, cli, web.server, views.navigation; views.navigation.entries(); "
    slow = "print(sorted({name.split('.')[0] for name in sys.modules} & {'scipy', 'statsmodels'}))"
    done = subprocess.run(
        [sys.executable, "-c", start + slow], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == "[]", done.stderr


def test_the_slow_files_that_begin_first_are_there() -> None:
    names = {path.stem for path in (ROOT / "tests").rglob("test_*.py")}
    assert {*SLOW} <= names


def test_definitions_are_written_out() -> None:
    for name, text in (("metrics", definitions()), ("coverage", coverage())):
        written = (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8")
        assert written == text, "run vawg define"


def test_what_is_asked_names_exports_and_pages_that_there_are() -> None:
    titles = {entry.page.title for entry in entries()}
    # "Monthly" for "Monthly performance day": a meeting by its first word
    titles |= {title.split()[0] for title in titles}
    for row in reference("framework_measure"):
        assert row["export"] in BY_NAME and row["page"] in titles, row


def test_readme_names_the_two_commands() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "make run" in text
    assert "make test" in text
    for path in re.findall(r"\]\(((?!http)[^)#]+)\)", text):
        assert (ROOT / path).exists(), path


@pytest.mark.parametrize(
    "file",
    [
        "sql/metrics/<id>.sql",
        "metrics/definitions/<id>.toml",
        "loaders/formats/<name>.py",
        "sql/schema/<table>_row.sql",
        "sql/formats/<name>.sql",
        "views/<section>/<page>.py",
        "sql/checks/<name>.sql",
    ],
)
def test_the_files_of_a_recipe_are_as_long_as_the_readme_says(file: str) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    said = re.search(re.escape(f"`{file}`") + r"\D{1,20}(\d+) to (\d+)", text)
    assert said, file
    shortest, longest = map(int, said.groups())
    lengths = [
        len(path.read_text(encoding="utf-8").splitlines())
        for path in ROOT.glob(re.sub("<.*?>", "*", file))
        if not path.stem.endswith(("__", "_whole_file")) and path.parent.name != "parts"
    ]
    assert shortest <= min(lengths) < shortest + 10
    assert longest - 10 < max(lengths) <= longest


def imports_of(path: Path) -> set[str]:
    """The top-level names that a file imports."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
    return found


def test_every_query_is_used() -> None:
    program = [path for path in PYTHON if path.relative_to(ROOT).parts[0] != "tests"]
    text = "".join(path.read_text(encoding="utf-8") for path in program)
    by_kind = {f"macros_{name}" for name in MACROS} | {f"set_{field}" for field in CODE_FIELDS}
    by_kind |= {f"resolve_{codes}" for codes in get_args(CodeList)}
    queries = [path for path in SQL if path.parent.name in ("sql", "reports", "loading")]
    assert len(queries) > 80
    for path in queries:
        name = path.stem if path.parent.name == "sql" else f"{path.parent.name}/{path.stem}"
        assert f'"{name}"' in text or path.stem in by_kind, path
    assert sql.names("relations")


@pytest.mark.parametrize("path", [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))])
def test_documents_name_only_what_is_there(path: Path) -> None:
    rooms = "cli|charts|data/reference|docs|loaders|metrics|sql|store|tests|views|web|benchmarks"
    named = re.findall(rf"`((?:{rooms})/[\w./-]+)`", path.read_text(encoding="utf-8"))
    assert [name for name in named if not (ROOT / name).exists()] == []
