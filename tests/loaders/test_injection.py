"""Nothing that a person can type, send or name is run as SQL, read as a file's name or taken for
more than it is.
"""

import csv
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

import cli
import sql
from loaders.contracts import LoadOptions, LoadReport
from loaders.errors import LoadError
from loaders.load import Source, load
from loaders.options import options_from
from loaders.saved_formats import check_name
from metrics.contracts import Cut
from metrics.errors import UnknownValue
from metrics.measure import measure
from store.snapshot import read
from store.writer import Store
from tests.store.test_store import OLD
from tests.support.hostile_inputs import ATTACKS

Load = Callable[..., LoadReport]
CANARY = "CANARY7"
NAMES = [
    "'; drop table crime_row; --",
    "*",
    "?ecoy.csv",
    "[d]ecoy.csv",
    "{decoy,x}.csv",
    "a\r\nb",
    "area=x.csv",
    "\x1b[1m",
]
COLUMNS = "crime_reference,recorded_on,offence_code,outcome_code,outcome_on,area"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of three crimes in two areas."""
    folder = tmp_path_factory.mktemp("filled")
    export = folder / "first.csv"
    export.write_text(
        f"{COLUMNS}\nN1,2025-01-06,8Q,16,2025-02-03,North\nN2,2025-01-09,8Q,,,South\nN3,2025-01-20,8L,15,2025-02-10,South\n"
    )
    load(Store(folder / "store"), [Source(export, "first.csv")], LoadOptions())
    return folder / "store"


@pytest.fixture
def place(store: Store, filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a store of three crimes; beside it a canary, by several names."""
    shutil.copytree(filled, store.folder)
    monkeypatch.chdir(tmp_path)
    for name in ("canary.csv", "canary.txt", "passwd"):
        (tmp_path / name).write_text(f"{COLUMNS}\n{CANARY},2025-01-06,8Q,16,2025-02-03,{CANARY}\n")
    return tmp_path


@pytest.fixture
def typed(
    store: Store, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str]]:
    """Run a verb as typed: its exit code, and all that it said.

    Anything but an exit is an error of the test.
    """

    def run(*words: str) -> tuple[int, str]:
        monkeypatch.setattr(
            "sys.argv", ["vawg", words[0], "--store", str(store.folder), *words[1:]]
        )
        code: object = 0
        try:
            cli.main()
        except SystemExit as end:
            code = end.code or 0
        said = "".join(capsys.readouterr())
        assert code in (0, 2, 3), (words, code)
        assert "Traceback" not in said
        assert CANARY not in said, words
        return int(str(code)), said

    return run


def stored(store: Store) -> dict[str, object]:
    """All that the newest snapshot holds."""
    snapshot = read(store)
    with snapshot.cursor() as cursor:
        cursor.execute(
            "select table_name from duckdb_tables() where database_name = 'snap' order by 1"
        )
        return {
            name: sorted(map(repr, sql.rows(cursor, "reports/whole_table", table=name)))
            for (name,) in cursor.fetchall()
        }


def files(folder: Path, but: Path | None = None) -> dict[str, bytes]:
    return {
        str(path): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and but not in path.parents
    }


@pytest.mark.parametrize(
    "option",
    [
        "metric",
        "--where=area=*",
        "--where=offence_code=*",
        "--where=*=North",
        "--by=*",
        "--from=*",
        "--to=*",
        "--grain=*",
        "--source=*",
        "--snapshot=*",
        "--audience=*",
        "--format=*",
    ],
)
def test_what_is_asked(
    place: Path, store: Store, typed: Callable[..., tuple[int, str]], option: str
) -> None:
    before = files(place)
    for attack in ATTACKS:
        words = (
            ("--", attack)
            if option == "metric"
            else ("charge_rate_recorded", option.replace("*", attack))
        )
        code, said = typed("measure", *words)
        is_nothing = (
            option == "--by=*" and not attack.replace(",", "").strip()
        )  # no dimension at all
        assert code in (2, 3) or is_nothing, (attack, code, said)
    assert files(place) == before


@pytest.mark.parametrize("verb", ["rows", "undo", "forget"])
def test_which_load(place: Path, typed: Callable[..., tuple[int, str]], verb: str) -> None:
    before = files(place)
    for attack in ATTACKS:
        assert typed(verb, "--", attack)[0] in (2, 3), attack
    assert files(place) == before


