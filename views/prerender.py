"""The pages drawn for nobody, in a process of its own (`web.warm_up`), so that what they ask is
known before they are opened.
"""

import logging
import os
from contextlib import suppress

from streamlit import config

from loaders.transaction import Progress
from metrics.naming import call_as_set
from store.cache import MEMORY, Key
from store.errors import StoreError
from store.writer import Store
from views.navigation import entries


def work_out(store: Store, number: int, progress: Progress) -> dict[Key, object]:
    """All that the pages ask of snapshot `number` when they are opened, as `store.cache` keeps it;
    less, once it is not the newest.

    Without Streamlit's server its elements go nowhere and every control has its first value.
    Without secrets this is local mode.
    """
    os.environ["VAWG_STORE"] = str(store.folder)
    with suppress(StoreError):  # said on the page
        call_as_set(store.folder)
    logging.disable(logging.CRITICAL)  # Streamlit would say at each element that nobody is there
    config.set_option("secrets.files", [])
    for entry in entries():
        if entry.page.is_prerendered and store.current() == number:
            progress(f"Working out {entry.page.title}")
            with suppress(StoreError):  # whoever opens the page is told
                entry.draw()
    return MEMORY.known()
