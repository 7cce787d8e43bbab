"""What comes back is recognised by the Message-ID of ours, in the reports that mail servers write."""

import mailbox
from email import message_from_string
from email.message import EmailMessage, Message
from pathlib import Path

import pytest

from surveyapp.errors import InvalidContent
from surveyapp.mail import bounces
from surveyapp.mail.bounces import Bounce

OURS = "<0123456789abcdef0123456789abcdef@bureau.example>"
RETURNED = {
    "rfc822": f"Content-Type: message/rfc822\n\nTo: x@almelo.example\nMessage-ID: {OURS}\nSubject: Samen\n\nHallo\n",
    "headers": f"Content-Type: text/rfc822-headers\n\nTo: x@almelo.example\nMessage-ID: {OURS}\nSubject: Uitnodiging\n",
    "folded": f"Content-Type: text/rfc822-headers\n\nTo: x@almelo.example\nMessage-ID:\n {OURS}\nSubject: Hallo\n",
    "none": "Content-Type: text/plain\n\nHallo\n",
}


def report(action: str = "failed", status: str = "5.1.1", returned: str = "rfc822") -> str:
    return f"""\
From: MAILER-DAEMON@mx.example
To: onderzoek@bureau.example
Subject: Undelivered Mail Returned to Sender
Message-ID: <of-the-report@mx.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I could not deliver your message to x@almelo.example.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example
Arrival-Date: Mon, 2 Nov 2026 10:00:00 +0100

Final-Recipient: rfc822; x@almelo.example
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 x@almelo.example unknown

--b
{RETURNED[returned]}
--b--
"""


def found(text: str) -> list[Bounce]:
    return list(bounces.of_message(message_from_string(text)))


@pytest.mark.parametrize("returned", ["rfc822", "headers", "folded"])
def test_a_failure_tells_which_mail_it_was_and_the_status(returned: str) -> None:
    assert found(report(returned=returned)) == [Bounce(OURS, "5.1.1")]


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded"])
def test_a_delay_or_success_is_no_failure(action: str) -> None:
    assert found(report(action)) == []


def test_a_failure_without_a_status_is_one_too() -> None:
    assert found(report(status="unknown")) == [Bounce(OURS, "")]


@pytest.mark.parametrize(
    "text",
    [
        report(returned="none"),
        "Subject: Ik ben met vakantie\nIn-Reply-To: " + OURS + "\n\nTot maandag.\n",
        "",
        "Content-Type: message/delivery-status\n\nno blocks",
        "Content-Type: multipart/report; boundary=b\n\n--b\nbroken",
    ],
)
def test_what_is_no_report_of_ours_is_passed_over(text: str) -> None:
    assert found(text) == []


def test_a_mailbox_and_a_single_message_are_read(tmp_path: Path) -> None:
    single, box = tmp_path / "one.eml", mailbox.mbox(tmp_path / "box")
    single.write_text(report())
    other: Message = EmailMessage()
    other["Subject"] = "Ik ben met vakantie"
    for message in (
        message_from_string(report(returned="headers")),
        other,
        message_from_string(report(status="4.4.7")),
    ):
        box.add(message)
    box.close()
    assert list(bounces.read(single)) == [Bounce(OURS, "5.1.1")]
    assert list(bounces.read(tmp_path / "box")) == [Bounce(OURS, "5.1.1"), Bounce(OURS, "4.4.7")]


def test_any_bytes_are_read_without_a_fault(tmp_path: Path) -> None:
    file = tmp_path / "noise"
    for content in (
        b"",
        b"\xff\xfe\x00" * 50,
        b"From nobody\n\xff\n\nFrom \n",
        b"Content-Type: multipart/mixed\n\n\xe9",
    ):
        file.write_bytes(content)
        assert list(bounces.read(file)) == []


def test_a_file_that_is_far_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "box").write_text(report())
    monkeypatch.setattr(bounces, "LONGEST", 100)
    with pytest.raises(InvalidContent, match="mailbox-too-large"):
        list(bounces.read(tmp_path / "box"))
