"""Formats that are declared by their columns alone: what is set aside, what is kept with a word,
what is refused, and that no id of a person is stored.
"""

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from loaders.contracts import ExportFormat, LoadOptions, LoadReport
from loaders.declared_rows import has_query, problems_of
from loaders.errors import LoadError
from loaders.formats import FORMATS
from loaders.load import Source, load
from loaders.templates import example_rows
from store.snapshot import read
from store.writer import Store

Load = Callable[..., LoadReport]
DECLARED = [one for one in FORMATS if not has_query(one)]


def problems(report: LoadReport) -> dict[str, int]:
    """How many rows each problem has, by its name without that of the format."""
    return {one.problem.removesuffix(f"_of_{report.format}"): one.rows for one in report.problems}


def cells(entry: ExportFormat) -> dict[str, str]:
    """The first example of a template as a row that counts."""
    row = dict(zip(entry.names, example_rows(entry)[0], strict=True))
    return row | {entry.names[0]: _first(entry)}


def _first(entry: ExportFormat) -> str:
    return "2026-01-20" if entry.columns[0].is_day else "R-1"


def file_of(folder: Path, entry: ExportFormat, *rows: dict[str, str]) -> Source:
    path = folder / f"{entry.name}.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, entry.names)
        writer.writeheader()
        writer.writerows(rows)
    return Source(path, path.name)


def put(store: Store, source: Source) -> LoadReport:
    return load(store, [source], LoadOptions(force_name="Cheshire", date_order="dmy"))[0]


@pytest.mark.parametrize("entry", DECLARED, ids=lambda entry: entry.name)
def test_a_template_that_is_filled_in_loads_and_each_required_cell_is_needed(
    entry: ExportFormat, store: Store, tmp_path: Path
) -> None:
    good = cells(entry)
    assert put(store, file_of(tmp_path, entry, good)).kept == 1
    # the force that was said stands for one that a row does not name
    needed = [name for name in entry.required if name != "force_name"]
    bad = [_another(entry, at) | {name: ""} for at, name in enumerate(needed)]
    report = put(store, file_of(tmp_path, entry, good, *bad))
    assert (report.kept, problems(report)) == (1, {f"no_{name}": 1 for name in needed})
    named = {problem for problem, *_ in problems_of(entry)}
    assert named >= {f"no_{one}_of_{entry.name}" for one in entry.required}


@pytest.mark.parametrize("entry", DECLARED, ids=lambda entry: entry.name)
def test_bad_cells_set_a_row_aside_only_where_it_cannot_do_without(
    entry: ExportFormat, store: Store, tmp_path: Path
) -> None:
    rows, expected, kept = [cells(entry)], set(), 1
    for one in entry.columns:
        if one.is_day:
            bad, expects, stays = "soon", f"unreadable_{one.name}", not one.required
        elif one.is_number:
            bad, expects, stays = "a few", f"unreadable_{one.name}", not one.required
        elif one.is_person:
            bad, expects, stays = "1.23E+05", f"mangled_{one.name}", False
        elif one.values:
            bad, expects, stays = "something else", "", True
        else:
            continue
        rows.append(_another(entry, len(rows)) | {one.name: bad})
        expected.add((one.name, expects))
        kept += stays
    report = put(store, file_of(tmp_path, entry, *rows))
    assert report.kept == kept, problems(report)
    assert all(one.rows == 1 and one.sentence for one in report.problems)
    found = {(one.field, one.problem.removesuffix(f"_of_{entry.name}")) for one in report.problems}
    assert len(found) == len(expected)
    for field, problem in expected:
        assert any(field == one and problem in ("", name) for one, name in found), field


def _another(entry: ExportFormat, at: int) -> dict[str, str]:
    """A row that counts and is another one."""
    return cells(entry) | {_key(entry): f"Z-{at}"}


def _key(entry: ExportFormat) -> str:
    """A column that tells a second row from the first."""
    if entry.name == "police_uk_street":
        return "crime_type"
    return "sex" if entry.columns[0].is_day else entry.names[0]


def test_no_day_is_in_the_future_but_an_expiry_and_none_before_the_one_it_follows(
    load_table: Load,
) -> None:
    report = load_table(
        """
        event_reference | suspect_id | event | event_on | expires_on
        E1 | P1 | bail | 2026-01-20 | 2199-01-01
        E2 | P1 | bail | 2199-01-20 | 2199-01-01
        """
    )
    assert (report.kept, problems(report)) == (1, {"future_event_on": 1})
    report = load_table(
        """
        application_reference | route | applied_on | status | closed_on
        A1 | rta | 2026-01-20 | disclosed | 2026-01-20
        A2 | rta | 2026-01-20 | disclosed | 2026-01-19
        """
    )
    assert (report.kept, problems(report)) == (1, {"early_closed_on": 1})
    sentence = report.problems[0].sentence
    assert sentence == "The closure date is before the application date"


