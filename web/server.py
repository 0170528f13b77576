"""The web server around the pages: who may ask for which address, files to take away, and the
headers of every answer.
"""

import base64
import hashlib
import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote, urlsplit

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request, cookie_parser
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.web.server.starlette import starlette_websocket as signed
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from store import audit
from store.audit_refusals import write_counts
from store.errors import StoreError
from web import browser_scripts, document, downloads, local_access
from web.roles import route_of
from web.sign_in import Person, is_local, of_claims, record
from web.upload_limits import FOREIGN, QUOTA, Upload, is_theirs, key_of

SCRIPT = Path(__file__).parent.parent / "views" / "session_script.py"
LOOPBACK = ("127.0.0.1", "localhost", "::1")
# of files to take away; CSV begins with a mark by which a spreadsheet knows that it is UTF-8
KINDS = {
    ".csv": "text/csv; charset=utf-8",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".html": "text/html; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".pdf": "application/pdf",
}
UPLOAD = "route:/_stcore/upload_file"
GONE = (
    "There is nothing here for you. Sign in and open the page again; the link on it is your own.\n"
)


def person_of(cookies: Mapping[str, str]) -> Person:
    """The person whose signed sign-in cookie comes with a request; nobody where it is not ours."""
    if is_local():
        return of_claims({})
    raw = signed._get_signed_cookie_with_chunks(dict(cookies), USER_COOKIE_NAME)
    origin = "{0.scheme}://{0.netloc}".format(urlsplit(str(st.secrets["auth"]["redirect_uri"])))
    return of_claims(signed._parse_decoded_user_cookie(raw, origin) if raw else {})


async def download(request: Request) -> Response:
    """The file behind an address, to the person it was made for.

    What leaves is on record before it leaves.
    """
    return await run_in_threadpool(_handed_out, request)


def _handed_out(request: Request) -> Response:
    person = person_of(request.cookies)
    file = downloads.take(request.path_params["token"], person)
    try:
        if file is None:
            record(person, audit.REFUSAL, "a file that is not theirs", "download")
            return PlainTextResponse(GONE, 403 if person.roles else 401)
        content = file.made()
        record(
            person,
            audit.DISCLOSURE,
            f"{file.name} ({file.deed.partition(':')[2]})",
            file.page,
            file.snapshot,
        )
    except StoreError as problem:
        return PlainTextResponse(
            f"Not handed out, for it could not be made or not be recorded. {problem}\n", 503
        )
    name = f"attachment; filename*=UTF-8''{quote(file.name)}"
    kind = KINDS[Path(file.name).suffix]
    return Response(content, media_type=kind, headers={"Content-Disposition": name})


