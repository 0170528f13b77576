"""Who is refused a thousand times fills no record: the first refusals have lines, the others a
count, and none is forgotten.
"""

import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from store import audit, audit_refusals
from store.audit import Line
from store.audit_check import faults_of
from store.audit_lines import lines
from store.audit_refusals import counted, refuse, write_counts
from store.errors import StoreError
from tests.support.sign_in_provider import dashboard, free_port, plain

ROOT = Path(__file__).parent.parent.parent
NOBODY = Line(audit.REFUSAL, "a file that is not theirs", "not signed in", page="download")


@pytest.fixture(autouse=True)
def nothing_counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """In the middle of an hour."""
    monkeypatch.setattr(audit_refusals, "_now", lambda: 500_000)
    stop_counting()
    yield
    stop_counting()


def stop_counting() -> None:
    audit_refusals._counts.clear()
    for timer in audit_refusals._clock:
        timer.cancel()
    audit_refusals._clock.clear()


def later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit_refusals, "_now", lambda: 500_001)


def told(folder: Path) -> list[str]:
    return [line.what for line in lines(folder)]


def test_nobody_has_one_line_an_hour_and_a_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(1165):
        refuse(tmp_path, NOBODY)
    assert told(tmp_path) == ["a file that is not theirs"]
    assert counted(tmp_path) == 1164
    later(monkeypatch)
    refuse(tmp_path, NOBODY)
    assert told(tmp_path)[1:] == [
        "1,164 more between 15 Jan 08:00 and 09:00 UTC: a file that is not theirs (1,164)",
        "a file that is not theirs",
    ]
    assert {(line.kind, line.who, line.page) for line in lines(tmp_path)} == {
        ("refusal", "not signed in", "download")
    }
    assert faults_of(tmp_path) == []


def test_a_person_has_a_line_for_each_refusal_and_no_flood(tmp_path: Path) -> None:
    for at in range(300):
        line = Line(
            audit.REFUSAL, f"the page {at % 4}", "Sam Person", ("scrutiny",), f"page-{at % 4}"
        )
        refuse(tmp_path, line, "sam")
        refuse(
            tmp_path,
            Line(audit.REFUSAL, "the page 1", "Sam Person", ("leader",), "page-1"),
            "another sam",
        ) if at == 0 else None
    found = list(lines(tmp_path))
    assert len(found) == 31
    assert sum(line.roles == ("leader",) for line in found) == 1
    write_counts()
    assert told(tmp_path)[31:] == [
        "270 more between 15 Jan 08:00 and 09:00 UTC: the page 2 (68), the page 3 (68), the page "
        "0 (67), and other things"
    ]
    assert counted(tmp_path) == 0


def test_what_cannot_be_written_stays_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "audit").write_text("a file in the way")
    with pytest.raises(StoreError):
        refuse(tmp_path, NOBODY)
    for _ in range(4):
        refuse(tmp_path, NOBODY)
    later(monkeypatch)
    write_counts(is_all=False)
    assert counted(tmp_path) == 5
    (tmp_path / "audit").unlink()
    write_counts(is_all=False)
    assert told(tmp_path) == [
        "5 more between 15 Jan 08:00 and 09:00 UTC: a file that is not theirs (5)"
    ]


def test_a_count_is_written_when_its_hour_is_over_though_nobody_asks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit_refusals, "PERIOD", 1)
    monkeypatch.setattr(audit_refusals, "_now", lambda: int(time.time()))
    for _ in range(30):
        refuse(tmp_path, NOBODY)
    until = time.monotonic() + 20
    while counted(tmp_path) and time.monotonic() < until:
        time.sleep(0.1)
    assert counted(tmp_path) == 0
    assert of_all(tmp_path) == 30


def of_all(folder: Path) -> int:
    """The refusals that the record tells of."""
    return sum(
        int(found[1].replace(",", ""))
        if (found := re.match(r"([\d,]+) more between", words))
        else 1
        for words in told(folder)
    )


def flood(folder: str) -> None:
    threads = [
        threading.Thread(target=lambda: [refuse(Path(folder), NOBODY) for _ in range(100)])
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_several_servers_that_stop_have_told_of_every_refusal(tmp_path: Path) -> None:
    program = f"from tests.store.test_audit_refusals import flood; flood({str(tmp_path)!r})"
    servers = [subprocess.Popen([sys.executable, "-c", program], cwd=ROOT) for _ in range(3)]
    assert [server.wait() for server in servers] == [0, 0, 0]
    assert of_all(tmp_path) == 1200
    assert (
        len(told(tmp_path)) <= 12
    )  # each its first, and its count: twice where an hour ended meanwhile
    assert faults_of(tmp_path) == []


def test_strangers_who_flood_a_server_add_a_line_and_a_count(tmp_path: Path) -> None:
    """600 requests of nobody to a real server with sign-in, eight at once."""
    begun = time.time() // audit_refusals.PERIOD
    with (
        dashboard(tmp_path / "store", free_port(), tmp_path) as address,
        ThreadPoolExecutor(8) as strangers,
    ):
        asked = [f"{address}/download/{at}" for at in range(600)]
        cookies = {"cookies": "_streamlit_user=forged"}
        answers = list(
            strangers.map(
                lambda pair: plain(pair[1], **cookies if pair[0] % 2 else {})[0], enumerate(asked)
            )
        )
    assert answers == [401] * 600
    hours = 1 + int(time.time() // audit_refusals.PERIOD - begun)
    assert len(told(tmp_path / "store")) <= 2 * hours
    assert of_all(tmp_path / "store") == 600
    assert faults_of(tmp_path / "store") == []
