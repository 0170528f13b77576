"""The HTML document around the pages: Streamlit's own, with a script and a style before it.

The script says where the server is, adds the skip link and the keys of meeting mode. The content
security policy names it by its hash, so no other can stand in its place.
"""

from functools import cache
from pathlib import Path

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.types import Message, Send

from web import browser_scripts

HERE = Path(__file__).parent
HEAD = "<head>"
# fetched while the page is still on its way
CHARTS = f'<link rel="preload" as="script" href="{browser_scripts.ADDRESS}">'
REPLACED = {
    '<html lang="en">': '<html lang="en-GB">',
    "<title>Streamlit</title>": "<title>Raising the Bar</title>",
}


@cache
def text() -> str:
    """The document that is sent for every page. Raises ValueError where Streamlit's has changed."""
    page = (Path(st.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    script = (HERE / "document.js").read_text(encoding="utf-8")
    style = (HERE / "document.css").read_text(encoding="utf-8")
    for old, new in {
        **REPLACED,
        HEAD: f"{HEAD}\n<script>{script}</script>\n<style>{style}</style>\n{CHARTS}",
    }.items():
        if page.count(old) != 1:
            raise ValueError(f"Streamlit's page has not one {old}: see web/document.py.")
        page = page.replace(old, new)
    return page


def put_in_place(send: Send) -> Send:
    """Where an answer is Streamlit's document, ours is sent in its place."""
    is_document = False

    async def sent(message: Message) -> None:
        nonlocal is_document
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            kind = headers.get("content-type", "")
            is_document = message["status"] == 200 and kind.startswith("text/html")
            if is_document:
                for name in ("content-encoding", "etag", "last-modified", "accept-ranges"):
                    del headers[name]
                headers["content-length"] = str(len(text().encode()))
        elif is_document and message["type"] == "http.response.body":
            if message.get("more_body", False):
                return
            message = {"type": "http.response.body", "body": text().encode()}
        await send(message)

    return sent