def test_a_feed_past_its_sharing_agreement_is_refused(load_table: Load, store: Store) -> None:
    head = (
        "referral_reference | referred_on | from_agency | to_agency | scheme | person_role | "
        "person_id | sharing_agreement | expires_on"
    )
    row = "| 2025-01-06 | Health trust | Advocacy | IDVA | victim | V1 | A1 |"
    assert load_table(f"{head}\nR1 {row} 2199-01-01").kept == 1
    with pytest.raises(LoadError, match="The agreement under which this feed is shared has ended"):
        load_table(f"{head}\nR2 {row} 2025-12-31")
    assert len(read(store).rows("referral")) == 1


@pytest.mark.parametrize(
    ("wave", "day"),
    [
        ("2025-03", date(2025, 3, 1)),
        ("March 2025", date(2025, 3, 1)),
        ("Mar 2025", date(2025, 3, 1)),
        ("03/2025", date(2025, 3, 1)),
        ("2025 Q2", date(2025, 4, 1)),
        ("2025/26 Q1", date(2025, 4, 1)),
        ("2025/26 Q4", date(2026, 1, 1)),
        ("15/03/2025", date(2025, 3, 15)),
    ],
)
def test_a_wave_is_a_day_a_month_or_a_quarter(
    wave: str, day: date, load_table: Load, store: Store
) -> None:
    load_table(
        f"""
        wave | group | question | answer | responses
        {wave} | DA | overall | very satisfied | 1,204
        """.replace("1,204", "12"),
        date_order="dmy",
    )
    assert [(row["wave"], row["responses"]) for row in read(store).rows("survey")] == [(day, 12)]


def test_ids_of_persons_are_keyed_and_the_crime_is_linked(load_table: Load, store: Store) -> None:
    load_table(
        """
        crime_reference | recorded_on | offence_code | outcome_code | suspect_id
        N1 | 2025-01-06 | 8Q | 16 | PERSON7
        """
    )
    load_table(
        """
        event_reference | suspect_id | event | event_on | crime_reference
        E1 | PERSON7 | Arrested | 2025-01-07 | n1
        """
    )
    (power,), (crime,) = read(store).rows("power"), read(store).rows("crime")
    assert power["suspect_id"] == crime["suspect_id"] != "PERSON7"
    assert power["crime_thing"] == crime["thing"]
    found = [path for path in store.folder.rglob("*") if path.is_file()]
    assert found and not [path for path in found if b"PERSON7" in path.read_bytes()]


def test_an_unknown_word_is_mapped_for_one_load(load_table: Load, store: Store) -> None:
    report = load_table(
        """
        event_reference | suspect_id | event | event_on
        E1 | P1 | Nicked | 2025-01-07
        """,
        code_map={"Nicked": "arrest"},
    )
    assert report.problems == []
    assert [row["event"] for row in read(store).rows("power")] == ["arrest"]


@pytest.mark.parametrize("responses", ["inf", "1e30", "20.4", "-3", "a few"])
def test_what_is_counted_whole_is_whole_and_finite(responses: str, load_table: Load) -> None:
    report = load_table(
        f"""
        wave | group | question | answer | responses
        2025-01 | DA | overall | very satisfied | 12
        2025-01 | DA | overall | neither | {responses}
        """
    )
    assert (report.kept, problems(report)) == (1, {"unreadable_responses": 1})
    assert report.problems[0].sentence == "The responses is no whole number of 0 or more"


@pytest.mark.parametrize(
    ("label", "event"),
    [
        ("NFA - evidential", "refused_charge_nfa"),
        ("Charged (remanded)", "charged"),
        ("Arrest - not known", "unknown"),  # what follows may deny it
        ("Seen - arrest", "unknown"),
    ],
)
def test_a_word_before_a_detail_is_read_but_for_a_denial(
    label: str, event: str, load_table: Load, store: Store
) -> None:
    load_table(f"event_reference | suspect_id | event | event_on\nE1 | P1 | {label} | 2025-01-07")
    assert [row["event"] for row in read(store).rows("power")] == [event]


def test_a_register_names_a_measure_that_there_is_and_stands_at_the_day_it_came(
    load_table: Load,
) -> None:
    report = load_table(
        """
        framework | their_number | their_words | metric
        Board | 1 | How many are charged | charge_rate_closed; charged_within_90
        Board | 2 | What nobody counts | nonesuch
        Board | 3 | Something else |
        """
    )
    assert (report.kept, problems(report)) == (2, {"unknown_metric": 1})


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ("1 - Completely satisfied", "completely_satisfied"),
        ("7 - Completely dissatisfied", "completely_dissatisfied"),
        ("2. Very satisfied", "very_satisfied"),
        ("Very satisfied", "very_satisfied"),
        ("7", "unknown"),  # which end of the scale is good a number does not say
        ("1", "unknown"),
        ("3 - Somewhat", "unknown"),
    ],
)
def test_an_answer_is_its_words_whichever_end_its_number_counts_from(
    answer: str, code: str, load_table: Load, store: Store
) -> None:
    load_table(
        f"wave | group | question | answer | responses\n2025-01 | DA | overall | {answer} | 12"
    )
    assert [row["answer_code"] for row in read(store).rows("survey")] == [code]
