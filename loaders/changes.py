"""What an act moves: which things become new, go, or change, compared with
what counted before it.
"""

from collections.abc import Mapping

import sql
from loaders.contracts import LoadReport, Move
from loaders.formats import BY_NAME
from loaders.labels.resolve import with_proposals
from loaders.value_lists import meanings
from store.writer import Draft

MONTHS_SHOWN = 400
# of the outcomes of a load; where more are not known, loading it needs a yes (METRICS.md, "Common
# rules")
BEARABLE = 0.005
# of the rows brought: where more leave the figures, it needs a yes, unless they are few
MANY_GONE, FEWEST_GONE = 0.1, 20
FEWEST_CRIMES = 10  # of so many, where no offence is known, loading needs a yes
ENDS = ("outcome_code", "result", "decision")  # the fields that say how a case ended


class Moves:
    """What counted in a draft before it is changed; make it first, ask it last."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        sql.run(draft.con, "loading/remember_state_before")
        self.is_first = not sql.rows(draft.con, "loading/tables_loaded")

    def of(self, row_table: str) -> list[Move]:
        """What the act moved in one table; nothing for the very first load, where everything is
        new.
        """
        if self.is_first:
            return []
        crimes = row_table == "crime_row"
        rows = (
            sql.rows(self.draft.con, "loading/changed_crimes")
            if crimes
            else sql.rows(self.draft.con, "loading/changed_rows", row_table=row_table)
        )
        return [Move.model_validate({"month": None} | row) for row in rows[:MONTHS_SHOWN]]


def moves_in_words(moved: list[Move]) -> list[str]:
    """One sentence for each month, newest first, such as: 17 crimes recorded in January 2025
    changed outcome: 9 from 16 to 1.
    """
    sentences = _in_all(moved)
    for month in dict.fromkeys(move.month for move in moved):
        here = [move for move in moved if move.month == month]
        recorded = f" recorded in {month:%B %Y}" if month else ""
        counts = {
            kind: sum(move.things for move in here if move.kind == kind)
            for kind in ("new", "gone", "outcome", "other")
        }
        what = "crime" if month else "row"
        parts = []
        if counts["outcome"]:
            steps = [
                f"{move.things:,} from {move.was or 'open'} to {move.becomes or 'open'}"
                for move in here
                if move.kind == "outcome"
            ]
            more = f" and {len(steps) - 4} other changes" if len(steps) > 4 else ""
            parts.append(
                f"{_many(counts['outcome'], what)}{recorded} changed outcome: "
                f"{', '.join(steps[:4])}{more}"
            )
        if counts["other"]:
            parts.append(f"{_many(counts['other'], what)}{recorded} changed in another field")
        if counts["gone"]:
            parts.append(
                f"{_many(counts['gone'], what)}{recorded} no longer "
                f"count{'s' if counts['gone'] == 1 else ''}"
            )
        if counts["new"]:
            parts.append(
                f"{_many(counts['new'], what)}{recorded} {'is' if counts['new'] == 1 else 'are'} "
                "new"
            )
        sentences += [f"{part}." for part in parts]
    return sentences


def older_words(report: LoadReport) -> str:
    """What it means that a newer extract is in the store."""
    newer = report.older_than
    if newer is None or report.as_at is None:
        return ""
    return (
        f"{report.file_name} is older than what the store holds: it stands at "
        f"{report.as_at:%-d %B %Y}, and load {newer.load_id} at "
        f"{newer.as_at:%-d %B %Y}. Of {newer.things:,} of its rows that load says otherwise. "
        "Turning them back would be wrong, so "
        "what the newer load says stays, and only what it does not speak of is added."
    )


def needs_yes(report: LoadReport) -> bool:
    """Are more outcomes of a load not known than a figure bears?"""
    return report.not_known is not None and report.not_known.share > BEARABLE


def rows_gone(report: LoadReport) -> int:
    """How many rows that count today a load takes out of the figures."""
    return sum(move.things for move in report.moved if move.kind == "gone")


def unknown_offences(report: LoadReport) -> list[str]:
    """The labels of offences that no code list knows."""
    return [one.sent for one in report.unknown if one.field == "offence_code"]


def offences_words(report: LoadReport) -> str:
    """What it means that no offence of a load is known; empty where one is, or there are few."""
    rows = sum(one.rows for one in report.problems if one.problem == "unknown_offence")
    if report.kept < FEWEST_CRIMES or rows < report.kept:
        return ""
    labels = unknown_offences(report)
    named = f", such as {labels[0]!r}" if labels else ""
    return (
        f"{report.file_name}: not one of its {report.kept:,} crimes has an offence that a code "
        f"list knows{named}. Figures of VAWG would lack them."
    )


def loss_words(report: LoadReport) -> str:
    """What it means that much of what counts today is not in a load that says it is whole; empty
    where little is.
    """
    gone = rows_gone(report)
    if gone < FEWEST_GONE or gone <= MANY_GONE * report.kept:
        return ""
    return (
        f"{report.file_name} is said to be a full extract and lacks {gone:,} rows that count "
        f"today; it holds {report.kept:,}. They would leave the figures."
    )


def unknown_ends(report: LoadReport) -> list[str]:
    """The labels of outcomes, decisions and results that no code list knows."""
    return [one.sent for one in report.unknown if one.field in ENDS]


def unknown_words(report: LoadReport) -> str:
    """What it means that outcomes of a load are not known."""
    ended = report.not_known
    if ended is None:
        return ""
    labels = unknown_ends(report)
    named = ", ".join(map(repr, labels[:3])) + (
        f" and {len(labels) - 3} more" if len(labels) > 3 else ""
    )
    why = (
        f"are in words that no code list knows: {named}"
        if labels
        else "are not known: several rows of one crime give different ones on one day"
    )
    return (
        f"{report.file_name}: {ended.rows:,} of {ended.out_of:,} outcomes "
        f"({ended.share * 100:.1f} %) {why}. Such cases are kept, are never counted as charged, "
        "and make every figure that they touch provisional."
    )


def choice_words(report: LoadReport, code_map: Mapping[str, str]) -> str:
    """What may be said of the first of them: that it is mapped to nothing of its kind, and, where
    it is no code, the words that there are.
    """
    ended = [(one.field, one.sent) for one in report.unknown if one.field in ENDS]
    field, label = ended[0] if ended else ("outcome_code", "")
    if field == "outcome_code":
        return ""
    is_mapped = f" {label!r} is mapped to {code_map[label]!r}." if label in code_map else ""
    choices = ", ".join(meanings(_list_of(report, field)))
    return f"{is_mapped} A {field} is one of {choices}."


def likely_code(report: LoadReport, label: str) -> str:
    """The code that a label is likely to mean; CODE where nothing in it says one."""
    told = with_proposals(BY_NAME[report.format], report.unknown)
    found = [one.proposal.code for one in told if one.sent == label and one.proposal]
    return next((code for code in found if code), "CODE")


def _list_of(report: LoadReport, field: str) -> str:
    columns = BY_NAME[report.format].columns
    return next((one.values or field for one in columns if one.name == field), field)


def _in_all(moved: list[Move]) -> list[str]:
    """One sentence for all months together, where there are several."""
    if len({move.month for move in moved}) < 4:
        return []
    kinds = (
        ("outcome", "changed outcome"),
        ("other", "changed in another field"),
        ("gone", "no longer count"),
        ("new", "are new"),
    )
    counts = [
        (sum(move.things for move in moved if move.kind == kind), words) for kind, words in kinds
    ]
    return [f"In all {', '.join(f'{count:,} crimes {words}' for count, words in counts if count)}."]


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"