def test_templates_and_what_is_said_of_a_file_before_it_is_read(
    place: Path, store: Store, typed: Callable[..., tuple[int, str]]
) -> None:
    before = files(place)
    (place / "more.csv").write_text(f"{COLUMNS}\nM1,2025-01-06,8Q,16,2025-02-03,North\n")
    for attack in ATTACKS:
        for said in ({"format": attack}, {"date_order": attack}, {"header_map": {"x": attack}}):
            with pytest.raises(LoadError) as problem:
                options_from(store, **said)
            assert CANARY not in str(problem.value)
    for attack in ATTACKS[:8]:
        for option in ("--format", "--date-order", "--as-at", "--sheet", "--map"):
            assert typed("load", str(place / "more.csv"), f"{option}={attack}")[0] in (2, 3), (
                option,
                attack,
            )
    (place / "more.csv").unlink()
    assert files(place) == before


def test_names_of_saved_formats_are_names_not_places(
    place: Path, store: Store, typed: Callable[..., tuple[int, str]]
) -> None:
    for attack in ATTACKS:
        try:
            assert not set(check_name(attack)) & set('\\\0\n\r;$*?[]{}<>"`|=@~%:\x1f\x1b'), attack
        except LoadError as problem:
            assert "cannot be called" in str(problem)
    outside = files(place, store.folder)
    export = place / "export.csv"
    for number, name in enumerate(("a/../../canary", "../../canary", "it's")):
        export.write_text(f"{COLUMNS}\nS{number},2025-01-06,8Q,16,2025-02-03,North\n")
        typed("load", str(export), f"--save-format={name}")
    assert files(place, store.folder) | {str(export): b""} == outside | {str(export): b""}
    assert {path.name for path in store.archive.iterdir() if not path.stem.isdigit()} == {
        "ledger.jsonl",
        "ledger.head.json",
        "formats.json",
    }


def test_labels_forces_and_people_are_kept_as_they_were_typed(
    place: Path, store: Store, typed: Callable[..., tuple[int, str]]
) -> None:
    before, outside = stored(store), files(place)
    export = place / "more.csv"
    labels = [
        attack
        for attack in ATTACKS
        if "\n" not in attack and "\r" not in attack and attack.strip("= ") and len(attack) < 1000
    ]
    for at in (0, 30):
        kept = labels[at : at + 30]
        with export.open("w", newline="") as file:
            csv.writer(file).writerows(
                [
                    COLUMNS.split(","),
                    *(
                        [f"L{at}-{n}", "2025-01-06", "8Q", label, "2025-02-03", "North"]
                        for n, label in enumerate(kept)
                    ),
                ]
            )
        codes = [f"--code={label}=16" for label in kept if label.strip()]
        code, said = typed(
            "load", str(export), *codes, f"--by={kept[0]}", f"--force-name={kept[1]}", "--dry-run"
        )
        assert code == 0, said
    export.unlink()
    assert stored(store) == before
    assert {
        name: text for name, text in files(place).items() if "/tmp/spill" not in name
    } == outside
    export.write_text(f"{COLUMNS}\nF1,2025-01-06,8Q,16,2025-02-03,North\n")
    for attack in labels[::25]:
        assert (
            typed("load", str(export), f"--by={attack}", f"--force-name={attack}", "--dry-run")[0]
            == 0
        ), attack


def test_names_headers_and_cells_of_exports(
    place: Path, store: Store, typed: Callable[..., tuple[int, str]]
) -> None:
    sent = place / "sent"
    sent.mkdir()
    (sent / "decoy.csv").write_text(f"{COLUMNS}\n{CANARY},2025-01-06,8Q,16,2025-02-03,{CANARY}\n")
    for number, name in enumerate(NAMES):
        heads = [
            head
            for head in (ATTACKS[::2] if number == 1 else [name])
            if len(head) < 1000 and "\n" not in head
        ]
        with (sent / name).open("w", newline="", encoding="utf-8") as file:
            out = csv.writer(file)
            out.writerow([*COLUMNS.split(","), *heads])
            out.writerow(
                [
                    f"E{number}",
                    "2025-01-06",
                    "8Q",
                    "16",
                    "2025-02-03",
                    "North",
                    *(CANARY for _ in heads),
                ]
            )
            if number == 0:
                out.writerows(
                    [cell, "2025-01-06", "8Q", "16", "2025-02-03", cell, ""] for cell in ATTACKS
                )
    before, tables = files(place, store.folder), set(stored(store))
    code, said = typed(
        "load", "--json", "--force-name", "Kent", "--", *(str(sent / name) for name in NAMES)
    )
    assert code == 0, said
    references = {row["crime_reference"] for row in read(store).rows("crime_row")}
    assert {f"E{number}" for number in range(len(NAMES))} <= references, (
        "each file was read, by its own name and no other by it"
    )
    for verb in ("snapshots", "rebuild"):
        assert typed(verb)[0] == 0
        found = stored(store)
        assert set(found) == tables
        assert CANARY not in repr(found), (
            "what a pattern names was not read, a column that is not ours was not kept"
        )
        assert {row["crime_reference"] for row in read(store).rows("crime_row")} == references
        assert files(place, store.folder) == before
    for words in (
        "loads --json",
        "rows current",
        "rows 2 --set-aside",
        "measure charge_rate_recorded --by area",
    ):
        assert typed(*words.split())[0] == 0


