"""A client without a browser: it speaks Streamlit's own protocol, with whatever cookies it is
given.
"""

import re
import socket
import urllib.request
from http.client import HTTPConnection
from urllib.parse import urlencode, urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

XSRF = "_streamlit_xsrf"


def cookie_of(address: str, token: str) -> str:
    """What the address that local mode prints is exchanged for."""
    connection = HTTPConnection(urlsplit(address).netloc)
    connection.request("GET", f"/?{urlencode({'token': token})}")
    return str(connection.getresponse().headers["Set-Cookie"]).partition(";")[0]


def opened(address: str, cookies: str = "", port: int | None = None) -> ClientConnection:
    """The websocket of a page; at another port for a server that a proxy gives the same name."""
    name = urlsplit(address)
    asked = urllib.request.Request(f"{address}/_stcore/health")
    with urllib.request.urlopen(asked) as answer:
        given = str(answer.headers.get("Set-Cookie", ""))
    known = dict(re.findall(r"([^=; ]+)=([^;]*)", cookies))
    token = known.setdefault(XSRF, dict(re.findall(r"([^=; ]+)=([^;]*)", given))[XSRF])
    headers = {"Cookie": "; ".join(f"{key}={value}" for key, value in known.items())}
    return connect(
        f"ws://{name.netloc}/_stcore/stream",
        sock=socket.create_connection(("127.0.0.1", port or name.port)),
        subprotocols=["streamlit", token],
        additional_headers=headers | {"Origin": address},
        max_size=None,
    )


def run(stream: ClientConnection, page: str = "", query: str = "") -> list[ForwardMsg]:
    """Run a page; all that the server sends until the run is over."""
    asked = BackMsg()
    asked.rerun_script.page_name = page
    asked.rerun_script.query_string = query
    stream.send(asked.SerializeToString())
    found: list[ForwardMsg] = []
    while not found or found[-1].WhichOneof("type") != "script_finished":
        found.append(ForwardMsg.FromString(stream.recv(60)))
    return found


def page_text(address: str, page: str, cookies: str = "", port: int | None = None) -> str:
    """A page as it is sent to who has these cookies."""
    with opened(address, cookies, port) as stream:
        return "\n".join(str(message) for message in run(stream, page))


def session_of(messages: list[ForwardMsg]) -> str:
    """The id of a page's session."""
    return next(
        one.new_session.initialize.session_id
        for one in messages
        if one.WhichOneof("type") == "new_session"
    )
