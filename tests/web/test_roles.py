"""Who may do what: everything there is stands in the table, the table stands in docs/roles.md, and
what is unknown is refused.
"""

import re
from pathlib import Path

import pytest
import streamlit as st
import typer
from streamlit.web.server.starlette.starlette_app import create_streamlit_routes

import cli
from views.navigation import entries
from web import server
from web.roles import ALLOWED, ROLES, VISITOR, may, route_of

ROOT = Path(__file__).parent.parent.parent


def documented() -> dict[str, set[str]]:
    """The table of docs/roles.md: each deed with the roles that may."""
    found = {}
    for line in (ROOT / "docs" / "roles.md").read_text(encoding="utf-8").splitlines():
        if line.startswith("| `") and line.count("|") == len(ROLES) + 2:
            deed, *cells = (cell.strip() for cell in line.strip("|").split("|"))
            found[deed.strip("`")] = {
                role for role, cell in zip(ROLES, cells, strict=True) if cell == "yes"
            }
    return found


def test_every_page_is_in_the_table_and_every_page_of_the_table_is_there() -> None:
    assert {f"page:{entry.page.address}" for entry in entries()} == {
        deed for deed in ALLOWED if deed.startswith("page:")
    }


def test_every_verb_is_in_the_table_and_every_verb_of_the_table_is_there() -> None:
    verbs = typer.main.get_command(cli.app).list_commands(None)  # type: ignore[attr-defined]
    assert {f"verb:{verb}" for verb in verbs} == {
        deed for deed in ALLOWED if deed.startswith("verb:")
    }


def test_every_route_is_in_the_table() -> None:
    app = st.App(server.SCRIPT)
    served = [
        str(getattr(route, "path", ""))
        for route in [*create_streamlit_routes(app._create_runtime()), *server.ROUTES]
    ]
    for path in filter(None, served):
        deed = route_of(path.partition("{")[0].rstrip("/"))
        assert deed in ALLOWED, path
        assert deed != "route:/", f"{path} is not in the table by its own name"


def test_the_document_says_what_the_table_says() -> None:
    assert documented() == {
        deed: set(roles) for deed, roles in ALLOWED.items() if not deed.startswith("route:")
    }


@pytest.mark.parametrize(
    "deed", ["page:nowhere", "verb:format", "route:unknown", "", "page:", "figures:all"]
)
def test_what_the_table_does_not_name_is_nobodys(deed: str) -> None:
    assert not may((*ROLES, VISITOR), deed)


@pytest.mark.parametrize(
    "path",
    [
        "/media/abc.csv",
        "/_stcore/metrics",
        "/_stcore/agent/interact",
        "/_stcore/new",
        "/component/x/y.js",
    ],
)
def test_addresses_for_nobody(path: str) -> None:
    assert not may((*ROLES, VISITOR), route_of(path))


def test_no_role_without_its_name() -> None:
    assert not any(
        may(roles, deed) for roles in ((), ("nobody",), ("Analyst ",)) for deed in ALLOWED
    )
    assert [
        deed for deed in ALLOWED if may((VISITOR,), deed) and not deed.startswith("route:")
    ] == []


def test_every_deed_that_code_asks_about_is_in_the_table() -> None:
    text = "".join(
        path.read_text(encoding="utf-8")
        for room in ("views", "web")
        for path in (ROOT / room).rglob("*.py")
        if path.stem != "roles"
    )
    asked = set(re.findall(r'"((?:figures|rows|registers|download):[a-z]+)"', text))
    assert asked == {
        deed
        for deed in ALLOWED
        if deed.partition(":")[0] in ("figures", "rows", "registers", "download")
    }


@pytest.mark.parametrize(
    ("role", "verb", "code"),
    [("leader", "loads", 0), ("leader", "rows", 3), ("scrutiny", "loads", 3), ("x", "metrics", 3)],
)
def test_the_command_line_keeps_to_a_role(
    role: str, verb: str, code: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("VAWG_ROLE", role)
    words = {"loads": ["loads"], "rows": ["rows", "current"], "metrics": ["metrics"]}[verb]
    store = [] if verb == "metrics" else ["--store", str(tmp_path / "store")]
    monkeypatch.setattr("sys.argv", ["vawg", *words, *store])
    if code:
        with pytest.raises(SystemExit) as ended:
            cli.main()
        assert ended.value.code == code
    else:
        with pytest.raises(SystemExit) as ended:  # the role may; the store is empty
            cli.main()
        assert ended.value.code == 3
