"""The Containerfile by its lines, for there is no engine here to run it; what the lines rest on is
run: sign-in by environment.
"""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from web.sign_in import FROM_ENVIRONMENT, NEEDED

ROOT = Path(__file__).parent.parent
SIGN_IN = {
    "redirect_uri": "https://vawg.force.example/oauth2callback",
    "cookie_secret": "0123456789abcdef" * 4,
    "client_id": "dashboard",
    "client_secret": "not-a-real-secret",
    "server_metadata_url": "http://127.0.0.1:9/.well-known/openid-configuration",
}
PRINTED = (
    "import os; os.environ['VAWG_STORE'] = 'store'; from streamlit import config; "
    "config.set_option('server.address', '0.0.0.0'); "
)
STARTED = (
    f"{PRINTED}from web import startup; startup.refuse_to_start(); from web.sign_in "
    "import is_local, st; "
)


def stages() -> list[list[tuple[str, str]]]:
    """The instructions of each stage of the Containerfile, with what each is given."""
    text = re.sub(r"\\\n\s*", "", (ROOT / "Containerfile").read_text(encoding="utf-8"))
    lines = [line.partition(" ") for line in text.splitlines() if line and not line.startswith("#")]
    found: list[list[tuple[str, str]]] = []
    for name, _, words in lines:
        if name == "FROM":
            found.append([])
        found[-1].append((name, words.strip()))
    return found


def given(name: str) -> list[str]:
    """What an instruction of the last stage, which is the image, is given."""
    return [words for instruction, words in stages()[-1] if instruction == name]


def test_the_image_holds_the_packages_of_the_service_alone() -> None:
    for stage in stages():
        installs = [words for name, words in stage if name == "RUN" and "pip install" in words]
        assert all("--require-hashes" in words for words in installs)
    text = (ROOT / "Containerfile").read_text(encoding="utf-8")
    assert "requirements-dev.lock" not in text
    assert set(re.findall(r"-r (\S+)", text)) == {"requirements.lock", "/tmp/requirements.lock"}
    assert [words for words in given("COPY") if not words.startswith("--from=build")] == [
        "requirements.lock /tmp/"
    ], "no source in it"
    assert "--no-deps --no-index /tmp/wheel/*.whl" in given("RUN")[0]


def test_its_base_has_a_python_that_the_program_runs_on() -> None:
    bases = {words.split()[0] for stage in stages() for name, words in stage if name == "FROM"}
    assert bases == {"python:3.11-slim"}


def test_the_store_is_a_volume_of_a_user_without_rights() -> None:
    variables = dict(word.split("=", 1) for words in given("ENV") for word in shlex.split(words))
    assert given("USER") == ["vawg"]
    assert given("VOLUME") == ["/var/lib/vawg"]
    for name in ("VAWG_STORE", "TMPDIR"):
        assert Path(variables[name]).parent == Path("/var/lib/vawg")
        assert re.search(
            rf"install -d -o vawg -g vawg -m 0700 .*{variables[name]}\b", given("RUN")[0]
        ), "open to others, it would be refused"
    order = [name for name, _ in stages()[-1]]
    assert order.index("RUN") < order.index("USER") < order.index("VOLUME")


def test_it_starts_the_dashboard_and_holds_no_secret() -> None:
    words = [
        *re.findall(r'"([^"]+)"', given("ENTRYPOINT")[0]),
        *re.findall(r'"([^"]+)"', given("CMD")[0]),
    ]
    assert words == ["vawg", "serve", "--port", "8501", "--address", "0.0.0.0"]
    assert given("EXPOSE") == ["8501"]
    text = (ROOT / "Containerfile").read_text(encoding="utf-8")
    assert not re.search(FROM_ENVIRONMENT, text)
    assert "secrets.toml" not in text


@pytest.mark.parametrize(
    "kept_out",
    [
        ".git",
        ".venv",
        ".streamlit/secrets.toml",
        "data/store",
        "data/demo",
        "**/*.duckdb",
        "**/*.parquet",
    ],
)
def test_data_and_secrets_are_not_sent_to_make_it(kept_out: str) -> None:
    assert kept_out in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()


def test_what_the_wheel_is_made_of_is_sent() -> None:
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert not {
        "charts",
        "cli",
        "loaders",
        "metrics",
        "packs",
        "sql",
        "store",
        "views",
        "web",
        "data",
        "data/reference",
        ".streamlit",
        "pyproject.toml",
        "setup.py",
    } & set(ignored)


def started(folder: Path, then: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """What the program's start says on every address, in a folder without secrets.toml, with an
    environment.
    """
    bare = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("VAWG_", "STREAMLIT_"))
    }
    words = [sys.executable, "-c", f"{STARTED}{then}"]
    return subprocess.run(
        words, capture_output=True, text=True, check=False, cwd=folder, env=bare | environment
    )


def variables(**changes: str) -> dict[str, str]:
    """The environment that says a sign-in."""
    return {
        f"{FROM_ENVIRONMENT}{name.upper()}": value for name, value in (SIGN_IN | changes).items()
    }


def test_sign_in_comes_by_environment_and_no_child_inherits_it(tmp_path: Path) -> None:
    then = (
        "print(is_local(), dict(st.secrets['auth']), [name for name in os.environ if "
        f"name.startswith('{FROM_ENVIRONMENT}')])"
    )
    done = started(tmp_path, then, **variables())
    assert done.stdout.strip() == f"False {SIGN_IN} []", done.stderr
    assert tuple(SIGN_IN) == NEEDED


def test_the_environment_goes_before_the_file_and_leaves_the_rest_of_it(tmp_path: Path) -> None:
    written = tmp_path / ".streamlit" / "secrets.toml"
    written.parent.mkdir()
    written.write_text(
        "[auth]\n" + "".join(f'{name} = "{value}"\n' for name, value in SIGN_IN.items())
    )
    written.chmod(0o600)
    done = started(tmp_path, "print(dict(st.secrets['auth']))", VAWG_AUTH_CLIENT_ID="another")
    assert done.stdout.strip() == str(SIGN_IN | {"client_id": "another"}), done.stderr


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({}, "Not started: without sign-in the dashboard serves this machine only, not 0.0.0.0."),
        (
            variables(client_id="", client_secret=""),
            "Not started: [auth] in secrets.toml lacks client_id, client_secret; ",
        ),
        (
            variables(cookie_secret="short"),
            "Not started: [auth] in secrets.toml lacks a cookie_secret of at least 32 characters; ",
        ),
    ],
)
def test_without_a_whole_sign_in_it_does_not_start(
    tmp_path: Path, environment: dict[str, str], sentence: str
) -> None:
    done = started(tmp_path, "print('started')", **environment)
    assert (done.returncode, done.stdout) == (3, "")
    assert sentence in done.stderr
    assert "not-a-real-secret" not in done.stderr
