"""What is installed: the two locks, what each is for, and that make installs the first alone for
service.
"""

import ast
import os
import re
import shutil
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, packages_distributions, version
from pathlib import Path

import pytest
from packaging.markers import Marker

from tests.support import dependency_document
from tests.support.dependency_document import ROOT, SERVICE, TESTS, asked_for, locked, needed_by

TOOLS = (
    "oidc-provider-mock",
    "flask",
    "playwright",
    "pytest",
    "hypothesis",
    "mypy",
    "ruff",
    "sqlfluff",
)
BLOCK = re.compile(r"^([a-z0-9][a-z0-9._-]*)==(.*?)(?=^[a-z0-9]|\Z)", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("lock", [SERVICE, TESTS, ROOT / "store/spark/requirements.lock"])
def test_a_lock_names_no_address_and_has_a_checksum_of_each_package(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    assert not re.search(r"https?://|file:", text)
    for name, block in BLOCK.findall(text):
        assert "--hash=sha256:" in block, name


def test_the_service_lock_holds_what_the_service_needs_alone() -> None:
    service, tests = asked_for()
    needed = needed_by(SERVICE)
    assert service <= set(needed)
    assert {name for name, via in needed.items() if not via} <= service, (
        "in the lock, and nothing asks for it"
    )
    assert not tests & set(needed), "a test tool is installed in service"
    assert not set(TOOLS) & set(needed)
    assert set(TOOLS) <= set(locked(TESTS))


def test_both_locks_have_the_same_of_what_they_share() -> None:
    service, tests = (checksums(lock) for lock in (SERVICE, TESTS))
    shared = service.keys() & tests.keys()
    assert len(shared) > 10
    assert {name: service[name] for name in shared} == {name: tests[name] for name in shared}


def checksums(lock: Path) -> dict[str, list[list[str]]]:
    """The version and the checksums of each pin of a lock, without its condition."""
    found: dict[str, list[list[str]]] = {}
    for name, block in BLOCK.findall(lock.read_text(encoding="utf-8")):
        found.setdefault(name, []).append([block.split()[0], *re.findall(r"sha256:\w+", block)])
    return found


def test_what_is_installed_is_what_is_locked() -> None:
    for name in {**locked(SERVICE), **locked(TESTS)}:
        pins = [*locked(SERVICE).get(name, []), *locked(TESTS).get(name, [])]
        wanted = {pin for pin, marker in pins if not marker or Marker(marker).evaluate()}
        try:
            assert {version(name)} == wanted, name
        except PackageNotFoundError:
            assert not wanted, name


NOT_SERVICE = (".venv", ".venv-bench", ".venv-spark", "tests", "benchmarks", "setup.py")


def test_what_the_service_imports_is_asked_for_by_name() -> None:
    files = [
        path
        for path in ROOT.glob("**/*.py")
        if path.relative_to(ROOT).parts[0] not in NOT_SERVICE
        and path.parent != ROOT / "store" / "spark"
    ]
    named = {name for path in files for name in imports_of(path)} - set(sys.stdlib_module_names)
    owners = packages_distributions()
    imported = {
        owner.lower().replace("_", "-") for name in named for owner in owners.get(name, [])
    } - {"vawg"}
    assert {"streamlit", "duckdb", "starlette"} <= imported
    assert imported <= asked_for()[0], "name them in pyproject.toml's dependencies"


def imports_of(path: Path) -> set[str]:
    """The first part of every name that a file imports, wherever in it."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    found = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    found |= {
        node.module
        for node in nodes
        if isinstance(node, ast.ImportFrom) and node.module and not node.level
    }
    return {name.partition(".")[0] for name in found}


def test_each_package_asked_for_has_a_reason_and_the_list_is_written_out() -> None:
    assert set(dependency_document.project()["tool"]["vawg"]["why"]) == set.union(*asked_for())
    assert (ROOT / "docs" / "dependencies.md").read_text(
        encoding="utf-8"
    ) == dependency_document.written(), "run make dependencies"
    assert "says none" not in dependency_document.written(), "a package whose licence nobody knows"


RIVALS, SPARK = "benchmarks/rivals/requirements.lock", "store/spark/requirements.lock"


def would_run(folder: Path, target: str, path: str = os.environ["PATH"]) -> str:
    """What make would run for a target where nothing is set up."""
    for name in ("Makefile", "requirements.lock", "requirements-dev.lock", "pyproject.toml"):
        shutil.copy(ROOT / name, folder)
    for lock in (RIVALS, SPARK):
        (folder / lock).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / lock, folder / lock)
    words = [str(shutil.which("make")), "--dry-run", target]
    return subprocess.run(
        words, capture_output=True, text=True, check=True, cwd=folder, env={"PATH": path}
    ).stdout


@pytest.mark.parametrize("target", ["setup", "run"])
def test_to_run_it_installs_the_service_alone(tmp_path: Path, target: str) -> None:
    said = would_run(tmp_path, target)
    assert "-r requirements.lock" in said
    assert "requirements-dev.lock" not in said


@pytest.mark.parametrize("target", ["check", "test", "format", "bench"])
def test_to_test_it_installs_both(tmp_path: Path, target: str) -> None:
    said = would_run(tmp_path, target)
    assert "-r requirements.lock -r requirements-dev.lock" in said
    assert (RIVALS in said) == (target == "bench"), "the rivals are installed by make bench alone"
    assert SPARK not in said, "Spark is installed by make test-spark alone"


@pytest.mark.parametrize("target", ["setup-spark", "test-spark"])
def test_spark_has_an_environment_of_its_own(tmp_path: Path, target: str) -> None:
    said = would_run(tmp_path, target)
    assert f"-r requirements.lock -r requirements-dev.lock -r {SPARK}" in said
    assert ".venv/" not in said


def test_what_spark_needs_is_locked_and_no_part_of_the_service() -> None:
    asked = dependency_document.direct(dependency_document.project()["dependency-groups"]["spark"])
    assert asked <= set(locked(ROOT / SPARK))
    for name in asked:
        assert name not in locked(SERVICE)


@pytest.mark.parametrize(
    ("there", "taken"),
    [
        (("python3.11", "python3.12", "python3.13"), "python3.11"),
        (("python3.12", "python3.13"), "python3.13"),
        (("python3.12",), "python3.12"),
        (("python3",), "python3"),
    ],
)
def test_make_takes_the_python_that_runs(
    tmp_path: Path, there: tuple[str, ...], taken: str
) -> None:
    tools, work = tmp_path / "bin", tmp_path / "work"
    tools.mkdir()
    work.mkdir()
    for name in (
        "python3.11",
        "python3.12",
        "python3.13",
        "python3",
    ):  # the others are on the PATH and lead nowhere, as pyenv's do
        script = f'exec {sys.executable} "$@"' if name in there else "exit 127"
        (tools / name).write_text(f"#!/bin/sh\n{script}\n")
        (tools / name).chmod(0o755)
    assert f"\n{taken} -m venv .venv\n" in would_run(work, "setup", f"{tools}:/usr/bin:/bin")


def test_where_there_is_no_python_make_says_which_it_needs(tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    for name in ("sh", "touch", "test"):
        (tmp_path / "bin" / name).symlink_to(str(shutil.which(name)))
    would_run(tmp_path, "setup", str(tmp_path / "bin"))
    words = [str(shutil.which("make")), "setup"]
    done = subprocess.run(
        words,
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env={"PATH": str(tmp_path / "bin")},
    )
    assert done.returncode != 0
    assert done.stderr.startswith("Python 3.11, 3.12 or 3.13 is needed, and none was found.")


def test_setting_it_up_on_a_server_installs_the_first_lock_alone() -> None:
    text = (ROOT / "docs" / "deploy.md").read_text(encoding="utf-8")
    assert "make setup" in text
    assert "requirements.lock" in text
    assert "requirements-dev.lock" not in text
    assert not re.search(r"^.*&& make test|^make (test|check)", text, re.MULTILINE)
