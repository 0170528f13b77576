"""The sets that a metric's definition names are true, and a definition without them is refused in a
sentence.
"""

import csv
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

import cli
from loaders.contracts import LoadOptions, LoadReport
from loaders.load import Source, load
from metrics.catalogue import metrics
from metrics.contracts import Cut, Metric, Value
from metrics.count_sets import vocabulary
from metrics.errors import BadDefinition
from metrics.measure import measure
from metrics.reference import FOLDER as REFERENCE
from store.snapshot import read
from store.writer import Store
from tests.support.disclosure_sums import codes

Load = Callable[..., LoadReport]
Add = Callable[[str, str, str | None], None]
Alone = dict[
    str, tuple[str, int | None]
]  # an area, the outcome of the one crime in it, and the days that it took
ROOT = Path(__file__).parent.parent.parent
TOLD = [metric for metric in metrics() if metric.is_told]
CRIMES = [metric for metric in TOLD if metric.relation in ("recorded_outcome", "closed_outcome")]
DAYS = sorted(
    {
        0,
        1000,
        *(
            metric.follow_days + later
            for metric in CRIMES
            if metric.follow_days
            for later in (0, 1)
        ),
    }
)


def reference(name: str) -> list[dict[str, str]]:
    with (REFERENCE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def told_by(metric: Metric, value: Value | None) -> tuple[int | None, int | None]:
    """The two counts of a value as its sets name them; none where there is no row."""
    if metric.shape == "rate":
        return (value.numerator, value.denominator) if value else (0, 0)
    if metric.shape == "count":
        return (value.numerator if value else 0), None
    return None, (value.denominator if value else 0)


def check(store: Store, metric: Metric, alone: Alone) -> None:
    """Whether a metric counts each outcome, alone in an area, as its sets say."""
    assert metric.sets
    top, bottom = (
        codes(metric.relation, terms) for terms in (metric.sets.numerator, metric.sets.denominator)
    )
    found = {
        value.by["area"]: value
        for value in measure(read(store), metric.id, Cut(by=("area",))).values
    }
    assert set(found) <= set(alone)
    for area, (element, days) in alone.items():
        if metric.relation == "closed_outcome" and days is None:
            element = "open"  # without a day it is not closed
        is_in_time = metric.follow_days is None or (days is not None and days <= metric.follow_days)
        one = int(metric.sets.counted != "gaps")
        wanted = (int(element in top and is_in_time), one * int(element in bottom))
        shown = told_by(metric, found.get(area))
        assert shown == tuple(
            None if seen is None else want for seen, want in zip(shown, wanted, strict=True)
        ), (metric.id, element, days)


@pytest.mark.parametrize("metric", CRIMES, ids=lambda metric: metric.id)
def test_each_outcome_alone_is_in_the_counts_whose_sets_hold_it(
    metric: Metric, crimes: tuple[Store, Alone]
) -> None:
    store, alone = crimes
    check(store, metric, alone)


@pytest.fixture(scope="module")
def crimes(tmp_path_factory: pytest.TempPathFactory) -> tuple[Store, Alone]:
    """A store with one crime of every outcome, and of none, at every length of follow-up, each
    alone in an area.
    """
    folder = tmp_path_factory.mktemp("outcomes")
    rows, alone, recorded = [], {}, date(2020, 1, 6)
    for line in [*reference("outcome"), {"outcome_code": "", "is_assigned": "0"}]:
        is_assigned = line["is_assigned"] == "1"
        for days in (*DAYS, None) if is_assigned else (None,):
            area = f"Area {len(alone)}"
            alone[area] = (line["outcome_code"] if is_assigned else "open", days)
            outcome_on = "" if days is None else str(recorded + timedelta(days=days))
            rows.append(f"{area},{recorded},8Q,{line['outcome_code']},{outcome_on},{area}")
    path = folder / "crimes.csv"
    path.write_text(
        "crime_reference,recorded_on,offence_code,outcome_code,outcome_on,area\n" + "\n".join(rows),
        encoding="utf-8",
    )
    load(
        Store(folder / "store"),
        [Source(path, path.name)],
        LoadOptions(as_at=date(2024, 1, 1), may_be_unknown=True),
    )
    return Store(folder / "store"), alone


@pytest.mark.parametrize("relation", ["order_event", "case_result"])
def test_each_decision_and_result_alone_is_in_the_counts_whose_sets_hold_it(
    relation: str, store: Store, load_table: Load
) -> None:
    word_list = {"order_event": "decision", "case_result": "result"}[relation]
    words = sorted({row["meaning"] for row in reference("value_label") if row["list"] == word_list})
    if relation == "order_event":
        head = (
            "application_reference | subject_id | order_kind | applied_on | decision | "
            "decided_on | area"
        )
        rows = [
            f"A{word} | S{word} | full | 2025-01-02 | {word} | 2025-01-16 | {word}"
            for word in words
        ]
    else:
        head = (
            "case_reference | defendant_id | offence_code | charged_on | finalised_on | result "
            "| area"
        )
        rows = [
            f"C{word} | D{word} | 8Q | 2025-01-02 | {'' if word == 'open' else '2025-03-03'} | "
            f"{word} | {word}"
            for word in words
        ]
    load_table("\n".join([head, *rows]))
    for metric in TOLD:
        if metric.relation == relation:
            check(store, metric, {word: (word, None) for word in words})


@pytest.mark.parametrize("metric", TOLD, ids=lambda metric: metric.id)
def test_suppression_and_attacker_read_the_terms_of_a_definition_alike(metric: Metric) -> None:
    assert metric.sets
    known = vocabulary(metric.relation)
    for terms in (metric.sets.numerator, metric.sets.denominator):
        assert codes(metric.relation, terms) == {code for term in terms for code in known[term]}


def test_no_term_stands_for_two_things() -> None:
    lines = reference("outcome")
    assert not {line["outcome_code"] for line in lines} & {line["outcome_family"] for line in lines}
    assert "assigned" not in {
        line[key] for line in lines for key in ("outcome_code", "outcome_family")
    }


def test_neither_suppression_nor_the_attacker_names_a_metric() -> None:
    paths = [
        *(ROOT / "metrics" / "disclosure").glob("*.py"),
        ROOT / "metrics" / "count_sets.py",
        *(ROOT / "tests" / "support").glob("disclosure_*.py"),
    ]
    assert len(paths) > 9
    for path in paths:
        assert not [
            metric.id for metric in metrics() if metric.id in path.read_text(encoding="utf-8")
        ], path


RATE = (ROOT / "metrics" / "definitions" / "charge_rate_closed.toml").read_text(encoding="utf-8")
QUERY = (ROOT / "sql" / "metrics" / "charge_rate_closed.sql").read_text(encoding="utf-8")
SETS = '[sets]\nnumerator = ["charged"]\ndenominator = ["assigned"]\n'


@pytest.mark.parametrize(
    ("sets", "sentence"),
    [
        (
            "",
            r"does not say what its counts hold: add \[sets\] with numerator = \[…\] and denominator = \[…\], naming outcomes",
        ),
        ('[sets]\nnumerator = ["charged"]\n', r"\[sets\]: add denominator, for it is a rate"),
        (
            SETS.replace("charged", "chargd"),
            r"numerator: 'chargd' is not known to closed_outcome; the nearest is 'charged'",
        ),
        (f"is_told = false\n{SETS}", r"leave out \[sets\], for it has is_told = false"),
        (SETS.replace("charged", "open"), r"numerator: 'open' is not known to closed_outcome"),
        (
            SETS.replace("assigned", "16"),
            r"the numerator holds 1, 1A, which the denominator does not",
        ),
        (
            SETS.replace('["charged"]', '"charged"'),
            r"sets.numerator: input should be a valid tuple",
        ),
        ("[sets\n", r"is not TOML"),
    ],
)
def test_a_metric_whose_sets_are_wanting_is_refused_in_a_sentence(
    sets: str, sentence: str, add_metric: Add
) -> None:
    assert SETS in RATE
    add_metric("new_rate", RATE.replace(SETS, sets), QUERY)
    with pytest.raises(BadDefinition, match="^metrics/definitions/new_rate.toml.* " + sentence):
        metrics()


def test_define_refuses_a_metric_without_sets(
    add_metric: Add,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    add_metric("new_rate", RATE.replace(SETS, ""), QUERY)
    monkeypatch.setattr("sys.argv", ["vawg", "define"])
    monkeypatch.setattr(cli, "ROOT", tmp_path)
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 3
    assert capsys.readouterr().err.startswith(
        "metrics/definitions/new_rate.toml does not say what its counts hold: add [sets] with "
        "numerator"
    )


def test_words_without_a_query_are_refused_in_a_sentence(add_metric: Add) -> None:
    add_metric("new_rate", RATE, None)
    with pytest.raises(BadDefinition, match="new_rate lacks sql/metrics/new_rate.sql"):
        metrics()
