"""The pages drawn for nobody, in a process of its own (`views.ahead`), so that what they ask is known before they are opened."""

import logging
import os
from contextlib import suppress

from streamlit import config

from loaders.acts import Progress
from sql.faults import StoreError
from sql.memory import MEMORY, Key
from sql.store import Store
from views.pages import ENTRIES


def work_out(store: Store, number: int, progress: Progress) -> dict[Key, object]:
    """All that the pages ask of snapshot `number` when they are opened, as `sql.memory` keeps it; less, once it is not the newest.

    Without Streamlit's server its elements go nowhere and every control has its first value. Without secrets this is local mode.
    """
    os.environ["VAWG_STORE"] = str(store.folder)
    logging.disable(logging.CRITICAL)  # Streamlit would say at each element that nobody is there
    config.set_option("secrets.files", [])
    for entry in ENTRIES:
        if entry.is_drawn_ahead and store.current() == number:
            progress(f"Working out {entry.title}")
            with suppress(StoreError):  # whoever opens the page is told
                entry.draw()
    return MEMORY.known()