def test_zips_and_workbooks(
    place: Path, store: Store, typed: Callable[..., tuple[int, str]]
) -> None:
    before = files(place, store.folder)
    row = f"{COLUMNS}\nZ%s,2025-01-06,8Q,16,2025-02-03,North\n"
    with zipfile.ZipFile(place / "z.zip", "w") as packed:
        for number, name in enumerate(
            (
                "../../canary.csv",
                "/etc/passwd.csv",
                "..\\..\\canary.csv",
                "*.csv",
                "a/../../../canary.csv",
                "'; drop.csv",
            )
        ):
            packed.writestr(name, row % number)
        link = zipfile.ZipInfo("link.csv")
        link.external_attr = 0o120777 << 16
        packed.writestr(link, str(place / "canary.csv"))
    assert typed("load", str(place / "z.zip"))[0] == 3, "a link is no export, and is not followed"
    book = openpyxl.Workbook()
    for cells in (row % "X").splitlines():
        book.active.append([*cells.split(","), "=cmd|' /C calc'!A1"])
    book.save(place / "book.xlsx")
    with (
        zipfile.ZipFile(place / "book.xlsx") as good,
        zipfile.ZipFile(place / "entity.xlsx", "w") as bad,
    ):
        for info in good.infolist():
            text = good.read(info)
            if info.filename.endswith("sheet1.xml"):
                entity = f'<!DOCTYPE x [<!ENTITY c SYSTEM "file://{place}/canary.csv">]>'.encode()
                text = entity + text.replace(b"<v>", b"<v>&c;", 1)
            bad.writestr(info, text)
    for words in (
        ("entity.xlsx",),
        ("book.xlsx", "--sheet", "../../canary.csv"),
        ("book.xlsx", "--sheet", "Sheet' or 1=1"),
    ):
        assert typed("load", str(place / words[0]), *words[1:])[0] == 3
    for name in ("z.zip", "book.xlsx", "entity.xlsx"):
        (place / name).unlink()
    assert files(place, store.folder) == before
    assert CANARY not in repr(stored(store))


def test_a_separator_in_a_name_does_not_widen_a_filter(
    place: Path, store: Store, load_table: Load
) -> None:
    for number, force in enumerate(("Cheshire\x1fKent", "Kent", "Surrey")):
        load_table(OLD.replace("N", f"K{number}-"), f"{number}.csv", force_name=force)
    known = Cut(where={"force_name": ("Kent", "Surrey")})
    assert [
        value.denominator for value in measure(read(store), "charge_rate_recorded", known).values
    ] == [6]
    for asked in (
        ("Cheshire\x1fKent",),
        ("Kent\x1fSurrey",),
        ("Cheshire", "Kent"),
        ("Kent", "Cheshire\x1fKent"),
    ):
        try:
            values = measure(
                read(store), "charge_rate_recorded", Cut(where={"force_name": asked})
            ).values
        except UnknownValue:
            continue
        assert sum(value.denominator or 0 for value in values) == 3 * len(asked), asked


def test_words_and_days_that_are_none(place: Path, typed: Callable[..., tuple[int, str]]) -> None:
    before = files(place)
    canary, rate = str(place / "canary.csv"), "charge_rate_recorded"
    for words in (
        ("measure", rate, "--where", "area=\udcff"),
        ("load", str(place / "\udcff.csv")),
        ("load", canary, "--by", "\ud800"),
        ("load", canary, "--force-name", "\udcff"),
        ("load", canary, "--as-at", "0001-01-01"),
        ("rows", "9" * 5000),
        ("measure", rate, "--snapshot", "9" * 400),
        ("measure", rate, "--audience", "scrutiny", "--grain", "year", "--from", "0001-01-01"),
    ):
        assert typed(*words)[0] in (2, 3), words
    assert files(place) == before
