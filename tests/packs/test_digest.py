"""The digest says what is new, as text, as HTML and in a mail that a real server takes."""

import socket
from collections.abc import Callable, Iterator
from datetime import date
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller

from loaders.contracts import LoadReport
from metrics.errors import BadQuestion
from metrics.figures import figures_at
from packs.digest import Digest, as_html, as_text, digest
from packs.mail import NotSent, send
from store.settings import Settings
from store.snapshot import read
from store.writer import Store

Load = Callable[..., LoadReport]
CRIMES = "crime_reference | recorded_on | offence_code | outcome_code | outcome_on | victim_sex\n"
TODAY = date(2026, 10, 1)


def of(month: str, charged: int, others: int, first: str = "A") -> str:
    codes = ["1"] * charged + ["16"] * others
    return CRIMES + "\n".join(
        f"{first}{month[-2:]}{at} | {month}-02 | 8Q | {code} | {month}-20 | F"
        for at, code in enumerate(codes)
    )


def found(store: Store, *only: str) -> Digest:
    return digest(store, figures_at(read(store), 180), TODAY, only)


def lines(one: Digest, title: str) -> tuple[str, ...]:
    (section,) = [section for section in one.sections if section.title == title]
    return section.lines


@pytest.fixture
def told(store: Store, load_table: Load) -> Digest:
    """A store in which something of each kind is new."""
    load_table(of("2026-07", 16, 4), as_at=date(2026, 7, 31))
    load_table(
        "claim_id | claim_words | said_by | said_on | metric | comparator | claimed_figure | "
        "window_months | offences\n"
        "C1 | 80 % <are> charged | HRU | 2026-01-01 | charge_rate_closed | at least | 80 % | 1 | "
        "Stalking",
        "claims.csv",
    )
    load_table(
        "decision_id | meeting | held_on | metric | what_was_decided | owner_role | due_on\n"
        "D1 | monthly | 2026-07-05 | charge_rate_closed | Review ten | HRU | 2026-10-05\n"
        "D2 | monthly | 2026-07-05 | charge_rate_closed | Much later | HRU | 2026-12-05",
        "decisions.csv",
    )
    load_table(of("2026-08", 2, 18, "B"), "august.csv", as_at=date(2026, 8, 31))
    # a crime of July that was charged is put right: the figure of the last meeting is restated
    right = CRIMES + "A070 | 2026-07-02 | 8Q | 16 | 2026-07-20 | F"
    load_table(right, "right.csv", as_at=date(2026, 8, 31))
    return found(store)


def test_what_is_new_is_said(told: Digest) -> None:
    (claim,) = lines(told, "Claims that turned")
    assert claim.startswith("Claim “80 % <are> charged”: holds before, no longer holds now.")
    (due,) = lines(told, "Decisions due")
    assert due.startswith("Review ten (HRU, open, due 5 October 2026). Charge rate")
    restated = lines(told, "Figures restated since the last meeting")
    assert any(
        line.startswith("Charge rate (outcomes given), July 2026: 80.0 % (16 of 20 outcomes), now")
        for line in restated
    )
    assert any("75.0 % (15 of 20 outcomes)" in line for line in restated)
    assert lines(told, "Late sources")
    assert lines(told, "Checks that find something") == ("No area: 40. See Data quality.",)
    assert told.subject.endswith("data as at 31 August 2026: 1 claim has turned, 1 decision is due")


def test_nothing_new_is_said_too(store: Store, load_table: Load) -> None:
    load_table(of("2026-08", 16, 4), as_at=date(2026, 8, 31))
    text = as_text(found(store))
    assert "New signals\n-----------\nNothing.\n" in text
    assert "nothing earlier is kept" in text


def test_of_one_measure_alone(store: Store, told: Digest) -> None:
    some = found(store, "outcome_16_rate")
    (line,) = lines(some, "Figures restated since the last meeting")
    assert line.startswith("Outcome 16")
    with pytest.raises(BadQuestion):
        found(store, "no_such_measure")


def test_html_holds_the_same_and_escapes_it(told: Digest) -> None:
    page = as_html(told)
    assert "&lt;are&gt;" in page and "<are>" not in page and "<script" not in page
    for section in told.sections:
        assert section.title in page


class Box:
    """What a mail server was given."""

    def __init__(self, answer: str = "250 OK") -> None:
        self.taken: list[EmailMessage] = []
        self.answer = answer

    async def handle_DATA(self, server: object, session: object, envelope: object) -> str:  # noqa: N802
        content = envelope.original_content  # type: ignore[attr-defined]
        self.taken.append(message_from_bytes(content, policy=policy.default))  # type: ignore[arg-type]
        return self.answer


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.fixture
def box() -> Iterator[tuple[Box, str]]:
    kept = Box()
    port = free_port()
    server = Controller(kept, hostname="127.0.0.1", port=port)
    server.start()
    yield kept, f"127.0.0.1:{port}"
    server.stop()


def test_a_mail_server_takes_it(told: Digest, box: tuple[Box, str]) -> None:
    kept, server = box
    held = Settings(
        smtp_server=server, smtp_sender="vawg@force.example", digest_to="a@x.example, b@x.example"
    )
    assert send(told, held) == ["a@x.example", "b@x.example"]
    (mail,) = kept.taken
    assert mail["Subject"] == told.subject
    assert mail["To"] == "a@x.example, b@x.example"
    plain, rich = (mail.get_body((kind,)) for kind in ("plain", "html"))
    assert plain and rich
    assert plain.get_content().replace("\r\n", "\n") == as_text(told)
    assert "Claims that turned" in rich.get_content()


def test_what_cannot_be_sent_is_said_in_a_sentence(told: Digest) -> None:
    with pytest.raises(NotSent, match="the settings need smtp_server"):
        send(told, Settings())
    held = Settings(
        smtp_server=f"127.0.0.1:{free_port()}", smtp_sender="a@x.example", digest_to="b@x.example"
    )
    with pytest.raises(NotSent, match="did not take the digest"):
        send(told, held)
