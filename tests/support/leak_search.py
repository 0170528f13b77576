"""What the tests of privacy run in a process of their own: `python -m tests.support.leak_search
FOLDER`. Loaders, killed; and a search for text.

Every export has the same columns. MARK stands in each cell that must not be kept: a name, an
address, notes, the id of a victim.
"""

import codecs
import csv
import gzip
import json
import os
import shutil
import signal
import sys
import time
import zipfile
from collections.abc import Iterator
from io import BytesIO, StringIO
from pathlib import Path

import duckdb
import openpyxl

import cli

MARK = "Zq7Mark"
ROWS = 1500
MOMENTS = 3
SHOWN = ("book.xlsx", "careless.csv")
HEADS = [
    "crime_reference",
    "recorded_on",
    "offence_code",
    "outcome_code",
    "outcome_on",
    "victim_id",
    "full name",
    "address",
    "notes",
]


def cells(row: int, note: str = "") -> list[str]:
    first = [f"R{row}", "2025-01-06", "8Q", "1", "2025-02-03"]
    return [
        *first,
        f"{MARK}-v{row % 900}",
        f"{MARK} Smith",
        f"{row} {MARK} Road",
        note or f"£ {MARK} said {row}",
    ]


def text(rows: list[list[str]]) -> str:
    out = StringIO()
    csv.writer(out, lineterminator="\n").writerows([HEADS, *rows])
    return out.getvalue()


def careless() -> str:
    """Quoted line breaks, commas without quotes, a note that goes on in a line of its own, a
    reference left out.
    """
    rows = [
        cells(row, f"{MARK} one\n{MARK} two, {row}" if row % 3 == 0 else "") for row in range(ROWS)
    ]
    ragged = [
        ",".join(cells(9000, f"{MARK}, and more, {MARK}")),
        f"{MARK}-went-on",
        f"{MARK}55,{MARK}",
        ",".join(cells(9001)[5:]),
    ]
    return text(rows) + "".join(
        f"{line}\n"
        for line in [*ragged, f'R9002,"{MARK} never closed', "R9003,2025-01-06,8Q,#1.2E+5,x"]
    )


def exports(folder: Path) -> dict[str, Path]:
    """One export of each kind."""
    plain = text([cells(row) for row in range(ROWS)])
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("crimes.csv", plain)
    book, sheet = openpyxl.Workbook(), BytesIO()
    for row in csv.reader(StringIO(plain)):
        book.active.append(row)
    book.save(sheet)
    sent = {
        "plain.csv": plain.encode(),
        "packed.csv.gz": gzip.compress(plain.encode()),
        "wide.csv": codecs.BOM_UTF16_LE + plain.encode("utf-16-le"),
        "western.csv": plain.encode("cp1252"),
        "book.xlsx": sheet.getvalue(),
        "all.zip": packed.getvalue(),
        "careless.csv": careless().encode(),
    }
    for name, data in sent.items():
        (folder / name).write_bytes(data)
    return {name: folder / name for name in sent}


def vawg(said: Path, *words: str) -> int:
    """Start the command line with `words` as a process, what it says in files; its id."""
    pid = os.fork()
    if pid == 0:
        for handle in (1, 2):
            os.dup2(os.open(f"{said}.{handle}", os.O_WRONLY | os.O_CREAT), handle)
        sys.argv = ["vawg", *words]
        try:
            cli.main()
        finally:
            sys.stdout.flush()
            os._exit(0)
    return pid


def run(folder: Path) -> dict[str, object]:
    """Of each export a load that ends, of some a preview, and loads killed at moments of their
    life: how many were, and left something.
    """
    killed = left = 0
    sent = exports(folder)
    for number, (name, file) in enumerate(sent.items()):
        home = folder / name.replace(".", "-")
        home.mkdir()
        begun = time.monotonic()
        os.waitpid(
            vawg(home / "said", "load", str(file), "--store", str(home / "store"), "--json"), 0
        )
        life = time.monotonic() - begun
        if name in SHOWN:
            os.waitpid(vawg(home / "said-rows", "rows", "1", "--store", str(home / "store")), 0)
            os.waitpid(
                vawg(
                    home / "said-aside", "rows", "1", "--set-aside", "--store", str(home / "store")
                ),
                0,
            )
            os.waitpid(
                vawg(
                    home / "said-dry", "load", str(file), "--store", str(home / "dry"), "--dry-run"
                ),
                0,
            )
        for at in range(MOMENTS):
            store = home / f"killed-{at}"
            pid = vawg(home / f"said-{at}", "load", str(file), "--store", str(store))
            time.sleep(life * (at + number / len(sent)) / MOMENTS)  # no two exports at the same
            os.kill(pid, signal.SIGKILL)
            killed += os.WIFSIGNALED(os.waitpid(pid, 0)[1])
            left += any(path.suffix == ".duckdb" for path in (store / "tmp").rglob("*"))
    return {"killed": killed, "left": left}


def found_in(folder: Path, mark: str) -> Iterator[str]:
    """The files below a folder that hold `mark`: in any byte, in what they pack, or in any text
    that DuckDB reads in them.
    """
    for path in sorted(folder.rglob("*")):
        if (
            path.is_file()
            and (_in_bytes(path.read_bytes(), mark) or _in_tables(path, mark))
            or mark in path.name
        ):
            yield str(path.relative_to(folder))


def _in_bytes(data: bytes, mark: str) -> bool:
    if any(mark.encode(code) in data for code in ("utf-8", "utf-16-le", "utf-16-be")):
        return True
    if data.startswith(b"\x1f\x8b"):
        return _in_bytes(gzip.decompress(data), mark)
    if data.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(BytesIO(data)) as packed:
            return any(_in_bytes(packed.read(name), mark) for name in packed.namelist())
    return False


def _in_tables(path: Path, mark: str) -> bool:
    """Does a table hold it, be the file half made?"""
    with duckdb.connect(":memory:") as con:
        try:
            if path.suffix == ".parquet":
                con.read_parquet(str(path)).create_view("archived")
            elif path.suffix == ".duckdb":
                copy = path.with_name("copied")
                shutil.copyfile(path, copy)
                if path.with_name(f"{path.name}.wal").exists():
                    shutil.copyfile(f"{path}.wal", f"{copy}.wal")
                con.execute("attach $copy as snap", {"copy": str(copy)})
            else:
                return False
            tables = con.execute(
                "select database_name, table_name from duckdb_tables() where database_name = 'snap'"
            ).fetchall()
            relations = [con.table(".".join((base, "main", name))) for base, name in tables] or [
                con.view("archived")
            ]
            return any(
                mark in str(cell)
                for relation in relations
                for row in relation.fetchall()
                for cell in row
            )
        except (duckdb.Error, RuntimeError):
            return False  # half of a file: its bytes were looked through
        finally:
            for copy in (path.with_name("copied"), path.with_name("copied.wal")):
                copy.unlink(missing_ok=True)


def spilled(con: duckdb.DuckDBPyConnection, folder: Path) -> bytes:
    """What a connection has on the disk when a table does not fit into its memory."""
    con.execute("set memory_limit = '60MB'; set threads = 1")
    con.execute(
        "create temp table big as select $mark || md5(range::varchar) || md5((range + "
        "1)::varchar) as t from range(1200000)",
        {"mark": MARK},
    )
    data = b"".join(path.read_bytes() for path in folder.rglob("*") if path.suffix == ".tmp")
    assert len(data) > 1 << 20, "it did not fit"
    return data


if __name__ == "__main__":
    print(json.dumps(run(Path(sys.argv[1]))))
