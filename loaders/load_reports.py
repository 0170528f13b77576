"""What the store says of its loads: the ledger, what each stored and what each set aside."""

from datetime import date, datetime

from loaders.contracts import LoadReport
from loaders.errors import UnknownLoad
from loaders.formats import BY_NAME
from store.snapshot import Snapshot


def load_line(snapshot: Snapshot, load_id: int) -> dict[str, object]:
    """The ledger's line of one load; raises UnknownLoad naming the newest."""
    for row in snapshot.loads:
        if row["load_id"] == load_id:
            return row
    newest = max((row["load_id"] for row in snapshot.loads), default=0)
    raise UnknownLoad(
        f"There is no load {load_id} in this store."
        + (f" The newest is {newest}." if newest else "")
    )


def report_of(snapshot: Snapshot, load_id: int) -> LoadReport:
    """The report that a load got when it was made."""
    return LoadReport.model_validate_json(str(load_line(snapshot, load_id)["report"]))


def stored_rows(
    snapshot: Snapshot, load_id: int | None, row_table: str = "crime_row"
) -> list[dict[str, str]]:
    """What a load stored, as text in our field names: ISO days, flags Y and N.

    With None, the crimes that count now.
    """
    if load_id is None:
        rows = snapshot.rows("reports/current_rows_of_table", row_table=row_table)
        fields = next(
            export_format.names
            for export_format in BY_NAME.values()
            if export_format.row_table == row_table
        )
    else:
        line = load_line(snapshot, load_id)
        rows = snapshot.rows("reports/rows_of_load", row_table=line["row_table"], load_id=load_id)
        fields = BY_NAME[str(line["format"])].names
    names = (
        {"outcome_type": "outcome_code", "area": "area"}
        if rows and "outcome_type" in fields
        else {}
    )
    if rows and "area" not in rows[0]:
        names["area"] = "force_name"
    return [{name: as_text(row.get(names.get(name, name))) for name in fields} for row in rows]


def rows_set_aside(snapshot: Snapshot, load_id: int) -> list[dict[str, str]]:
    """What a load set aside: line, field, problem, sent, and how to mend it."""
    load_line(snapshot, load_id)
    return [
        {name: as_text(value) for name, value in row.items()}
        for row in snapshot.rows("reports/rows_set_aside_of_load", load_id=load_id)
    ]


def ledger_lines(snapshot: Snapshot) -> list[dict[str, object]]:
    """The loads as `vawg loads --json` gives them."""
    names = {"row_count": "rows"}
    return [
        {
            names.get(key, key): value
            for key, value in row.items()
            if key not in ("report", "row_table")
        }
        for row in snapshot.loads
    ]


def heads_of(rows: list[dict[str, str]], set_aside: bool) -> list[str]:
    """The columns of `vawg rows`, where there are no rows too."""
    if rows:
        return list(rows[0])
    return (
        ["line", "field", "problem", "sent", "how_to_mend"]
        if set_aside
        else list(BY_NAME["crime_outcomes"].names)
    )


def as_text(value: object) -> str:
    """One stored value as `vawg rows` writes it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Y" if value else "N"
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value)
