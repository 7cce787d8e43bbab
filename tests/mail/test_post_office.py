"""A real server with TLS and accounts: what is handed over arrives, and of what is not it is known exactly why."""

import smtplib
import socket
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest

from surveyapp.config import Smtp
from surveyapp.mail import post_office
from surveyapp.mail.post_office import PostOffice, Refused, ServerAway, TryLater, Undelivered, Unknown
from tests import mail_server
from tests.mail_server import MailServer

BRAM = "bram@almelo.example"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[MailServer]:
    with mail_server.running(tmp_path) as running:
        yield running


def message(subject: str = "Uitnodiging") -> EmailMessage:
    written = EmailMessage(policy=SMTP)
    written["Subject"] = subject
    written.set_content("Beste Bram,\n.\n..\nEen punt aan het begin van een regel blijft staan.\n")
    return written


def deliver(settings: Smtp | None, *, to: str = BRAM) -> None:
    with closing(PostOffice(settings, patience=5)) as office:
        office.deliver(message(), to=to)


@pytest.mark.parametrize("security", ["starttls", "tls", "none"])
def test_a_message_arrives_as_it_was(tmp_path: Path, security: str) -> None:
    with mail_server.running(tmp_path, security=security) as server:
        deliver(server.settings)
        [found] = server.received
    assert (found.sender, found.to, found.message["Subject"]) == (mail_server.SENDER, BRAM, "Uitnodiging")
    assert found.message.get_content().splitlines()[:3] == ["Beste Bram,", ".", ".."]


def test_one_connection_carries_many_and_is_closed_when_nobody_uses_it(
    server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    connected = PostOffice._connected

    def counted(self: PostOffice, settings: Smtp) -> smtplib.SMTP:
        opened.append(settings.host)
        return connected(self, settings)

    monkeypatch.setattr(PostOffice, "_connected", counted)
    with closing(PostOffice(server.settings)) as office:
        for _ in range(5):
            office.open()
            office.deliver(message(), to=BRAM)
            office.rest()
        assert (len(server.received), len(opened)) == (5, 1)
        monkeypatch.setattr(post_office, "IDLE", -1.0)
        office.rest()
        office.open()
    assert len(opened) == 2


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"ca_file": None}, "certificate-not-trusted"),
        ({"password": "wrong"}, "sign-in-refused 535"),
        ({"user": ""}, "sender-refused 530"),
        ({"security": "tls"}, "not-encrypted"),
        ({"port": 1}, "server-away"),
    ],
)
def test_a_server_that_takes_no_mail_from_us_is_away_and_says_nothing_of_the_message(
    server: MailServer, change: dict[str, object], problem: str
) -> None:
    with pytest.raises(ServerAway) as raised:
        deliver(replace(server.settings, **change))  # type: ignore[arg-type]
    assert raised.value.problem == problem
    assert server.received == []


def test_a_password_is_not_sent_over_a_connection_that_is_not_encrypted(tmp_path: Path) -> None:
    """A server that offers no encryption where it is asked for gets nothing."""
    with mail_server.running(tmp_path, security="none") as server:
        with pytest.raises(ServerAway, match="not-supported"):
            deliver(replace(server.settings, security="starttls"))
        assert server.received == []


def test_without_a_server_there_is_none() -> None:
    with pytest.raises(ServerAway, match="no-mail-server"):
        deliver(None)


def test_a_server_that_was_away_is_left_alone_for_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(PostOffice(mail_server.away())) as office:
        with pytest.raises(ServerAway):
            office.open()
        monkeypatch.setattr(PostOffice, "_connected", lambda _self, _settings: pytest.fail("asked again"))
        with pytest.raises(ServerAway):
            office.open()


@pytest.mark.parametrize(
    ("answer", "kind", "problem"),
    [
        ("550 no such user bram@almelo.example", Refused, "recipient-refused 550"),
        ("450 greylisted", TryLater, "recipient-postponed 450"),
        ("421 going down", ServerAway, "server-refuses 421"),
    ],
)
def test_what_a_server_says_of_a_recipient_is_told_without_its_words(
    server: MailServer, answer: str, kind: type[Undelivered], problem: str
) -> None:
    server.at_recipient = lambda _to: answer
    with pytest.raises(kind) as raised:
        deliver(server.settings)
    assert (type(raised.value), raised.value.problem) == (kind, problem)


@pytest.mark.parametrize(
    ("answer", "kind", "problem"),
    [
        ("554 looks like spam", Refused, "message-refused 554"),
        ("452 disk is full", TryLater, "message-postponed 452"),
        ("421 going down", ServerAway, "server-refuses 421"),
    ],
)
def test_what_a_server_says_of_a_message_is_told_without_its_words(
    server: MailServer, answer: str, kind: type[Undelivered], problem: str
) -> None:
    server.at_message = lambda _to: answer
    with pytest.raises(kind) as raised:
        deliver(server.settings)
    assert (type(raised.value), raised.value.problem) == (kind, problem)


def test_after_a_refusal_the_connection_carries_the_next(server: MailServer) -> None:
    server.at_recipient = lambda to: "550 unknown" if to == BRAM else None
    with closing(PostOffice(server.settings)) as office:
        with pytest.raises(Refused):
            office.deliver(message(), to=BRAM)
        office.deliver(message(), to="carla@almelo.example")
    assert server.recipients() == ["carla@almelo.example"]


@pytest.mark.parametrize(
    ("breaks_at", "kind"), [("MAIL", TryLater), ("RCPT", TryLater), ("DATA", Unknown), (".", Unknown)]
)
def test_a_connection_that_breaks_after_the_message_leaves_it_unknown_and_before_it_not(
    breaks_at: str, kind: type[Undelivered]
) -> None:
    with breaking(breaks_at) as port, pytest.raises(kind) as raised:
        deliver(Smtp(host="127.0.0.1", port=port, sender=mail_server.SENDER, security="none"))
    assert (type(raised.value), raised.value.problem) == (kind, "connection-lost")


def test_an_answer_that_is_none_leaves_a_message_unknown() -> None:
    with breaking("nonsense") as port, pytest.raises(Unknown, match="answer-not-understood"):
        deliver(Smtp(host="127.0.0.1", port=port, sender=mail_server.SENDER, security="none"))


class breaking:  # noqa: N801 - reads as what it does
    """A server that hangs up at a command, or (``nonsense``) answers a message with what is no answer."""

    def __init__(self, command: str) -> None:
        self._command = command
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._serve)

    def __enter__(self) -> int:
        self._thread.start()
        return int(self._listening.getsockname()[1])

    def __exit__(self, *_problem: object) -> None:
        self._thread.join(timeout=20)
        self._listening.close()

    def _serve(self) -> None:
        connection, _ = self._listening.accept()
        with connection, connection.makefile("rb") as lines:
            connection.sendall(b"220 here\r\n")
            in_message = False
            for line in lines:
                said = line.decode().strip()
                command = "." if in_message and said == "." else "" if in_message else said.partition(" ")[0].upper()
                if command == self._command:
                    return
                if command == "." and self._command == "nonsense":
                    connection.sendall(b"what?\r\n")
                    return
                if not in_message or command == ".":
                    connection.sendall(b"354 go on\r\n" if command == "DATA" else b"250 OK\r\n")
                in_message = command == "DATA" or (in_message and command != ".")
