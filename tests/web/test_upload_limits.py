"""Uploads as they arrive: no more at once than there is room for, of a person and in all, and into
one's own page only.
"""

import json
import secrets
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME
from websockets.sync.client import ClientConnection

from tests.support.plain_client import XSRF, opened, run, session_of
from tests.support.sign_in_provider import free_port, serving
from web.upload_limits import FOREIGN

# MB that a person may hold (the server twice that), of one file, and files at once
LIMIT, SIZE, AT_ONCE = (20, 9, 12)
SECRET = secrets.token_hex(32)
BOUND = "a-line-between-parts"


@dataclass
class Somebody:
    """A person with a page open: their cookies, and the websocket of the page."""

    address: str
    cookies: str
    token: str
    stream: ClientConnection
    session: str
    said: str = ""

    def ask(
        self, method: str, file: str, size: int = 0, session: str = "", is_chunked: bool = False
    ) -> int:
        """Put a file of so many MB into a session, one's own if none is named, or take it out; the
        status.
        """
        head = f'--{BOUND}\r\nContent-Disposition: form-data; name="file"; filename="{file}.csv"\r\n\r\n'.encode()
        body = head + b"x" * (size << 20) + f"\r\n--{BOUND}--\r\n".encode()
        connection = HTTPConnection(urlsplit(self.address).netloc, timeout=120)
        headers = {
            "Cookie": self.cookies,
            "X-Xsrftoken": self.token,
            "Content-Type": f"multipart/form-data; boundary={BOUND}",
        }
        parts = (body[at : at + 65536] for at in range(0, len(body), 65536))
        path = f"/_stcore/upload_file/{session or self.session}/{file}"
        try:
            connection.request(
                method, path, parts if is_chunked else body, headers, encode_chunked=is_chunked
            )
            answer = connection.getresponse()
            self.said = answer.read().decode()
            return answer.status
        except (BrokenPipeError, ConnectionResetError):  # refused before it was all sent
            return 413
        finally:
            connection.close()

    def together(self, is_chunked: bool = False) -> Counter[int]:
        """Twelve files at the same moment: how often each status."""
        with ThreadPoolExecutor(AT_ONCE) as many:
            asked = [
                many.submit(self.ask, "PUT", f"f{at}", SIZE, "", is_chunked)
                for at in range(AT_ONCE)
            ]
            return Counter(one.result() for one in asked)

    def clear(self) -> None:
        assert {self.ask("DELETE", f"f{at}") for at in range(AT_ONCE)} == {204}


@contextmanager
def somebody(address: str, sub: str, role: str = "analyst") -> Iterator[Somebody]:
    """Somebody who has signed in, at a page."""
    claims: dict[str, object] = {
        "origin": address,
        "is_logged_in": True,
        "sub": sub,
        "name": sub,
        "roles": [role],
    }
    claims |= {"iat": int(time.time()), "exp": int(time.time()) + 3600}
    cookie = f"{USER_COOKIE_NAME}={create_signed_value(SECRET, USER_COOKIE_NAME, json.dumps(claims)).decode()}"
    with opened(address, cookie) as stream:
        assert stream.request is not None
        cookies = str(stream.request.headers["Cookie"])
        yield Somebody(
            address,
            cookies,
            cookies.rpartition(f"{XSRF}=")[2],
            stream,
            session_of(run(stream, "definitions")),
        )


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server with sign-in, whose provider is never asked: everybody here has
    signed in already.
    """
    folder, port = tmp_path_factory.mktemp("uploads"), free_port()
    (folder / "secrets.toml").write_text(
        f'[auth]\nredirect_uri = "http://127.0.0.1:{port}/oauth2callback"\ncookie_secret = '
        f'"{SECRET}"\nclient_id = "dashboard"\n'
        'client_secret = "none"\nserver_metadata_url = '
        '"http://127.0.0.1:9/.well-known/openid-configuration"\n'
    )
    (folder / "secrets.toml").chmod(0o600)
    with serving(folder / "store", port, folder, "--server.maxUploadSize", str(LIMIT)):
        yield f"http://127.0.0.1:{port}"


@pytest.fixture(scope="module")
def people(address: str) -> Iterator[list[Somebody]]:
    with ExitStack() as open_pages:
        yield [open_pages.enter_context(somebody(address, sub)) for sub in ("ann", "bob", "cat")]


@pytest.mark.parametrize(
    "is_chunked", [False, True], ids=["of a known length", "of no known length"]
)
def test_what_comes_at_once_is_counted_at_once(people: list[Somebody], is_chunked: bool) -> None:
    """Of one person: two files of 9 MB fit into 20.

    Of three: four fit into 40, whoever's they are.
    """
    ann, bob, cat = people
    counted = ann.together(is_chunked)
    assert set(counted) == {204, 413}
    assert 1 <= counted[204] <= LIMIT // SIZE
    ann.clear()
    with ThreadPoolExecutor(3) as three:
        taken = sum(found[204] for found in three.map(lambda one: one.together(is_chunked), people))
    assert 1 <= taken <= 2 * LIMIT // SIZE
    for one in (ann, bob, cat):
        one.clear()
    assert [ann.ask("PUT", f"f{at}", SIZE, "", is_chunked) for at in range(3)] == [204, 204, 413], (
        "one after another"
    )
    assert "more than 20 MB at once" in ann.said
    assert ann.ask("PUT", "f0", SIZE) == 204, "in place of the same file"
    ann.clear()


def test_a_session_is_its_persons_alone(people: list[Somebody], address: str) -> None:
    """Who knows another's session id can neither put a file into it nor take one out, whatever
    their role.
    """
    ann, bob, _ = people
    assert ann.ask("PUT", "f0", SIZE) == 204
    for method in ("PUT", "DELETE"):
        assert (bob.ask(method, "f0", 0, ann.session), bob.said) == (403, FOREIGN)
        assert (bob.ask(method, "f0", 0, "no-such-session"), bob.said) == (403, FOREIGN)
        with somebody(address, "lee", "leader") as lee:
            assert (lee.ask(method, "f0", 0, ann.session), lee.ask(method, "f0")) == (403, 403)
    assert [ann.ask("PUT", name, SIZE) for name in ("f1", "f2")] == [204, 413], (
        "the file is still there"
    )
    ann.stream.close()
    assert bob.ask("DELETE", "f0", 0, ann.session) == 403, "a closed page is nobody's"
