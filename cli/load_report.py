"""Report of a load in lines of text, for a terminal."""

from cli.remedies import problem_words, with_remedy
from loaders.changes import moves_in_words, older_words
from loaders.contracts import LoadReport, UnknownLabel
from loaders.formats import BY_NAME
from metrics.wording import day_words
from store.remedies import Remedy


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


def _rows(many: int) -> str:
    return "1 row" if many == 1 else f"{many:,} rows"


def report_lines(report: LoadReport) -> list[str]:
    """A report in lines of words."""
    done = f"Load {report.load_id}" if report.load_id else "Dry run, nothing written"
    as_at = day_words(report.as_at)
    lines = [f"{done}: {report.file_name} as {report.format}, data as at {as_at}"]
    lines.append(
        f"  {_rows(report.rows)} = {report.kept:,} kept + {report.set_aside:,} set aside + "
        f"{report.blank:,} blank"
    )
    if report.first_day and report.last_day:
        lines.append(
            f"  days from {day_words(report.first_day)} to {day_words(report.last_day)}; "
            f"{report.encoding}, columns separated by {report.delimiter!r}"
        )
    if "force_name" in BY_NAME[report.format].names and "force_name" not in report.columns:
        lines.append(
            f"  force: {report.force_name}, for the file names none; --force-name says another"
        )
    if report.saved_format:
        lines.append(f"  recognised as the saved format {report.saved_format!r}")
    lines.append(
        f"  {report.new:,} new, {report.changed:,} changed, {report.unchanged:,} unchanged"
    )
    lines += [f"  {sentence}" for sentence in moves_in_words(report.moved)[:12]]
    if report.older_than:
        lines.append(f"  warning: {with_remedy(older_words(report), Remedy('yes'))}")
    for problem in report.problems:
        where = ", ".join(map(str, problem.first_lines))
        lines.append(
            f"  {problem.kind.replace('_', ' ')}: {_rows(problem.rows)}. {problem_words(problem)} "
            f"({'line' if len(problem.first_lines) == 1 else 'lines'} {where})"
        )
    lines += [
        f"  label not known in {one.field}: {one.sent!r}, {_rows(one.rows)}{_proposed(one)}"
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
