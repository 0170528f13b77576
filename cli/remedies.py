"""Refusals and problems of rows as the command line says them: what is wrong, then its option."""

from loaders.contracts import LoadReport, Problem
from store.remedies import Refusal, Remedy, RemedyKind

WORDS: dict[RemedyKind, str] = {
    "add_column": "Name them with --map 'Their Header=our_field', or add the column.",
    "as_at": "Say --as-at YYYY-MM-DD.",
    "code": "Map it with --code 'Their label={value}'.",
    "codes_or_yes": (
        "Say what the words mean with --code '{label}={value}' (vawg load --dry-run proposes a "
        "code for each), or say --yes to load them as not known."
    ),
    "date_order": "Say --date-order dmy or --date-order mdy.",
    "days_as_they_are": "Export it again as CSV; if its days are right as they are, say --yes.",
    "format": "Say which with --format {value}.",
    "list_metrics": "vawg metrics lists their ids.",
    "map": "Say which with --map '{label}={field}'.",
    "map_or_yes": (
        "Say which it is with --map 'Their Header={field}', or load it without, with --yes."
    ),
    "map_reference": (
        "Name it with --map 'Their Header={field}'; a file that has no references loads with "
        "--reference row-number."
    ),
    "mend_export": "Mend the export and load it again.",
    "no_period": "Leave --period out.",
    "no_reference": "Leave --reference out.",
    "period": (
        "Say it with --period 2017-08, or name it like principal_offence_category_april_2014.csv."
    ),
    "rebuild": "Run vawg rebuild, which makes the figures again from the archive.",
    "reword_or_yes": "Reword it in the export; if it names nobody, say --yes.",
    "sheet": "Say which with --sheet {value!r}.",
    "other_cases": "Export them as text; if they are other cases, say --yes.",
    "undo_part": "Leave this file, or take that one back first with vawg undo {value}.",
    "undo_undo": (
        "vawg undo {value} brings it back, and with other options it may be loaded anew."
    ),
    "yes": "Say --yes to load it all the same.",
}


def refusal_words(refusal: Exception) -> str:
    """A refusal as one or a few sentences on standard error."""
    remedy = refusal.remedy if isinstance(refusal, Refusal) else None
    return with_remedy(str(refusal), remedy)


def with_remedy(happened: str, remedy: Remedy | None) -> str:
    """What is wrong, and the option that mends it."""
    return remedy.after(happened, WORDS) if remedy else happened


def problem_words(problem: Problem) -> str:
    """What is wrong with some rows, and how it is mended."""
    return with_remedy(problem.sentence, Remedy.parse(problem.remedy)).rstrip(".")


def as_document(report: LoadReport) -> dict[str, object]:
    """A report as JSON; each sentence says how it is mended on the command line."""
    problems = [one.model_copy(update={"sentence": problem_words(one)}) for one in report.problems]
    told = report.model_copy(update={"problems": problems})
    return told.model_dump(mode="json", exclude={"problems": {"__all__": {"remedy"}}})


def mended(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """Rows set aside, each with how it is mended in one cell."""
    return [
        {name: cell for name, cell in row.items() if name != "remedy"}
        | {"how_to_mend": with_remedy(row["how_to_mend"], Remedy.parse(row["remedy"])).rstrip(".")}
        for row in rows
    ]
