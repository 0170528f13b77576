"""Crown Prosecution Service tables: a row for each area, a pair of columns for each category."""

import re
from collections.abc import Mapping, Sequence

from loaders.contracts import ExportFormat, WideTable
from loaders.formats.columns import text

HEADER = re.compile(r"^Number of (.+?) (Convictions|Unsuccessful)$", re.IGNORECASE)
MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "jan",
    "feb",
    "mar",
    "apr",
    "jun",
    "jul",
    "aug",
    "sept",
    "sep",
    "oct",
    "nov",
    "dec",
)


def positions(cells: Sequence[str]) -> dict[str, int] | None:
    """The columns of counts, and the area before them; None where there are no such columns."""
    if sum(bool(HEADER.match(cell)) for cell in cells) <= 2:
        return None
    counted = {
        cell: position
        for position, cell in enumerate(cells)
        if HEADER.match(cell) or cell.startswith("Percentage of")
    }
    return {"area": max(min(counted.values()) - 1, 0)} | counted


def rows(cells: Sequence[str], places: Mapping[str, int], month: str) -> list[list[str]]:
    """A line as a row for each offence category, in the order of the columns of the format."""
    found: dict[str, dict[str, str]] = {}
    for header, position in places.items():
        if match := HEADER.match(header):
            category = match[1].strip().capitalize()
            found.setdefault(category, {})[match[2].lower()] = cells[position]
            percent = places.get(f"Percentage of {match[1]} Convictions")
            if percent is not None:
                found[category]["percent"] = cells[percent]
    counts = ("convictions", "unsuccessful", "percent")
    return [
        [month, cells[places["area"]], category, *(cell.get(name, "") for name in counts)]
        for category, cell in found.items()
    ]


def month_in(file_name: str) -> str | None:
    """The month that a file name tells, as its first day: `…_april_2014.csv`, `…_apr-2014`,
    `…_2014_04` → 2014-04-01.
    """
    name = file_name.lower()
    found = [
        [month[:3] for month in MONTHS].index(word[:3]) + 1
        for word in re.findall(rf"(?<![a-z])({'|'.join(MONTHS)})(?![a-z])", name)
    ]
    if len(set(found)) > 1:
        return None  # a span of months is not one of them
    years = re.findall(r"(?<!\d)(?:19|20)\d{2}(?!\d)", name)
    if found and len(set(years)) == 1:
        return f"{years[0]}-{found[0]:02d}-01"
    numbers = re.findall(r"(?<!\d)((?:19|20)\d{2})[-_. ]?(0[1-9]|1[0-2])(?!\d|[-_. ]\d)", name)
    return f"{numbers[0][0]}-{numbers[0][1]}-01" if len(numbers) == 1 and not found else None


FORMAT = ExportFormat(
    name="cps_outcomes",
    title="Crown Prosecution Service outcomes",
    order=6,
    row_table="cps_outcome_row",
    thing=("month", "force_name", "offence_group"),
    as_at=("month",),
    period_days="month",
    wide=WideTable(positions=positions, rows=rows, period=month_in),
    columns=(
        text("month", required=True),
        text("area", "cps area", required=True),
        text("offence_group", "offence category", "principal offence category", required=True),
        text("convicted", "convictions", required=True),
        text("unsuccessful", "unsuccessful outcomes", required=True),
        text("percent_convicted", "percentage convictions"),
    ),
)
