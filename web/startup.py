"""Start of the server: where it may not serve it says so and ends; what it logs and where it is
found.
"""

import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from streamlit import config
from streamlit.logger import set_log_level

from store.errors import StoreError
from web import local_access
from web.log_privacy import keep_quiet
from web.server import LOOPBACK
from web.sign_in import FROM_ENVIRONMENT, NEEDED, is_local, lacks, store, take_sign_in


def refuse_to_start() -> None:
    """End the program with a sentence where it may not serve: open to a network without sign-in, or
    on a store that others can read.

    From here on its log quotes no error.
    """
    keep_quiet()
    take_sign_in(os.environ)
    local_access.token()
    _keep_quiet_of_pages()
    config.on_config_parsed(_keep_quiet_of_pages, force_connect=True)
    address = str(config.get_option("server.address") or "")
    refusal = ""
    if is_local() and address not in LOOPBACK:
        refusal = (
            "Not started: without sign-in the dashboard serves this machine only, not "
            f"{address or 'every address'}. "
            "Set up sign-in in .streamlit/secrets.toml (docs/deploy.md says how), or leave the "
            "address at 127.0.0.1."
        )
    elif open_to_others := [
        path for path in config.get_option("secrets.files") if _is_readable_by_others(Path(path))
    ]:
        refusal = (
            f"Not started: others on this machine can read {open_to_others[0]}. Close it to "
            "them with chmod go-rwx, then start again."
        )
    elif missing := lacks():
        refusal = (
            f"Not started: [auth] in secrets.toml lacks {', '.join(missing)}; it needs "
            f"{', '.join(NEEDED)}, "
            f"or {FROM_ENVIRONMENT}{NEEDED[0].upper()} and so on in the environment. See "
            "docs/deploy.md."
        )
    try:
        store()
    except StoreError as problem:
        refusal = refusal or f"Not started: {problem}"
    if refusal:
        sys.stderr.write(f"{refusal}\n")
        sys.exit(3)


def _keep_quiet_of_pages() -> None:
    """Two ways round the quiet log, closed whatever file, variable or option of a command opens
    them.

    Streamlit prints an error of a page with rich, not with logging; at level debug it logs what
    people type.
    """
    config.set_option("logger.enableRich", False)
    if str(config.get_option("logger.level")).casefold() == "debug":
        config.set_option("logger.level", "info")
        set_log_level("info")


@asynccontextmanager
async def say_where(_: st.App) -> AsyncIterator[None]:
    """Print the address, once the server listens at it; in local mode with the token that lets its
    reader in.
    """
    name = str(config.get_option("server.address") or "127.0.0.1")
    scheme = "https" if config.get_option("server.sslCertFile") else "http"
    address = (
        f"{scheme}://{f'[{name}]' if ':' in name else name}:{config.get_option('server.port')}"
    )
    token = f"/?{local_access.query()}" if is_local() else ""
    sys.stderr.write(f"The dashboard is at {address}{token}\n")
    sys.stderr.flush()
    yield


def _is_readable_by_others(path: Path) -> bool:
    return path.is_file() and bool(path.stat().st_mode & 0o077)
