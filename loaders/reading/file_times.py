"""The day on which a file says it was saved: a proposal for the day of an export, never its answer.

A copy may carry the day of the copying, so nothing rests on it that nobody has confirmed.
"""

import re
import zipfile
from datetime import date, datetime
from pathlib import Path

MOST = 1 << 16  # bytes read of the part that says it
PARTS = ("docProps/core.xml", "meta.xml")  # of a workbook of Excel, of an OpenDocument spreadsheet
MODIFIED = re.compile(rb"<(?:dcterms:modified|dc:date)\b[^>]*>\s*(\d{4}-\d\d-\d\d)")


def day_of_file(path: Path) -> date | None:
    """The day on which a file on this machine was last written."""
    return _sensible(datetime.fromtimestamp(path.stat().st_mtime).date())


def day_of_member(info: zipfile.ZipInfo) -> date | None:
    """The day that a zip archive notes for one of its files."""
    try:
        return _sensible(date(*info.date_time[:3]))
    except ValueError:
        return None


def day_of_workbook(packed: zipfile.ZipFile) -> date | None:
    """The day on which a workbook says it was last changed; None where it says nothing."""
    for part in PARTS:
        if part in packed.namelist():
            with packed.open(part) as xml:
                found = MODIFIED.search(xml.read(MOST))
            if found:
                try:
                    return _sensible(date.fromisoformat(found[1].decode()))
                except ValueError:
                    return None
    return None


def _sensible(day: date) -> date | None:
    """A day that a clock can have shown: 1980 is what an archive notes that was told none."""
    return day if date(1980, 1, 1) < day <= date.today() else None
