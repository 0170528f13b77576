"""Access token of local mode. Without sign-in the address is the key, as Jupyter's is.

A server on 127.0.0.1 answers every user of the machine. So the address that the command prints
carries a random token; whoever opens it gets a cookie in exchange, and is sent on to the same page
without the token. Nobody else is answered, on whatever route.
"""

import hashlib
import hmac
import os
import secrets
from functools import cache
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import Scope

VARIABLE = "VAWG_TOKEN"  # a token of one's own choice, for tests and scripts
OPEN = ("/_stcore/health", "/healthz")  # whether the server answers, and nothing else
REFUSED = (
    "This dashboard is for whoever started it: open it by the whole address, with its "
    "token, that the command printed in its terminal.\n"
)


@cache
def token() -> str:
    """The token of this process: that of the environment, which no worker inherits, else a random
    one.
    """
    return os.environ.pop(VARIABLE, "") or secrets.token_urlsafe(24)


def query() -> str:
    """What an address needs to be let in."""
    return urlencode({"token": token()})


def refusal(scope: Scope) -> Response | None:
    """None for a request that may pass; else its answer: the way on without the token, or no."""
    if scope["path"] in OPEN:
        return None
    headers = Headers(scope=scope)
    name = _cookie_name(headers.get("host", ""))
    fields = parse_qsl(scope.get("query_string", b"").decode("latin-1"), keep_blank_values=True)
    is_arrival = scope["type"] == "http" and scope["method"] in ("GET", "HEAD")
    if is_arrival and any(_is_same(value, token()) for key, value in fields if key == "token"):
        return _let_in(scope["path"], [pair for pair in fields if pair[0] != "token"], name)
    if _is_same(cookie_parser(headers.get("cookie", "")).get(name, ""), _cookie()):
        return None
    return PlainTextResponse(REFUSED, 403)


def _let_in(path: str, fields: list[tuple[str, str]], name: str) -> Response:
    """The cookie, and the same page without the token: it stays in no address
    bar and no history.
    """
    rest = f"?{urlencode(fields)}" if fields else ""
    answer = RedirectResponse(f"/{quote(path.lstrip('/'))}{rest}", 303)
    answer.set_cookie(name, _cookie(), httponly=True, samesite="strict")
    return answer


def _cookie_name(host: str) -> str:
    """One for each port, since browsers keep cookies by host alone."""
    try:
        return f"vawg-{urlsplit(f'//{host}').port or 80}"
    except ValueError:
        return "vawg"


@cache
def _cookie() -> str:
    """Made of the token and not the token itself, which nobody then reads in a list of cookies."""
    return hmac.new(token().encode(), b"cookie of local mode", hashlib.sha256).hexdigest()


def _is_same(sent: str, right: str) -> bool:
    return secrets.compare_digest(sent.encode("utf-8", "replace"), right.encode())
