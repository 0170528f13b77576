"""Questions that only the sender can answer: what reads well and is still likely wrong.

Asked of a new file only, between typing its rows and storing them; a rebuild takes the answers of
the ledger.
"""

import sql
from loaders.contracts import ExportFormat, LoadOptions, Problem
from loaders.errors import NamesSomebody, NeedsYes, PartOfStored
from loaders.free_text import doubts
from sql import Connection, column
from store.remedies import Remedy

CHECKED = {
    "unreadable_sex": "victim_sex",
    "unreadable_age": "victim_age",
    "impossible_age": "victim_age",
    "unreadable_flag": "domestic_abuse",
}
FEWEST_ROWS = 3  # of fewer rows all may be odd by chance
SHOWN = 3  # lines that are named
READABLE = 50  # a column is readable where more than one cell in so many can be read


def ask(
    con: Connection, export_format: ExportFormat, problems: list[Problem], options: LoadOptions
) -> None:
    """Ask what has to be known of the rows in `keyed_arrival` before they are stored.

    Raises NeedsYes.
    """
    if export_format.has_split:
        _about_parts(con)
    if options.may_be_older:
        return
    _about_people(con, export_format)
    _about_columns(con, export_format, problems)
    if export_format.reference:
        _about_zeros(con, export_format)


def _about_parts(con: Connection) -> None:
    """A finer split of cells that the store holds, or the whole of what it holds in parts: no yes
    makes both count.
    """
    (found,) = sql.rows(con, "loading/finer_cells")
    if found["cells"]:
        raise PartOfStored(
            f"{found['cells']:,} of its cells (a quarter, a force, an offence such as "
            f"{found['example']}, an outcome) are in the store already, split otherwise, from load "
            f"{found['load_id']}: both would count twice.",
            Remedy("undo_part", value=str(found["load_id"])),
        )


def _about_zeros(con: Connection, export_format: ExportFormat) -> None:
    """A spreadsheet drops the zeros before a number; then each crime would be there twice."""
    (found,) = sql.rows(
        con,
        "loading/references_but_for_zeros",
        field=export_format.reference,
        row_table=export_format.row_table,
    )
    if found["lost"]:
        raise NeedsYes(
            f"{found['lost']:,} of its references are references in the store but for zeros "
            f"before them: {found['examples']}. A spreadsheet drops such zeros.",
            Remedy("other_cases"),
        )


def _about_people(con: Connection, export_format: ExportFormat) -> None:
    """Free text that looks as if it named a person or a case; the sentence says where and not what,
    for it may be kept where more people read it than the file.
    """
    free = [one.name for one in export_format.columns if one.is_free]
    if not free:
        return
    rows = con.view("keyed_arrival").select(*map(column, ["line", *free])).order("line")
    found = [
        (int(line), doubt)
        for line, *texts in rows.fetchall()
        for text in texts
        for doubt in doubts(text or "")
    ]
    if found:
        kinds = [f"{doubt.split(' looks like ')[1]} in line {line}" for line, doubt in found]
        more = f" and {len(kinds) - SHOWN:,} more" if len(kinds) > SHOWN else ""
        raise NamesSomebody(
            f"Its free text may name no person and no case, and has what looks like "
            f"{', '.join(kinds[:SHOWN])}{more}.",
            tuple(doubt for _, doubt in found),
        )


def _about_columns(con: Connection, export_format: ExportFormat, problems: list[Problem]) -> None:
    """A column of which no cell can be read is another column under this label."""
    for field in sorted({CHECKED[one.problem] for one in problems if one.problem in CHECKED}):
        (found,) = sql.rows(con, "loading/cells_readable", field=field)
        sent, readable, unreadable = (
            int(found[name] or 0) for name in ("sent", "readable", "unreadable")
        )
        if unreadable >= FEWEST_ROWS and readable * READABLE < unreadable:
            few = "not one" if not readable else f"only {readable:,}"
            raise NeedsYes(
                f"Of {sent:,} cells in the column for {field} {few} can be read, as "
                f"{found['example']!r} cannot: its label may stand over "
                "another column.",
                Remedy("map_or_yes", field=field),
            )
