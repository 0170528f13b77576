"""What the store says of its loads: the ledger, what each stored and what each set aside."""

from datetime import date, datetime

from loaders.changes import moves_in_words, older_words
from loaders.contracts import LoadReport, UnknownLabel
from loaders.errors import UnknownLoad
from loaders.formats import BY_NAME
from store.snapshot import Snapshot


def load_line(snapshot: Snapshot, load_id: int) -> dict[str, object]:
    """The ledger's line of one load; raises UnknownLoad naming the newest."""
    for row in snapshot.loads:
        if row["load_id"] == load_id:
            return row
    newest = max((int(str(row["load_id"])) for row in snapshot.loads), default=0)
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
        fields = next(entry.names for entry in BY_NAME.values() if entry.row_table == row_table)
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


def _proposed(label: UnknownLabel) -> str:
    """What a label is likely to mean, and why."""
    found = label.proposal
    if found is None:
        return ""
    if found.code is None:
        return f": {found.reason}"
    return (
        f": --code '{label.sent}={found.code}' is proposed ({found.certainty}), for {found.reason}"
    )


def told(report: LoadReport) -> list[str]:
    """A report in lines of words."""
    done = f"Load {report.load_id}" if report.load_id else "Dry run, nothing written"
    lines = [f"{done}: {report.file_name} as {report.format}, data as at {report.as_at}"]
    lines.append(
        f"  {report.rows:,} rows = {report.kept:,} kept + {report.set_aside:,} set aside + "
        f"{report.blank:,} blank"
    )
    if report.first_day and report.last_day:
        lines.append(
            f"  its days run from {report.first_day} to {report.last_day}; {report.encoding}, "
            f"columns parted by {report.delimiter!r}"
        )
    if report.saved_format:
        lines.append(f"  recognised as the saved format {report.saved_format!r}")
    lines.append(
        f"  {report.new:,} new, {report.changed:,} changed, {report.unchanged:,} unchanged"
    )
    lines += [f"  {sentence}" for sentence in moves_in_words(report.moved)[:12]]
    if report.older_than:
        lines.append(f"  warning: {older_words(report)}")
    for problem in report.problems:
        where = ", ".join(map(str, problem.first_lines))
        lines.append(
            f"  {problem.kind.replace('_', ' ')}: {problem.rows:,} rows. {problem.sentence} "
            f"(lines {where})"
        )
    lines += [
        f"  label not known in {one.field}: {one.sent!r}, {one.rows:,} rows{_proposed(one)}"
        for one in report.unknown[:50]
    ]
    lines += [f"  warning: {note}" for note in report.notes]
    if report.load_id is None:
        lines += [
            "  as it would be stored: "
            f"{', '.join(f'{name} {value}' for name, value in row.items())}"
            for row in report.sample[:3]
        ]
    if report.dropped:
        lines.append(f"  columns not stored: {', '.join(report.dropped)}")
    return lines