class Shell:
    """Around everything: who may ask for which address, uploads within limits, and the headers of
    every answer.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.policy = content_policy()
        # another name than its own is not answered: a page elsewhere cannot have it looked up as us
        self.named = TrustedHostMiddleware(self._answered, _names(), www_redirect=False)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, and dress its answer."""
        if scope["type"] not in ("http", "websocket"):
            return await self.app(scope, receive, _counts_told(send))

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                _dress(MutableHeaders(scope=message), scope, self.policy)
            await send(message)

        is_page = scope["type"] == "http" and scope["method"] == "GET"
        is_page = is_page and route_of(scope["path"]) == "route:/"
        send_to = document.put_in_place(dressed) if is_page else dressed
        return await self.named(scope, receive, send_to)

    async def _answered(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse a request, or pass it on."""
        refusal = await run_in_threadpool(_refusal, scope)
        if refusal is not None and scope["type"] == "websocket":
            return await send({"type": "websocket.close", "code": 1008})
        if refusal is None and _is_upload(scope):
            return await self._taken_in(scope, receive, send)
        return await (refusal or self.app)(scope, receive, send)

    async def _taken_in(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass an upload on if there is room for it, and count it while it comes."""
        headers = Headers(scope=scope)
        subject = (await run_in_threadpool(_person, headers)).subject
        upload = Upload(key_of(scope["path"]), subject)
        sent = headers.get("content-length", "")
        length = int(sent) if sent.isascii() and sent.isdigit() else 0
        try:
            if full := QUOTA.reserve(upload, length):
                return await PlainTextResponse(full, 413)(scope, receive, send)
            return await self.app(scope, QUOTA.counted(upload, receive), send)
        finally:
            QUOTA.release(upload)


def _is_upload(scope: Scope) -> bool:
    return (
        scope["type"] == "http" and scope["method"] == "PUT" and route_of(scope["path"]) == UPLOAD
    )


def _person(headers: Headers) -> Person:
    return person_of(cookie_parser(headers.get("cookie", "")))


def _counts_told(send: Send) -> Send:
    """The server stops only once its counts of refusals are on record: a signal ends it before
    Python's own last acts.
    """

    async def passed_on(message: Message) -> None:
        if message["type"].startswith("lifespan.shutdown"):
            await run_in_threadpool(write_counts)
        await send(message)

    return passed_on


def _refusal(scope: Scope) -> Response | None:
    """What a request gets instead of its answer; None for one that is passed on."""
    headers = Headers(scope=scope)
    origin = headers.get("origin")
    if (
        scope["type"] == "websocket"
        and origin is not None
        and urlsplit(origin).netloc not in (headers.get("host"), *_origin())
    ):
        return PlainTextResponse(
            "Open this dashboard by its own address.\n", 403
        )  # Streamlit would ask the internet for its own
    if is_local() and (stranger := local_access.refusal(scope)):
        return stranger
    deed = route_of(scope["path"])
    person = _person(headers) if deed == UPLOAD or deed.endswith("unknown") else Person()
    if not person.may(deed):
        return PlainTextResponse("Nothing is served here.\n", 404 if deed != UPLOAD else 403)
    if deed == UPLOAD and not is_theirs(key_of(scope["path"]), person):
        return PlainTextResponse(FOREIGN, 403)
    return _let_go(scope)


def _let_go(scope: Scope) -> Response | None:
    """An expired sign-in ends here alone: the provider's own, which other programs rest on, is not
    ended with it.
    """
    cookies = (
        cookie_parser(Headers(scope=scope).get("cookie", ""))
        if scope["path"] == "/auth/logout"
        else {}
    )
    if not cookies or person_of(cookies).why != "expired":
        return None
    answer = RedirectResponse("/", 302)
    for name in cookies:
        if name.startswith(USER_COOKIE_NAME):  # the tokens' name begins so too
            answer.delete_cookie(name)
    return answer


def _names() -> list[str]:
    """The names this server answers to, as they stand in `Host`."""
    own = [f"[{name}]" if ":" in name else name for name in LOOPBACK]
    if is_local():
        return own
    return [*own, str(urlsplit(str(st.secrets["auth"]["redirect_uri"])).hostname)]


def _origin() -> tuple[str, ...]:
    """Where the pages come from: the name, and the port where it has one, that the sign-in comes
    back to.
    """
    return () if is_local() else (urlsplit(str(st.secrets["auth"]["redirect_uri"])).netloc,)


def content_policy() -> str:
    """The content security policy: everything from this server, no other; of scripts in the page
    only the document's own, by their hashes.
    """
    inline = re.findall("<script>(.*?)</script>", document.text(), re.DOTALL)
    digests = [hashlib.sha256(text.encode()).digest() for text in inline]
    hashes = " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
    return (
        f"default-src 'none'; script-src 'self' {hashes}; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; "
        "font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; manifest-src 'self'; "
        "frame-src 'none'; frame-ancestors 'none'; base-uri 'self'; form-action 'self'; "
        "object-src 'none'"
    )


def _dress(headers: MutableHeaders, scope: Scope, policy: str) -> None:
    """The security headers; cookies that travel over TLS only, where TLS is before us."""
    headers["Content-Security-Policy"] = policy
    headers["X-Content-Type-Options"] = "nosniff"
    headers["X-Frame-Options"] = "DENY"
    headers["Referrer-Policy"] = "no-referrer"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=(), usb=()"
    if not scope["path"].startswith(("/static/", browser_scripts.ADDRESS)):
        headers["Cache-Control"] = "no-store"
    if not is_local() and str(st.secrets["auth"]["redirect_uri"]).startswith("https:"):
        headers["Strict-Transport-Security"] = "max-age=31536000"
        cookies = headers.getlist("set-cookie")
        if cookies:
            del headers["set-cookie"]
        for cookie in cookies:
            headers.append(
                "set-cookie", cookie if "; secure" in cookie.casefold() else f"{cookie}; Secure"
            )


ROUTES = [
    Route("/download/{token}", download),
    Route(browser_scripts.ADDRESS, browser_scripts.plotly_script),
]
MIDDLEWARE = [Middleware(Shell)]
