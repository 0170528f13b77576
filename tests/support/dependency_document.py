"""Writer of docs/dependencies.md: every package of the two locks, its licence, and why it is here.

`make dependencies` writes it; `tests/test_packaging.py` fails where it is not what it would write.
"""

import re
import tomllib
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
SERVICE, TESTS = ROOT / "requirements.lock", ROOT / "requirements-dev.lock"
PIN = re.compile(
    r"^(?P<name>[a-z0-9][a-z0-9._-]*)==(?P<version>\S+)(?: ; (?P<marker>[^\\]+))?", re.MULTILINE
)
LONGEST = 60  # characters; some packages put the whole text of their licence where its name belongs
HEAD = """# The packages this program stands on

Written by `make dependencies` from the two locks and from what the installed packages say of their
licence. {service} packages run in service (`requirements.lock`), all that `make setup` installs.
Tests and checks bring {tests} more (`requirements-dev.lock`); none of those is installed in service.
What `--engine spark` needs and what `make bench` compares with have locks of their own
(`store/spark/requirements.lock`, `benchmarks/rivals/requirements.lock`) and environments of their
own; `make test`, `make run` and the service install neither.
The first of each table are those that pyproject.toml asks for by name; the others come with them.
"""


@cache
def project() -> dict[str, Any]:
    """What pyproject.toml says."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def direct(names: list[str]) -> set[str]:
    """The packages that a list of requirements names, as locks spell them."""
    return {
        re.split(r"[<>=!~ ;\[]", line, maxsplit=1)[0].lower().replace("_", "-") for line in names
    }


def asked_for() -> tuple[set[str], set[str]]:
    """What the service, with its installer, and what the tests ask for by name."""
    groups = project()["dependency-groups"]
    return direct(project()["project"]["dependencies"]) | direct(groups["install"]), direct(
        groups["dev"]
    )


def locked(lock: Path) -> dict[str, list[tuple[str, str]]]:
    """Each package of a lock, with its versions and the condition of each."""
    found: dict[str, list[tuple[str, str]]] = {}
    for pin in PIN.finditer(lock.read_text(encoding="utf-8")):
        found.setdefault(pin["name"], []).append((pin["version"], (pin["marker"] or "").strip()))
    return found


def licence(name: str) -> str:
    """The licence that an installed package names; the first line of its licence file where it
    names none.
    """
    try:
        package = distribution(name)
    except PackageNotFoundError:
        return "not installed on this system"
    about = package.metadata
    named = [
        line.rpartition(" :: ")[2]
        for line in about.get_all("Classifier") or []
        if line.startswith("License ::")
    ]
    short = [
        text
        for text in (about.get("License") or "",)
        if text and len(text) <= LONGEST and "\n" not in text
    ]
    if found := about.get("License-Expression") or " and ".join(short or named):
        return str(found)
    files = [
        file for file in package.files or [] if file.name.upper().startswith(("LICENSE", "LICENCE"))
    ]
    return next(
        (
            Path(str(file.locate())).read_text(encoding="utf-8").splitlines()[0].strip()
            for file in files
        ),
        "says none",
    )


def needed_by(lock: Path) -> dict[str, str]:
    """What each package of a lock is needed by, as uv notes it under each."""
    found: dict[str, list[str]] = {}
    name = ""
    for line in lock.read_text(encoding="utf-8").splitlines():
        if pin := PIN.match(line):
            name = pin["name"]
            found[name] = []
        elif name and (via := re.match(r"    # (?:via)? *([a-z0-9._-]+)$", line)):
            found[name].append(via[1])
    return {name: ", ".join(names) for name, names in found.items()}


def table(lock: Path, names: set[str]) -> list[str]:
    """The lines of one table: the packages asked for by name, then what they bring."""
    pins, via, why = locked(lock), needed_by(lock), project()["tool"]["vawg"]["why"]
    asked = set.union(*asked_for())
    lines = ["| package | version | licence | why it is here |", "|---|---|---|---|"]
    for name in sorted(names, key=lambda name: (name not in asked, name)):
        versions = " or ".join(dict.fromkeys(version for version, _ in pins[name]))
        only = {marker for _, marker in pins[name]} if len(pins[name]) == 1 else {""}
        reason = why[name] if name in asked else f"needed by {via[name]}"
        lines.append(
            f"| {name} | {versions} | {licence(name)} | "
            f"{reason}{''.join(f'; where `{marker}`' for marker in only if marker)} |"
        )
    return lines


def written() -> str:
    """The whole text of docs/dependencies.md."""
    service, tests = set(locked(SERVICE)), set(locked(TESTS)) - set(locked(SERVICE))
    parts = [
        HEAD.format(service=len(service), tests=len(tests)),
        "## In service\n",
        *table(SERVICE, service),
    ]
    return "\n".join([*parts, "\n## For tests and checks alone\n", *table(TESTS, tests)]) + "\n"


if __name__ == "__main__":
    (ROOT / "docs" / "dependencies.md").write_text(written(), encoding="utf-8")
